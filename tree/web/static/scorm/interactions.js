// @ts-check
import { CHOICES, questionOf, valuesIn } from "../practice/worksheet.js";

/**
 * What a platform is to know of an answer.
 *
 * @import { Attempt } from "../practice/kept.js"
 * @import { Asked, Worksheet } from "../practice/worksheet.js"
 *
 * @typedef {[row: number, value: number]} Answered  the place of a row, and of the value in it
 *
 * @typedef {object} Interaction
 * @property {string} id
 * @property {"choice" | "matching"} type  one choice, or a value for each of several rows
 * @property {string} words  the question
 * @property {string} at
 * @property {number} seconds
 * @property {boolean} right
 * @property {Answered[]} response
 * @property {Answered[][]} patterns  what would be right, each of them
 * @property {(row: number, value: number) => [[number, string], [number, string]]} nameOf
 *   what a row and a value are called
 */

// The longest name of a question that every platform takes.
const LONGEST_ID = 200;

/** @param {Worksheet} sheet @param {Attempt} attempt @returns {Interaction | null} */
export function interactionOf(sheet, attempt) {
  const number = sheet.questions[0].indexOf(attempt.question);
  if (number < 0) return null;
  const asked = questionOf(sheet, number);
  const isChoice = asked.rows[0] === CHOICES;
  const steps = asked.rows.map(row => asked.steps.find(step => step.row === row));
  const best = steps.map(step => step?.accepted ?? []);
  return {
    id: idOf(attempt.question, number),
    type: isChoice ? "choice" : "matching",
    words: asked.asks,
    at: attempt.at,
    seconds: Math.max(attempt.seconds, 0),
    right: attempt.right,
    response: choicesMade(sheet, asked, attempt).map((value, row) => [row, value]),
    patterns: isChoice
      ? best[0].map(value => [[0, value]])
      : [best.map(([value], row) => [row, value])],
    nameOf(row, value) {
      const asking = asked.rows[row];
      const name = asking === CHOICES ? "" : sheet.rows[asking][0];
      return [
        [row, name],
        [value, valuesIn(sheet, asked, asking)[value]?.[0] ?? ""]
      ];
    }
  };
}

/** What was chosen in each row, by its place; -1 where it is not known. @param {Worksheet} sheet @param {Asked} asked @param {Attempt} attempt */
export function choicesMade(sheet, asked, { answer }) {
  const both = asked.rows.some(row => row >= sheet.factors);
  const said = /** @type {any} */ (answer);
  return asked.rows.map(row => {
    const part = both ? said[row < sheet.factors ? "factors" : "options"] : said;
    const value = row === CHOICES ? said : part?.[sheet.rows[row][0]];
    return valuesIn(sheet, asked, row).findIndex(([each]) => each === value);
  });
}

/** Letters that no platform refuses. @param {string} name @param {number} number */
function idOf(name, number) {
  const plain = name.replace(/[^A-Za-z0-9]+/g, "_");
  return `q${number}_${plain.slice(0, LONGEST_ID)}`;
}
