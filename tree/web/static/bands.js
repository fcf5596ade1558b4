// @ts-check
import { visible } from "./explorer/answering.js";
import { extras } from "./explorer/extras.js";

// What guides with numbers need: numbers in an address, and ranges such as "3 to 6".

/** @import { Band } from "./explorer/payload.js" */

// Limits as people write them, each with the bounds that it gives: see `tree/model/ranges.py`.
const LIMITS = [
  ["(?:<=|=<|≤|up to|at most|no more than|until|to) ?#", "to"],
  ["(?:>=|=>|≥|at least|no less than|from|since) ?#", "from"],
  ["(?:<|below|under|less than|fewer than|before) ?#", "below"],
  ["(?:>|over|above|more than|after) ?#", "over"],
  ["# ?(?:\\+|or more|or older|or over|and more|and over)", "from"],
  ["# ?(?:or less|or fewer|or younger|and less)", "to"],
  ["(?:between |from )?# ?(?:-|\u2013|to|and|\\.\\.+|…) ?#", "both"]
].map(([words, bounds]) => {
  const numbers = words.replace(/#/g, "(-?\\d+(?:[.,]\\d+)?)");
  return [new RegExp(`^${numbers}(?: ?[\\p{L}_]\\D*)?$`, "iu"), bounds];
});

extras.bandOf = (bands, number) =>
  bands.findIndex(band => meet([band, [number, number, true, true]]));

// The places of the values whose bands share a number with a range in words.
extras.inBands = ({ bands = [] }, words) => {
  const seen = visible(words);
  for (const [pattern, bounds] of seen.length < 100 ? LIMITS : []) {
    const found = seen.match(pattern);
    if (!found) continue;
    const [first, last = first] = found.slice(1).map(one => Number(one.replace(",", ".")));
    const low = /to|below/.test(/** @type {string} */ (bounds)) ? -Infinity : first;
    const high = /from|over/.test(/** @type {string} */ (bounds)) ? Infinity : last;
    if (low === high) return [];
    /** @type {Band} */
    const limit = [low, high, bounds !== "over", bounds !== "below"];
    return [...bands.keys()].filter(at => meet([bands[at], limit]));
  }
  return [];
};

/** Whether ranges have a number in common. @param {Band[]} ranges */
const meet = ranges =>
  ranges.every(([low, , from]) =>
    ranges.every(([, high, , to]) => low < high || (low === high && from && to))
  );
