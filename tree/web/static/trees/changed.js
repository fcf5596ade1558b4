// @ts-check
import { inTurn, plural, say } from "../messages.js";

/**
 * @import { State } from "../explorer/state.js"
 * @import { Walk } from "../explorer/walking.js"
 */

/** Of each walk it is worked out once. @type {WeakMap<Walk, number[]>} */
const changedIn = new WeakMap();

/**
 * The trees on which the last answers changed something. To begin anew is no news.
 *
 * @param {State} state
 */
export function changedTrees({ before = [], walked, answers }) {
  const found =
    changedIn.get(walked) ??
    before.flatMap(({ possible }, at) =>
      answers.some(Boolean) && `${walked.trees[at]?.possible()}` !== `${possible()}` ? at : []
    );
  changedIn.set(walked, found);
  return found;
}

/** The same in words, without the tree in view. @param {State} state */
export function changedToo(state) {
  const others = changedTrees(state)
    .filter(at => at !== state.tree)
    .map(at => state.payload.trees[at].name);
  if (!others.length) return [];
  const few =
    others.length < 3
      ? inTurn(others)
      : plural("{count} other tree", "{count} other trees", others.length);
  return [say`Your last answer also changed: ${few}`];
}
