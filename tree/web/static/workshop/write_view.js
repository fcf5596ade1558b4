// @ts-check
import { button, make, paragraph } from "../explorer/elements.js";
import { entryCard } from "./cards.js";
import { keyOf, madeOf, nextUnclaimed, quoteOf } from "./desk.js";
import { guideForm } from "./guide_form.js";
import { inQuotes, plural, say } from "../messages.js";

/**
 * What can be made of the words that are selected, and what has been made of them.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/** @returns {[section: string, label: string, help: string][]} */
const kinds = () => [
  ["factors", say`A question`, say`Something that must be known of a case`],
  ["options", say`An option`, say`Something that can be done`],
  [
    "statements",
    say`It says something`,
    say`That an option is offered, the first choice, or not for some`
  ],
  ["context", say`It decides nothing`, say`A heading, background, an aside`],
  ["scopes", say`A condition of what follows`, say`“In children, the following holds …”`],
  ["groups", say`Several options at once`, say`A word for several of them`],
  ["passages", say`A new author begins`, say`Where several people speak`]
];

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function writeView(desk, doings) {
  const { selected } = desk;
  return make(
    "div",
    "tw-write",
    ...(selected
      ? kindsOf(desk, doings)
      : [paragraph(say`Select words in the text, or click a sentence. Then say here what it is.`)]),
    toNext(desk, doings),
    ...(selected ? madeSoFar(desk, doings) : []),
    guideForm(desk, doings)
  );
}

/** What the selected words may be. @param {Desk} desk @param {Doings} doings */
function kindsOf(desk, doings) {
  const selected = /** @type {[number, number]} */ (desk.selected);
  const buttons = kinds().map(([section, label, help]) =>
    button(label, () => doings.begin(section), { title: help, "data-key": `make-${section}` })
  );
  return [
    make("blockquote", "tw-quote", inQuotes(quoteOf(desk, selected))),
    make(
      "div",
      { class: "tw-kinds", role: "group", "aria-label": say`What it is` },
      make("span", "tw-name", say`This is:`),
      ...buttons
    )
  ];
}

/** @param {Desk} desk @param {Doings} doings */
function madeSoFar(desk, doings) {
  // What was saved last comes first.
  const all = madeOf(desk, /** @type {[number, number]} */ (desk.selected));
  const made = [
    ...all.filter(each => keyOf(each) === desk.at),
    ...all.filter(each => keyOf(each) !== desk.at)
  ];
  return [
    ...(made.length ? [make("h3", "tw-title", say`Made of this sentence so far`)] : []),
    ...made.map(entry => entryCard(desk, doings, entry))
  ];
}

/** @param {Desk} desk @param {Doings} doings */
function toNext(desk, doings) {
  const next = nextUnclaimed(desk);
  const count = desk.files.sentences.filter(([, , use]) => use === "unclaimed").length;
  if (!next) return make("p", "tw-done", say`Something was made of every sentence.`);
  const words = plural(
    "{count} sentence is still to be read",
    "{count} sentences are still to be read",
    count
  );
  return make(
    "p",
    "tw-next",
    `${words}. `,
    button(say`Go to the next one`, () => doings.toSentence([next[0], next[1]]), {
      "data-key": "next"
    })
  );
}
