// @ts-check
import { besideLine } from "./arranging.js";
import { put, make, write } from "./elements.js";
import { extras } from "./extras.js";
import { fitDrawing } from "./fitting.js";
import { advise, fitWords, followPath, highlight, lightPieces } from "./highlighting.js";
import { draw } from "./pieces.js";
import { viewOf } from "./state.js";
import { takeAlong, zoom } from "./taking.js";
import { say, valued } from "../messages.js";

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
    "aria-label": say`The drawing`
  });
  const [above, everyone] = [make("div"), make("p", "dtree-everyone")];
  const steps = make("div", "dtree-steps");
  const fit = () => {
    for (const hidden of [true, false]) {
      steps.hidden = hidden;
      if (fitDrawing(frame, drawing.svg, source.address !== undefined)) return;
    }
  };
  const shown = () => drawing.svg;
  const tools = make("div", "dtree-tools", zoom(shown, fit), takeAlong(shown, source));

  /** @param {number} node @param {number | null} branch */
  const point = (node, branch) => {
    const piece = branch === null ? drawing.nodes[node] : drawing.branches[node][branch];
    // The path can be pointed at before there is a drawing.
    pointAtPart(node, branch, piece?.element.getAttribute("aria-label") ?? "");
  };
  const show = () => {
    const view = viewOf(state);
    drawing = draw(view, choose, point);
    put(
      frame,
      view.svg ? drawing.svg : make("p", { role: "status" }, view.problem ?? say`Drawing …`)
    );
  };
  return {
    // The outer one is as high as the questions: beside the last of them, the inner one ends, too.
    element: make("div", "dtree-drawn", make("div", {}, above, frame, steps, tools, everyone)),
    show,
    fit,
    rebuild() {
      state.large = viewOf(state).large ? extras.large?.(state, () => drawing) : undefined;
      put(above, ...(state.large ? [state.large.search] : []));
      show();
    },
    highlight: () => highlight(drawing, state.viewed, state.answers),
    render() {
      advise(drawing, state.viewed);
      put(steps, ...stepsOf(state));
      write(everyone, besideLine(state));
      state.large?.show(state.viewed);
    },
    light: () => lightPieces(drawing, state.pointed),
    follow: () => followPath(drawing, state.viewed),
    /** All that asks where things stand, together: what is shown is laid out for it. */
    measure() {
      fitWords(drawing.nodes);
      fit();
      followPath(drawing, state.viewed);
    }
  };
}

/** The path in words, in a row for each step. @param {State} state */
const stepsOf = ({ payload, viewed, tree, shown }) =>
  viewed.path.map(([node, value]) => {
    const { factor = 0 } = payload.trees[tree].views[shown].nodes[node];
    const { question: title, short } = payload.factors[factor];
    return make("div", { title }, make("span", {}, short ?? title), make("b", {}, valued(value)));
  });
