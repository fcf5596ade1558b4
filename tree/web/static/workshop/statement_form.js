// @ts-check
import { button, make } from "../explorer/elements.js";
import { conditionField } from "./condition_fields.js";
import { inSection, keyOf, quoteOf, shortened } from "./desk.js";
import {
  checkField,
  choiceField,
  grouped,
  labelled,
  lineField,
  made,
  isNew,
  makeFirst,
  furtherFields,
  namesField,
  namesOf,
  quoteField
} from "./fields.js";
import { EFFECTS, RELATIONS } from "./forms.js";
import { overlaps } from "./letters.js";
import { inQuotes, inTurn, say } from "../messages.js";

/**
 * The form of a statement: what it says, of which options, for whom.
 *
 * @import { FormContext } from "./fields.js"
 */

/** @returns {[string, string][]} */
const effects = () => [
  ["", say`Choose …`],
  ["prefer", say`It is the first choice`],
  ["offer", say`It is offered: recommended, or possible`],
  ["withhold", say`It is not for these cases`],
  ["combine", say`They go together`],
  ["order", say`They follow each other, the first one first`],
  ["apart", say`They do not go together`],
  ["instead", say`One is used instead of another`],
  ["remark", say`Something that names no option`]
];

/** @param {FormContext} context */
export function statementFields(context) {
  const { form, doings } = context;
  const { values } = form;
  const { says } = values;
  const rows = says.flatMap((/** @type {any} */ _, /** @type {number} */ row) =>
    rowOf(context, row)
  );
  form.hedged ??= Boolean(values.strength);
  const isOfOptions = EFFECTS.includes(says[0].effect);
  const more = button(
    say`They say something of other options, too`,
    () => {
      says.push({ effect: "", names: [] });
      doings.change({ focus: `effect${says.length - 1}` });
    },
    { class: "tw-quiet", "data-key": "says-more" }
  );
  return [
    quoteField(context, say`The words that say it`, "quote", true),
    ...rows,
    ...(form.hedged ? [strengthField(context)] : []),
    ...(isOfOptions && says.length < EFFECTS.length ? [more] : []),
    conditionField(context, say`For whom`, "condition", { empty: say`For everyone.` }),
    inherited(context),
    conditionField(context, say`Except`, "unless", {
      empty: say`No exception.`,
      first: say`If …`,
      next: say`and if …`
    }),
    furtherFields(form, ...further(context))
  ];
}

/** What it says of some options. @param {FormContext} context @param {number} row */
function rowOf(context, row) {
  const { form, doings } = context;
  const { values } = form;
  const says = values.says[row];
  const taken = values.says.filter((/** @type {any} */ other) => other !== says);
  const isFree = (/** @type {string} */ effect) =>
    taken.every((/** @type {any} */ other) => other.effect !== effect) &&
    (!row || !effect || EFFECTS.includes(effect));
  const choose = (/** @type {string} */ chosen) => {
    says.effect = chosen;
    delete values.suggested;
    if (!chosen && row) values.says.splice(row, 1);
    if (!EFFECTS.includes(values.says[0].effect)) values.says.length = 1;
    doings.change({});
  };
  const choices = effects().filter(([effect]) => isFree(effect));
  const effect = choiceField(choices, says.effect, choose, { "data-key": `effect${row || ""}` });
  return [
    labelled(say`What they say`, effect, row ? "" : (values.suggested ?? "")),
    ...ofWhat(context, row)
  ];
}

/** The options that it speaks of, or its words. @param {FormContext} context @param {number} row */
function ofWhat(context, row) {
  const { desk, form } = context;
  const { values } = form;
  const { effect } = values.says[row];
  const all = namesOf(desk);
  if ([...EFFECTS, ...RELATIONS].includes(effect)) {
    return [namesField(context, say`Of which options`, "names", all, say`a new option …`, row)];
  }
  if (effect === "remark") {
    return [labelled(say`What it says, in short`, lineField(values, "remark"))];
  }
  if (effect !== "instead") return [];
  return [one(context, say`Instead of`, "of", all), one(context, say`one uses`, "use", all)];
}

/** One option. @param {FormContext} context @param {string} name @param {string} key @param {[string, string][]} all */
function one({ form, doings }, name, key, all) {
  const choose = (/** @type {string} */ id) => {
    if (isNew(id)) makeFirst(form, doings, { kind: "names", field: key }, "options");
    else form.values[key] = id;
  };
  const choices = /** @type {[string, string][]} */ ([
    ["", say`Choose …`],
    ...all,
    ...made(say`a new option …`)
  ]);
  return labelled(name, choiceField(choices, form.values[key], choose, { "data-key": key }));
}

/** Conditions of scopes that its first quote lies in. @param {FormContext} context */
function inherited({ desk, form }) {
  const [first] = form.values.quote;
  const around = inSection(desk, "scopes").filter(({ fields, quotes }) => {
    const { begins, ends } = fields;
    const start = begins?.at?.[0];
    const end = ends?.at?.[1] ?? desk.letters.length;
    return first?.at && quotes.length && start !== undefined && overlaps(first.at, [start, end]);
  });
  const lines = around.map(({ says }) => make("li", {}, inTurn(says)));
  return lines.length
    ? grouped(say`And, as it stands where this holds`, make("ul", {}, ...lines))
    : make("span", {});
}

/** @param {FormContext} context */
function strengthField({ desk, form: { values } }) {
  const [first] = values.quote;
  const placeholder = first?.at ? shortened(quoteOf(desk, first.at)) : "";
  const line = lineField(values, "strength", { placeholder });
  return labelled(say`How firmly, in words of the quote`, line);
}

/** @param {FormContext} context @returns {HTMLElement[]} */
function further(context) {
  const { desk, form, doings } = context;
  const { values } = form;
  const grades = (desk.files.titled.grades ?? []).map(({ id }) => id);
  const others = inSection(desk, "statements")
    .filter(each => keyOf(each) !== keyOf(form))
    .map(({ id, label, quotes }) => {
      const words = quotes[0] ? quoteOf(desk, quotes[0]) : "";
      const said = label.startsWith(words) ? "" : `${label} – `;
      return /** @type {[string, string]} */ ([id, `${said}${inQuotes(shortened(words))}`]);
    });
  return [
    ...(form.hedged ? [] : [strengthField(context)]),
    ...(grades.length
      ? [
          labelled(
            say`Its grade`,
            choiceField(
              [["", "–"], ...grades.map(grade => /** @type {[string, string]} */ ([grade, grade]))],
              values.grade,
              grade => (values.grade = grade),
              { "data-key": "grade" }
            )
          )
        ]
      : []),
    namesField(
      context,
      say`It is the exception to`,
      "outweighs",
      [["everything", say`everything else on its options`], ...others],
      ""
    ),
    checkField(
      say`The words imply it, and do not say it outright`,
      values.implied,
      checked => {
        values.implied = checked;
        doings.change({});
      },
      "implied"
    ),
    ...(values.implied
      ? [labelled(say`How it follows from the words`, lineField(values, "because"))]
      : [])
  ];
}
