// @ts-check
import { plural, say } from "../messages.js";

/** @import { State } from "../explorer/state.js" */

/**
 * The trees on which the last answers changed something. To begin anew is no news.
 *
 * @param {State} state
 */
export const changedTrees = ({ before = [], walked, answers }) =>
  before.flatMap(({ possible }, at) =>
    answers.some(Boolean) && `${walked.trees[at]?.possible()}` !== `${possible()}` ? at : []
  );

/** The same in words, without the tree in view. @param {State} state */
export function changedToo(state) {
  const others = changedTrees(state)
    .filter(at => at !== state.tree)
    .map(at => state.payload.trees[at].name);
  if (!others.length) return [];
  const few =
    others.length < 3
      ? others.join("; ")
      : plural("{count} other tree", "{count} other trees", others.length);
  return [say`Your last answer also changed: ${few}`];
}
