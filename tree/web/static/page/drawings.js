// @ts-check
import { extras } from "../explorer/extras.js";

/** @import { Payload } from "../explorer/payload.js" */

/**
 * The drawings, which stand in the still page; a page of many trees has the others packed.
 *
 * @param {Payload} payload
 * @param {NodeListOf<Element>} places  one for each of the first trees
 * @returns {Promise<void> | undefined}  where some come later
 */
export function takeDrawings(payload, places) {
  payload.trees.forEach(({ views }, tree) => {
    const svg = places[tree]?.firstElementChild;
    views[0].svg = svg ? new XMLSerializer().serializeToString(svg) : "";
  });
  return extras.drawings?.(payload).catch(console.error);
}
