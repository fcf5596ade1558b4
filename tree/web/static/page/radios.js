// @ts-check
import { make, on } from "../explorer/elements.js";
import { extras } from "../explorer/extras.js";
import { valued } from "../messages.js";

/** @import { Control } from "../explorer.js" */

/**
 * A group of radio buttons as a control. Where one of several values is right, they are check boxes.
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
        on(input, "change", () => {
          state.set(several?.chosen(i) ?? [i]);
          check();
        });
        return input;
      });
      const labels = inputs.map((input, i) => make("label", {}, input, valued(values[i])));
      const attributes = { class: "dtree-choice", role: "radiogroup", "aria-label": label };
      place.append(make("div", attributes, ...labels));
      const check = () => {
        several?.show();
        const left = state.get();
        inputs.forEach((input, i) => (input.checked = left.includes(i)));
      };
      const several = values[3] ? extras.several?.(place, inputs, state, check) : undefined;
      state.listen(check);
      check();
    }
  };
}
