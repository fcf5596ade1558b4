// @ts-check
import { possibleIn } from "./possible.js";

/**
 * Reasons: the same as `tree/logic/why.py`.
 *
 * @import { Answers, Payload, Statement } from "./payload.js"
 * @import { OptionStanding } from "./walking.js"
 * @typedef {{statement: Statement, says: string, weight: string, by: Statement[]}} Argument
 */

export const STRONGEST_FIRST = ["withheld", "preferred", "offered", "silent"];

/**
 * The statements behind a standing: those that surely speak, or else those of which one will.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {string | null} standing
 * @returns {Statement[]}
 */
export function because(payload, answers, option, standing) {
  /** @param {boolean | null} sure */
  const speaking = sure =>
    statementsOn(payload, option).filter(
      statement =>
        effect(statement, option)?.[1] === standing &&
        speaks(payload, statement, option, answers) === sure
    );
  const sure = speaking(true);
  return sure.length ? sure : speaking(null);
}

/** Those on each option, found once. @type {WeakMap<Payload, Statement[][]>} */
const statementsOf = new WeakMap();

/** @param {Payload} payload @param {number} option */
export function statementsOn(payload, option) {
  const all =
    statementsOf.get(payload) ??
    payload.options.map((_, on) => payload.statements.filter(one => effect(one, on)));
  statementsOf.set(payload, all);
  return all[option];
}

/**
 * @param {Statement} statement
 * @param {number} option
 */
const effect = ({ effects }, option) => effects.find(([on]) => on === option);

/**
 * Whether a statement about an option holds, and nothing sets it aside; null while open.
 *
 * @param {Payload} payload
 * @param {Statement} statement
 * @param {number} option
 * @param {Answers} answers
 */
export function speaks(payload, statement, option, answers) {
  return isIn(payload, effect(statement, option)?.[2] ?? statement.holds, answers);
}

/**
 * Whether all cases that fit the answers are in a set, or none; null where some are. The sets are
 * decision diagrams that share their nodes: 0 is no case, 1 is every case.
 *
 * @param {Payload} payload
 * @param {number} set
 * @param {Answers} answers
 */
export function isIn({ sets, factors }, set, answers) {
  const seen = new Set([set]);
  // What is added on the way is visited, too.
  for (const at of seen) {
    if (at < 2) continue;
    const [factor, ends] = sets[at - 2];
    const answer = answers[factor];
    if (answer === undefined) for (const end of ends) seen.add(end);
    else for (const value of [answer].flat()) seen.add(ends[factors[factor].values.indexOf(value)]);
  }
  return seen.has(0) && seen.has(1) ? null : seen.has(1);
}

/**
 * Every statement for and against an option that may apply, the strongest first, with its
 * weight.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} now
 * @returns {Argument[]}
 */
export function argumentsAbout(payload, answers, option, now) {
  return STRONGEST_FIRST.flatMap(says =>
    payload.statements
      .filter(
        statement =>
          effect(statement, option)?.[1] === says &&
          isIn(payload, statement.holds, answers) !== false
      )
      .map(statement => {
        const [weight, by] = weigh(payload, statement, says, answers, option, now);
        return { statement, says, weight, by };
      })
  );
}

/**
 * What a statement weighs, and what outweighs it.
 *
 * @param {Payload} payload
 * @param {Statement} statement
 * @param {string} says
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} now
 * @returns {[weight: string, by: Statement[]]}
 */
function weigh(payload, statement, says, answers, option, now) {
  if (now.because().includes(statement)) return ["decides", []];
  const sure = speaks(payload, statement, option, answers);
  if (sure === false) return ["outweighed", setAsideBy(payload, statement, answers, option)];
  if (now.standing !== null && stronger(now.standing, says)) return ["outweighed", now.because()];
  return [sure ? "applies" : "open", []];
}

/**
 * The same as `Decisions.set_aside_by`.
 *
 * @param {Payload} payload
 * @param {Statement} statement
 * @param {Answers} answers
 * @param {number} option
 */
function setAsideBy(payload, statement, answers, option) {
  const { statements } = payload;
  /** @param {Statement} one */
  const given = ({ holds }) => isIn(payload, holds, answers);
  // One that says nothing of the option outweighs others as a whole, on each of its own.
  /** @param {Statement} one */
  const outweighing = one => {
    const own = effect(one, option);
    return (own ? [own] : one.effects).map(on => (on[3] ?? []).map(at => statements[at]));
  };
  const above = new Set([statement]);
  // What is added on the way is visited, too.
  for (const one of above) {
    for (const other of outweighing(one).flat()) if (given(other) !== false) above.add(other);
  }
  above.delete(statement);
  const stated = (effect(statement, option)?.[4] ?? []).map(at => statements[at]);
  const keeping = new Map(stated.map(one => [one, speaks(payload, one, option, answers)]));
  for (const one of above) {
    const counts = outweighing(one).some(others => isAlone(payload, answers, one, others));
    if (counts) keeping.set(one, given(one));
  }
  const [sure, open] = [true, null].map(how => statements.filter(one => keeping.get(one) === how));
  return sure.length ? sure : open;
}

/**
 * Whether a statement holds for a case that fits the answers, and none of some others does.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {Statement} one
 * @param {Statement[]} others
 */
function isAlone({ order, factors, sets }, answers, one, others) {
  const place = (/** @type {number} */ set) =>
    set < 2 ? Infinity : order.indexOf(sets[set - 2][0]);
  const start = [one.holds, ...others.map(({ holds }) => holds)];
  const seen = new Map([[`${start}`, start]]);
  // What is added on the way is visited, too.
  for (const [held, ...outweighing] of seen.values()) {
    if (held === 0 || outweighing.includes(1)) continue;
    const first = Math.min(...[held, ...outweighing].map(place));
    if (first === Infinity) return true;
    const { values } = factors[order[first]];
    for (const value of possibleIn(factors[order[first]], answers[order[first]])) {
      const i = values.indexOf(value);
      const after = [held, ...outweighing].map(set =>
        place(set) === first ? sets[set - 2][1][i] : set
      );
      seen.set(`${after}`, after);
    }
  }
  return false;
}

/** @param {string} a @param {string} b */
const stronger = (a, b) => STRONGEST_FIRST.indexOf(a) < STRONGEST_FIRST.indexOf(b);
