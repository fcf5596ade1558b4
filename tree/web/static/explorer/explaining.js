// @ts-check

/**
 * Reasons: the same as explaining.py.
 *
 * @import { Answers, Condition, Factor, OptionStanding, Payload, Statement } from "./types.js"
 */

export const STRONGEST_FIRST = ["withheld", "preferred", "offered", "silent"];

/**
 * The statements behind a standing: those that surely apply, or else those of which one will.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {string | null} standing
 * @returns {Statement[]}
 */
export function because(payload, answers, option, standing) {
  const fitting = payload.statements.filter((statement) => effect(statement, option)?.[1] === standing);
  const sure = fitting.filter((statement) => speaks(payload, statement, option, answers) === true);
  if (sure.length) return sure;
  return fitting.filter((statement) => speaks(payload, statement, option, answers) === null);
}

/**
 * @param {Statement} statement
 * @param {number} option
 */
function effect({ effects }, option) {
  return effects.find(([on]) => on === option);
}

/**
 * Whether a statement about an option holds, and nothing sets it aside.
 *
 * @param {Payload} payload
 * @param {Statement} statement
 * @param {number} option
 * @param {Answers} answers
 */
export function speaks(payload, statement, option, answers) {
  const counts = effect(statement, option)?.[2];
  return counts === undefined
    ? applies(payload, statement.condition, answers)
    : isIn(payload, counts, answers);
}

/**
 * Whether all cases that fit the answers are in a set, or none; null where some are.
 *
 * @param {Payload} payload
 * @param {number} set
 * @param {Answers} answers
 */
function isIn({ sets, factors }, set, answers) {
  const seen = new Set([set]);
  // What is added on the way is visited, too.
  for (const at of seen) {
    if (at < 2) continue;
    const [factor, ends] = sets[at - 2];
    const answer = answers[factor];
    if (answer === undefined) ends.forEach((end) => seen.add(end));
    else seen.add(ends[factors[factor].values.indexOf(answer)]);
  }
  return seen.has(0) && seen.has(1) ? null : seen.has(1);
}

const MOST_STEPS = 20_000;

/**
 * The same as holding.py: decided over all ways to fill in the open answers.
 *
 * @param {Payload} payload
 * @param {Condition} condition
 * @param {Answers} answers
 * @returns {boolean | null} null while open
 */
export function applies({ factors }, condition, answers) {
  /** @type {Map<number, string[]>[]} */
  const still = [];
  for (const clause of condition) {
    const left = openLiterals(factors, clause, answers);
    if (!left) continue;
    if (!left.size) return true;
    still.push(left);
  }
  if (!still.length) return false;
  return covers(factors, still, { left: MOST_STEPS }) ? true : null;
}

/**
 * @param {Factor[]} factors
 * @param {Condition[number]} clause
 * @param {Answers} answers
 * @returns {Map<number, string[]> | null} null where it cannot hold any more
 */
function openLiterals(factors, clause, answers) {
  /** @type {Map<number, string[]>} */
  const left = new Map();
  for (const [factor, values] of clause) {
    const answer = answers[factor];
    if (answer === undefined) {
      const before = left.get(factor) ?? values;
      left.set(factor, values.filter((value) => before.includes(value)));
    } else if (!values.includes(answer)) return null;
  }
  for (const [factor, values] of left) {
    if (!values.length) return null;
    // The last value is unknown.
    if (values.length === factors[factor].values.length - 1) left.delete(factor);
  }
  return left;
}

/**
 * Whether one of the clauses holds for every case. Branches on the factor that most ask.
 *
 * @param {Factor[]} factors
 * @param {Map<number, string[]>[]} clauses
 * @param {{left: number}} steps
 * @returns {boolean}
 */
function covers(factors, clauses, steps) {
  let share = 0;
  /** @type {Map<number, number>} */
  const asked = new Map();
  for (const clause of clauses) {
    let each = 1;
    for (const [factor, values] of clause) {
      each *= values.length / (factors[factor].values.length - 1);
      asked.set(factor, (asked.get(factor) ?? 0) + 1);
    }
    share += each;
  }
  steps.left -= 1 + clauses.length;
  // Together they hold for no larger a share of all cases than each for itself, added up.
  if (share < 1 - 1e-9 || steps.left < 0) return false;
  if (!asked.size) return true;
  const [factor] = [...asked].reduce((best, next) => (next[1] > best[1] ? next : best));
  return factors[factor].values.slice(0, -1).every((value) => {
    const rest = clauses
      .filter((clause) => clause.get(factor)?.includes(value) ?? true)
      .map((clause) => new Map([...clause].filter(([other]) => other !== factor)));
    return rest.some((clause) => !clause.size) || covers(factors, rest, steps);
  });
}

/**
 * Every statement for and against an option that may apply, the strongest first, with its
 * weight.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} found
 * @returns {{statement: Statement, says: string, weight: string, by: Statement[]}[]}
 */
export function argumentsAbout(payload, answers, option, found) {
  const all = [];
  for (const says of STRONGEST_FIRST) {
    for (const statement of payload.statements) {
      if (effect(statement, option)?.[1] !== says) continue;
      if (applies(payload, statement.condition, answers) === false) continue;
      const [weight, by] = weigh(payload, statement, says, answers, option, found);
      all.push({ statement, says, weight, by });
    }
  }
  return all;
}

/**
 * What a statement weighs, and what outweighs it.
 *
 * @param {Payload} payload
 * @param {Statement} statement
 * @param {string} says
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} found
 * @returns {[weight: string, by: Statement[]]}
 */
function weigh(payload, statement, says, answers, option, found) {
  if (found.because.includes(statement)) return ["decides", []];
  const sure = speaks(payload, statement, option, answers);
  if (sure === false) {
    const others = effect(statement, option)?.[3] ?? [];
    const by = new Set(
      others.flatMap(([at, set]) => (isIn(payload, set, answers) === false ? [] : [at])),
    );
    return ["outweighed", payload.statements.filter((_, at) => by.has(at))];
  }
  if (found.standing !== null && stronger(found.standing, says)) {
    return ["outweighed", found.because];
  }
  return [sure ? "applies" : "open", []];
}

/** @param {string} a @param {string} b */
const stronger = (a, b) => STRONGEST_FIRST.indexOf(a) < STRONGEST_FIRST.indexOf(b);
