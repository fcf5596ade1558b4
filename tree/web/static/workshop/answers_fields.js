// @ts-check
import { button, consume, make, on } from "../explorer/elements.js";
import { isNumber, noRange } from "./answers.js";
import { valuesOf } from "./condition_fields.js";
import { inSection } from "./desk.js";
import { choiceField, grouped, labelled, lineField } from "./fields.js";
import { say, valued } from "../messages.js";

/**
 * The fields for the answers to a question.
 *
 * @import { BandForm, PointsForm, RangeForm } from "./answers.js"
 * @import { FormContext } from "./fields.js"
 */

/** @param {FormContext} context @returns {HTMLElement[]} */
export function answersFields(context) {
  const { form, doings } = context;
  const { values } = form;
  const choose = (/** @type {string} */ chosen) => {
    values.kind = chosen;
    for (const [kind, key, first] of FIRST_ANSWERS) {
      while (chosen === kind && values[key].length < 2) values[key].push(first());
    }
    doings.change({});
  };
  const kinds = /** @type {[string, string][]} */ ([
    ["yes-no", say`yes or no`],
    ["list", say`one of a list`],
    ["number", say`a number`],
    ["bands", say`a number, in ranges with names`],
    ["score", say`points for other answers, added up`],
    ...(values.kind === "kept" ? [["kept", say`points in ranges with names, as they are`]] : [])
  ]);
  return [
    labelled(say`The answer is`, choiceField(kinds, values.kind, choose, { "data-key": "kind" })),
    ...(ANSWER_FIELDS[values.kind]?.(context) ?? [])
  ];
}

/** The rows that a list begins with. @type {[kind: string, key: string, first: () => any][]} */
const FIRST_ANSWERS = [
  ["list", "values", () => ({ name: "" })],
  ["bands", "bands", () => ({ name: "", ...noRange() })]
];

/** @type {Record<string, (context: FormContext) => HTMLElement[]>} */
const ANSWER_FIELDS = {
  list: context => [listOfValues(context)],
  number: context => [unitField(context, languageOfRanges(context))],
  bands: context => [unitField(context), listOfBands(context)],
  score: context => [listOfPoints(context)]
};

/** @param {FormContext} context @param {string} [help] */
const unitField = ({ form }, help) =>
  labelled(say`What it counts, such as years`, lineField(form.values, "unit"), help);

/** Ranges without names of their own are named by their limits, always in English. @param {FormContext} context */
const languageOfRanges = ({ desk }) =>
  /^en\b/i.test(desk.files.tag)
    ? ""
    : say`Its ranges are named in English, such as “below 12”. Choose “a number, in ranges with names” to name them yourself.`;

/** What few numbers need. @param {FormContext} context @returns {HTMLElement[]} */
export function ofNumber({ form }) {
  const { kind, range } = form.values;
  if (kind !== "number" && kind !== "bands") return [];
  return [
    grouped(
      say`The numbers that can be, where not all can`,
      ...rangeFields(range, "range", say`The numbers that can be`)
    ),
    labelled(
      say`Answers that are no number, such as “not measured”, with ; between them`,
      lineField(form.values, "also")
    )
  ];
}

/** Takes a row away. @param {FormContext} context @param {any[]} rows @param {number} at @param {string} name @param {string} key */
function lessButton({ doings }, rows, at, name, key) {
  const less = () => {
    rows.splice(at, 1);
    doings.change({});
  };
  return button("×", less, { "aria-label": say`Take away: ${name}`, "data-key": key });
}

/** @param {FormContext} context */
function listOfValues(context) {
  const { form, doings } = context;
  /** @type {{name: string}[]} */
  const values = form.values.values;
  const rows = values.map((each, i) =>
    make(
      "div",
      "tw-row",
      lineField(each, "name", { "data-key": `value-${i}`, "aria-label": say`Answer` }),
      lessButton(context, values, i, each.name, `value-${i}-less`)
    )
  );
  const add = () => {
    values.push({ name: "" });
    doings.change({ focus: `value-${values.length - 1}` });
  };
  for (const [i, row] of rows.entries()) {
    on(row, "keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
      if (event.ctrlKey || event.metaKey) return;
      consume(event);
      // A row that is still empty comes first.
      const empty = values.findIndex(({ name }, at) => at > i && !name.trim());
      if (empty < 0) add();
      else doings.change({ focus: `value-${empty}` });
    });
  }
  const more = button(say`One more answer`, add, { "data-key": "value-more" });
  return grouped(say`The answers; on a scale, from low to high`, ...rows, more);
}

/** @param {FormContext} context */
function listOfBands(context) {
  const { form, doings } = context;
  /** @type {BandForm[]} */
  const bands = form.values.bands;
  const rows = bands.map((band, i) =>
    make(
      "div",
      "tw-row",
      lineField(/** @type {any} */ (band), "name", {
        "data-key": `band-${i}`,
        "aria-label": say`The name of the range`,
        placeholder: say`its name`
      }),
      ...rangeFields(band, `band-${i}`, band.name),
      lessButton(context, bands, i, band.name, `band-${i}-less`)
    )
  );
  const add = () => {
    const last = bands[bands.length - 1];
    const low = last?.high ?? "";
    // A range begins where the one before it ends.
    const lowKind = last?.highKind === "to" ? "over" : "from";
    bands.push({ ...noRange(), name: "", low, lowKind });
    doings.change({ focus: `band-${bands.length - 1}` });
  };
  return grouped(
    say`The ranges, from low to high`,
    ...rows,
    button(say`One more range`, add, { "data-key": "band-more" })
  );
}

