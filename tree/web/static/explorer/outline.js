// @ts-check
import { capitalized, make } from "./elements.js";
import { arranged, SHOWN_FIRST } from "./outcome.js";

/**
 * The tree as a nested list.
 *
 * @import { Payload, View, Walk } from "./types.js"
 */

/**
 * The tree as a nested list, which says the same as the drawing.
 *
 * @param {Payload} payload
 * @param {View} view
 * @param {Walk} found
 */
export function outline(payload, view, found) {
  const said = { taken: " (taken)", possible: "", "ruled-out": " (ruled out)" };
  // What several branches lead to is written out once, under a number.
  const leading = view.nodes.flatMap(({ branches = [] }) => branches.map(([, target]) => target));
  const shared = [...view.nodes.keys()].filter(
    (index) => leading.indexOf(index) !== leading.lastIndexOf(index),
  );
  /** @type {Set<number>} */
  const written = new Set();
  /** @param {number} index @returns {HTMLElement[]} */
  const lines = (index) => {
    const { factor, branches = [], standings = [] } = view.nodes[index];
    const label = shared.includes(index) ? ` [${shared.indexOf(index) + 1}]` : "";
    if (written.has(index)) return [make("div", {}, `as above${label}`)];
    written.add(index);
    if (factor === undefined) {
      const found = SHOWN_FIRST.flatMap((standing) => {
        const named = [...standings.keys()].filter((i) => standings[i] === standing);
        const names = arranged(payload, named).map(([group, members]) => {
          const list = members.map((i) => payload.options[i].name).join(", ");
          return group ? `${group} (${list})` : list;
        });
        const line = `${payload.standings[standing]}: ${names.join(", ")}`;
        return named.length ? [make("div", {}, line)] : [];
      });
      found[0]?.append(label);
      return found;
    }
    const list = make("ul");
    branches.forEach(([value, target], k) => {
      const state = found.branch(index, k);
      const words = `${capitalized(value)}${said[state]}`;
      const item = make("li", { class: `dtree-${state}` }, make("b", {}, words), ...lines(target));
      list.append(item);
    });
    return [make("div", {}, `${payload.factors[factor].question}${label}`), list];
  };
  return make("div", { class: "dtree-outline" }, ...lines(0));
}
