// @ts-check
import { make, paragraph } from "../explorer/elements.js";
import { say } from "../messages.js";

/**
 * The trees as they are now.
 *
 * @import { Desk } from "./desk.js"
 */

/** @param {Desk} desk */
export function treesView({ files: { trees, stale } }) {
  const pictures = trees.map(({ name, svg }) => {
    const figure = make("figure", { class: "tw-tree" }, make("figcaption", "tw-name", name));
    const frame = make("div", { class: "tw-drawing", role: "img", "aria-label": name });
    // Read as a picture and not as HTML: a script in it would not run.
    if (svg) frame.append(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement);
    else frame.append(say`Too large to be shown here; the explorer below has it.`);
    figure.append(frame);
    return figure;
  });
  return make(
    "div",
    "tw-trees",
    ...(stale
      ? [paragraph(say`This is how it was before the last problem; see Problems.`, "tw-help")]
      : []),
    ...(pictures.length
      ? pictures
      : [
          paragraph(
            say`The tree grows here as soon as there are a question, an option and a sentence that joins them.`,
            "tw-help"
          )
        ])
  );
}
