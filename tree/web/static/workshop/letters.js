// @ts-check

/**
 * A text as letters of Unicode, as Python counts them, and divided into words.
 *
 * @typedef {[start: number, end: number]} Span
 * @typedef {{start: number, end: number, words: string, isWord: boolean}} Token
 */

/** @param {string} text */
export const lettersOf = text => Array.from(text);

const PARTS = /[\p{L}\p{N}\p{M}]+(?:[’'][\p{L}\p{M}]+)*|\s+|[^\p{L}\p{N}\p{M}\s]/gu;

/**
 * The words of a text, and what stands between them.
 *
 * @param {string} text
 * @param {string} tag  its language
 * @returns {Token[]}
 */
export function tokensOf(text, tag) {
  let start = 0;
  return partsOf(text, tag).map(words => {
    const end = start + lettersOf(words).length;
    const token = { start, end, words, isWord: /[\p{L}\p{N}]/u.test(words) };
    start = end;
    return token;
  });
}

/** @param {string} text @param {string} tag @returns {string[]} */
function partsOf(text, tag) {
  // Scripts without blanks between words need a dictionary, which browsers have.
  const { Segmenter } = /** @type {any} */ (Intl);
  if (!Segmenter) return text.match(PARTS) ?? [];
  let segmenter;
  try {
    segmenter = new Segmenter(tag, { granularity: "word" });
  } catch {
    segmenter = new Segmenter(undefined, { granularity: "word" });
  }
  return Array.from(segmenter.segment(text), (/** @type {any} */ { segment }) => segment);
}

/**
 * A span without blanks around it, and with the whole of each word that it begins or ends in.
 *
 * @param {Token[]} tokens
 * @param {Span} span
 * @returns {Span | null}  null where it holds no word
 */
export function wholeWords(tokens, [start, end]) {
  const met = tokens.filter(token => token.start < end && start < token.end && token.words.trim());
  if (!met.some(({ isWord }) => isWord)) return null;
  return [met[0].start, met[met.length - 1].end];
}

/** @param {Span} one @param {Span} other */
export const overlaps = (one, other) => one[0] < other[1] && other[0] < one[1];

/** Whether all of a span lies in another one. @param {Span} one @param {Span} other */
export const isWithin = (one, other) => other[0] <= one[0] && one[1] <= other[1];

/** The words of a span on one line. @param {string[]} letters @param {Span} span */
export const wordsAt = (letters, [start, end]) =>
  letters.slice(start, end).join("").replace(/\s+/g, " ").trim();
