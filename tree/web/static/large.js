// @ts-check
import { extras } from "./explorer.js";
import { button, capitalized, make } from "./explorer/elements.js";
import { endOf } from "./explorer/walking.js";
import { lens, READABLE } from "./large/lens.js";
import { search } from "./large/search.js";
import { outlineOf } from "./large/steps.js";

/**
 * What a large tree needs: a drawing of which only what is in sight is in the page, with
 * zoom, folding and search; the way there as crumbs; an outline that opens step by step.
 * Part of the page or widget beside explorer.js, which calls it where a tree is large.
 *
 * @import { Payload, View, Walk } from "./explorer/types.js"
 */

/**
 * A choice that stays as it was last made, where the browser keeps such things.
 *
 * @param {string} name
 * @param {string} words
 * @param {boolean} usually
 * @param {() => void} act
 */
function keptChoice(name, words, usually, act) {
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  box.checked = usually;
  try {
    box.checked = (localStorage.getItem(name) ?? `${usually}`) === "true";
  } catch {
    // Not kept here.
  }
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(name, `${box.checked}`);
    } catch {
      // Not kept here.
    }
    act();
  });
  return { box, label: make("label", {}, box, ` ${words}`) };
}

/**
 * @param {Payload} payload
 * @param {View} view
 * @param {HTMLElement} frame  where the drawing stands, and scrolls
 * @param {(node: number, branch: number | null) => void} point
 * @returns {import("./explorer.js").Large}
 */
extras.large = (payload, view, frame, point) => {
  /** @type {Walk | undefined} */
  let found;
  const follow = keptChoice("dtree-follow", "Follow the path", true, () => show());
  const fold = keptChoice("dtree-fold", "Fold what is ruled out", false, () => show(true));
  const camera = lens(view, frame);
  const crumbs = crumbTrail(payload, view, (node) => visit(node));
  const lines = outlineOf(payload, view);
  const finder = search(payload, view, {
    list: () => (found && fold.box.checked ? found.nodes : null),
    mark(hits, at) {
      camera.mark(hits, at);
      lines.mark(hits, at);
    },
    visit: (node) => camera.visit(node),
  });

  /** @param {number} node */
  const visit = (node) => {
    camera.visit(node, true);
    point(node, null);
  };
  let path = "";
  /** @param {boolean} [refit]  what is folded has changed */
  const show = (refit = false) => {
    if (!found) return;
    camera.show(found, fold.box.checked);
    const now = found.path.join();
    // What remains after folding, whole if it can be read so.
    if (refit && fold.box.checked) camera.fit(READABLE);
    if (refit || (follow.box.checked && now !== path)) camera.visit(endOf(found));
    lines.show(found, now !== path);
    lines.element.classList.toggle("dtree-folded", fold.box.checked);
    if (now !== path || refit) crumbs.show(found);
    if (fold.box.checked) finder.again();
    path = now;
  };
  const waiting = make(
    "div",
    { class: "dtree-waiting" },
    make("p", { role: "status" }, `Drawing ${view.nodes.length} questions and outcomes …`),
    make("progress", { "aria-label": "Drawing the tree" }),
    make("p", {}, "The questions, the outline and the outcome are ready."),
  );
  frame.replaceChildren(waiting);
  // The end of the path is shown first of all.
  path = "none";
  return {
    bar: make(
      "div",
      { class: "dtree-large-bar" },
      crumbs.element,
      make("div", { class: "dtree-find" }, finder.element, follow.label, fold.label),
    ),
    zoom: camera.buttons(() => found && camera.visit(endOf(found))),
    outline: lines.element,
    take(drawing) {
      frame.replaceChildren(camera.stage);
      camera.take(drawing);
      path = "none";
    },
    fail(problem) {
      waiting.replaceChildren(make("p", { role: "status" }, `No drawing: ${problem}`));
    },
    show(walked) {
      found = walked;
      show();
    },
    whole: () => camera.whole(),
    close: () => camera.close(),
  };
};

/**
 * The answered path as a list of steps that lead to their place in the drawing.
 *
 * @param {Payload} payload
 * @param {View} view
 * @param {(node: number) => void} visit
 */
function crumbTrail(payload, view, visit) {
  const list = make("ol");
  return {
    element: make("nav", { class: "dtree-crumbs", "aria-label": "The path so far" }, list),
    /** @param {Walk} found */
    show(found) {
      const steps = found.path.map(([node, value]) => {
        const asked = payload.factors[view.nodes[node].factor ?? 0].question;
        const step = button(`${asked} `, () => visit(node));
        step.append(make("b", {}, capitalized(value)));
        return make("li", {}, step);
      });
      const end = endOf(found);
      const { factor } = view.nodes[end];
      const words = factor === undefined ? "The outcome" : payload.factors[factor].question;
      const here = button(words, () => visit(end), { "aria-current": "step" });
      list.replaceChildren(...steps, make("li", {}, here));
    },
  };
}
