// @ts-check
import { possibleIn } from "./possible.js";

/**
 * What would change the outcome: the same as `tree/logic/what_if.py`.
 *
 * @import { Answers, Payload } from "./payload.js"
 * @typedef {Map<number, string>} Change  factors with their new values
 */

export const UNKNOWN = "unknown";
const WORK = 300_000; // steps: about a second

/**
 * All minimal changes of answers after which an option surely has a standing, the smallest
 * first; null where there are too many ways to look through.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {string} wanted
 * @returns {Change[] | null}
 */
export function whatWould(payload, answers, option, wanted) {
  const everyone = payload.everyone.find(([on]) => on === option);
  if (everyone) return everyone[1] === wanted ? [new Map()] : [];
  const { options, nodes } = treeOf(payload, option);
  const column = options.indexOf(option);
  /** @type {Map<string, Change[]>} */
  const known = new Map();
  let left = WORK;

  /**
   * The smallest changes after which every one of these nodes leads to what is wanted. An
   * open question leads to several nodes at once: one change must serve all of them, so they
   * go on together, factor by factor.
   *
   * @param {number[]} from
   * @returns {Change[]}
   */
  const sets = from => {
    const key = from.join();
    const found = known.get(key) ?? (left > 0 ? smallest(ways(from)) : []);
    known.set(key, found);
    // To compare changes with each other is quick beside looking at nodes.
    left -= from.length + found.length ** 2 / 100;
    return found;
  };
  /** @param {number[]} from @returns {Change[]} */
  const ways = from => {
    const ends = from.flatMap(i => nodes[i].standings?.[column] ?? []);
    if (ends.some(standing => standing !== wanted)) return [];
    const factor = payload.order.find(factor => from.some(i => nodes[i].factor === factor));
    if (factor === undefined) return [new Map()];
    const values = payload.factors[factor].values.slice(0, -1);
    const answer = answers[factor];
    const found = [...sets(after(from, factor, possibleIn(payload.factors[factor], answer)))];
    for (const value of values) {
      if (value === answer) continue;
      for (const change of sets(after(from, factor, [value]))) {
        found.push(new Map([[factor, value], ...change]));
      }
    }
    return found;
  };
  /**
   * The nodes that are ahead once a factor has one of these values.
   *
   * @param {number[]} from
   * @param {number} factor
   * @param {string[]} values
   */
  const after = (from, factor, values) => {
    const on = from.flatMap(i => {
      if (nodes[i].factor !== factor) return [i];
      const branches = nodes[i].branches ?? [];
      return branches.flatMap(([value, target]) => (values.includes(value) ? [target] : []));
    });
    return [...new Set(on)].sort((a, b) => a - b);
  };

  /** @param {[number, string]} answer */
  const place = ([factor]) => payload.order.indexOf(factor);
  const least = sets([0]);
  if (left < 0) return null;
  return least
    .map(change => [...change].sort((a, b) => place(a) - place(b)))
    .sort((a, b) => {
      const at = a.findIndex(([factor], i) => factor !== b[i]?.[0]);
      return a.length - b.length || (at < 0 ? 0 : place(a[at]) - place(b[at]));
    })
    .map(change => new Map(change));
}

/**
 * The tree that decides an option: its options and nodes.
 *
 * @param {Payload} payload
 * @param {number} option
 */
export function treeOf({ trees }, option) {
  const { options, views } = trees.find(({ options }) => options.includes(option)) ?? trees[0];
  return { options, nodes: views[0].nodes };
}

/**
 * Drop every change that holds another one.
 *
 * @param {Change[]} changes
 */
function smallest(changes) {
  /** @type {Change[]} */
  const kept = [];
  for (const change of [...changes].sort((a, b) => a.size - b.size)) {
    const holds = (/** @type {Change} */ other) =>
      [...other].every(([factor, value]) => change.get(factor) === value);
    if (!kept.some(holds)) kept.push(change);
  }
  return kept;
}
