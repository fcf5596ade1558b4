// @ts-check

/**
 * The worksheet, which lies packed in the page (see worksheet.py).
 *
 * @import { Asked, Quoted, Step, Worksheet } from "./types.js"
 */

export const CHOICES = -1;

/**
 * @param {string} packed
 * @returns {Promise<Worksheet>}
 */
export async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/**
 * A question of the worksheet, its numbers resolved.
 *
 * @param {Worksheet} sheet
 * @param {number} number
 * @returns {Asked}
 */
export function questionOf(sheet, number) {
  const [id, kind, patient, asks, option, choices, steps, walked] = sheet.questions[number];
  const resolved = steps.map((step) => stepOf(sheet, step));
  return {
    id,
    kind: sheet.kinds[kind],
    patient: sheet.cases[patient][0],
    story: sheet.cases[patient][1],
    asks: sheet.words[asks],
    option: sheet.words[option],
    choices: choices.map((choice) => sheet.choices[choice]),
    steps: resolved,
    rows: resolved.map(({ row }) => row).sort((a, b) => a - b),
    walk: walked,
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
  const quotedAs = (quoted) => {
    const [line, sentences] = sheet.quotes[quoted];
    return { line, sentences: sentences.map((each) => sheet.sentences[each]) };
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
        words: other ? other[3] : step.words,
      };
    },
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
export const valuesIn = (sheet, asked, row) => (row === CHOICES ? asked.choices : sheet.rows[row][3]);
