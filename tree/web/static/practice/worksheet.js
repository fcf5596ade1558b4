// @ts-check

/**
 * The worksheet: all questions with all that can be shown of each answer. It lies packed in the
 * page (see `tree/teaching/questions/worksheet.py`); what many questions share is there once, and
 * numbers refer to it.
 *
 * @import { Divergence } from "./marking.js"
 *
 * @typedef {object} Worksheet
 * @property {string} guide
 * @property {string} digest
 * @property {number} seed
 * @property {number} length  of a round
 * @property {number} pull  how much more often a question is drawn in which something was misread
 * @property {number} fades  how much an older reading counts beside a newer one
 * @property {string[]} kinds
 * @property {number} factors  how many rows are factors; the others are options
 * @property {[id: string, asks: string, help: string, values: Labelled[]][]} rows
 * @property {PackedQuestions} questions  column by column
 * @property {PackedStep[]} steps
 * @property {[line: string, sentences: number[]][]} quotes
 * @property {string[][]} sentences  author, plain, marked, plain, …
 * @property {Labelled[]} choices
 * @property {[id: string, story: string][]} cases
 * @property {string[]} words
 *
 * @typedef {[value: string, label: string]} Labelled
 * @typedef {[id: string, kind: number, patient: number, asks: number, option: number,
 *   choices: number[], steps: number[], walk: number[]]} PackedQuestion
 * @typedef {[names: string[], kinds: number[], cases: number[], asks: number[], options: number[],
 *   choices: number[][], steps: number[][], walks: number[][]]} PackedQuestions
 * @typedef {[row: number, onPath: number, accepted: number[], factor: number, statement: number,
 *   quotes: number, words: number[], read: number, says: number[],
 *   others: [value: number, statement: number, quotes: number, words: number[]][]]} PackedStep
 *
 * @typedef {{line: string, sentences: string[][]}} Quoted
 * @typedef {{row: number, onPath: boolean, accepted: number[], factor: string,
 *   statement: string, quotes: Quoted, words: number[], read: Quoted,
 *   wrong: (value: number) => Divergence}} Step  `words`: of the story; `read`: to be read again
 * @typedef {{id: string, kind: string, patient: string, story: string, asks: string,
 *   option: string, choices: Labelled[], steps: Step[], rows: number[],
 *   walk: number[]}} Asked  a question
 */

/** The row of a question that is about no factor or option: its own choices. */
export const CHOICES = -1;

/** Give questions the names of their cases. @param {Worksheet} sheet */
export function nameQuestions({ questions: [names, , of], cases }) {
  names.forEach((name, i) => {
    names[i] = name.replace("\0", () => cases[of[i]][0]);
  });
}

/**
 * A question of the worksheet, its numbers resolved.
 *
 * @param {Worksheet} sheet
 * @param {number} number
 * @returns {Asked}
 */
export function questionOf(sheet, number) {
  const [id, kind, patient, asks, option, choices, steps, walked] = /** @type {PackedQuestion} */ (
    sheet.questions.map((/** @type {any[]} */ column) => column[number])
  );
  const resolved = steps.map(step => stepOf(sheet, step));
  return {
    id,
    kind: sheet.kinds[kind],
    patient: sheet.cases[patient][0],
    story: sheet.cases[patient][1],
    asks: sheet.words[asks],
    option: sheet.words[option],
    choices: choices.map(choice => sheet.choices[choice]),
    steps: resolved,
    rows: resolved.map(({ row }) => row).sort((a, b) => a - b),
    walk: walked
  };
}

/**
 * @param {Worksheet} sheet
 * @param {number} number
 * @returns {Step}
 */
function stepOf(sheet, number) {
  const [row, onPath, accepted, factor, statement, quotes, words, read, says, others] =
    sheet.steps[number];
  /** @param {number} quoted @returns {Quoted} */
  const quotedAs = quoted => {
    const [line, sentences] = sheet.quotes[quoted];
    return { line, sentences: sentences.map(each => sheet.sentences[each]) };
  };
  /** @type {Step} */
  const step = {
    row,
    onPath: onPath === 1,
    accepted,
    factor: sheet.words[factor],
    statement: sheet.words[statement],
    quotes: quotedAs(quotes),
    words,
    read: quotedAs(read),
    wrong(given) {
      const other = others.find(([value]) => value === given);
      return {
        step,
        given,
        says: sheet.words[says[given]],
        statement: other ? sheet.words[other[1]] : step.statement,
        quotes: other ? quotedAs(other[2]) : step.quotes,
        words: other ? other[3] : step.words
      };
    }
  };
  return step;
}

/**
 * What can be chosen in a row, with the words for it.
 *
 * @param {Worksheet} sheet
 * @param {Asked} asked
 * @param {number} row
 */
export const valuesIn = (sheet, asked, row) =>
  row === CHOICES ? asked.choices : sheet.rows[row][3];
