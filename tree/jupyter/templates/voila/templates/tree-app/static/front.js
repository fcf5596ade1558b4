// The first page: says at once that a page is opening, and asks for it in the browser's own colours.

/** @param {HTMLAnchorElement} link */
function inDark(link) {
  const address = new URL(link.href);
  address.searchParams.set("theme", "dark");
  link.href = address.href;
}

/** @param {Element} card @param {string} words */
function say(card, words) {
  const line = card.querySelector(".opening");
  if (line) line.textContent = words;
  card.classList.toggle("is-opening", Boolean(words));
}

const cards = [...document.querySelectorAll(".card")];
const isWished = "theme" in document.body.dataset;
const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
for (const card of cards) {
  const link = card.querySelector("a");
  if (!link) continue;
  if (isDark && !isWished) inDark(link);
  link.addEventListener("click", event => {
    // In a tab of its own it shows its progress there.
    if (!(event.ctrlKey || event.metaKey || event.shiftKey)) say(card, document.body.dataset.opening ?? "");
  });
}
// Who comes back finds the page as it was left.
addEventListener("pageshow", () => cards.forEach(card => say(card, "")));
