// @ts-check
import { download } from "../explorer/elements.js";
import { ownPlace, oldPlace, takeShared } from "./place.js";

/**
 * The record that the browser keeps.
 *
 * @import { Attempt, Kept, Round, Worksheet } from "./types.js"
 */

const RECORD = { format: "practice-record", version: 1 };

/** A random name of eight bytes; it tells nothing. */
export const randomName = () =>
  [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

/** The time in UTC, written as Python writes it. */
const timeNow = () => new Date().toISOString().replace("Z", "+00:00");

/**
 * The record of one guide in this browser. Two pages may write to it: what is kept is read again
 * before each change. Where the browser keeps nothing, the record lives as long as the page.
 *
 * @param {Worksheet} sheet
 */
export function openRecord(sheet) {
  let key = "";
  /** @type {string[]} */
  const messages = [];
  /** @type {Storage | null} */
  let store = null;
  try {
    store = window.localStorage;
  } catch {
    // Not allowed here.
  }
  /** @returns {Kept} */
  const fresh = () => ({ ...RECORD, learner: randomName(), attempts: [], rounds: 0, round: null });
  let known = fresh();
  // Whether `known` holds what could not be written.
  let unwritten = !store;

  /** What is kept, with what this page could not write yet. */
  const read = () => {
    const content = store?.getItem(key) ?? null;
    const found = content === null ? null : keptIn(content);
    if (content !== null && !found) setAside(key, content);
    if (unwritten) {
      const ids = new Set(known.attempts.map(({ id }) => id));
      const others = found?.attempts.filter(({ id }) => !ids.has(id)) ?? [];
      known = { ...known, attempts: [...others, ...known.attempts] };
    } else if (found || known.attempts.length) {
      // Another page may have forgotten everything.
      known = found ?? fresh();
    }
    return known;
  };
  /** @param {string} place @param {string} content  of something else, or broken; never deleted */
  const setAside = (place, content) => {
    let number = 1;
    while (store?.getItem(`${place}.set-aside-${number}`) != null) number += 1;
    const name = `${place}.set-aside-${number}`;
    try {
      store?.setItem(name, content);
      store?.removeItem(place);
      messages.push(
        `What this browser kept under “${place}” was no record of practice, or a broken one. ` +
          `It is kept as “${name}”, and a new record is begun.`,
      );
    } catch {
      // There is no room for it elsewhere: it stays, and nothing of ours takes its place.
      store = null;
      unwritten = true;
    }
  };
  /** @param {(kept: Kept) => Kept} act */
  const change = (act) => {
    known = act(guarded(read) ?? known);
    try {
      if (!store) return;
      store.setItem(key, JSON.stringify(known));
      unwritten = false;
    } catch {
      unwritten = true;
    }
  };
  /** @template T @param {() => T} act */
  const guarded = (act) => {
    try {
      return act();
    } catch {
      store = null;
      unwritten = true;
    }
  };
  guarded(() => {
    if (!store) return;
    key = ownPlace(store, sheet, keptIn);
    const shared = oldPlace(sheet.guide);
    const content = store.getItem(shared);
    if (content !== null && !keptIn(content)) setAside(shared, content);
    takeShared(store, sheet, key, keptIn);
  });
  guarded(read);
  return {
    messages,
    kept: () => known,
    isKept: () => !unwritten,
    /** @param {Omit<Attempt, "id" | "at" | "learner">} attempt */
    add: (attempt) =>
      change((kept) => {
        const made = { ...attempt, id: randomName(), at: timeNow(), learner: kept.learner };
        return { ...kept, attempts: [...kept.attempts, made] };
      }),
    /** @param {Round} round */
    begin: (round) => change((kept) => ({ ...kept, round, rounds: kept.rounds + 1 })),
    /** @param {string} id @param {number} position  it never goes back */
    move: (id, position) =>
      change((kept) => {
        if (kept.round?.id !== id) return kept;
        const further = Math.max(position, kept.round.position);
        return { ...kept, round: { ...kept.round, position: further } };
      }),
    forget() {
      known = fresh();
      guarded(() => store?.removeItem(key));
    },
    save() {
      guarded(read);
      const { learner, attempts } = known;
      const content = `${JSON.stringify({ ...RECORD, learner, attempts }, null, 1)}\n`;
      const name = `practice-record-${learner.slice(0, 8)}.json`;
      download(name, new Blob([content], { type: "application/json" }));
    },
  };
}

const isText = (/** @type {unknown} */ value) =>
  typeof value === "string" && !/[\ud800-\udfff]/u.test(value);

const isTextOrNull = (/** @type {unknown} */ value) => value === null || isText(value);
const isCount = (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) >= 0;

const isNumber = (/** @type {unknown} */ value) => Number.isFinite(value);
const isTrueOrFalse = (/** @type {unknown} */ value) => typeof value === "boolean";

/** @typedef {(value: unknown) => boolean} Check */
/** @param {Record<string, Check>} checks @returns {Check} */
const isMapping = (checks) => (value) =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).every((name) => Object.keys(checks).includes(name)) &&
  Object.entries(checks).every(([name, check]) =>
    check(/** @type {Record<string, unknown>} */ (value)[name]),
  );

/** @param {Check} check @returns {Check} */
const isListOf = (check) => (value) => Array.isArray(value) && value.every(check);

/**
 * A choice, or what was said of each factor and option.
 *
 * @param {unknown} value
 * @returns {boolean}
 */
const isAnswer = (value, depth = 2) =>
  isText(value) ||
  (depth > 0 &&
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((inner) => isAnswer(inner, depth - 1)));

const isJudged = isMapping({
  right: isTrueOrFalse,
  factor: isText,
  statement: isText,
  option: isText,
  words: isText,
});

const isAttempt = isMapping({
  guide: isText,
  guide_digest: isText,
  question: isText,
  kind: isText,
  case: isText,
  answer: (answer) => isAnswer(answer),
  right: isTrueOrFalse,
  factor: isTextOrNull,
  statement: isTextOrNull,
  option: isTextOrNull,
  expected: isText,
  given: isText,
  seconds: isNumber,
  round: isText,
  judged: isListOf(isJudged),
  id: isText,
  at: isText,
  learner: isText,
});

const isRound = isMapping({
  id: isText,
  guide_digest: isText,
  questions: isListOf(isText),
  position: isCount,
});

const isKept = isMapping({
  format: (format) => format === RECORD.format,
  version: (version) => version === RECORD.version,
  learner: isText,
  attempts: isListOf(isAttempt),
  rounds: isCount,
  round: (round) => round === null || isRound(round),
});

/**
 * The record in some text that anybody may have written; null where there is none.
 *
 * @param {string} content
 * @returns {Kept | null}
 */
function keptIn(content) {
  try {
    const found = JSON.parse(content);
    return isKept(found) ? found : null;
  } catch {
    return null;
  }
}
