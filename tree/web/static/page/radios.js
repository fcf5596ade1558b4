// @ts-check
import { capitalized, make, on } from "../explorer/elements.js";

/** @import { Control } from "../explorer.js" */

/**
 * A group of radio buttons as a control.
 *
 * @param {string[]} values
 * @param {string} name
 * @param {Omit<Control, "attach">} state
 * @returns {Control}
 */
export function radios(values, name, state) {
  return {
    ...state,
    attach(place, label) {
      const inputs = values.map((_, i) => {
        const input = /** @type {HTMLInputElement} */ (make("input", { type: "radio", name }));
        on(input, "change", () => state.set(i));
        return input;
      });
      const labels = inputs.map((input, i) => make("label", {}, input, capitalized(values[i])));
      const group = { class: "dtree-choice", role: "radiogroup", "aria-label": label };
      place.append(make("div", group, ...labels));
      const check = () => inputs.forEach((input, i) => (input.checked = i === state.get()));
      state.listen(check);
      check();
    }
  };
}
