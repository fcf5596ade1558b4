// @ts-check
import { make, put } from "../explorer/elements.js";
import { overlaps } from "./letters.js";
import { wordOf } from "./marked_words.js";
import { say } from "../messages.js";

/**
 * A text on the screen: its sentences, and what stands between them. A text may be long, so a piece
 * becomes words only when it comes near to what is in view, or something is marked in it; and marking
 * touches those words alone that were marked or will be.
 *
 * @import { Desk, Files } from "./desk.js"
 * @import { Span, Token } from "./letters.js"
 * @import { Word } from "./marked_words.js"
 *
 * @typedef {object} Piece
 * @property {Token[]} tokens
 * @property {HTMLElement} element
 * @property {boolean} isSentence
 * @property {Word[] | null} words  null until it becomes words
 */

/** What became of a sentence, in words. @returns {Record<string, string>} */
const usesOfSentences = () => ({
  unclaimed: say`to be read`,
  draft: say`proposed`,
  claimed: say`used`,
  context: say`set aside`
});

const NEAR = "300px"; // what is so near to what is in view becomes words

/** @param {HTMLElement} box */
export function writtenPieces(box) {
  /** @type {Piece[]} */
  let pieces = [];
  /** @type {Map<Element, Piece>} */
  let of = new Map();
  /** @type {HTMLElement[]} */
  let marked = [];
  const nearby = new IntersectionObserver(
    seen => {
      for (const { isIntersecting, target } of seen) {
        const piece = isIntersecting && of.get(target);
        if (piece) wordsOf(piece);
      }
    },
    { root: box, rootMargin: NEAR }
  );
  const wordsOf = (/** @type {Piece} */ piece) => {
    nearby.unobserve(piece.element);
    piece.words ??= inWords(piece);
    return piece.words;
  };
  return {
    /** @param {Desk} desk */
    write(desk) {
      nearby.disconnect();
      pieces = writtenPiecesOf(desk);
      of = new Map(pieces.map(piece => [piece.element, piece]));
      marked = [];
      put(box, ...linesOf(desk.files, pieces));
      for (const { element } of pieces) nearby.observe(element);
    },
    /** Show what became of each sentence. @param {Files} files */
    colour({ sentences }) {
      const uses = usesOfSentences();
      const parts = pieces.filter(({ isSentence }) => isSentence);
      for (const [i, { element }] of parts.entries()) {
        const use = sentences[i]?.[2] ?? "";
        if (element.dataset.use === use) continue;
        element.dataset.use = use;
        element.title = uses[use] ?? "";
      }
    },
    /** Mark the words of some spans, and no others; the first word of the last kind. @param {Record<string, Span[]>} spansOf  by kind */
    mark(spansOf) {
      for (const element of marked) element.classList.remove(...Object.keys(spansOf));
      marked = [];
      let first;
      for (const [kind, spans] of Object.entries(spansOf)) {
        const words = spans.flatMap(span =>
          piecesAt(pieces, span).flatMap(wordsOf).filter(at(span))
        );
        for (const [, element] of words) element.classList.add(kind);
        marked.push(...words.map(([, element]) => element));
        first = words[0]?.[1];
      }
      return first;
    }
  };
}

/** @param {Span} span @returns {(word: Word) => boolean} */
const at =
  span =>
  ([{ start, end }]) =>
    overlaps(span, [start, end]);

/** The pieces that a span meets. @param {Piece[]} pieces @param {Span} span */
function piecesAt(pieces, [start, end]) {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { tokens } = pieces[middle];
    if (tokens[tokens.length - 1].end > start) high = middle;
    else low = middle + 1;
  }
  const met = [];
  for (; pieces[low]?.tokens[0].start < end; low += 1) met.push(pieces[low]);
  return met;
}

/** @param {Desk} desk @returns {Piece[]} */
function writtenPiecesOf({ files: { sentences }, tokens }) {
  const pieces = [];
  let next = 0;
  for (let from = 0; from < tokens.length; ) {
    const [start, end] = sentences[next] ?? [Infinity, Infinity];
    const isSentence = tokens[from].start >= start;
    const until = isSentence ? end : start;
    let to = from + 1;
    while (to < tokens.length && tokens[to].start < until) to += 1;
    pieces.push(pieceOf(tokens.slice(from, to), isSentence));
    from = to;
    if (isSentence) next += 1;
  }
  return pieces;
}

/** @param {Token[]} tokens @param {boolean} isSentence @returns {Piece} */
function pieceOf(tokens, isSentence) {
  const words = tokens.map(token => token.words).join("");
  const element = make("span", { "data-at": `${tokens[0].start}` }, words);
  if (isSentence) element.className = "tw-sentence";
  return { tokens, element, isSentence, words: null };
}

/** @param {Piece} piece @returns {Word[]} */
function inWords({ tokens, element }) {
  const words = tokens.map(wordOf);
  // A place is that of a word now.
  delete element.dataset.at;
  put(element, ...words.map(([, word]) => word));
  return words;
}

/** What stands on lines of its own, so that a change in it lays out nothing else. @param {Files} files @param {Piece[]} pieces */
function linesOf({ passages }, pieces) {
  const several = passages.length > 1;
  const parts = [];
  /** @type {HTMLElement[]} */
  let line = [];
  let passage = 0;
  const end = () => {
    if (line.length) parts.push(make("div", "tw-line-of-text", ...line));
    line = [];
  };
  for (const { tokens, element, isSentence } of pieces) {
    if (several && passages[passage] && tokens[0].start >= passages[passage][0]) {
      end();
      parts.push(make("p", "tw-author", passages[passage][2]));
      passage += 1;
    }
    line.push(element);
    if (!isSentence && element.textContent?.includes("\n")) end();
  }
  end();
  return parts;
}
