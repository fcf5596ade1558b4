// @ts-check
import { attemptOf, gradeOf } from "./marking.js";
import { randomName } from "./record.js";
import { drawRound, firstTries } from "./rounds.js";
import { CHOICES, questionOf } from "./worksheet.js";

/**
 * One round of practice: the state, and what a student does.
 *
 * @import { Chosen, Grade } from "./marking.js"
 * @import { PracticeRecord } from "./record.js"
 * @import { Round } from "./kept.js"
 * @import { Asked, Step, Worksheet } from "./worksheet.js"
 *
 * @typedef {object} Session
 * @property {Worksheet} sheet
 * @property {PracticeRecord} record
 * @property {Round} round
 * @property {number} at  which question of the round
 * @property {Asked | null} asked  the question; none when the round is over
 * @property {Chosen} chosen
 * @property {Grade | null} grade  once the answers are submitted
 * @property {Step | null} misread  by the last answer, for the hints of the next try
 * @property {number} hints  how many were given
 * @property {number} begun  when the try began
 */

const HINTS = 2;

/**
 * Go on with the round that the record keeps, or begin another.
 *
 * @param {Worksheet} sheet
 * @param {PracticeRecord} record
 */
export function newSession(sheet, record) {
  const state = /** @type {Session} */ ({ sheet, record });
  const { round } = record.kept();
  const known = new Set(sheet.questions[0]);
  const fits =
    round?.guide_digest === sheet.digest &&
    round.position < round.questions.length &&
    round.questions.every(id => known.has(id));
  if (round && fits) {
    state.round = round;
    state.at = round.position;
    askQuestion(state);
  } else {
    beginRound(state);
  }
  return state;
}

/** @param {Session} state */
export function beginRound(state) {
  const { sheet, record } = state;
  const { attempts, rounds } = record.kept();
  const drawn = drawRound(sheet, attempts, `${sheet.seed}/${rounds}`);
  const questions = drawn.map(number => sheet.questions[0][number]);
  const round = { id: randomName(), guide_digest: sheet.digest, questions, position: 0 };
  record.begin(round);
  state.round = round;
  state.at = 0;
  askQuestion(state);
}

/** @param {Session} state */
export function nextInRound(state) {
  state.at += 1;
  state.record.move(state.round.id, state.at);
  askQuestion(state);
}

/** @param {Session} state */
function askQuestion(state) {
  const { sheet, round, at } = state;
  const number = sheet.questions[0].indexOf(round.questions[at]);
  state.asked = number < 0 ? null : questionOf(sheet, number);
  state.misread = null;
  state.chosen = new Map();
  beginTry(state);
}

/** @param {Session} state */
export function beginTry(state) {
  state.grade = null;
  state.hints = 0;
  state.begun = performance.now();
}

/** The rows that have no answer yet, from the top. @param {Session} state */
export const openRows = ({ asked, chosen }) => (asked?.rows ?? []).filter(row => !chosen.has(row));

/** Grade the answers and keep them. @param {Session} state @param {Asked} asked */
export function gradeAnswers(state, asked) {
  const { sheet, record, round, chosen, at, begun } = state;
  const grade = gradeOf(asked, chosen);
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  record.add({ ...attemptOf(sheet, asked, chosen, grade), seconds, round: round.id });
  // What is right is done with, even if the page is closed now.
  if (!grade.divergence) record.move(round.id, at + 1);
  state.grade = grade;
  state.misread = grade.divergence?.step ?? null;
  return grade;
}

/** The step that a hint is about. @param {Session} state */
export function takeHint(state) {
  const { asked, misread, chosen } = state;
  state.hints = Math.min(state.hints + 1, HINTS);
  const steps = asked?.steps ?? [];
  return misread ?? steps.find(({ row }) => !chosen.has(row)) ?? steps[0];
}

/**
 * How a round went, by the first tries: how many were right, of how many, and what was misread.
 *
 * @param {Session} state
 * @returns {[right: number, total: number, misread: string[]]}
 */
export function scoreOf({ record, round }) {
  const tries = firstTries(record.kept().attempts.filter(attempt => attempt.round === round.id));
  const judged = tries.flatMap(attempt => attempt.judged);
  const misread = judged.flatMap(({ right, words }) => (right || !words ? [] : [words]));
  const right = tries.filter(attempt => attempt.right).length;
  return [right, round.questions.length, [...new Set(misread)]];
}

/** What a row asks. @param {Session} state @param {number} row */
export const nameOfRow = ({ sheet }, row) => (row === CHOICES ? "" : sheet.rows[row][1]);
