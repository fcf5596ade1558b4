// @ts-check
import { make } from "../explorer/elements.js";

/**
 * What is told: the same as telling.py.
 *
 * @import { Asked, Divergence, Grade, Quoted, Step } from "./types.js"
 */

/** @param {string} words @param {string} [kind] */
export const paragraph = (words, kind = "") => make("p", kind ? { class: kind } : {}, words);

/** @param {string} kind @param {...(Node | string)} parts */
export const box = (kind, ...parts) => make("div", { class: `tp-said ${kind}`.trim() }, ...parts);

/** @param {string[]} pieces  plain, marked, plain, … */
export const markedUp = (pieces) =>
  pieces
    .map((words, i) => (i % 2 ? make("mark", {}, words) : words))
    .filter((part) => part !== "");

/** @param {Quoted} quoted */
const sentencesOf = ({ sentences }) =>
  sentences.map(([author, ...pieces]) => {
    const who = author ? [make("span", { class: "tp-who" }, `the text: ${author}`)] : [];
    return make("blockquote", {}, ...markedUp(pieces), ...who);
  });

/**
 * The story, cut at its marks.
 *
 * @param {string} story
 * @param {number[]} spans  first, last, first, last, … in letters
 */
export function piecesOf(story, spans) {
  const letters = [...story];
  const pairs = spans.flatMap((start, i) => (i % 2 ? [] : [[start, spans[i + 1]]]));
  /** @type {string[]} */
  const pieces = [];
  let at = 0;
  for (const [start, end] of pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (end <= at) continue;
    const first = Math.max(start, at);
    pieces.push(letters.slice(at, first).join(""), letters.slice(first, end).join(""));
    at = end;
  }
  return [...pieces, letters.slice(at).join("")];
}

/** @param {string} story @param {number[]} spans */
function vignetteWords(story, spans) {
  const letters = [...story];
  const words = spans.flatMap((start, i) =>
    i % 2 ? [] : [letters.slice(start, spans[i + 1]).join("")],
  );
  const who = make("span", { class: "tp-who" }, "the vignette");
  return make("blockquote", {}, words.join(" … "), who);
}

/** @param {Asked} asked @param {Divergence} found */
const divergedParts = ({ story }, { says, quotes, words }) => [
  paragraph(says),
  ...sentencesOf(quotes),
  ...(words.length ? [vignetteWords(story, words)] : []),
];

/** @param {Asked} asked @param {Grade} grade */
export function gradedBox(asked, { divergence, asides, judged }) {
  const [last] = judged.slice(-1);
  const parts = divergence
    ? [make("b", {}, "Not what the text says."), ...divergedParts(asked, divergence)]
    : [make("b", {}, "Right."), ...(last ? sentencesOf(last[0].quotes) : [])];
  if (asides.length) {
    const words = "Also answered differently; the outcome is unaffected";
    const summary = `${words} (${asides.length})`;
    const told = asides.flatMap((aside) => divergedParts(asked, aside));
    parts.push(make("details", {}, make("summary", {}, summary), ...told));
  }
  return box(divergence ? "tp-wrong" : "tp-right", ...parts);
}

/** @param {Asked} asked @param {Step} step @param {string} name @param {number} hints */
export function hintBox({ story }, { read, words }, name, hints) {
  const told = read.sentences.length
    ? [paragraph("Read again in the text:"), ...sentencesOf(read)]
    : [paragraph("The sentence that decides holds for every patient.")];
  if (hints > 1) {
    told.push(
      ...(words.length
        ? [paragraph("And in the vignette:"), vignetteWords(story, words)]
        : [paragraph("Look for it in the vignette: it may not say.")]),
    );
  }
  return box("", make("p", {}, make("b", {}, "Hint."), name && ` ${name}`), ...told);
}
