// @ts-check
import { arranged, everyoneLine, verdictsAt } from "./arranging.js";
import { put, folded, make, on } from "./elements.js";
import { viewOf } from "./state.js";
import { inARow, withColon, say, valued } from "../messages.js";

/**
 * The tree as a nested list, which says the same as the drawing.
 *
 * @import { Payload, View } from "./payload.js"
 * @import { State } from "./state.js"
 * @import { TreeWalk } from "./walking.js"
 */

/** A branch with its state. */
export const branchWords = (/** @type {string} */ value, /** @type {Way} */ way) => {
  const answer = valued(value);
  if (way === "taken") return say`${answer} (taken)`;
  return way === "possible" ? answer : say`${answer} (ruled out)`;
};
/** @typedef {"taken" | "possible" | "ruled-out"} Way */

/**
 * The outline as a view; a large tree brings one of its own.
 *
 * @param {State} state
 */
export function outlineView(state) {
  const place = make("div");
  const element = folded(say`The tree as an outline`, {}, place);
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

/** The tree of a state in words. @param {State} state */
export function outline(state) {
  const { payload, viewed, tree } = state;
  const view = viewOf(state);
  const ways = waysTo(view, viewed);
  const shared = [...view.nodes.keys()].filter(index => ways[index].length > 1);
  /** @param {number} index @returns {HTMLElement[]} */
  const lines = index => {
    const { factor, branches = [] } = view.nodes[index];
    const label = shared.includes(index) ? ` [${shared.indexOf(index) + 1}]` : "";
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
      const words = make("b", {}, branchWords(value, state));
      const isHere = ways[target][0] === `${index} ${k}`;
      const below = isHere
        ? lines(target)
        : [make("div", {}, seeWords(shared.indexOf(target) + 1))];
      list.append(make("li", `dtree-${state}`, words, ...below));
    });
    return [make("div", {}, `${payload.factors[factor].question}${label}`), list];
  };
  return make("div", "dtree-outline", ...lines(0), everyoneLine(state));
}

/** @param {number} number */
const seeWords = number => say`see [${number}]`;

/**
 * The branches that lead to each node, as "node branch". What several lead to is written out once:
 * where the path comes from, or else where it still may; so nothing is taken under what is ruled out.
 *
 * @param {View} view
 * @param {TreeWalk} viewed
 */
function waysTo({ nodes }, viewed) {
  const ranks = ["taken", "possible", "ruled-out"];
  /** @type {[rank: number, way: string][][]} */
  const ways = nodes.map(() => []);
  nodes.forEach(({ branches = [] }, index) =>
    branches.forEach(([, target], k) =>
      ways[target].push([ranks.indexOf(viewed.branch(index, k)), `${index} ${k}`])
    )
  );
  return ways.map(each => each.sort(([a], [b]) => a - b).map(([, way]) => way));
}

/** @param {Payload} payload @param {[string, number[]][]} verdicts */
const outcomeLines = (payload, verdicts) =>
  verdicts.map(([verdict, options]) => {
    const names = arranged(payload, options).map(([group, members]) => {
      const list = inARow(members.map(i => payload.options[i].name));
      return group ? `${group} (${list})` : list;
    });
    return make("div", {}, withColon(verdict, inARow(names)));
  });
