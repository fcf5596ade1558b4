// @ts-check
import { speaks, statementsOn } from "./explaining.js";
import { inARow, inQuotes } from "../messages.js";

/**
 * How firmly the text says a standing: the same as `tree/logic/firmness.py`.
 *
 * @import { Answers, Payload, Statement } from "./payload.js"
 */

const MOST_LETTERS = 40;
const BETWEEN = " · ";

/**
 * Its words and its grade, as far as the answers make them certain; "" where there are none.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {string | null} standing
 */
export function firmness(payload, answers, option, standing) {
  const saying = statementsOn(payload, option).filter(({ effects }) =>
    effects.some(([on, says]) => on === option && says === standing)
  );
  if (!saying.some(({ strength, grade }) => strength || grade !== undefined)) return "";
  const known = saying.map(statement => speaks(payload, statement, option, answers));
  // What surely decides; and with it each that may. If one changes nothing, several do not either.
  const open = [...known.keys()].filter(at => known[at] === null);
  const ways = [...(known.includes(true) ? [-1] : []), ...open].map(one =>
    firmnessOf(
      payload,
      saying.filter((_, at) => known[at] || at === one)
    )
  );
  const parts = [0, 1].map(part => new Set(ways.map(way => way[part])));
  const certain = parts.flatMap(found => (found.size === 1 ? [...found] : []));
  return certain.filter(Boolean).join(BETWEEN);
}

/**
 * @param {Payload} payload
 * @param {Statement[]} deciding
 */
function firmnessOf({ grades = [] }, deciding) {
  const firmest = Math.min(...deciding.map(({ grade = Infinity }) => grade));
  const those = deciding.filter(({ grade = Infinity }) => grade === firmest);
  const strengths = [...new Set(those.flatMap(({ strength }) => strength ?? []))];
  if ([...strengths.join(", ")].length > MOST_LETTERS) strengths.length = 1;
  return [inARow(strengths.map(inQuotes)), grades[firmest] ?? ""];
}

/**
 * A standing in words, and after it how firmly the text says so.
 *
 * @param {string} label
 * @param {string} firm
 */
export const firmly = (label, firm) => (firm ? label + BETWEEN + firm : label);

/** The same of one statement. @param {Payload} payload @param {Statement} statement */
export const firmnessIn = (payload, statement) =>
  firmnessOf(payload, [statement]).filter(Boolean).join(BETWEEN);
