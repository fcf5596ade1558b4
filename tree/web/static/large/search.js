// @ts-check
import { afterFrame, button, consume, make } from "../explorer/elements.js";

/**
 * Search by word.
 *
 * @import { Payload, View, Walk } from "../explorer/types.js"
 */

/**
 * Search by word over questions, their answers, outcomes and quotes.
 *
 * @param {Payload} payload
 * @param {View} view
 * @param {{list: () => Walk["nodes"] | null, mark: (hits: Set<number>, at: number) => void,
 *   visit: (node: number) => void}} place  `list`: the states, where what is ruled out is folded
 */
export function search(payload, view, place) {
  const fold = (/** @type {string} */ words) => words.toLowerCase();
  const quoted = (/** @type {number[]} */ some) => some.map((number) => payload.quotes[number][0]);
  /** @type {Map<string, string>} what can be found at a node: the same for many */
  const known = new Map();
  /** @param {number} node */
  const words = (node) => {
    const { factor, standings = [] } = view.nodes[node];
    const key = factor === undefined ? standings.join() : `${factor}`;
    let all = known.get(key);
    if (all !== undefined) return all;
    if (factor !== undefined) {
      const { question, values, quotes, judgement, help } = payload.factors[factor];
      all = [question, ...values, ...quoted([...quotes, ...judgement]), help].join("\n");
    } else {
      // Of an option of which an outcome says nothing, nothing is found there.
      const said = payload.options.flatMap(({ name, synonyms, quotes, does }, option) =>
        standings[option] === "silent" ? [] : [name, ...synonyms, ...quoted([...quotes, ...does])],
      );
      const because = payload.statements.flatMap(({ effects, quotes }) =>
        effects.some(([option, standing]) => standings[option] === standing) ? quoted(quotes) : [],
      );
      const labels = [...new Set(standings)].map((standing) => payload.standings[standing]);
      all = [...said, ...because, ...labels].join("\n");
    }
    all = fold(all).replace(/[^\S\n]+/g, " ");
    known.set(key, all);
    return all;
  };
  /** @param {number} node */
  const name = (node) => {
    const { factor, standings = [] } = view.nodes[node];
    if (factor !== undefined) return payload.factors[factor].question;
    return outcomeLines(payload, standings)[0];
  };

  const field = /** @type {HTMLInputElement} */ (make("input", { type: "search" }));
  const said = make("span", { role: "status", class: "dtree-found" });
  /** @type {number[]} */
  let hits = [];
  let at = -1;
  const say = () => {
    const where = at < 0 ? "" : `${at + 1} of `;
    const what = at < 0 ? "" : `: ${name(hits[at])}`;
    const count = hits.length === 1 ? "1 place" : `${hits.length} places`;
    said.textContent = field.value.trim() ? `${where}${count}${what}` : "";
  };
  const look = () => {
    const asked = fold(field.value).trim().replace(/\s+/g, " ");
    const states = place.list();
    const before = hits[at];
    hits = [...view.nodes.keys()].filter(
      (node) => asked && states?.[node] !== "ruled-out" && words(node).includes(asked),
    );
    at = hits.indexOf(before);
    place.mark(new Set(hits), hits[at] ?? -1);
    say();
  };
  /** @param {number} by */
  const step = (by) => {
    if (!hits.length) return;
    at = at < 0 ? (by > 0 ? 0 : hits.length - 1) : (at + by + hits.length) % hits.length;
    place.visit(hits[at]);
    place.mark(new Set(hits), hits[at]);
    say();
  };
  field.addEventListener("input", afterFrame(look));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      consume(event);
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && field.value) {
      consume(event);
      field.value = "";
      look();
    }
  });
  const element = make(
    "div",
    { class: "dtree-search", role: "search" },
    make("label", {}, "Search the tree ", field),
    button("↑", () => step(-1), { "aria-label": "Previous place" }),
    button("↓", () => step(1), { "aria-label": "Next place" }),
    said,
  );
  return {
    element,
    again() {
      if (field.value) look();
    },
  };
}

/**
 * An outcome in words, a line for each standing, the strongest of them first.
 *
 * @param {Payload} payload
 * @param {string[]} standings
 */
export function outcomeLines(payload, standings) {
  return ["preferred", "offered", "withheld", "silent"]
    .filter((standing) => standings.includes(standing))
    .map((standing) => {
      const names = payload.options.filter((_, i) => standings[i] === standing);
      return `${payload.standings[standing]}: ${names.map(({ name }) => name).join(", ")}`;
    });
}
