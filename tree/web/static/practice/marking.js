// @ts-check
import { CHOICES, valuesIn } from "./worksheet.js";

/**
 * Grading: the steps are walked in their order.
 *
 * @import { Attempt } from "./kept.js"
 * @import { Asked, Quoted, Step, Worksheet } from "./worksheet.js"
 *
 * @typedef {Map<number, number>} Chosen  rows with the numbers of the chosen values
 * @typedef {{step: Step, given: number, says: string, statement: string, quotes: Quoted,
 *   words: number[]}} Divergence  where the reading left the text
 * @typedef {{divergence: Divergence | null, asides: Divergence[], judged: [Step, boolean][]}} Grade
 */

/**
 * @param {Asked} asked
 * @param {Chosen} chosen
 * @returns {Grade}
 */
export function gradeOf({ steps }, chosen) {
  /** @type {Grade} */
  const found = { divergence: null, asides: [], judged: [] };
  for (const step of steps) {
    const given = chosen.get(step.row) ?? NaN;
    const right = step.accepted.includes(given);
    if (step.onPath && !found.divergence) {
      found.judged.push([step, right]);
      if (!right) found.divergence = step.wrong(given);
    } else if (!step.onPath && !right) {
      found.asides.push(step.wrong(given));
    }
  }
  return found;
}

/**
 * A graded answer as the record keeps it, but for its id, time and learner.
 *
 * @param {Worksheet} sheet
 * @param {Asked} asked
 * @param {Chosen} chosen
 * @param {Grade} grade
 * @returns {Omit<Attempt, "id" | "at" | "learner" | "round" | "seconds">}
 */
export function attemptOf(sheet, asked, chosen, { divergence, judged }) {
  const optionIn = (/** @type {Step} */ { row }) =>
    row < sheet.factors ? asked.option : sheet.rows[row][0];
  const valueIn = (/** @type {number} */ row, /** @type {number} */ value) =>
    valuesIn(sheet, asked, row)[value][0];
  const step = divergence?.step;
  return {
    guide: sheet.guide,
    guide_digest: sheet.digest,
    question: asked.id,
    kind: asked.kind,
    case: asked.patient,
    answer: answerOf(sheet, asked, chosen),
    right: !divergence,
    factor: step?.factor || null,
    statement: divergence?.statement || null,
    option: (step && optionIn(step)) || null,
    expected: step ? valueIn(step.row, step.accepted[0]) : "",
    given: divergence ? valueIn(divergence.step.row, divergence.given) : "",
    judged: judged.map(([step, right]) => {
      // Where the text is silent, misread was what it says for other patients.
      const about = right || !divergence ? step : divergence;
      const { statement, quotes } = about;
      const { factor } = step;
      return { right, factor, statement, option: optionIn(step), words: quotes.line };
    })
  };
}

/**
 * @param {Worksheet} sheet
 * @param {Asked} asked
 * @param {Chosen} chosen
 */
function answerOf(sheet, asked, chosen) {
  if (asked.rows[0] === CHOICES) return asked.choices[chosen.get(CHOICES) ?? 0][0];
  const said = [...chosen]
    .sort(([a], [b]) => a - b)
    .map(([row, value]) => {
      const [id, , , values] = sheet.rows[row];
      return { option: row >= sheet.factors, entry: [id, values[value][0]] };
    });
  const part = (/** @type {boolean} */ options) =>
    Object.fromEntries(said.filter(({ option }) => option === options).map(({ entry }) => entry));
  const withOptions = asked.rows.some(row => row >= sheet.factors);
  return withOptions ? { factors: part(false), options: part(true) } : part(false);
}
