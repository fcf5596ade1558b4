"""Whether a person who answers sees what the answer does, without scrolling."""

from __future__ import annotations

from typing import Any

from explorer_state import SETTLED
from playwright.sync_api import Locator, Page
from processes import until

# The explorer's beginning at the beginning of what can be seen, and what that is.
ALIGN = """root => {
  const scrolls = part => /auto|scroll/.test(getComputedStyle(part).overflowY)
    && part.scrollHeight > part.clientHeight + 1;
  let around = root.parentElement;
  while (around && !scrolls(around)) around = around.parentElement;
  around ??= document.scrollingElement;
  const top = around === document.scrollingElement ? 0 : around.getBoundingClientRect().top;
  // A page begins with its heading, which is in view as well.
  if (root.closest(".dtree-body")) around.scrollTop = 0;
  else around.scrollTop += root.getBoundingClientRect().top - top;
  window.seenThrough = around;
}"""

# What leaves the window, by its name; and where all that may not move stands.
LOOK = """async ([root, pressed]) => {
  await SETTLED;
  const whole = window.seenThrough === document.scrollingElement;
  const view = whole
    ? {top: 0, left: 0, right: innerWidth, bottom: innerHeight}
    : window.seenThrough.getBoundingClientRect();
  const parts = [
    ["toggle", pressed],
    ["verdict", root.querySelector(".dtree-live")],
    ...[...root.querySelectorAll(".dtree-drawing g.dtree-taken")].map(part =>
      [part.getAttribute("aria-label"), part.querySelector("path, polygon")])
  ];
  const outside = parts.flatMap(([name, part]) => {
    const box = part.getBoundingClientRect();
    const fits = box.top >= view.top - 1 && box.bottom <= view.bottom + 1
      && box.left >= view.left - 1 && box.right <= view.right + 1 && box.width + box.height > 0;
    return fits ? [] : [`${name}: ${JSON.stringify(box)} in ${JSON.stringify(view)}`];
  });
  const places = [...root.querySelectorAll("[role=radio], .dtree-choice label, .dtree-drawing svg")]
    .map(part => part.getBoundingClientRect()).map(box => [box.x, box.y, box.width, box.height]
      .map(Math.round).join());
  const frame = root.querySelector(".dtree-drawing");
  const bars = frame.scrollHeight > frame.clientHeight || frame.scrollWidth > frame.clientWidth;
  const svg = frame.querySelector("svg");
  return {
    outside, places, bars,
    scrolled: window.seenThrough.scrollTop,
    taken: parts.length - 2,
    scale: svg.getBoundingClientRect().width / svg.getAttribute("width"),
  };
}""".replace("SETTLED", SETTLED)


def look_after_each(page: Page, explorer: Locator, answers: list[str]) -> list[dict[str, Any]]:
    """Answer the questions one after the other with the mouse, and look after each."""

    def look() -> list[dict[str, Any]]:
        """Nothing where the explorer was made anew meanwhile, as Voilà does while a page comes."""
        explorer.evaluate(ALIGN)
        root = explorer.element_handle()
        seen = []
        for number, label in enumerate(answers):
            group = explorer.get_by_role("radiogroup").nth(number)
            pressed = group.get_by_role("radio", name=label, exact=True)
            # A radio button of a page is pressed by its words, too.
            box = pressed.bounding_box()
            if box is None:
                return []
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            seen.append(page.evaluate(LOOK, [root, pressed.element_handle()]))
        return seen if root.evaluate("root => root.isConnected") else []

    return until(look, what="the explorer stays")


def check_one_view(seen: list[dict[str, Any]], taken: int) -> None:
    """Nothing left the window, nothing moved, nothing had to be scrolled; the path is whole."""
    assert [found["outside"] for found in seen] == [[]] * len(seen)
    assert [found["places"] for found in seen] == [seen[0]["places"]] * len(seen)
    assert {found["scrolled"] for found in seen} == {seen[0]["scrolled"]}
    assert not any(found["bars"] for found in seen)
    assert seen[-1]["taken"] == taken
    # Letters of 14 px, drawn at this scale.
    assert min(found["scale"] for found in seen) >= 0.75
