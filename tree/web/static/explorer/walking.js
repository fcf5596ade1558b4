// @ts-check
import { because, STRONGEST_FIRST } from "./explaining.js";

/**
 * Walking a tree: the same as walking.py.
 *
 * @import { Answers, Payload, State, View, Walk } from "./types.js"
 */

/**
 * What a tree says of one patient.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {View} [view]
 * @returns {Walk}
 */
export function walk(payload, answers, view = payload.views[0]) {
  const { nodes } = view;
  const diagram = compiled(payload, view);
  const { start, targets, values } = diagram;
  const given = answers.map((answer, factor) =>
    answer === undefined ? -1 : payload.factors[factor].values.indexOf(answer),
  );
  /** @param {number} node @param {number} at  a branch that does not fit the answers */
  const closed = (node, at) => {
    const known = given[diagram.factors[node]] ?? -1;
    return known >= 0 && known !== values[at];
  };

  // By node: its place in STATES. Every node comes before those it leads to, so one pass
  // finds all that can be reached.
  const states = new Uint8Array(nodes.length);
  states[0] = 1;
  const left = new Set();
  for (let node = 0; node < states.length; node++) {
    if (!states[node]) continue;
    if (diagram.outcomes[node] >= 0) left.add(diagram.outcomes[node]);
    for (let at = start[node]; at < start[node + 1]; at++) {
      if (!closed(node, at)) states[targets[at]] = 1;
    }
  }
  // Where one outcome is left, its leaves are taken, whichever way leads there.
  for (let node = 0; left.size === 1 && node < states.length; node++) {
    if (states[node] && diagram.outcomes[node] >= 0) states[node] = 2;
  }

  /** @type {[number, string][]} */
  const path = [];
  /** @type {Set<number>} */
  const crossed = new Set();
  for (let index = 0; ;) {
    states[index] = 2;
    const value = given[diagram.factors[index]] ?? -1;
    if (value < 0) break;
    const at = values.indexOf(value, start[index]);
    path.push([index, payload.factors[diagram.factors[index]].values[value]]);
    crossed.add(at);
    index = targets[at];
  }

  const rest = once(() => remaining(diagram, given, states));
  return {
    path,
    outcomes: left.size,
    nodes: Array.from(states, (state) => STATES[state]),
    branch(node, branch) {
      const at = start[node] + branch;
      if (crossed.has(at)) return "taken";
      return states[node] && !closed(node, at) ? "possible" : "ruled-out";
    },
    // Worked out when asked for: the highlight, which is to be seen at once, needs none of it.
    matters: () => rest().matters,
    next: once(() => nextQuestion(payload, rest())),
    standings: once(() =>
      payload.options.map((_, option) => {
        const seen = new Set([...left].map((outcome) => diagram.standings[outcome][option]));
        const possible = STRONGEST_FIRST.filter((standing) => seen.has(standing));
        const standing = possible.length === 1 ? possible[0] : null;
        return { standing, possible, because: because(payload, answers, option, standing) };
      }),
    ),
  };
}

/** @type {State[]} */
const STATES = ["ruled-out", "possible", "taken"];

/**
 * What is worked out when it is first asked for.
 *
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
function once(make) {
  /** @type {[T] | undefined} */
  let made;
  return () => (made ??= [make()])[0];
}

/**
 * A view in numbers, made once: for each node its factor (-1: an outcome) and where its
 * branches begin; for each branch its value and target; for each outcome its number.
 *
 * @typedef {{factors: Int32Array, start: Int32Array, targets: Int32Array, values: Int32Array,
 *   outcomes: Int32Array, standings: string[][]}} Diagram
 * @type {WeakMap<View, Diagram>}
 */
const diagrams = new WeakMap();

