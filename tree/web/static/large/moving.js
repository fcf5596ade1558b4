// @ts-check
import { boxOf, consume, on } from "../explorer/elements.js";
import { sideways } from "./camera.js";

/**
 * How a person moves a large drawing: wheel, fingers, mouse and keys.
 *
 * @import { Camera } from "./camera.js"
 *
 * @typedef {object} Moves
 * @property {(scale: number, x?: number, y?: number) => void} resize  `x` and `y`: the point of the
 *   frame that stays where it is
 * @property {() => void} fit
 */

/**
 * Listen until the signal; the frame outlives its drawing.
 *
 * @param {Camera} camera
 * @param {Moves} moves
 * @param {AbortSignal} signal
 */
export function listenToMoves(camera, moves, signal) {
  const { frame } = camera;
  listenToWheel(camera, moves, signal);
  listenToFingers(camera, moves, signal);
  const wasDragged = listenToMouse(camera, signal);
  // What was dragged was not clicked; in the overview, a click leads to the place.
  const click = (/** @type {MouseEvent} */ event) => {
    if (wasDragged()) event.stopPropagation();
    else if (camera.overview) goTo(camera, moves, event);
  };
  on(frame, "click", click, { capture: true, signal });
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !camera.drawing) return;
    const { scale } = camera;
    if (event.key === "+" || event.key === "=") moves.resize(scale * 1.25);
    else if (event.key === "-" || event.key === "−") moves.resize(scale * 0.8);
    else if (event.key === "0") moves.fit();
    else if (event.key === "1") moves.resize(1);
    else return;
    consume(event);
  };
  on(frame, "keydown", press, { signal });
}

/**
 * Show the place of the overview that was clicked, large enough to read.
 *
 * @param {Camera} camera
 * @param {Moves} moves
 * @param {MouseEvent} event
 */
function goTo(camera, moves, event) {
  const { frame } = camera;
  const box = boxOf(frame);
  const x = (frame.scrollLeft + event.clientX - box.left) / sideways(camera);
  const y = (frame.scrollTop + event.clientY - box.top) / camera.scale;
  moves.resize(0.8);
  const { scale } = camera;
  frame.scrollTo(x * scale - frame.clientWidth / 2, y * scale - frame.clientHeight / 2);
}

/**
 * Ctrl and the wheel, as a trackpad's pinch also says; the plain wheel scrolls.
 *
 * @param {Camera} camera
 * @param {Moves} moves
 * @param {AbortSignal} signal
 */
function listenToWheel(camera, { resize }, signal) {
  const { frame } = camera;
  const turn = (/** @type {WheelEvent} */ event) => {
    if (!event.ctrlKey || !camera.drawing) return;
    event.preventDefault();
    const box = boxOf(frame);
    const by = Math.exp(-event.deltaY / 250);
    resize(camera.scale * by, event.clientX - box.left, event.clientY - box.top);
  };
  on(frame, "wheel", turn, { passive: false, signal });
}

/**
 * @param {Camera} camera
 * @param {Moves} moves
 * @param {AbortSignal} signal
 */
function listenToFingers(camera, { resize }, signal) {
  const { frame } = camera;
  let apart = 0;
  /** @param {TouchEvent} event */
  const pinch = event => {
    if (event.touches.length !== 2 || !camera.drawing) {
      apart = 0;
      return;
    }
    event.preventDefault();
    const [a, b] = event.touches;
    const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    const box = boxOf(frame);
    const [x, y] = [(a.clientX + b.clientX) / 2 - box.left, (a.clientY + b.clientY) / 2 - box.top];
    if (apart) resize((camera.scale * now) / apart, x, y);
    apart = now;
  };
  for (const name of /** @type {const} */ (["touchstart", "touchmove", "touchend"])) {
    on(frame, name, pinch, { passive: false, signal });
  }
}

/**
 * The mouse takes hold of the drawing; a finger scrolls as everywhere.
 *
 * @param {Camera} camera
 * @param {AbortSignal} signal
 * @returns {() => boolean}  whether the last press was a drag
 */
function listenToMouse(camera, signal) {
  const { frame } = camera;
  /** @type {{x: number, y: number, left: number, top: number} | null} */
  let held = null;
  let dragged = false;
  const press = (/** @type {PointerEvent} */ event) => {
    dragged = false;
    if (event.pointerType !== "mouse" || event.button !== 0 || !camera.drawing) return;
    const { clientX: x, clientY: y } = event;
    const box = boxOf(frame);
    // The scrollbars are not the drawing.
    if (x - box.left > frame.clientWidth || y - box.top > frame.clientHeight) return;
    held = { x, y, left: frame.scrollLeft, top: frame.scrollTop };
  };
  const move = (/** @type {PointerEvent} */ event) => {
    if (!held || !(event.buttons & 1)) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!dragged && Math.hypot(dx, dy) < 5) return;
    if (!dragged) frame.setPointerCapture(event.pointerId);
    dragged = true;
    frame.classList.add("dtree-held");
    frame.scrollTo(held.left - dx, held.top - dy);
  };
  const release = () => {
    held = null;
    frame.classList.remove("dtree-held");
  };
  on(frame, "pointerdown", press, { signal });
  on(frame, "pointermove", move, { signal });
  on(frame, "pointerup", release, { signal });
  on(frame, "pointercancel", release, { signal });
  return () => dragged;
}
