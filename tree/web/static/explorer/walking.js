// @ts-check
import { because, STRONGEST_FIRST } from "./explaining.js";
import { firmness } from "./firmness.js";
import { possibleIn } from "./possible.js";

/**
 * Walking the trees: the same as `tree/logic/walk.py` and `tree_walk.py`.
 *
 * @import { Answers, Payload, Statement, View } from "./payload.js"
 * @typedef {"taken" | "possible" | "ruled-out"} State
 * @typedef {{standing: string | null, possible: string[], because: () => Statement[],
 *   firm: () => string}} OptionStanding  `standing`: null while several are possible; `firm`: how firmly
 *   the text says so
 *
 * @typedef {object} TreeWalk
 * @property {(node: number) => State} node
 * @property {(node: number, branch: number) => State} branch
 * @property {number[]} taken  the nodes that are
 * @property {[node: number, value: string][]} path  the answered questions, from the root on
 * @property {number} outcomes  how many are still possible
 * @property {() => string[][]} possible  of each option of the tree, the standings that it can have
 * @property {() => Set<number>} matters  the factors whose answers can change the outcome
 * @property {() => Set<number>} open  those of them whose answer is still open
 * @property {() => number | null} next  the next question on the path that matters
 *
 * @typedef {object} Walk
 * @property {TreeWalk[]} trees
 * @property {() => Set<number>} matters  the factors whose answers can change a standing
 * @property {() => OptionStanding[]} standings  one for each option
 */

/**
 * What all trees say of one patient.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @returns {Walk}
 */
export function walk(payload, answers) {
  const places = answerPlaces(payload, answers);
  const trees = payload.trees.map(({ views }) => walkTree(payload, answers, views[0], places));
  return {
    trees,
    matters: once(() => new Set(trees.flatMap(tree => [...tree.matters()]))),
    standings: once(() => {
      /** @type {string[][]} */
      const found = [];
      for (const [option, standing] of payload.everyone) found[option] = [standing];
      payload.trees.forEach(({ options }, at) =>
        options.forEach((option, i) => (found[option] = trees[at].possible()[i]))
      );
      return found.map((possible, option) => {
        const standing = possible.length === 1 ? possible[0] : null;
        // Of most options nobody looks at these.
        return {
          standing,
          possible,
          because: once(() => because(payload, answers, option, standing)),
          firm: once(() => firmness(payload, answers, option, standing))
        };
      });
    })
  };
}

/**
 * What one form of a tree says of one patient.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {View} view
 * @param {Places} [places]  of the answers, where they are known
 * @returns {TreeWalk}
 */
export function walkTree(payload, answers, view, places = answerPlaces(payload, answers)) {
  const diagram = diagramOf(payload, view);
  const { given, several } = places;
  const { states, left, path, crossed, taken, isClosed } = walkThrough(diagram, given, several);
  const rest = once(() => remaining(diagram, given, several, states));
  return {
    path: path.map(([node, factor]) => [node, payload.factors[factor].values[given[factor]]]),
    outcomes: left.size,
    taken,
    node: node => STATES[states[node]],
    branch(node, branch) {
      const at = diagram.start[node] + branch;
      if (crossed.has(at)) return "taken";
      return states[node] && !isClosed(node, at) ? "possible" : "ruled-out";
    },
    // Worked out when asked for: the highlight, which is to be seen at once, needs none of it.
    possible: once(() => possibleAt(diagram, left)),
    matters: () => rest().matters,
    open: () => rest().open,
    next: once(() => nextQuestion(payload, rest().open, answers))
  };
}

/** Of each option the standings that some outcomes give it. @param {Diagram} diagram @param {Set<number>} left */
function possibleAt({ standings }, left) {
  const ends = [...left].map(outcome => standings[outcome]);
  return ends[0].map((_, i) =>
    STRONGEST_FIRST.filter(standing => ends.some(end => end[i] === standing))
  );
}

/**
 * How many options and outcomes a tree leaves open.
 *
 * @param {Payload} payload
 * @param {View} view
 * @param {Places} places  of the answers
 * @returns {[undecided: number, outcomes: number]}
 */
