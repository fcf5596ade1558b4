// @ts-check
import { everyoneLine } from "./explorer/arranging.js";
import { button, folded, heading, make, write } from "./explorer/elements.js";
import { extras } from "./explorer/extras.js";
import { treeAsked } from "./trees/address.js";
import { changedToo } from "./trees/changed.js";
import { tableOf } from "./trees/decision_table.js";
import { takePacked } from "./trees/drawings.js";
import { listOfTrees } from "./trees/list.js";
import { say } from "./messages.js";

/**
 * What a guide of several trees needs: a list of them, of which one is in view; the decision table
 * of that one; and all that concern a case on paper.
 *
 * @import { State } from "./explorer/state.js"
 */

// Where there is less room, the list stands above the tree, folded.
const WIDE = 1060; // px

extras.drawings = takePacked;
extras.treeAsked = treeAsked;
extras.changedToo = changedToo;

extras.trees = (state, _source, { showTree }) => {
  const list = listOfTrees(state, tree => {
    showTree(tree);
    // Whoever has read on below would see nothing of it.
    if (isWide) return place.querySelector(".dtree-asking")?.scrollIntoView({ block: "nearest" });
    menu.open = false;
    summary.focus();
  });
  const everyone = make("p", "dtree-note");
  const most = button("", () => showTree(treeThatAsks(state, state.settlesMost())), {
    class: "dtree-settles"
  });
  const menu = folded("", {}, most, list.element, everyone);
  const summary = /** @type {HTMLElement} */ (menu.firstElementChild);
  const nav = make("nav", { class: "dtree-trees", "aria-label": say`The trees` }, menu);
  const table = tableOf(state);
  const name = make("div", "dtree-print", heading(0, ""));
  const place = make("div", {}, nav);
  let isWide = false;
  new ResizeObserver(() => {
    const now = place.clientWidth >= WIDE;
    if (now !== isWide) menu.open = now;
    isWide = now;
  }).observe(place);
  const several = () => state.payload.trees.length > 1;
  return {
    around(...parts) {
      place.append(make("div", {}, name, ...parts, table.element));
      return place;
    },
    rebuild() {
      nav.hidden = !several();
      table.element.hidden = !several();
      place.className = several() ? "dtree-several" : "";
      list.rebuild();
      table.rebuild();
    },
    render() {
      if (!several()) return;
      write(/** @type {Element} */ (name.firstElementChild), state.payload.trees[state.tree].name);
      summary.textContent = summaryOf(state);
      const settling = state.settlesMost();
      most.hidden = settling === null;
      const { question = "", short = question } = state.payload.factors[settling ?? 0];
      write(most, say`Tells you most: ${short}`);
      everyone.textContent = everyoneLine(state);
      list.render();
    }
  };
};

/** @param {State} state @param {number | null} factor */
const treeThatAsks = ({ payload: { trees } }, factor) =>
  trees.findIndex(({ views }) => views[0].nodes.some(node => node.factor === factor));

/** @param {State} state */
function summaryOf({ payload: { trees }, walked, tree }) {
  const settled = walked.trees.filter(({ outcomes }) => outcomes === 1).length;
  const [number, count, { name }] = [tree + 1, trees.length, trees[tree]];
  return say`Tree ${number} of ${count}: ${name} · ${settled} settled`;
}
