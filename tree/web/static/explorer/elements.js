// @ts-check

/**
 * What every part of the page is made with.
 *
 * @import { Payload } from "./types.js"
 */

/**
 * Make an element; strings become text, never markup.
 *
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {string} words
 * @param {() => void} act
 * @param {Record<string, string>} [attributes]
 */
export function button(words, act, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, words);
  element.addEventListener("click", act);
  return element;
}

/** @param {Element | null} part */
export const labelOf = (part) =>
  part?.getAttribute("aria-label") ?? part?.closest("label, button")?.textContent ?? "";

let level = 3;

/**
 * Of which level the first headings are, which the place that shows the explorer decides.
 *
 * @param {number} first
 */
export const headingsFrom = (first) => {
  level = first;
};

/** @param {number} below @param {string} words */
export const heading = (below, words) =>
  make(`h${level + below}`, { class: `dtree-h${below + 1}` }, words);

/** @param {string} text */
export const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {Payload} payload @param {number} number */
export function quotation(payload, number) {
  const [words, passage] = payload.quotes[number];
  const author = passage === undefined ? "" : payload.passages[passage][1];
  return make("blockquote", {}, make("q", {}, words), make("cite", {}, ` ${author}`));
}

/**
 * Act when something is pointed at or focused.
 *
 * @param {Element} part
 * @param {() => void} act
 */
export function onPointed(part, act) {
  let moved = false;
  // Only a pointer that moves: what scrolls below a resting one is not pointed at.
  part.addEventListener("pointermove", (event) => {
    const { movementX, movementY } = /** @type {PointerEvent} */ (event);
    if (moved || !(movementX || movementY)) return;
    moved = true;
    act();
  });
  part.addEventListener("pointerleave", () => (moved = false));
  part.addEventListener("focus", act);
  part.addEventListener("click", act);
}

/** @param {KeyboardEvent} event */
export function consume(event) {
  // Notebooks have keys of their own.
  event.preventDefault();
  event.stopPropagation();
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
    if (waiting) return;
    waiting = true;
    // No frame is shown of a page in the background.
    if (document.hidden) setTimeout(go);
    else requestAnimationFrame(() => setTimeout(go));
  };
}

/** @param {string} name @param {Blob} blob */
export function download(name, blob) {
  const link = /** @type {HTMLAnchorElement} */ (make("a", { download: name }));
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
