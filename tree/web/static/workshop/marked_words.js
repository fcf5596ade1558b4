// @ts-check
import { consume, make, on } from "../explorer/elements.js";
import { overlaps } from "./letters.js";

/**
 * Words that can be selected, with the mouse, with a finger, or with keys: arrows to the left and
 * right go from word to word, with Shift they take in more, up and down go from sentence to sentence.
 *
 * @import { Span, Token } from "./letters.js"
 * @typedef {[token: Token, element: HTMLElement]} Word
 * @typedef {{at: number}} Anchor  where a selection by keys began: Shift goes on from there
 *
 * @typedef {object} Selecting  what a box of words needs to know, as it is now
 * @property {() => Token[]} tokens
 * @property {() => Span | null} selected
 * @property {(span: Span, byKeys?: boolean) => void} select
 * @property {() => Span[]} sentences
 * @property {Anchor} anchor
 */

/**
 * Words in a box of their own.
 *
 * @param {Token[]} tokens
 * @param {Span[]} marked
 * @param {Span | null | undefined} selected
 * @param {(span: Span) => void} select
 * @param {string} name
 * @param {Anchor} anchor
 */
export function wordsIn(tokens, marked, selected, select, name, anchor) {
  const words = tokens.map(wordOf);
  const box = make(
    "div",
    { class: "tw-words", tabindex: "0", role: "group", "aria-label": name, "data-key": "words" },
    ...words.map(([, element]) => element)
  );
  light(words, "tw-quoted", marked);
  light(words, "tw-selected", selected ? [selected] : []);
  selectable(box, {
    tokens: () => tokens,
    selected: () => selected ?? null,
    select,
    sentences: () => [],
    anchor
  });
  return box;
}

/** @param {Token} token @returns {Word} */
export function wordOf(token) {
  const element = make("span", { "data-at": `${token.start}` }, token.words);
  return [token, element];
}

/** Mark the words of some spans, and no others. @param {Word[]} words @param {string} kind @param {Span[]} spans */
function light(words, kind, spans) {
  for (const [{ start, end }, element] of words) {
    element.classList.toggle(
      kind,
      spans.some(span => overlaps(span, [start, end]))
    );
  }
}

/** @param {HTMLElement} box @param {Selecting} selecting */
export function selectable(box, { tokens, selected, select, sentences, anchor }) {
  // Whoever drags further than the box means the words at its edge.
  on(box, "pointerdown", () => {
    const ends = new AbortController();
    const release = (/** @type {PointerEvent} */ event) => {
      ends.abort();
      if (event.type === "pointerup") setTimeout(() => take(true, event));
    };
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
      document.addEventListener(end, release, { signal: ends.signal });
    }
  });
  // A finger moves the ends of a selection after it has left the glass.
  const settled = () => {
    if (!box.isConnected) document.removeEventListener("selectionchange", settled);
    if (matchMedia("(pointer: coarse)").matches) take(false);
  };
  on(box, "focusin", () => document.addEventListener("selectionchange", settled));
  on(box, "focusout", () => document.removeEventListener("selectionchange", settled));
  const take = (clear = true, /** @type {PointerEvent | undefined} */ event = undefined) => {
    const span = selectedIn(box, event);
    if (!span) return;
    select(span);
    if (clear && span[1] > span[0]) getSelection()?.removeAllRanges();
  };
  on(box, "keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const jump = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (jump) {
      const span = nextSpan(sentences(), selected(), jump);
      if (!span) return;
      consume(event);
      anchor.at = span[0];
      select(span, true);
    }
    if (!step) return;
    consume(event);
    const words = tokens().filter(({ isWord }) => isWord);
    const span = movedSpan(words, selected(), step, event.shiftKey ? anchor.at : null);
    if (!event.shiftKey) anchor.at = span[0];
    select(span, true);
  });
}

