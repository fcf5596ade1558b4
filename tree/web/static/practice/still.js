// @ts-check
import { authorOf, put, folded, make, on } from "../explorer/elements.js";
import { advise, fitWords, followPath, highlight } from "../explorer/highlighting.js";
import { outcomeParts } from "../explorer/outcome.js";
import { draw } from "../explorer/pieces.js";
import { optionReasons } from "../explorer/reasoning.js";
import { walk } from "../explorer/walking.js";
import { writeAddress } from "../page/address.js";
import { bigButton } from "./keeping.js";
import { say } from "../messages.js";

const MOST_DRAWINGS = 6;

/**
 * What is there to be looked at: the walk of a patient, the text and the tree.
 *
 * @import { Payload, TreeShown } from "../explorer/payload.js"
 * @import { Drawn } from "../explorer/pieces.js"
 */

const nothing = () => {};

/**
 * A drawing with nothing in it to press.
 *
 * @param {TreeShown} tree
 * @param {string} label
 * @param {(drawing: Drawn) => void} show  what it shows of a walk
 */
function stillDrawing({ views }, label, show = nothing) {
  const drawing = draw(views[0], nothing, nothing);
  show(drawing);
  for (const { element } of drawing.parts) {
    for (const name of ["role", "tabindex", "aria-label", "aria-pressed"]) {
      element.removeAttribute(name);
    }
  }
  drawing.svg.removeAttribute("tabindex");
  drawing.svg.setAttribute("role", "img");
  const frame = { class: "dtree-drawing", role: "region", "aria-label": label, tabindex: "0" };
  return { ...drawing, frame: make("div", frame, drawing.svg) };
}

/**
 * Show the path of a patient in a place.
 *
 * @param {HTMLElement} place
 * @param {Payload} payload
 * @param {number[]} values  one for each factor
 */
export function showWalk(place, payload, values) {
  const known = payload.factors.map(({ values: all }, i) =>
    values[i] === all.length - 1 ? undefined : all[values[i]]
  );
  const walked = walk(payload, known);
  // Those on which the patient comes somewhere.
  const trees = walked.trees
    .map((viewed, tree) => ({ viewed, tree }))
    .filter(({ viewed }) => viewed.path.length || walked.trees.length === 1)
    .slice(0, MOST_DRAWINGS);
  const drawings = trees.map(({ viewed, tree }) => {
    const drawing = stillDrawing(payload.trees[tree], say`The path`, drawn => {
      highlight(drawn, viewed, known);
      advise(drawn, viewed);
    });
    return { drawing, viewed };
  });
  const entry = (/** @type {number} */ option) =>
    folded(
      payload.options[option].name,
      "dtree-option",
      ...optionReasons(payload, known, option, walked.standings()[option])
    );
  const words = trees.flatMap(({ tree }) =>
    outcomeParts({ payload, walked, answers: known, tree }, entry)
  );
  const same = folded(say`The same in words`, {}, ...words);
  const open = bigButton(say`Open this case in the explorer`, () => {
    location.hash = writeAddress(payload.factors, values, []);
  });
  const frames = drawings.map(({ drawing }) => drawing.frame);
  put(place, make("div", "dtree tp-walk", ...frames, same, open));
  for (const { drawing, viewed } of drawings) {
    fitWords(drawing.nodes);
    followPath(drawing, viewed);
  }
}

/** The text and the tree, to look things up in. @param {Payload} payload */
export function book(payload) {
  const passages = payload.text.flatMap(({ passage, parts }) => {
    const author = authorOf(payload, passage);
    const words = make("div", {}, parts.map(([words]) => words).join(""));
    return author ? [make("div", "tp-who", author), words] : [words];
  });
  const text = { class: "tp-text", tabindex: "0", role: "region", "aria-label": say`The text` };
  const place = make("div", "dtree");
  const tree = folded(say`The tree`, {}, place);
  on(tree, "toggle", () => {
    if (place.hasChildNodes()) return;
    for (const shown of payload.trees.slice(0, MOST_DRAWINGS)) {
      const drawing = stillDrawing(shown, payload.trees.length > 1 ? shown.name : say`The tree`);
      place.append(drawing.frame);
      fitWords(drawing.nodes);
    }
  });
  return [folded(say`The text`, {}, make("div", text, ...passages)), tree];
}
