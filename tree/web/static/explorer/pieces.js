// @ts-check
import { consume, moveAlong, on, onPointed, set } from "./elements.js";
import { LEAST_SCALE } from "./fitting.js";

/**
 * The drawing that Graphviz made, taken apart into nodes and branches that can be pointed at.
 *
 * @import { View } from "./payload.js"
 * @import { State } from "./walking.js"
 *
 * @typedef {object} Piece  a node or a branch: what is known of it, and what its element shows
 * @property {Element} element
 * @property {number} node
 * @property {number | null} branch
 * @property {number | undefined} factor
 * @property {string | undefined} value
 * @property {string} own  its own classes: node or edge, question or leaf; found by a search
 * @property {string} [worn]  these, and those that show its state
 * @property {State} [state]
 * @property {boolean} answered
 * @property {boolean} [next]  whether this is the question to ask next
 * @property {boolean} [pressed]  whether screen readers know it as answered
 * @property {boolean} [lit]
 *
 * @typedef {object} Drawn
 * @property {SVGSVGElement} svg
 * @property {Piece[]} nodes
 * @property {Piece[][]} branches  of each node
 * @property {Piece[]} parts  all nodes and branches
 * @property {Map<number, Piece[]>} answering  the branches of each factor
 * @property {Piece[]} onBranch  what is lit
 * @property {number} [followed]  the end of the path that was brought into view last
 * @property {(part: Element) => void} stopAt  let the Tab key stop here
 */

const NO_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

/**
 * The drawing of a view. Branches can be clicked and focused; so can nodes, to see their words.
 *
 * @param {View} view
 * @param {(factor: number, value: string) => void} choose
 * @param {(node: number, branch: number | null) => void} point
 * @returns {Drawn}
 */
export function draw(view, choose, point) {
  const parsed = new DOMParser().parseFromString(view.svg || NO_DRAWING, "image/svg+xml");
  const svg = /** @type {SVGSVGElement} */ (
    /** @type {unknown} */ (document.adoptNode(parsed.documentElement))
  );
  // What hears of focus would be a Tab stop by itself.
  set(svg, { role: "group", tabindex: "-1" });
  // Where nothing fits it into a window of its own.
  const width = Number(svg.getAttribute("width"));
  svg.style.cssText = `max-width: ${width}px; min-width: ${LEAST_SCALE * width}px`;
  // In a font that is wider than the measured one, narrower letters are read more easily than
  // crowded ones.
  for (const text of svg.querySelectorAll("[textLength]")) narrow(text);
  const pieces = piecesOf(svg, view);
  /** @type {Piece[]} */
  const nodes = [];
  /** @type {Piece[][]} */
  const branches = view.nodes.map(() => []);
  /** @type {Map<number, Piece[]>} */
  const answering = new Map();
  for (const piece of pieces.values()) {
    if (piece.branch === null) nodes[piece.node] = piece;
    else {
      const { node, branch, factor = 0 } = piece;
      branches[node][branch] = piece;
      if (!answering.get(factor)?.push(piece)) answering.set(factor, [piece]);
    }
  }
  listenTo(svg, pieces, choose, point);
  // A question and its branches in turn.
  const parts = nodes.flatMap((node, at) => [node, ...branches[at]]);
  const stopAt = moveAlong(
    svg,
    parts.map(({ element }) => element)
  );
  return { svg, nodes, branches, parts, answering, onBranch: [], stopAt };
}

/** Let letters be narrower where there is too little room. @param {Element} text */
export const narrow = text => text.setAttribute("lengthAdjust", "spacingAndGlyphs");

/**
 * @param {SVGSVGElement} svg
 * @param {View} view
 * @returns {Map<Element, Piece>}
 */
function piecesOf(svg, view) {
  /** @type {Map<Element, Piece>} */
  const pieces = new Map();
  /** @type {string[]} */
  const questions = [];
  for (const element of svg.querySelectorAll("g[id]")) {
    const [, at, k] = /^n(\d+)(?:-(\d+))?$/.exec(element.id) ?? [];
    // Ids would clash where a page shows two explorers.
    element.removeAttribute("id");
    if (at === undefined) continue;
    const node = Number(at);
    const branch = k === undefined ? null : Number(k);
    const { factor, branches = [] } = view.nodes[node];
    const value = branch === null ? undefined : branches[branch][0];
    pieces.set(element, {
      element,
      node,
      branch,
      factor,
      value,
      own: element.getAttribute("class") ?? "",
      answered: false
    });
    const title = /** @type {Element} */ (element.firstElementChild);
    const asked = questions[node] ?? "";
    // In a page, a branch is named by its answer alone.
    if (!title.textContent?.startsWith(asked)) title.prepend(asked, " ");
    const label = title.textContent ?? "";
    if (branch === null) questions[node] = label;
    set(element, { role: "button", tabindex: "-1", "aria-label": label });
    if (branch !== null) widen(element);
  }
  return pieces;
}

/**
 * A wider, unseen line below the drawn one, so that a finger can hit it.
 *
 * @param {Element} branch
 */
function widen(branch) {
  const line = branch.querySelector("path");
  if (!line) return;
  const target = /** @type {SVGElement} */ (line.cloneNode());
  target.setAttribute("class", "dtree-target");
  // Whatever the branch looks like.
  target.style.cssText = "stroke:transparent;stroke-width:24;stroke-dasharray:none";
  line.before(target);
}

/**
 * @param {SVGSVGElement} svg
 * @param {Map<Element, Piece>} pieces
 * @param {(factor: number, value: string) => void} choose
 * @param {(node: number, branch: number | null) => void} point
 */
function listenTo(svg, pieces, choose, point) {
  /** @param {Event} event */
  const pieceAt = ({ target }) =>
    pieces.get(/** @type {Element} */ (/** @type {Element} */ (target).closest("g.node, g.edge")));
  /** @param {Event} event */
  const act = event => {
    const { value, factor = 0 } = pieceAt(event) ?? {};
    if (value !== undefined) choose(factor, value);
  };
  /** @param {Piece} piece */
  const pointAt = ({ node, branch }) => point(node, branch);
  onPointed(svg, pieceAt, pointAt);
  on(svg, "click", act);
  on(svg, "keydown", event => {
    const piece = pieceAt(event);
    if (!piece || (event.key !== "Enter" && event.key !== " ")) return;
    consume(event);
    pointAt(piece);
    act(event);
  });
}

/**
 * Show what is known of a piece; nothing is touched where nothing has changed.
 *
 * @param {Piece} piece
 */
export function dress(piece) {
  if (!piece.state) return;
  const { element, state, answered, next, lit, own } = piece;
  const marks = (answered ? " dtree-answered" : "") + (next ? " dtree-asked-next" : "");
  const worn = `${own} dtree-${state}${marks}${lit ? " dtree-lit" : ""}`;
  if (worn === piece.worn) return;
  element.setAttribute("class", worn);
  piece.worn = worn;
}
