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
    // As asked for, of which the kernel may not have heard yet.
    const order = [...payload.order];
    const items = payload.order.map((factor, i) => {
      /** @param {number} step */
      const move = (step) => {
        const from = order.indexOf(factor);
        const other = order[from + step];
        if (other === undefined) return;
        order[from] = other;
        order[from + step] = factor;
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
        button("Shortest order", () => ask({ wants: "shortest order" })),
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
 * What the page says to the kernel, and whether the kernel has heard it.
 *
 * The kernel answers in order, but later. What comes before it has heard the last word answers
 * an earlier one and would bring back what is over, so until then the page goes by what it said
 * itself. Traits are for the kernel to set: the page sends words alone, which cannot overtake
 * one another.
 *
 * @typedef {{say: (words: object) => void, waits: () => boolean, held: Map<any, number>,
 *   caughtUp: Set<() => void>}} Line
 *   `held`: what was said of the toggles, by their models; `caughtUp`: called when all is heard
 * @param {any} model  the explorer's; its views share one line
 * @returns {Line}
 */
function lineTo(model) {
  let last = "";
  const held = new Map();
  const caughtUp = new Set();
  model.on("msg:custom", (/** @type {{heard?: string}} */ { heard }) => {
    if (!last || heard !== last) return;
    last = "";
    held.clear();
    for (const act of caughtUp) act();
  });
  return {
    say(words) {
      // Other pages may speak to the same kernel, so no two words have the same name.
      const word = `${Math.random()}`;
      try {
        model.send({ ...words, word });
        last = word;
      } catch {
        // Without a kernel the front end goes on alone.
      }
    },
    waits: () => last !== "",
    held,
    caughtUp,
  };
}

/**
 * A stock ipywidgets ToggleButtons as a control. Its own view is shown, made a radio group
 * for screen readers. A click lights the branch at once; the kernel hears of it when that has
 * been seen.
 *
 * @param {any} toggle  the widget's model
 * @param {any} manager
 * @param {Line} line
 * @param {(index: number) => void} say
 * @param {AbortSignal | undefined} signal
 * @returns {Control}
 */
function stockToggle(toggle, manager, line, say, signal) {
  /** @type {number | null} what is not said yet */
  let clicked = null;
  const get = () => clicked ?? line.held.get(toggle) ?? toggle.get("index");
  let told = get();
  let light = () => {};
  let show = () => {};
  let heard = () => {};
  const tell = () => {
    if (get() === told) return;
    told = get();
    light();
    heard();
  };
  const follow = () => {
    tell();
    show();
  };
  toggle.on("change:index", tell);
  line.caughtUp.add(follow);
  signal?.addEventListener("abort", () => {
    toggle.off("change:index", tell);
    line.caughtUp.delete(follow);
  });
  /** @param {number} index @param {object} [options] */
  const hold = (index, options) => {
    clicked = null;
    line.held.set(toggle, index);
    toggle.set("index", index, options);
    follow();
  };
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
        show = () => {
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
        // The stock view makes its buttons anew when its model is changed from elsewhere, and
        // lights what the model has, which may be over.
        view.listenTo(toggle, "change", show);
        const pass = afterFrame(() => {
          const index = clicked;
          clicked = null;
          // What an earlier step left unsaid is no answer of now.
          if (index === null || index === get()) return;
          hold(index, { updated_view: view });
          say(index);
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
      hold(index);
      // Several answers reach Python in one message.
      if (!together) say(index);
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
          .map((/** @type {string} */ ref) => manager.get_model(ref.replace("IPY_MODEL_", ""))),
      );
      let payload = model.get("payload");
      let drawing = model.get("drawing");
      // Whether settings were asked for: then the kernel's word counts even if all stays as it was.
      let asked = false;
      let rebuild = () => {};
      /** @type {(svg: string, problem: string) => void} */
      let drawn = () => {};
      const follow = () => {
        if (line.waits()) return;
        if (asked || payload !== model.get("payload")) {
          asked = false;
          payload = model.get("payload");
          rebuild();
        }
        if (drawing === model.get("drawing")) return;
        drawing = model.get("drawing");
        const { svg = "", problem = "" } = drawing;
        if (svg || problem) drawn(svg, problem);
      };
      model.on("change:payload", follow);
      model.on("change:drawing", follow);
      line.caughtUp.add(follow);
      // The page that Save asked the kernel for.
      const save = (/** @type {{name: string, page?: string}} */ { name, page }) => {
        if (page) download(name, new Blob([page], { type: "text/html" }));
      };
      model.on("msg:custom", save);
      signal?.addEventListener("abort", () => {
        model.off("change:payload", follow);
        model.off("change:drawing", follow);
        line.caughtUp.delete(follow);
        model.off("msg:custom", save);
      });
      const { factors } = payload;
      mount(
        el,
        {
          payload: () => payload,
          listen(heard) {
            rebuild = heard;
          },
          set(name, value) {
            asked = true;
            line.say({ [name]: value });
          },
          drawn(heard) {
            drawn = heard;
            const { svg = "", problem = "" } = drawing;
            if (svg || problem) heard(svg, problem);
          },
          ask: line.say,
        },
        toggles.map((toggle, i) => {
          const { id, values } = factors[i];
          const say = (/** @type {number} */ index) =>
            line.say({ answers: { [id]: values[index] } });
          return stockToggle(toggle, manager, line, say, signal);
        }),
      );
    },
  };
};
