// @ts-check

/**
 * What an answer in words means: the same as answers.py, which says more of it.
 *
 * @import { Band, Factor } from "./types.js"
 */

const MOST = 1e12;
const NUMBER = /^-?\d{1,400}([.,]\d{1,400})?(e[+-]?\d{1,3})?$/i;
const THOUSANDS = /^-?[1-9]\d{0,2}(,\d{3})+$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The place of the value, or of unknown, that an answer stands for; -1 where it fits none.
 *
 * @param {Factor} factor
 * @param {string} answer
 */
export function placeOf({ values, bands, others = [] }, answer) {
  const word = visible(answer);
  if (!word) return values.length - 1;
  const number = numberIn(word);
  if (bands && !Number.isNaN(number)) return bands.findIndex((band) => holds(band, number));
  /** @type {[string, number][]} */
  const words = [...values.map((value, i) => pair(visible(value), i)), ...others];
  const exact = words.find(([known]) => known === word);
  if (exact) return exact[1];
  const meant = alike(word);
  const fitting = words.filter(
    ([known]) => alike(known) === meant || alike(known.toUpperCase()) === meant,
  );
  const equal = words.filter(([known]) => numberIn(known) === number);
  return onlyPlace(fitting) ?? onlyPlace(equal) ?? -1;
}

/** @param {string} word @param {number} place @returns {[string, number]} */
const pair = (word, place) => [word, place];

/** The place that all of these have. @param {[string, number][]} words */
function onlyPlace(words) {
  const places = new Set(words.map(([, place]) => place));
  return places.size === 1 ? words[0][1] : undefined;
}

/** What a reader sees of words. @param {string} words */
const visible = (words) => {
  const seen = words.normalize("NFC").replace(INVISIBLE, "");
  return seen.replace(/[\s\x1c-\x1f\x85]+/g, " ").replace(/^ | $/g, "");
};

/** The same for words that differ only in capitals. @param {string} words */
const alike = (words) => visible(words).toLowerCase().normalize("NFC").replace(/\u03c2/g, "\u03c3");

/** @param {string} word  NaN where it is no number */
function numberIn(word) {
  if (!NUMBER.test(word) || THOUSANDS.test(word)) return NaN;
  const number = Number(word.replace(",", "."));
  return Math.abs(number) < MOST ? number : NaN;
}

/** @param {Band} band @param {number} number */
function holds([low, high, lowInside, highInside], number) {
  const above = low === null || number > low || (lowInside && number === low);
  const below = high === null || number < high || (highInside && number === high);
  return above && below;
}
