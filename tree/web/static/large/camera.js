// @ts-check
import { make } from "../explorer/elements.js";

/**
 * The state of a large drawing: where its parts stand, how large it is shown, what is in the page.
 *
 * @import { Drawn, Piece } from "../explorer/pieces.js"
 *
 * @typedef {object} Placed  a piece of the drawing with its place
 * @property {Piece} piece
 * @property {Element} layer
 * @property {Float64Array} points  x and y by turns
 * @property {{x: number, y: number} | null} label  of a branch, where its word stands
 * @property {number} top
 * @property {number} bottom
 * @property {number} shift  from the element's own heights to these
 * @property {number} moved  in which folding it was last put in its place
 *
 * @typedef {object} Camera
 * @property {HTMLElement} frame  what scrolls
 * @property {HTMLElement} stage  as large as all of the drawing
 * @property {HTMLCanvasElement} canvas  for what is not in the page
 * @property {Element[]} layers  branches below nodes
 * @property {Drawn | null} drawing
 * @property {Placed[]} all
 * @property {Placed[]} nodes  the nodes of them, by number
 * @property {Placed[]} stays  what is not folded
 * @property {Set<Placed>} inside  what is in the page
 * @property {Map<number, Placed[]>} fields  what has a corner, an end or a word in a field
 * @property {Set<Piece>} measured  whose words have been fitted to their boxes
 * @property {Element[]} stops  what the tab key stops at
 * @property {{width: number, height: number}} natural
 * @property {number} height  once what is folded is out
 * @property {number} scale
 * @property {boolean} overview  too small to be read: all of it is painted
 * @property {string} folded  the states of the nodes that it is folded for, or nothing
 * @property {number} folding  counts how often it was folded
 * @property {(y: number) => number} fall  where a height comes to stand once what is folded is out
 * @property {Set<number>} hits  nodes that a search has found
 * @property {number} current  the one of them that is looked at
 */

// Smaller than this nobody reads it.
export const READABLE = 0.7;
const OVERVIEW = 0.25;
const [SMALLEST, LARGEST] = [0.002, 4];

/** @param {HTMLElement} frame @returns {Camera} */
export function newCamera(frame) {
  const canvas = /** @type {HTMLCanvasElement} */ (
    make("canvas", { class: "dtree-overview", "aria-hidden": "true" })
  );
  return {
    frame,
    canvas,
    stage: make("div", "dtree-stage", canvas),
    layers: ["edges", "nodes"].map(() =>
      document.createElementNS("http://www.w3.org/2000/svg", "g")
    ),
    drawing: null,
    all: [],
    nodes: [],
    stays: [],
    inside: new Set(),
    fields: new Map(),
    measured: new Set(),
    stops: [],
    natural: { width: 1, height: 1 },
    height: 1,
    scale: 1,
    overview: false,
    folded: "",
    folding: 0,
    fall: y => y,
    hits: new Set(),
    current: -1
  };
}

/** The scale from left to right: the overview is as wide as the frame. @param {Camera} camera */
export const sideways = ({ overview, scale, frame, natural }) =>
  overview ? Math.max(scale, Math.min(1, (frame.clientWidth - 4) / natural.width)) : scale;

/** Give the stage and the drawing their size. @param {Camera} camera */
export function setSize(camera) {
  const { drawing, stage, natural, height, scale } = camera;
  if (!drawing) return;
  const tall = height * scale;
  stage.style.width = `${natural.width * sideways(camera)}px`;
  stage.style.height = `${tall}px`;
  const { svg } = drawing;
  svg.setAttribute("viewBox", `0 0 ${natural.width} ${height}`);
  svg.setAttribute("width", `${natural.width * scale}`);
  svg.setAttribute("height", `${tall}`);
}

/**
 * Show the drawing in another size. One point of the frame stays where it is; the caller renders.
 *
 * @param {Camera} camera
 * @param {number} wanted
 * @param {number} x
 * @param {number} y
 */
export function setScale(camera, wanted, x, y) {
  const { frame, scale } = camera;
  const left = (frame.scrollLeft + x) / sideways(camera);
  const top = (frame.scrollTop + y) / scale;
  camera.scale = Math.min(LARGEST, Math.max(SMALLEST, wanted));
  camera.overview = camera.scale < OVERVIEW;
  setSize(camera);
  frame.scrollTo(left * sideways(camera) - x, top * camera.scale - y);
}
