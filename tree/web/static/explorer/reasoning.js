// @ts-check
import { whatWould } from "./changing.js";
import { button, folded, heading, make, paragraph, quotations, quoted } from "./elements.js";
import { argumentsAbout, because } from "./explaining.js";
import { firmly, firmness, firmnessIn } from "./firmness.js";
import { either, inARow, plural, say, valued, within } from "../messages.js";

/**
 * The words for and against an option, and what would change its standing.
 *
 * @import { Change } from "./changing.js"
 * @import { Argument } from "./explaining.js"
 * @import { Answers, Payload, Statement } from "./payload.js"
 * @import { OptionStanding } from "./walking.js"
 */

const MOST_WAYS = 20;

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
  const { subject } = payload;
  /** @type {HTMLElement[]} */
  const parts = [];
  const names = inARow(synonyms);
  if (names) parts.push(paragraph(say`Also called: ${names}.`));
  const left = possibly(payload, now);
  if (now.standing === null) parts.push(paragraph(say`Still possible: ${left}.`));
  if (now.standing === "silent") {
    parts.push(paragraph(say`The text says nothing of this option for this ${subject}.`));
  }
  const all = argumentsAbout(payload, answers, option, now);
  /** @param {boolean} decide  those that do, or the others */
  const sides = decide =>
    [say`Against it`, say`For it`].flatMap((side, at) => {
      const entries = all
        .filter(
          ({ says, weight }) => (says === "withheld") === !at && (weight === "decides") === decide
        )
        .map(argument => argumentEntry(payload, argument));
      return entries.length ? [heading(1, side), ...entries] : [];
    });
  const others = sides(false);
  parts.push(...sides(true));
  // What decides comes first; where nothing does yet, all the others are open.
  if (!now.because().length) parts.push(...others);
  else if (others.length) parts.push(folded(say`What else the text says of it`, {}, ...others));
  if (does.length) {
    parts.push(heading(1, say`What it does, in the words of the text`));
    parts.push(...quotations(payload, does));
  }
  return parts;
}

/** The standings that an option may get. @param {Payload} payload @param {OptionStanding} now */
export const possibly = ({ standings }, { possible }) =>
  either(possible.map(standing => within(standings[standing])));

/**
 * @param {Payload} payload
 * @param {Argument} argument
 */
function argumentEntry(payload, { statement, says, weight, by }) {
  const basis = statement.because ? say`implied, not said outright` : say`stated`;
  const words = {
    decides: say`decides: no sentence is stronger`,
    outweighed: say`outweighed`,
    applies: say`applies`,
    open: say`depends on open answers`
  }[weight];
  const said = firmly(payload.standings[says], firmnessIn(payload, statement));
  const label = make("span", {}, inARow([said, basis]) + say`; `, make("b", {}, words ?? ""));
  const entry = make("div", `dtree-argument dtree-weight-${weight}`, label);
  entry.append(...quotations(payload, statement.quotes));
  if (by.length) {
    const words = quoted(payload, by[0]);
    const others = by.length - 1;
    const more = others ? plural(" and {count} more", " and {count} more", others) : "";
    entry.append(paragraph(say`Outweighed by ${words}` + more, "dtree-by"));
  }
  entry.append(...impliedBy(statement));
  return entry;
}

/** How an implied statement follows from its words. @param {Statement} statement */
export const impliedBy = ({ because }) =>
  because ? [paragraph(say`Implied: ${because}`, "dtree-implied")] : [];

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
  if (!changes) return paragraph(say`${becomes}: too many ways to look through.`);
  if (!changes.length) return paragraph(say`${becomes}: no change of answers can make it so.`);
  const how =
    changes.length > 1
      ? say`${becomes}: one of these would do`
      : say`${becomes}: if exactly this changes`;
  const entry = make("div", "dtree-change", paragraph(how));
  for (const change of changes.slice(0, MOST_WAYS)) {
    const after = [...answers];
    for (const [factor, value] of change) after[factor] = value;
    const items = [...change].map(([factor, value]) => answered(payload, factor, [value]));
    const quotes = because(payload, after, option, wanted).flatMap(({ quotes }) => quotes);
    const firm = firmness(payload, after, option, wanted);
    entry.append(
      make(
        "div",
        "dtree-way",
        make("ul", {}, ...items),
        ...(firm ? [paragraph(firmly(becomes, firm))] : []),
        ...quotations(payload, [...new Set(quotes)]),
        button(say`Try it`, () => apply(change), { class: "dtree-try" })
      )
    );
  }
  const more = changes.length - MOST_WAYS;
  if (more > 0)
    entry.append(
      paragraph(
        plural(
          "… and {count} more way, no smaller one.",
          "… and {count} more ways, none of them smaller.",
          more
        )
      )
    );
  return entry;
}

/**
 * A question with its answer, as an item of a list.
 *
 * @param {Payload} payload
 * @param {number} factor
 * @param {string[]} values  of which one is right
 * @param {...Node} more
 */
export const answered = ({ factors }, factor, values, ...more) =>
  make(
    "li",
    {},
    `${factors[factor].question} `,
    make("strong", {}, either(values.map(valued))),
    ...more
  );
