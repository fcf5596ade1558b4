// @ts-check

/**
 * Reasons: the same as explaining.py.
 *
 * @import { Answers, Condition, OptionStanding, Payload, Statement } from "./types.js"
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
    ? applies(statement.condition, answers)
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

/**
 * The condition has every clause that a clause by clause look needs to be right.
 *
 * @param {Condition} condition
 * @param {Answers} answers
 * @returns {boolean | null} null while open
 */
export function applies(condition, answers) {
  let open = false;
  for (const clause of condition) {
    const known = clause.filter(([factor]) => answers[factor] !== undefined);
    if (known.every(([factor, values]) => values.includes(answers[factor] ?? ""))) {
      if (known.length === clause.length) return true;
      open = true;
    }
  }
  return open ? null : false;
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
      if (applies(statement.condition, answers) === false) continue;
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
  if (sure === false) return ["outweighed", setAsideBy(payload, statement, answers, option)];
  if (found.standing !== null && stronger(found.standing, says)) {
    return ["outweighed", found.because];
  }
  return [sure ? "applies" : "open", []];
}

/**
 * The same as Weighing.set_aside_by.
 *
 * @param {Payload} payload
 * @param {Statement} statement
 * @param {Answers} answers
 * @param {number} option
 */
function setAsideBy(payload, statement, answers, option) {
  const { statements } = payload;
  const others = (/** @type {Statement} */ one, /** @type {3 | 4} */ which) =>
    (effect(one, option)?.[which] ?? []).map((at) => statements[at]);
  const given = (/** @type {Statement} */ { condition }) => applies(condition, answers);
  const above = new Set([statement]);
  // What is added on the way is visited, too.
  for (const one of above) {
    others(one, 3).forEach((other) => given(other) !== false && above.add(other));
  }
  above.delete(statement);
  const keeping = new Map(
    others(statement, 4).map((one) => [one, speaks(payload, one, option, answers)]),
  );
  for (const one of above) if (!others(one, 3).some(given)) keeping.set(one, given(one));
  const by = [true, null].map((how) => statements.filter((one) => keeping.get(one) === how));
  return by[0].length ? by[0] : by[1];
}

/** @param {string} a @param {string} b */
const stronger = (a, b) => STRONGEST_FIRST.indexOf(a) < STRONGEST_FIRST.indexOf(b);
