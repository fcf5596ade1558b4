// @ts-check
import { calledBy, entryAt } from "./desk.js";
import { kindOf } from "./form_view.js";
import { say, withColon } from "../messages.js";

/**
 * Steps in words, for the titles of Undo and Redo and for what they have done.
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

/**
 * The name that the screen shows for the entry of a step, or "" if the entry does not exist now.
 *
 * @param {Desk} desk
 * @param {Step} step
 */
export function calledIn(desk, step) {
  const [section = "", id = ""] = step?.where ?? [];
  return entryAt(desk, [section, id]) ? calledBy(desk, section, id) : "";
}

/**
 * What a step did, and to which entry.
 *
 * @param {Desk} desk
 * @param {Step} step
 * @param {string} [called]  the name of the entry, if the caller knows it
 */
export function wordsOfStep(desk, step, called = calledIn(desk, step)) {
  if (!step) return "";
  const [section = "", id = ""] = step.where;
  const of = called || (id ? kindOf(section) : "");
  const what = stepWords(step.what);
  return of ? withColon(what, of) : what;
}
