// @ts-check

/**
 * Reasons: the same as `tree/logic/why.py`.
 *
 * @import { Answers, Condition, Payload, Statement } from "./payload.js"
 * @import { OptionStanding } from "./walking.js"
 * @typedef {{statement: Statement, says: string, weight: string}} Argument
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
  /** @param {boolean | null} sure */
  const applying = sure =>
    payload.statements.filter(
      statement =>
        effect(statement, option) === standing && applies(statement.condition, answers) === sure
    );
  const sure = applying(true);
  return sure.length ? sure : applying(null);
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
 * @param {OptionStanding} now
 * @returns {Argument[]}
 */
export function argumentsAbout(payload, answers, option, now) {
  return STRONGEST_FIRST.flatMap(says =>
    payload.statements.flatMap(statement => {
      if (effect(statement, option) !== says) return [];
      const sure = applies(statement.condition, answers);
      if (sure === false) return [];
      let weight = sure ? "applies" : "open";
      if (now.standing && stronger(now.standing, says)) weight = "outweighed";
      if (now.because.includes(statement)) weight = "decides";
      return [{ statement, says, weight }];
    })
  );
}

/** @param {string} a @param {string} b */
const stronger = (a, b) => STRONGEST_FIRST.indexOf(a) < STRONGEST_FIRST.indexOf(b);
