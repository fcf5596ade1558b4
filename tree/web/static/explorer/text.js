// @ts-check
import { consume, heading, make, onPointed } from "./elements.js";

/**
 * The text as written, and what rests on which of its words.
 *
 * @import { Payload } from "./types.js"
 */

/**
 * What rests on a quote, by number: factors, branches ("factor value") and options.
 *
 * @typedef {{factors: Set<number>, branches: Set<string>, options: Set<number>,
 *   remarks: Set<number>}} Rests
 * @param {Payload} payload
 * @returns {Rests[]}
 */
export function restsOn(payload) {
  const all = payload.quotes.map(() => ({
    factors: new Set(),
    branches: new Set(),
    options: new Set(),
    remarks: new Set(),
  }));
  payload.factors.forEach(({ quotes, judgement }, factor) => {
    for (const number of [...quotes, ...judgement]) all[number].factors.add(factor);
  });
  payload.options.forEach(({ quotes, does }, option) => {
    for (const number of [...quotes, ...does]) all[number].options.add(option);
  });
  for (const { quotes, options } of payload.groups) {
    for (const number of quotes) for (const option of options) all[number].options.add(option);
  }
  payload.statements.forEach(({ quotes, condition, effects, remark }, statement) => {
    for (const number of quotes) {
      for (const [factor, values] of condition.flat()) {
        all[number].factors.add(factor);
        for (const value of values) all[number].branches.add(`${factor} ${value}`);
      }
      for (const [option] of effects) all[number].options.add(option);
      if (remark) all[number].remarks.add(statement);
    }
  });
  return all;
}

/**
 * The text as written, every quoted clause marked. One clause is in the tab order; arrows
 * go from clause to clause.
 *
 * @param {Payload} payload
 * @param {(quotes: number[]) => void} point
 */
export function textPanel(payload, point) {
  /** @type {{element: HTMLElement, quotes: number[]}[]} */
  const clauses = [];
  const page = make("div", {
    class: "dtree-text",
    role: "group",
    "aria-label": "The text. Arrow keys go from clause to clause.",
  });
  for (const { author, parts } of payload.text) {
    const passage = make("div", { class: "dtree-passage" });
    if (author) passage.append(make("div", { class: "dtree-author" }, author));
    const words = make("div", { class: "dtree-words" });
    for (const [part, quotes, sentence] of parts) {
      const claim = sentence === undefined ? "" : ` dtree-${payload.sentences[sentence]}`;
      if (!quotes.length) {
        words.append(make("span", { class: `dtree-plain${claim}` }, part));
        continue;
      }
      const deep = quotes.length > 1 ? " dtree-deep" : "";
      const element = make("mark", { class: `dtree-clause${claim}${deep}`, tabindex: "-1" }, part);
      onPointed(element, () => point(quotes));
      clauses.push({ element, quotes });
      words.append(element);
    }
    passage.append(words);
    page.append(passage);
  }
  const first = clauses[0]?.element;
  if (first) first.tabIndex = 0;
  page.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = clauses.findIndex(({ element }) => element === document.activeElement);
    if (!step || at < 0) return;
    consume(event);
    const to = clauses[(at + step + clauses.length) % clauses.length].element;
    clauses[at].element.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });

  /** @type {Record<string, number>} */
  const counts = { used: 0, context: 0, unclaimed: 0 };
  for (const claim of payload.sentences) counts[claim] += 1;
  const said = Object.entries(counts).map(([claim, count]) => `${count} ${claim}`);
  const show = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  show.addEventListener("change", () => page.classList.toggle("dtree-coverage", show.checked));
  const coverage = make("label", {}, show, ` Sentences: ${said.join(", ")}`);
  return {
    panel: make("div", { class: "dtree-text-panel" }, heading(0, "The text"), coverage, page),
    /**
     * @param {Set<number>} quotes
     * @param {boolean} [scroll]
     */
    light(quotes, scroll = false) {
      let first = null;
      for (const clause of clauses) {
        const lit = clause.quotes.some((number) => quotes.has(number));
        clause.element.classList.toggle("dtree-lit", lit);
        if (lit) first ??= clause.element;
      }
      // Scroll the text alone, never the page.
      if (scroll && first) {
        const gap = first.getBoundingClientRect().top - page.getBoundingClientRect().top;
        page.scrollTop += gap - page.clientHeight / 3;
      }
    },
    /** @param {Set<number>} quotes */
    decide(quotes) {
      for (const clause of clauses) {
        const decides = clause.quotes.some((number) => quotes.has(number));
        clause.element.classList.toggle("dtree-deciding", decides);
      }
    },
  };
}
