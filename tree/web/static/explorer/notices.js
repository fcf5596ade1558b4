// @ts-check
import { sentence } from "./arranging.js";
import { make, write } from "./elements.js";

/**
 * Lines that screen readers say: the outcome in a sentence, and what is pointed at.
 *
 * @import { State } from "./state.js"
 */

/** @param {State} state */
export function noticesView(state) {
  const [live, pointed] = ["dtree-live", "dtree-pointed"].map(kind =>
    make("p", { class: kind, "aria-live": "polite" })
  );
  return {
    live,
    pointed,
    render: () => write(live, sentence(state)),
    /** What was pointed at last stays there to be read. */
    light() {
      const { description } = state.pointed;
      if (description) pointed.textContent = description;
    }
  };
}
