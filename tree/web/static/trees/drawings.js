// @ts-check
import { inflated } from "../page/inflating.js";

/** @import { Payload } from "../explorer/payload.js" */

/**
 * The drawings that the still page leaves out, packed.
 *
 * @param {Payload} payload
 */
export async function takePacked({ trees }) {
  const packed = document.getElementById("dtree-drawings")?.textContent;
  if (!packed) return;
  /** @type {string[]} */
  const drawings = await inflated(packed);
  const undrawn = trees.slice(trees.length - drawings.length);
  undrawn.forEach(({ views }, i) => (views[0].svg = drawings[i]));
}
