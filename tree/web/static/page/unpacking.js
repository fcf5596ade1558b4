// @ts-check

/** @import { Payload, Quote } from "../explorer/payload.js" */

// As Python divides words: at some control characters, and not at a byte order mark.
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const BLANKS = /(?:(?!\ufeff)[\s\x1c-\x1f\x85])+/g;

/**
 * The payload of a page. The words of its quotes stand in the text, and are not written twice: see
 * `packed` in `tree/web/page.py`.
 *
 * @param {string} json
 * @returns {any}
 */
export function unpacked(json) {
  /** @type {Payload} */
  const payload = JSON.parse(json);
  const words = payload.quotes.map(() => "");
  for (const { parts } of payload.text) {
    for (const [part, quotes] of parts) for (const number of quotes) words[number] += part;
  }
  payload.quotes.forEach((/** @type {any} */ passage, i) => {
    payload.quotes[i] = /** @type {Quote} */ ([words[i].replace(BLANKS, " "), ...[passage].flat()]);
  });
  return payload;
}
