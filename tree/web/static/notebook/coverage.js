// @ts-check
import { folded, make, on } from "../explorer/elements.js";

/**
 * For authors: a box that shows what each sentence of the text is used for, with how many there are
 * of each kind.
 *
 * @import { Payload } from "../explorer/payload.js"
 */

/**
 * @param {Payload} payload
 * @param {HTMLElement} page  the text
 */
export function coverageOf({ sentences = [] }, page) {
  const counts = ["used", "context", "unclaimed"].map(
    kind => `${sentences.filter(claim => claim === kind).length} ${kind}`
  );
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  on(box, "change", () => page.classList.toggle("dtree-coverage", box.checked));
  const label = make("label", {}, box, ` Sentences: ${counts.join(", ")}`);
  return [folded("For authors", "dtree-authors", label)];
}
