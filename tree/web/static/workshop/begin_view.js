// @ts-check
import { button, make, on, paragraph } from "../explorer/elements.js";
import { labelled, lineField } from "./fields.js";
import { say } from "../messages.js";

/**
 * Where there is no guide yet: paste a text.
 *
 * @import { Desk } from "./desk.js"
 * @import { Doings } from "./doing.js"
 */

/**
 * @param {Desk} desk
 * @param {Doings} doings
 */
export function beginView(desk, doings) {
  const { draft, files } = desk;
  const { folder } = files;
  const form = make(
    "form",
    "tw-begin",
    make("h3", "tw-title", say`A new guide: ${folder}`),
    labelled(say`Paste the text`, lineField(draft, "text", { rows: "12" })),
    labelled(
      say`Its language, such as en or de. Left empty, it is recognized.`,
      lineField(draft, "language", { size: "8" })
    ),
    button(say`Begin`, () => {}, { type: "submit", class: "tw-main", "data-key": "begin" }),
    paragraph(
      say`For a Word file or a PDF, run this in a cell above instead, with the name of your file: %run -m tree new my_text.docx ${folder}`,
      "tw-help"
    )
  );
  on(form, "submit", async event => {
    event.preventDefault();
    const { text, language = "" } = draft;
    const answer = await doings.ask({ wants: "begin", text, language });
    if (answer.problem) doings.change({ trouble: answer.problem });
    else
      doings.change({
        tab: "write",
        focus: "next",
        draft: { text: "", answer: "", model: "" },
        cleaned: answer.cleaned,
        said: say`Begun.`
      });
  });
  return form;
}
