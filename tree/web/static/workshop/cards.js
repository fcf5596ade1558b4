// @ts-check
import { button, make } from "../explorer/elements.js";
import { conflictsOn } from "./conflicts.js";
import { keyOf, quoteOf } from "./desk.js";
import { kindOf } from "./form_view.js";
import { inQuotes, say } from "../messages.js";

/**
 * An entry said back in plain words, with what can be done to it.
 *
 * @import { Desk, WrittenEntry } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/**
 * @param {Desk} desk
 * @param {Doings} doings
 * @param {WrittenEntry} entry
 */
export function entryCard(desk, doings, entry) {
  const { section, draft, says, holds, misses, problems } = entry;
  const id = keyOf(entry);
  const others = [
    ...(holds ? [make("p", "tw-case", make("b", {}, say`For instance:`), ` ${holds}`)] : []),
    ...(misses ? [make("p", "tw-case", make("b", {}, say`But not with:`), ` ${misses}`)] : []),
    ...problems.map(problem => make("p", "tw-trouble", problem)),
    ...conflictsOn(desk, doings, entry)
  ];
  return make(
    "div",
    { class: `tw-card${draft ? " tw-proposed" : ""}`, "data-entry": id },
    make("p", "tw-kind", kindOf(section), ...(draft ? [" · ", say`proposed, not confirmed`] : [])),
    ...says.map(line => make("p", "tw-says", line)),
    ...others,
    make(
      "div",
      "tw-buttons",
      ...(draft
        ? [button(say`Confirm`, () => doings.confirm(entry), { "data-key": `confirm-${id}` })]
        : []),
      button(say`Change`, () => doings.edit(entry), { "data-key": `change-${id}` }),
      button(say`Remove`, () => doings.remove(entry), { "data-key": `remove-${id}` })
    )
  );
}

/** The words that an entry quotes. @param {Desk} desk @param {WrittenEntry} entry */
export const quotesOf = (desk, { quotes }) =>
  quotes.map(quote => make("blockquote", "tw-quote", inQuotes(quoteOf(desk, quote))));
