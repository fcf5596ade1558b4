// @ts-check
import { capitalized, folded, make, on, put } from "../explorer/elements.js";
import { firmly, firmness } from "../explorer/firmness.js";

/**
 * The decision table of the tree in view, made when it is opened.
 *
 * @import { Answers, Payload } from "../explorer/payload.js"
 * @import { State } from "../explorer/state.js"
 */

const MOST_PATHS = 200;

/** @param {State} state */
export function tableOf(state) {
  const place = make("div", {
    class: "dtree-scroll",
    tabindex: "0",
    role: "region",
    "aria-label": "Decision table"
  });
  const element = folded("Decision table", "dtree-table", place);
  const fill = () => {
    if (element.open) put(place, ...table(state));
  };
  on(element, "toggle", fill);
  return { element, rebuild: fill };
}

/** @param {State} state */
function table({ payload, tree }) {
  const { nodes } = payload.trees[tree].views[0];
  const { options } = payload.trees[tree];
  const asked = payload.order.filter(factor => nodes.some(node => node.factor === factor));
  const paths = pathsOf(payload, tree);
  const rows = paths.slice(0, MOST_PATHS).map(({ answers, standings }) => [
    ...asked.map(factor => capitalized(`${answers[factor] ?? "any"}`)),
    ...options.map((option, i) => {
      const firm = firmness(payload, answers, option, standings[i]);
      return firmly(payload.standings[standings[i]], firm);
    })
  ]);
  const heads = [
    ...asked.map(factor => payload.factors[factor]).map(({ short, question }) => short ?? question),
    ...options.map(option => payload.options[option]).map(({ short, name }) => short ?? name)
  ];
  const row = (/** @type {string[]} */ cells, /** @type {string} */ tag) =>
    make("tr", {}, ...cells.map(words => make(tag, {}, words)));
  const some = paths.length > MOST_PATHS ? [`The first ${MOST_PATHS} paths.`] : [];
  return [...some, make("table", {}, row(heads, "th"), ...rows.map(cells => row(cells, "td")))];
}

/**
 * The paths of a tree in order, one more than are shown where there are more.
 *
 * @param {Payload} payload
 * @param {number} tree
 */
function pathsOf({ factors, trees }, tree) {
  const { nodes } = trees[tree].views[0];
  /** @type {{answers: Answers, standings: string[]}[]} */
  const found = [];
  /** @param {number} at @param {Answers} answers */
  const go = (at, answers) => {
    const { factor = 0, branches = [], standings } = nodes[at];
    if (found.length > MOST_PATHS) return;
    if (standings) found.push({ answers, standings });
    for (const [value, target] of branches) {
      const after = [...answers];
      after[factor] = value;
      go(target, after);
    }
  };
  go(0, Array(factors.length).fill(undefined));
  return found;
}
