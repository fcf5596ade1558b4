// @ts-check
import { dress } from "../explorer/drawing.js";
import { afterFrame, button, consume, make } from "../explorer/elements.js";
import { endOf } from "../explorer/walking.js";

/**
 * The part of a large drawing that is in sight, which alone is in the page.
 *
 * Such a drawing goes from left to right, so it is long from top to bottom. The parts in
 * sight are found by fields. Lines that only pass through are painted on a canvas
 * behind them; so is all of it where it would be too small to read: there a click leads to
 * the place.
 *
 * @import { Drawn, Piece } from "../explorer/drawing.js"
 * @import { View, Walk } from "../explorer/types.js"
 * @typedef {{piece: Piece, layer: Element, points: Float64Array,
 *   label: {x: number, y: number} | null, top: number, bottom: number, shift: number, moved: number}} Placed
 *   `points`: x and y by turns; `label`: of a branch, where its word stands; `shift`: from the
 *   element's own heights to these; `moved`: in which folding it was last put in its place
 */

// What is in sight is found by fields of this size; so many side by side are never reached.
const FIELD = 200;
const ACROSS = 100_000;

// How far around what is in sight is made, too, so that scrolling does not show gaps.
const MARGIN = 100;
const LONG = 1000;
const BESIDE = 280;

// Smaller than this nobody reads it.
export const READABLE = 0.7;
const OVERVIEW = 0.25;
const [SMALLEST, LARGEST] = [0.002, 4];

// A gap that folding leaves between what remains.
const GAP = 26;

/**
 * The drawing in its frame: what of it is in sight, and how large.
 *
 * @param {View} view
 * @param {HTMLElement} frame
 */
