// @ts-check
import { boxOf } from "./elements.js";

/**
 * How large a drawing is shown: whole, beside its toggles, in the window that is there; and never
 * so small that its words cannot be read. Then it scrolls.
 */

// Of its natural size, in which letters have 14 px. What can be seen whole may be a little smaller.
export const LEAST_SCALE = 0.75;
const LEAST_WHOLE = 0.65;
const LEAST_HEIGHT = 240; // px
export const NARROW = 620; // px: here the drawing comes below the questions

/**
 * @param {HTMLElement} frame  that the drawing stands in
 * @param {SVGElement} svg
 * @param {boolean} fromTop  whether what is above the explorer is in view with it
 * @returns {boolean}  whether all of it is seen
 */
export function fitDrawing(frame, svg, fromTop) {
  const [width, height] = ["width", "height"].map(name => Number(svg.getAttribute(name)));
  const root = frame.closest(".dtree");
  if (!root || !frame.clientWidth || !width) return true;
  const room = roomFor(frame, root, fromTop);
  const fitting = Math.min(1, frame.clientWidth / width, room / height);
  const scale = fitting >= LEAST_WHOLE ? fitting : LEAST_SCALE;
  // What is a pixel too large needs no scrollbar.
  const scrolls = scale * width > frame.clientWidth + 1 || scale * height > room + 1;
  frame.style.maxHeight = scrolls ? `${room}px` : "none";
  frame.style.overflow = scrolls ? "auto" : "hidden";
  showAt(svg, scale * width);
  return !scrolls;
}

/** @param {SVGElement} svg @param {number} width */
export const showAt = ({ style }, width) => {
  style.width = `${width}px`;
  style.minWidth = "0";
  style.maxWidth = "none";
};

/**
 * The height that the window leaves for the frame where the explorer begins at its top.
 *
 * @param {HTMLElement} frame
 * @param {Element} root
 * @param {boolean} fromTop
 */
function roomFor(frame, root, fromTop) {
  const seen = windowOf(root);
  const part = /** @type {{parentElement: Element, lastElementChild: Element} & Element} */ (
    frame.parentElement
  );
  // The part may stick to the window's edge; where it belongs does not move.
  const above = boxOf(part.parentElement).top - (fromTop ? -scrollY : boxOf(root).top);
  // What is said beneath may grow with the answers: two lines of it have a place.
  const more = Math.max(0, boxOf(part.lastElementChild).height - 44);
  const room = seen - above - (boxOf(part).height - boxOf(frame).height - more) - 8;
  // On a phone, upright or on its side, what is above scrolls away.
  return root.clientWidth < NARROW || room < LEAST_HEIGHT
    ? Math.max(LEAST_HEIGHT, 0.75 * seen)
    : room;
}

/**
 * Act when an element gets wider or narrower, or the window higher or lower.
 *
 * @param {Element} element
 * @param {() => void} act
 */
export function onResize(element, act) {
  let known = "";
  const look = () => {
    const now = `${element.clientWidth} ${innerHeight}`;
    if (now !== known) act();
    known = now;
  };
  new ResizeObserver(look).observe(element);
  addEventListener("resize", look);
}

/** The height of what an element is seen through. @param {Element} element */
function windowOf(element) {
  let seen = innerHeight;
  for (let around = element.parentElement; around; around = around.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(around).overflowY);
    if (scrolls && around.scrollHeight > around.clientHeight + 1) {
      seen = Math.min(seen, around.clientHeight);
    }
  }
  return seen;
}
