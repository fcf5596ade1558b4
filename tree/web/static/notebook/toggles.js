// @ts-check
import { afterFrame, arrowStep, consume, make, on } from "../explorer/elements.js";
import { severalLabel } from "../several.js";

/**
 * Stock ipywidgets toggles as controls.
 *
 * @import { Control } from "../explorer.js"
 * @import { Line } from "./kernel.js"
 *
 * @typedef {object} Toggle  the state of one
 * @property {any} model  the widget's
 * @property {number} number  of the question
 * @property {Line} line
 * @property {(places: number[]) => void} say  to the kernel
 * @property {() => number[]} several  the places that Python has, where it has more than one
 * @property {HTMLInputElement} box  says that one of several values is right
 * @property {number[] | null} clicked  which buttons, before the kernel hears of it
 * @property {string} announced  which buttons the explorer knows of
 * @property {((answered?: number) => void)[]} listeners  called when other buttons are chosen
 * @property {HTMLElement} [group]  what holds the buttons, once they are shown
 */

/**
 * A stock ToggleButtons as a control. Its own view is shown, made a radio group for screen
 * readers. A click lights the branch at once; the kernel hears of it when that has been seen.
 *
 * @param {any} model
 * @param {number} number  of the question
 * @param {any} manager
 * @param {Line} line
 * @param {(places: number[]) => void} say
 * @param {() => number[]} several  the places that Python has, where it has more than one: the stock
 *   toggle, which can hold one, is unknown then
 * @param {AbortSignal | undefined} signal
 * @returns {Control & {follow: () => void}}
 */
export function stockToggle(model, number, manager, line, say, several, signal) {
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  /** @type {Toggle} */
  const toggle = {
    model,
    number,
    line,
    say,
    several,
    box,
    clicked: null,
    announced: "",
    listeners: []
  };
  toggle.announced = `${chosenIn(toggle)}`;
  const follow = () => {
    announce(toggle);
    showChosen(toggle);
  };
  const changed = () => announce(toggle);
  model.on("change:index", changed);
  line.caughtUp.add(follow);
  signal?.addEventListener("abort", () => {
    model.off("change:index", changed);
    line.caughtUp.delete(follow);
  });
  return {
    async attach(place, label) {
      const view = await manager.create_view(model);
      place.append(view.el);
      view.trigger("displayed");
      makeRadios(toggle, view, label);
      // Of two values, both together say nothing.
      if (unknownIn(toggle) > 2) place.append(severalBox(toggle));
      signal?.addEventListener("abort", () => view.remove());
    },
    get: () => chosenIn(toggle),
    set(places, together = false) {
      hold(toggle, places);
      // Several answers reach Python in one message.
      if (!together) say(places);
    },
    follow,
    listen: changed => toggle.listeners.push(changed)
  };
}

/** The chosen buttons, by what the page said last. @param {Toggle} toggle @returns {number[]} */
const chosenIn = ({ clicked, line, model, several }) =>
  clicked ?? line.held.get(model) ?? (several().length ? several() : [model.get("index")]);

/** The place of the last button. @param {Toggle} toggle @returns {number} */
const unknownIn = ({ model }) => model.get("_options_labels").length - 1;

/**
 * Tell the explorer where another button is chosen.
 *
 * @param {Toggle} toggle
 * @param {number} [answered]  the question, where no other has a new answer: that of a click
 */
function announce(toggle, answered) {
  const chosen = chosenIn(toggle);
  if (`${chosen}` === toggle.announced) return;
  toggle.announced = `${chosen}`;
  for (const changed of toggle.listeners) changed(answered);
  // The branch comes first; its button is lit in the same frame.
  queueMicrotask(() => requestAnimationFrame(() => lightChosen(toggle)));
}

/** @param {Toggle} toggle @param {number[]} places @param {object} [options] */
function hold(toggle, places, options) {
  const { line, model } = toggle;
  toggle.clicked = null;
  line.held.set(model, places);
  model.set("index", places.length > 1 ? unknownIn(toggle) : places[0], options);
  announce(toggle);
  showChosen(toggle);
}

/** @param {Toggle} toggle */
const buttonsOf = ({ group }) => /** @type {HTMLElement[]} */ ([...(group?.children ?? [])]);

