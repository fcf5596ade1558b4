// @ts-check
import { possibleIn } from "./possible.js";
import { applies, walkTree } from "./walking.js";

/**
 * What an answer is expected to settle: the same as `Walk.settling` in `tree/logic/walk.py`.
 *
 * @import { Answers, Payload } from "./payload.js"
 * @import { TreeWalk, Walk } from "./walking.js"
 * @typedef {[undecided: number, outcomes: number]} Left
 */

/**
 * The open questions that matter, each with how many options and outcomes of all trees its answer
 * is expected to leave open, each value being as likely as the others.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {Walk} walked
 * @returns {[factor: number, left: Left][]}
 */
export function settling(payload, answers, { trees }) {
  const now = sum(trees.map(left));
  const open = payload.order.filter(
    factor => trees.some(tree => tree.open().has(factor)) && applies(payload, factor, answers)
  );
  return open.map(factor => {
    const values = possibleIn(payload.factors[factor], answers[factor]);
    const asking = [...trees.keys()].filter(tree => trees[tree].open().has(factor));
    const after = values.flatMap(value => {
      const known = [...answers];
      known[factor] = value;
      return asking.map(tree => left(walkTree(payload, known, payload.trees[tree].views[0])));
    });
    // A tree that does not ask it stays as it is, whatever the answer.
    const before = sum(asking.map(tree => left(trees[tree])));
    const count = values.length;
    const [undecided, outcomes] = sum(after).map(
      (all, k) => (all + count * (now[k] - before[k])) / count
    );
    return [factor, [undecided, outcomes]];
  });
}

/**
 * The open question that settles most, or null where no answer matters any more.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {Walk} walked
 */
export function settlesMost(payload, answers, walked) {
  const [first] = settling(payload, answers, walked).sort(
    ([, a], [, b]) => a[0] - b[0] || a[1] - b[1]
  );
  return first?.[0] ?? null;
}

/** How many options and outcomes a tree leaves open. @param {TreeWalk} walked @returns {Left} */
const left = ({ possible, outcomes }) => [
  possible.filter(({ length }) => length > 1).length,
  outcomes
];

/** @param {Left[]} several @returns {Left} */
const sum = several => several.reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
