// @ts-check
import { UNKNOWN } from "./changing.js";
import { button, make, quotation } from "./elements.js";

/**
 * The questions with their toggles, the example patients and Reset.
 *
 * @import { Control } from "../explorer.js"
 * @import { Answers, Factor, Payload } from "./types.js"
 */

/**
 * A question with its toggle, and the words behind it at hand.
 *
 * @param {Payload} payload
 * @param {Factor} factor
 * @param {Control} control
 */
export function question(payload, factor, control) {
  const note = make("span", { class: "dtree-next" });
  const asked = make(
    "div",
    { class: "dtree-heading" },
    make("span", { class: "dtree-asked" }, factor.question),
    note,
  );
  for (const number of factor.judgement) {
    const mark = `a judgement: “${payload.quotes[number][0]}”`;
    asked.append(make("span", { class: "dtree-judgement" }, mark));
  }
  const words = make("details", {}, make("summary", {}, "The words of the text"));
  words.append(...factor.quotes.map((number) => quotation(payload, number)));
  if (factor.help) words.append(make("p", {}, factor.help));
  const toggle = make("div", { class: "dtree-toggle" });
  control.attach(toggle, factor.question);
  const row = make("div", { class: "dtree-question" }, asked, toggle, words);
  return {
    row,
    /** @param {boolean} isNext @param {boolean} matters */
    mark(isNext, matters) {
      row.classList.toggle("dtree-is-next", isNext);
      row.classList.toggle("dtree-idle", !matters);
      const words = isNext ? "ask this next" : matters ? "" : "no longer matters";
      if (note.textContent !== words) note.textContent = words;
    },
  };
}

/**
 * Example patients and Reset.
 *
 * @param {Payload} payload
 * @param {(values: string[]) => void} fill
 */
export function start(payload, fill) {
  const known = payload.examples.map(([, values]) => JSON.stringify(values));
  const select = /** @type {HTMLSelectElement} */ (make("select"));
  select.append(
    make("option", { value: "" }, "Choose a patient…"),
    ...payload.examples.map(([name], i) => make("option", { value: `${i}` }, name)),
  );
  select.addEventListener("change", () => {
    if (select.value) fill(payload.examples[Number(select.value)][1]);
  });
  const reset = button("Reset", () => fill(payload.factors.map(() => UNKNOWN)));
  const bar = make("div", { class: "dtree-start" }, reset);
  if (payload.examples.length) bar.prepend(make("label", {}, "Example patient ", select));
  return {
    bar,
    /** @param {Answers} answers  name the example that the patient is, if any */
    match(answers) {
      const at = known.indexOf(JSON.stringify(answers.map((answer) => answer ?? UNKNOWN)));
      select.value = at < 0 ? "" : `${at}`;
    },
  };
}
