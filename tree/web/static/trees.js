// @ts-check
import { byStanding } from "./explorer/arranging.js";
import { button, make, write } from "./explorer/elements.js";
import { extras } from "./explorer/extras.js";

/**
 * What a guide of several trees needs: a list of them, each with what it says of the patient, of
 * which one is in view.
 *
 * @import { State } from "./explorer/state.js"
 */

extras.trees = (state, { showTree }) => {
  const entries = state.payload.trees.map((_, tree) => entry(tree, showTree));
  const list = make("ul", {}, ...entries.map(({ item }) => item));
  const element = make("nav", { class: "dtree-trees", "aria-label": "The trees" }, list);
  return {
    element,
    render() {
      const { trees } = state.payload;
      element.hidden = trees.length < 2;
      // Whose words make the trees may have changed, and with it the trees.
      while (entries.length < trees.length) {
        entries.push(entry(entries.length, showTree));
        list.append(entries[entries.length - 1].item);
      }
      entries.forEach(({ item, show }, tree) => {
        item.hidden = tree >= trees.length;
        if (!item.hidden) show(state);
      });
    }
  };
};

/**
 * A tree in the list.
 *
 * @param {number} tree
 * @param {(tree: number) => void} showTree
 */
function entry(tree, showTree) {
  const [name, verdict] = [make("b"), make("span")];
  const press = button("", () => showTree(tree));
  press.append(name, " ", verdict);
  return {
    item: make("li", {}, press),
    /** @param {State} state */
    show(state) {
      const changed = state.changed.includes(tree) && tree !== state.tree;
      write(name, state.payload.trees[tree].name);
      write(verdict, `${changed ? "changed · " : ""}${verdictOf(state, tree)}`);
      press.classList.toggle("dtree-changed", changed);
      press.setAttribute("aria-pressed", `${tree === state.tree}`);
    }
  };
}

/**
 * What a tree says of the patient, in a line.
 *
 * @param {State} state
 * @param {number} tree
 */
function verdictOf({ payload, walked }, tree) {
  const { path, outcomes } = walked.trees[tree];
  if (outcomes > 1) return path.length ? `open, ${outcomes} outcomes left` : "open";
  const { options } = payload.trees[tree];
  return byStanding(payload, walked, tree)
    .map(([standing, found]) => [standing, found.filter(option => options.includes(option))])
    .filter(([, found]) => found.length)
    .map(([standing, found]) => {
      const names = /** @type {number[]} */ (found).map(option => payload.options[option].name);
      return options.length > 1 ? `${standing}: ${names.join(", ")}` : standing;
    })
    .join("; ");
}
