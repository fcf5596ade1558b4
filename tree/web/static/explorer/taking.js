// @ts-check
import { button, download, make } from "./elements.js";

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
  const shown = svg.querySelectorAll("path, polygon, text");
  copy.querySelectorAll("path, polygon, text").forEach((part, i) => {
    const style = getComputedStyle(shown[i]);
    for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-weight"]) {
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
  const canvas = document.createElement("canvas");
  // A browser's canvas ends somewhere.
  const sharp = Math.min(2, 16_000 / Math.max(image.width, image.height));
  canvas.width = image.width * sharp;
  canvas.height = image.height * sharp;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture")))),
  );
}

/**
 * Copy SVG, Copy PNG, and where the page's address holds the patient, Copy link. Where the
 * clipboard is closed to us, a picture is saved as a file and a link shown.
 *
 * @param {() => Element} svg
 * @param {Source} source
 */
export function takeAlong(svg, source) {
  const said = make("span", { role: "status" });
  const { ask, address } = source;
  const bar = make(
    "div",
    { class: "dtree-along" },
    button("Copy SVG", async () => {
      const words = picture(svg());
      try {
        await navigator.clipboard.writeText(words);
        said.textContent = "Copied.";
      } catch {
        download("tree.svg", new Blob([words], { type: "image/svg+xml" }));
        said.textContent = "Saved as tree.svg.";
      }
    }),
    button("Copy PNG", async () => {
      // The clipboard is asked within the click: some browsers close it while the picture is made.
      const png = asPng(picture(svg()));
      try {
        await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
        said.textContent = "Copied.";
      } catch {
        download("tree.png", await png);
        said.textContent = "Saved as tree.png.";
      }
    }),
  );
  if (address) {
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        said.textContent = "Copied.";
      } catch {
        said.textContent = location.href;
      }
    };
    bar.append(button("Copy link", copy));
  }
  if (ask) {
    const save = () => {
      said.textContent = "Asking the kernel for the page …";
      ask({ wants: "page" });
    };
    bar.append(button("Save as a page", save));
  }
  bar.append(said);
  return bar;
}

/**
 * Buttons that make the drawing larger and smaller; it scrolls in its frame.
 *
 * @param {() => SVGElement | HTMLElement} svg
 */
export function zoom(svg) {
  /** @param {number} by  0 for as large as fits */
  const by = (by) => {
    const { style } = svg();
    const natural = Number(svg().getAttribute("width"));
    const wanted = svg().getBoundingClientRect().width * by;
    const width = Math.min(4 * natural, Math.max(natural / 4, wanted));
    style.width = by ? `${width}px` : "100%";
    style.minWidth = "0";
    style.maxWidth = by ? "none" : `${natural}px`;
  };
  return make(
    "div",
    { class: "dtree-zoom" },
    button("+", () => by(1.25), { "aria-label": "Larger drawing" }),
    button("−", () => by(0.8), { "aria-label": "Smaller drawing" }),
    button("Fit", () => by(0), { "aria-label": "Drawing as large as fits" }),
  );
}
