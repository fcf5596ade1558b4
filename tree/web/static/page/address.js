// @ts-check
import { placeOf } from "../explorer/answering.js";

/**
 * The patient in the address of the page.
 *
 * @import { Asked } from "../explorer/payload.js"
 */

/**
 * What an address answers: a value's place for each factor; and what is wrong in it, which is left
 * out.
 *
 * @param {string} hash
 * @param {Asked[]} factors
 */
export function readAddress(hash, factors) {
  const chosen = factors.map(({ values }) => values.length - 1);
  /** @type {string[]} */
  const wrong = [];
  const given = new Set();
  for (const [id, value] of new URLSearchParams(hash.slice(1))) {
    const i = factors.findIndex(factor => factor.id === id);
    const index = i < 0 ? -1 : placeOf(factors[i], value);
    if (i < 0) wrong.push(`unknown factor “${id}”`);
    else if (given.has(id)) wrong.push(`a second answer to ${id}`);
    else if (index < 0) wrong.push(`unknown value “${value}” of ${id}`);
    else {
      given.add(id);
      chosen[i] = index;
    }
  }
  return { chosen, wrong };
}

/**
 * The address of a patient.
 *
 * @param {Asked[]} factors
 * @param {number[]} chosen
 * @param {(string | null)[]} start  what the page opens on
 */
export function writeAddress(factors, chosen, start) {
  const address = new URLSearchParams();
  factors.forEach(({ id, values }, i) => {
    // A page that opens on a patient says so too where an answer was taken back.
    const started = start[i] != null;
    if (started || chosen[i] < values.length - 1) address.set(id, values[chosen[i]]);
  });
  return `${address}`;
}
