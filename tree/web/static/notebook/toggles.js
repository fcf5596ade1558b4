// @ts-check
import { afterFrame, arrowStep, consume } from "../explorer/elements.js";

/**
 * Stock ipywidgets toggles as controls.
 *
 * @import { Control } from "../explorer.js"
 * @import { Line } from "./kernel.js"
 *
 * @typedef {object} Toggle  the state of one
 * @property {any} model  the widget's
 * @property {Line} line
 * @property {(index: number) => void} say  to the kernel
 * @property {number | null} clicked  which button, before the kernel hears of it
 * @property {number} announced  which button the explorer knows of
 * @property {() => void} changed  tells the explorer
 * @property {HTMLElement} [group]  what holds the buttons, once they are shown
 */

/**
 * A stock ToggleButtons as a control. Its own view is shown, made a radio group for screen
 * readers. A click lights the branch at once; the kernel hears of it when that has been seen.
 *
 * @param {any} model
 * @param {any} manager
 * @param {Line} line
 * @param {(index: number) => void} say
 * @param {AbortSignal | undefined} signal
 * @returns {Control}
 */
export function stockToggle(model, manager, line, say, signal) {
  /** @type {Toggle} */
  const toggle = { model, line, say, clicked: null, announced: 0, changed: () => {} };
  toggle.announced = chosenIn(toggle);
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
      signal?.addEventListener("abort", () => view.remove());
    },
    get: () => chosenIn(toggle),
    set(index, together = false) {
      hold(toggle, index);
      // Several answers reach Python in one message.
      if (!together) say(index);
    },
    listen(changed) {
      toggle.changed = changed;
    }
  };
}

/** The chosen button, by what the page said last. @param {Toggle} toggle @returns {number} */
const chosenIn = ({ clicked, line, model }) =>
  clicked ?? line.held.get(model) ?? model.get("index");

/** Tell the explorer where another button is chosen. @param {Toggle} toggle */
function announce(toggle) {
  const chosen = chosenIn(toggle);
  if (chosen === toggle.announced) return;
  toggle.announced = chosen;
  lightChosen(toggle);
  toggle.changed();
}

/** @param {Toggle} toggle @param {number} index @param {object} [options] */
function hold(toggle, index, options) {
  const { line, model } = toggle;
  toggle.clicked = null;
  line.held.set(model, index);
  model.set("index", index, options);
  announce(toggle);
  showChosen(toggle);
}

/** The buttons as they are now: the stock view makes them anew. @param {Toggle} toggle */
const buttonsOf = ({ group }) => /** @type {HTMLElement[]} */ ([...(group?.children ?? [])]);

/** For the eye. @param {Toggle} toggle */
function lightChosen(toggle) {
  const chosen = chosenIn(toggle);
  buttonsOf(toggle).forEach((button, i) => button.classList.toggle("mod-active", i === chosen));
}

/** For the eye and for screen readers. @param {Toggle} toggle */
function showChosen(toggle) {
  lightChosen(toggle);
  const chosen = chosenIn(toggle);
  buttonsOf(toggle).forEach((button, i) => {
    const checked = i === chosen;
    if (button.getAttribute("aria-checked") === `${checked}`) return;
    button.setAttribute("role", "radio");
    button.setAttribute("aria-checked", `${checked}`);
    button.tabIndex = checked ? 0 : -1;
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
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", label);
  group.addEventListener("keydown", chooseByArrow);
  showChosen(toggle);
  // The stock view makes its buttons anew when its model is changed from elsewhere, and lights
  // what the model has, which may be over.
  view.listenTo(toggle.model, "change", () => showChosen(toggle));
  const passOn = afterFrame(() => {
    const index = toggle.clicked;
    toggle.clicked = null;
    // What an earlier step left unsaid is no answer of now.
    if (index === null || index === chosenIn(toggle)) return;
    hold(toggle, index, { updated_view: view });
    toggle.say(index);
  });
  const click = (/** @type {MouseEvent} */ event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    event.stopPropagation();
    toggle.clicked = buttonsOf(toggle).indexOf(button);
    // Asked for first, so that it does not wait for what else comes after the frame.
    passOn();
    announce(toggle);
  };
  // Before the stock view sees it, which would tell the kernel first.
  group.addEventListener("click", click, true);
}

/**
 * The keys of a radio group: an arrow chooses the button beside the focused one.
 *
 * @param {KeyboardEvent} event
 */
function chooseByArrow(event) {
  const step = arrowStep(event);
  if (!step) return;
  consume(event);
  const focused = /** @type {HTMLElement} */ (event.target);
  const buttons = /** @type {HTMLElement[]} */ ([...(focused.parentElement?.children ?? [])]);
  const chosen = buttons[(buttons.indexOf(focused) + step + buttons.length) % buttons.length];
  chosen.focus();
  chosen.click();
}
