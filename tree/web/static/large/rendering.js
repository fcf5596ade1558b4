// @ts-check
import { fitWords } from "../explorer/highlighting.js";
import { dress } from "../explorer/pieces.js";
import { setSize } from "./camera.js";
import { paint } from "./painting.js";
import { partsIn, placed, sortIntoFields, squeezed } from "./placing.js";

/**
 * What of a large drawing is in the page: what is in sight, and no more.
 *
 * @import { Drawn } from "../explorer/pieces.js"
 * @import { Camera, Placed } from "./camera.js"
 */

// How far around what is in sight is made, too, so that scrolling does not show gaps.
const MARGIN = 100;
const LONG = 1000;

/**
 * Take a drawing apart, so that its parts can come and go.
 *
 * @param {Camera} camera
 * @param {Drawn} drawing
 */
export function takeDrawing(camera, drawing) {
  const { svg, parts } = drawing;
  const graph = /** @type {SVGGElement} */ (svg.querySelector("g.graph"));
  const [, , width, height] = (svg.getAttribute("viewBox") ?? "0 0 1 1").split(" ").map(Number);
  const transform = graph.getAttribute("transform") ?? "";
  const shift = Number(/translate\([^ ,]+[ ,]([^)]+)\)/.exec(transform)?.[1] ?? 0);
  const [below, above] = camera.layers;
  const all = parts.map(piece => placed(piece, shift, piece.branch === null ? above : below));
  for (const { piece, top, bottom } of all) {
    piece.away = true;
    // Thousands of stops on the way of the tab key would help nobody; see `stopAt`.
    piece.element.setAttribute("tabindex", "-1");
    piece.element.remove();
    // Dashes of so long a line would take longer to draw than all the rest.
    if (bottom - top > LONG) piece.own += " long";
  }
  graph.append(...camera.layers);
  svg.style.cssText = "";
  camera.stage.append(svg);
  camera.drawing = drawing;
  camera.natural = { width, height };
  camera.all = all;
  camera.nodes = all.slice(0, drawing.nodes.length);
  camera.inside = new Set();
  camera.folded = "";
  unfold(camera);
  sortIntoFields(camera);
}

/** @param {Camera} camera */
function unfold(camera) {
  camera.stays = camera.all;
  camera.fall = y => y;
  camera.height = camera.natural.height;
}

/**
 * Fold what is ruled out, or unfold it; the node that is looked at stays where it is.
 *
 * @param {Camera} camera
 * @param {string} folded  the states of the nodes, or nothing
 * @param {number} anchor  the node
 */
export function foldFor(camera, folded, anchor) {
  if (folded === camera.folded) return;
  camera.folded = folded;
  camera.folding += 1;
  const { top } = camera.nodes[anchor];
  const before = camera.fall(top);
  unfold(camera);
  if (folded) {
    camera.stays = camera.all.filter(({ piece }) => piece.state !== "ruled-out");
    [camera.fall, camera.height] = squeezed(camera.stays, camera.natural.height);
  }
  sortIntoFields(camera);
  setSize(camera);
  camera.frame.scrollTop += (camera.fall(top) - before) * camera.scale;
}

/** Bring into the page what is in sight, and take out the rest. @param {Camera} camera */
export function render(camera) {
  const { drawing, frame, scale, fields, overview, inside, layers, measured } = camera;
  if (!drawing) return;
  const left = Math.max(0, frame.scrollLeft - MARGIN);
  const top = Math.max(0, frame.scrollTop - MARGIN);
  const width = frame.clientWidth + 2 * MARGIN;
  const height = frame.clientHeight + 2 * MARGIN;
  const [right, bottom] = [(left + width) / scale, (top + height) / scale];
  const sight = { left: left / scale, top: top / scale, right, bottom };
  /** @type {Set<Placed>} */
  const wanted = overview ? new Set() : partsIn(fields, sight);
  for (const part of inside) {
    if (wanted.has(part)) continue;
    part.piece.element.remove();
    part.piece.away = true;
  }
  const fresh = [...wanted].filter(part => !inside.has(part));
  for (const part of wanted) {
    putInPlace(camera, part);
    part.piece.away = false;
    dress(part.piece);
  }
  for (const layer of layers) {
    const elements = fresh.filter(part => part.layer === layer).map(({ piece }) => piece.element);
    layer.append(...elements);
  }
  camera.inside = wanted;
  paint(camera, { left, top, width, height });
  const unmeasured = fresh
    .map(({ piece }) => piece)
    .filter(piece => piece.branch === null && !measured.has(piece));
  for (const piece of unmeasured) measured.add(piece);
  if (unmeasured.length) fitWords(unmeasured);
}

/**
 * Put a part where it comes to stand.
 *
 * @param {Camera} camera
 * @param {Placed} part
 */
function putInPlace({ folding, fall }, part) {
  if (part.moved === folding) return;
  part.moved = folding;
  const { piece, top, points, shift, label } = part;
  /** @param {Element | null} element @param {number} y */
  const move = (element, y) => element?.setAttribute("transform", `translate(0 ${fall(y) - y})`);
  if (piece.branch === null) {
    move(piece.element, top);
    return;
  }
  let words = "";
  for (let i = 0; i < points.length; i += 2) {
    const y = fall(points[i + 1]) - shift;
    words += `${i === 0 ? "M" : i === 2 ? "C" : " "}${points[i]},${y.toFixed(1)}`;
  }
  for (const path of piece.element.querySelectorAll("path")) path.setAttribute("d", words);
  move(piece.element.querySelector("polygon"), points[points.length - 1]);
  move(piece.element.querySelector("text"), label?.y ?? 0);
}

/** All of the drawing at once, to be taken along. @param {Camera} camera */
export function wholeDrawing(camera) {
  const { drawing, all, folded, inside, natural, height } = camera;
  if (!drawing) return document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const part of all) {
    const { piece, layer } = part;
    if (folded && piece.state === "ruled-out") continue;
    putInPlace(camera, part);
    piece.away = false;
    dress(piece);
    layer.append(piece.element);
    inside.add(part);
  }
  drawing.svg.setAttribute("width", `${natural.width}`);
  drawing.svg.setAttribute("height", `${height}`);
  return drawing.svg;
}
