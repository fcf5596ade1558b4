// @ts-check

/**
 * Where the parts of a large drawing stand, and how it is folded.
 *
 * @import { Piece } from "../explorer/pieces.js"
 * @import { Camera, Placed } from "./camera.js"
 */

// What is in sight is found by fields of this size; so many side by side are never reached.
const FIELD = 200;
const ACROSS = 100_000;

// A gap that folding leaves between what remains.
const GAP = 26;

/** @param {number} x @param {number} y */
const fieldAt = (x, y) => Math.floor(y / FIELD) * ACROSS + Math.floor(x / FIELD);

/** Sort what is not folded into its fields. @param {Camera} camera */
export function sortIntoFields({ fields, stays, fall }) {
  fields.clear();
  for (const part of stays) {
    const { points, label } = part;
    const [x0, y0] = points;
    const [x1, y1] = points.subarray(-2);
    const at = new Set([fieldAt(x0, fall(y0)), fieldAt(x1, fall(y1))]);
    if (label) at.add(fieldAt(label.x, fall(label.y)));
    for (const field of at) {
      const there = fields.get(field);
      if (there) there.push(part);
      else fields.set(field, [part]);
    }
  }
}

/**
 * What the fields of some part of the drawing hold.
 *
 * @param {Camera["fields"]} fields
 * @param {{left: number, top: number, right: number, bottom: number}} sight
 */
export function partsIn(fields, { left, top, right, bottom }) {
  /** @type {Set<Placed>} */
  const found = new Set();
  for (let y = top; y < bottom + FIELD; y += FIELD) {
    for (let x = left; x < right + FIELD; x += FIELD) {
      for (const part of fields.get(fieldAt(x, y)) ?? []) found.add(part);
    }
  }
  return found;
}

/**
 * Where a part of the drawing stands, read from its shape.
 *
 * @param {Piece} piece
 * @param {number} shift  from its own heights to those of the picture
 * @param {Element} layer
 * @returns {Placed}
 */
export function placed(piece, shift, layer) {
  const { element } = piece;
  const shape = element.querySelector("path:not(.dtree-target), polygon");
  const words = shape?.getAttribute("d") ?? shape?.getAttribute("points") ?? "";
  let points = Float64Array.from(words.match(/-?[\d.]+/g) ?? [0, 0, 0, 0], Number);
  for (let at = 1; at < points.length; at += 2) points[at] += shift;
  const heights = points.filter((_, at) => at % 2 === 1);
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  if (piece.branch === null) {
    const across = points.filter((_, at) => at % 2 === 0);
    points = Float64Array.of(Math.min(...across), top, Math.max(...across), bottom);
  }
  const word = piece.branch === null ? null : element.querySelector("text");
  const place = (/** @type {string} */ name) => Number(word?.getAttribute(name));
  const label = word && { x: place("x"), y: place("y") + shift };
  return { piece, layer, points, label, top, bottom, shift, moved: 0 };
}

/**
 * Where every height comes to stand once the empty stretches between these parts are taken
 * out, and how high the drawing is then. Boxes and words keep their size; lines bend with it.
 *
 * @param {Pick<Placed, "piece" | "top" | "bottom" | "label">[]} stays
 * @param {number} natural
 * @returns {[(y: number) => number, number]}
 */
export function squeezed(stays, natural) {
  /** @type {[number, number][]} */
  const taken = stays.flatMap(({ piece, top, bottom, label }) =>
    piece.branch === null ? [[top - 4, bottom + 4]] : label ? [[label.y - 16, label.y + 6]] : []
  );
  taken.sort(([a], [b]) => a - b);
  // Stretches that stay, each with its way up.
  const [from, to, up] = [[0], [0], [0]];
  for (const [top, bottom] of taken) {
    const last = to.length - 1;
    if (top - to[last] <= GAP) to[last] = Math.max(to[last], bottom);
    else {
      up.push(up[last] + top - to[last] - GAP);
      from.push(top);
      to.push(bottom);
    }
  }
  const last = to.length - 1;
  const tail = Math.max(0, natural - to[last] - GAP);
  /** @param {number} y */
  const fall = y => {
    let [low, high] = [0, last];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (from[middle] <= y) low = middle;
      else high = middle - 1;
    }
    if (y <= to[low]) return y - up[low];
    // Within a stretch that is taken out.
    const next = low < last ? from[low + 1] : natural;
    const room = low < last ? GAP : natural - to[low] - tail;
    const along = Math.min(1, (y - to[low]) / Math.max(1e-6, next - to[low]));
    return to[low] - up[low] + along * room;
  };
  return [fall, natural - up[last] - tail];
}
