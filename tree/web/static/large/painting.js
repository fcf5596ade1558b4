// @ts-check
import { sideways } from "./camera.js";

/**
 * The canvas behind a large drawing: the lines that only pass through, or in the overview all of
 * it in lines and boxes, as wide as the frame whatever its height.
 *
 * @import { Camera } from "./camera.js"
 *
 * @typedef {object} Sight  the part of the page that is painted
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} Brush  a canvas, and where on it the points of a drawing are
 * @property {CanvasRenderingContext2D} context
 * @property {number} sharp  dots of the screen in a dot of the page
 * @property {(x: number) => number} toX
 * @property {(y: number) => number} toY  of a height where it has come to stand
 * @property {[high: number, low: number]} between  the heights in sight
 */

/**
 * @param {Camera} camera
 * @param {Sight} sight
 */
export function paint(camera, sight) {
  const { canvas, natural, height, scale, overview } = camera;
  // Painted at once, not again with every tile of the page.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return;
  const { left, top } = sight;
  const sharp = devicePixelRatio;
  const across = sideways(camera);
  const wide = Math.ceil(Math.min(sight.width, natural.width * across - left));
  const tall = Math.ceil(Math.min(sight.height, height * scale - top));
  canvas.style.cssText = `left:${left}px;top:${top}px;width:${wide}px;height:${tall}px`;
  [canvas.width, canvas.height] = [wide * sharp, tall * sharp];
  /** @type {Brush} */
  const brush = {
    context,
    sharp,
    toX: x => (x * across - left) * sharp,
    toY: y => (y * scale - top) * sharp,
    between: [top / scale, (top + tall) / scale]
  };
  const colours = getComputedStyle(canvas);
  const looks = { "ruled-out": colours.stroke, possible: colours.fill, taken: colours.color };
  for (const state of /** @type {const} */ (["ruled-out", "possible", "taken"])) {
    context.strokeStyle = context.fillStyle = looks[state];
    // Dashes would take long; what is ruled out is thinner as well as paler.
    context.lineWidth = { "ruled-out": 0.4, possible: 1, taken: 3 }[state] * sharp;
    context.globalAlpha = overview && state !== "taken" ? 0.35 : 1;
    paintLines(camera, state, brush);
    if (!overview) continue;
    context.globalAlpha = state === "ruled-out" ? 0.5 : 1;
    paintBoxes(camera, state, brush);
  }
  if (!overview) return;
  context.globalAlpha = 1;
  context.fillStyle = colours.outlineColor;
  paintHits(camera, brush);
}

/**
 * @param {Camera} camera
 * @param {string} state
 * @param {Brush} brush
 */
function paintLines({ stays, inside, fall, overview }, state, { context, toX, toY, between }) {
  const [high, low] = between;
  context.beginPath();
  for (const part of stays) {
    const { points, piece } = part;
    if (piece.branch === null || piece.state !== state || inside.has(part)) continue;
    if (fall(part.bottom) < high || fall(part.top) > low) continue;
    const last = points.length - 2;
    if (overview) {
      context.moveTo(toX(points[0]), toY(fall(points[1])));
      context.lineTo(toX(points[last]), toY(fall(points[last + 1])));
      continue;
    }
    for (let i = 0; i < last; i += 6) {
      const heights = [1, 3, 5, 7].map(k => fall(points[i + k]));
      if (Math.max(...heights) < high || Math.min(...heights) > low) continue;
      const [a, b, c, d] = heights.map(toY);
      const [x0, x1, x2, x3] = [0, 2, 4, 6].map(k => toX(points[i + k]));
      context.moveTo(x0, a);
      context.bezierCurveTo(x1, b, x2, c, x3, d);
    }
  }
  context.stroke();
}

/**
 * @param {Camera} camera
 * @param {string} state
 * @param {Brush} brush
 */
function paintBoxes({ stays, scale, fall }, state, { context, sharp, toX, toY }) {
  for (const { piece, points, top, bottom } of stays) {
    if (piece.branch !== null || piece.state !== state) continue;
    const tall = Math.max((bottom - top) * scale, 1.5) * sharp;
    context.fillRect(toX(points[0]), toY(fall(top)), toX(points[2]) - toX(points[0]), tall);
  }
}

/**
 * @param {Camera} camera
 * @param {Brush} brush
 */
function paintHits({ nodes, hits, current, fall }, { context, sharp, toX, toY }) {
  for (const node of hits) {
    const { points, top } = nodes[node];
    const size = (node === current ? 12 : 6) * sharp;
    context.fillRect(toX(points[0]) - size, toY(fall(top)), size, size);
  }
}
