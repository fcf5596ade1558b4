// @ts-check
import { make, on, paragraph } from "../explorer/elements.js";
import { nameOfRow } from "./session.js";
import { CHOICES, valuesIn } from "./worksheet.js";
import { say } from "../messages.js";

/**
 * The rows of a question, in which a student chooses.
 *
 * @import { Session } from "./session.js"
 * @import { Asked } from "./worksheet.js"
 */

/** @param {Session} state */
export function choiceParts(state) {
  const { asked, sheet } = state;
  if (!asked) return [];
  const words = say`What does the text say about each option here?`;
  return [
    paragraph(asked.asks, "tp-asks"),
    ...asked.rows.flatMap(row => [
      ...(row === sheet.factors ? [paragraph(words, "tp-part")] : []),
      choicesOf(state, asked, row)
    ])
  ];
}

/** @param {Session} state @param {Asked} asked @param {number} row */
function choicesOf(state, asked, row) {
  const { sheet, chosen } = state;
  const legend = make("legend", "tp-label", nameOfRow(state, row) || asked.asks);
  if (row === CHOICES) legend.classList.add("tp-unseen");
  else if (sheet.rows[row][2]) legend.append(make("span", "tp-who", sheet.rows[row][2]));
  // What is right must not be seen in the page: a choice is its number.
  const labels = valuesIn(sheet, asked, row).map(([, words], value) => {
    const input = make("input", { type: "radio", name: `tp-${row}`, value: `${value}` });
    on(input, "change", () => chosen.set(row, value));
    return make("label", {}, words, input);
  });
  const choices = make("div", `tp-choices${row === CHOICES ? " tp-column" : ""}`, ...labels);
  return make("fieldset", {}, legend, choices);
}
