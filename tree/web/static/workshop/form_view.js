// @ts-check
import { button, make, on, paragraph } from "../explorer/elements.js";
import { answersFields, ofNumber } from "./answers_fields.js";
import { fieldsAt, formOf } from "./desk.js";
import { caseFields } from "./case_form.js";
import { conditionField } from "./condition_fields.js";
import { labelled, lineField, furtherFields, namesField, namesOf, quoteField } from "./fields.js";
import { missingIn } from "./missing.js";
import { statementFields } from "./statement_form.js";
import { TITLED_FIELDS } from "./titled_view.js";
import { say } from "../messages.js";

/**
 * The form of an entry. No field asks for an identifier.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 * @import { FormContext } from "./fields.js"
 */

/** What an entry of each section is, as a heading. @param {string} section */
export const kindOf = section =>
  ({
    passages: say`A passage by one author`,
    factors: say`A question about the case`,
    options: say`An option`,
    groups: say`Several options at once`,
    scopes: say`A condition of what follows`,
    statements: say`What the text says`,
    context: say`It decides nothing`,
    "cases.yaml": say`A case to practise on`,
    grades: say`A grade of the text`,
    trees: say`Options shown in one tree`,
    examples: say`An example`
  })[section] ?? section;

/** @type {Record<string, (context: FormContext) => HTMLElement[]>} */
const FIELDS = {
  passages: context => [
    labelled(say`Who wrote it`, lineField(context.form.values, "author")),
    quoteField(context, say`Its first words`, "begins")
  ],
  factors: factorFields,
  options: optionFields,
  groups: context => [
    ...optionFields(context),
    namesField(context, say`Which options`, "options", namesOf(context.desk), say`a new option …`)
  ],
  scopes: context => [
    quoteField(context, say`It begins with`, "begins"),
    quoteField(context, say`It ends with (or with its passage)`, "ends"),
    quoteField(context, say`The words that state the condition`, "quote"),
    conditionField(context, say`All of it holds`, "condition", { empty: say`for everyone.` })
  ],
  statements: statementFields,
  context: context => [
    quoteField(context, say`The words`, "quote", true),
    labelled(
      say`Why it decides nothing`,
      lineField(context.form.values, "reason", { list: "tw-reasons" })
    ),
    reasons()
  ],
  "cases.yaml": caseFields,
  ...TITLED_FIELDS
};

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function formView(desk, doings) {
  const form = formOf(desk);
  const element = make("form", { class: "tw-form", "aria-label": kindOf(form.section) });
  const { length } = desk.forms;
  const waiting = length > 1 ? kindOf(desk.forms[length - 2].section) : "";
  element.append(
    make("h3", "tw-title", kindOf(form.section)),
    ...(waiting ? [paragraph(say`Then back to: ${waiting}`, "tw-help")] : []),
    ...FIELDS[form.section]({ desk, form, doings }),
    make(
      "div",
      "tw-buttons",
      ...troubles(desk, doings),
      button(say`Save`, () => {}, { type: "submit", class: "tw-main", "data-key": "save" }),
      button(say`Cancel`, doings.cancel, { "data-key": "cancel" }),
      ...(form.id ? [button(say`Remove`, () => doings.remove(form), { "data-key": "remove" })] : [])
    )
  );
  on(element, "submit", event => {
    event.preventDefault();
    doings.save();
  });
  // What is chosen by Enter in a list is no wish to save.
  on(element, "keydown", event => {
    const { tagName } = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Enter" && tagName === "INPUT" && !event.ctrlKey) event.preventDefault();
  });
  return element;
}

/** What a key does to the form, also where the control that had the focus is gone. @param {KeyboardEvent} event @param {Doings} doings */
export function formByKey(event, doings) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) doings.save();
  if (event.key === "Escape") doings.cancel();
}

/** Why it could not be saved. @param {Desk} desk @param {Doings} doings */
function troubles(desk, doings) {
  const form = formOf(desk);
  const { conflict } = form;
  // What is still missing is said once saving was tried, and as long as it is missing.
  const problem = (form.tried && missingIn(form)) || form.problem;
  if (!conflict) return problem ? [make("p", { class: "tw-trouble", role: "alert" }, problem)] : [];
  const mine = () => {
    // What is there now is what this form changes.
    form.was = fieldsAt(desk, [form.section, form.id]) ?? form.was;
    delete form.conflict;
    doings.save();
  };
  const isThere = conflict.found !== null;
  return [
    make(
      "div",
      { class: "tw-trouble", role: "alert" },
      paragraph(
        isThere
          ? say`This was changed in the file meanwhile. There it says now:`
          : say`This was removed from the file meanwhile.`
      ),
      ...(isThere ? [make("pre", {}, conflict.found)] : []),
      ...(isThere ? [button(say`Save mine`, mine, { "data-key": "mine" })] : []),
      button(say`Keep what is there`, doings.cancel, { "data-key": "theirs" })
    )
  ];
}

/** @param {FormContext} context */
function factorFields(context) {
  const { form } = context;
  const { values } = form;
  return [
    quoteField(context, say`The words that it is about`, "quote", true),
    labelled(
      say`The question, as you would ask it`,
      lineField(values, "question", { placeholder: say`Is there …?` })
    ),
    ...answersFields(context),
    furtherFields(
      form,
      ...ofNumber(context),
      labelled(say`A short label for drawings`, lineField(values, "short")),
      labelled(say`How to answer, no more than the text says`, lineField(values, "help")),
      quoteField(context, say`Words that leave it to somebody's judgement`, "judgement"),
      conditionField(context, say`It is only asked`, "asked", { empty: say`always.`, plain: true })
    )
  ];
}

/** @param {FormContext} context */
function optionFields(context) {
  const { form } = context;
  const { values } = form;
  return [
    quoteField(context, say`The words that name it`, "quote", true),
    labelled(say`What it is called`, lineField(values, "name")),
    furtherFields(
      form,
      labelled(say`Other names in the text, with ; between them`, lineField(values, "synonyms")),
      quoteField(context, say`What it does, in the text's words`, "does"),
      ...(form.section === "options"
        ? [labelled(say`A short label for drawings`, lineField(values, "short"))]
        : [])
    )
  ];
}

/** Why sentences mostly decide nothing. */
function reasons() {
  const list = make("datalist", { id: "tw-reasons" });
  for (const reason of [say`heading`, say`background`, say`an aside`, say`signature`]) {
    list.append(make("option", { value: reason }));
  }
  return list;
}
