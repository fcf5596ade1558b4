// @ts-check
import { UNKNOWN, whatWould } from "./changing.js";
import { button, capitalized, heading, make, quotation } from "./elements.js";
import { argumentsAbout, because } from "./explaining.js";

/**
 * The outcome: the standing of every option, the words behind it, what would change it.
 *
 * @import { Answers, Change, Group, OptionStanding, Payload, Statement, Walk } from "./types.js"
 */

export const SHOWN_FIRST = ["preferred", "offered", "withheld", "silent"];
const MOST_WAYS = 20;

/**
 * The outcome in one plain sentence.
 *
 * @param {Payload} payload
 * @param {Walk} found
 */
export function sentence(payload, found) {
  const parts = grouped(payload, found).map(
    ([heading, options]) => `${heading}: ${options.map((i) => payload.options[i].name).join(", ")}`,
  );
  if (found.outcomes > 1) parts.push(`Outcomes still possible: ${found.outcomes}`);
  const next = found.next();
  if (next !== null) parts.push(`Next question: ${payload.factors[next].question}`);
  return parts.map((part) => (/[.?!]$/.test(part) ? part : `${part}.`)).join(" ");
}

/**
 * Options by what is known of them.
 *
 * @param {Payload} payload
 * @param {Walk} found
 * @returns {[string, number[]][]}
 */
function grouped(payload, found) {
  const all = [...payload.options.keys()];
  /** @type {[string, number[]][]} */
  const groups = SHOWN_FIRST.map((standing) => [
    payload.standings[standing],
    all.filter((i) => found.standings()[i].standing === standing),
  ]);
  groups.push(["Not decided yet", all.filter((i) => found.standings()[i].standing === null)]);
  return groups.filter(([, options]) => options.length);
}

/**
 * Options in order, those of a group together under its name: as reading.py arranges them.
 *
 * @param {Payload} payload
 * @param {number[]} options
 * @returns {[string, number[]][]}
 */
export function arranged(payload, options) {
  const left = new Set(options);
  /** @type {Map<number, Group>} */
  const groupOf = new Map();
  const largestFirst = [...payload.groups].sort((a, b) => b.options.length - a.options.length);
  for (const group of largestFirst) {
    if (group.options.length > 1 && group.options.every((option) => left.has(option))) {
      for (const option of group.options) left.delete(option) && groupOf.set(option, group);
    }
  }
  /** @type {Map<Group | number, [string, number[]]>} */
  const found = new Map();
  for (const option of options) {
    const group = groupOf.get(option);
    const key = group ?? option;
    if (!found.has(key)) found.set(key, [group?.name ?? "", []]);
    found.get(key)?.[1].push(option);
  }
  return [...found.values()];
}

/**
 * The path, every option with its reasons, and the remarks.
 *
 * @param {Payload} payload
 * @param {Walk} found
 * @param {(option: number) => HTMLElement} entry
 * @returns {HTMLElement[]}
 */
export function outcomeParts(payload, found, entry) {
  const parts = grouped(payload, found).map(([standing, options]) => {
    const section = make("section", {}, heading(0, standing));
    for (const [group, members] of arranged(payload, options)) {
      const entries = members.map(entry);
      const together = { class: "dtree-group", role: "group", "aria-label": group };
      const named = () => make("div", together, make("p", {}, `${group}:`), ...entries);
      section.append(...(group ? [named()] : entries));
    }
    if (standing === payload.standings.offered && options.length > 1) {
      section.append(make("p", {}, "The text does not rank what it offers together."));
    }
    return section;
  });
  const { nodes } = payload.views[0];
  const steps = found.path.map(([node, value]) => {
    const factor = payload.factors[nodes[node].factor ?? 0];
    const step = make("li", {}, `${factor.question} `, make("strong", {}, capitalized(value)));
    step.append(...factor.quotes.map((number) => quotation(payload, number)));
    return step;
  });
  if (steps.length) {
    parts.push(make("section", {}, heading(0, "The path so far"), make("ol", {}, ...steps)));
  }
  const remarks = payload.statements.flatMap(({ remark, quotes }, statement) => {
    if (!remark) return [];
    const words = quotes.map((number) => quotation(payload, number));
    return [make("li", { "data-remark": `${statement}` }, remark, ...words)];
  });
  if (remarks.length) {
    parts.push(make("section", {}, heading(0, "For everyone"), make("ul", {}, ...remarks)));
  }
  return parts;
}

/**
 * An option: its reasons for and against, and what it does.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} found
 */
