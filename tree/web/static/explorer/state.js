// @ts-check
import { UNKNOWN } from "./changing.js";
import { NOTHING } from "./pointing.js";
import { settlesMost } from "./settling.js";
import { once, walk, walkTree } from "./walking.js";

/**
 * What an explorer shows. All its views render from this one object.
 *
 * @import { Control } from "../explorer.js"
 * @import { Large } from "./extras.js"
 * @import { Answers, Payload } from "./payload.js"
 * @import { Pointed } from "./pointing.js"
 * @import { TreeWalk, Walk } from "./walking.js"
 *
 * @typedef {object} State
 * @property {Payload} payload
 * @property {number} tree  which of the payload's trees
 * @property {number} shown  which of its views
 * @property {Answers} answers
 * @property {Walk} walked
 * @property {boolean} [giving]  while several answers change in one step
 * @property {TreeWalk[]} [before]  what was walked before the last answers
 * @property {() => number | null} settlesMost  the open question that does, of all trees
 * @property {TreeWalk} viewed  the walk of the view that is shown
 * @property {Pointed} pointed  what a person points at
 * @property {Map<number, boolean>} opened  options that a person has opened or closed
 * @property {Map<number, boolean>} asked  options of which a person has asked what would change
 *   them
 * @property {Large} [large]  what a large tree has more, and an outline of its own
 */

/** What an explorer begins with; `takePayload` adds the rest. @param {Payload} payload */
export const newState = payload =>
  /** @type {State} */ ({
    payload,
    tree: 0,
    shown: 0,
    pointed: NOTHING,
    opened: new Map(),
    asked: new Map()
  });

/**
 * Another payload, for instance with the questions in another order, or another view of it.
 *
 * @param {State} state
 * @param {Payload} payload
 * @param {Control[]} controls
 */
export function takePayload(state, payload, controls) {
  if (payload !== state.payload) state.before = undefined;
  state.payload = payload;
  state.tree = Math.min(state.tree, payload.trees.length - 1);
  state.shown = Math.min(state.shown, payload.trees[state.tree].views.length - 1);
  walkAgain(state, controls);
}

/**
 * Walk with the answers that the controls have now.
 *
 * @param {State} state
 * @param {Control[]} controls
 * @param {number} [answered]  which of them alone has another one; all are read without it
 */
export function walkAgain(state, controls, answered) {
  const { payload, shown, tree } = state;
  const answers = payload.factors.map(({ values }, i) => {
    if ((answered ?? i) !== i) return state.answers[i];
    const left = controls[i].get().map(place => values[place]);
    return left[1] ? left : left[0] === UNKNOWN ? undefined : left[0];
  });
  if (`${answers}` !== `${state.answers}`) state.before = state.walked?.trees;
  state.answers = answers;
  state.walked = walk(payload, answers);
  state.settlesMost = once(() => settlesMost(payload, answers, state.walked));
  state.viewed = shown ? walkTree(payload, answers, viewOf(state)) : state.walked.trees[tree];
}

/** @param {State} state */
export const viewOf = ({ payload, tree, shown }) => payload.trees[tree].views[shown];
