// @ts-check
import { button, put, folded, make, on, paragraph, statusLine } from "../explorer/elements.js";
import { say } from "../messages.js";

/**
 * The settings as a view: whose statements, in which order, and in which form.
 *
 * @import { Source } from "../explorer.js"
 * @import { Actions } from "../explorer/actions.js"
 * @import { Settings } from "../explorer/extras.js"
 * @import { Payload } from "../explorer/payload.js"
 * @import { State } from "../explorer/state.js"
 */

// How long a kernel may take to answer, in milliseconds.
const PATIENCE = 5000;

/**
 * @param {State} state
 * @param {Source} source
 * @param {Actions} actions
 * @returns {Settings}
 */
export function settingsView(state, source, { showView }) {
  const place = make("div", "dtree-settings");
  const unanswered = statusLine();
  const element = folded(say`Change the tree`, {}, place, unanswered);
  let silence = 0;
  /** @type {NonNullable<Source["set"]>} */
  const set = (name, value) => {
    source.set?.(name, value);
    clearTimeout(silence);
    silence = setTimeout(() => {
      showView(state.shown);
      unanswered.textContent = say`No kernel answers. Run the notebook again to change the tree.`;
    }, PATIENCE);
  };
  return {
    element,
    answered() {
      clearTimeout(silence);
      unanswered.textContent = "";
    },
    rebuild() {
      const parts = [
        ...formParts(state, showView),
        ...passageParts(state.payload, set),
        orderPart(state.payload, set, () => source.ask?.({ wants: "shortest order" }))
      ];
      const focused = document.activeElement;
      const label = place.contains(focused) ? labelOf(focused) : null;
      put(place, ...parts);
      if (label === null) return;
      // What was focused is made anew: focus its successor.
      for (const part of place.querySelectorAll("button:enabled, input")) {
        if (part instanceof HTMLElement && labelOf(part) === label) part.focus();
      }
    }
  };
}

/** @param {Element | null} part */
const labelOf = part =>
  part?.getAttribute("aria-label") ?? part?.closest("label, button")?.textContent ?? "";

/** @param {string} title @param {HTMLElement[]} labels */
const choices = (title, labels) => make("fieldset", {}, make("legend", {}, title), ...labels);

/**
 * @param {State} state
 * @param {(view: number) => void} showView
 */
function formParts({ payload, tree, shown }, showView) {
  if (payload.trees[tree].views.length < 2) return [];
  const name = `dtree-form-${Math.random()}`;
  const radios = [say`Shared parts drawn once`, say`Every path its own leaf`].map((words, i) => {
    const radio = /** @type {HTMLInputElement} */ (make("input", { type: "radio", name }));
    radio.checked = i === shown;
    on(radio, "change", () => showView(i));
    return make("label", {}, radio, ` ${words}`);
  });
  return [choices(say`Form of the tree`, radios)];
}

/**
 * @param {Payload} payload
 * @param {NonNullable<Source["set"]>} set
 */
function passageParts({ passages }, set) {
  if (passages.length < 2) return [];
  const boxes = passages.map(([author, , speaks]) => {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
    box.checked = speaks;
    on(box, "change", () => {
      const ids = passages.filter((_, i) => boxes[i].box.checked).map(([, id]) => id);
      // Somebody has to speak.
      if (ids.length) set("passages", ids);
      else box.checked = true;
    });
    return { box, label: make("label", {}, box, ` ${author}`) };
  });
  const labels = boxes.map(({ label }) => label);
  return [choices(say`Whose words make the tree`, labels)];
}

/**
 * @param {Payload} payload
 * @param {NonNullable<Source["set"]>} set
 * @param {() => void} askForShortest
 */
function orderPart({ order, factors, average }, set, askForShortest) {
  /** @param {number[]} numbers */
  const setOrder = numbers =>
    set(
      "order",
      numbers.map(factor => factors[factor].id)
    );
  // As asked for, of which the kernel may not have heard yet.
  const wanted = [...order];
  /** @param {number} factor @param {number} step */
  const move = (factor, step) => {
    const from = wanted.indexOf(factor);
    const other = wanted[from + step];
    if (other === undefined) return;
    wanted[from] = other;
    wanted[from + step] = factor;
    setOrder(wanted);
  };
  const items = order.map((factor, i) => {
    const words = factors[factor].question;
    const up = button("↑", () => move(factor, -1), { "aria-label": say`Ask earlier: ${words}` });
    const down = button("↓", () => move(factor, 1), { "aria-label": say`Ask later: ${words}` });
    if (i === 0) up.setAttribute("disabled", "");
    if (i === order.length - 1) down.setAttribute("disabled", "");
    return make("li", {}, up, down, ` ${words}`);
  });
  return make(
    "fieldset",
    "dtree-order",
    make("legend", {}, say`Order of the questions`),
    make("ol", {}, ...items),
    paragraph(say`Questions asked on average: ${average}`),
    button(say`Shortest order`, askForShortest),
    button(say`As in the guide`, () => setOrder([...factors.keys()]))
  );
}
