// @ts-check

/**
 * @import { Answer, Factor } from "./payload.js"
 */

/**
 * The values that an answer leaves possible: it is one, or several of which one is right.
 *
 * @param {Factor} factor
 * @param {Answer} answer
 */
export const possibleIn = ({ values }, answer) =>
  answer === undefined ? values.slice(0, -1) : [answer].flat();
