// @ts-check
import { heading, make, paragraph } from "./explorer/elements.js";
import { extras } from "./explorer/extras.js";
import { advise, highlight } from "./explorer/highlighting.js";
import { outline } from "./explorer/outline.js";
import { draw } from "./explorer/pieces.js";
import { inTurn, say } from "./messages.js";

/**
 * Trees on paper that do not simply stand where they stand on the screen: too large for that place,
 * or beside the one in view. No letter is smaller than 8 pt: what is too large stands on a page on
 * its side, and in words where it is too large for that, too.
 *
 * @import { State } from "./explorer/state.js"
 */

// How many pixels wide and high a drawing has room, at its natural size, to have letters of 8 pt:
// above the case, as page.css has it; alone on an upright page; and on a page on its side.
// `IN_PLACE` of tree/web/page.py is the first of them.
const ROOMS = /** @type {const} */ ({ place: [900, 570], upright: [900, 1230], side: [1360, 810] });

extras.print = (state, paper) => {
  const { payload, walked, answers, tree: inView } = state;
  const known = answers.some(answer => answer !== undefined);
  const places = {
    place: make("div"),
    upright: make("div"),
    words: make("div"),
    side: make("div")
  };
  places.side.className = "dtree-wide";
  const legend = /** @type {Element} */ (paper.firstElementChild);
  /** @type {string[]} */
  const leftOut = [];
  payload.trees.forEach(({ name }, tree) => {
    const room = roomOf(state, tree);
    const isInView = tree === inView;
    const stays = isInView && room === "place";
    if (isInView) paper.closest(".dtree")?.classList.toggle("dtree-elsewhere", !stays);
    const isAsked = isInView || !known || walked.trees[tree].path.length;
    if (!isAsked) leftOut.push(name);
    if (stays || !isAsked) return;
    const sheet = onSheet(state, tree, room);
    places[room].append(sheet);
    if (!isInView) return;
    legend.before(paragraph(whereWords(room)));
    if (room !== "words") sheet.append(legend);
  });
  const others = inTurn(leftOut);
  if (others) {
    places.place.append(
      paragraph(say`Trees left out here, as no answer leads into them: ${others}`)
    );
  }
  // Pages on their side come last, so that no other one is left half empty.
  for (const place of Object.values(places)) if (place.firstChild) paper.append(place);
  const isDrawn = paper.querySelector("svg") || !paper.closest(".dtree-elsewhere");
  if (!isDrawn) legend.remove();
};

/** @typedef {keyof typeof ROOMS | "words"} Room */

/** The first room in which a tree can be read. @param {State} state @param {number} tree @returns {Room} */
function roomOf({ payload }, tree) {
  const view = payload.trees[tree].views[0];
  if (view.large || !view.svg) return "words";
  const [width, height] = /width="(\d+)" height="(\d+)"/.exec(view.svg)?.slice(1).map(Number) ?? [];
  const rooms = /** @type {(keyof typeof ROOMS)[]} */ (Object.keys(ROOMS));
  return rooms.find(room => width <= ROOMS[room][0] && height <= ROOMS[room][1]) ?? "words";
}

/** @param {Room} room */
const whereWords = room =>
  room === "words"
    ? say`The drawing is too large for a page. The tree stands at the end, in words.`
    : say`The drawing stands at the end, on a page of its own.`;

/** @param {State} state @param {number} tree @param {Room} room */
function onSheet(state, tree, room) {
  const { payload, walked, answers } = state;
  const { name, views } = payload.trees[tree];
  const title = heading(0, payload.trees.length > 1 ? name : say`The tree`);
  const own = { ...state, tree, shown: 0, viewed: walked.trees[tree] };
  if (room === "words") {
    const words = (views[0].large && extras.opened?.(own, tree === state.tree)) || outline(own);
    return make("div", "dtree-in-words", title, words);
  }
  const nothing = () => {};
  const drawing = draw(views[0], nothing, nothing);
  highlight(drawing, own.viewed, answers);
  advise(drawing, own.viewed);
  return make("div", {}, title, make("div", "dtree-drawing", drawing.svg));
}
