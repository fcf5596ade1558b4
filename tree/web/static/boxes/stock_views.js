// @ts-check
import { make, on, set, write } from "../explorer/elements.js";

/**
 * Views of the stock widgets that practice, lessons and the workshop are made of. Their parts have
 * the classes of the stock views, so the same style sheets serve both.
 *
 * @typedef {object} Around
 * @property {any} manager  gives models
 * @property {any} host  gives widgets with a view of their own
 * @property {(words: object) => void} say  to Python
 * @property {AbortSignal | undefined} signal
 *
 * @typedef {object} Shown  a widget that is shown
 * @property {string} id
 * @property {any} model
 * @property {Around} around
 * @property {(names: string[], act: () => void) => void} follow  acts now, and whenever one of the
 *   traits changes
 *
 * @typedef {(shown: Shown) => HTMLElement} View
 */

/** By the name of the model. @type {Record<string, View>} */
const STOCK_VIEWS = {
  AnyModel: ownView,
  BoundedIntTextModel: numberView,
  ButtonModel: buttonView,
  HBoxModel: boxView,
  HTMLModel: htmlView,
  RadioButtonsModel: radioView,
  VBoxModel: boxView
};

// How many frames a part may take to come into its place.
const FRAMES_TO_COME = 600;

/** @param {string} reference  of the widget, as Python writes it @param {Around} around */
export async function stockView(reference, around) {
  const { manager, signal } = around;
  const id = reference.replace("IPY_MODEL_", "");
  const model = await manager.get_model(id);
  /** @type {Shown["follow"]} */
  const follow = (names, act) => {
    act();
    for (const name of names) model.on(`change:${name}`, act);
    signal?.addEventListener("abort", () => {
      for (const name of names) model.off(`change:${name}`, act);
    });
  };
  const element = STOCK_VIEWS[model.get("_model_name")]({ id, model, around, follow });
  /** @type {string[]} */
  let own = [];
  follow(["_dom_classes"], () => {
    element.classList.remove(...own);
    own = model.get("_dom_classes");
    element.classList.add(...own);
  });
  return element;
}

/** Act once a part is in its place. @param {HTMLElement} part @param {() => void} act */
function oncePlaced(part, act, frames = FRAMES_TO_COME) {
  if (part.isConnected) act();
  else if (frames) requestAnimationFrame(() => oncePlaced(part, act, frames - 1));
}

/** A widget that has a view of its own. @type {View} */
function ownView({ id, around: { host, signal } }) {
  const el = make("div");
  oncePlaced(el, async () => {
    const widget = await host.getWidget(`anywidget:${id}`);
    widget.render({ el, signal });
  });
  return el;
}

/** @type {View} */
function boxView({ model, around, follow }) {
  const kind = model.get("_model_name") === "HBoxModel" ? "widget-hbox" : "widget-vbox";
  const box = make("div", `widget-box ${kind}`);
  /** @type {Map<string, Promise<HTMLElement>>} */
  const views = new Map();
  let last = 0;
  follow(["children"], async () => {
    const turn = ++last;
    /** @type {string[]} */
    const references = model.get("children");
    for (const reference of references) {
      if (!views.has(reference)) views.set(reference, stockView(reference, around));
    }
    const parts = await Promise.all(references.map(reference => views.get(reference)));
    // Others may have come meanwhile.
    if (turn !== last) return;
    for (const reference of views.keys()) {
      if (!references.includes(reference)) views.delete(reference);
    }
    fill(box, /** @type {HTMLElement[]} */ (parts));
  });
  return box;
}

/** Put parts into a box; what stays keeps its focus. @param {HTMLElement} box @param {HTMLElement[]} parts */
function fill(box, parts) {
  for (const old of [...box.children]) {
    if (!parts.some(part => part === old)) old.remove();
  }
  parts.forEach((part, i) => {
    if (box.children[i] !== part) box.insertBefore(part, box.children[i] ?? null);
  });
}

/** @type {View} */
function htmlView({ model, follow }) {
  const content = make("div", "widget-html-content");
  follow(["value"], () => {
    // As the stock view shows it: Python has written and escaped it. No script in it runs.
    const { head, body } = new DOMParser().parseFromString(model.get("value"), "text/html");
    content.replaceChildren(...head.childNodes, ...body.childNodes);
  });
  return make("div", "widget-html", content);
}

/** @type {View} */
function buttonView({ model, around, follow }) {
  const element = /** @type {HTMLButtonElement} */ (
    make("button", { type: "button", class: "jupyter-button" })
  );
  follow(["description", "tooltip", "disabled", "button_style"], () => {
    write(element, model.get("description"));
    element.title = model.get("tooltip") ?? "";
    element.disabled = model.get("disabled");
    element.classList.toggle("mod-primary", model.get("button_style") === "primary");
  });
  on(element, "click", () => model.send({ event: "click" }));
  const hear = (/** @type {{do?: string}} */ words) => {
    if (words.do === "focus") oncePlaced(element, () => element.focus());
  };
  model.on("msg:custom", hear);
  around.signal?.addEventListener("abort", () => model.off("msg:custom", hear));
  return element;
}

/** @type {View} */
function radioView({ follow, ...shown }) {
  const { model } = shown;
  const name = `panel-${Math.random()}`;
  /** @type {string[]} */
  const words = model.get("_options_labels");
  const inputs = words.map((_, place) => {
    const input = /** @type {HTMLInputElement} */ (make("input", { type: "radio", name }));
    on(input, "change", () => choose(shown, "index", place));
    return input;
  });
  const labels = inputs.map((input, place) => make("label", {}, words[place], input));
  follow(["index", "disabled"], () => {
    inputs.forEach((input, place) => {
      input.checked = place === model.get("index");
      input.disabled = model.get("disabled");
    });
  });
  const way = `widget-radio-box widget-radio-box-${model.get("orientation")}`;
  return make("div", "widget-radio", make("div", way, ...labels));
}

/** @type {View} */
function numberView({ follow, ...shown }) {
  const { model } = shown;
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "number" }));
  const label = make("span", "widget-label");
  follow(["value", "min", "max", "description", "disabled"], () => {
    set(input, { min: `${model.get("min")}`, max: `${model.get("max")}` });
    input.value = `${model.get("value")}`;
    input.disabled = model.get("disabled");
    write(label, model.get("description"));
  });
  on(input, "change", () => {
    const [least, most] = [model.get("min"), model.get("max")];
    const value = Math.min(Math.max(Math.round(Number(input.value)), least), most);
    input.value = `${value}`;
    choose(shown, "value", value);
  });
  return make("label", "widget-inline-hbox", label, input);
}

/**
 * Set what a person has chosen. Python hears of it in a message, as of a click: marimo lets messages
 * overtake traits that are set.
 *
 * @param {Omit<Shown, "follow">} shown
 * @param {string} name
 * @param {number} value
 */
function choose({ id, model, around }, name, value) {
  model.set(name, value);
  around.say({ id, name, value });
}
