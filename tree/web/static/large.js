// @ts-check
import { heading } from "./explorer/elements.js";
import { extras } from "./explorer/extras.js";
import { showNode } from "./explorer/highlighting.js";
import { viewOf } from "./explorer/state.js";
import { endOf } from "./explorer/walking.js";
import { outlineOf } from "./large/opening_outline.js";
import { markHits, search } from "./large/search.js";
import { say } from "./messages.js";

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
    print: paper => paper.append(heading(0, say`The tree`), outline.element.cloneNode(true)),
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
