// @ts-check
import { button, capitalized, put, make, on } from "./explorer/elements.js";
import { extras } from "./explorer/extras.js";
import { endOf } from "./explorer/walking.js";
import { READABLE } from "./large/camera.js";
import { lens } from "./large/lens.js";
import { search } from "./large/search.js";
import { outlineOf } from "./large/steps.js";

/**
 * What a large tree needs: a drawing of which only what is in sight is in the page, with
 * zoom, folding and search; the way there as crumbs; an outline that opens step by step. The
 * drawing's view calls it where a tree is large.
 *
 * @import { Payload, View } from "./explorer/payload.js"
 * @import { TreeWalk } from "./explorer/walking.js"
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
  on(box, "change", () => {
    try {
      localStorage.setItem(name, `${box.checked}`);
    } catch {
      // Not kept here.
    }
    act();
  });
  return { box, label: make("label", {}, box, ` ${words}`) };
}

extras.large = (payload, tree, view, frame, point) => {
  /** @type {TreeWalk | undefined} */
  let walked;
  // The path that was shown last. At first there is none, so that its end is shown.
  let path = "none";
  const follow = keptChoice("dtree-follow", "Follow the path", true, () => show());
  const fold = keptChoice("dtree-fold", "Fold what is ruled out", false, () => show(true));
  const camera = lens(frame);
  const crumbs = crumbTrail(payload, view, node => {
    camera.visit(node, true);
    point(node, null);
  });
  const lines = outlineOf(payload, tree, view);
  const finder = search(payload, tree, view, {
    states: () => (walked && fold.box.checked ? walked.nodes : null),
    mark(hits, current) {
      camera.mark(hits, current);
      lines.mark(hits, current);
    },
    visit: node => camera.visit(node)
  });
  /** @param {boolean} [refit]  what is folded has changed */
  const show = (refit = false) => {
    if (!walked) return;
    camera.show(walked, fold.box.checked);
    const now = walked.path.join();
    const moved = now !== path;
    // What remains after folding, whole if it can be read so.
    if (refit && fold.box.checked) camera.fit(READABLE);
    if (refit || (follow.box.checked && moved)) camera.visit(endOf(walked));
    lines.show(walked, moved);
    lines.element.classList.toggle("dtree-folded", fold.box.checked);
    if (moved || refit) crumbs.show(walked);
    if (fold.box.checked) finder.again();
    path = now;
  };
  const waiting = waitingFor(view);
  put(frame, waiting);
  const choices = make("div", "dtree-find", finder.element, follow.label, fold.label);
  return {
    bar: make("div", "dtree-large-bar", crumbs.element, choices),
    zoom: camera.buttons(() => walked && camera.visit(endOf(walked))),
    outline: lines.element,
    take(drawing) {
      put(frame, camera.stage);
      camera.take(drawing);
      path = "none";
    },
    fail: problem => put(waiting, status(`No drawing: ${problem}`)),
    show(found) {
      walked = found;
      show();
    },
    whole: camera.whole,
    close: camera.close
  };
};

/** @param {string} words */
const status = words => make("p", { role: "status" }, words);

/** What stands where the drawing will be. @param {View} view */
const waitingFor = ({ nodes }) =>
  make(
    "div",
    "dtree-waiting",
    status(`Drawing ${nodes.length} questions and outcomes …`),
    make("progress", { "aria-label": "Drawing the tree" }),
    make("p", {}, "The questions, the outline and the outcome are ready.")
  );

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
    /** @param {TreeWalk} walked */
    show(walked) {
      const steps = walked.path.map(([node, value]) => {
        const asked = payload.factors[view.nodes[node].factor ?? 0].question;
        const step = button(`${asked} `, () => visit(node));
        step.append(make("b", {}, capitalized(value)));
        return make("li", {}, step);
      });
      const end = endOf(walked);
      const { factor } = view.nodes[end];
      const words = factor === undefined ? "The outcome" : payload.factors[factor].question;
      const here = button(words, () => visit(end), { "aria-current": "step" });
      put(list, ...steps, make("li", {}, here));
    }
  };
}
