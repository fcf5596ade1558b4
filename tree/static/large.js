// @ts-check
import { afterFrame, button, capitalized, consume, dress, extras, make } from "./explorer.js";

/**
 * What a large tree needs: a drawing of which only what is in sight is in the page, with
 * zoom, folding and search; the way there as crumbs; an outline that opens step by step.
 * Part of the page or widget beside explorer.js, which calls it where a tree is large.
 *
 * Such a drawing goes from left to right, so it is long from top to bottom. The parts in
 * sight are found by fields. Lines that only pass through are painted on a canvas
 * behind them; so is all of it where it would be too small to read: there a click leads to
 * the place.
 *
 * @typedef {import("./explorer.js").Payload} Payload
 * @typedef {import("./explorer.js").View} View
 * @typedef {import("./explorer.js").Walk} Walk
 * @typedef {import("./explorer.js").Drawn} Drawn
 * @typedef {import("./explorer.js").Piece} Piece
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
const READABLE = 0.7;
const OVERVIEW = 0.25;
const [SMALLEST, LARGEST] = [0.002, 4];
// A gap that folding leaves between what remains.
const GAP = 26;

/**
 * A choice that stays as it was last made, where the browser keeps such things.
 *
 * @param {string} name
 * @param {string} words
 * @param {boolean} usually
 * @param {() => void} act
 */
function keptChoice(name, words, usually, act) {
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  box.checked = usually;
  try {
    box.checked = (localStorage.getItem(name) ?? `${usually}`) === "true";
  } catch {
    // Not kept here.
  }
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(name, `${box.checked}`);
    } catch {
      // Not kept here.
    }
    act();
  });
  return { box, label: make("label", {}, box, ` ${words}`) };
}

/**
 * @param {Payload} payload
 * @param {View} view
 * @param {HTMLElement} frame  where the drawing stands, and scrolls
 * @param {(node: number, branch: number | null) => void} point
 * @returns {import("./explorer.js").Large}
 */
extras.large = (payload, view, frame, point) => {
  /** @type {Walk | undefined} */
  let found;
  const follow = keptChoice("dtree-follow", "Follow the path", true, () => show());
  const fold = keptChoice("dtree-fold", "Fold what is ruled out", false, () => show(true));
  const camera = lens(view, frame);
  const crumbs = crumbTrail(payload, view, (node) => visit(node));
  const lines = outlineOf(payload, view);
  const finder = search(payload, view, {
    list: () => (found && fold.box.checked ? found.nodes : null),
    mark(hits, at) {
      camera.mark(hits, at);
      lines.mark(hits, at);
    },
    visit: (node) => camera.visit(node),
  });

  /** @param {number} node */
  const visit = (node) => {
    camera.visit(node, true);
    point(node, null);
  };
  let path = "";
  /** @param {boolean} [refit]  what is folded has changed */
  const show = (refit = false) => {
    if (!found) return;
    camera.show(found, fold.box.checked);
    const now = found.path.join();
    // What remains after folding, whole if it can be read so.
    if (refit && fold.box.checked) camera.fit(READABLE);
    if (refit || (follow.box.checked && now !== path)) camera.visit(endOf(found));
    lines.show(found, now !== path);
    lines.element.classList.toggle("dtree-folded", fold.box.checked);
    if (now !== path || refit) crumbs.show(found);
    if (fold.box.checked) finder.again();
    path = now;
  };
  const waiting = make(
    "div",
    { class: "dtree-waiting" },
    make("p", { role: "status" }, `Drawing ${view.nodes.length} questions and outcomes …`),
    make("progress", { "aria-label": "Drawing the tree" }),
    make("p", {}, "The questions, the outline and the outcome are ready."),
  );
  frame.replaceChildren(waiting);
  // The end of the path is shown first of all.
  path = "none";
  return {
    bar: make(
      "div",
      { class: "dtree-large-bar" },
      crumbs.element,
      make("div", { class: "dtree-find" }, finder.element, follow.label, fold.label),
    ),
    zoom: camera.buttons(() => found && camera.visit(endOf(found))),
    outline: lines.element,
    take(drawing) {
      frame.replaceChildren(camera.stage);
      camera.take(drawing);
      path = "none";
    },
    fail(problem) {
      waiting.replaceChildren(make("p", { role: "status" }, `No drawing: ${problem}`));
    },
    show(walked) {
      found = walked;
      show();
    },
    whole: () => camera.whole(),
    close: () => camera.close(),
  };
};

/** The question that the path has come to, or the outcome. @param {Walk} found */
const endOf = (found) => found.nodes.lastIndexOf("taken");

// --- the part of the drawing in sight ------------------------------------------------------

/**
 * The drawing in its frame: what of it is in sight, and how large.
 *
 * @param {View} view
 * @param {HTMLElement} frame
 */