export function lens(view, frame) {
  const canvas = /** @type {HTMLCanvasElement} */ (
    make("canvas", { class: "dtree-overview", "aria-hidden": "true" })
  );
  const stage = make("div", { class: "dtree-stage" }, canvas);
  /** @type {Drawn | null} */
  let drawing = null;
  /** @type {Placed[]} */
  let all = [];
  /** @type {Placed[]} the nodes of them, by number */
  let nodes = [];
  /** @type {Set<Placed>} */
  let inside = new Set();
  /** @type {Map<number, Placed[]>}  what has a corner, an end or a word in a field */
  const fields = new Map();
  /** @type {Placed[]}  what is not folded */
  let stays = [];
  /** @type {{width: number, height: number}} */
  let natural = { width: 1, height: 1 };
  let height = 1;
  let scale = 1;
  let folded = "";
  let folding = 0;
  let overview = false;
  /** @type {(y: number) => number}  where a height comes to stand, once what is folded is out */
  let fall = (y) => y;
  /** @type {Set<number>} */
  let hits = new Set();
  let current = -1;
  const layers = ["edges", "nodes"].map(() =>
    document.createElementNS("http://www.w3.org/2000/svg", "g"),
  );

  /** @param {Drawn} drawn */
  const take = (drawn) => {
    drawing = drawn;
    const { svg, parts } = drawn;
    const graph = /** @type {SVGGElement} */ (svg.querySelector("g.graph"));
    const [, , width, tall] = (svg.getAttribute("viewBox") ?? "0 0 1 1").split(" ").map(Number);
    natural = { width, height: tall };
    const shift = Number(
      /translate\([^ ,]+[ ,]([^)]+)\)/.exec(graph.getAttribute("transform") ?? "")?.[1] ?? 0,
    );
    all = parts.map((piece) => placed(piece, shift, layers[piece.branch === null ? 1 : 0]));
    nodes = all.slice(0, drawn.nodes.length);
    for (const { piece } of all) {
      piece.away = true;
      // Thousands of stops on the way of the tab key would help nobody; see `stop`.
      piece.element.setAttribute("tabindex", "-1");
      piece.element.remove();
    }
    for (const { piece, top, bottom } of all) {
      // Dashes of so long a line would take longer to draw than all the rest.
      if (bottom - top > LONG) piece.own += " long";
    }
    graph.append(...layers);
    svg.style.cssText = "";
    stage.append(svg);
    inside = new Set();
    folded = "";
    stays = all;
    fall = (y) => y;
    height = natural.height;
    divide();
    // As wide as the frame, if that can be read.
    resize(Math.min(1, Math.max(READABLE, frame.clientWidth / natural.width)));
  };

  /** @param {number} x @param {number} y */
  const fieldAt = (x, y) => Math.floor(y / FIELD) * ACROSS + Math.floor(x / FIELD);
  const divide = () => {
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
  };

  const render = () => {
    if (!drawing) return;
    const { scrollTop, scrollLeft, clientWidth, clientHeight } = frame;
    const sight = {
      left: Math.max(0, scrollLeft - MARGIN),
      top: Math.max(0, scrollTop - MARGIN),
      width: clientWidth + 2 * MARGIN,
      height: clientHeight + 2 * MARGIN,
    };
    const [top, bottom] = [sight.top / scale, (sight.top + sight.height) / scale];
    /** @type {Set<Placed>} */
    const wanted = new Set();
    const [from, to] = [sight.left / scale, (sight.left + sight.width) / scale];
    for (let y = top; y < bottom + FIELD && !overview; y += FIELD) {
      for (let x = from; x < to + FIELD; x += FIELD) {
        for (const part of fields.get(fieldAt(x, y)) ?? []) wanted.add(part);
      }
    }
    for (const part of inside) {
      if (wanted.has(part)) continue;
      part.piece.element.remove();
      part.piece.away = true;
    }
    const fresh = [];
    for (const part of wanted) {
      put(part);
      if (!inside.has(part)) fresh.push(part);
      part.piece.away = false;
      dress(part.piece);
    }
    for (const layer of layers) {
      layer.append(
        ...fresh.filter((part) => part.layer === layer).map(({ piece }) => piece.element),
      );
    }
    inside = wanted;
    paint(sight);
    const unmeasured = fresh.filter(({ piece }) => piece.branch === null && !measured.has(piece));
    for (const { piece } of unmeasured) measured.add(piece);
    if (unmeasured.length) drawing.fit(unmeasured.map(({ piece }) => piece));
  };
  /** @type {Set<Piece>} whose words have been fitted to their boxes */
  const measured = new Set();

  /** Put a part where it comes to stand. @param {Placed} part */
  const put = (part) => {
    if (part.moved === folding) return;
    part.moved = folding;
    const { piece, top } = part;
    if (piece.branch === null) {
      piece.element.setAttribute("transform", `translate(0 ${fall(top) - top})`);
      return;
    }
    const { points: line, shift } = part;
    for (const path of piece.element.querySelectorAll("path")) {
      let words = "";
      for (let i = 0; i < line.length; i += 2) {
        const y = fall(line[i + 1]) - shift;
        words += `${i === 0 ? "M" : i === 2 ? "C" : " "}${line[i]},${y.toFixed(1)}`;
      }
      path.setAttribute("d", words);
    }
    const end = line[line.length - 1];
    const tip = `translate(0 ${fall(end) - end})`;
    piece.element.querySelector("polygon")?.setAttribute("transform", tip);
    const word = part.label?.y ?? 0;
    piece.element
      .querySelector("text")
      ?.setAttribute("transform", `translate(0 ${fall(word) - word})`);
  };

  /**
   * The lines that only pass through; or in the overview all of it in lines and boxes, as wide
   * as the frame whatever its height.
   *
   * @param {{left: number, top: number, width: number, height: number}} sight
   */
  const paint = ({ left, top, width, height: tall }) => {
    // Painted at once, not again with every tile of the page.
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return;
    const sharp = devicePixelRatio;
    const across = sideways();
    width = Math.ceil(Math.min(width, natural.width * across - left));
    tall = Math.ceil(Math.min(tall, height * scale - top));
    canvas.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${tall}px`;
    [canvas.width, canvas.height] = [width * sharp, tall * sharp];
    const colours = getComputedStyle(canvas);
    const [high, low] = [top / scale, (top + tall) / scale];
    /** @param {number} x */
    const toX = (x) => (x * across - left) * sharp;
    /** @param {number} y */
    const toY = (y) => (fall(y) * scale - top) * sharp;
    const looks = { "ruled-out": colours.stroke, possible: colours.fill, taken: colours.color };
    for (const state of /** @type {const} */ (["ruled-out", "possible", "taken"])) {
      const colour = looks[state];
      context.strokeStyle = context.fillStyle = colour;
      // Dashes would take long; what is ruled out is thinner as well as paler.
      context.lineWidth = { "ruled-out": 0.4, possible: 1, taken: 3 }[state] * sharp;
      context.globalAlpha = overview && state !== "taken" ? 0.35 : 1;
      context.beginPath();
      for (const part of stays) {
        const { points, piece } = part;
        if (piece.branch === null || piece.state !== state || inside.has(part)) continue;
        if (fall(part.bottom) < high || fall(part.top) > low) continue;
        const last = points.length - 2;
        if (overview) {
          context.moveTo(toX(points[0]), toY(points[1]));
          context.lineTo(toX(points[last]), toY(points[last + 1]));
          continue;
        }
        for (let i = 0; i < last; i += 6) {
          const [y0, y1, y2, y3] = [1, 3, 5, 7].map((k) => fall(points[i + k]));
          if (Math.max(y0, y1, y2, y3) < high || Math.min(y0, y1, y2, y3) > low) continue;
          const [a, b, c, d] = [y0, y1, y2, y3].map((y) => (y * scale - top) * sharp);
          context.moveTo(toX(points[i]), a);
          context.bezierCurveTo(
            toX(points[i + 2]),
            b,
            toX(points[i + 4]),
            c,
            toX(points[i + 6]),
            d,
          );
        }
      }
      context.stroke();
      if (!overview) continue;
      context.globalAlpha = state === "ruled-out" ? 0.5 : 1;
      for (const { piece, points, top: from, bottom: to } of stays) {
        if (piece.branch !== null || piece.state !== state) continue;
        const most = Math.max((to - from) * scale, 1.5) * sharp;
        context.fillRect(toX(points[0]), toY(from), toX(points[2]) - toX(points[0]), most);
      }
    }
    if (!overview) return;
    context.globalAlpha = 1;
    context.fillStyle = colours.outlineColor;
    for (const node of hits) {
      const { points, top: y } = nodes[node];
      const size = (node === current ? 12 : 6) * sharp;
      context.fillRect(toX(points[0]) - size, toY(y), size, size);
    }
  };

  const sideways = () =>
    overview ? Math.max(scale, Math.min(1, (frame.clientWidth - 4) / natural.width)) : scale;

  /**
   * @param {number} wanted
   * @param {number} [x]  with y the point of the frame that stays where it is
   * @param {number} [y]
   */
  const resize = (wanted, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
    const [left, top] = [(frame.scrollLeft + x) / sideways(), (frame.scrollTop + y) / scale];
    scale = Math.min(LARGEST, Math.max(SMALLEST, wanted));
    overview = scale < OVERVIEW;
    measure();
    frame.scrollTo(left * sideways() - x, top * scale - y);
    render();
  };
  const measure = () => {
    if (!drawing) return;
    const [w, h] = [natural.width * sideways(), height * scale];
    stage.style.width = `${w}px`;
    stage.style.height = `${h}px`;
    const { svg } = drawing;
    svg.setAttribute("viewBox", `0 0 ${natural.width} ${height}`);
    svg.setAttribute("width", `${natural.width * scale}`);
    svg.setAttribute("height", `${h}`);
  };

  const soon = afterFrame(render);
  const resized = new ResizeObserver(soon);
  resized.observe(frame);
  // The frame outlives this drawing.
  const ending = new AbortController();
  const { signal } = ending;
  frame.addEventListener("scroll", () => requestAnimationFrame(render), { signal });

  // Ctrl and the wheel, as a trackpad's pinch also says; the plain wheel scrolls.
  frame.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey || !drawing) return;
      event.preventDefault();
      const box = frame.getBoundingClientRect();
      const by = Math.exp(-event.deltaY / 250);
      resize(scale * by, event.clientX - box.left, event.clientY - box.top);
    },
    { passive: false, signal },
  );
  // Two fingers.
  let apart = 0;
  /** @param {TouchEvent} event */
  const pinch = (event) => {
    if (event.touches.length !== 2 || !drawing) {
      apart = 0;
      return;
    }
    event.preventDefault();
    const [a, b] = event.touches;
    const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    const box = frame.getBoundingClientRect();
    const [x, y] = [(a.clientX + b.clientX) / 2 - box.left, (a.clientY + b.clientY) / 2 - box.top];
    if (apart) resize((scale * now) / apart, x, y);
    apart = now;
  };
  for (const name of /** @type {const} */ (["touchstart", "touchmove", "touchend"])) {
    frame.addEventListener(name, pinch, { passive: false, signal });
  }
  // The mouse takes hold of the drawing; a finger scrolls as everywhere.
  /** @type {{x: number, y: number, left: number, top: number} | null} */
  let held = null;
  let dragged = false;
  frame.addEventListener(
    "pointerdown",
    (event) => {
      dragged = false;
      if (event.pointerType !== "mouse" || event.button !== 0 || !drawing) return;
      const box = frame.getBoundingClientRect();
      // The scrollbars are not the drawing.
      if (
        event.clientX - box.left > frame.clientWidth ||
        event.clientY - box.top > frame.clientHeight
      )
        return;
      held = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
    },
    { signal },
  );
  frame.addEventListener(
    "pointermove",
    (event) => {
      if (!held || !(event.buttons & 1)) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!dragged && Math.hypot(dx, dy) < 5) return;
      if (!dragged) frame.setPointerCapture(event.pointerId);
      dragged = true;
      frame.classList.add("dtree-held");
      frame.scrollTo(held.left - dx, held.top - dy);
    },
    { signal },
  );
  for (const name of ["pointerup", "pointercancel"]) {
    frame.addEventListener(
      name,
      () => {
        held = null;
        frame.classList.remove("dtree-held");
      },
      { signal },
    );
  }
  // What was dragged was not clicked; in the overview, a click leads to the place.
  frame.addEventListener(
    "click",
    (event) => {
      if (dragged) event.stopPropagation();
      else if (overview) {
        const box = frame.getBoundingClientRect();
        const x = (frame.scrollLeft + event.clientX - box.left) / sideways();
        const y = (frame.scrollTop + event.clientY - box.top) / scale;
        resize(0.8);
        const [left, top] = [x * scale - frame.clientWidth / 2, y * scale - frame.clientHeight / 2];
        frame.scrollTo(left, top);
      }
    },
    { capture: true, signal },
  );
  frame.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !drawing) return;
      if (event.key === "+" || event.key === "=") resize(scale * 1.25);
      else if (event.key === "-" || event.key === "−") resize(scale * 0.8);
      else if (event.key === "0") fit();
      else if (event.key === "1") resize(1);
      else return;
      consume(event);
    },
    { signal },
  );

  const fit = (least = 0) => {
    const { width } = natural;
    const wanted = Math.min(1, frame.clientWidth / width, (frame.clientHeight - 4) / height);
    resize(Math.max(least, wanted));
    frame.scrollTo(0, 0);
  };

  /** One branch of the tab key: the question that the path has come to, and its answers. */
  let stops = /** @type {Element[]} */ ([]);
  /** @param {number} end */
  const stop = (end) => {
    if (!drawing) return;
    const now = [drawing.nodes[end], ...drawing.branches[end]].map(({ element }) => element);
    if (now[0] === stops[0]) return;
    for (const element of stops) element.setAttribute("tabindex", "-1");
    for (const element of now) element.setAttribute("tabindex", "0");
    stops = now;
  };

  return {
    stage,
    take,
    fit,
    close() {
      ending.abort();
      resized.disconnect();
    },
    /**
     * @param {Walk} found
     * @param {boolean} fold
     */
    show(found, fold) {
      if (!drawing) return;
      stop(endOf(found));
      const now = fold ? found.nodes.join() : "";
      if (now !== folded) {
        folded = now;
        folding += 1;
        stays = fold ? all.filter(({ piece }) => piece.state !== "ruled-out") : all;
        const anchor = nodes[endOf(found)].top;
        const before = fall(anchor);
        [fall, height] = fold ? squeezed(stays, natural.height) : [(y) => y, natural.height];
        divide();
        measure();
        frame.scrollTop += (fall(anchor) - before) * scale;
      }
      render();
    },
    /**
     * @param {Set<number>} some
     * @param {number} at  the one that is looked at
     */
    mark(some, at) {
      for (const { piece } of nodes) {
        const hit = some.has(piece.node)
          ? piece.node === at
            ? " dtree-hit dtree-hit-now"
            : " dtree-hit"
          : "";
        if (hit === piece.hit) continue;
        piece.hit = hit;
        dress(piece);
      }
      [hits, current] = [some, at];
      if (overview) render();
    },
    /**
     * Bring a node into sight.
     *
     * @param {number} node
     * @param {boolean} [readable]  and make it large enough to read
     */
    visit(node, readable = false) {
      if (!drawing) return;
      if (readable && scale < READABLE) resize(0.8);
      const { points, top, bottom } = nodes[node];
      const [y0, y1] = [fall(top) * scale, fall(bottom) * scale];
      // With what it leads to, which stands beside it.
      const beside = Math.min(points[2] + BESIDE, natural.width);
      const [x0, x1] = [points[0] * sideways(), beside * sideways()];
      const { scrollTop, scrollLeft, clientWidth, clientHeight } = frame;
      const place = {
        top:
          y0 < scrollTop || y1 > scrollTop + clientHeight
            ? (y0 + y1 - clientHeight) / 2
            : scrollTop,
        left:
          x0 < scrollLeft || x1 > scrollLeft + clientWidth
            ? (x0 + x1 - clientWidth) / 2
            : scrollLeft,
      };
      const near = Math.abs(place.top - scrollTop) < 2 * clientHeight;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      frame.scrollTo({ ...place, behavior: near && !calm ? "smooth" : "instant" });
      if (!near || calm) render();
    },
    /** All of the drawing at once, to be taken along. */
    whole() {
      if (!drawing) return document.createElementNS("http://www.w3.org/2000/svg", "svg");
      for (const part of all) {
        if (folded && part.piece.state === "ruled-out") continue;
        put(part);
        part.piece.away = false;
        dress(part.piece);
        part.layer.append(part.piece.element);
        inside.add(part);
      }
      drawing.svg.setAttribute("width", `${natural.width}`);
      drawing.svg.setAttribute("height", `${height}`);
      soon();
      requestAnimationFrame(measure);
      return drawing.svg;
    },
    /** @param {() => void} follow */
    buttons: (follow) =>
      make(
        "div",
        { class: "dtree-zoom" },
        button("+", () => resize(scale * 1.25), { "aria-label": "Larger drawing" }),
        button("−", () => resize(scale * 0.8), { "aria-label": "Smaller drawing" }),
        button("Fit", () => fit(), { "aria-label": "Drawing as large as fits" }),
        button("100 %", () => resize(1), { "aria-label": "Drawing in full size" }),
        button("To the question", follow, {
          "aria-label": "To the question that the path has come to",
        }),
      ),
  };
}

/**
 * Where a part of the drawing stands, read from its shape.
 *
 * @param {Piece} piece
 * @param {number} shift  from its own heights to those of the picture
 * @param {Element} layer
 * @returns {Placed}
 */
function placed(piece, shift, layer) {
  const { element } = piece;
  const shape = element.querySelector("path:not(.dtree-target), polygon");
  const words = shape?.getAttribute("d") ?? shape?.getAttribute("points") ?? "";
  let points = Float64Array.from(words.match(/-?[\d.]+/g) ?? [0, 0, 0, 0], Number);
  const heights = [];
  for (let at = 1; at < points.length; at += 2) heights.push((points[at] += shift));
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
 * @param {Placed[]} stays
 * @param {number} natural
 * @returns {[(y: number) => number, number]}
 */
function squeezed(stays, natural) {
  /** @type {[number, number][]} */
  const taken = stays.flatMap(({ piece, top, bottom, label }) =>
    piece.branch === null ? [[top - 4, bottom + 4]] : label ? [[label.y - 16, label.y + 6]] : [],
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
  const fall = (y) => {
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
