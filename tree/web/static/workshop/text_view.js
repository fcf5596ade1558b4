// @ts-check
import { make, put, write } from "../explorer/elements.js";
import { madeOf, quoteOf, sentenceAt } from "./desk.js";
import { same } from "./forms.js";
import { selectable } from "./marked_words.js";
import { writtenPieces } from "./written_pieces.js";
import { plural, say, withColon } from "../messages.js";

/**
 * The text, every sentence coloured by what became of it.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 * @import { Span } from "./letters.js"
 */

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function writtenText(desk, doings) {
  const box = make("div", {
    class: "tw-text",
    tabindex: "0",
    role: "group",
    "data-key": "text",
    "aria-label": say`The text. Arrow keys up and down go from sentence to sentence, left and right from word to word; with Shift they take in more. Enter goes to what can be made of it, or gives the words to a form that waits for them.`
  });
  const written = writtenPieces(box);
  // Brought into view once: later the author may look elsewhere, and select there.
  /** @type {Span | null} */
  let seen = null;
  /** @type {Desk["files"] | null} */
  let coloured = null;
  const legend = make("p", "tw-legend");
  const heard = make("p", { class: "tw-unseen", role: "status" });
  const element = make(
    "div",
    { class: "tw-left", role: "group", "aria-label": say`The text` },
    legend,
    box,
    heard
  );
  const select = (/** @type {Span} */ [start, end], byKeys = false) => {
    // A click means the sentence, or its words where a form waits for them.
    const sentence = end > start ? null : sentenceAt(desk, start);
    doings.select(sentence ? [sentence[0], sentence[1]] : [start, end], byKeys);
  };
  selectable(box, {
    tokens: () => desk.tokens,
    selected: () => desk.selected,
    select,
    sentences: () => desk.files.sentences.map(([start, end]) => [start, end]),
    anchor: { at: 0 }
  });
  box.addEventListener("keydown", event => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (doings.takeSelected()) return;
    /** @type {HTMLElement | null | undefined} */
    const first = element.parentElement?.querySelector(".tw-kinds button, .tw-form [data-key]");
    first?.focus();
  });
  return {
    element,
    /** Write the text anew. */
    rebuild() {
      written.write(desk);
      coloured = null;
    },
    render() {
      const { selected, files } = desk;
      if (coloured !== files) {
        // Where an author begins, their name stands above.
        if (coloured && !same(coloured.passages, files.passages)) written.write(desk);
        written.colour(files);
        put(legend, ...legendOf(desk));
        coloured = files;
      }
      const quotes = selected ? madeOf(desk, selected).flatMap(({ quotes: each }) => each) : [];
      const first = written.mark({
        "tw-quoted": quotes,
        "tw-selected": selected ? [selected] : []
      });
      const words = selected ? quoteOf(desk, selected) : "";
      write(heard, words && say`Selected: ${words}`);
      if (first && !same(selected, seen)) bringIntoView(box, first);
      seen = selected;
    }
  };
}

/** How many sentences are still open, and what the marks mean. @param {Desk} desk */
function legendOf({ files }) {
  const many = (/** @type {string} */ use) =>
    files.sentences.filter(([, , each]) => each === use).length;
  const said = {
    unclaimed: plural("{count} to be read", "{count} to be read", many("unclaimed")),
    draft: plural("{count} proposed", "{count} proposed", many("draft")),
    claimed: plural("{count} used", "{count} used", many("claimed")),
    context: plural("{count} set aside", "{count} set aside", many("context"))
  };
  const counts = Object.entries(said)
    // Without a draft there are no proposals to count.
    .filter(([use]) => use !== "draft" || many(use))
    .map(([use, words]) => make("span", { class: "tw-key", "data-use": use }, words));
  const all = plural("{count} sentence", "{count} sentences", files.sentences.length);
  return [`${withColon(all)} `, ...counts];
}

/** Scrolls the text alone, never the notebook. @param {HTMLElement} box @param {HTMLElement} word */
function bringIntoView(box, word) {
  const [seen, part] = [box.getBoundingClientRect(), word.getBoundingClientRect()];
  if (part.top < seen.top + 8 || part.bottom > seen.bottom - 40) {
    box.scrollTop += part.top - seen.top - box.clientHeight / 3;
  }
}