/** From where to where numbers go. @param {RangeForm} range @param {string} key @param {string} name */
function rangeFields(range, key, name) {
  const values = /** @type {any} */ (range);
  const lows = /** @type {[string, string][]} */ ([
    ["from", say`from`],
    ["over", say`over`]
  ]);
  const highs = /** @type {[string, string][]} */ ([
    ["below", say`below`],
    ["to", say`up to`]
  ]);
  const begins = { low: say`It begins: ${name}`, high: say`It ends: ${name}` };
  return /** @type {["low" | "high", [string, string][]][]} */ ([
    ["low", lows],
    ["high", highs]
  ]).map(([end, kinds]) => {
    const kind = `${end}Kind`;
    const label = begins[end];
    return make(
      "span",
      "tw-bound",
      choiceField(kinds, values[kind], chosen => (values[kind] = chosen), {
        "data-key": `${key}-${kind}`,
        "aria-label": label
      }),
      lineField(values, end, {
        inputmode: "decimal",
        "data-key": `${key}-${end}`,
        "aria-label": label
      })
    );
  });
}

/** @param {FormContext} context */
function listOfPoints(context) {
  const { desk, form, doings } = context;
  /** @type {PointsForm[]} */
  const score = form.values.score;
  const questions = inSection(desk, "factors").filter(
    ({ id, fields }) => id !== form.id && !fields.score
  );
  const rows = score.map((counted, i) => {
    const entry = questions.find(({ id }) => id === counted.factor);
    const label = entry?.label ?? counted.factor;
    const fields = entry?.fields ?? {};
    const worth = isNumber(fields)
      ? limitRows(context, counted, label)
      : answerRows(counted, label, valuesOf(fields));
    return grouped(label, ...worth, lessButton(context, score, i, label, `points-${i}-less`));
  });
  const left = questions
    .filter(({ id }) => !score.some(({ factor }) => factor === id))
    .map(({ id, label }) => /** @type {[string, string]} */ ([id, label]));
  const add = choiceField(
    [["", say`Choose a question …`], ...left],
    "",
    factor => {
      score.push({ factor, worth: [] });
      doings.change({ focus: `points-${factor}-` });
    },
    { "data-key": "points-more", "aria-label": say`A question whose answers give points` }
  );
  return grouped(say`The answers that give points`, ...rows, add);
}

/** A field for the points of each answer. @param {PointsForm} counted @param {string} label @param {string[]} answers */
const answerRows = (counted, label, answers) =>
  answers.map(answer => {
    const known = counted.worth.find(each => each.answer === answer);
    const row = known ?? { answer, points: "" };
    if (!known) counted.worth.push(row);
    return pointsField(row, `${label} ${valued(answer)}`, valued(answer), counted.factor, answer);
  });

/** @param {any} row @param {string} label @param {string} shown @param {string} factor @param {string} answer */
const pointsField = (row, label, shown, factor, answer) =>
  make(
    "label",
    "tw-bound",
    `${shown} `,
    lineField(row, "points", {
      inputmode: "decimal",
      "data-key": `points-${factor}-${answer}`,
      "aria-label": say`Points for: ${label}`
    })
  );

/** Points from or up to a number. @param {FormContext} context @param {PointsForm} counted @param {string} label */
function limitRows({ doings }, counted, label) {
  const kinds = /** @type {[string, string][]} */ ([
    ["from", say`from`],
    ["over", say`over`],
    ["to", say`up to`],
    ["below", say`below`]
  ]);
  if (!counted.worth.length) counted.worth.push({ answer: "from ", points: "" });
  const rows = counted.worth.map((row, i) => {
    const [kind, ...number] = row.answer.split(" ");
    const limit = { number: number.join(" ") };
    const typed = lineField(limit, "number", {
      inputmode: "decimal",
      "data-key": `points-${counted.factor}-${i}-number`,
      "aria-label": say`The number`
    });
    typed.addEventListener("input", () => {
      row.answer = `${row.answer.split(" ")[0]} ${limit.number.trim().replace(",", ".")}`;
    });
    const choose = (/** @type {string} */ chosen) => {
      row.answer = `${chosen} ${limit.number.trim().replace(",", ".")}`;
    };
    return make(
      "div",
      "tw-row",
      choiceField(kinds, kind, choose, { "aria-label": say`From where: ${label}` }),
      typed,
      pointsField(row, label, say`points`, counted.factor, `${i}`)
    );
  });
  const more = () => {
    counted.worth.push({ answer: "from ", points: "" });
    doings.change({});
  };
  return [...rows, button(say`One more limit`, more, { class: "tw-quiet" })];
}
