"""Cards → a deck for Anki. The only room that knows genanki."""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import json
import sqlite3
import zipfile

from ..errors import DrawingError
from ..guide import Guide
from ..payload import DISCLAIMER
from . import faces
from .cards import make_cards, picture

# Whatever bears these names is updated by a later import; so they never change.
NAMESPACE = "decision-tree-notebook"
FIELDS = ("Question", "Answer", "Picture", "Title", "Name")

_PAGE = f"""<div class="{faces.PLAIN}">
<p class="title">{{{{Title}}}}</p>
{{{{Question}}}}%s
<p class="title">{DISCLAIMER}</p>
</div>"""
_FRONT = _PAGE % ""
_BACK = _PAGE % '\n<hr id="answer">\n{{Answer}}\n{{Picture}}'

_STYLE = """
.card {
  --ink: #1a1a1a; --pale: #595959; --paper: #fff; --line: #0072b2;
  max-width: 38em; margin: 0 auto; padding: 0.5em 1em;
  font: 18px/1.45 Arial, Helvetica, sans-serif; text-align: left;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere;
}
.card.nightMode, .card.night_mode {
  --ink: #eee; --pale: #b3b3b3; --paper: #1e1e1e; --line: #56b4e9;
}
.card ul.given { padding-left: 1.2em; }
.card p.title, .card small, .card p.note { color: var(--pale); font-size: 14px; }
.card blockquote { margin: 0.8em 0; padding: 0 0 0 0.8em; border-left: 3px solid var(--line); }
.card hr { border: 0; border-top: 1px solid var(--pale); }
.card p.branch { margin: 1em 0; text-align: center; }
/* The drawing stays dark on white, with a frame of white to stand on in the night. */
.card p.branch img {
  max-width: 100%; max-height: none; height: auto; box-sizing: border-box;
  padding: 6px; border-radius: 6px; background: #fff;
}
"""


def apkg(guide: Guide, timestamp: float) -> bytes:
    """The cards of a guide as an .apkg file; the same bytes for the same time.

    Anki updates the cards of an earlier import, told apart by the names of guide and card, if
    `timestamp` (seconds since 1970) is later. Raises DrawingError where genanki is missing.
    """
    try:
        import genanki
    except ImportError as error:
        raise DrawingError(
            "an Anki deck needs the package genanki; install it with: python -m pip install genanki"
        ) from error
    model = genanki.Model(
        _number("note type"),
        "Decision tree",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    deck = genanki.Deck(_number("deck", guide.id), _deck_name(guide.title), faces.words(DISCLAIMER))
    pictures = {}
    for number, card in enumerate(make_cards(guide)):
        image = ""
        if drawn := picture(guide, card):
            pictures[drawn.name] = drawn.svg
            image = faces.image(drawn, drawn.name)
        title = faces.words(guide.title)
        fields = [faces.question(card), faces.answer(card), image, title, faces.words(card.id)]
        guid = genanki.guid_for(NAMESPACE, guide.id, card.id)
        deck.add_note(genanki.Note(model, fields, tags=[card.kind], guid=guid, due=number))
    # In memory, and not through genanki's own file, which leaves another behind.
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        identifiers = itertools.count(int(timestamp * 1000))
        genanki.Package(deck).write_to_db(database.cursor(), timestamp, identifiers)
        database.commit()
        collection = database.serialize()
    return _zipped(
        {
            "collection.anki2": collection,
            "media": json.dumps(dict(enumerate(pictures))).encode(),
            **{str(number): svg for number, svg in enumerate(pictures.values())},
        }
    )


def _number(*names: str) -> int:
    """A number for Anki that stays the same for the same names."""
    digest = hashlib.sha256("\0".join((NAMESPACE, *names)).encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:8]) % (1 << 30)


def _deck_name(title: str) -> str:
    """A title as the name of one deck: two colons would begin a deck within a deck.

    >>> _deck_name("Ear::left")
    'Ear: left'
    """
    return ": ".join(filter(None, map(str.strip, title.split("::")))) or "Decision tree"


def _zipped(files: dict[str, bytes]) -> bytes:
    """Files as a zip archive that says nothing of when it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
