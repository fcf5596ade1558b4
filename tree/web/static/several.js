// @ts-check
import { make, on } from "./explorer/elements.js";
import { extras } from "./explorer/extras.js";
import { say } from "./messages.js";

// What questions of three values or more need: several of them may be right. Of two values, both
// together say nothing.

/** The box that lets several values of a question be chosen. @param {HTMLElement} box */
export const severalLabel = box => {
  const title = say`Choose each value that is still possible.`;
  return make("label", { title }, box, " ", say`not sure which`);
};

extras.several = (place, inputs, { get, set }, check) => {
  const unknown = inputs.length - 1;
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  on(box, "change", () => {
    if (!box.checked) set(get().slice(0, 1));
    check();
  });
  place.append(severalLabel(box));
  return {
    chosen(i) {
      const all = inputs.flatMap(({ checked }, at) => (checked && at < unknown ? at : []));
      const isKnown = i < unknown && all.length && all.length < unknown;
      return box.checked ? (isKnown ? all : [unknown]) : [i];
    },
    show() {
      box.checked ||= get().length > 1;
      const type = box.checked ? "checkbox" : "radio";
      // Writing what is so already would cost a style of each.
      if (inputs[0].type === type) return;
      place.firstElementChild?.setAttribute("role", box.checked ? "group" : "radiogroup");
      for (const input of inputs) input.type = type;
    }
  };
};
