// @ts-check
import { boxOf } from "./elements.js";
import { dress, narrow } from "./pieces.js";
import { endOf } from "./walking.js";

/**
 * What a drawing shows of a walk.
 *
 * @import { Answers } from "./payload.js"
 * @import { Drawn, Piece } from "./pieces.js"
 * @import { Pointed } from "./pointing.js"
 * @import { TreeWalk } from "./walking.js"
 */

/**
 * Light the branch, and put out the one that was lit. What has only become possible or ruled out
 * waits for the advice, a frame later.
 *
 * @param {Drawn} drawn
 * @param {TreeWalk} walked
 * @param {Answers} answers
 */
export function highlight({ parts }, walked, answers) {
  for (const piece of parts) {
    const { node, branch, factor = 0, value } = piece;
    const state = branch === null ? walked.nodes[node] : walked.branch(node, branch);
    const answered = branch !== null && answers[factor] === value;
    if (state === piece.state && answered === piece.answered) continue;
    const onBranch = state === "taken" || piece.state === "taken" || answered || piece.answered;
    piece.state = state;
    piece.answered = answered;
    if (onBranch) dress(piece);
  }
}

/**
 * Dress all the rest, mark where the next question is asked, and let screen readers know what is
 * answered.
 *
 * @param {Drawn} drawn
 * @param {TreeWalk} walked
 */
export function advise({ parts }, walked) {
  const asked = walked.next();
  for (const piece of parts) {
    const { factor, branch, state } = piece;
    piece.next = branch === null && factor === asked && state !== "ruled-out";
    dress(piece);
    if (branch === null || piece.pressed === piece.answered) continue;
    piece.pressed = piece.answered;
    piece.element.setAttribute("aria-pressed", `${piece.answered}`);
  }
}

/**
 * Light what is pointed at.
 *
 * @param {Drawn} drawn
 * @param {Pointed} pointed
 */
export function lightPieces({ parts }, { factors, branches, options }) {
  // A leaf holds every option; it is lit for options alone.
  const leaves = options.size > 0 && factors.size === 0;
  for (const piece of parts) {
    const { factor, value } = piece;
    if (factor === undefined) piece.lit = leaves;
    else piece.lit = value ? branches.has(`${factor} ${value}`) : factors.has(factor);
    dress(piece);
  }
}

/**
 * Keep words inside their boxes where their letters could not be measured when they were laid
 * out.
 *
 * @param {Piece[]} nodes
 */
export function fitWords(nodes) {
  const wide = nodes.flatMap(({ element }) => {
    const room = /** @type {SVGGraphicsElement} */ (element.querySelector("path, polygon"));
    const most = room.getBBox().width - 16;
    return [...element.querySelectorAll("text")]
      .filter(text => most > 0 && text.getComputedTextLength() > most)
      .map(text => ({ text, most }));
  });
  for (const { text, most } of wide) {
    text.setAttribute("textLength", `${most}`);
    narrow(text);
  }
}

/**
 * Bring the path into view, where it has another end.
 *
 * @param {Drawn} drawn
 * @param {TreeWalk} walked
 */
export function followPath(drawn, walked) {
  const end = endOf(walked);
  if (end === drawn.followed) return;
  drawn.followed = end;
  // From the root on: so much of the path before its end is seen as there is room for.
  walked.nodes.forEach((state, node) => state === "taken" && showNode(drawn, node));
}

/**
 * Where the drawing is larger than its frame, bring a node into view.
 *
 * @param {Drawn} drawn
 * @param {number} node
 */
export function showNode({ svg, nodes }, node) {
  const frame = svg.parentElement;
  if (!frame || !nodes[node]) return;
  const [box, place] = [boxOf(nodes[node].element), boxOf(frame)];
  frame.scrollLeft += stepTo(box.left - place.left, box.right - place.right);
  frame.scrollTop += stepTo(box.top - place.top, box.bottom - place.bottom);
}

/** @param {number} before @param {number} after  how far something begins and ends from its frame */
const stepTo = (before, after) => Math.min(before - 16, Math.max(0, after + 16));
