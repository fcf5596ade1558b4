// @ts-check
import { besideLine } from "./arranging.js";
import { put, make, write } from "./elements.js";
import { extras } from "./extras.js";
import { fitDrawing } from "./fitting.js";
import { advise, fitWords, followPath, highlight, lightPieces } from "./highlighting.js";
import { draw } from "./pieces.js";
import { viewOf } from "./state.js";
import { takeAlong, zoom } from "./taking.js";

/**
 * The drawing as a view, with the buttons around it.
 *
 * @import { Source } from "../explorer.js"
 * @import { Actions } from "./actions.js"
 * @import { Drawn } from "./pieces.js"
 * @import { State } from "./state.js"
 */

/**
 * @param {State} state
 * @param {Source} source
 * @param {Actions} actions
 */
export function drawingView(state, source, { choose, pointAtPart }) {
  /** @type {Drawn} */
  let drawing;
  const frame = make("div", {
    class: "dtree-drawing",
    role: "region",
    "aria-label": "The drawing"
  });
  const [bar, zoomPlace, everyone] = [make("div"), make("div"), make("p", "dtree-everyone")];
  const fit = () => state.large || fitDrawing(frame, drawing.svg, source.address !== undefined);
  const along = takeAlong(() => state.large?.whole() ?? drawing.svg, source);
  const tools = make("div", "dtree-tools", zoomPlace, along);

  /** @param {number} node @param {number | null} branch */
  const point = (node, branch) => {
    const piece = branch === null ? drawing.nodes[node] : drawing.branches[node][branch];
    // The path can be pointed at before there is a drawing.
    pointAtPart(node, branch, piece?.element.getAttribute("aria-label") ?? "");
  };
  const show = () => {
    const view = viewOf(state);
    drawing = draw(view, choose, point);
    const { large } = state;
    if (!large) put(frame, view.svg ? drawing.svg : (view.problem ?? "…"));
    else if (view.svg) large.take(drawing);
    else if (view.problem) large.fail(view.problem);
  };
  return {
    element: make("div", "dtree-drawn", bar, frame, everyone, tools),
    show,
    fit,
    rebuild() {
      const view = viewOf(state);
      state.large?.close();
      const { payload, tree } = state;
      const large = view.large
        ? extras.large?.(payload, payload.trees[tree], view, frame, point)
        : undefined;
      state.large = large;
      // Of the usual drawing a part is focused, of which there may be none in sight here.
      frame.tabIndex = large ? 0 : -1;
      frame.closest(".dtree")?.classList.toggle("dtree-large", large !== undefined);
      put(bar, ...(large ? [large.bar] : []));
      put(zoomPlace, large?.zoom ?? zoom(() => drawing.svg, fit));
      show();
    },
    highlight: () => highlight(drawing, state.viewed, state.answers),
    render() {
      advise(drawing, state.viewed);
      write(everyone, besideLine(state));
      state.large?.show(state.viewed);
    },
    light: () => lightPieces(drawing, state.pointed),
    follow: () => state.large || followPath(drawing, state.viewed),
    fitWords: () => state.large || fitWords(drawing.nodes)
  };
}
