// @ts-check
import { UNKNOWN } from "./changing.js";
import { mattersBeside } from "./mattering.js";
import { applies } from "./walking.js";
import { button, folded, make, on, paragraph, quotations, write } from "./elements.js";

/**
 * The questions with their toggles, the example patients and Reset.
 *
 * @import { Control } from "../explorer.js"
 * @import { Actions } from "./actions.js"
 * @import { Answers, Factor, Payload } from "./payload.js"
 * @import { State } from "./state.js"
 */

/**
 * The questions as a view.
 *
 * @param {State} state
 * @param {Control[]} controls
 * @param {Actions} actions
 */
export function questionsView(state, controls, { fill }) {
  const { payload } = state;
  const questions = payload.factors.map((factor, i) => question(payload, factor, controls[i]));
  const rows = make("div", "dtree-questions");
  const examples = exampleBar(payload, fill);
  return {
    bar: examples.bar,
    rows,
    rebuild: () => rows.append(...state.payload.order.map(factor => questions[factor].row)),
    render() {
      const { payload, walked, viewed, answers } = state;
      const [next, most, matters] = [viewed.next(), state.settlesMost(), walked.matters()];
      const beside = mattersBeside(payload, answers, walked.standings());
      questions.forEach(({ mark }, i) => {
        let note = "no longer matters";
        if (next === i) note = "ask this next";
        else if (most === i) note = "settles most";
        else if (matters.has(i)) note = "";
        else if (applies(payload, i, answers) === false) note = "does not apply";
        else if (beside.has(i)) note = "changes only what is said beside the verdict";
        mark(next === i, matters.has(i), note);
      });
      examples.match(answers);
    },
    light: () =>
      questions.forEach(({ row }, i) =>
        row.classList.toggle("dtree-lit", state.pointed.factors.has(i))
      )
  };
}

/**
 * A question with its toggle, and the words behind it at hand.
 *
 * @param {Payload} payload
 * @param {Factor} factor
 * @param {Control} control
 */
function question(payload, factor, control) {
  const note = make("span", "dtree-next");
  const attributes = { class: "dtree-asked", ...(factor.short && { title: factor.question }) };
  const asked = make(
    "div",
    "dtree-heading",
    make("span", attributes, factor.short ?? factor.question),
    note
  );
  for (const number of factor.judgement ?? []) {
    const mark = `a judgement: “${payload.quotes[number][0]}”`;
    asked.append(make("span", "dtree-judgement", mark));
  }
  const quotes = quotations(payload, factor.quotes);
  const words = folded("The words of the text", {}, ...quotes);
  if (factor.short) words.append(paragraph(factor.question));
  if (factor.help) words.append(paragraph(factor.help));
  const toggle = make("div", "dtree-toggle");
  control.attach(toggle, factor.question);
  const row = make("div", "dtree-question", asked, toggle, words);
  return {
    row,
    /** @param {boolean} isNext @param {boolean} matters @param {string} words */
    mark(isNext, matters, words) {
      row.classList.toggle("dtree-is-next", isNext);
      row.classList.toggle("dtree-idle", !matters);
      write(note, words);
    }
  };
}

/**
 * Example patients and Reset.
 *
 * @param {Payload} payload
 * @param {(values: string[]) => void} fill
 */
function exampleBar(payload, fill) {
  const select = /** @type {HTMLSelectElement} */ (make("select"));
  select.append(
    make("option", { value: "" }, "Choose an example…"),
    ...payload.examples.map(([name], i) => make("option", { value: `${i}` }, name))
  );
  on(select, "change", () => {
    if (select.value) fill(payload.examples[Number(select.value)][1]);
  });
  const reset = button("Reset", () => fill(payload.factors.map(() => UNKNOWN)));
  const bar = make("div", "dtree-start", reset);
  if (payload.examples.length)
    bar.prepend(make("label", {}, `Example ${payload.subject} `, select));
  return {
    bar,
    /** Name the example that the patient is, if any. @param {Answers} answers */
    match(answers) {
      const at = payload.examples.findIndex(([, values]) =>
        values.every((value, i) => value === (answers[i] ?? UNKNOWN))
      );
      select.value = at < 0 ? "" : `${at}`;
    }
  };
}