export function leftOpen(payload, view, { given, several }) {
  const diagram = diagramOf(payload, view);
  const { left } = walkThrough(diagram, given, several);
  return [possibleAt(diagram, left).filter(([, other]) => other).length, left.size];
}

/**
 * Answers by the places of their values.
 *
 * @typedef {object} Places
 * @property {number[]} given  of one value; -1 where several are possible
 * @property {(number[] | null)[]} several  which these are, where it is not all
 */

/**
 * @param {Payload} payload
 * @param {Answers} answers
 * @returns {Places}
 */
export function answerPlaces({ factors }, answers) {
  const given = answers.map((answer, factor) =>
    typeof answer === "string" ? factors[factor].values.indexOf(answer) : -1
  );
  const several = answers.map((answer, factor) =>
    Array.isArray(answer) ? answer.map(one => factors[factor].values.indexOf(one)) : null
  );
  return { given, several };
}

/** @type {State[]} */
const STATES = ["ruled-out", "possible", "taken"];
const POSSIBLE = 1;
const TAKEN = 2;

/**
 * Walk with some answers: the state of each node, by its place in STATES; the outcomes that are
 * left; the answered questions from the root on, each with its factor; the branches crossed, and
 * the nodes taken.
 *
 * @param {Diagram} diagram
 * @param {number[]} given
 * @param {(number[] | null)[]} several
 */
function walkThrough({ factors, start, targets, values, outcomes }, given, several) {
  /** @param {number} node @param {number} at  a branch that does not fit the answers */
  const isClosed = (node, at) => {
    const known = given[factors[node]] ?? -1;
    return known >= 0
      ? known !== values[at]
      : several[factors[node]]?.includes(values[at]) === false;
  };
  // Every node comes before those it leads to, so one pass finds all that can be reached.
  const states = new Uint8Array(outcomes.length);
  states[0] = POSSIBLE;
  /** @type {Set<number>} */
  const left = new Set();
  for (let node = 0; node < states.length; node++) {
    if (!states[node]) continue;
    if (outcomes[node] >= 0) left.add(outcomes[node]);
    for (let at = start[node]; at < start[node + 1]; at++) {
      if (!isClosed(node, at)) states[targets[at]] = POSSIBLE;
    }
  }
  // Where one outcome is left, its leaves are taken, whichever way leads there.
  for (let node = 0; left.size === 1 && node < states.length; node++) {
    if (states[node] && outcomes[node] >= 0) states[node] = TAKEN;
  }
  /** @type {[node: number, factor: number][]} */
  const path = [];
  /** @type {Set<number>} */
  const crossed = new Set();
  for (let node = 0; ; ) {
    states[node] = TAKEN;
    const factor = factors[node];
    const value = given[factor] ?? -1;
    if (value < 0) break;
    path.push([node, factor]);
    const at = values.indexOf(value, start[node]);
    crossed.add(at);
    node = targets[at];
  }
  /** @type {number[]} */
  const taken = [];
  for (let node = 0; node < states.length; node++) if (states[node] === TAKEN) taken.push(node);
  return { states, left, path, crossed, taken, isClosed };
}

/**
 * What is worked out when it is first asked for.
 *
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
export function once(make) {
  /** @type {[T] | undefined} */
  let made;
  return () => {
    made ??= [make()];
    return made[0];
  };
}

/**
 * A view in numbers.
 *
 * @typedef {object} Diagram
 * @property {Int32Array} factors  of each node; -1 is an outcome
 * @property {Int32Array} start  where the branches of each node begin
 * @property {Int32Array} targets  of each branch
 * @property {Int32Array} values  of each branch
 * @property {Int32Array} outcomes  the number of each node's outcome; -1 is a question
 * @property {string[][]} standings  of each outcome
 */

/** Each is made once. @type {WeakMap<View, Diagram>} */
const diagrams = new WeakMap();

/**
 * @param {Payload} payload
 * @param {View} view
 * @returns {Diagram}
 */
