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

// What is wider (px) has letters below 8 pt on an upright page.
const UPRIGHT = 900;

/** @param {State} state */
export function printTrees(state) {
  const place = make("div", "dtree-print dtree-print-trees");
  beforePrint(() => {
    const { payload, walked } = state;
    const known = state.answers.some(answer => answer !== undefined);
    const concerned = [...payload.trees.keys()].filter(
      tree => tree !== state.tree && (!known || walked.trees[tree].path.length)
    );
    // Pages on their side come last, so that no other one is left half empty.
    const [wide, upright] = [make("div", "dtree-wide"), make("div")];
    for (const tree of concerned) {
      const shown = printed(state, tree);
      if (shown) (isWide(shown) ? wide : upright).append(shown);
    }
    place.replaceChildren(upright, wide);
  });
  return place;
}

/** @param {State} state @param {number} tree */
function printed({ payload, walked, answers }, tree) {
  const { name, views } = payload.trees[tree];
  if (!views[0].svg) return null;
  const nothing = () => {};
  const drawing = draw(views[0], nothing, nothing);
  highlight(drawing, walked.trees[tree], answers);
  advise(drawing, walked.trees[tree]);
  return make("div", {}, heading(0, name), make("div", "dtree-drawing", drawing.svg));
}

/** @param {Element} shown */
const isWide = shown => Number(shown.querySelector("svg")?.getAttribute("width")) > UPRIGHT;
