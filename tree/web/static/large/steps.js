// @ts-check
import { capitalized, make } from "../explorer/elements.js";
import { endOf } from "../explorer/walking.js";
import { outcomeLines } from "./search.js";

/**
 * The outline of a large tree, which opens step by step.
 *
 * @import { Payload, View, Walk } from "../explorer/types.js"
 */

/**
 * The tree as a list that opens step by step; open along the path. What is not open is not
 * made, so that it is as quick for thousands of nodes as for ten.
 *
 * @param {Payload} payload
 * @param {View} view
 */
export function outlineOf(payload, view) {
  const said = { taken: " (taken)", possible: "", "ruled-out": " (ruled out)" };
  /** @type {Walk | undefined} */
  let walked;
  /** @type {Set<number>} */
  let hits = new Set();
  let current = -1;
  /**
   * @typedef {{node: number, k: number, target: number, item: HTMLElement, word: HTMLElement,
   *   details: HTMLDetailsElement | null, below: Line[]}} Line
   */
  /** How many ends lie below a node, with those of shared parts counted for each way. */
  const ends = view.nodes.map(({ branches }) => (branches ? 0 : 1));
  for (let index = view.nodes.length - 1; index >= 0; index--) {
    for (const [, target] of view.nodes[index].branches ?? []) ends[index] += ends[target];
  }
  /** The branches that lead to each node. @type {[number, number][][]} */
  const above = view.nodes.map(() => []);
  view.nodes.forEach(({ branches = [] }, index) =>
    branches.forEach(([, target], k) => above[target].push([index, k])),
  );
  /** The way to a node from the root on; one that is not ruled out, where there is one. */
  const wayTo = (/** @type {number} */ node) => {
    const way = [node];
    while (above[way[0]].length) {
      const open = above[way[0]].find(([index, k]) => walked?.branch(index, k) !== "ruled-out");
      way.unshift((open ?? above[way[0]][0])[0]);
    }
    return way;
  };

  /** @param {string[]} standings */
  const outcome = (standings) =>
    outcomeLines(payload, standings).map((line) => make("div", {}, line));

  /** @param {number} node @returns {[HTMLElement, Line[]]} */
  const list = (node) => {
    /** @type {Line[]} */
    const below = [];
    const element = make("ul");
    (view.nodes[node].branches ?? []).forEach(([, target], k) => {
      const line = lineTo(node, k, target);
      below.push(line);
      element.append(line.item);
    });
    return [element, below];
  };
  /** @param {number} node @param {number} k @param {number} target @returns {Line} */
  const lineTo = (node, k, target) => {
    const { factor, standings } = view.nodes[target];
    const word = make("b");
    if (factor === undefined) {
      const item = make("li", {}, word, ...outcome(standings ?? []));
      const line = { node, k, target, item, word, details: null, below: [] };
      dressLine(line);
      return line;
    }
    const count = make("span", { class: "dtree-count" }, ` ${ends[target]} ends`);
    const summary = make("summary", {}, word, ` ${payload.factors[factor].question}`, count);
    const details = /** @type {HTMLDetailsElement} */ (make("details", {}, summary));
    /** @type {Line} */
    const line = { node, k, target, item: make("li", {}, details), word, details, below: [] };
    details.addEventListener("toggle", () => fill(line));
    dressLine(line);
    return line;
  };
  /** @param {Line} line */
  const fill = (line) => {
    if (!line.details?.open || line.below.length) return;
    const [element, below] = list(line.target);
    line.below = below;
    line.details.append(element);
  };
  /** @param {Line} line */
  const dressLine = ({ node, k, target, item, word }) => {
    const state = walked?.branch(node, k) ?? "possible";
    const hit = hits.has(target)
      ? target === current
        ? " dtree-hit dtree-hit-now"
        : " dtree-hit"
      : "";
    const worn = `dtree-${state}${hit}`;
    if (item.className !== worn) item.className = worn;
    const words = `${capitalized((view.nodes[node].branches ?? [])[k][0])}${said[state]}`;
    if (word.textContent !== words) word.textContent = words;
  };
  /** @param {Line[]} lines */
  const dressAll = (lines) => {
    for (const line of lines) {
      dressLine(line);
      dressAll(line.below);
    }
  };
  /** Open the lines on the way to a node. @param {number[]} way  from the root on */
  const open = (way) => {
    let lines = top;
    for (const node of way.slice(1)) {
      const line = lines.find(({ target }) => target === node);
      if (!line?.details) return line;
      line.details.open = true;
      fill(line);
      lines = line.below;
    }
    return undefined;
  };

  const root = view.nodes[0];
  const [tops, top] = list(0);
  const head = root.factor === undefined ? [] : [payload.factors[root.factor].question];
  const element = make(
    "div",
    { class: "dtree-outline" },
    ...(root.standings ? outcome(root.standings) : [make("div", {}, ...head), tops]),
  );
  return {
    element,
    /** @param {Walk} found @param {boolean} moved  whether the path is another one */
    show(found, moved) {
      walked = found;
      if (moved) {
        const end = endOf(found);
        open([...found.path.map(([node]) => node), end]);
      }
      dressAll(top);
    },
    /** @param {Set<number>} some @param {number} at */
    mark(some, at) {
      [hits, current] = [some, at];
      if (at >= 0) open(wayTo(at));
      dressAll(top);
    },
  };
}
