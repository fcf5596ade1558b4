// How far the opening of a page is. Runs as the page comes, bit by bit.
(() => {
  const line = document.getElementById("app-starting");
  const words = line?.querySelector(".words");
  const bar = line?.querySelector("[role=progressbar]");
  if (!line || !words || !bar) return;

  /** @param {string} what @param {number} done a share */
  const say = (what, done) => {
    if (words.textContent !== what) words.textContent = what;
    line.classList.remove("is-first");
    line.style.setProperty("--done", String(done));
    bar.setAttribute("aria-valuenow", String(Math.round(100 * done)));
  };

  // Voilà calls these: before each cell, and when all have run.
  const page = /** @type {any} */ (window);
  page.voila_process = (/** @type {number} */ cell, /** @type {number} */ cells) =>
    say("Reading the text and its tree …", 0.6 + (0.3 * cell) / cells);
  page.voila_finish = () => {
    say("Drawing the page …", 0.95);
    page.display_cells();
    const shown = document.getElementById("rendered_cells");
    // Called once more when the theme is there, if that comes later.
    if (!shown || shown.style.display === "none") return;
    line.classList.add("is-nearly");
    const isThere = () => !shown.textContent?.includes("Loading widget");
    const look = () => {
      if (!isThere()) return;
      seen.disconnect();
      line.remove();
    };
    const seen = new MutationObserver(look);
    seen.observe(shown, { childList: true, subtree: true, characterData: true });
    look();
  };
})();
