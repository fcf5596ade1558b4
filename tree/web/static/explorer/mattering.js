// @ts-check
import { possibleIn } from "./possible.js";

/**
 * @import { Answer, Answers, Factor, Payload } from "./payload.js"
 */

/**
 * The factors whose answer, given all the others, can change what the text says beside the
 * standings: a remark, a relation, or how firmly it says so.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 */
export function mattersBeside({ factors, sets, beside = [] }, answers) {
  // From the ends up: what remains of each set with the answers. Equal remainders are one number.
  const rest = [0, 1];
  const numbers = new Map();
  for (const [on, ends] of sets) {
    const left = ahead(factors[on], ends, answers[on]).map(end => rest[end]);
    const key = left.some(end => end !== left[0]) ? `${on} ${left}` : "";
    const number = key ? (numbers.get(key) ?? rest.length) : left[0];
    numbers.set(key, number);
    rest.push(number);
  }
  const found = new Set();
  const seen = new Set(beside);
  // What is added on the way is visited, too.
  for (const set of seen) {
    if (set < 2) continue;
    const [on, ends] = sets[set - 2];
    if (ends.some(end => rest[end] !== rest[ends[0]])) found.add(on);
    for (const end of ahead(factors[on], ends, answers[on])) seen.add(end);
  }
  return found;
}

/** The ends that fit an answer. @param {Factor} factor @param {number[]} ends @param {Answer} answer */
const ahead = (factor, ends, answer) =>
  possibleIn(factor, answer).map(value => ends[factor.values.indexOf(value)]);
