// @ts-check
import { placesOf } from "../explorer/answering.js";

/**
 * The patient in the address of the page.
 *
 * @import { Asked } from "../explorer/payload.js"
 */

/**
 * What an address answers: the places of the values for each factor; and what is wrong in it, which is left
 * out.
 *
 * @param {string} hash
 * @param {Asked[]} factors
 */
export function readAddress(hash, factors) {
  const chosen = factors.map(({ values }) => [values.length - 1]);
  /** @type {string[]} */
  const wrong = [];
  const given = new Set();
  for (const [id, value] of new URLSearchParams(hash.slice(1))) {
    const i = factors.findIndex(factor => factor.id === id);
    const places = i < 0 ? [] : placesOf(factors[i], value);
    if (i < 0) wrong.push(`unknown factor “${id}”`);
    else if (given.has(id)) wrong.push(`a second answer to ${id}`);
    else if (!places.length) wrong.push(`unknown value “${value}” of ${id}`);
    else {
      given.add(id);
      chosen[i] = places;
    }
  }
  return { chosen, wrong };
}

/**
 * The address of a patient.
 *
 * @param {Asked[]} factors
 * @param {(number | number[])[]} chosen  the places of their values
 * @param {(unknown)[]} start  what the page opens on
 */
export function writeAddress(factors, chosen, start) {
  const address = new URLSearchParams();
  factors.forEach(({ id, values }, i) => {
    // A page that opens on a patient says so too where an answer was taken back.
    const started = start[i] != null;
    const places = [chosen[i]].flat();
    const words = places.map(place => values[place]).join(" or ");
    if (started || places[0] < values.length - 1) address.set(id, words);
  });
  return `${address}`;
}
