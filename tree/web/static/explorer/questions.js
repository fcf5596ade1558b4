// @ts-check
import { UNKNOWN } from "./changing.js";
import { mattersBeside } from "./mattering.js";
import { applies } from "./walking.js";
import { button, make, on, paragraph, put, quotations, set, write } from "./elements.js";
import { inQuotes, say } from "../messages.js";

/**
 * The questions with their toggles, the example patients and Reset.
 *
 * @import { Control } from "../explorer.js"
 * @import { Actions } from "./actions.js"
 * @import { Answers, Factor, Payload } from "./payload.js"
 * @import { State } from "./state.js"
 */

/**
 * The questions as a view: a row for each one of the tree in view. Another tree's are made when it
 * comes into view.
 *
 * @param {State} state
 * @param {Control[]} controls
 * @param {Actions} actions
 */
export function questionsView(state, controls, { fill }) {
  const { payload } = state;
  const marks = say`◇ a judgement · “…” the words of the text`;
  /** @type {ReturnType<typeof question>[]} */
  const questions = [];
  /** @type {number[]} */
  let inView = [];
  const rows = make("div", "dtree-questions");
  const examples = exampleBar(payload, fill);
  return {
    bar: examples.bar,
    element: make("div", "dtree-asking", rows, paragraph(marks, "dtree-legend")),
    rebuild() {
      inView = questionsInView(state);
      for (const i of inView) questions[i] ??= question(payload, payload.factors[i], controls[i]);
      put(rows, ...inView.map(i => questions[i].row));
    },
    render() {
      const { payload, walked, viewed, answers } = state;
      const [next, most, matters] = [viewed.next(), state.settlesMost(), walked.matters()];
      const beside = mattersBeside(payload, answers);
      const onPath = new Set(
        walked.trees.flatMap(({ path }, tree) =>
          path.map(([node]) => payload.trees[tree].views[0].nodes[node].factor)
        )
      );
      const isAsked = (/** @type {number} */ i) =>
        payload.statements.some(({ asks }) => asks.some(([factor]) => factor === i));
      for (const i of inView) {
        let note = say`does not change the outcome`;
        if (next === i) note = say`ask this next`;
        else if (most === i) note = say`tells you most`;
        else if (matters.has(i) || onPath.has(i)) note = "";
        else if (!isAsked(i)) note = say`not asked in these words`;
        else if (applies(payload, i, answers) === false) note = say`does not apply`;
        else if (beside.has(i)) note = say`changes details only`;
        questions[i].mark(next === i, matters.has(i) || onPath.has(i), note);
      }
      examples.match(answers);
    },
    light: () =>
      questions.forEach(({ row }, i) =>
        row.classList.toggle("dtree-lit", state.pointed.factors.has(i))
      )
  };
}

/** Those of the tree in view, and those that no tree asks, in order. @param {State} state */
function questionsInView({ payload: { trees, order }, tree }) {
  const asked = trees.map(({ views }) => new Set(views[0].nodes.map(({ factor }) => factor)));
  return order.filter(one => asked[tree].has(one) || !asked.some(of => of.has(one)));
}

/**
 * A question with its toggle, and the words behind it at hand.
 *
 * @param {Payload} payload
 * @param {Factor} factor
 * @param {Control} control
 */
function question(payload, factor, control) {
  const { judgement = [], short, help } = factor;
  const note = make("span", "dtree-next");
  const attributes = { class: "dtree-asked", ...(short && { title: factor.question }) };
  const judged = judgement.map(number => {
    const [words] = payload.quotes[number];
    return say`a judgement: “${words}”`;
  });
  const marks = judged.map(title =>
    make("span", { class: "dtree-judgement", role: "img", title, "aria-label": title }, "◇")
  );
  const more = [...(short ? [factor.question] : []), ...judged, ...(help ? [help] : [])];
  const words = make(
    "div",
    { class: "dtree-behind", hidden: "" },
    ...quotations(payload, factor.quotes),
    ...more.map(line => paragraph(line))
  );
  const show = button(inQuotes("…"), () => {
    words.hidden = !words.hidden;
    set(show, { "aria-expanded": `${!words.hidden}` });
  });
  const name = say`The words of the text`;
  set(show, { class: "dtree-words-of", title: name, "aria-label": name, "aria-expanded": "false" });
  const asked = make("span", attributes, short ?? factor.question);
  const toggle = make("div", "dtree-toggle");
  control.attach(toggle, factor.question);
  const heading = make("div", "dtree-heading", asked, ...marks, show);
  const row = make("div", "dtree-question", heading, toggle, note, words);
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
    make("option", { value: "" }, say`Choose an example…`),
    ...payload.examples.map(([name], i) => make("option", { value: `${i}` }, name))
  );
  on(select, "change", () => {
    if (select.value) fill(payload.examples[Number(select.value)][1]);
  });
  const reset = button(say`Reset`, () => fill(payload.factors.map(() => UNKNOWN)));
  const chosen = make("label", {}, say`Example ${payload.subject}`, " ", select);
  return {
    bar: [...(payload.examples.length ? [chosen] : []), reset],
    /** Name the example that the patient is, if any. @param {Answers} answers */
    match(answers) {
      const at = payload.examples.findIndex(([, values]) =>
        values.every((value, i) => value === (answers[i] ?? UNKNOWN))
      );
      select.value = at < 0 ? "" : `${at}`;
    }
  };
}
