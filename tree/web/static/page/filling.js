// @ts-check
import { extras } from "../explorer/extras.js";

/** @import { Payload } from "../explorer/payload.js" */

/**
 * What the page holds only once: the drawings, which stand in the still page, and the words of the
 * quotes, which stand in the text. There a quote is the number of its passage, or -1.
 *
 * @param {Payload} payload
 * @param {NodeListOf<Element>} places  of the drawings, one for each of the first trees
 * @returns {Promise<void> | undefined}  for drawings that come later
 */
export function fillIn(payload, places) {
  const { trees, text, quotes } = payload;
  trees.forEach(({ views }, tree) => {
    const svg = places[tree]?.firstElementChild;
    views[0].svg = svg ? new XMLSerializer().serializeToString(svg) : "";
  });
  const lines = quotes.map(() => "");
  for (const { parts } of text)
    for (const [words, covering] of parts) for (const quote of covering) lines[quote] += words;
  quotes.forEach((quote, i) => {
    if (typeof quote !== "number") return;
    const words = lines[i].replace(/\s+/g, " ").trim();
    quotes[i] = quote < 0 ? [words] : [words, quote];
  });
  return extras.drawings?.(payload).catch(console.error);
}
