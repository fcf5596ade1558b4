// @ts-check
import { folded, make, paragraph } from "../explorer/elements.js";
import { plural, say } from "../messages.js";

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
  sentences.map(([whose, ...pieces]) => {
    const who = whose ? [make("span", "tp-who", whose)] : [];
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
    make("span", "tp-who", say`the vignette`)
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
    const others = asides.flatMap(aside => divergedParts(asked, aside));
    const count = asides.length;
    const words = say`Also answered differently; the outcome is unaffected (${count})`;
    parts.push(folded(words, {}, ...others));
  }
  return divergence
    ? box("tp-wrong", say`Not what the text says.`, ...parts)
    : box("tp-right", say`Right.`, ...parts);
}

/** @param {Asked} asked @param {Step} step @param {string} name @param {number} hints */
export function hintBox({ story }, { read, words }, name, hints) {
  const parts = read.sentences.length
    ? [paragraph(say`Read again in the text:`), ...sentencesOf(read)]
    : [paragraph(say`The sentence that decides always holds.`)];
  if (hints > 1) {
    parts.push(
      ...(words.length
        ? [paragraph(say`And in the vignette:`), vignetteWords(story, words)]
        : [paragraph(say`Look for it in the vignette: it may not say.`)])
    );
  }
  // The name is read its own way.
  const title = make("p", {}, make("b", {}, say`Hint.`), " ", make("bdi", {}, name));
  return make("div", "tp-said", title, ...parts);
}

/**
 * What stands there when answers are missing.
 *
 * @param {number} open  how many
 * @param {string} first  the name of the first
 */
export function unsubmittedBox(open, first) {
  const words = first ? say`First choose an answer to: ${first}` : say`First choose an answer.`;
  const more = open > 1 ? plural(" ({count} is open.)", " ({count} are open.)", open) : "";
  return box("", say`Not submitted.`, ` ${words}${more}`);
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
  const why = paragraph(say`Misread, and drawn more often in the next round:`);
  const score = say`The round is over: ${right} of ${total} right at the first try.`;
  return box("tp-right", score, ...(parts.length ? [why, ...parts] : []));
}
