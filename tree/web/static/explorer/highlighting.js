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
 * Light the branch, and put out the one that was lit: nothing else is looked at. What has only
 * become possible or ruled out waits for the advice, a frame later.
 *
 * @param {Drawn} drawn
 * @param {TreeWalk} walked
 * @param {Answers} answers
 */
export function highlight(drawn, walked, answers) {
  const now = walked.taken.flatMap(node => drawn.nodes[node] ?? []);
  drawn.answering.forEach((branches, factor) => {
    const answer = answers[factor];
    if (answer) now.push(...branches.filter(({ value }) => value === answer));
  });
  for (const piece of new Set([...drawn.onBranch, ...now])) {
    const { branch, factor = 0, value } = piece;
    piece.answered = branch !== null && answers[factor] === value;
    piece.state = stateOf(walked, piece);
    dress(piece);
  }
  drawn.onBranch = now;
}

/** @param {TreeWalk} walked @param {Piece} piece */
const stateOf = (walked, { node, branch }) =>
  branch === null ? walked.node(node) : walked.branch(node, branch);

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
    const { factor, branch } = piece;
    piece.state = stateOf(walked, piece);
    piece.next = branch === null && factor === asked && piece.state !== "ruled-out";
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
  for (const node of walked.taken) showNode(drawn, node);
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
