// @ts-check
import { relationsFor } from "./beside.js";
import { firmly } from "./firmness.js";

/**
 * Options in the order in which they are shown, and the outcome in a sentence.
 *
 * @import { Answers, Group, Payload, TreeNode } from "./payload.js"
 * @import { Walk } from "./walking.js"
 */

export const SHOWN_FIRST = ["preferred", "offered", "withheld", "silent"];

/**
 * The outcome in one plain sentence.
 *
 * @param {Payload} payload
 * @param {Walk} walked
 * @param {Answers} answers
 */
export function sentence(payload, walked, answers) {
  const standings = walked.standings();
  /** @type {Map<string, string[]>} */
  const under = new Map();
  for (const [heading, options] of byStanding(payload, walked)) {
    for (const option of options) {
      const label = firmly(heading, standings[option].firm);
      under.set(label, [...(under.get(label) ?? []), payload.options[option].name]);
    }
  }
  const parts = [...under].map(([label, names]) => `${label}: ${names.join(", ")}`);
  for (const { words, open } of relationsFor(payload, answers)) if (!open) parts.push(words);
  if (walked.outcomes > 1) parts.push(`Outcomes still possible: ${walked.outcomes}`);
  const next = walked.next();
  if (next !== null) parts.push(`Next question: ${payload.factors[next].question}`);
  return parts.map(part => (/[.?!]$/.test(part) ? part : `${part}.`)).join(" ");
}

/**
 * Options by what is known of them.
 *
 * @param {Payload} payload
 * @param {Walk} walked
 * @returns {[string, number[]][]}
 */
export function byStanding(payload, walked) {
  const standings = walked.standings();
  /** @param {string | null} wanted */
  const having = wanted =>
    [...standings.keys()].filter(option => standings[option].standing === wanted);
  /** @type {[string, number[]][]} */
  const all = SHOWN_FIRST.map(standing => [payload.standings[standing], having(standing)]);
  all.push(["Not decided yet", having(null)]);
  return all.filter(([, options]) => options.length);
}

/**
 * An outcome of the tree: options under what the text says of them.
 *
 * @param {Payload} payload
 * @param {TreeNode} node
 * @returns {[string, number[]][]}
 */
export const verdictsAt = ({ standings: labels }, { verdicts, standings = [] }) =>
  verdicts ??
  SHOWN_FIRST.filter(standing => standings.includes(standing)).map(standing => [
    labels[standing],
    [...standings.keys()].filter(option => standings[option] === standing)
  ]);

/**
 * Options in order, those of a group together under its name: as `tree/model/parts.py` arranges
 * them.
 *
 * @param {Payload} payload
 * @param {number[]} options
 * @returns {[string, number[]][]}
 */
export function arranged(payload, options) {
  const left = new Set(options);
  /** @type {Map<number, Group>} */
  const groupOf = new Map();
  const largestFirst = [...payload.groups].sort((a, b) => b.options.length - a.options.length);
  for (const group of largestFirst) {
    if (group.options.length > 1 && group.options.every(option => left.has(option))) {
      for (const option of group.options) left.delete(option) && groupOf.set(option, group);
    }
  }
  /** @type {Map<Group | number, [string, number[]]>} */
  const together = new Map();
  for (const option of options) {
    const group = groupOf.get(option);
    const key = group ?? option;
    if (!together.has(key)) together.set(key, [group?.name ?? "", []]);
    together.get(key)?.[1].push(option);
  }
  return [...together.values()];
}
