"""What stands in a notebook where a widget is not shown."""

from __future__ import annotations

import hashlib
import json
from html import escape
from string import Template
from typing import Any

from ..messages import say

INSTALL = (
    "install ipywidgets and anywidget in the environment that JupyterLab itself runs in, and "
    "start it again"
)
MARK = '<div class="dtree-embedded"'
WIDGET = "application/vnd.jupyter.widget-view+json"
# Where a widget may come (JupyterLab, Notebook and Voilà have that configuration), what stands in
# for it waits for that, and steps back while it is there. A notebook reopened without its kernel
# has no widget: there the line that says no more than "model not found" goes. Elsewhere what
# stands in comes at once. Some hosts run a script in the head of their page: it looks for its
# place by the digest of what it brings.
_STEP_BACK = Template("""{
const script = document.currentScript;
const place =
  script.closest(".dtree-embedded") ??
  document.querySelector('.dtree-embedded[data-page="$digest"]:not([data-found])');
const area = place?.closest(".jp-Cell, .jp-LinkedOutputView, .output_wrapper") ?? document;
const notebook = place?.closest(".jp-NotebookPanel, .notebook_app");
const hosts = "#jupyter-config-data, .notebook_app, script[type*='jupyter.widget-view']";
let waiting = document.querySelector(hosts) !== null;
let decided = false;
const show = () => {$show};
const look = () => {
  const outputs = [...area.querySelectorAll(".jp-OutputArea-output.jupyter-widgets")];
  const lost = outputs.filter((output) => !output.firstElementChild);
  for (const output of lost) output.closest(".jp-OutputArea-child").style.display = "none";
  const there = area.querySelector(".dtree, .tree-practice, .tree-workshop") !== null;
  place.hidden = waiting || there;
  if (waiting && lost.length) decide();
};
const decide = () => {
  if (decided) return;
  decided = true;
  waiting = false;
  look();
  if (!place.hidden) show();
};
if (place) {
  place.dataset.found = "";
  new MutationObserver(look).observe(area, {childList: true, subtree: true});
  if (waiting) setTimeout(decide, 5000);
  look();
  if (!waiting) decide();
}
}""")


def stand_in(still: str, show: str = "") -> str:
    """HTML that stands in for a widget: `still` as it is, and the JavaScript `show` when it stays.

    A sanitized view keeps `still` and drops the script. `show` may use `place`, the element that
    holds it, and `notebook`, which is null where there is none.
    """
    digest = hashlib.sha256(f"{still}{show}".encode()).hexdigest()[:16]
    script = _STEP_BACK.substitute(digest=digest, show=show)
    return f'{MARK} data-page="{digest}">{still}<script>{script}</script></div>'


def frame(page: str) -> str:
    """The JavaScript that shows a whole page in place of a widget.

    The frame grows with its page, so that nothing scrolls inside it.
    """
    words = {"page": page, "unheard": _UNHEARD, "title": say("Explorer")}
    return _FRAME.substitute({name: _literal(each) for name, each in words.items()})


def _literal(words: str) -> str:
    """A string of JavaScript that cannot end the script that holds it."""
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


_UNHEARD = f"Python does not hear this page: run the cell; if this stays, {INSTALL}."
_FRAME = Template("""
  const frame = document.createElement("iframe");
  frame.title = $title;
  frame.style.cssText = "width: 100%; height: 600px; border: 0";
  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    const fit = () => (frame.style.height = page.body.scrollHeight + 16 + "px");
    new ResizeObserver(fit).observe(page.body);
  });
  frame.srcdoc = $page;
  const unheard = document.createElement("p");
  unheard.textContent = $unheard;
  place.replaceChildren(...(notebook ? [unheard] : []), frame);
""")


class StoodInFor:
    """Mixed into a widget: in a notebook, what stands in for it comes before it.

    `purpose`: what the widget is for. What stands in says so, and what to do.

    >>> class Widget(StoodInFor):
    ...     purpose = "To practise"
    ...     def __repr__(self):
    ...         return "<practice>"
    >>> print(Widget().plain)
    <practice>
    To practise, run this cell in JupyterLab; if this stays, install ipywidgets and anywidget in \
the environment that JupyterLab itself runs in, and start it again.
    """

    purpose = "To use it"

    @property
    def plain(self) -> str:
        """The words where not even HTML is shown."""
        return f"{self!r}\n{self.purpose}, run this cell in JupyterLab; if this stays, {INSTALL}."

    def stand_in(self) -> str:
        """The HTML that stands in for the widget."""
        # Also read in books and on hosts of pages, where no cell can be run.
        how = (
            "open this notebook in JupyterLab, click into this cell and press Shift+Enter. "
            f"If this line stays, {INSTALL}."
        )
        return stand_in(f"<p><b>{escape(self.purpose)}</b>, {escape(how)}</p>")

    def _ipython_display_(self) -> None:
        import IPython.display  # a page needs none of it

        display: Any = IPython.display.display
        widget: Any = self  # a mixin does not know what it is mixed into
        # The stock widgets of ipywidgets 7, which Colab has, know no such method.
        view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
        found = getattr(widget, "_repr_mimebundle_", lambda: {WIDGET: view})() or {}
        data, metadata = found if isinstance(found, tuple) else (found, {})
        display({"text/html": self.stand_in(), "text/plain": self.plain}, raw=True)
        if WIDGET in data:
            display({WIDGET: data[WIDGET]}, metadata=metadata, raw=True)
