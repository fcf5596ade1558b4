// @ts-check
import { relationsFor } from "./beside.js";
import { quoted } from "./elements.js";
import { because } from "./explaining.js";
import { extras } from "./extras.js";
import { firmly } from "./firmness.js";
import { either, inARow, inTurn, withColon, say, within } from "../messages.js";

/**
 * Options in the order in which they are shown, and the outcome in a sentence.
 *
 * @import { Group, Payload, Statement, TreeNode, TreeShown } from "./payload.js"
 * @import { State } from "./state.js"
 * @import { Walk } from "./walking.js"
 */

export const SHOWN_FIRST = ["preferred", "offered", "withheld", "silent"];

/**
 * What the text says of some options, with those of which it says the same together; and those that
 * are still open, with what they may become where that is the same for all.
 *
 * @param {Pick<State, "payload" | "walked" | "tree">} state
 * @param {number[]} options
 */
function saidOf({ payload, walked, tree }, options) {
  /** @type {Map<string, string[]>} */
  const under = new Map();
  /** @type {string[]} */
  const open = [];
  const may = new Set();
  for (const [heading, having] of byStanding(payload, walked, tree)) {
    for (const option of having.filter(one => options.includes(one))) {
      const { standing, firm, possible } = walked.standings()[option];
      const { name } = payload.options[option];
      const label = firmly(heading, firm());
      if (standing) under.set(label, [...(under.get(label) ?? []), name]);
      else {
        open.push(name);
        const left = SHOWN_FIRST.filter(one => possible.includes(one));
        may.add(either(left.map(one => within(payload.standings[one]))));
      }
    }
  }
  const [alike] = may;
  const label = may.size > 1 ? say`Still open` : say`Still open (${alike})`;
  if (open.length) under.set(label, open);
  return [...under].map(([label, names]) => withColon(label, inARow(names)));
}

/** What holds for everyone, which no tree decides, in a line. @param {State} state */
export function everyoneLine(state) {
  const said = saidOf(
    state,
    state.payload.everyone.map(([option]) => option)
  );
  const verdicts = inTurn(said);
  return verdicts && say`For everyone: ${verdicts}`;
}

/**
 * What is said beside the tree: how options go together, and what holds for everyone, where no list
 * of trees says it.
 *
 * @param {State} state
 */
export function besideLine(state) {
  const { payload, answers, tree } = state;
  const relations = relationsFor(payload, answers, tree).filter(({ open }) => !open);
  const everyone = payload.trees.length > 1 ? "" : everyoneLine(state);
  return inSentences([...relations.map(({ words }) => words), everyone].filter(Boolean));
}

/**
 * What the tree in view says of the patient: the verdict, what is to be done next, and once it is
 * settled, the words that decide.
 *
 * @param {State} state
 * @returns {[verdict: string, more: string, words: string]}
 */
export function verdict(state) {
  const { payload, viewed, tree, walked } = state;
  const { outcomes } = viewed;
  const { options } = payload.trees[tree];
  const said = saidOf(state, options);
  // Of one option, what it may become says it.
  const more = outcomes > 1 && options[1] ? [say`Outcomes still possible: ${outcomes}`] : [];
  const next = viewed.next();
  if (next !== null) more.push(say`Next question: ${payload.factors[next].question}`);
  more.push(...(extras.changedToo?.(state) ?? []));
  const path = onPath(state);
  const deciding = options.flatMap(option => {
    const { because: all, standing } = walked.standings()[option];
    const seen = because(payload, path, option, standing);
    return all().find(one => seen.includes(one)) ?? all().slice(0, 1);
  });
  const words = outcomes > 1 ? [] : [...new Set(deciding)].map(one => decidingWords(payload, one));
  return [inSentences(said), inSentences(more), words.join(" ")];
}

/** The answers on the path that is drawn: its words come before those of other answers. @param {State} state */
function onPath({ payload, viewed, answers, tree, shown }) {
  const { nodes } = payload.trees[tree].views[shown];
  const asked = new Set(viewed.path.map(([node]) => nodes[node].factor));
  return answers.map((answer, factor) => (asked.has(factor) ? answer : undefined));
}

/** The words of a statement, and whether it only follows from them. @param {Payload} payload @param {Statement} statement */
function decidingWords(payload, statement) {
  const words = quoted(payload, statement);
  return statement.because ? say`Implied by ${words}` : words;
}

/** @param {string[]} parts */
const inSentences = parts =>
  parts.map(part => (/\p{Po}\p{Cf}*$/u.test(part) ? part : say`${part}.`)).join(" ");

/**
 * Options by what is known of them: those of a tree, and those that no tree decides.
 *
 * @param {Payload} payload
 * @param {Walk} walked
 * @param {number} tree
 * @returns {[string, number[]][]}
 */
export function byStanding({ standings: labels, trees, everyone }, walked, tree) {
  const standings = walked.standings();
  const shown = [...trees[tree].options, ...everyone.map(([option]) => option)];
  /** @param {string | null} wanted */
  const having = wanted =>
    [...standings.keys()].filter(
      option => standings[option].standing === wanted && shown.includes(option)
    );
  /** @type {[string, number[]][]} */
  const all = SHOWN_FIRST.map(standing => [labels[standing], having(standing)]);
  all.push([say`Not decided yet`, having(null)]);
  return all.filter(([, options]) => options.length);
}

/**
 * An outcome of a tree: options under what the text says of them.
 *
 * @param {Payload} payload
 * @param {TreeShown} tree
 * @param {TreeNode} node
 * @returns {[string, number[]][]}
 */
export const verdictsAt = ({ standings: labels }, { options }, { verdicts, standings = [] }) =>
  verdicts ??
  SHOWN_FIRST.filter(standing => standings.includes(standing)).map(standing => [
    labels[standing],
    options.filter((_, i) => standings[i] === standing)
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
