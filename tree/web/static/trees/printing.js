// @ts-check
import { beforePrint, heading, make } from "../explorer/elements.js";
import { advise, highlight } from "../explorer/highlighting.js";
import { draw } from "../explorer/pieces.js";

/**
 * The trees beside the one in view, on paper: those that concern this case, that is on which it
 * comes somewhere; all of them where nothing is known of it.
 *
 * @import { State } from "../explorer/state.js"
 */

/** @param {State} state */
export function printTrees(state) {
  const place = make("div", "dtree-print dtree-print-trees");
  beforePrint(() => {
    const { payload, walked } = state;
    const known = state.answers.some(answer => answer !== undefined);
    const concerned = [...payload.trees.keys()].filter(
      tree => tree !== state.tree && (!known || walked.trees[tree].path.length)
    );
    place.replaceChildren(...concerned.flatMap(tree => printed(state, tree)));
  });
  return place;
}

/** @param {State} state @param {number} tree */
function printed({ payload, walked, answers }, tree) {
  const { name, views } = payload.trees[tree];
  if (!views[0].svg) return [];
  const nothing = () => {};
  const drawing = draw(views[0], nothing, nothing);
  highlight(drawing, walked.trees[tree], answers);
  advise(drawing, walked.trees[tree]);
  return [heading(0, name), make("div", "dtree-drawing", drawing.svg)];
}
