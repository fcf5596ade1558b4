"""A guide that grows piece by piece, without files: for a first try, and for teaching."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from .authoring.guide_folder import TEXT_FILE
from .authoring.pieces import joined
from .guide import Guide
from .loading.files import write
from .loading.sources import GUIDE_FILE
from .opening import Report, check_text, loads

if TYPE_CHECKING:
    from .drawing.graphviz import Drawing


class Sketch:
    """A text, and what has been written of its guide so far. Prints as `guide.yaml`.

    >>> tea = Sketch("If it rains, drink tea.")
    >>> tea.add('''
    ... title: Tea?
    ... factors:
    ...   rain: {question: Does it rain?, quote: If it rains}
    ... options:
    ...   tea: {name: tea, quote: drink tea}
    ... ''')
    >>> tea.add('''
    ... statements:
    ...   drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}
    ... ''')
    >>> tea
    <sketch: 0 errors, 1 warning>
    >>> print(tea.guide.tree)
    Does it rain?
    - yes
        Offered: tea
    - no
        The text does not say: tea
    """

    def __init__(self, text: str, yaml: str = "") -> None:
        self.text = text
        self.yaml = yaml

    def add(self, piece: str) -> None:
        """Write a piece of it: sections with some of their entries, as in `guide.yaml`.

        An entry with the name of one that is there takes its place, so a piece may be added again.
        """
        self.yaml = joined(self.yaml, piece)

    @property
    def guide(self) -> Guide:
        """What it is now. Raises TreeError with all that is wrong, as long as it makes no tree."""
        return loads(self.text, self.yaml)

    def draw(self, answers: Mapping[str, object] | None = None) -> Drawing:
        """The picture of its tree as it is now, highlighted where answers are given.

        Raises TreeError as `guide` does, and AnswerError where there are several trees.
        """
        return self.guide.draw(answers)

    def check(self) -> Report:
        """What is wrong with it, and what is still to do. Raises nothing."""
        return check_text(self.text, self.yaml)

    def save(self, folder: str | os.PathLike[str] | None = None, *, force: bool = False) -> Path:
        """Write `text.txt` and `guide.yaml` into a folder; returns the folder.

        Default: a new folder in a place for trying out. Raises FileExistsError where one of the
        files is there, unless `force` is given.
        """
        place = Path(tempfile.mkdtemp()) / "guide" if folder is None else Path(folder)
        files = {TEXT_FILE: self.text, GUIDE_FILE: self.yaml}
        for name in files:
            if not force and os.path.lexists(place / name):
                raise FileExistsError(f"{place / name} exists; force=True replaces it")
        place.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write(place / name, content.encode())
        return place

    def __str__(self) -> str:
        return self.yaml

    def __repr__(self) -> str:
        return f"<sketch: {self.check().counts}>"
