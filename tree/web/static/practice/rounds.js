// @ts-check

/**
 * Rounds: drawn as in `tree/teaching/questions/rounds.py`, with a chance of its own.
 *
 * @import { Attempt } from "./kept.js"
 * @import { Worksheet } from "./worksheet.js"
 */

/**
 * Numbers between 0 and 1, the same ones for the same seed. Python's chance is another one: with
 * the same seed, the notebook and the page draw by the same rule, but not the same questions.
 *
 * @param {string} seed
 */
function chanceOf(seed) {
  let state = 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  for (const letter of seed) state = (next() * 2 ** 32) ^ (letter.codePointAt(0) ?? 0);
  return next;
}

/**
 * The first attempt at each question of each round: what came before any feedback.
 *
 * @param {Attempt[]} attempts
 */
export function firstTries(attempts) {
  const found = new Map();
  for (const attempt of attempts) {
    const key = JSON.stringify([attempt.round, attempt.question]);
    if (!found.has(key)) found.set(key, attempt);
  }
  return /** @type {Attempt[]} */ ([...found.values()]);
}

/**
 * A round: questions by number, the kinds in turn, shuffled, and those drawn more often in which
 * something was misread; newer readings count more.
 *
 * @param {Worksheet} sheet
 * @param {Attempt[]} attempts
 * @param {string} seed
 * @param {number} [length]
 */
export function drawRound(sheet, attempts, seed, length = sheet.length) {
  /** @type {Map<string, number>} */
  const trouble = new Map();
  for (const { judged } of firstTries(attempts)) {
    for (const { right, factor, statement } of judged) {
      for (const key of keysOf(factor, statement)) {
        const worse = right ? 0 : 1;
        const before = trouble.get(key) ?? 0;
        trouble.set(key, before * sheet.fades + worse * (1 - sheet.fades));
      }
    }
  }
  const chance = chanceOf(seed);
  const weights = sheet.questions[6].map(steps => {
    const keys = steps.flatMap(step => {
      const [, , , factor, statement] = sheet.steps[step];
      return keysOf(sheet.words[factor], sheet.words[statement]);
    });
    return 1 + sheet.pull * Math.max(0, ...keys.map(key => trouble.get(key) ?? 0));
  });
  const piles = sheet.kinds.map((_, kind) =>
    sheet.questions[1]
      .flatMap((of, number) => (of === kind ? [number] : []))
      .map(number => ({ number, key: chance() ** (1 / weights[number]) }))
      .sort((a, b) => b.key - a.key)
      .map(({ number }) => number)
  );
  /** @type {number[]} */
  const drawn = [];
  while (drawn.length < length && piles.some(pile => pile.length)) {
    for (const pile of piles) if (drawn.length < length) drawn.push(...pile.splice(0, 1));
  }
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1));
    [drawn[last], drawn[other]] = [drawn[other], drawn[last]];
  }
  return drawn;
}

/** @param {string} factor @param {string} statement */
const keysOf = (factor, statement) => [
  ...(factor ? [`factor ${factor}`] : []),
  ...(statement ? [`statement ${statement}`] : [])
];
