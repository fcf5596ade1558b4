// @ts-check
import { extras, mount } from "./explorer.js";
import { afterFrame, button, consume, download, make } from "./explorer/elements.js";

// The notebook: stock toggles, settings that change the tree, and a kernel to ask.

/** @import { Control } from "./explorer.js" */

// --- settings ------------------------------------------------------------------------------

/** Whose statements, in which order, and in which form: `shown` is the form that is shown. */
extras.settings = (payload, source, shown, form) => {
  const parts = [];
  if (payload.views.length > 1) {
    const name = `dtree-form-${Math.random()}`;
    const radios = ["Shared parts drawn once", "Every path its own leaf"].map((words, i) => {
      const radio = /** @type {HTMLInputElement} */ (make("input", { type: "radio", name }));
      radio.checked = i === shown;
      radio.addEventListener("change", () => form(i));
      return make("label", {}, radio, ` ${words}`);
    });
    parts.push(make("fieldset", {}, make("legend", {}, "Form of the tree"), ...radios));
  }
  const { set, ask } = source;
  if (set && payload.passages.length > 1) {
    const boxes = payload.passages.map(([, author, speaks]) => {
      const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
      box.checked = speaks;
      box.addEventListener("change", () => {
        const ids = payload.passages.filter((_, i) => boxes[i].box.checked).map(([id]) => id);
        // Somebody has to speak.
        if (ids.length) set("passages", ids);
        else box.checked = true;
      });
      return { box, label: make("label", {}, box, ` ${author}`) };
    });
    const labels = boxes.map(({ label }) => label);
    parts.push(make("fieldset", {}, make("legend", {}, "Whose words make the tree"), ...labels));
  }
  if (set && ask) {
    const items = payload.order.map((factor, i) => {
      /** @param {number} step */
      const move = (step) => {
        const order = payload.order.filter((other) => other !== factor);
        order.splice(i + step, 0, factor);
        set(
          "order",
          order.map((at) => payload.factors[at].id),
        );
      };
      const words = payload.factors[factor].question;
      const up = button("↑", () => move(-1), { "aria-label": `Ask earlier: ${words}` });
      const down = button("↓", () => move(1), { "aria-label": `Ask later: ${words}` });
      if (i === 0) up.setAttribute("disabled", "");
      if (i === payload.order.length - 1) down.setAttribute("disabled", "");
      return make("li", {}, up, down, ` ${words}`);
    });
    parts.push(
      make(
        "fieldset",
        { class: "dtree-order" },
        make("legend", {}, "Order of the questions"),
        make("ol", {}, ...items),
        make("p", {}, `On average ${payload.average} questions are asked.`),
        button("Shortest order", () => ask("shortest order")),
        button("As in the guide", () =>
          set(
            "order",
            payload.factors.map(({ id }) => id),
          ),
        ),
      ),
    );
  }
  return parts;
};

// --- toggles and kernel -----------------------------------------------------------------

/**
 * A stock ipywidgets ToggleButtons as a control. Its own view is shown, made a radio group
 * for screen readers. A click lights the branch at once; the model, and with it the kernel,
 * hears of it when that has been seen.
 *
 * @param {any} toggle  the widget's model
 * @param {any} manager
 * @param {AbortSignal | undefined} signal
 * @returns {Control}
 */
function stockToggle(toggle, manager, signal) {
  /** @type {number | null} what the model has not heard yet */
  let clicked = null;
  const get = () => clicked ?? toggle.get("index");
  let told = get();
  let light = () => {};
  let heard = () => {};
  const tell = () => {
    if (get() === told) return;
    told = get();
    light();
    heard();
  };
  toggle.on("change:index", tell);
  signal?.addEventListener("abort", () => toggle.off("change:index", tell));
  return {
    attach(place, label) {
      manager.create_view(toggle).then((/** @type {any} */ view) => {
        place.append(view.el);
        view.trigger("displayed");
        const group = view.el.querySelector("button").parentElement;
        group.setAttribute("role", "radiogroup");
        group.setAttribute("aria-label", label);
        group.addEventListener("keydown", arrow);
        light = () => {
          [...group.children].forEach((choice, i) =>
            choice.classList.toggle("mod-active", i === get()),
          );
        };
        const show = () => {
          light();
          [...group.children].forEach((choice, i) => {
            const checked = i === get();
            if (choice.getAttribute("aria-checked") === `${checked}`) return;
            choice.setAttribute("role", "radio");
            choice.setAttribute("aria-checked", `${checked}`);
            choice.tabIndex = checked ? 0 : -1;
          });
        };
        show();
        // The stock view makes its buttons anew when its model is changed from elsewhere; after
        // a click, this is when the model hears of it.
        view.listenTo(toggle, "change", show);
        const pass = afterFrame(() => {
          const index = get();
          clicked = null;
          // What an earlier step left unsent is no answer of now.
          if (toggle.get("index") === index) return;
          toggle.set("index", index, { updated_view: view });
          view.touch();
        });
        // Before the stock view sees it, which would tell the kernel first.
        const click = (/** @type {MouseEvent} */ event) => {
          const choice = /** @type {Element} */ (event.target).closest("button");
          if (!choice) return;
          event.stopPropagation();
          clicked = [...group.children].indexOf(choice);
          // Asked for first, so that it does not wait for what else comes after the frame.
          pass();
          tell();
        };
        group.addEventListener("click", click, true);
        signal?.addEventListener("abort", () => view.remove());
      });
    },
    get,
    set(index, together = false) {
      clicked = null;
      toggle.set("index", index);
      tell();
      // Several answers reach Python in one message.
      if (!together) toggle.save_changes();
    },
    listen(hears) {
      heard = hears;
    },
  };
}

/**
 * The keys of a radio group: an arrow chooses the button beside the focused one.
 *
 * @param {KeyboardEvent} event
 */
function arrow(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  consume(event);
  const focused = /** @type {HTMLElement} */ (event.target);
  const buttons = /** @type {HTMLElement[]} */ ([...(focused.parentElement?.children ?? [])]);
  const chosen = buttons[(buttons.indexOf(focused) + step + buttons.length) % buttons.length];
  chosen.focus();
  chosen.click();
}

export default {
  /** @param {{model: any, el: HTMLElement, signal?: AbortSignal}} context */
  async render({ model, el, signal }) {
    const manager = model.widget_manager;
    const toggles = await Promise.all(
      model
        .get("controls")
        .map((/** @type {string} */ ref) => manager.get_model(ref.replace("IPY_MODEL_", ""))),
    );
    mount(
      el,
      {
        payload: () => model.get("payload"),
        listen(heard) {
          model.on("change:payload", heard);
          signal?.addEventListener("abort", () => model.off("change:payload", heard));
        },
        set(name, value) {
          model.set(name, value);
          model.save_changes();
        },
        drawn(heard) {
          const tell = () => {
            const { svg = "", problem = "" } = model.get("drawing");
            if (svg || problem) heard(svg, problem);
          };
          tell();
          model.on("change:drawing", tell);
          signal?.addEventListener("abort", () => model.off("change:drawing", tell));
        },
        ask(question) {
          try {
            model.send(question);
          } catch {
            // Without a kernel the front end goes on alone.
          }
        },
      },
      toggles.map((toggle) => stockToggle(toggle, manager, signal)),
    );
    // The page that Save asked the kernel for.
    const save = (/** @type {{name: string, page: string}} */ { name, page }) =>
      download(name, new Blob([page], { type: "text/html" }));
    model.on("msg:custom", save);
    signal?.addEventListener("abort", () => model.off("msg:custom", save));
  },
};
