"""Cards → a deck for Anki. The only module that knows genanki."""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import json
import math
import os
import sqlite3
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ...guide import Guide
from ...loading.archives import zipped
from ...loading.git import committed
from ...loading.sources import CASES_FILE
from ...messages import spoken
from ...model.disclaimer import disclaimer
from ...model.missing import require
from . import card_html
from .cards import make_cards, picture

# Whatever bears these names is updated by a later import; so they never change.
NAMESPACE = "decision-tree-notebook"
FIELDS = ("Question", "Answer", "Picture", "Title", "Name")
# When what stands from here to the end of the style was changed last (seconds since 1970); a
# later time goes with every change, for without it Anki keeps the old cards' looks.
DESIGNED = 1_795_996_800  # 2026-11-30
LARGEST = 100_000_000  # bytes of an earlier deck's collection
# Times of notes run so many times more slowly than the clock since then.
_BEGAN = 1_577_836_800  # 2020-01-01
_SLOWER = 10
# What Anki tells notes apart by, and when each changed.
Known = Mapping[str, tuple[str, str, int]]

# The title is followed by what the deck says of itself: all guides share these templates.
_PAGE = f"""<div class="{card_html.PLAIN}" dir="auto">
<p class="title">{{{{Title}}}}</p>
{{{{Question}}}}%s
</div>"""
_FRONT = _PAGE % ""
_BACK = _PAGE % '\n<hr id="answer">\n{{Answer}}\n{{Picture}}'

_STYLE = """
.card {
  --ink: #1a1a1a; --pale: #595959; --paper: #fff; --line: #0072b2;
  max-width: 38em; margin: 0 auto; padding: 0.5em 1em;
  font: 18px/1.45 Arial, Helvetica, sans-serif; text-align: start;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere;
}
.card.nightMode, .card.night_mode {
  --ink: #eee; --pale: #b3b3b3; --paper: #1e1e1e; --line: #56b4e9;
}
.card ul.given { padding-inline-start: 1.2em; }
.card p.title, .card small, .card p.note { color: var(--pale); font-size: 14px; }
.card blockquote {
  margin: 0.8em 0; padding: 0; padding-inline-start: 0.8em;
  border-inline-start: 3px solid var(--line);
}
.card hr { border: 0; border-top: 1px solid var(--pale); }
.card p.branch { margin: 1em 0; text-align: center; }
/* The drawing stays dark on white, with a frame of white to stand on in the night. */
.card p.branch img {
  max-width: 100%; max-height: none; height: auto; box-sizing: border-box;
  padding: 6px; border-radius: 6px; background: #fff;
}
"""


def last_change(guide: Guide) -> float:
    """When the files of a guide were changed last (seconds since 1970).

    As the disk says, or earlier where they are as git has them: a copy on another computer has
    new times on its disk, and the same ones in git.
    """
    files = [Path(guide.file), Path(guide.text.file)]
    files += filter(Path.exists, [files[0].with_name(CASES_FILE)])
    known = committed(files[0].parent, [os.path.relpath(f, files[0].parent) for f in files])
    return min(time.time(), max(file.stat().st_mtime for file in files), known or math.inf)


@spoken
def apkg(guide: Guide, timestamp: float, previous: bytes = b"") -> bytes:
    """The cards of a guide as an .apkg file; the same bytes for the same time.

    Anki knows the cards of an earlier import by the names of guide and card, and replaces a note
    whose time is later than that of the note it has, which moves on to the present when its owner
    edits it. So times stand in the past (`note_time`), in the order of `timestamp`, when the guide
    changed last (seconds since 1970): a note that its owner edited stays, and any other one is
    updated. A note that stands in `previous`, an earlier deck of the guide, keeps its time from
    there as long as nothing in it changes; a changed one is newer than there by a second at least,
    also where that deck had the times of the clock. Raises MissingPackage where genanki is.
    """
    require("genanki", "An Anki deck", "cards")
    import genanki

    model = genanki.Model(
        _number("note type"),
        "Decision tree",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    aid = disclaimer(guide)
    deck = genanki.Deck(_number("deck", guide.id), _deck_name(guide.title), card_html.words(aid))
    pictures = {}
    for number, card in enumerate(make_cards(guide)):
        image = ""
        if drawn := picture(guide, card):
            pictures[drawn.name] = drawn.svg
            image = card_html.image(drawn, drawn.name)
        title = f"{card_html.words(guide.title)}<br>{card_html.words(aid)}"
        fields = [
            card_html.question(card),
            card_html.answer(card),
            image,
            title,
            card_html.words(card.id),
        ]
        guid = genanki.guid_for(NAMESPACE, guide.id, card.id)
        deck.add_note(genanki.Note(model, fields, tags=[card.kind], guid=guid, due=number))
    # In memory, and not through genanki's own file, which leaves another behind.
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        identifiers = itertools.count(int(timestamp * 1000))
        genanki.Package(deck).write_to_db(database.cursor(), timestamp, identifiers)
        _keep_times(database, _notes(previous), note_time(timestamp))
        database.commit()
        collection = database.serialize()
    return zipped(
        {
            "collection.anki2": collection,
            "media": json.dumps(dict(enumerate(pictures))).encode(),
            **{str(number): svg for number, svg in enumerate(pictures.values())},
        }
    )


def note_time(changed: float) -> int:
    """A time for notes that is later where `changed` is, and long before anybody edits one.

    Both in seconds since 1970; of two changes within ten seconds it is the same.

    >>> note_time(1_600_000_000) < note_time(1_600_000_010) < 1_600_000_000
    True
    """
    return _BEGAN + math.ceil((changed - _BEGAN) / _SLOWER)


def _keep_times(database: sqlite3.Connection, known: Known, timestamp: int) -> None:
    """Give every note the time when its content changed, and the note type its own."""
    for guid, fields, tags in database.execute("SELECT guid, flds, tags FROM notes").fetchall():
        *content, changed = known.get(guid, ("", "", 0))
        # A changed note is newer than before, also where other words came with a new version.
        kept = changed if content == [fields, tags] else max(timestamp, changed + 1)
        database.execute("UPDATE notes SET mod = ? WHERE guid = ?", (kept, guid))
    (models,) = database.execute("SELECT models FROM col").fetchone()
    found = json.loads(models)
    for model in found.values():
        model["mod"] = DESIGNED
    database.execute("UPDATE col SET models = ?", (json.dumps(found),))


def _notes(deck: bytes) -> Known:
    """The notes of a deck by what Anki knows them by; none where it is no deck of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(deck)) as archive:
            with archive.open("collection.anki2") as file:
                data = file.read(LARGEST + 1)
            if len(data) > LARGEST:
                return {}
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(data)
            rows = database.execute("SELECT guid, flds, tags, mod FROM notes")
            return {str(guid): (str(f), str(tags), int(mod)) for guid, f, tags, mod in rows}
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, sqlite3.Error, ValueError):
        return {}


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
