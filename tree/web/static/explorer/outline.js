// @ts-check
import { arranged, everyoneLine, verdictsAt } from "./arranging.js";
import { capitalized, put, folded, make, on } from "./elements.js";
import { viewOf } from "./state.js";

/**
 * The tree as a nested list, which says the same as the drawing.
 *
 * @import { Payload } from "./payload.js"
 * @import { State } from "./state.js"
 */

/** What stands behind a branch, by its state. */
export const IN_WORDS = { taken: " (taken)", possible: "", "ruled-out": " (ruled out)" };

/**
 * The outline as a view; a large tree brings one of its own.
 *
 * @param {State} state
 */
export function outlineView(state) {
  const place = make("div");
  const element = folded("The tree as an outline", {}, place);
  const render = () => {
    if (state.large || !element.open) return;
    put(place, outline(state));
  };
  on(element, "toggle", render);
  return {
    element,
    render,
    rebuild() {
      put(place, ...(state.large ? [state.large.outline] : []));
    }
  };
}

/**
 * @param {State} state
 */
function outline(state) {
  const { payload, viewed, tree } = state;
  const view = viewOf(state);
  // What several branches lead to is written out once, under a number.
  const leading = view.nodes.flatMap(({ branches = [] }) => branches.map(([, target]) => target));
  const shared = [...view.nodes.keys()].filter(
    index => leading.indexOf(index) !== leading.lastIndexOf(index)
  );
  /** @type {Set<number>} */
  const written = new Set();
  /** @param {number} index @returns {HTMLElement[]} */
  const lines = index => {
    const { factor, branches = [] } = view.nodes[index];
    const label = shared.includes(index) ? ` [${shared.indexOf(index) + 1}]` : "";
    if (written.has(index)) return [make("div", {}, `as above${label}`)];
    written.add(index);
    if (factor === undefined) {
      const outcome = outcomeLines(
        payload,
        verdictsAt(payload, payload.trees[tree], view.nodes[index])
      );
      outcome[0]?.append(label);
      return outcome;
    }
    const list = make("ul");
    branches.forEach(([value, target], k) => {
      const state = viewed.branch(index, k);
      const words = make("b", {}, `${capitalized(value)}${IN_WORDS[state]}`);
      list.append(make("li", `dtree-${state}`, words, ...lines(target)));
    });
    return [make("div", {}, `${payload.factors[factor].question}${label}`), list];
  };
  return make("div", "dtree-outline", ...lines(0), everyoneLine(state));
}

/** @param {Payload} payload @param {[string, number[]][]} verdicts */
const outcomeLines = (payload, verdicts) =>
  verdicts.map(([verdict, options]) => {
    const names = arranged(payload, options).map(([group, members]) => {
      const list = members.map(i => payload.options[i].name).join(", ");
      return group ? `${group} (${list})` : list;
    });
    return make("div", {}, `${verdict}: ${names.join(", ")}`);
  });
