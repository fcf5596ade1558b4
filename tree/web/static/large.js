// @ts-check
import { extras } from "./explorer/extras.js";
import { showNode } from "./explorer/highlighting.js";
import { viewOf } from "./explorer/state.js";
import { endOf } from "./explorer/walking.js";
import { outlineOf } from "./large/opening_outline.js";
import { markHits, search } from "./large/search.js";

/**
 * What a large tree has beside its drawing, which scrolls in its frame like any other: a search,
 * and an outline that opens step by step. The drawing's view calls it where a tree is large.
 */

extras.large = (state, drawn) => {
  const { payload } = state;
  const tree = payload.trees[state.tree];
  const view = viewOf(state);
  // The path that was shown last. At first there is none, so that the outline opens.
  let path = "none";
  const outline = outlineOf(payload, tree, view);
  const found = search(payload, tree, view, {
    mark(hits, current) {
      markHits(drawn(), hits, current);
      outline.mark(hits, current);
    },
    visit: node => showNode(drawn(), node)
  });
  return {
    search: found,
    outline: outline.element,
    show(walked) {
      const { svg, nodes, stopAt } = drawn();
      const end = nodes[endOf(walked)];
      // The Tab key comes to the end of the path, but who goes on by arrow keys stays where they are.
      if (end && !svg.contains(document.activeElement)) stopAt(end.element);
      const now = walked.path.join();
      outline.show(walked, now !== path);
      path = now;
    }
  };
};

// On paper the outline as far as it is open, along the path at least.
extras.opened = ({ payload, tree, viewed, large }, isInView) => {
  if (large && isInView) return /** @type {HTMLElement} */ (large.outline.cloneNode(true));
  const { element, show } = outlineOf(payload, payload.trees[tree], payload.trees[tree].views[0]);
  show(viewed, true);
  return element;
};
