// @ts-check
import { make, on, write } from "../explorer/elements.js";
import { branchWords } from "../explorer/outline.js";
import { endOf } from "../explorer/walking.js";
import { hitClasses, verdictLines } from "./search.js";
import { plural } from "../messages.js";

/**
 * The outline of a large tree, which opens step by step; open along the path. What is not open is
 * not made, so that it is as quick for thousands of nodes as for ten.
 *
 * @import { Payload, TreeShown, View } from "../explorer/payload.js"
 * @import { TreeWalk } from "../explorer/walking.js"
 *
 * @typedef {object} Line  a branch, with what it leads to
 * @property {number} node
 * @property {number} branch
 * @property {number} target
 * @property {HTMLElement} item
 * @property {HTMLElement} word
 * @property {HTMLDetailsElement | null} details
 * @property {Line[]} below
 *
 * @typedef {object} Steps  the state of the outline
 * @property {Payload} payload
 * @property {TreeShown} tree
 * @property {View} view
 * @property {number[]} ends  of each node
 * @property {[node: number, branch: number][][]} above  the branches that lead to each node
 * @property {TreeWalk} [walked]
 * @property {Set<number>} hits  nodes that a search has found
 * @property {number} current  the one of them that is looked at
 * @property {Line[]} top
 */

/**
 * @param {Payload} payload
 * @param {TreeShown} tree
 * @param {View} view
 */
export function outlineOf(payload, tree, view) {
  /** @type {Steps} */
  const steps = {
    payload,
    tree,
    view,
    ends: endsBelow(view),
    above: branchesTo(view),
    hits: new Set(),
    current: -1,
    top: []
  };
  const { factor, standings } = view.nodes[0];
  const list = make("ul");
  addLines(steps, 0, steps.top, list);
  const question = factor === undefined ? [] : [payload.factors[factor].question];
  const parts = standings ? outcomeOf(steps, 0) : [make("div", {}, ...question), list];
  return {
    element: make("div", "dtree-outline dtree-opening", ...parts),
    /** @param {TreeWalk} walked @param {boolean} moved  whether the path is another one */
    show(walked, moved) {
      steps.walked = walked;
      if (moved) openWay(steps, [...walked.path.map(([node]) => node), endOf(walked)]);
      dressLines(steps, steps.top);
    },
    /** @param {Set<number>} hits @param {number} current */
    mark(hits, current) {
      steps.hits = hits;
      steps.current = current;
      if (current >= 0) openWay(steps, wayTo(steps, current));
      dressLines(steps, steps.top);
    }
  };
}

/**
 * How many ends lie below each node, with those of shared parts counted for each way.
 *
 * @param {View} view
 */
export function endsBelow({ nodes }) {
  const ends = nodes.map(({ branches }) => (branches ? 0 : 1));
  for (let index = nodes.length - 1; index >= 0; index--) {
    for (const [, target] of nodes[index].branches ?? []) ends[index] += ends[target];
  }
  return ends;
}

/** The branches that lead to each node. @param {View} view */
export function branchesTo({ nodes }) {
  /** @type {[node: number, branch: number][][]} */
  const above = nodes.map(() => []);
  nodes.forEach(({ branches = [] }, index) => {
    branches.forEach(([, target], k) => above[target].push([index, k]));
  });
  return above;
}

/**
 * The way to a node from the root on; one that is not ruled out, where there is one.
 *
 * @param {Pick<Steps, "above" | "walked">} steps
 * @param {number} node
 */
export function wayTo({ above, walked }, node) {
  const way = [node];
  while (above[way[0]].length) {
    const open = above[way[0]].find(([index, k]) => walked?.branch(index, k) !== "ruled-out");
    way.unshift((open ?? above[way[0]][0])[0]);
  }
  return way;
}

/** @param {Steps} steps @param {number} node */
const outcomeOf = ({ payload, tree, view }, node) =>
  verdictLines(payload, tree, view.nodes[node]).map(line => make("div", {}, line));

/**
 * Make the lines of a node's branches.
 *
 * @param {Steps} steps
 * @param {number} node
 * @param {Line[]} lines
 * @param {HTMLElement} list
 */
function addLines(steps, node, lines, list) {
  (steps.view.nodes[node].branches ?? []).forEach(([, target], branch) => {
    const line = newLine(steps, node, branch, target);
    dressLine(steps, line);
    lines.push(line);
    list.append(line.item);
  });
}

/**
 * @param {Steps} steps
 * @param {number} node
 * @param {number} branch
 * @param {number} target
 * @returns {Line}
 */
function newLine(steps, node, branch, target) {
  const { payload, view, ends } = steps;
  const { factor } = view.nodes[target];
  const word = make("b");
  if (factor === undefined) {
    const item = make("li", {}, word, ...outcomeOf(steps, target));
    return { node, branch, target, item, word, details: null, below: [] };
  }
  const endings = plural("{count} end", "{count} ends", ends[target]);
  const count = make("span", "dtree-count", ` ${endings}`);
  const summary = make("summary", {}, word, ` ${payload.factors[factor].question}`, count);
  const details = /** @type {HTMLDetailsElement} */ (make("details", {}, summary));
  /** @type {Line} */
  const line = { node, branch, target, item: make("li", {}, details), word, details, below: [] };
  on(details, "toggle", () => fillLine(steps, line));
  return line;
}

/** Make what is below an open line. @param {Steps} steps @param {Line} line */
function fillLine(steps, { details, below, target }) {
  if (!details?.open || below.length) return;
  const list = make("ul");
  addLines(steps, target, below, list);
  details.append(list);
}

/** Show the state of a line; nothing is touched where nothing has changed.
 *
 * @param {Steps} steps
 * @param {Line} line
 */
function dressLine({ view, walked, hits, current }, { node, branch, target, item, word }) {
  const state = walked?.branch(node, branch) ?? "possible";
  const worn = `dtree-${state}${hitClasses(target, hits, current)}`;
  if (item.className !== worn) item.className = worn;
  const [value] = (view.nodes[node].branches ?? [])[branch];
  write(word, branchWords(value, state));
}

/** @param {Steps} steps @param {Line[]} lines */
function dressLines(steps, lines) {
  for (const line of lines) {
    dressLine(steps, line);
    dressLines(steps, line.below);
  }
}

/**
 * Open the lines on the way to a node.
 *
 * @param {Steps} steps
 * @param {number[]} way  from the root on
 */
function openWay(steps, way) {
  let lines = steps.top;
  for (const node of way.slice(1)) {
    const line = lines.find(({ target }) => target === node);
    if (!line?.details) return;
    line.details.open = true;
    fillLine(steps, line);
    lines = line.below;
  }
}