function lens(view, frame) {
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

// --- the way there -------------------------------------------------------------------------

/**
 * The answered path as a list of steps that lead to their place in the drawing.
 *
 * @param {Payload} payload
 * @param {View} view
 * @param {(node: number) => void} visit
 */
function crumbTrail(payload, view, visit) {
  const list = make("ol");
  return {
    element: make("nav", { class: "dtree-crumbs", "aria-label": "The path so far" }, list),
    /** @param {Walk} found */
    show(found) {
      const steps = found.path.map(([node, value]) => {
        const asked = payload.factors[view.nodes[node].factor ?? 0].question;
        const step = button(`${asked} `, () => visit(node));
        step.append(make("b", {}, capitalized(value)));
        return make("li", {}, step);
      });
      const end = endOf(found);
      const { factor } = view.nodes[end];
      const words = factor === undefined ? "The outcome" : payload.factors[factor].question;
      const here = button(words, () => visit(end), { "aria-current": "step" });
      list.replaceChildren(...steps, make("li", {}, here));
    },
  };
}

// --- search --------------------------------------------------------------------------------

/**
 * Search by word over questions, their answers, outcomes and quotes.
 *
 * @param {Payload} payload
 * @param {View} view
 * @param {{list: () => Walk["nodes"] | null, mark: (hits: Set<number>, at: number) => void,
 *   visit: (node: number) => void}} place  `list`: the states, where what is ruled out is folded
 */
function search(payload, view, place) {
  const fold = (/** @type {string} */ words) => words.toLowerCase();
  const quoted = (/** @type {number[]} */ some) => some.map((number) => payload.quotes[number][0]);
  /** @type {Map<string, string>} what can be found at a node: the same for many */
  const known = new Map();
  /** @param {number} node */
  const words = (node) => {
    const { factor, standings = [] } = view.nodes[node];
    const key = factor === undefined ? standings.join() : `${factor}`;
    let all = known.get(key);
    if (all !== undefined) return all;
    if (factor !== undefined) {
      const { question, values, quotes, judgement, help } = payload.factors[factor];
      all = [question, ...values, ...quoted([...quotes, ...judgement]), help].join("\n");
    } else {
      // Of an option of which an outcome says nothing, nothing is found there.
      const said = payload.options.flatMap(({ name, synonyms, quotes, does }, option) =>
        standings[option] === "silent" ? [] : [name, ...synonyms, ...quoted([...quotes, ...does])],
      );
      const because = payload.statements.flatMap(({ effects, quotes }) =>
        effects.some(([option, standing]) => standings[option] === standing) ? quoted(quotes) : [],
      );
      const labels = [...new Set(standings)].map((standing) => payload.standings[standing]);
      all = [...said, ...because, ...labels].join("\n");
    }
    all = fold(all).replace(/[^\S\n]+/g, " ");
    known.set(key, all);
    return all;
  };
  /** @param {number} node */
  const name = (node) => {
    const { factor, standings = [] } = view.nodes[node];
    if (factor !== undefined) return payload.factors[factor].question;
    return outcomeLines(payload, standings)[0];
  };

  const field = /** @type {HTMLInputElement} */ (make("input", { type: "search" }));
  const said = make("span", { role: "status", class: "dtree-found" });
  /** @type {number[]} */
  let hits = [];
  let at = -1;
  const say = () => {
    const where = at < 0 ? "" : `${at + 1} of `;
    const what = at < 0 ? "" : `: ${name(hits[at])}`;
    const count = hits.length === 1 ? "1 place" : `${hits.length} places`;
    said.textContent = field.value.trim() ? `${where}${count}${what}` : "";
  };
  const look = () => {
    const asked = fold(field.value).trim().replace(/\s+/g, " ");
    const states = place.list();
    const before = hits[at];
    hits = [...view.nodes.keys()].filter(
      (node) => asked && states?.[node] !== "ruled-out" && words(node).includes(asked),
    );
    at = hits.indexOf(before);
    place.mark(new Set(hits), hits[at] ?? -1);
    say();
  };
  /** @param {number} by */
  const step = (by) => {
    if (!hits.length) return;
    at = at < 0 ? (by > 0 ? 0 : hits.length - 1) : (at + by + hits.length) % hits.length;
    place.visit(hits[at]);
    place.mark(new Set(hits), hits[at]);
    say();
  };
  field.addEventListener("input", afterFrame(look));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      consume(event);
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && field.value) {
      consume(event);
      field.value = "";
      look();
    }
  });
  const element = make(
    "div",
    { class: "dtree-search", role: "search" },
    make("label", {}, "Search the tree ", field),
    button("↑", () => step(-1), { "aria-label": "Previous place" }),
    button("↓", () => step(1), { "aria-label": "Next place" }),
    said,
  );
  return {
    element,
    again() {
      if (field.value) look();
    },
  };
}

/**
 * An outcome in words, a line for each standing, the strongest of them first.
 *
 * @param {Payload} payload
 * @param {string[]} standings
 */
function outcomeLines(payload, standings) {
  return ["preferred", "offered", "withheld", "silent"]
    .filter((standing) => standings.includes(standing))
    .map((standing) => {
      const names = payload.options.filter((_, i) => standings[i] === standing);
      return `${payload.standings[standing]}: ${names.map(({ name }) => name).join(", ")}`;
    });
}

