// @ts-check
import { RECORD } from "../practice/kept.js";
import { attemptOf, gradeOf } from "../practice/marking.js";
import { questionOf } from "../practice/worksheet.js";
import { choicesMade } from "./interactions.js";

/**
 * The record in as few letters as it goes, for a platform that keeps 4096 of them: of an attempt
 * its question and what was chosen are kept, and all else is worked out anew. Where that is still
 * too much, the oldest attempts are left out, and counted.
 *
 * @import { Attempt, Kept } from "../practice/kept.js"
 * @import { Worksheet } from "../practice/worksheet.js"
 *
 * @typedef {{kept: Kept, best: number, lost: number}} Suspended  `best`: of a round, in percent, or
 *   -1; `lost`: attempts that are left out
 */

const VERSION = 1;
const MOST_VALUES = 36;

/** @param {number} number */
const short = number => number.toString(36);
/** @param {string} letters */
const long = letters => Number.parseInt(letters, 36);

/** Sixteen digits, each of sixteen values, in fewer letters. @param {string} name */
const shortName = name =>
  [name.slice(0, 8), name.slice(8)]
    .map(half => short(Number.parseInt(half, 16)).padStart(7, "0"))
    .join("");
/** @param {string} letters */
const longName = letters =>
  [letters.slice(0, 7), letters.slice(7)]
    .map(half => long(half).toString(16).padStart(8, "0"))
    .join("");

/**
 * @param {Worksheet} sheet
 * @param {Suspended} suspended
 * @param {number} room  the most letters
 * @returns {[letters: string, lost: number]}
 */
export function suspendedIn(sheet, { kept, best, lost }, room) {
  const { learner, rounds, round, attempts } = kept;
  const places = round?.questions.map(id => short(sheet.questions[0].indexOf(id))).join(".");
  const now = round && [shortName(round.id), round.position, places];
  /** @param {Attempt[]} some @param {number} missing */
  const written = (some, missing) => {
    const ids = [...new Set(some.map(attempt => attempt.round))];
    const packed = some.map(attempt => packedAttempt(sheet, attempt, ids)).join(";");
    const about = [VERSION, sheet.digest, shortName(learner), rounds, best, missing, now];
    return JSON.stringify([...about, ids.map(shortName).join(""), packed]);
  };
  const missing = (/** @type {Attempt[]} */ some) => lost + attempts.length - some.length;
  let some = attempts.filter(attempt => chosenToPack(sheet, attempt));
  let letters = written(some, missing(some));
  while (letters.length > room && some.length) {
    // As many as it takes, at once: each has about the same length.
    some = some.slice(Math.ceil((1 - room / letters.length) * some.length));
    letters = written(some, missing(some));
  }
  return [letters, missing(some)];
}

/** What was chosen, where that can be packed. @param {Worksheet} sheet @param {Attempt} attempt */
function chosenToPack(sheet, attempt) {
  const number = sheet.questions[0].indexOf(attempt.question);
  if (number < 0) return null;
  const chosen = choicesMade(sheet, questionOf(sheet, number), attempt);
  return chosen.every(value => value >= 0 && value < MOST_VALUES) ? chosen : null;
}

/** @param {Worksheet} sheet @param {Attempt} attempt @param {string[]} ids  of rounds */
function packedAttempt(sheet, attempt, ids) {
  return [
    shortName(attempt.id),
    short(ids.indexOf(attempt.round)),
    short(sheet.questions[0].indexOf(attempt.question)),
    chosenToPack(sheet, attempt)?.map(short).join(""),
    short(Date.parse(attempt.at)),
    short(Math.round(attempt.seconds * 10))
  ].join(",");
}

/**
 * What the platform has kept; null where that is nothing, or nothing of ours. Of a guide that has
 * changed since, the attempts are left out.
 *
 * @param {Worksheet} sheet
 * @param {string} letters
 * @returns {Suspended | null}
 */
export function suspendedFrom(sheet, letters) {
  try {
    const [version, digest, learner, rounds, best, lost, now, names, packed] = JSON.parse(letters);
    if (version !== VERSION || ![rounds, best, lost].every(Number.isFinite)) return null;
    const attempts = packed ? packed.split(";") : [];
    const kept = { ...RECORD, learner: longName(learner), rounds };
    if (digest !== sheet.digest) {
      return { kept: { ...kept, attempts: [], round: null }, best, lost: lost + attempts.length };
    }
    const made = attempts.map((/** @type {string} */ each) => madeAttempt(sheet, each, names));
    const known = made.map((/** @type {object} */ each) => ({ ...each, learner: kept.learner }));
    return { kept: { ...kept, attempts: known, round: roundFrom(sheet, now) }, best, lost };
  } catch {
    return null;
  }
}

/** @param {Worksheet} sheet @param {[id: string, position: number, places: string] | null} now */
function roundFrom(sheet, now) {
  if (!now) return null;
  const [id, position, places] = now;
  const questions = places.split(".").map(place => sheet.questions[0][long(place)]);
  return { id: longName(id), guide_digest: sheet.digest, questions, position };
}

/** @param {Worksheet} sheet @param {string} letters @param {string} names */
function madeAttempt(sheet, letters, names) {
  const [id, round, number, values, at, tenths] = letters.split(",");
  const asked = questionOf(sheet, long(number));
  const chosen = new Map(asked.rows.map((row, i) => [row, long(values[i])]));
  const start = 14 * long(round);
  return {
    ...attemptOf(sheet, asked, chosen, gradeOf(asked, chosen)),
    seconds: long(tenths) / 10,
    round: longName(names.slice(start, start + 14)),
    id: longName(id),
    at: new Date(long(at)).toISOString().replace("Z", "+00:00")
  };
}
