// @ts-check
import { consume } from "./elements.js";
import { endOf } from "./walking.js";

/**
 * The drawing that Graphviz made: highlighted, and its parts pointed at and chosen.
 *
 * @import { Answers, State, View, Walk } from "./types.js"
 */

/**
 * A node or branch of the drawing, what is known of it and what its element wears of that,
 * beside the class that is its own. `away`: the element is not in the page, and is dressed when
 * it comes back.
 *
 * @typedef {{element: Element, node: number, branch: number | null, factor: number | undefined,
 *   value: string | undefined, state: State | null, answered: boolean, next: boolean,
 *   pressed: boolean | null, lit: boolean, hit: string, away: boolean, own: string,
 *   worn: string}} Piece
 * @typedef {ReturnType<typeof draw>} Drawn
 */

const NO_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

/**
 * The drawing. Branches can be clicked and focused; so can nodes, to see their words.
 *
 * @param {View} view
 * @param {(factor: number, value: string) => void} choose
 * @param {(node: number, branch: number | null) => void} point
 */
export function draw(view, choose, point) {
  const parsed = new DOMParser().parseFromString(view.svg || NO_DRAWING, "image/svg+xml");
  const svg = /** @type {SVGSVGElement} */ (
    /** @type {unknown} */ (document.adoptNode(parsed.documentElement))
  );
  svg.setAttribute("role", "group");
  // Small enough to be seen whole, yet never too small to read: then it scrolls.
  const width = Number(svg.getAttribute("width"));
  svg.style.maxWidth = `${width}px`;
  svg.style.minWidth = `${0.7 * width}px`;
  /** @type {Piece[]} */
  const nodes = [];
  /** @type {Piece[][]} */
  const branches = view.nodes.map(() => []);
  /** @type {Map<Element, Piece>} */
  const partOf = new Map();
  for (const element of svg.querySelectorAll("g[id]")) {
    const [, node, branch] = /^n(\d+)(?:-(\d+))?$/.exec(element.id) ?? [];
    // Ids would clash where a page shows two explorers.
    element.removeAttribute("id");
    if (node === undefined) continue;
    const at = Number(node);
    const k = branch === undefined ? null : Number(branch);
    const { factor, branches: values = [] } = view.nodes[at];
    /** @type {Piece} */
    const part = {
      ...{ element, node: at, branch: k, factor, value: k === null ? undefined : values[k][0] },
      ...{ state: null, answered: false, next: false, pressed: null, lit: false, hit: "" },
      away: false,
      // Its own class: node or edge, question or leaf.
      ...{ own: element.getAttribute("class") ?? "", worn: "" },
    };
    partOf.set(element, part);
    if (k === null) nodes[at] = part;
    else branches[at][k] = part;
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "0");
    element.setAttribute("aria-label", element.firstElementChild?.textContent ?? "");
    if (k !== null) widen(element);
  }
  // In a font that is wider than the measured one, narrower letters are read more easily than
  // crowded ones.
  for (const text of svg.querySelectorAll("[textLength]")) {
    text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
  const parts = [...nodes, ...branches.flat()];

  /** @param {Event} event */
  const at = ({ target }) =>
    partOf.get(/** @type {Element} */ (/** @type {Element} */ (target).closest("g.node, g.edge")));
  /** @param {Piece} part */
  const pointAt = (part) => point(part.node, part.branch);
  /** @param {Piece} part */
  const act = ({ factor, value }) => {
    if (factor !== undefined && value !== undefined) choose(factor, value);
  };
  /** @type {Piece | undefined} */
  let moved;
  svg.addEventListener("pointermove", (event) => {
    const part = at(event);
    // Only a pointer that moves: what scrolls below a resting one is not pointed at.
    if (part === moved || (part && !(event.movementX || event.movementY))) return;
    moved = part;
    if (part) pointAt(part);
  });
  svg.addEventListener("pointerleave", () => (moved = undefined));
  svg.addEventListener("focusin", (event) => {
    const part = at(event);
    if (part) pointAt(part);
  });
  svg.addEventListener("click", (event) => {
    const part = at(event);
    if (!part) return;
    pointAt(part);
    act(part);
  });
  svg.addEventListener("keydown", (event) => {
    const part = at(event);
    if (!part || (event.key !== "Enter" && event.key !== " ")) return;
    consume(event);
    pointAt(part);
    act(part);
  });

  return {
    svg,
    nodes,
    branches,
    parts,
    /**
     * Keep words inside their boxes where their letters could not be measured when they were
     * laid out.
     *
     * @param {Piece[]} some
     */
    fit(some = nodes) {
      const wide = some.flatMap(({ element }) => {
        const room = /** @type {SVGGraphicsElement} */ (element.querySelector("path, polygon"));
        const most = room.getBBox().width - 16;
        return [...element.querySelectorAll("text")]
          .filter((text) => most > 0 && text.getComputedTextLength() > most)
          .map((text) => ({ text, most }));
      });
      for (const { text, most } of wide) {
        text.setAttribute("textLength", `${most}`);
        text.setAttribute("lengthAdjust", "spacingAndGlyphs");
      }
    },
    /**
     * Where the drawing is wider than its frame, bring the end of the path into view.
     *
     * @param {Walk} found
     */
    follow(found) {
      const frame = svg.parentElement;
      const end = nodes[endOf(found)]?.element;
      if (!frame || !end || frame.scrollWidth <= frame.clientWidth) return;
      const [box, place] = [end.getBoundingClientRect(), frame.getBoundingClientRect()];
      if (box.left < place.left || box.right > place.right) {
        frame.scrollLeft += (box.left + box.right - place.left - place.right) / 2;
      }
    },
    /**
     * Light the branch, and put out the one that was lit. What has only become possible or
     * ruled out waits for the advice, a frame later.
     *
     * @param {Walk} found
     * @param {Answers} answers
     */
    highlight(found, answers) {
      for (const part of parts) {
        const { node, branch, factor = 0, value } = part;
        const state = branch === null ? found.nodes[node] : found.branch(node, branch);
        const answered = branch !== null && answers[factor] === value;
        if (state === part.state && answered === part.answered) continue;
        const onBranch = state === "taken" || part.state === "taken" || answered || part.answered;
        part.state = state;
        part.answered = answered;
        if (onBranch) dress(part);
      }
    },
    /**
     * Dress all the rest, mark where the next question is asked, and tell screen readers what is
     * answered.
     *
     * @param {Walk} found
     */
    advise(found) {
      const asked = found.next();
      for (const part of parts) {
        const { factor, branch, state } = part;
        part.next = branch === null && factor === asked && state !== "ruled-out";
        dress(part);
        if (branch === null || part.pressed === part.answered) continue;
        part.pressed = part.answered;
        part.element.setAttribute("aria-pressed", `${part.answered}`);
      }
    },
  };
}

/**
 * Show what is known of a part; nothing is touched where nothing has changed.
 *
 * @param {Piece} part
 */
export function dress(part) {
  if (part.away || !part.state) return;
  const { element, state, answered, next, lit, hit, own } = part;
  const marks = (answered ? " dtree-answered" : "") + (next ? " dtree-asked-next" : "");
  const worn = `dtree-${state}${marks}${lit ? " dtree-lit" : ""}${hit}`;
  if (worn === part.worn) return;
  element.setAttribute("class", `${own} ${worn}`);
  part.worn = worn;
}

/**
 * A wider, unseen line below the drawn one, so that a finger can hit it.
 *
 * @param {Element} branch
 */
function widen(branch) {
  const line = branch.querySelector("path");
  if (!line) return;
  const target = /** @type {Element} */ (line.cloneNode());
  target.setAttribute("class", "dtree-target");
  line.before(target);
}