// --- the outline ---------------------------------------------------------------------------

/**
 * The tree as a list that opens step by step; open along the path. What is not open is not
 * made, so that it is as quick for thousands of nodes as for ten.
 *
 * @param {Payload} payload
 * @param {View} view
 */
function outlineOf(payload, view) {
  const said = { taken: " (taken)", possible: "", "ruled-out": " (ruled out)" };
  /** @type {Walk | undefined} */
  let walked;
  /** @type {Set<number>} */
  let hits = new Set();
  let current = -1;
  /**
   * @typedef {{node: number, k: number, target: number, item: HTMLElement, word: HTMLElement,
   *   details: HTMLDetailsElement | null, below: Line[]}} Line
   */
  /** How many ends lie below a node, with those of shared parts counted for each way. */
  const ends = view.nodes.map(({ branches }) => (branches ? 0 : 1));
  view.nodes.toReversed().forEach(({ branches = [] }, back) => {
    const index = view.nodes.length - 1 - back;
    for (const [, target] of branches) ends[index] += ends[target];
  });
  /** The branches that lead to each node. @type {[number, number][][]} */
  const above = view.nodes.map(() => []);
  view.nodes.forEach(({ branches = [] }, index) =>
    branches.forEach(([, target], k) => above[target].push([index, k])),
  );
  /** The way to a node from the root on; one that is not ruled out, where there is one. */
  const wayTo = (/** @type {number} */ node) => {
    const way = [node];
    while (above[way[0]].length) {
      const open = above[way[0]].find(([index, k]) => walked?.branch(index, k) !== "ruled-out");
      way.unshift((open ?? above[way[0]][0])[0]);
    }
    return way;
  };

  /** @param {string[]} standings */
  const outcome = (standings) =>
    outcomeLines(payload, standings).map((line) => make("div", {}, line));

  /** @param {number} node @returns {[HTMLElement, Line[]]} */
  const list = (node) => {
    /** @type {Line[]} */
    const below = [];
    const element = make("ul");
    (view.nodes[node].branches ?? []).forEach(([, target], k) => {
      const line = lineTo(node, k, target);
      below.push(line);
      element.append(line.item);
    });
    return [element, below];
  };
  /** @param {number} node @param {number} k @param {number} target @returns {Line} */
  const lineTo = (node, k, target) => {
    const { factor, standings } = view.nodes[target];
    const word = make("b");
    if (factor === undefined) {
      const item = make("li", {}, word, ...outcome(standings ?? []));
      const line = { node, k, target, item, word, details: null, below: [] };
      dressLine(line);
      return line;
    }
    const count = make("span", { class: "dtree-count" }, ` ${ends[target]} ends`);
    const summary = make("summary", {}, word, ` ${payload.factors[factor].question}`, count);
    const details = /** @type {HTMLDetailsElement} */ (make("details", {}, summary));
    /** @type {Line} */
    const line = { node, k, target, item: make("li", {}, details), word, details, below: [] };
    details.addEventListener("toggle", () => fill(line));
    dressLine(line);
    return line;
  };
  /** @param {Line} line */
  const fill = (line) => {
    if (!line.details?.open || line.below.length) return;
    const [element, below] = list(line.target);
    line.below = below;
    line.details.append(element);
  };
  /** @param {Line} line */
  const dressLine = ({ node, k, target, item, word }) => {
    const state = walked?.branch(node, k) ?? "possible";
    const hit = hits.has(target)
      ? target === current
        ? " dtree-hit dtree-hit-now"
        : " dtree-hit"
      : "";
    const worn = `dtree-${state}${hit}`;
    if (item.className !== worn) item.className = worn;
    const words = `${capitalized((view.nodes[node].branches ?? [])[k][0])}${said[state]}`;
    if (word.textContent !== words) word.textContent = words;
  };
  /** @param {Line[]} lines */
  const dressAll = (lines) => {
    for (const line of lines) {
      dressLine(line);
      dressAll(line.below);
    }
  };
  /** Open the lines on the way to a node. @param {number[]} way  from the root on */
  const open = (way) => {
    let lines = top;
    for (const node of way.slice(1)) {
      const line = lines.find(({ target }) => target === node);
      if (!line?.details) return line;
      line.details.open = true;
      fill(line);
      lines = line.below;
    }
    return undefined;
  };

  const root = view.nodes[0];
  const [tops, top] = list(0);
  const head = root.factor === undefined ? [] : [payload.factors[root.factor].question];
  const element = make(
    "div",
    { class: "dtree-outline" },
    ...(root.standings ? outcome(root.standings) : [make("div", {}, ...head), tops]),
  );
  return {
    element,
    /** @param {Walk} found @param {boolean} moved  whether the path is another one */
    show(found, moved) {
      walked = found;
      if (moved) {
        const end = endOf(found);
        open([...found.path.map(([node]) => node), end]);
      }
      dressAll(top);
    },
    /** @param {Set<number>} some @param {number} at */
    mark(some, at) {
      [hits, current] = [some, at];
      if (at >= 0) open(wayTo(at));
      dressAll(top);
    },
  };
}
