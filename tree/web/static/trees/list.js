// @ts-check
import { SHOWN_FIRST } from "../explorer/arranging.js";
import { button, make, moveAlong, on, statusLine, write } from "../explorer/elements.js";
import { changedTrees } from "./changed.js";
import { inARow, inTurn, withColon, plural, say } from "../messages.js";

/**
 * The list of trees: each with what it says of the patient in a line. One Tab stop; arrow keys go
 * from tree to tree.
 *
 * @import { State } from "../explorer/state.js"
 * @typedef {ReturnType<typeof newEntry>} Entry
 */

// Of more trees than this, some can be looked for by their words.
const MOST_SEEN = 12;

/**
 * @param {State} state
 * @param {(tree: number) => void} show
 */
export function listOfTrees(state, show) {
  /** @type {Entry[]} */
  const entries = [];
  const list = make("ul");
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "search" }));
  const found = statusLine("span");
  /** @type {HTMLElement[]}  what can be pressed of those that are there */
  const seen = [];
  const stopAt = moveAlong(list, seen);
  const finder = make(
    "div",
    "dtree-finder",
    make("label", {}, say`Search all trees`, " ", field),
    found
  );
  const look = () => {
    const asked = plain(field.value);
    state.payload.trees.forEach((_, tree) => {
      entries[tree].item.hidden = !wordsOfTree(state, tree).includes(asked);
    });
    const here = entries.filter(({ item }) => !item.hidden);
    const count = here.length;
    write(found, asked && plural("{count} tree", "{count} trees", count));
    seen.splice(0, seen.length, ...here.map(({ press }) => press));
    const { press } = here.find(({ tree }) => tree === state.tree) ?? here[0] ?? {};
    if (press) stopAt(press);
  };
  on(field, "input", look);
  /** Scrolls the list alone. @param {HTMLElement} item */
  const bring = ({ offsetTop, offsetHeight }) => {
    const seen = offsetTop >= list.scrollTop;
    if (!seen || offsetTop + offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = offsetTop - list.clientHeight / 2;
    }
  };
  return {
    element: make("div", {}, finder, list),
    rebuild() {
      const { trees } = state.payload;
      // Whose words make the trees may have changed, and with it the trees.
      while (entries.length < trees.length) {
        const entry = newEntry(entries.length, show);
        entries.push(entry);
        list.append(entry.item);
      }
      for (const { item } of entries.splice(trees.length)) item.remove();
      finder.hidden = trees.length <= MOST_SEEN;
      if (finder.hidden) field.value = "";
      look();
      // Measured when it is laid out anyway.
      requestAnimationFrame(() => bring(entries[state.tree].item));
    },
    render() {
      const changed = changedTrees(state);
      for (const entry of entries) showEntry(state, entry, changed.includes(entry.tree));
    }
  };
}

/**
 * @param {number} tree
 * @param {(tree: number) => void} show
 */
function newEntry(tree, show) {
  const [name, verdict] = [make("b"), make("span")];
  const press = button("", () => show(tree), { tabindex: "-1" });
  press.append(name, " ", verdict);
  return { tree, press, name, verdict, item: make("li", {}, press) };
}

/** @param {State} state @param {Entry} entry @param {boolean} changed */
function showEntry(state, { tree, press, name, verdict }, changed) {
  const isOpen = state.walked.trees[tree].outcomes > 1;
  write(name, state.payload.trees[tree].name);
  const words = verdictOf(state, tree);
  write(verdict, changed ? say`changed: ${words}` : words);
  const worn = `${isOpen ? "dtree-open" : ""}${changed ? " dtree-changed" : ""}`;
  if (press.className !== worn) press.className = worn;
  const current = `${tree === state.tree}`;
  if (press.getAttribute("aria-current") !== current) press.setAttribute("aria-current", current);
}

/**
 * What a tree says of the patient, in a line.
 *
 * @param {State} state
 * @param {number} tree
 */
function verdictOf({ payload, walked }, tree) {
  const { path, outcomes, possible } = walked.trees[tree];
  if (outcomes > 1) return path.length ? say`open, ${outcomes} outcomes left` : say`open`;
  const { options } = payload.trees[tree];
  const said = SHOWN_FIRST.flatMap(standing => {
    const having = options.filter((_, i) => possible()[i][0] === standing);
    const label = payload.standings[standing];
    if (having.length === options.length) return [label];
    const names = having.map(option => payload.options[option].name);
    return names.length ? [withColon(label, inARow(names))] : [];
  });
  return inTurn(said);
}

/** @param {string} words */
const plain = words => words.toLowerCase().trim().replace(/\s+/g, " ");

/** Each is made once. @type {WeakMap<object, string>} */
const wordsOfTrees = new WeakMap();

/**
 * The words of a tree: its name, questions and options.
 *
 * @param {State} state
 * @param {number} tree
 */
function wordsOfTree({ payload }, tree) {
  const shown = payload.trees[tree];
  const words = wordsOfTrees.get(shown);
  if (words !== undefined) return words;
  const asked = new Set(shown.views[0].nodes.flatMap(({ factor }) => factor ?? []));
  const all = [
    shown.name,
    ...[...asked].flatMap(i => {
      const { question, short = "", values } = payload.factors[i];
      return [question, short, ...values];
    }),
    ...shown.options.flatMap(i => {
      const { name, short = "", synonyms = [] } = payload.options[i];
      return [name, short, ...synonyms];
    })
  ];
  const made = all.map(plain).join("\n");
  wordsOfTrees.set(shown, made);
  return made;
}
