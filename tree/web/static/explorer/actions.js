// @ts-check
import { NOTHING, pointedPart, pointedWords } from "./pointing.js";
import { viewOf } from "./state.js";

/**
 * What a person can do in the views of an explorer.
 *
 * @import { Control, Source } from "../explorer.js"
 * @import { Pointed } from "./pointing.js"
 * @import { State } from "./state.js"
 *
 * @typedef {object} Actions
 * @property {(values: string[]) => void} fill  be another patient: a value for each factor
 * @property {(changes: Iterable<[factor: number, value: string]>) => void} change  some answers
 * @property {(factor: number, value: string) => void} choose  a branch
 * @property {(quotes: number[]) => void} pointAtWords
 * @property {(node: number, branch: number | null, label: string) => void} pointAtPart
 * @property {() => void} pointAtNothing
 * @property {(view: number) => void} showView  another form of the tree
 * @property {(tree: number) => void} showTree  another tree
 */

/**
 * @param {State} state
 * @param {Source} source
 * @param {Control[]} controls
 * @param {(scroll: boolean) => void} light  what is pointed at now
 * @param {() => void} rebuild
 * @param {() => void} update
 * @returns {Actions}
 */
export function actionsIn(state, source, controls, light, rebuild, update) {
  /** @param {Pointed} pointed */
  const point = (pointed, scroll = false) => {
    state.pointed = pointed;
    light(scroll);
  };
  /** Several answers in one step. @param {number[][]} all  the places for each factor */
  const give = all => {
    state.giving = true;
    try {
      all.forEach((places, i) => controls[i].set(places, true));
    } finally {
      state.giving = false;
    }
    update();
    const { factors } = state.payload;
    const answers = all.map((places, i) => [
      factors[i].id,
      places.map(at => factors[i].values[at])
    ]);
    source.ask?.({ answers });
  };
  /** @param {number} factor @param {string} value */
  const placeIn = (factor, value) => [state.payload.factors[factor].values.indexOf(value)];
  return {
    fill(values) {
      point(NOTHING);
      give(values.map((value, factor) => placeIn(factor, value)));
    },
    change(changes) {
      const all = controls.map(control => control.get());
      for (const [factor, value] of changes) all[factor] = placeIn(factor, value);
      give(all);
    },
    choose(factor, value) {
      const places = placeIn(factor, value);
      const unknown = state.payload.factors[factor].values.length - 1;
      // The same branch again takes the answer back.
      controls[factor].set(`${controls[factor].get()}` === `${places}` ? [unknown] : places);
    },
    pointAtWords: quotes => point(pointedWords(state, quotes)),
    pointAtPart: (node, branch, label) => point(pointedPart(state, node, branch, label), true),
    pointAtNothing: () => point(NOTHING),
    showView(view) {
      state.shown = view;
      rebuild();
    },
    showTree(tree) {
      if (tree === state.tree) return;
      source.inView?.set(tree);
      state.tree = tree;
      state.shown = 0;
      state.pointed = NOTHING;
      rebuild();
      if (!viewOf(state).svg) source.ask?.({ wants: "drawing", tree });
    }
  };
}
