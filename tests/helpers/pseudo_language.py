"""A language made of English: every message that comes from the catalog shows that it does.

Its letters are those of no English word, so a screen in this language has plain English words in
one case alone: they are the guide's, or they are missing in the catalog.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from babel.messages.catalog import Catalog
from wintering_bees import FOLDER
from write_messages import compiled, template

from tree import Guide
from tree.messages import VALUES

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

TAG = "qps"
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:;",
    "àḃćḋéḟġḣìĵķĺṁńòṗɋŕśṫùṽẇẋýźÀḂĆḊÉḞĠḢÌĴĶĹṀŃÒṖɊŔŚṪÙṼẆẊÝŹ\ua789\u204f",
)
_PART = re.compile(r"(\{\w+\})")
_CUT = re.compile(r'"[^"]*\.\.\."|“[^”]* …”')
# A mark between words is English, too: others write it with a space before, or another one.
_ENGLISH = re.compile(r"[A-Za-z]{2,}|[:;](?!//|\d)")


def pseudo(words: str) -> str:
    """A message in this language.

    >>> pseudo("Next: {question}")
    '⟦Ńéẋṫ\ua789 {question}⟧'
    """
    pieces = _PART.split(words)
    pieces[::2] = (piece.translate(_LETTERS) for piece in pieces[::2])
    return f"⟦{''.join(pieces)}⟧"


def write(folder: Path) -> None:
    """The catalog of this language, as a file of a folder; its plurals are those of Polish."""
    catalog = Catalog(locale="pl")
    for message in template():
        if isinstance(message.id, tuple):
            one, many = map(pseudo, message.id)
            catalog.add(message.id, (one, many, many.replace("⟦", "⟦⟦")))
        elif message.id:
            catalog.add(message.id, pseudo(message.id))
    (folder / f"{TAG}.mo").write_bytes(compiled(catalog))


def english(words: str, known: re.Pattern[str]) -> list[str]:
    """The plain English words of a screen that are none of these, which are the guide's.

    >>> english("⟦Ńéẋṫ\ua789 Does it rain?⟧ or: Unknown", re.compile(re.escape("Does it rain?")))
    ['or', ':', 'Unknown']
    """
    return _ENGLISH.findall(known.sub("…", words))


@functools.cache
def words_of(guide: Guide) -> re.Pattern[str]:
    """All that a guide says in words of its own: whole, and as a label or within a sentence."""
    found = {each for part in astuple(guide) for each in _strings(part)}
    found |= {line.strip() for each in found for line in each.splitlines()}
    found |= {quote.line for statement in guide.statements for quote in statement.quotes}
    found |= {statement.words for statement in guide.statements}
    found |= {words[:1].upper() + words[1:] for words in found}
    found |= {words[:1].lower() + words[1:] for words in found}
    # One letter, or what every guide has, says nothing.
    found = {words for words in found if len(words) > 1 and words.lower() not in VALUES}
    either = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    return re.compile(rf"(?<![A-Za-z])(?:{either})(?![A-Za-z])")


def _strings(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        yield from _strings([*part.items()])
    elif isinstance(part, tuple | list | set | frozenset):
        for each in part:
            yield from _strings(each)


# Text nodes and attributes that people read or hear, each with its place; not where the guide's
# text stands in pieces.
COLLECT = """within => {
  const root = document.querySelector(within);
  const found = new Set();
  const guides = "script, style, code, .dtree-words, .dtree-text mark, .dtree-text span, q, mark, "
    + "[data-at], .tp-text, .tp-story, g.node text";
  const place = element => {
    const named = ({ tagName, className }) => `${tagName}.${className.baseVal ?? className}`;
    return `${named(element.parentElement)} > ${named(element)}`;
  };
  const add = (element, words) => {
    if (!words?.trim() || !element.parentElement || element.closest(guides)) return;
    if (/[A-Za-z]{2}|[:;]/.test(words)) found.add(JSON.stringify([place(element), words.trim()]));
  };
  // In a drawing, long lines are folded.
  for (const node of root.querySelectorAll("g.node")) {
    add(node, [...node.querySelectorAll("text")].map(line => line.textContent.trim()).join(" "));
  }
  for (const element of root.querySelectorAll("*")) {
    // A quotation holds pieces of the text, and beside them who says so.
    const own = element.tagName === "BLOCKQUOTE" ? [] : element.childNodes;
    for (const node of own) if (node.nodeType === 3) add(element, node.data);
    if (element.matches(guides)) continue;
    for (const name of ["title", "aria-label", "placeholder", "alt"]) {
      add(element, element.getAttribute(name));
    }
  }
  // As one text, which crosses over to Python much faster than many pieces.
  return `[${[...found].join()}]`;
}"""


@functools.cache
def _reader(guide: Guide) -> Callable[[str], list[str]]:
    """Finds the words of screens that are not this guide's; the same stand on many screens."""
    known = words_of(guide)
    return functools.cache(lambda words: english(words, known))


def plain(page: Page | Frame, guide: Guide, within: str = "html") -> dict[str, str]:
    """The plain English words on a page that are not the guide's, each with its place.

    `within`: in the first part of the page with this selector.
    """
    read = _reader(guide)
    return {
        f"{place}: {words}": " ".join(left)
        for place, words in json.loads(page.evaluate(COLLECT, within))
        if (left := read(words))
    }


def plain_lines(lines: Iterable[str], guide: Guide) -> dict[str, str]:
    """The same of what is printed, by its lines."""
    known = words_of(guide)
    # A long quotation is cut.
    whole = (_CUT.sub("…", line) for line in lines)
    return {line: " ".join(left) for line in whole if (left := english(line, known))}


def html_of(widget: Any) -> str:
    """What a widget shows and says, with all that it is made of."""
    names = ("description", "tooltip", "placeholder")
    words = [getattr(widget, name, None) or "" for name in names]
    words += getattr(widget, "_options_labels", ())
    shown = getattr(widget, "value", "")
    parts = "".join(map(html_of, getattr(widget, "children", ())))
    own = "".join(f"<p>{escape(each)}</p>" for each in words)
    return own + (shown if isinstance(shown, str) and shown.startswith("<") else "") + parts


def write_project(root: Path) -> None:
    """A project with a guide in this language, and with notebooks of the app that load it."""
    bees = Path(shutil.copytree(FOLDER, root / "data" / "bees")) / "guide.yaml"
    source = bees.read_text(encoding="utf-8")
    bees.write_text(source.replace("language: en", f"language: {TAG}"), encoding="utf-8")
    (root / "notebooks").mkdir()
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# 1"),
            nbformat.v4.new_code_cell("tree.load('../data/bees')", metadata={"tags": ["app"]}),
        ]
    )
    for name in ("practice", "explore", "teach"):
        nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")


@contextlib.contextmanager
def spoken_here(folder: Path) -> Iterator[None]:
    """Have this language for a while."""
    write(folder)
    before = os.environ.get("TREE_MESSAGES")
    os.environ["TREE_MESSAGES"] = str(folder)
    try:
        yield
    finally:
        del os.environ["TREE_MESSAGES"]
        if before is not None:
            os.environ["TREE_MESSAGES"] = before
