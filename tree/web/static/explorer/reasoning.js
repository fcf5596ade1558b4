// @ts-check
import { whatWould } from "./changing.js";
import { button, capitalized, heading, make, paragraph, quotations } from "./elements.js";
import { argumentsAbout, because } from "./explaining.js";
import { firmly, firmnessIn } from "./firmness.js";

/**
 * The words for and against an option, and what would change its standing.
 *
 * @import { Change } from "./changing.js"
 * @import { Argument } from "./explaining.js"
 * @import { Answers, Payload, Statement } from "./payload.js"
 * @import { OptionStanding } from "./walking.js"
 */

const MOST_WAYS = 20;
/** @type {Record<string, string>} */
const WEIGHTS = { decides: "decides: nothing stronger speaks", open: "depends on open answers" };

/**
 * An option: its reasons for and against, and what it does.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} now
 */
export function optionReasons(payload, answers, option, now) {
  const { synonyms = [], does = [] } = payload.options[option];
  /** @type {HTMLElement[]} */
  const parts = [];
  if (synonyms.length) parts.push(paragraph(`Also called: ${synonyms.join(", ")}.`));
  if (now.standing === null) parts.push(paragraph(`Still possible: ${possibly(payload, now)}.`));
  if (now.standing === "silent") {
    parts.push(paragraph(`The text says nothing of this option for this ${payload.subject}.`));
  }
  const all = argumentsAbout(payload, answers, option, now);
  for (const side of ["Against it", "For it"]) {
    const entries = all
      .filter(({ says }) => (says === "withheld") === (side === "Against it"))
      .map(argument => argumentEntry(payload, argument));
    if (entries.length) parts.push(heading(1, side), ...entries);
  }
  if (does.length) {
    parts.push(heading(1, "What it does, in the words of the text"));
    parts.push(...quotations(payload, does));
  }
  return parts;
}

/** The standings that an option may get. @param {Payload} payload @param {OptionStanding} now */
export const possibly = ({ standings }, { possible }) =>
  possible.map(standing => within(standings[standing])).join(" or ");

/** A standing as it stands within a sentence. @param {string} label */
const within = label => label[0].toLowerCase() + label.slice(1);

/**
 * @param {Payload} payload
 * @param {Argument} argument
 */
function argumentEntry(payload, { statement, says, weight, by }) {
  const basis = statement.because ? "implied, not said outright" : "stated";
  const words = WEIGHTS[weight] ?? weight;
  const said = firmly(payload.standings[says], firmnessIn(payload, statement));
  const label = make("span", {}, `${said}, ${basis}; `, make("b", {}, words));
  const entry = make("div", `dtree-argument dtree-weight-${weight}`, label);
  entry.append(...quotations(payload, statement.quotes));
  if (by.length) {
    const words = by[0].quotes.map(number => payload.quotes[number][0]).join(" … ");
    const more = by.length > 1 ? ` and ${by.length - 1} more` : "";
    entry.append(paragraph(`Outweighed by “${words}”${more}`, "dtree-by"));
  }
  entry.append(...impliedBy(statement));
  return entry;
}

/** How an implied statement follows from its words. @param {Statement} statement */
export const impliedBy = ({ because }) =>
  because ? [paragraph(`Implied: ${because}`, "dtree-implied")] : [];

/**
 * The smallest changes that give an option a standing, each with the words that then decide.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {string} wanted
 * @param {(change: Change) => void} apply
 */
export function changeEntry(payload, answers, option, wanted, apply) {
  const becomes = payload.standings[wanted];
  const changes = whatWould(payload, answers, option, wanted);
  if (!changes.length) return paragraph(`${becomes}: no change of answers can make it so.`);
  const how = changes.length > 1 ? "one of these would do" : "if exactly this changes";
  const entry = make("div", "dtree-change", paragraph(`${becomes}: ${how}`));
  for (const change of changes.slice(0, MOST_WAYS)) {
    const after = [...answers];
    for (const [factor, value] of change) after[factor] = value;
    const items = [...change].map(([factor, value]) => answered(payload, factor, value));
    const quotes = because(payload, after, option, wanted).flatMap(({ quotes }) => quotes);
    entry.append(
      make(
        "div",
        "dtree-way",
        make("ul", {}, ...items),
        ...quotations(payload, [...new Set(quotes)]),
        button("Try it", () => apply(change), { class: "dtree-try" })
      )
    );
  }
  const more = changes.length - MOST_WAYS;
  if (more > 0) entry.append(paragraph(`… and ${more} more ways, none of them smaller.`));
  return entry;
}

/**
 * A question with its answer, as an item of a list.
 *
 * @param {Payload} payload
 * @param {number} factor
 * @param {string} value
 * @param {...Node} more
 */
export const answered = ({ factors }, factor, value, ...more) =>
  make("li", {}, `${factors[factor].question} `, make("strong", {}, capitalized(value)), ...more);
