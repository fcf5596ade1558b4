// @ts-check
import { boxOf, button, download, make, statusLine } from "./elements.js";
import { extras } from "./extras.js";
import { showAt } from "./fitting.js";
import { say } from "../messages.js";

/**
 * The drawing in full size and as a picture to take along.
 *
 * @import { Source } from "../explorer.js"
 */

/**
 * The drawing as it looks now, as an SVG that stands alone.
 *
 * @param {Element} svg
 */
function picture(svg) {
  const copy = /** @type {Element} */ (svg.cloneNode(true));
  const shapes = "path, polygon, text";
  const shown = svg.querySelectorAll(shapes);
  copy.querySelectorAll(shapes).forEach((part, i) => {
    const style = getComputedStyle(shown[i]);
    for (const name of [
      "fill",
      "stroke",
      "stroke-width",
      "stroke-dasharray",
      "font-weight",
      "text-anchor"
    ]) {
      part.setAttribute(name, style.getPropertyValue(name));
    }
  });
  for (const target of copy.querySelectorAll(".dtree-target")) target.remove();
  for (const part of copy.querySelectorAll("g")) {
    for (const name of ["class", "role", "tabindex", "aria-label", "aria-pressed"]) {
      part.removeAttribute(name);
    }
  }
  const root = svg.closest(".dtree");
  copy.removeAttribute("style");
  copy.setAttribute("role", "img");
  const back = root ? getComputedStyle(root).backgroundColor : "white";
  copy.querySelector("polygon")?.setAttribute("fill", back);
  return new XMLSerializer().serializeToString(copy);
}

/**
 * @param {string} svg
 * @returns {Promise<Blob>}
 */
async function asPng(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = /** @type {HTMLCanvasElement} */ (make("canvas"));
  // A browser's canvas ends somewhere.
  const sharp = Math.min(2, 16_000 / Math.max(image.width, image.height));
  canvas.width = image.width * sharp;
  canvas.height = image.height * sharp;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error("no picture"))))
  );
}

/**
 * Copy picture, and where the page's address holds the patient, Copy link. Where the
 * clipboard is closed to us, the picture is saved as a file and a link shown.
 *
 * @param {() => Element} svg
 * @param {Source} source
 */
export function takeAlong(svg, source) {
  const status = statusLine("span");
  /**
   * @param {() => Promise<void>} act
   * @param {() => string | Promise<string>} otherwise  where that cannot be; what is said then
   */
  const copy = async (act, otherwise) => {
    try {
      await act();
      status.textContent = say`Copied.`;
    } catch {
      status.textContent = await otherwise();
    }
  };
  /** @param {string} name @param {Blob} picture */
  const save = (name, picture) => {
    download(name, picture);
    return say`Saved as ${name}.`;
  };
  const buttons = [
    button(say`Copy picture`, () => {
      // The clipboard is asked within the click: some browsers close it while the picture is made.
      const png = asPng(picture(svg()));
      copy(
        // eslint-disable-next-line compat/compat -- where it is missing, the picture is saved
        () => navigator.clipboard.write([new ClipboardItem({ "image/png": png })]),
        async () => save("tree.png", await png)
      );
    })
  ];
  if (source.address) {
    const link = () => location.href;
    buttons.push(
      button(say`Copy link`, () => copy(() => navigator.clipboard.writeText(link()), link))
    );
  }
  buttons.push(...(extras.along?.(source, status) ?? []));
  return make("div", "dtree-along", ...buttons, status);
}

/**
 * Buttons that make the drawing larger and smaller; it scrolls in its frame.
 *
 * @param {() => SVGElement} svg
 * @param {() => void} fit  show it as large as fits
 */
export function zoom(svg, fit) {
  const zoomBy = (/** @type {number} */ by) => {
    const drawing = svg();
    const frame = drawing.parentElement;
    if (!frame) return;
    const natural = Number(drawing.getAttribute("width"));
    const before = boxOf(drawing).width;
    const wanted = Math.min(4 * natural, Math.max(natural / 4, before * by));
    // What is in the middle stays there.
    const [x, y] = [frame.clientWidth / 2, frame.clientHeight / 2];
    const middle = [frame.scrollLeft + x, frame.scrollTop + y];
    showAt(drawing, wanted);
    frame.style.overflow = "auto";
    const [left, top] = middle.map(at => (at * wanted) / before);
    frame.scrollTo(left - x, top - y);
  };
  return make(
    "div",
    "dtree-zoom",
    button("+", () => zoomBy(1.25), { "aria-label": say`Larger drawing` }),
    button("−", () => zoomBy(0.8), { "aria-label": say`Smaller drawing` }),
    button(say`Fit`, fit, { "aria-label": say`Drawing as large as fits` })
  );
}
