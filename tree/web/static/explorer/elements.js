// @ts-check
import { inQuotes, say } from "../messages.js";

/**
 * What every part of the page is made with.
 *
 * @import { Payload, Statement } from "./payload.js"
 */

/**
 * Make an element; strings become text, never markup.
 *
 * @param {string} tag
 * @param {string | Record<string, string>} [attributes]  or its class alone
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  set(element, typeof attributes === "string" ? { class: attributes } : attributes);
  element.append(...children);
  return element;
}

/** Put parts into a place, instead of what is there. @param {Element} place @param {...(Node | string)} parts */
export const put = (place, ...parts) => place.replaceChildren(...parts);

/** @param {Element} element @param {Record<string, string>} attributes */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** Where an element stands on the screen. @param {Element} element */
export const boxOf = element => element.getBoundingClientRect();

/**
 * @template {keyof GlobalEventHandlersEventMap} Name
 * @param {GlobalEventHandlers} target
 * @param {Name} name
 * @param {(event: GlobalEventHandlersEventMap[Name]) => void} act
 * @param {AddEventListenerOptions} [options]
 */
export const on = (target, name, act, options) => target.addEventListener(name, act, options);

/**
 * @param {string} words
 * @param {() => void} act
 * @param {Record<string, string>} [attributes]
 */
export function button(words, act, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, words);
  on(element, "click", act);
  return element;
}

/**
 * Something behind a summary, to be opened.
 *
 * @param {string} summary
 * @param {string | Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
export const folded = (summary, attributes = {}, ...children) =>
  /** @type {HTMLDetailsElement} */ (
    make("details", attributes, make("summary", {}, summary), ...children)
  );

/** @param {string} words @param {string} [kind]  its class */
export const paragraph = (words, kind) => make("p", kind, words);

/** A line in which messages appear, which screen readers then say. */
export const statusLine = (tag = "p") => make(tag, { role: "status" });

/** Write words where others stand; screen readers hear of it only where they differ.
 *
 * @param {Element} element @param {string} words
 */
export function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

// Below the title of a page or a notebook.
const LEVEL = 2;

/** @param {number} below @param {string} words */
export const heading = (below, words) => make(`h${LEVEL + below}`, `dtree-h${below + 1}`, words);

/** @param {Payload} payload @param {number[]} numbers */
export const quotations = (payload, numbers) =>
  numbers.map(number => {
    const [words, passage] = payload.quotes[number];
    const quotation = make("q", {}, words);
    quotation.style.quotes = marks();
    const author = make("cite", {}, ` ${authorOf(payload, passage)}`);
    return make("blockquote", {}, quotation, author);
  });

/** The quotation marks of the language, as CSS has them: a browser has others for some languages. */
const marks = () =>
  inQuotes("\n")
    .replace(/[\u2066-\u2069]/g, "")
    .split("\n")
    .map(mark => `"${mark}"`)
    .join(" ");

/** The words of a statement, with who wrote them. @param {Payload} payload @param {Statement} statement */
export function quoted(payload, statement) {
  const all = statement.quotes.map(number => payload.quotes[number]);
  const words = all.map(([words]) => words).join(" … ");
  return `${inQuotes(words)} ${authorOf(payload, all[0][1])}`;
}

/** Who wrote a passage. @param {Payload} payload @param {number} [passage] */
export const authorOf = ({ passages }, passage = -1) => passages[passage]?.[0] ?? "";

/**
 * Act when a part of a place is pointed at, focused or clicked.
 *
 * @template Part
 * @param {GlobalEventHandlers} place
 * @param {(event: Event) => Part | undefined} partAt
 * @param {(part: Part) => void} act
 */
export function onPointed(place, partAt, act) {
  /** @type {Part | undefined} */
  let moved;
  const point = (/** @type {Event} */ event) => {
    const part = partAt(event);
    if (part) act(part);
  };
  on(place, "pointermove", event => {
    const part = partAt(event);
    // Only a pointer that moves points: what scrolls below a resting one is not meant.
    if (part === moved || (part && !event.movementX && !event.movementY)) return;
    moved = part;
    point(event);
  });
  on(place, "pointerleave", () => (moved = undefined));
  on(place, "focusin", point);
  on(place, "click", point);
}

/** @param {KeyboardEvent} event */
export function consume(event) {
  // Notebooks have keys of their own.
  event.preventDefault();
  event.stopPropagation();
}

/**
 * How far an arrow key goes: a step ahead, which is where one reads on, a step back, or nowhere.
 *
 * @param {KeyboardEvent} event
 */
export function arrowStep({ key }) {
  const right = say`ltr` === "ltr" ? 1 : -1;
  return { ArrowRight: right, ArrowDown: 1, ArrowLeft: -right, ArrowUp: -1 }[key];
}

/**
 * One of several parts is a Tab stop; arrow keys go on from it to the next one.
 *
 * @param {HTMLElement | SVGElement} place  that holds them
 * @param {Element[]} parts  others may come into it later
 */
export function moveAlong(place, parts) {
  let stop = parts[0];
  // Buttons would all be stops by themselves.
  for (const part of parts) part.setAttribute("tabindex", "-1");
  /** @param {Element} part */
  const stopAt = part => {
    stop?.setAttribute("tabindex", "-1");
    part.setAttribute("tabindex", "0");
    stop = part;
  };
  if (stop) stopAt(stop);
  on(place, "focusin", ({ target }) => {
    const focused = /** @type {Element} */ (target);
    if (parts.includes(focused)) stopAt(focused);
  });
  on(place, "keydown", event => {
    const step = arrowStep(event);
    if (!step || !parts.includes(/** @type {Element} */ (event.target))) return;
    consume(event);
    const to = parts[(parts.indexOf(stop) + step + parts.length) % parts.length];
    /** @type {HTMLElement} */ (to).focus();
  });
  return stopAt;
}

/**
 * An act that waits until the next frame is shown; asked for often, it is done once.
 *
 * @param {() => void} act
 */
export function afterFrame(act) {
  let waiting = false;
  const go = () => {
    waiting = false;
    act();
  };
  return () => {
    if (!waiting) {
      // To ask for a frame takes longer than to light a branch, which comes first. No frame is shown
      // of a page in the background.
      queueMicrotask(() =>
        (document.hidden ? setTimeout : requestAnimationFrame)(() => setTimeout(go))
      );
    }
    waiting = true;
  };
}

/** Act before the page is shown on paper. @param {() => void} act */
export function beforePrint(act) {
  addEventListener("beforeprint", act);
  matchMedia("print").onchange = act;
}

/** @param {string} name @param {Blob} blob */
export function download(name, blob) {
  const link = /** @type {HTMLAnchorElement} */ (make("a", { download: name }));
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
