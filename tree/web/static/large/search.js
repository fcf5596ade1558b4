// @ts-check
import { verdictsAt } from "../explorer/arranging.js";
import { afterFrame, button, consume, make, on } from "../explorer/elements.js";
import { dress } from "../explorer/pieces.js";
import { inARow, withColon, plural, say } from "../messages.js";

/**
 * Search by word over questions, their answers, outcomes and quotes.
 *
 * @import { Payload, TreeNode, TreeShown, View } from "../explorer/payload.js"
 * @import { Drawn } from "../explorer/pieces.js"
 *
 * @typedef {object} Searched  where a search looks and shows what it finds
 * @property {(hits: Set<number>, current: number) => void} mark
 * @property {(node: number) => void} visit
 */

/**
 * Mark what a search has found.
 *
 * @param {Drawn} drawn
 * @param {Set<number>} hits
 * @param {number} current  the one of them that is looked at
 */
export function markHits({ nodes }, hits, current) {
  for (const piece of nodes) {
    const [own] = piece.own.split(" dtree-hit");
    piece.own = own + hitClasses(piece.node, hits, current);
    dress(piece);
  }
}

/** @param {number} node @param {Set<number>} hits @param {number} current */
export const hitClasses = (node, hits, current) =>
  (hits.has(node) ? " dtree-hit" : "") +
  (hits.has(node) && node === current ? " dtree-hit-now" : "");

/**
 * The field of a search, with buttons that lead from place to place.
 *
 * @param {Payload} payload
 * @param {TreeShown} tree
 * @param {View} view
 * @param {Searched} searched
 */
export function search(payload, tree, view, searched) {
  const wordsAt = searchable(payload, tree, view);
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "search" }));
  const status = make("span", { role: "status", class: "dtree-found" });
  /** @type {number[]} */
  let hits = [];
  let at = -1;
  const show = () => {
    searched.mark(new Set(hits), hits[at] ?? -1);
    const [number, count] = [at + 1, hits.length];
    const name = number ? nameOfNode(payload, tree, view.nodes[hits[at]]) : "";
    const words = name
      ? say`${number} of ${count} places: ${name}`
      : plural("{count} place", "{count} places", count);
    status.textContent = field.value.trim() ? words : "";
  };
  const look = () => {
    const before = hits[at];
    hits = nodesWith(field.value, view, wordsAt);
    at = hits.indexOf(before);
    show();
  };
  /** @param {number} by */
  const step = by => {
    if (!hits.length) return;
    at = at < 0 ? (by > 0 ? 0 : hits.length - 1) : (at + by + hits.length) % hits.length;
    searched.visit(hits[at]);
    show();
  };
  on(field, "input", afterFrame(look));
  on(field, "keydown", event => {
    if (event.key === "Enter") {
      consume(event);
      look();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && field.value) {
      consume(event);
      field.value = "";
      look();
    }
  });
  return make(
    "div",
    { class: "dtree-search", role: "search" },
    make("label", {}, say`Search the tree`, " ", field),
    button("↑", () => step(-1), { "aria-label": say`Previous place` }),
    button("↓", () => step(1), { "aria-label": say`Next place` }),
    status
  );
}

/**
 * The nodes that have some words, in the order of the drawing.
 *
 * @param {string} asked
 * @param {View} view
 * @param {(node: number) => string} wordsAt
 */
export function nodesWith(asked, { nodes }, wordsAt) {
  const wanted = asked.toLowerCase().trim().replace(/\s+/g, " ");
  return [...nodes.keys()].filter(node => wanted && wordsAt(node).includes(wanted));
}

/**
 * What can be found at each node, worked out when it is first asked for; nodes of the same
 * question or outcome share it.
 *
 * @param {Payload} payload
 * @param {TreeShown} tree
 * @param {View} view
 * @returns {(node: number) => string}
 */
export function searchable(payload, tree, { nodes }) {
  /** @type {Map<string, string>} */
  const known = new Map();
  return index => {
    const node = nodes[index];
    const key = node.standings?.join() ?? `${node.factor}`;
    const words = known.get(key) ?? wordsOf(payload, tree, node);
    known.set(key, words);
    return words;
  };
}

/** @param {Payload} payload @param {TreeShown} tree @param {TreeNode} node */
function wordsOf(payload, tree, { factor, standings = [] }) {
  const quoted = (/** @type {number[]} */ some) => some.map(number => payload.quotes[number][0]);
  /** @type {string[]} */
  let all;
  if (factor !== undefined) {
    const {
      question,
      short = "",
      values,
      quotes,
      judgement = [],
      help = ""
    } = payload.factors[factor];
    all = [question, short, ...values, ...quoted([...quotes, ...judgement]), help];
  } else {
    // Where an outcome is silent about an option, the option is not found there.
    const options = tree.options.flatMap((option, i) => {
      const { name, short = "", synonyms = [], quotes, does = [] } = payload.options[option];
      if (standings[i] === "silent") return [];
      return [name, short, ...synonyms, ...quoted([...quotes, ...does])];
    });
    const because = payload.statements.flatMap(({ effects, quotes }) =>
      effects.some(([option, standing]) => standings[tree.options.indexOf(option)] === standing)
        ? quoted(quotes)
        : []
    );
    const labels = [...new Set(standings)].map(standing => payload.standings[standing]);
    all = [...options, ...because, ...labels];
  }
  return all
    .join("\n")
    .toLowerCase()
    .replace(/[^\S\n]+/g, " ");
}

/** @param {Payload} payload @param {TreeShown} tree @param {TreeNode} node */
const nameOfNode = (payload, tree, node) =>
  node.factor === undefined
    ? verdictLines(payload, tree, node)[0]
    : payload.factors[node.factor].question;

/**
 * An outcome in words, a line for each standing, the strongest of them first.
 *
 * @param {Payload} payload
 * @param {TreeShown} tree
 * @param {TreeNode} node
 */
export const verdictLines = (payload, tree, node) =>
  verdictsAt(payload, tree, node).map(([verdict, options]) =>
    withColon(verdict, inARow(options.map(i => payload.options[i].name)))
  );