/** For the eye. @param {Toggle} toggle */
function lightChosen(toggle) {
  const chosen = chosenIn(toggle);
  buttonsOf(toggle).forEach((button, i) =>
    button.classList.toggle("mod-active", chosen.includes(i))
  );
}

/** For the eye and for screen readers. @param {Toggle} toggle */
function showChosen(toggle) {
  lightChosen(toggle);
  const chosen = chosenIn(toggle);
  toggle.box.checked ||= chosen.length > 1;
  const many = toggle.box.checked;
  const role = many ? "checkbox" : "radio";
  toggle.group?.setAttribute("role", many ? "group" : "radiogroup");
  buttonsOf(toggle).forEach((button, i) => {
    const checked = `${chosen.includes(i)}`;
    const [was, kind] = ["aria-checked", "role"].map(name => button.getAttribute(name));
    if (was === checked && kind === role) return;
    button.setAttribute("role", role);
    button.setAttribute("aria-checked", checked);
    button.tabIndex = many || chosen.includes(i) ? 0 : -1;
  });
}

/**
 * Make the buttons of a view a radio group.
 *
 * @param {Toggle} toggle
 * @param {any} view
 * @param {string} label
 */
function makeRadios(toggle, view, label) {
  /** @type {HTMLElement} */
  const group = view.el.querySelector("button").parentElement;
  toggle.group = group;
  group.setAttribute("aria-label", label);
  group.addEventListener("keydown", chooseByArrow);
  showChosen(toggle);
  // Where another one has set its model, the stock view makes its buttons anew: a focus would be lost
  // with them, and a press that is halfway. It only lights them where it has set the model itself.
  const { update } = view;
  view.update = (/** @type {object} */ options) =>
    update.call(view, toggle.model.hasChanged("index") ? { updated_view: view } : options);
  // It lights what the model has, which may be over.
  view.listenTo(toggle.model, "change", () => showChosen(toggle));
  // After the drawing and the other views: JupyterLab is busy with the kernel's answer for as long
  // as it takes to draw them.
  const tell = afterFrame(() => {
    const places = toggle.clicked;
    toggle.clicked = null;
    // What an earlier step left unsaid is no answer of now.
    if (places === null || `${places}` === `${chosenIn(toggle)}`) return;
    hold(toggle, places, { updated_view: view });
    toggle.say(places);
  });
  const passOn = afterFrame(tell);
  const click = (/** @type {MouseEvent} */ event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    event.stopPropagation();
    toggle.clicked = pressed(toggle, buttonsOf(toggle).indexOf(button));
    announce(toggle, toggle.number);
    passOn();
  };
  // Before the stock view sees it, which would tell the kernel first.
  group.addEventListener("click", click, true);
}

/**
 * The places that are chosen once a button is pressed: where one of several is right, each press
 * adds a value or takes it away.
 *
 * @param {Toggle} toggle
 * @param {number} place
 */
function pressed(toggle, place) {
  const unknown = unknownIn(toggle);
  if (!toggle.box.checked || place === unknown) return [place];
  const before = chosenIn(toggle).filter(at => at < unknown);
  const after = before.includes(place)
    ? before.filter(at => at !== place)
    : [...before, place].sort((a, b) => a - b);
  return after.length && after.length < unknown ? after : [unknown];
}

/** The box in which one says so. @param {Toggle} toggle */
function severalBox(toggle) {
  on(toggle.box, "change", () => {
    const [first, ...others] = chosenIn(toggle);
    if (!toggle.box.checked && others.length) {
      hold(toggle, [first]);
      toggle.say([first]);
    }
    showChosen(toggle);
  });
  return severalLabel(toggle.box);
}

/**
 * The keys of a radio group: an arrow chooses the button beside the focused one.
 *
 * @param {KeyboardEvent} event
 */
function chooseByArrow(event) {
  const step = arrowStep(event);
  const among = /** @type {HTMLElement} */ (event.currentTarget);
  // Check boxes have the tab key.
  if (!step || among.getAttribute("role") === "group") return;
  consume(event);
  const focused = /** @type {HTMLElement} */ (event.target);
  const buttons = /** @type {HTMLElement[]} */ ([...(focused.parentElement?.children ?? [])]);
  const chosen = buttons[(buttons.indexOf(focused) + step + buttons.length) % buttons.length];
  chosen.focus();
  chosen.click();
}
