// @ts-check

/**
 * What the browser keeps of practising. Anybody may have written it, so that all of it is checked
 * when it is read.
 *
 * @typedef {{right: boolean, factor: string, statement: string, option: string,
 *   words: string}} Judged
 * @typedef {{guide: string, guide_digest: string, question: string, kind: string, case: string,
 *   answer: unknown, right: boolean, factor: string | null, statement: string | null,
 *   option: string | null, expected: string, given: string, seconds: number, round: string,
 *   judged: Judged[], id: string, at: string, learner: string}} Attempt
 * @typedef {{id: string, guide_digest: string, questions: string[], position: number}} Round
 * @typedef {{format: string, version: number, learner: string, attempts: Attempt[],
 *   rounds: number, round: Round | null}} Kept
 */

export const RECORD = { format: "practice-record", version: 1 };

/**
 * The record in some text; null where there is none.
 *
 * @param {string} content
 * @returns {Kept | null}
 */
export function keptIn(content) {
  try {
    const found = JSON.parse(content);
    return isKept(found) ? found : null;
  } catch {
    return null;
  }
}

const isText = (/** @type {unknown} */ value) =>
  typeof value === "string" && !/[\ud800-\udfff]/u.test(value);

const isTextOrNull = (/** @type {unknown} */ value) => value === null || isText(value);
const isCount = (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) >= 0;

const isTrueOrFalse = (/** @type {unknown} */ value) => typeof value === "boolean";

/** @typedef {(value: unknown) => boolean} Check */
/** @param {Record<string, Check>} checks @returns {Check} */
const isMapping = checks => value =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length === Object.keys(checks).length &&
  Object.entries(checks).every(([name, check]) =>
    check(/** @type {Record<string, unknown>} */ (value)[name])
  );

/** @param {Check} check @returns {Check} */
const isListOf = check => value => Array.isArray(value) && value.every(check);

/**
 * A choice, or the answers to each factor and option.
 *
 * @param {unknown} value
 * @returns {boolean}
 */
const isAnswer = (value, depth = 2) =>
  isText(value) ||
  (depth > 0 &&
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every(inner => isAnswer(inner, depth - 1)));

const isJudged = isMapping({
  right: isTrueOrFalse,
  factor: isText,
  statement: isText,
  option: isText,
  words: isText
});

const isAttempt = isMapping({
  guide: isText,
  guide_digest: isText,
  question: isText,
  kind: isText,
  case: isText,
  answer: isAnswer,
  right: isTrueOrFalse,
  factor: isTextOrNull,
  statement: isTextOrNull,
  option: isTextOrNull,
  expected: isText,
  given: isText,
  seconds: Number.isFinite,
  round: isText,
  judged: isListOf(isJudged),
  id: isText,
  at: isText,
  learner: isText
});

const isRound = isMapping({
  id: isText,
  guide_digest: isText,
  questions: isListOf(isText),
  position: isCount
});

const isKept = isMapping({
  format: format => format === RECORD.format,
  version: version => version === RECORD.version,
  learner: isText,
  attempts: isListOf(isAttempt),
  rounds: isCount,
  round: round => round === null || isRound(round)
});
