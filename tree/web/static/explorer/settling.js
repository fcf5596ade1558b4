// @ts-check
import { possibleIn } from "./possible.js";
import { answerPlaces, applies, leftOpen } from "./walking.js";

/**
 * What an answer is expected to settle: the same as `Walk.settling` in `tree/logic/walk.py`.
 *
 * @import { Answers, Payload } from "./payload.js"
 * @import { Places, Walk } from "./walking.js"
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
  /** The trees that ask each of them. @type {Map<number, number[]>} */
  const asking = new Map();
  trees.forEach((walked, tree) =>
    walked.open().forEach(factor => asking.set(factor, [...(asking.get(factor) ?? []), tree]))
  );
  /** @param {number[]} some  of the trees @param {Places} places */
  const leftOn = (some, places) =>
    sum(some.map(tree => leftOpen(payload, payload.trees[tree].views[0], places)));
  const known = answerPlaces(payload, answers);
  const now = leftOn([...trees.keys()], known);
  const open = payload.order.filter(
    factor => asking.has(factor) && applies(payload, factor, answers)
  );
  return open.map(factor => {
    const { values } = payload.factors[factor];
    const possible = possibleIn(payload.factors[factor], answers[factor]);
    const several = [...known.several];
    several[factor] = null;
    const asked = asking.get(factor) ?? [];
    const after = possible.map(value => {
      const given = known.given.slice();
      given[factor] = values.indexOf(value);
      return leftOn(asked, { given, several });
    });
    // A tree that does not ask it stays as it is, whatever the answer.
    const before = leftOn(asked, known);
    const count = possible.length;
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
  return (
    settling(payload, answers, walked).sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1])[0]?.[0] ??
    null
  );
}

/** @param {Left[]} several @returns {Left} */
const sum = several => several.reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
