// @ts-check
import { speaks } from "./explaining.js";
import { inARow, inQuotes, withColon, say, valued } from "../messages.js";

/**
 * What a person points at: words of the text with what rests on them, or a part of the drawing
 * with the words that it rests on.
 *
 * @import { Payload } from "./payload.js"
 * @import { State } from "./state.js"
 *
 * @typedef {object} Rests  what rests on a quote
 * @property {Set<number>} factors
 * @property {Set<string>} branches  "factor value"
 * @property {Set<number>} options
 * @property {Set<number>} remarks  statements
 *
 * @typedef {object} Pointed
 * @property {Set<number>} quotes
 * @property {Set<number>} factors
 * @property {Set<string>} branches
 * @property {Set<number>} options
 * @property {string} description  in words
 */

/** @type {Pointed} */
export const NOTHING = {
  quotes: new Set(),
  factors: new Set(),
  branches: new Set(),
  options: new Set(),
  description: ""
};

/** Each is made once, when something is pointed at. @type {WeakMap<Payload, Rests[]>} */
const resting = new WeakMap();

/**
 * What rests on each quote.
 *
 * @param {Payload} payload
 * @returns {Rests[]}
 */
export function restsOn(payload) {
  const made = resting.get(payload) ?? newRests(payload);
  resting.set(payload, made);
  return made;
}

/** @param {Payload} payload */
function newRests(payload) {
  /** @type {Rests[]} */
  const rests = payload.quotes.map(() => ({
    factors: new Set(),
    branches: new Set(),
    options: new Set(),
    remarks: new Set()
  }));
  /** @param {number[]} quotes @param {keyof Rests} kind @param {(number | string)[]} things */
  const add = (quotes, kind, things) => {
    for (const quote of quotes) {
      for (const thing of things) /** @type {Set<any>} */ (rests[quote][kind]).add(thing);
    }
  };
  payload.factors.forEach(({ quotes, judgement = [] }, factor) =>
    add([...quotes, ...judgement], "factors", [factor])
  );
  payload.options.forEach(({ quotes, does = [] }, option) =>
    add([...quotes, ...does], "options", [option])
  );
  for (const { quotes, options } of payload.groups) add(quotes, "options", options);
  payload.statements.forEach(({ quotes, asks, effects, relation, remark }, statement) => {
    for (const [factor, values] of asks) {
      add(quotes, "factors", [factor]);
      add(
        quotes,
        "branches",
        values.map(value => `${factor} ${value}`)
      );
    }
    add(
      quotes,
      "options",
      effects.map(([option]) => option)
    );
    for (const [, options] of relation?.[1] ?? []) add(quotes, "options", options);
    if (remark) add(quotes, "remarks", [statement]);
  });
  return rests;
}

/**
 * A clause of the text.
 *
 * @param {State} state
 * @param {number[]} quotes
 * @returns {Pointed}
 */
export function pointedWords({ payload }, quotes) {
  const rests = restsOn(payload);
  /** @param {keyof Rests} kind @returns {Set<any>} */
  const all = kind => new Set(quotes.flatMap(number => [...rests[number][kind]]));
  const [factors, branches, options] = [all("factors"), all("branches"), all("options")];
  const parts = [
    ...[...factors].map(factor => {
      const { question, values } = payload.factors[factor];
      const on = values.filter(value => branches.has(`${factor} ${value}`));
      return [question, inARow(on.map(valued))].filter(Boolean).join(" ");
    }),
    ...[...options].map(option => payload.options[option].name),
    ...[...all("remarks")].map(statement => payload.statements[statement].remark)
  ];
  const things = parts.join(" · ");
  const description = say`On these words rest: ${things}`;
  return { quotes: new Set(quotes), factors, branches, options, description };
}

/**
 * A node or a branch of the drawing.
 *
 * @param {State} state
 * @param {number} node
 * @param {number | null} branch
 * @param {string} label  of the part; empty where there is no drawing
 * @returns {Pointed}
 */
export function pointedPart({ payload, tree, shown, answers }, node, branch, label) {
  const { factor, branches = [], standings } = payload.trees[tree].views[shown].nodes[node];
  const { options } = payload.trees[tree];
  const key = branch === null ? "" : `${factor} ${branches[branch][0]}`;
  /** @type {number[]} */
  let numbers = [];
  if (standings) {
    // The words that can give the options these standings for this patient.
    numbers = payload.statements
      .filter(statement =>
        statement.effects.some(
          ([option, standing]) =>
            standings[options.indexOf(option)] === standing &&
            speaks(payload, statement, option, answers) !== false
        )
      )
      .flatMap(({ quotes }) => quotes);
  } else if (factor !== undefined) {
    numbers = restsOn(payload).flatMap(({ branches, factors }, number) =>
      (key ? branches.has(key) : factors.has(factor)) ? number : []
    );
    // A branch that no statement names still has the question's words.
    if (!numbers.length) numbers = payload.factors[factor].quotes;
  }
  const quotes = new Set(numbers);
  const words = [...quotes].map(number => inQuotes(payload.quotes[number][0]));
  const question = factor === undefined ? say`The outcome` : payload.factors[factor].question;
  return {
    ...NOTHING,
    quotes,
    factors: new Set(factor === undefined ? [] : [factor]),
    branches: new Set(key ? [key] : []),
    description: withColon(label || question, words.join(" · "))
  };
}
