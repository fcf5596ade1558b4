// @ts-check
import { button, make } from "../explorer/elements.js";
import { entryAt, quoteOf, shortened } from "./desk.js";
import { say } from "../messages.js";

/**
 * Conflicts between statements: each is said once, with the ways to settle it.
 *
 * @import { Desk, WrittenEntry } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/** A conflict is settled by saying which statement is the exception. @param {Desk} desk @param {Doings} doings @param {string[]} conflict */
export function waysToSettle(desk, doings, [one, ...others]) {
  if (!one) return [];
  const pairs = /** @type {[string, string[]][]} */ ([
    [one, others],
    ...others.map(other => [other, [one]])
  ]);
  const buttons = pairs.map(([id, outweighed]) => {
    const entry = entryAt(desk, ["statements", id]);
    const words = entry?.quotes[0] ? shortened(quoteOf(desk, entry.quotes[0])) : id;
    const settle = () => entry && doings.outweigh(entry, outweighed);
    return button(say`“${words}” is the exception`, settle, { "data-key": `exception-${id}` });
  });
  return [make("div", "tw-buttons", ...buttons)];
}

/** The conflicts that an entry is in, on its card: in full on the first card that waits, and a line on the others. @param {Desk} desk @param {Doings} doings @param {WrittenEntry} entry */
export function conflictsOn(desk, doings, entry) {
  const all = desk.files.problems.filter(
    ({ conflict }) => entry.section === "statements" && conflict.includes(entry.id)
  );
  const here = all.filter(({ conflict }) => firstIn(desk, conflict) === entry);
  const elsewhere = button(say`In a conflict; see Problems`, () => doings.turnTo("problems"), {
    class: "tw-quiet",
    "data-key": `conflict-${entry.id}`
  });
  return [
    ...here.flatMap(({ message, conflict }) => [
      make("p", "tw-trouble", message),
      ...waysToSettle(desk, doings, conflict)
    ]),
    ...(here.length < all.length ? [elsewhere] : [])
  ];
}

/** Of the statements of a conflict, the one that is reviewed first. @param {Desk} desk @param {string[]} conflict */
function firstIn({ files }, conflict) {
  const all = files.entries.filter(
    ({ section, id }) => section === "statements" && conflict.includes(id)
  );
  return all.find(({ draft }) => draft) ?? all[0];
}
