// @ts-check
import { calledBy, entryAt } from "./desk.js";
import { kindOf } from "./form_view.js";
import { say, withColon } from "../messages.js";

/**
 * What a step did, in words: for what can be undone, and for what was.
 *
 * @import { Desk } from "./desk.js"
 * @typedef {{what: string, where: string[]} | null} Step
 */

/** What a step did. @param {string} what */
const stepWords = what =>
  ({
    add: say`added`,
    change: say`changed`,
    remove: say`removed`,
    confirm: say`confirmed`,
    rename: say`renamed`,
    move: say`moved`,
    set: say`set`,
    draft: say`drafted`
  })[what] ?? what;

/** What the entry of a step is called, if it is there; nobody knows it by its name in the file. @param {Desk} desk @param {Step} step */
export function calledIn(desk, step) {
  const [section = "", id = ""] = step?.where ?? [];
  return entryAt(desk, [section, id]) ? calledBy(desk, section, id) : "";
}

/** @param {Desk} desk @param {Step} step @param {string} [called]  its entry, where it is known by now */
export function wordsOfStep(desk, step, called = calledIn(desk, step)) {
  if (!step) return "";
  const [section = "", id = ""] = step.where;
  const of = called || (id ? kindOf(section) : "");
  const what = stepWords(step.what);
  return of ? withColon(what, of) : what;
}
