"""A real collection of Anki, and what a learner does with it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

THEN = 1_700_000_000


def zip_of(collection: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("collection.anki2", collection)
    return made.getvalue()


class Learner:
    """Somebody's Anki."""

    # What its import calls *Update notes*.
    IF_NEWER, ALWAYS = 0, 1

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))

    def imports(self, deck: bytes, update: int = IF_NEWER) -> None:
        path = self.folder / "deck.apkg"
        path.write_bytes(deck)
        # As Anki does it unless told otherwise: what is newer replaces what is there.
        options = ImportAnkiPackageOptions(update_notes=update)
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        self.collection.import_anki_package(request)

    def notes(self) -> dict[str, dict[str, str]]:
        """The fields of every note, by the name of its card."""
        notes = [self.collection.get_note(id) for id in self.collection.find_notes("")]
        return {note["Name"]: dict(note.items()) for note in notes}

    def card(self, name: str) -> tuple[str, str]:
        """Both sides of a card, as Anki renders them."""
        (id,) = self.collection.find_cards(f'Name:"{name}"')
        card = self.collection.get_card(id)
        return card.question(), card.answer()

    @property
    def media(self) -> Path:
        return Path(self.collection.media.dir())