/** What is selected in a box: also a place where somebody clicked. @param {HTMLElement} box @param {PointerEvent} [event] @returns {Span | null} */
function selectedIn(box, event) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection() ?? {};
  if (!anchorNode || !focusNode) return null;
  const from = offsetAt(box, anchorNode, anchorOffset ?? 0);
  if (from === null) return null;
  const to = offsetAt(box, focusNode, focusOffset ?? 0) ?? (event ? offsetBy(box, event) : null);
  return to === null ? null : [Math.min(from, to), Math.max(from, to)];
}

/** The place in a box that is nearest to a pointer outside of it. @param {HTMLElement} box @param {PointerEvent} event */
function offsetBy(box, { clientX, clientY }) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const x = Math.max(left + EDGE, Math.min(right - EDGE, clientX));
  const y = Math.max(top + EDGE, Math.min(bottom - EDGE, clientY));
  const found = document.caretPositionFromPoint?.(x, y);
  return found ? offsetAt(box, found.offsetNode, found.offset) : null;
}

const EDGE = 14; // pixels of a box that hold no words

/** @param {HTMLElement} box @param {Node} node @param {number} offset  in UTF-16 @returns {number | null} */
function offsetAt(box, node, offset) {
  if (!box.contains(node)) return null;
  if (node.nodeType === Node.TEXT_NODE) {
    const at = node.parentElement?.dataset.at;
    const before = (node.textContent ?? "").slice(0, offset);
    return at === undefined ? null : Number(at) + Array.from(before).length;
  }
  const { at: place } = /** @type {HTMLElement} */ (node).dataset;
  if (place !== undefined) {
    const before = [...node.childNodes].slice(0, offset).map(each => each.textContent ?? "");
    return Number(place) + Array.from(before.join("")).length;
  }
  // Between two parts: where the next word begins, or after the last one.
  const parts = [.../** @type {Element} */ (node).children].slice(offset);
  const next = parts.flatMap(part =>
    part.matches("[data-at]") ? [part] : [...part.querySelectorAll("[data-at]")]
  )[0];
  if (next) return Number(/** @type {HTMLElement} */ (next).dataset.at);
  const all = box.querySelectorAll("[data-at]");
  const last = /** @type {HTMLElement} */ (all[all.length - 1]);
  return last ? Number(last.dataset.at) + Array.from(last.textContent ?? "").length : null;
}

/**
 * @param {Token[]} tokens  the words
 * @param {Span | null} selected
 * @param {number} step
 * @param {number | null} anchor  where the selection stays; null where it moves as a whole
 * @returns {Span}
 */
export function movedSpan(tokens, selected, step, anchor) {
  const [first, last] = [tokens[0], tokens[tokens.length - 1]];
  if (!first) return [0, 0];
  if (!selected) return step > 0 ? [first.start, first.end] : [last.start, last.end];
  const inside = tokens.flatMap(({ start, end }, i) =>
    overlaps([start, end], selected) ? [i] : []
  );
  const [from, to] = [inside[0] ?? 0, inside[inside.length - 1] ?? 0];
  const within = (/** @type {number} */ i) => tokens[Math.max(0, Math.min(tokens.length - 1, i))];
  if (anchor === null) {
    // From a whole sentence, the first step leads into it.
    const next = to > from ? (step > 0 ? from : to) : from + step;
    const token = within(next);
    return [token.start, token.end];
  }
  const start = tokens.findIndex(token => token.end > anchor);
  const moving = within((to > start ? to : from) + step);
  return [Math.min(tokens[start].start, moving.start), Math.max(tokens[start].end, moving.end)];
}

/** @param {Span[]} spans @param {Span | null} selected @param {number} step */
function nextSpan(spans, selected, step) {
  if (!selected) return step > 0 ? spans[0] : spans[spans.length - 1];
  return step > 0
    ? spans.find(([start]) => start >= selected[1])
    : [...spans].reverse().find(([start]) => start < selected[0]);
}
