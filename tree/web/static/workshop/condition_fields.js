// @ts-check
import { button, consume, make, on } from "../explorer/elements.js";

import { inTurn, withColon, say, valued } from "../messages.js";
import { isNumber } from "./answers.js";
import { inSection } from "./desk.js";
import { pickedChip, takeChip } from "./conditions.js";
import { chip, choiceField, grouped, isNew, lineField, made, makeFirst } from "./fields.js";

/**
 * The form of a condition: chips in lines.
 *
 * @import { Chip, ConditionForm, Picking } from "./conditions.js"
 * @import { Desk } from "./desk.js"
 * @import { FormContext } from "./fields.js"
 */

/**
 * @param {FormContext} context
 * @param {string} name
 * @param {string} field  the value that holds the condition
 * @param {{empty: string, first?: string, next?: string, plain?: boolean}} words  what no line means, and
 *   what adds one; `plain`: lines of one chip alone
 */
export function conditionField(context, name, field, words) {
  const { empty, first = say`Only if …`, next = say`and only if …`, plain = false } = words;
  const { form, doings } = context;
  /** @type {ConditionForm | null} */
  const condition = form.values[field];
  if (!condition) {
    return grouped(
      name,
      make(
        "p",
        "tw-help",
        say`This condition is put together in a way that no form shows. It stays as it is, whatever you change here.`
      )
    );
  }
  const { mode, lines } = condition;
  const parts = lines.map((line, at) => lineOf(context, field, at, line, plain));
  const between = mode === "all" ? say`and` : say`or`;
  const shown = parts.flatMap((part, at) =>
    at ? [make("div", "tw-between", between), part] : [part]
  );
  const last = addTo(context, field, lines.length, lines.length ? next : first);
  const turn = () => {
    form.values[field] = { mode: mode === "all" ? "one" : "all", lines };
    doings.change({});
  };
  const modes =
    plain || lines.length < 2
      ? []
      : [
          button(
            mode === "all"
              ? say`All of these lines. Change to: one of them`
              : say`One of these lines. Change to: all of them`,
            turn,
            { "data-key": `${field}-mode`, class: "tw-quiet" }
          )
        ];
  return grouped(
    name,
    ...(lines.length ? shown : [make("span", "tw-help", empty)]),
    last,
    ...modes
  );
}

/** @param {FormContext} context @param {string} field @param {number} at @param {Chip[]} line @param {boolean} plain */
function lineOf(context, field, at, line, plain) {
  const { desk, form, doings } = context;
  const { mode } = form.values[field];
  const between = mode === "all" ? say`or` : say`and`;
  const chips = line.flatMap((each, i) => {
    const takeAway = () => {
      const lines = form.values[field].lines.map((/** @type {Chip[]} */ other) =>
        other.filter(one => one !== each)
      );
      form.values[field].lines = lines.filter((/** @type {Chip[]} */ other) => other.length);
      doings.change({});
    };
    const part = chip(chipWords(desk, each), takeAway, `${field}-${at}-${i}`);
    return i ? [make("span", "tw-between", between), part] : [part];
  });
  const more = plain ? [] : [addTo(context, field, at, mode === "all" ? say`or …` : say`and …`)];
  return make("div", "tw-line", ...chips, ...more);
}

/** A control that adds a chip to a line. @param {FormContext} context @param {string} field @param {number} line @param {string} words */
function addTo(context, field, line, words) {
  const { desk, form, doings } = context;
  /** @type {Picking | undefined} */
  const picking = form.values.picking;
  if (picking?.field === field && picking.line === line && picking.factor)
    return picker(context, picking);
  const factors = inSection(desk, "factors").map(
    ({ id, label }) => /** @type {[string, string]} */ ([id, label])
  );
  return choiceField(
    [["", words], ...factors, [COUNT, say`so many of several …`], ...made(say`a new question …`)],
    "",
    factor => {
      const wants = { kind: "chip", field, line };
      if (isNew(factor)) makeFirst(form, doings, wants, "factors");
      else if (factor) {
        form.values.picking = { ...wants, factor };
        doings.change({ focus: "pick-" });
      }
    },
    { "data-key": `${field}-${line}-add`, "aria-label": words }
  );
}

const COUNT = "+count";

/** What is asked of a factor, before it becomes a chip. @param {FormContext} context @param {Picking} picking */
function picker(context, picking) {
  const { desk, form, doings } = context;
  const { factor } = picking;
  const done = (/** @type {Chip | null} */ made) => {
    takeChip(form.values, made);
    // Where one more answer would be added.
    const { field } = picking;
    doings.change({ focus: `${field}-${form.values[field].lines.length}-add` });
  };
  const cancel = button(say`Cancel`, () => done(null), { class: "tw-quiet" });
  if (factor === COUNT) return countPicker(context, done, cancel);
  const entry = inSection(desk, "factors").find(({ id }) => id === factor);
  const fields = entry?.fields ?? {};
  const label = make("span", "tw-name", entry?.label ?? factor);
  const parts = isNumber(fields)
    ? numberParts(picking, fields, done)
    : answerParts(picking, valuesOf(fields), done);
  const element = make("div", "tw-picker", label, ...parts, cancel);
  on(element, "keydown", event => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    consume(event);
    /** @type {HTMLElement | null} */ (element.querySelector("[data-key=take-it]"))?.click();
  });
  return element;
}

