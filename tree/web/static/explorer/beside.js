// @ts-check
import { heading, make, quotations } from "./elements.js";
import { isIn } from "./explaining.js";
import { firmnessIn } from "./firmness.js";
import { possibleIn } from "./possible.js";
import { impliedBy } from "./reasoning.js";
import { both, say } from "../messages.js";

/**
 * What the text says beside the standings, relations of options and remarks: the same as
 * `tree/logic/beside.py`.
 *
 * @import { Answers, Payload, Relation, Statement } from "./payload.js"
 * @typedef {{statement: Statement, words: string, open: boolean}} Beside
 */

/**
 * The relations that are shown for a case, or may be.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} [tree]  whose options they concern; all where none is given
 * @returns {Beside[]}
 */
export const relationsFor = (payload, answers, tree) =>
  payload.statements.flatMap(statement => {
    const { relation } = statement;
    const holds = isIn(payload, statement.holds, answers);
    if (!relation || holds === false || !concerns(payload, relation, tree)) return [];
    /** @type {Set<number>} */
    const named = new Set();
    const ways = new Set();
    const options = relation[1].flatMap(([, options]) => options);
    for (const standings of ends(payload, answers, statement.holds, options)) {
      const members = membersAmong(relation, standings);
      ways.add(`${members}`);
      for (const member of members) named.add(member);
    }
    if (!named.size) return [];
    const names = relation[1].filter((_, member) => named.has(member)).map(([name]) => name);
    const words = relationWords(relation[0], names) + how(payload, statement);
    return [{ statement, words, open: !holds || ways.size > 1 }];
  });

/** @param {Payload} payload @param {Relation} relation @param {number} [tree] */
function concerns({ trees, everyone }, [, members], tree) {
  if (tree === undefined) return true;
  const shown = [...trees[tree].options, ...everyone.map(([option]) => option)];
  return members.some(([, options]) => options.some(option => shown.includes(option)));
}

/**
 * The standings of some options for all cases that fit the answers and are in a set. The set and
 * the trees of these options ask in the same order, so they are walked together.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} set
 * @param {number[]} options
 */
function ends({ order, factors, sets, trees, everyone }, answers, set, options) {
  const asking = [...order, -1];
  const together = trees.filter(tree => tree.options.some(option => options.includes(option)));
  const nodesOf = together.map(({ views }) => views[0].nodes);
  /** @type {string[][]} */
  const found = [];
  const start = [set, ...together.map(() => 0)];
  const reached = new Map([[`${start}`, start]]);
  // What is added on the way is visited, too.
  for (const [at, ...on] of reached.values()) {
    const here = on.map((node, i) => nodesOf[i][node]);
    const [asks, targets] = at > 1 ? sets[at - 2] : [-1, []];
    const places = [asks, ...here.map(({ factor = -1 }) => factor)].map(asked =>
      asking.indexOf(asked)
    );
    const first = asking[Math.min(...places)];
    if (at === 1 && first < 0) {
      /** @type {string[]} */
      const standings = [];
      for (const [option, standing] of everyone) standings[option] = standing;
      together.forEach(({ options }, i) =>
        options.forEach((option, k) => (standings[option] = here[i].standings?.[k] ?? ""))
      );
      found.push(standings);
    }
    if (at === 0 || first < 0) continue;
    for (const value of possibleIn(factors[first], answers[first])) {
      const after = here.map(({ factor, branches = [] }, k) => {
        const branch = branches.find(([of]) => factor === first && of === value);
        return branch ? branch[1] : on[k];
      });
      const next = [asks === first ? targets[factors[first].values.indexOf(value)] : at, ...after];
      reached.set(`${next}`, next);
    }
  }
  return found;
}

/**
 * The members to name, by their place, where the options have these standings.
 *
 * @param {Relation} relation
 * @param {string[]} standings
 */
export function membersAmong([kind, members], standings) {
  const isThere = (/** @type {number} */ option) =>
    standings[option] === "preferred" || standings[option] === "offered";
  const all = [...members.keys()];
  const there = all.filter(member => members[member][1].some(isThere));
  if (kind === "instead") return there.includes(1) ? all : [];
  return there.length > 1 ? there : [];
}

/** @param {string} kind @param {string[]} names */
function relationWords(kind, [first, ...rest]) {
  const [other] = rest;
  if (kind === "instead") return say`Instead of ${first}: ${other}`;
  if (kind === "order") {
    const steps = [first, ...rest].reduce((before, next) => say`${before}, then ${next}`);
    return say`In this order: ${steps}`;
  }
  const others = both(rest);
  return kind === "combine"
    ? say`In combination: ${first} with ${others}`
    : say`Not together: ${first} with ${others}`;
}

/**
 * The remarks that hold for everyone, or those that hold for a case and not for everyone.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {boolean} everyone
 * @returns {Beside[]}
 */
export const remarksFor = (payload, answers, everyone) =>
  payload.statements.flatMap(statement => {
    const { remark } = statement;
    const holds = isIn(payload, statement.holds, answers);
    if (!remark || holds === false || (statement.holds === 1) !== everyone) return [];
    return [{ statement, words: remark + how(payload, statement), open: !holds }];
  });

/** How firmly the text says it. @param {Payload} payload @param {Statement} statement */
const how = (payload, statement) => {
  const firm = firmnessIn(payload, statement);
  return firm && ` · ${firm}`;
};

/**
 * Relations and remarks under their headings.
 *
 * @param {Payload} payload
 * @param {Answers} answers
 * @param {number} [tree]  whose options they concern
 * @returns {HTMLElement[][]}
 */
export function besideParts(payload, answers, tree) {
  const { subject } = payload;
  /** @type {[string, Beside[]][]} */
  const parts = [
    [say`Combinations and order`, relationsFor(payload, answers, tree)],
    [say`Also for this ${subject}`, remarksFor(payload, answers, false)],
    [say`For everyone`, remarksFor(payload, answers, true)]
  ];
  const item = (/** @type {Beside} */ { statement, words, open }) =>
    make(
      "li",
      { "data-statement": `${payload.statements.indexOf(statement)}` },
      open ? say`Depends on open answers: ${words}` : words,
      ...quotations(payload, statement.quotes),
      ...impliedBy(statement)
    );
  return parts.flatMap(([title, found]) =>
    found.length ? [[heading(0, title), make("ul", {}, ...found.map(item))]] : []
  );
}
