// @ts-check
import { firmly } from "../explorer/firmness.js";

/**
 * What holds for everyone, which no tree decides, in a line.
 *
 * @import { State } from "../explorer/state.js"
 */

/** @param {Pick<State, "payload" | "walked">} state */
export function everyoneLine({ payload, walked }) {
  const standings = walked.standings();
  /** @type {Map<string, string[]>} */
  const under = new Map();
  for (const [option, standing] of payload.everyone) {
    const label = firmly(payload.standings[standing], standings[option].firm);
    under.set(label, [...(under.get(label) ?? []), payload.options[option].name]);
  }
  const parts = [...under].map(([label, names]) => `${label}: ${names.join(", ")}`);
  return parts.length ? `For everyone: ${parts.join("; ")}.` : "";
}
