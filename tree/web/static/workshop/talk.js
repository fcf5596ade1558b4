// @ts-check

/**
 * What the screen asks Python, each with an answer of its own.
 *
 * @typedef {Record<string, any>} Answer  what Python says; `problem` where it could not be done
 * @typedef {(words: Record<string, any>) => Promise<Answer>} Ask
 */

// A step is checked within a second; an assistant may take minutes.
const LONGEST_SILENCE = 8_000; // ms

/**
 * @param {any} model
 * @param {(silent: boolean) => void} heard  whether Python keeps silent
 * @param {AbortSignal | undefined} signal
 * @returns {Ask}
 */
export function talkTo(model, heard, signal) {
  /** @type {Map<string, (answer: Answer) => void>} */
  const waiting = new Map();
  const take = (/** @type {Answer} */ answer) => {
    heard(false);
    waiting.get(answer.heard)?.(answer);
    waiting.delete(answer.heard);
  };
  model.on("msg:custom", take);
  signal?.addEventListener("abort", () => model.off("msg:custom", take));
  return words =>
    new Promise(resolve => {
      // Other pages may speak to the same kernel, so no two words have the same name.
      const word = `${Math.random()}`;
      waiting.set(word, resolve);
      try {
        model.send({ ...words, word });
      } catch {
        heard(true);
      }
      if (words.wants !== "draft") {
        setTimeout(() => waiting.has(word) && heard(true), LONGEST_SILENCE);
      }
    });
}
