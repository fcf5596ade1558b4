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
  const fitting = payload.statements.filter((statement) => effect(statement, option) === standing);
  const sure = fitting.filter((statement) => applies(statement.condition, answers) === true);
  if (sure.length) return sure;
  return fitting.filter((statement) => applies(statement.condition, answers) === null);
}

/**
 * @param {Statement} statement
 * @param {number} option
 */
function effect({ effects }, option) {
  return effects.find(([on]) => on === option)?.[1];
}

/**
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
 * @returns {{statement: Statement, says: string, weight: string}[]}
 */
export function argumentsAbout(payload, answers, option, found) {
  const all = [];
  for (const says of STRONGEST_FIRST) {
    for (const statement of payload.statements) {
      if (effect(statement, option) !== says) continue;
      const sure = applies(statement.condition, answers);
      if (sure === false) continue;
      const outweighed = found.standing !== null && stronger(found.standing, says);
      const weight = found.because.includes(statement)
        ? "decides"
        : outweighed
          ? "outweighed"
          : sure
            ? "applies"
            : "open";
      all.push({ statement, says, weight });
    }
  }
  return all;
}

/** @param {string} a @param {string} b */
const stronger = (a, b) => STRONGEST_FIRST.indexOf(a) < STRONGEST_FIRST.indexOf(b);
