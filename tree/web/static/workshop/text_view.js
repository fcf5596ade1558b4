// @ts-check
import { make, put, write } from "../explorer/elements.js";
import { madeOf, quoteOf, sentenceAt } from "./desk.js";
import { same } from "./forms.js";
import { light, selectable, wordOf } from "./marked_words.js";
import { number, plural, say } from "../messages.js";

/**
 * The text, every sentence coloured by what became of it.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 * @import { Span } from "./letters.js"
 * @import { Word } from "./marked_words.js"
 */

/** What became of a sentence, in words. @returns {Record<string, string>} */
const uses = () => ({
  unclaimed: say`to be read`,
  draft: say`proposed`,
  claimed: say`used`,
  context: say`set aside`
});

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function writtenText(desk, doings) {
  /** @type {Word[]} */
  let parts = [];
  /** @type {[Span, HTMLElement][]} */
  let sentences = [];
  // Brought into view once: later the author may look elsewhere, and select there.
  /** @type {Span | null} */
  let seen = null;
  const box = make("div", {
    class: "tw-text",
    tabindex: "0",
    role: "group",
    "data-key": "text",
    "aria-label": say`The text. Arrow keys up and down go from sentence to sentence, left and right from word to word; with Shift they take in more. Enter goes to what can be made of it.`
  });
  const legend = make("p", "tw-legend");
  const heard = make("p", { class: "tw-unseen", role: "status" });
  const element = make(
    "div",
    { class: "tw-left", role: "group", "aria-label": say`The text` },
    legend,
    box,
    heard
  );
  const spans = () => sentences.map(([span]) => span);
  const select = (/** @type {Span} */ [start, end]) => {
    // A click means the sentence, or its words where a form waits for them.
    const sentence = end > start ? null : sentenceAt(desk, start);
    doings.select(sentence ? [sentence[0], sentence[1]] : [start, end]);
  };
  selectable(box, {
    words: () => parts,
    selected: () => desk.selected,
    select,
    sentences: spans,
    anchor: { at: 0 }
  });
  box.addEventListener("keydown", event => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    /** @type {HTMLElement | null | undefined} */
    const first = element.parentElement?.querySelector(".tw-kinds button, .tw-form [data-key]");
    first?.focus();
  });
  return {
    element,
    /** Write the text anew. */
    rebuild() {
      parts = desk.tokens.map(wordOf);
      sentences = [];
      put(box, ...partsOfText(desk, parts, sentences));
    },
    render() {
      const { selected } = desk;
      colour(desk, sentences);
      light(parts, "tw-selected", selected ? [selected] : []);
      light(
        parts,
        "tw-quoted",
        selected ? madeOf(desk, selected).flatMap(({ quotes }) => quotes) : []
      );
      put(legend, ...legendOf(desk));
      const words = selected ? quoteOf(desk, selected) : "";
      write(heard, words && say`Selected: ${words}`);
      if (selected && !same(selected, seen)) bringIntoView(box, parts, selected);
      seen = selected;
    }
  };
}

/** Show what became of each sentence. @param {Desk} desk @param {[Span, HTMLElement][]} sentences */
function colour({ files }, sentences) {
  for (const [i, [, part]] of sentences.entries()) {
    const [, , use] = files.sentences[i] ?? [0, 0, ""];
    if (part.dataset.use !== use) part.dataset.use = use;
    part.title = uses()[use] ?? "";
  }
}

/**
 * The parts of the box: passages, sentences, words.
 *
 * @param {Desk} desk
 * @param {Word[]} words
 * @param {[Span, HTMLElement][]} sentences  takes each sentence with its part
 */
function partsOfText({ files }, words, sentences) {
  /** @type {HTMLElement[]} */
  const parts = [];
  const several = files.passages.length > 1;
  let at = 0;
  let sentence = 0;
  let passage = 0;
  while (at < words.length) {
    const [{ start }, element] = words[at];
    if (several && files.passages[passage] && start >= files.passages[passage][0]) {
      parts.push(make("p", "tw-author", files.passages[passage][2]));
      passage += 1;
    }
    const [from, to] = files.sentences[sentence] ?? [Infinity, Infinity];
    if (start < from) {
      parts.push(element);
      at += 1;
      continue;
    }
    const inside = [];
    for (; at < words.length && words[at][0].start < to; at += 1) inside.push(words[at][1]);
    const part = make("span", "tw-sentence", ...inside);
    sentences.push([[from, to], part]);
    parts.push(part);
    sentence += 1;
  }
  return parts;
}

/** How many sentences are still open, and what the marks mean. @param {Desk} desk */
function legendOf({ files }) {
  const counts = Object.entries(uses()).map(([use, words]) => {
    const count = files.sentences.filter(([, , each]) => each === use).length;
    return make("span", { class: "tw-key", "data-use": use }, `${number(count)} ${words}`);
  });
  const all = files.sentences.length;
  return [plural("{count} sentence", "{count} sentences", all), ": ", ...counts];
}

/** Scrolls the text alone, never the notebook. @param {HTMLElement} box @param {Word[]} words @param {Span} span */
function bringIntoView(box, words, [start]) {
  const found = words.find(([token]) => token.end > start);
  if (!found) return;
  const [seen, part] = [box.getBoundingClientRect(), found[1].getBoundingClientRect()];
  if (part.top < seen.top + 8 || part.bottom > seen.bottom - 40) {
    box.scrollTop += part.top - seen.top - box.clientHeight / 3;
  }
}
