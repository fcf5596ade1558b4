// @ts-check

/** @import { Payload } from "../explorer/payload.js" */

/**
 * The drawings, which stand in the still page.
 *
 * @param {Payload} payload
 * @param {NodeListOf<Element>} places  one for each tree
 */
export const takeDrawings = ({ trees }, places) =>
  trees.forEach(({ views }, tree) => {
    const svg = places[tree].firstElementChild;
    views[0].svg = svg ? new XMLSerializer().serializeToString(svg) : "";
  });
