"""An entry as a form holds it: plain data, with the places of its quotes in the place of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..loading.quotes import Quotes
from ..loading.sources import CASES_FILE, GUIDE_FILE
from ..loading.yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence
from ..model.text import Text
from .entries import Place
from .guide_files import GuideFiles, Path, words_of
from .titled_entries import is_titled, titled_fields

# Keys that hold quotes: of an entry, and of an answer within a case.
_SEVERAL = ("quote", "does", "distractors", "words")
_ONE = ("judgement", "begins", "ends")
AT, LOST = "at", "lost"


def form_fields(files: GuideFiles, text: Text, path: Path) -> dict[str, Any]:
    """The fields of an entry, ready for JSON.

    Words are strings, lists are lists, and a quote is `{"at": [start, end]}`, its place in the
    text, or of a case in its vignette. One that cannot be found is `{"lost": words}`.

    >>> from .guide_files import guide_files
    >>> tea = guide_files("options: {tea: {name: tea, quote: drink tea}}")
    >>> form_fields(tea, Text("text.txt", "If it rains, drink tea."), ("options", "tea"))
    {'name': 'tea', 'quote': [{'at': [13, 22]}]}
    """
    node = files.nodes.get(path)
    if is_titled(path):
        return titled_fields(files, path)
    if not isinstance(node, YamlMapping):
        return {}
    if path[0] == CASES_FILE:
        text = vignette(files, path)
    return _fields(node, _finder(text))


def vignette(files: GuideFiles, path: Path) -> Text:
    """The text of a case, in which its quotes are looked for."""
    node = files.nodes.get(path)
    entries = node.entries if isinstance(node, YamlMapping) else ()
    story = next((words_of(value) for key, value in entries if key.value == "vignette"), "")
    return Text("vignette", story)


def as_written(value: Any) -> Any:
    """What a form sends, for a step: each `{"at": [start, end]}` as a `Place`.

    Raises ValueError for what no form sends.

    >>> as_written({"name": "tea", "quote": [{"at": [13, 22]}]})
    {'name': 'tea', 'quote': Place(start=13, end=22)}
    """
    if isinstance(value, Mapping):
        if set(value) == {AT}:
            place = value[AT]
            if not (isinstance(place, list) and len(place) == 2 and all(map(_whole, place))):
                raise ValueError(f"no place in the text: {place!r}")
            return Place(*place)
        if set(value) == {LOST}:
            return str(value[LOST])
        return {str(key): as_written(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = [as_written(inner) for inner in value]
        # As a person writes it: a list of one is that one.
        return items[0] if len(items) == 1 and isinstance(items[0], str | Place) else items
    if value is None or isinstance(value, str):
        return value
    return str(value)


def _whole(value: object) -> bool:
    return type(value) is int


def _finder(text: Text) -> Quotes:
    quotes = Quotes(GUIDE_FILE, [])
    quotes.text = text
    return quotes


def _fields(node: YamlMapping, quotes: Quotes) -> dict[str, Any]:
    return {key.value: _field(key.value, value, quotes) for key, value in node.entries}


def _field(key: str, node: YamlNode, quotes: Quotes) -> Any:
    if key in _SEVERAL:
        items = node.items if isinstance(node, YamlSequence) else (node,)
        return [_quote(item, quotes) for item in items]
    if key in _ONE:
        return _quote(node, quotes, anywhere=key == "judgement")
    if isinstance(node, YamlScalar):
        return node.value
    if isinstance(node, YamlSequence):
        return [_field("", item, quotes) for item in node.items]
    return _fields(node, quotes)


def _quote(node: YamlNode, quotes: Quotes, anywhere: bool = False) -> dict[str, Any]:
    found = quotes.quote(node, anywhere=anywhere, outside=True)
    # Reading stops after a thousand problems, and `check` names them.
    quotes.problems.clear()
    return {AT: [found.start, found.end]} if found else {LOST: words_of(node)}