/** @param {Payload} payload @param {View} view */
function compiled(payload, view) {
  const known = diagrams.get(view);
  if (known) return known;
  const { nodes } = view;
  const all = nodes.flatMap(({ factor = 0, branches = [] }) =>
    branches.map(([value, target]) => [payload.factors[factor].values.indexOf(value), target]),
  );
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {string[][]} */
  const standings = [];
  const outcomes = nodes.map((node) => {
    if (!node.standings) return -1;
    const key = node.standings.join();
    const number = numbers.get(key) ?? standings.push(node.standings) - 1;
    numbers.set(key, number);
    return number;
  });
  let branches = 0;
  const made = {
    factors: Int32Array.from(nodes, ({ factor = -1 }) => factor),
    start: Int32Array.of(0, ...nodes.map((node) => (branches += node.branches?.length ?? 0))),
    targets: Int32Array.from(all, ([, target]) => target),
    values: Int32Array.from(all, ([value]) => value),
    outcomes: Int32Array.from(outcomes),
    standings,
  };
  diagrams.set(view, made);
  return made;
}

/**
 * The tree that remains: equal remainders are one number, each greater than those it leads
 * to. And what still matters: an answer does where the remainders beside it differ, for on
 * no path is a question asked twice.
 *
 * @typedef {{root: number, factors: number[], ends: [number, number][][],
 *   matters: Set<number>, open: Set<number>}} Rest  `ends`: value and number
 * @param {Diagram} diagram
 * @param {number[]} given
 * @param {Uint8Array} reachable
 * @returns {Rest}
 */
function remaining({ factors, start, targets, values, outcomes }, given, reachable) {
  const numberOf = new Int32Array(factors.length);
  /** @type {Map<number | string, number>} */
  const numbers = new Map();
  /** @type {Rest} */
  const rest = { root: 0, factors: [], ends: [], matters: new Set(), open: new Set() };
  const most = factors.length + 1;
  for (let node = factors.length - 1; node >= 0; node--) {
    const [from, to, factor] = [start[node], start[node + 1], factors[node]];
    let differ = false;
    for (let at = from + 1; at < to; at++) {
      if (numberOf[targets[at]] !== numberOf[targets[from]]) differ = true;
    }
    if (factor >= 0 && differ && reachable[node]) {
      rest.matters.add(factor);
      if (given[factor] < 0) rest.open.add(factor);
    }
    if (factor >= 0 && given[factor] >= 0) {
      numberOf[node] = numberOf[targets[values.indexOf(given[factor], from)]];
      continue;
    }
    if (factor >= 0 && !differ) {
      numberOf[node] = numberOf[targets[from]];
      continue;
    }
    /** @type {[number, number][]} */
    const ends = [];
    for (let at = from; at < to; at++) ends.push([values[at], numberOf[targets[at]]]);
    // A number where it is exact, which is faster than words.
    /** @type {number | string} */
    let key = -1 - outcomes[node];
    if (ends.length === 2) key = (factor * most + ends[0][1]) * most + ends[1][1];
    else if (factor >= 0) key = `${factor}: ${ends}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = rest.factors.push(factor) - 1;
      numbers.set(key, number);
      rest.ends.push(ends);
    }
    numberOf[node] = number;
  }
  rest.root = numberOf[0];
  return rest;
}

/**
 * The open question that leaves the fewest outcomes on average.
 *
 * @param {Payload} payload
 * @param {Rest} rest
 * @returns {number | null}
 */
function nextQuestion(payload, { root, factors, ends, open }) {
  let best = null;
  let least = Infinity;
  for (const asked of payload.order.filter((factor) => open.has(factor))) {
    const count = payload.factors[asked].values.length - 1;
    let left = 0;
    for (let answer = 0; answer < count; answer++) {
      const seen = new Uint8Array(root + 1);
      seen[root] = 1;
      for (let number = root; number >= 0; number--) {
        if (!seen[number]) continue;
        if (factors[number] < 0) left += 1;
        for (const [value, end] of ends[number]) {
          if (factors[number] !== asked || value === answer) seen[end] = 1;
        }
      }
    }
    if (left / count < least) {
      best = asked;
      least = left / count;
    }
  }
  return best;
}

/** The question that the path has come to, or the outcome. @param {Walk} found */
export const endOf = (found) => found.nodes.lastIndexOf("taken");
