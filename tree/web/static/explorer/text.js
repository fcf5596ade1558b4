// @ts-check
import { authorOf, boxOf, heading, make, moveAlong, onPointed, put } from "./elements.js";
import { extras } from "./extras.js";
import { say } from "../messages.js";

/**
 * The text as written, its quoted clauses marked.
 *
 * @import { Actions } from "./actions.js"
 * @import { Payload } from "./payload.js"
 * @import { State } from "./state.js"
 * @typedef {{element: HTMLElement, quotes: number[]}} Clause
 */

/**
 * The text as a view.
 *
 * @param {State} state
 * @param {Actions} actions
 * @param {HTMLElement} notice  what is pointed at, in words; it stands below the text
 */
export function textView(state, { pointAtWords }, notice) {
  const element = make("div", "dtree-side");
  /** @type {HTMLElement} */
  let page;
  /** @type {Clause[]} */
  let clauses = [];
  /** @type {Clause | undefined} */
  let shown;
  // Scrolls the text alone, never the page.
  const scrollTo = (/** @type {Clause} */ clause) => {
    const gap = boxOf(clause.element).top - boxOf(page).top;
    page.scrollTop += gap - page.clientHeight / 3;
  };
  return {
    element,
    rebuild() {
      const { payload } = state;
      page = make("div", {
        class: "dtree-text",
        role: "group",
        "aria-label": say`The text. Arrow keys go from clause to clause.`
      });
      clauses = clausesOf(payload, page);
      onPointed(
        page,
        ({ target }) => clauses.find(({ element }) => element === target),
        ({ quotes }) => pointAtWords(quotes)
      );
      moveAlong(
        page,
        clauses.map(({ element }) => element)
      );
      put(
        element,
        heading(0, say`The text`),
        page,
        notice,
        ...(extras.coverage?.(payload, page) ?? [])
      );
    },
    /** Mark what decides on the tree in view now, and show its beginning. */
    render() {
      const standings = state.walked.standings();
      const deciding = state.payload.trees[state.tree].options
        .flatMap(option => standings[option].because())
        .flatMap(({ quotes }) => quotes);
      const [first] = mark(clauses, "dtree-deciding", new Set(deciding));
      if (first !== shown && first) scrollTo(first);
      shown = first;
    },
    /** @param {boolean} scroll */
    light(scroll) {
      const [first] = mark(clauses, "dtree-lit", state.pointed.quotes);
      if (scroll && first) scrollTo(first);
    }
  };
}

/**
 * Mark the clauses of some quotes, and return them.
 *
 * @param {Clause[]} clauses
 * @param {string} kind
 * @param {Set<number>} chosen
 */
const mark = (clauses, kind, chosen) =>
  clauses.filter(({ element, quotes }) =>
    element.classList.toggle(
      kind,
      quotes.some(number => chosen.has(number))
    )
  );

/**
 * Write the text into its place, and return its quoted clauses.
 *
 * @param {Payload} payload
 * @param {HTMLElement} page
 */
function clausesOf(payload, page) {
  /** @type {Clause[]} */
  const clauses = [];
  for (const { passage, parts } of payload.text) {
    const author = authorOf(payload, passage);
    const words = make("div", "dtree-words");
    for (const [part, quotes, sentence] of parts) {
      const claim = sentence === undefined ? "" : ` dtree-${payload.sentences?.[sentence]}`;
      if (!quotes.length) {
        words.append(make("span", `dtree-plain${claim}`, part));
        continue;
      }
      const deep = quotes.length > 1 ? " dtree-deep" : "";
      const element = make("mark", { class: `dtree-clause${claim}${deep}`, tabindex: "-1" }, part);
      clauses.push({ element, quotes });
      words.append(element);
    }
    // The author stays in view above the words of the passage.
    page.append(make("div", {}, ...(author ? [make("div", "dtree-author", author)] : []), words));
  }
  return clauses;
}
