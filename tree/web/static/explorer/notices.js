// @ts-check
import { verdict } from "./arranging.js";
import { make, put } from "./elements.js";

/**
 * Lines that screen readers say: the verdict, and what is pointed at.
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
    render() {
      const [said, more, words] = verdict(state);
      // Screen readers hear of it only where it differs.
      if (live.textContent !== `${said} ${more} ${words}`)
        put(live, make("b", {}, said), ` ${more} `, make("cite", { title: words }, words));
    },
    /** What was pointed at last stays there to be read. */
    light() {
      const { description } = state.pointed;
      if (description) pointed.textContent = description;
    }
  };
}
