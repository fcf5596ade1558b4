// @ts-check
import { folded, make, on } from "../explorer/elements.js";
import { say } from "../messages.js";

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
  const [used, context, unclaimed] = ["used", "context", "unclaimed"].map(
    kind => sentences.filter(claim => claim === kind).length
  );
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  on(box, "change", () => page.classList.toggle("dtree-coverage", box.checked));
  const counts = say`Sentences: ${used} used, ${context} context, ${unclaimed} unclaimed`;
  const label = make("label", {}, box, " ", counts);
  return [folded(say`For authors`, "dtree-authors", label)];
}
