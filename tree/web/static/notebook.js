// @ts-check
import { mount } from "./explorer.js";
import { button, download } from "./explorer/elements.js";
import { extras } from "./explorer/extras.js";
import { coverageOf } from "./notebook/coverage.js";
import { lineTo } from "./notebook/kernel.js";
import { settingsView } from "./notebook/settings.js";
import { stockToggle } from "./notebook/toggles.js";
import { radios } from "./page/radios.js";
import { say, speak } from "./messages.js";

/**
 * The notebook: stock toggles, settings that change the tree, and a kernel to ask.
 *
 * @import { Source } from "./explorer.js"
 * @import { Payload } from "./explorer/payload.js"
 * @import { Line } from "./notebook/kernel.js"
 *
 * @typedef {object} Shown  what a view of the widget shows, and whom it tells of more
 * @property {Payload} payload
 * @property {{tree?: number, svg?: string, problem?: string}} drawing
 * @property {boolean} asked  whether settings were asked for: then the kernel's word counts even if
 *   all stays as it was
 * @property {() => void} rebuild
 * @property {(tree: number, svg: string, problem: string) => void} take  a drawing
 */

extras.settings = settingsView;
extras.coverage = coverageOf;

extras.along = ({ ask }, status) => [
  button(say`Save as a page`, () => {
    status.textContent = say`Asking the kernel for the page …`;
    ask?.({ wants: "page" });
  })
];

export default () => {
  /** @type {Line} */
  let line;
  return {
    /** @param {{model: any}} context */
    initialize({ model }) {
      line = lineTo(model);
    },
    /** @param {{model: any, el: HTMLElement, signal?: AbortSignal}} context */
    async render({ model, el, signal }) {
      const manager = model.widget_manager;
      const toggles = await Promise.all(
        model
          .get("controls")
          .map((/** @type {string} */ ref) => manager.get_model(ref.replace("IPY_MODEL_", "")))
      );
      const payload = model.get("payload");
      speak(payload);
      el.dir = say`ltr`;
      el.classList.toggle("dtree-mixed", Boolean(payload.mixed));
      /** @type {Shown} */
      const shown = {
        payload,
        drawing: model.get("drawing"),
        asked: false,
        rebuild: () => {},
        take: () => {}
      };
      followModel(shown, model, line, signal);
      const controls = toggles.map((toggle, i) => {
        const { id, values } = shown.payload.factors[i];
        const say = (/** @type {number[]} */ places) =>
          line.say({ answers: { [id]: places.map(place => values[place]) } });
        const several = () =>
          (model.get("several")?.[id] ?? []).map((/** @type {string} */ one) =>
            values.indexOf(one)
          );
        const stock = stockToggle(toggle, i, manager, line, say, several, signal);
        // Such as marimo, which gives models alone: radio buttons are shown in place of its view.
        const hasViews = Boolean(manager.create_view);
        return hasViews ? stock : radios(values, `dtree-${Math.random()}`, stock);
      });
      const follow = () => controls.forEach((/** @type {any} */ control) => control.follow());
      model.on("change:several", follow);
      signal?.addEventListener("abort", () => model.off("change:several", follow));
      if (!manager.create_view) tellHost(model, line, signal);
      mount(el, sourceOf(shown, line), controls);
    }
  };
};

/**
 * Show what the kernel sets, once it has heard all that was said.
 *
 * @param {Shown} shown
 * @param {any} model
 * @param {Line} line
 * @param {AbortSignal | undefined} signal
 */
function followModel(shown, model, line, signal) {
  const follow = () => {
    if (line.waits()) return;
    if (shown.asked || shown.payload !== model.get("payload")) {
      shown.asked = false;
      shown.payload = model.get("payload");
      shown.rebuild();
    }
    if (shown.drawing === model.get("drawing")) return;
    shown.drawing = model.get("drawing");
    takeDrawn(shown);
  };
  // The page that Save asked the kernel for.
  const save = (/** @type {{name: string, page?: string}} */ { name, page }) => {
    if (page) download(name, new Blob([page], { type: "text/html" }));
  };
  model.on("change:payload", follow);
  model.on("change:drawing", follow);
  model.on("msg:custom", save);
  line.caughtUp.add(follow);
  signal?.addEventListener("abort", () => {
    model.off("change:payload", follow);
    model.off("change:drawing", follow);
    model.off("msg:custom", save);
    line.caughtUp.delete(follow);
  });
}

/**
 * Marimo runs the cells that read a widget again when a trait of it was set, and not after words.
 *
 * @param {any} model
 * @param {Line} line
 * @param {AbortSignal | undefined} signal
 */
function tellHost(model, line, signal) {
  const tell = () => {
    model.set("heard", model.get("heard") + 1);
    model.save_changes();
  };
  line.caughtUp.add(tell);
  signal?.addEventListener("abort", () => line.caughtUp.delete(tell));
}

/** @param {Shown} shown */
function takeDrawn({ drawing: { tree = 0, svg = "", problem = "" }, take }) {
  if (svg || problem) take(tree, svg, problem);
}

/** @param {Shown} shown @param {Line} line @returns {Source} */
const sourceOf = (shown, line) => ({
  payload: () => shown.payload,
  listen(changed) {
    shown.rebuild = changed;
  },
  set(name, value) {
    shown.asked = true;
    line.say({ [name]: value });
  },
  drawn(take) {
    shown.take = take;
    takeDrawn(shown);
  },
  ask: line.say
});