/** The answers of a question, several of which may do. @param {Picking} picking @param {string[]} values @param {(made: Chip) => void} done */
function answerParts(picking, values, done) {
  const { factor } = picking;
  if (values.length === 2) {
    return values.map(value =>
      button(valued(value), () => done({ factor, value }), { "data-key": `pick-${value}` })
    );
  }
  const boxes = values.map(value => {
    const box = /** @type {HTMLInputElement} */ (
      make("input", { type: "checkbox", "data-key": `pick-${value}` })
    );
    box.checked = Boolean(picking.checked?.includes(value));
    on(box, "change", () => (picking.checked = checked()));
    return { value, box, label: make("label", "tw-check", box, " ", valued(value)) };
  });
  const checked = () => boxes.filter(({ box }) => box.checked).map(({ value }) => value);
  const take = () => {
    const picked = pickedChip(picking);
    if (picked) done(picked);
  };
  return [
    ...boxes.map(({ label }) => label),
    make("span", "tw-help", say`Check one, or several of which one will do.`),
    button(say`Take`, take, { "data-key": "take-it" })
  ];
}

const BOUNDS = ["from", "over", "to", "below"];

/** Limits of a number. @param {Picking} picking @param {any} fields @param {(made: Chip) => void} done */
function numberParts(picking, { unit = "", also = [] }, done) {
  const { factor } = picking;
  picking.limits ??= {};
  const { limits } = picking;
  const names = [say`from`, say`over`, say`up to`, say`below`];
  const lines = BOUNDS.map((bound, i) =>
    make(
      "label",
      "tw-bound",
      `${names[i]} `,
      lineField(limits, bound, { inputmode: "decimal", "data-key": `pick-${bound}` }),
      ` ${unit}`
    )
  );
  const take = () => {
    const picked = pickedChip(picking);
    if (picked) done(picked);
  };
  return [
    ...lines,
    button(say`Take`, take, { "data-key": "take-it" }),
    ...[also].flat().map(value => button(valued(value), () => done({ factor, value })))
  ];
}

/** At least, at most or exactly so many answers. @param {FormContext} context @param {(made: Chip | null) => void} done @param {HTMLElement} cancel */
function countPicker({ desk }, done, cancel) {
  const kinds = { at_least: say`at least`, at_most: say`at most`, exactly: say`exactly` };
  const counted = { count: "at_least", number: "2" };
  /** @type {Record<string, string>} */
  const of = {};
  const boxes = inSection(desk, "factors").flatMap(({ id, label, fields }) => {
    const values = valuesOf(fields);
    if (isNumber(fields)) return [];
    const choices = values.map(value => /** @type {[string, string]} */ ([value, valued(value)]));
    const field = choiceField(
      [["", "–"], ...choices],
      "",
      value => {
        if (value) of[id] = value;
        else delete of[id];
      },
      { "data-key": `count-${id}` }
    );
    return [make("label", "tw-bound", `${label} `, field)];
  });
  const take = () => {
    if (Object.keys(of).length > 1) done({ ...counted, of });
  };
  return make(
    "div",
    "tw-picker",
    choiceField(Object.entries(kinds), "at_least", kind => (counted.count = kind)),
    lineField(counted, "number", { inputmode: "numeric", size: "2", "aria-label": say`how many` }),
    make("span", "tw-help", say`of these answers:`),
    ...boxes,
    button(say`Take`, take),
    cancel
  );
}

/** @param {any} fields  of a factor @returns {string[]} */
export const valuesOf = ({ values, also }) => [
  ...(Array.isArray(values) ? values : values ? Object.keys(values) : ["yes", "no"]),
  ...[also ?? []].flat()
];

/** @param {Desk} desk @param {Chip} each */
export function chipWords(desk, each) {
  if ("factor" in each) return asked(desk, each.factor, each.value);
  const kinds = { at_least: say`at least`, at_most: say`at most`, exactly: say`exactly` };
  const of = Object.entries(each.of).map(([factor, value]) => asked(desk, factor, value));
  const kind = kinds[/** @type {"exactly"} */ (each.count)];
  return withColon(`${kind} ${each.number}`, inTurn(of));
}

/** @param {Desk} desk @param {string} factor @param {any} value */
function asked(desk, factor, value) {
  const label = inSection(desk, "factors").find(({ id }) => id === factor)?.label ?? factor;
  return `${label} ${valueWords(value)}`;
}

/** @param {any} value @returns {string} */
function valueWords(value) {
  if (typeof value === "string") return valued(value);
  if (Array.isArray(value)) return value.map(valueWords).join(" / ");
  const bounds = { from: "≥", over: ">", to: "≤", below: "<" };
  return Object.entries(value)
    .map(([key, each]) =>
      key === "not"
        ? `≠ ${valueWords(each)}`
        : `${bounds[/** @type {"to"} */ (key)] ?? key} ${each}`
    )
    .join(", ");
}
