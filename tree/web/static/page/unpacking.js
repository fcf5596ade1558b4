// @ts-check
import { speak } from "../messages.js";

// As Python divides words: at some control characters, and not at a byte order mark.
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const BLANKS = /(?:(?!\ufeff)[\s\x1c-\x1f\x85])+/g;

// The text stands in the still page, which goes when the live one comes.
let text = "";

/** The payload of this page, in whose language it speaks from now on. */
export function payloadHere() {
  text ||= document.querySelector("#dtree-plain .dtree-words")?.textContent ?? "";
  const payload = unpacked(document.getElementById("dtree-payload")?.textContent ?? "", text);
  speak(payload);
  return payload;
}

/**
 * The payload of a page, as `packed` in `tree/web/page.py` has made it smaller: the words of the
 * text, and of its quotes, are not written twice.
 *
 * @param {string} json
 * @param {string} text
 * @returns {any}
 */
export function unpacked(json, text) {
  const payload = JSON.parse(json);
  /** @type {any[][]} */
  const quoted = [];
  let at = 0;
  for (const { passage, parts } of payload.text) {
    parts.forEach((/** @type {any} */ part, /** @type {number} */ i) => {
      const [length, ...quotes] = [part].flat();
      parts[i] = [text.slice(at, at + length), quotes];
      at += length;
      for (const number of quotes) {
        // It is of the passage in which it begins.
        quoted[number] ??= ["", ...[passage ?? []].flat()];
        quoted[number][0] += parts[i][0];
      }
    });
  }
  if (at !== text.length) throw new Error("the text of this page was changed");
  payload.quotes = quoted.map(([words, ...passage]) => [words.replace(BLANKS, " "), ...passage]);
  for (const factor of payload.factors) factor.values ??= ["yes", "no", "unknown"];
  const standings = Object.keys(payload.standings);
  payload.statements = payload.statements.map((/** @type {any[]} */ statement) => {
    const [quotes, asks, holds, effects, more] = statement;
    for (const effect of effects) effect[1] = standings[effect[1]];
    return { quotes, asks, holds, effects, ...more };
  });
  return payload;
}