function diagramOf(payload, view) {
  const known = diagrams.get(view);
  if (known) return known;
  const { nodes } = view;
  const all = nodes.flatMap(({ factor = 0, branches = [] }) =>
    branches.map(([value, target]) => [payload.factors[factor].values.indexOf(value), target])
  );
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {string[][]} */
  const standings = [];
  const outcomes = nodes.map(node => {
    if (!node.standings) return -1;
    const key = node.standings.join();
    const number = numbers.get(key) ?? standings.push(node.standings) - 1;
    numbers.set(key, number);
    return number;
  });
  let branches = 0;
  const made = {
    factors: Int32Array.from(nodes, ({ factor = -1 }) => factor),
    start: Int32Array.of(0, ...nodes.map(node => (branches += node.branches?.length ?? 0))),
    targets: Int32Array.from(all, ([, target]) => target),
    values: Int32Array.from(all, ([value]) => value),
    outcomes: Int32Array.from(outcomes),
    standings
  };
  diagrams.set(view, made);
  return made;
}

/**
 * What remains of a tree.
 *
 * @typedef {object} Rest
 * @property {Set<number>} matters  factors whose answers still matter
 * @property {Set<number>} open  those of them that have no answer
 */

/**
 * What remains of a tree with some answers: equal remainders are one number. An answer matters
 * where the remainders beside it differ, for no path asks a question twice.
 *
 * @param {Diagram} diagram
 * @param {number[]} given
 * @param {(number[] | null)[]} several
 * @param {Uint8Array} reachable
 * @returns {Rest}
 */
function remaining({ factors, start, targets, values, outcomes }, given, several, reachable) {
  const numberOf = new Int32Array(factors.length);
  /** @type {Map<number | string, number>} */
  const numbers = new Map();
  /** @type {Rest} */
  const rest = { matters: new Set(), open: new Set() };
  const most = factors.length + 1;
  for (let node = factors.length - 1; node >= 0; node--) {
    const [from, to, factor] = [start[node], start[node + 1], factors[node]];
    let differ = false;
    for (let at = from + 1; at < to; at++) {
      if (numberOf[targets[at]] !== numberOf[targets[from]]) differ = true;
    }
    // It would matter unanswered.
    if (factor >= 0 && differ && reachable[node]) rest.matters.add(factor);
    if (factor >= 0 && given[factor] >= 0) {
      numberOf[node] = numberOf[targets[values.indexOf(given[factor], from)]];
      continue;
    }
    /** @type {[number, number][]} */
    const ends = [];
    for (let at = from; at < to; at++) {
      if (several[factor]?.includes(values[at]) !== false) {
        ends.push([values[at], numberOf[targets[at]]]);
      }
    }
    if (factor >= 0 && ends.every(([, end]) => end === ends[0][1])) {
      numberOf[node] = ends[0][1];
      continue;
    }
    if (factor >= 0 && reachable[node]) rest.open.add(factor);
    // A number where it is exact, which is faster than words.
    /** @type {number | string} */
    let key = -1 - outcomes[node];
    if (ends.length === 2) key = (factor * most + ends[0][1]) * most + ends[1][1];
    else if (factor >= 0) key = `${factor}: ${ends}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    numberOf[node] = number;
  }
  return rest;
}

/**
 * The first open question that matters: the root of the tree that remains. Whether a question
 * applies comes before it.
 *
 * @param {Payload} payload
 * @param {Set<number>} open
 * @param {Answers} answers
 */
const nextQuestion = (payload, open, answers) =>
  payload.order.find(factor => open.has(factor) && applies(payload, factor, answers)) ?? null;

/**
 * Whether a question applies; null while that is open. The same as `Factor.applies`.
 *
 * @param {Payload} payload
 * @param {number} factor
 * @param {Answers} answers
 * @returns {boolean | null}
 */
export function applies(payload, factor, answers) {
  const { askedIf = [] } = payload.factors[factor];
  let isOpen = false;
  for (const [on, values] of askedIf) {
    const left = possibleIn(payload.factors[on], answers[on]);
    const fitting = left.filter(value => values.includes(value));
    if (!fitting.length) return false;
    isOpen ||= fitting.length < left.length || answers[on] === undefined;
  }
  return isOpen ? null : true;
}

/** The question that the path has come to, or the outcome. @param {TreeWalk} found */
export const endOf = ({ taken }) => taken[taken.length - 1];
