// @ts-check
import { make, on, severalLabel } from "../explorer/elements.js";
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
  const unknown = values.length - 1;
  return {
    ...state,
    attach(place, label) {
      const several = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
      const inputs = values.map((_, i) => {
        const input = /** @type {HTMLInputElement} */ (make("input", { type: "radio", name }));
        on(input, "change", () => {
          const chosen = inputs.flatMap(({ checked }, at) => (checked && at < unknown ? at : []));
          const known = i < unknown && chosen.length && chosen.length < unknown;
          state.set(several.checked ? (known ? chosen : [unknown]) : [i]);
          check();
        });
        return input;
      });
      const labels = inputs.map((input, i) => make("label", {}, input, valued(values[i])));
      const group = make(
        "div",
        { class: "dtree-choice", role: "radiogroup", "aria-label": label },
        ...labels
      );
      const check = () => {
        const left = state.get();
        several.checked ||= left.length > 1;
        const type = several.checked ? "checkbox" : "radio";
        // Writing what is so already would cost a style of each.
        if (inputs[0].type !== type) {
          group.setAttribute("role", several.checked ? "group" : "radiogroup");
          for (const input of inputs) input.type = type;
        }
        inputs.forEach((input, i) => (input.checked = left.includes(i)));
      };
      on(several, "change", () => {
        if (!several.checked) state.set(state.get().slice(0, 1));
        check();
      });
      place.append(group);
      // Of two values, both together say nothing.
      if (unknown > 2) place.append(severalLabel(several));
      state.listen(check);
      check();
    }
  };
}
