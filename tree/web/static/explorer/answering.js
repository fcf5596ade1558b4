// @ts-check
import { extras } from "./extras.js";

/**
 * What an answer in words means: the same as `tree/model/answers.py`, which says more about it.
 *
 * @import { Asked } from "./payload.js"
 */

const NUMBER = /^-?\d+([.,]\d+)?(e[+-]?\d{1,3})?$/i;
const THOUSANDS = /^-?[1-9]\d{0,2}(,\d{3})+$/;

/**
 * The place of the value, or of unknown, that an answer stands for; -1 where it fits none.
 *
 * @param {Pick<Asked, "values" | "bands">} asked
 * @param {string} answer
 */
export function placeOf({ values, bands }, answer) {
  const word = visible(answer);
  const number = numberIn(word);
  if (bands && number < 1e12) return extras.bandOf?.(bands, number) ?? -1;
  const meant = small(word);
  if (!bands && /^(yes,no|no,yes),unknown$/.test(values.join())) {
    if (number === 1 || /^(true|t|y)$/.test(meant)) return values.indexOf("yes");
    if (number === 0 || /^(false|f|n)$/.test(meant)) return values.indexOf("no");
  }
  /** @param {(value: string) => boolean} fits */
  const only = fits => {
    const found = values.filter(value => fits(visible(value)));
    // What may be one of two is neither.
    return found.length === 1 ? values.indexOf(found[0]) : -1;
  };
  const places = [
    word ? -1 : values.length - 1,
    only(value => value === word),
    only(value => small(value) === meant || small(value.toUpperCase()) === meant),
    only(value => numberIn(value) === number)
  ];
  return places.find(place => place >= 0) ?? -1;
}

/**
 * The places of the values that an answer leaves possible, or that of unknown; none where a part of
 * it fits no value: the same as `tree/model/possible.py`.
 *
 * @param {Asked} factor
 * @param {string} answer
 */
export function placesOf(factor, answer) {
  const unknown = factor.values.length - 1;
  const parts = answer.split(OR);
  // What each part and those after it leave; a name may hold an "or" itself, and the longest wins.
  /** @type {number[][]} */
  const left = [];
  left[parts.length + 1] = [];
  for (let at = parts.length - 1; at >= 0; at -= 2)
    for (let end = parts.length; end > at && !left[at]; end -= 2) {
      const place = placeOf(factor, parts.slice(at, end).join(""));
      const own = place < 0 ? end - at < 2 && extras.inBands?.(factor, parts[at]) : [place];
      if (own && own[0] >= 0 && left[end + 1]) left[at] = [...own, ...left[end + 1]];
    }
  const found = [...new Set(left[0])].sort((a, b) => a - b);
  return found.includes(unknown) || found.length === unknown ? [unknown] : found;
}

const OR = /(\s*,\s*or\s+|\s+or\s+|\s*,\s+)/i;

/** What a reader sees of words. @param {string} words */
export const visible = words =>
  words
    .normalize("NFC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes these for spaces, too
    .replace(/[\s\x1c-\x1f\x85]+/g, " ")
    .trim();

/** The same whatever the capitals. @param {string} words */
const small = words => visible(words.toLowerCase()).replace(/\u03c2/g, "\u03c3");

/** A number, or NaN. @param {string} word */
function numberIn(word) {
  const number = Number(word.replace(",", "."));
  return NUMBER.test(word) && !THOUSANDS.test(word) && Math.abs(number) < 1e12 ? number : NaN;
}