export function optionReasons(payload, answers, option, found) {
  const { synonyms, does } = payload.options[option];
  /** @type {HTMLElement[]} */
  const parts = [];
  if (synonyms.length) parts.push(make("p", {}, `Also called: ${synonyms.join(", ")}.`));
  if (found.standing === null) {
    const may = found.possible.map((standing) => payload.standings[standing].toLowerCase());
    parts.push(make("p", {}, `Still possible: ${may.join(" or ")}.`));
  }
  if (found.standing === "silent") {
    parts.push(make("p", {}, "The text says nothing of this option for this patient."));
  }
  const all = argumentsAbout(payload, answers, option, found);
  for (const [side, wanted] of /** @type {[string, boolean][]} */ ([
    ["Against it", true],
    ["For it", false],
  ])) {
    const entries = all
      .filter(({ says }) => (says === "withheld") === wanted)
      .map((argument) => argumentEntry(payload, argument));
    if (entries.length) parts.push(heading(1, side), ...entries);
  }
  if (does.length) {
    parts.push(heading(1, "What it does, in the words of the text"));
    parts.push(...does.map((number) => quotation(payload, number)));
  }
  return parts;
}

/**
 * What would give an option each standing that it has not.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {OptionStanding} found
 * @param {(change: Change) => void} apply
 */
export function changeEntries(payload, answers, option, found, apply) {
  return ["preferred", "offered", "withheld"]
    .filter((wanted) => wanted !== found.standing)
    .map((wanted) => changeEntry(payload, answers, option, wanted, apply));
}

/**
 * @param {Payload} payload
 * @param {{statement: Statement, says: string, weight: string, by: Statement[]}} argument
 */
function argumentEntry(payload, { statement, says, weight, by }) {
  const basis = statement.because ? "implied" : "stated";
  const words = weight === "open" ? "depends on open answers" : weight;
  const label = make("span", {}, `${payload.standings[says]}, ${basis}; `, make("b", {}, words));
  const entry = make("div", { class: `dtree-argument dtree-weight-${weight}` }, label);
  entry.append(...statement.quotes.map((number) => quotation(payload, number)));
  if (by.length) {
    const words = by[0].quotes.map((number) => payload.quotes[number][0]).join(" … ");
    const more = by.length > 1 ? ` and ${by.length - 1} more` : "";
    entry.append(make("p", { class: "dtree-by" }, `Outweighed by “${words}”${more}`));
  }
  if (statement.because) {
    entry.append(make("p", { class: "dtree-implied" }, `Implied: ${statement.because}`));
  }
  return entry;
}

/**
 * The smallest changes that give an option a standing, each with the words that then decide.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} option
 * @param {string} wanted
 * @param {(change: Change) => void} apply
 */
function changeEntry(payload, answers, option, wanted, apply) {
  const becomes = payload.standings[wanted];
  const changes = whatWould(payload, answers, option, wanted);
  if (!changes.length) return make("p", {}, `${becomes}: no change of answers can make it so.`);
  const how = changes.length > 1 ? "one of these would do" : "if exactly this changes";
  const entry = make("div", { class: "dtree-change" }, make("p", {}, `${becomes}: ${how}`));
  for (const change of changes.slice(0, MOST_WAYS)) {
    const after = [...answers];
    for (const [factor, value] of change) after[factor] = value;
    const items = [...change].map(([factor, value]) => {
      const words = `${payload.factors[factor].question} `;
      return make("li", {}, words, make("strong", {}, capitalized(value)));
    });
    const words = because(payload, after, option, wanted).flatMap(({ quotes }) => quotes);
    entry.append(
      make(
        "div",
        { class: "dtree-way" },
        make("ul", {}, ...items),
        ...[...new Set(words)].map((number) => quotation(payload, number)),
        button("Try it", () => apply(change), { class: "dtree-try" }),
      ),
    );
  }
  const more = changes.length - MOST_WAYS;
  if (more > 0) entry.append(make("p", {}, `… and ${more} more ways, none of them smaller.`));
  return entry;
}

/**
 * What a printed page says beside the drawing: the patient, the outcome and its words, the
 * source and the day.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {Walk} found
 */
export function onPaper(payload, answers, found) {
  const known = payload.factors.flatMap(({ question }, i) =>
    make("li", {}, `${question} `, make("b", {}, capitalized(answers[i] ?? UNKNOWN))),
  );
  const outcome = payload.options.map(({ name }, i) => {
    const { standing, possible, because } = found.standings()[i];
    const may = possible.map((one) => payload.standings[one].toLowerCase()).join(" or ");
    const said = standing ? payload.standings[standing] : `Not decided yet (${may})`;
    const words = [...new Set(because.flatMap(({ quotes }) => quotes))];
    const quoted = words.map((number) => quotation(payload, number));
    return make("li", {}, `${name}: `, make("b", {}, said), ...quoted);
  });
  const remarks = payload.statements
    .filter(({ remark }) => remark)
    .map(({ remark = "", quotes }) =>
      make("li", {}, remark, ...quotes.map((number) => quotation(payload, number))),
    );
  const authors = payload.passages.map(([, author]) => author).join("; ");
  const day = new Date().toISOString().slice(0, 10);
  return [
    heading(0, "The patient"),
    make("ul", {}, ...known),
    heading(0, "What the text says"),
    make("ul", {}, ...outcome),
    ...(remarks.length ? [heading(0, "For everyone"), make("ul", {}, ...remarks)] : []),
    make("p", {}, `Source: “${payload.title}”, ${authors}. Printed ${day}. ${payload.disclaimer}`),
  ];
}
