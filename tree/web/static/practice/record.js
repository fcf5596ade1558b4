// @ts-check
import { download } from "../explorer/elements.js";
import { extras } from "../explorer/extras.js";
import { keptIn, RECORD } from "./kept.js";
import { oldPlace, ownPlace, takeShared } from "./place.js";
import { say } from "../messages.js";

/**
 * The record that the browser keeps.
 *
 * @import { Attempt, Kept, Round } from "./kept.js"
 * @import { Worksheet } from "./worksheet.js"
 *
 * @typedef {ReturnType<typeof openRecord>} PracticeRecord
 */

/** A random name of eight bytes; it tells nothing. */
export const randomName = () =>
  [...crypto.getRandomValues(new Uint8Array(8))]
    .map(byte => byte.toString(16).padStart(2, "0"))
    .join("");

/** The time in UTC, written as Python writes it. */
const timeNow = () => new Date().toISOString().replace("Z", "+00:00");

/** @returns {Kept} */
export const emptyRecord = () => ({
  ...RECORD,
  learner: randomName(),
  attempts: [],
  rounds: 0,
  round: null
});

/**
 * The record of one guide in this browser. Where the browser keeps nothing, the record lives as
 * long as the page.
 *
 * @param {Worksheet} sheet
 */
export function openRecord(sheet) {
  const { messages, kept, isKept, change, forget, read } = openShelf(sheet);
  return {
    messages,
    kept,
    isKept,
    forget,
    /** @param {Omit<Attempt, "id" | "at" | "learner">} attempt */
    add: attempt =>
      change(kept => {
        const made = { ...attempt, id: randomName(), at: timeNow(), learner: kept.learner };
        return { ...kept, attempts: [...kept.attempts, made] };
      }),
    /** @param {Round} round */
    begin: round => change(kept => ({ ...kept, round, rounds: kept.rounds + 1 })),
    /** @param {string} id @param {number} position  it never goes back */
    move: (id, position) =>
      change(kept => {
        if (kept.round?.id !== id) return kept;
        const further = Math.max(position, kept.round.position);
        return { ...kept, round: { ...kept.round, position: further } };
      }),
    save() {
      read();
      const { learner, attempts } = kept();
      const content = `${JSON.stringify({ ...RECORD, learner, attempts }, null, 1)}\n`;
      const name = `practice-record-${learner.slice(0, 8)}.json`;
      download(name, new Blob([content], { type: "application/json" }));
    }
  };
}

/**
 * Where a record is kept. Two pages may write to it: what is kept is read again before each
 * change.
 *
 * @param {Worksheet} sheet
 */
function openShelf(sheet) {
  /** @type {string[]} */
  const messages = [];
  /** @type {Storage | null} */
  let store = null;
  let key = "";
  let known = emptyRecord();
  // Whether `known` holds what could not be written.
  let unwritten = false;
  /** @param {() => void} act  with the store; without one, the record lives as long as the page */
  const guarded = act => {
    try {
      act();
    } catch {
      store = null;
      unwritten = true;
    }
  };
  /** What is kept, with what this page could not write yet. */
  const read = () => {
    const content = store?.getItem(key) ?? null;
    const kept = content === null ? null : keptIn(content);
    if (store && content !== null && !kept) messages.push(setAside(store, key, content));
    if (unwritten) {
      const ids = new Set(known.attempts.map(({ id }) => id));
      const others = kept?.attempts.filter(({ id }) => !ids.has(id)) ?? [];
      known = { ...known, attempts: [...others, ...known.attempts] };
    } else if (kept || known.attempts.length) {
      // Another page may have forgotten everything.
      known = kept ?? emptyRecord();
    }
  };
  guarded(() => {
    store = extras.shelf?.(sheet) ?? localStorage;
    key = ownPlace(store, sheet, keptIn);
    const shared = oldPlace(sheet.guide);
    const content = store.getItem(shared);
    if (content !== null && !keptIn(content)) messages.push(setAside(store, shared, content));
    takeShared(store, sheet, key, keptIn);
  });
  guarded(read);
  return {
    messages,
    kept: () => known,
    isKept: () => !unwritten,
    read: () => guarded(read),
    /** @param {(kept: Kept) => Kept} act */
    change(act) {
      guarded(read);
      known = act(known);
      try {
        store?.setItem(key, JSON.stringify(known));
        unwritten = !store;
      } catch {
        // There may be room again later.
        unwritten = true;
      }
    },
    forget() {
      known = emptyRecord();
      guarded(() => store?.removeItem(key));
    }
  };
}

/**
 * Keep something else, or something broken, under another name; it is never deleted. Where there
 * is no room for it elsewhere, it stays, and nothing of ours takes its place: that is an error.
 *
 * @param {Storage} store
 * @param {string} place
 * @param {string} content
 */
function setAside(store, place, content) {
  let number = 1;
  while (store.getItem(`${place}.set-aside-${number}`) !== null) number += 1;
  const name = `${place}.set-aside-${number}`;
  store.setItem(name, content);
  store.removeItem(place);
  return say`What this browser kept under “${place}” was no record of practice, or a broken one. It is kept as “${name}”, and a new record is begun.`;
}
