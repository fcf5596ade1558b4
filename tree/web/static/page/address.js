// @ts-check
import { placesOf } from "../explorer/answering.js";
import { say } from "../messages.js";

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
  /** @type {string[]} */
  const wrong = [];
  /** @type {number[][]} */
  const given = [];
  for (const [id, value] of new URLSearchParams(hash.slice(1))) {
    const i = factors.findIndex(factor => factor.id === id);
    const places = i < 0 ? [] : placesOf(factors[i], value);
    if (i < 0) wrong.push(say`unknown factor “${id}”`);
    else if (given[i]) wrong.push(say`a second answer to ${id}`);
    else if (!places.length) wrong.push(say`unknown value “${value}” of ${id}`);
    else given[i] = places;
  }
  return { chosen: factors.map(({ values }, i) => given[i] ?? [values.length - 1]), wrong };
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
    const places = [chosen[i]].flat();
    // A value may have the name of two others with an "or" between them.
    const or = / or /i.test(`${values}`) ? ", " : " or ";
    if (start[i] != null || places[0] < values.length - 1)
      address.set(id, places.map(place => values[place]).join(or));
  });
  return `${address}`;
}
