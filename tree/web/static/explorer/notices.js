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
  // What has no room opens with the focus: there is no pointing at things by touch or key.
  live.tabIndex = 0;
  return {
    live,
    pointed,
    render() {
      const [said, more, words] = verdict(state);
      // Screen readers hear of it only where it differs.
      if (live.textContent !== `${said} ${more} ${words}`)
        put(live, make("span", {}, make("b", {}, said), ` ${more} `, make("cite", {}, words)));
    },
    /** What was pointed at last stays there to be read. */
    light() {
      const { description } = state.pointed;
      if (description) pointed.textContent = description;
    }
  };
}
