// @ts-check

/**
 * What the page says to the kernel, and whether the kernel has heard it.
 *
 * The kernel answers in order, but later. What comes before it has heard the last word answers
 * an earlier one and would bring back what is over, so until then the page goes by what it said
 * itself. Traits are for the kernel to set: the page sends words alone, which cannot overtake
 * one another.
 *
 * @typedef {object} Line
 * @property {(words: object) => void} say
 * @property {() => boolean} waits
 * @property {Map<any, number[]>} held  the toggles that words were sent about: their models, with the
 *   buttons that are chosen
 * @property {Set<() => void>} caughtUp  called when the kernel has heard all
 */

/**
 * @param {any} model  the explorer's; its views share one line
 * @returns {Line}
 */
export function lineTo(model) {
  let last = "";
  const held = new Map();
  const caughtUp = new Set();
  model.on("msg:custom", (/** @type {{heard?: string}} */ { heard }) => {
    if (!last || heard !== last) return;
    last = "";
    held.clear();
    for (const act of caughtUp) act();
  });
  return {
    say(words) {
      // Other pages may speak to the same kernel, so no two words have the same name.
      const word = `${Math.random()}`;
      try {
        model.send({ ...words, word });
        last = word;
      } catch {
        // Without a kernel the front end goes on alone.
      }
    },
    waits: () => last !== "",
    held,
    caughtUp
  };
}
