// @ts-check
import { folded, make, on, put } from "../explorer/elements.js";
import { firmly, firmness } from "../explorer/firmness.js";
import { say, valued } from "../messages.js";

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
    "aria-label": say`Decision table`
  });
  const element = folded(say`Decision table`, "dtree-table", place);
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
    ...asked.map(factor => valued(`${answers[factor] ?? "any"}`)),
    ...options.map((option, i) => {
      const firm = firmness(payload, answers, option, standings[i]);
      return firmly(payload.standings[standings[i]], firm);
    })
  ]);
  /** @param {string} whole @param {string} [short] */
  const head = (whole, short) => make("th", short ? { title: whole } : {}, short ?? whole);
  const heads = [
    ...asked.map(factor => head(payload.factors[factor].question, payload.factors[factor].short)),
    ...options.map(option => head(payload.options[option].name, payload.options[option].short))
  ];
  const count = MOST_PATHS;
  const some = paths.length > count ? [say`The first ${count} paths.`] : [];
  const lines = rows.map(cells => make("tr", {}, ...cells.map(words => make("td", {}, words))));
  return [...some, make("table", {}, make("tr", {}, ...heads), ...lines)];
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
