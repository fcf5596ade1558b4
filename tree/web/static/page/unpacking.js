// @ts-check

// As Python divides words: at some control characters, and not at a byte order mark.
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const BLANKS = /(?:(?!\ufeff)[\s\x1c-\x1f\x85])+/g;

/**
 * The payload of a page, as `packed` in `tree/web/page.py` has made it smaller. The words of its
 * quotes stand in the text, and are not written twice.
 *
 * @param {string} json
 * @returns {any}
 */
export function unpacked(json) {
  const payload = JSON.parse(json);
  const words = payload.quotes.map(() => "");
  for (const { parts } of payload.text) {
    for (const [part, quotes] of parts) for (const number of quotes) words[number] += part;
  }
  payload.quotes.forEach((/** @type {any} */ passage, /** @type {number} */ i) => {
    payload.quotes[i] = [words[i].replace(BLANKS, " "), ...[passage].flat()];
  });
  const standings = Object.keys(payload.standings);
  payload.statements = payload.statements.map((/** @type {any[]} */ statement) => {
    const [quotes, asks, holds, effects, more] = statement;
    for (const effect of effects) effect[1] = standings[effect[1]];
    return { quotes, asks, holds, effects, ...more };
  });
  return payload;
}
