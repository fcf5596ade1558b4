// @ts-check
import { folded, make, paragraph } from "../explorer/elements.js";

/**
 * Feedback: the same words as `tree/teaching/practice/feedback.py`.
 *
 * @import { Divergence, Grade } from "./marking.js"
 * @import { Asked, Quoted, Step } from "./worksheet.js"
 */

/** @param {string} kind @param {string} headline @param {...(Node | string)} parts */
const box = (kind, headline, ...parts) =>
  make("div", `tp-said ${kind}`.trim(), make("b", {}, headline), ...parts);

/** @param {string[]} pieces  plain, marked, plain, … */
export const markedUp = pieces =>
  pieces.map((words, i) => (i % 2 ? make("mark", {}, words) : words)).filter(part => part !== "");

/** @param {Quoted} quoted */
const sentencesOf = ({ sentences }) =>
  sentences.map(([author, ...pieces]) => {
    const who = author ? [make("span", "tp-who", `the text: ${author}`)] : [];
    return make("blockquote", {}, ...markedUp(pieces), ...who);
  });

/** A part of a story, counted in letters. @param {string} story @param {number} first @param {number} [last] */
const partOf = (story, first, last) => [...story].slice(first, last).join("");

/** @param {number[]} spans  first, last, first, last, … */
const pairsOf = spans => spans.flatMap((first, i) => (i % 2 ? [] : [[first, spans[i + 1]]]));

/**
 * The story, cut at its marks.
 *
 * @param {string} story
 * @param {number[]} spans  first, last, first, last, … in letters
 */
export function storyPieces(story, spans) {
  /** @type {string[]} */
  const pieces = [];
  let at = 0;
  for (const [start, end] of pairsOf(spans).sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (end <= at) continue;
    const first = Math.max(start, at);
    pieces.push(partOf(story, at, first), partOf(story, first, end));
    at = end;
  }
  return [...pieces, partOf(story, at)];
}

/** @param {string} story @param {number[]} spans */
const vignetteWords = (story, spans) =>
  make(
    "blockquote",
    {},
    pairsOf(spans)
      .map(([first, last]) => partOf(story, first, last))
      .join(" … "),
    make("span", "tp-who", "the vignette")
  );

/** @param {Asked} asked @param {Divergence} divergence */
const divergedParts = ({ story }, { says, quotes, words }) => [
  paragraph(says),
  ...sentencesOf(quotes),
  ...(words.length ? [vignetteWords(story, words)] : [])
];

/** @param {Asked} asked @param {Grade} grade */
export function gradedBox(asked, { divergence, asides, judged }) {
  const [last] = judged.slice(-1);
  const parts = divergence
    ? divergedParts(asked, divergence)
    : last
      ? sentencesOf(last[0].quotes)
      : [];
  if (asides.length) {
    const words = "Also answered differently; the outcome is unaffected";
    const others = asides.flatMap(aside => divergedParts(asked, aside));
    parts.push(folded(`${words} (${asides.length})`, {}, ...others));
  }
  return divergence
    ? box("tp-wrong", "Not what the text says.", ...parts)
    : box("tp-right", "Right.", ...parts);
}

/** @param {Asked} asked @param {Step} step @param {string} name @param {number} hints */
export function hintBox({ story }, { read, words }, name, hints) {
  const parts = read.sentences.length
    ? [paragraph("Read again in the text:"), ...sentencesOf(read)]
    : [paragraph("The sentence that decides always holds.")];
  if (hints > 1) {
    parts.push(
      ...(words.length
        ? [paragraph("And in the vignette:"), vignetteWords(story, words)]
        : [paragraph("Look for it in the vignette: it may not say.")])
    );
  }
  const title = make("p", {}, make("b", {}, "Hint."), name && ` ${name}`);
  return make("div", "tp-said", title, ...parts);
}

/**
 * What stands there when answers are missing.
 *
 * @param {number} open  how many
 * @param {string} first  the name of the first
 */
export function unsubmittedBox(open, first) {
  const where = first ? ` to: ${first}` : ".";
  const more = open > 1 ? ` (${open} are open.)` : "";
  return box("", "Not submitted.", ` First choose an answer${where}${more}`);
}

/**
 * What stands there when a round is over.
 *
 * @param {number} right
 * @param {number} total
 * @param {string[]} misread
 */
export function overBox(right, total, misread) {
  const parts = misread.map(words => make("blockquote", {}, words));
  const why = paragraph("Misread, and drawn more often in the next round:");
  const score = `The round is over: ${right} of ${total} right at the first try.`;
  return box("tp-right", score, ...(parts.length ? [why, ...parts] : []));
}
