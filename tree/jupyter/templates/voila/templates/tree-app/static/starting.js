// How far the opening of a page is. Runs as the page comes, bit by bit.
(() => {
  // It stands among what is shown.
  document.currentScript?.remove();
  const line = document.getElementById("app-starting");
  const words = line?.querySelector(".words");
  const bar = line?.querySelector("[role=progressbar]");
  const patience = line?.querySelector(".patience");
  if (!line || !words || !bar || !patience) return;

  const given = document.getElementById("app-words");
  /** @type {Record<string, string>} */
  const own = JSON.parse(given?.textContent ?? "{}");
  line.dir = given?.dir ?? "";
  words.textContent = own.starting;
  bar.setAttribute("aria-label", own.opening);
  patience.textContent = own.patience;

  /** @param {string} what @param {number} done a share */
  const say = (what, done) => {
    if (words.textContent !== what) words.textContent = what;
    line.classList.remove("is-first");
    line.style.setProperty("--done", String(done));
    bar.setAttribute("aria-valuenow", String(Math.round(100 * done)));
  };

  const shown = () => document.getElementById("rendered_cells");
  /** Whether a widget is to come; its output stands in the page as data until then. */
  const isToCome = () =>
    [...(shown()?.querySelectorAll("script") ?? [])].some(each =>
      each.textContent?.includes("application/vnd.jupyter.widget-view+json")
    );
  let hasWidget = false;

  // Voilà calls these: before each cell, and when all have run.
  const page = /** @type {any} */ (window);
  page.voila_process = (/** @type {number} */ cell, /** @type {number} */ cells) =>
    say(own.reading, 0.6 + (0.3 * cell) / cells);
  page.voila_finish = () => {
    say(own.drawing, 0.95);
    hasWidget ||= isToCome();
    page.display_cells();
    const cells = shown();
    // Called once more when the theme is there, if that comes later.
    if (!cells || cells.style.display === "none") return;
    line.classList.add("is-nearly");
    const widgets = cells.getElementsByClassName("jupyter-widgets");
    const look = () => {
      if (hasWidget && ![...widgets].some(each => each.clientHeight > 40)) return;
      line.remove();
      seen.disconnect();
    };
    const seen = new MutationObserver(look);
    seen.observe(cells, { childList: true, subtree: true });
    look();
  };
})();
