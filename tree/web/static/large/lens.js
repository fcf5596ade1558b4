// @ts-check
import { afterFrame, button, on } from "../explorer/elements.js";
import { dress } from "../explorer/pieces.js";
import { zoomButtons } from "../explorer/taking.js";
import { endOf } from "../explorer/walking.js";
import { newCamera, READABLE, setScale, setSize, sideways } from "./camera.js";
import { listenToMoves } from "./moving.js";
import { foldFor, render, takeDrawing, wholeDrawing } from "./rendering.js";

/**
 * The part of a large drawing that is in sight, which alone is in the page.
 *
 * Such a drawing goes from left to right, so it is long from top to bottom. The parts in sight are
 * found by fields. Lines that only pass through are painted on a canvas behind them; so is all of
 * it where it would be too small to read: there a click leads to the place.
 *
 * @import { Drawn } from "../explorer/pieces.js"
 * @import { TreeWalk } from "../explorer/walking.js"
 * @import { Camera } from "./camera.js"
 */

// What stands beside a node, to be seen with it.
const BESIDE = 280;

/**
 * A drawing in its frame: what of it is in sight, and how large.
 *
 * @param {HTMLElement} frame
 */
export function lens(frame) {
  const camera = newCamera(frame);
  const resize = (wanted = 1, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
    setScale(camera, wanted, x, y);
    render(camera);
  };
  const fit = (least = 0) => {
    const { natural, height } = camera;
    const wide = frame.clientWidth / natural.width;
    resize(Math.max(least, Math.min(1, wide, (frame.clientHeight - 4) / height)));
    frame.scrollTo(0, 0);
  };
  const renderSoon = afterFrame(() => render(camera));
  const resized = new ResizeObserver(renderSoon);
  resized.observe(frame);
  const ending = new AbortController();
  const { signal } = ending;
  on(frame, "scroll", () => requestAnimationFrame(() => render(camera)), { signal });
  listenToMoves(camera, { resize, fit }, signal);
  return {
    stage: camera.stage,
    fit,
    /** @param {Drawn} drawing */
    take(drawing) {
      takeDrawing(camera, drawing);
      // As wide as the frame, if that can be read.
      resize(Math.min(1, Math.max(READABLE, frame.clientWidth / camera.natural.width)));
    },
    close() {
      ending.abort();
      resized.disconnect();
    },
    /** @param {TreeWalk} walked @param {boolean} fold */
    show(walked, fold) {
      if (!camera.drawing) return;
      const end = endOf(walked);
      stopAt(camera, end);
      foldFor(camera, fold ? walked.nodes.join() : "", end);
      render(camera);
    },
    /** @param {Set<number>} hits @param {number} current */
    mark: (hits, current) => markHits(camera, hits, current),
    /** @param {number} node @param {boolean} [readable]  and make it large enough to read */
    visit(node, readable = false) {
      if (!camera.drawing) return;
      if (readable && camera.scale < READABLE) resize(0.8);
      scrollToNode(camera, node);
    },
    whole() {
      const svg = wholeDrawing(camera);
      renderSoon();
      requestAnimationFrame(() => setSize(camera));
      return svg;
    },
    /** @param {() => void} follow */
    buttons: follow =>
      zoomButtons(
        by => (by ? resize(camera.scale * by) : fit()),
        button("100 %", () => resize(1), { "aria-label": "Drawing in full size" }),
        button("To the question", follow, {
          "aria-label": "To the question that the path has come to"
        })
      )
  };
}

/**
 * One branch of the tab key: the question that the path has come to, and its answers.
 *
 * @param {Camera} camera
 * @param {number} end
 */
function stopAt(camera, end) {
  const { drawing, stops } = camera;
  if (!drawing) return;
  const now = [drawing.nodes[end], ...drawing.branches[end]].map(({ element }) => element);
  if (now[0] === stops[0]) return;
  for (const element of stops) element.setAttribute("tabindex", "-1");
  for (const element of now) element.setAttribute("tabindex", "0");
  camera.stops = now;
}

/**
 * Mark what a search has found.
 *
 * @param {Camera} camera
 * @param {Set<number>} hits
 * @param {number} current
 */
function markHits(camera, hits, current) {
  for (const { piece } of camera.nodes) {
    const hit = hitClasses(piece.node, hits, current);
    if (hit === piece.hit) continue;
    piece.hit = hit;
    dress(piece);
  }
  camera.hits = hits;
  camera.current = current;
  if (camera.overview) render(camera);
}

/** @param {number} node @param {Set<number>} hits @param {number} current */
export const hitClasses = (node, hits, current) =>
  (hits.has(node) ? " dtree-hit" : "") +
  (hits.has(node) && node === current ? " dtree-hit-now" : "");

/**
 * Bring a node into sight, with what it leads to, which stands beside it.
 *
 * @param {Camera} camera
 * @param {number} node
 */
function scrollToNode(camera, node) {
  const { frame, nodes, natural, scale, fall } = camera;
  const { points, top, bottom } = nodes[node];
  const [y0, y1] = [fall(top) * scale, fall(bottom) * scale];
  const beside = Math.min(points[2] + BESIDE, natural.width);
  const [x0, x1] = [points[0] * sideways(camera), beside * sideways(camera)];
  const { scrollTop, scrollLeft, clientWidth, clientHeight } = frame;
  const isHigh = y0 < scrollTop || y1 > scrollTop + clientHeight;
  const isAside = x0 < scrollLeft || x1 > scrollLeft + clientWidth;
  const place = {
    top: isHigh ? (y0 + y1 - clientHeight) / 2 : scrollTop,
    left: isAside ? (x0 + x1 - clientWidth) / 2 : scrollLeft
  };
  const near = Math.abs(place.top - scrollTop) < 2 * clientHeight;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  frame.scrollTo({ ...place, behavior: near && !calm ? "smooth" : "instant" });
  if (!near || calm) render(camera);
}
