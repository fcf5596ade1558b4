// @ts-check
import { button, make, on } from "../explorer/elements.js";
import { checkField, foldedAs, labelled, lineField } from "./fields.js";
import { same } from "./forms.js";
import { titledLists } from "./titled_view.js";
import { say } from "../messages.js";

/**
 * What holds for the whole guide: the question that it answers, and whom it speaks of.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function guideForm(desk, doings) {
  desk.whole ??= valuesOfGuide(desk);
  const values = desk.whole;
  const form = make(
    "form",
    {},
    labelled(say`The question that the text answers`, lineField(values, "title")),
    labelled(
      say`Whom or what it is about, one of them: such as patient or book`,
      lineField(values, "one", { placeholder: say`patient` })
    ),
    labelled(
      say`Several of them: such as patients or books`,
      lineField(values, "many", { placeholder: say`patients` })
    ),
    checkField(
      say`It is about health: say on every screen that it is no medical advice`,
      values.medical,
      checked => (values.medical = checked),
      "medical"
    ),
    make(
      "div",
      "tw-buttons",
      button(say`Save`, () => {}, { type: "submit", "data-key": "guide-save" })
    )
  );
  on(form, "submit", event => {
    event.preventDefault();
    saveGuide(desk, doings, values);
  });
  const lists = titledLists(desk, doings);
  return foldedAs(desk, "about", say`About the guide`, form, ...lists);
}

/** @param {Desk} desk @returns {Record<string, any>} */
function valuesOfGuide({ files: { guide } }) {
  const { title = "", subject = {} } = guide;
  const { one = "", many = "", medical } = subject;
  return { title, one, many, medical: Boolean(medical) };
}

/** @param {Desk} desk @param {Doings} doings @param {Record<string, any>} values */
async function saveGuide(desk, doings, values) {
  const [title, one, many] = ["title", "one", "many"].map(key => values[key].trim());
  if (!title || !one !== !many) {
    const trouble = title
      ? say`Give both: one of them, and several of them.`
      : say`Give the question that the text answers.`;
    doings.change({ trouble });
    return;
  }
  const subject = one ? { one, many, ...(values.medical ? { medical: "true" } : {}) } : null;
  const wanted = Object.entries({ title, subject });
  for (const [key, value] of wanted) {
    if (same(desk.files.guide[key], value)) continue;
    if (!(await doings.step({ do: "set", key, value }, say`Saved.`))) return;
  }
  // It is folded, so that the next sentence has its room.
  doings.change({ whole: null, about: false, said: say`Saved.` });
}
