// @ts-check
import { actionsIn } from "./explorer/actions.js";
import { afterFrame, on } from "./explorer/elements.js";
import { onResize } from "./explorer/fitting.js";
import { newState, takePayload, walkAgain } from "./explorer/state.js";
import { all, layOut, makeViews, outlineFirst } from "./explorer/views.js";
import { once } from "./explorer/walking.js";

/**
 * The explorer: one state and the views that render from it. An answer changes the state; the path
 * lights up at once, then frame by frame come the verdict, the rest of the drawing, all other views.
 *
 * notebook.js shows it in notebooks, page.js in a page of its own; large.js adds what large trees
 * need, practice.js practice in the page. `tree/web/bundle.py` joins them, with the modules in the
 * folders of their names, to one module, so no two may give the same name at their top level. The
 * explorer holds no medical rules: all it knows comes from the payload. Text enters the page
 * through textContent only; the drawing is the one piece of markup, made by Graphviz.
 *
 * @import { Payload } from "./explorer/payload.js"
 * @import { InView } from "./trees/address.js"
 *
 * @typedef {object} Control  what answers one question
 * @property {(place: HTMLElement, label: string) => void} attach
 * @property {() => number[]} get  the places of the values that are left, or of unknown
 * @property {(places: number[], together?: boolean) => void} set  `together`: with other answers
 * @property {(changed: (answered?: number) => void) => void} listen  `answered`: which question it
 *   answers, where no other has a new answer
 *
 * @typedef {object} Source  where the explorer gets its payload from
 * @property {() => Payload} payload
 * @property {(changed: () => void) => void} listen
 * @property {(name: "passages" | "order", value: string[]) => void} [set]
 * @property {(words: object) => void} [ask]
 * @property {boolean} [address]  whether the address holds the patient
 * @property {InView} [inView]  which tree is, where something else decides it, too
 * @property {(take: (tree: number, svg: string, problem: string) => void) => void} [drawn]  for
 *   drawings that come later than the payload
 */

/**
 * Show a guide in an element.
 *
 * @param {HTMLElement} place
 * @param {Source} source
 * @param {Control[]} controls  one for each factor, in the order of the payload's factors
 */
export function mount(place, source, controls) {
  const state = newState(source.payload());
  const { inView } = source;
  state.tree = inView?.get() ?? 0;
  const arrange = once(() => outlineFirst(state, root, outline.element));
  const rebuild = () => {
    takePayload(state, source.payload(), controls);
    all(views, "rebuild");
    drawing.highlight();
    // With the branch and the verdict it answers. The rest is there when it is painted, and is
    // measured when it is laid out anyway, so that nothing waits for it.
    notices.render();
    requestAnimationFrame(() => {
      all(views, "render");
      arrange();
      drawing.measure();
    });
  };
  const light = (/** @type {boolean} */ scroll) => all(views, "light", scroll);
  const actions = actionsIn(state, source, controls, light, rebuild, () => update());
  const views = makeViews(state, source, controls, actions);
  const { drawing, notices, outline, settings } = views;
  const root = layOut(state, views);
  // JupyterLab would take arrows, Enter and letters for its own.
  on(root, "keydown", event => {
    if (event.key === "Escape") actions.pointAtNothing();
    event.stopPropagation();
  });
  place.append(root);
  rebuild();

  // All in one frame would take longer than a frame has: a drawing that is scrolled is laid out
  // before the next one begins, and what is dressed anew with it.
  const renderAll = afterFrame(() => all(views, "render"));
  const renderDrawing = afterFrame(() => {
    drawing.render();
    renderAll();
  });
  const renderSoon = afterFrame(() => {
    // What measures comes before what changes the page.
    drawing.follow();
    notices.render();
    renderDrawing();
  });
  /** @param {number} [answered]  the question, where no other has a new answer */
  const update = answered => {
    if (state.giving) return;
    walkAgain(state, controls, answered);
    drawing.highlight();
    renderSoon();
  };
  source.drawn?.((tree, svg, problem) => {
    Object.assign(state.payload.trees[tree].views[0], { svg, problem });
    if (tree !== state.tree) return;
    drawing.show();
    update();
    requestAnimationFrame(drawing.measure);
  });
  onResize(root, drawing.fit);
  source.listen(() => {
    settings?.answered();
    rebuild();
  });
  for (const control of controls) control.listen(update);
  inView?.listen(() => actions.showTree(inView.get()));
}
