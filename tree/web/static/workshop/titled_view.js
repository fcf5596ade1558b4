// @ts-check
import { button, make } from "../explorer/elements.js";
import { isNumber } from "./answers.js";
import { valuesOf } from "./condition_fields.js";
import { inSection } from "./desk.js";
import { choiceField, grouped, labelled, lineField, namesField, namesOf } from "./fields.js";
import { say, valued } from "../messages.js";

/**
 * What has a title and holds one thing: grades, options shown in one tree, examples.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 * @import { FormContext } from "./fields.js"
 */

/** @returns {[section: string, name: string, more: string][]} */
const titledKinds = () => [
  ["grades", say`Grades of the text, such as 1A`, say`A grade`],
  ["trees", say`Options shown in one tree`, say`A tree of some options`],
  ["examples", say`Examples to look at, each with its answers`, say`An example`]
];

/** The lists of them, each leading to its form. @param {Desk} desk @param {Doings} doings */
export const titledLists = (desk, doings) =>
  titledKinds().map(([section, name, more]) => {
    const all = desk.files.titled[section] ?? [];
    const items = all.map(entry =>
      make(
        "li",
        {},
        button(entry.id, () => doings.edit(entry), {
          class: "tw-quiet",
          "data-key": `titled-${section}-${entry.id}`
        })
      )
    );
    return grouped(
      name,
      ...(items.length ? [make("ul", "tw-list", ...items)] : []),
      button(`${more} …`, () => doings.begin(section, {}), { "data-key": `new-${section}` })
    );
  });

/** @type {Record<string, (context: FormContext) => HTMLElement[]>} */
export const TITLED_FIELDS = {
  grades: ({ form }) => [
    labelled(say`The grade, as the text writes it`, lineField(form.values, "title")),
    labelled(say`What it means`, lineField(form.values, "meaning"))
  ],
  trees: context => [
    labelled(say`What the tree is called`, lineField(context.form.values, "title")),
    namesField(context, say`Which options`, "options", namesOf(context.desk), "")
  ],
  examples: context => [
    labelled(say`What it is called`, lineField(context.form.values, "title")),
    grouped(say`Its answers; what is left open is unknown`, ...answersOfExample(context))
  ]
};

/** @param {FormContext} context */
function answersOfExample({ desk, form }) {
  const { answers } = form.values;
  return inSection(desk, "factors").flatMap(({ id, label, fields }) => {
    // Points are added up, and nobody is asked for them.
    if (fields.score) return [];
    const key = `example-${id}`;
    if (isNumber(fields)) {
      return [labelled(label, lineField(answers, id, { inputmode: "decimal", "data-key": key }))];
    }
    const choices = valuesOf(fields).map(
      value => /** @type {[string, string]} */ ([value, valued(value)])
    );
    const choose = (/** @type {string} */ value) => (answers[id] = value);
    const field = choiceField([["", "–"], ...choices], answers[id] ?? "", choose, {
      "data-key": key
    });
    return [labelled(label, field)];
  });
}
