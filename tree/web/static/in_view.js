// Brings parts of a widget into view when Python asks for it: what a button has changed.

/** Milliseconds in which what was asked for may still come, and grow: new rows, pictures. */
const STILL_COMING = 1500;

/**
 * The height of what scrolls around a part.
 * @param {Element} part
 */
function roomAround(part) {
  for (let around = part.parentElement; around; around = around.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(around).overflowY)) return around.clientHeight;
  }
  return window.innerHeight;
}

/**
 * Scrolls no further than it takes; of a part with more than there is room for, its top is shown.
 * @param {Element} part
 */
function bring(part) {
  const above = Number.parseFloat(getComputedStyle(part).scrollMarginTop) || 0;
  const height = part.getBoundingClientRect().height + above;
  part.scrollIntoView({ block: height > roomAround(part) ? "start" : "nearest" });
}

/**
 * The widgets whose value has changed may not have drawn it yet.
 * @param {Element} panel
 * @param {string[]} parts selectors; the last one matters most
 */
function keepInView(panel, parts) {
  const bringAll = () => {
    for (const name of parts) {
      for (const part of panel.querySelectorAll(name)) if (part.clientHeight) bring(part);
    }
  };
  const seen = new ResizeObserver(bringAll);
  seen.observe(panel);
  const stop = () => seen.disconnect();
  // Who scrolls or goes on is not pulled back.
  for (const event of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    panel.addEventListener(event, stop, { once: true, passive: true });
  }
  setTimeout(stop, STILL_COMING);
  requestAnimationFrame(() => requestAnimationFrame(bringAll));
}

/** @param {{model: any, el: HTMLElement}} context */
function listenForParts({ model, el }) {
  /** @param {{parts: string[]}} asked */
  const look = ({ parts }) => {
    const panel = el.closest(model.get("within"));
    if (panel) keepInView(panel, parts);
  };
  // It is put into its panel a moment later. Where one looks elsewhere, nothing moves.
  const lookAtFirst = (frames = 100) => {
    const panel = el.closest(model.get("within"));
    const top = panel?.getBoundingClientRect().top ?? -1;
    if (!el.isConnected && frames) requestAnimationFrame(() => lookAtFirst(frames - 1));
    else if (top >= 0 && top < window.innerHeight) look({ parts: model.get("first") });
  };
  lookAtFirst();
  model.on("msg:custom", look);
  return () => model.off("msg:custom", look);
}

export default { render: listenForParts };
