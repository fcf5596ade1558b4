"""A document, or pasted words → the folder of a new guide."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..loading.sources import GUIDE_FILE, MAX_BYTES, read_bytes
from ..model.errors import Problem, TreeError
from ..model.parts import Reading
from ..model.tags import tag_problem
from ..model.text import Text, counted
from . import passages
from .exercise import claims, skeleton
from .guide_folder import TEXT_FILE, files_of, new_folder
from .identifiers import identifier
from .languages import FALLBACK, recognized
from .scaffold import scaffold
from .texts.changes import Cleaning
from .texts.document import Document, document, text_of, text_of_words

ORIGINAL = "original"  # with the ending of its kind
CLEANED_FILE = "cleaned.txt"
MAX_SENTENCES = 20_000


@dataclass(frozen=True)
class Started:
    """A new guide: where it is, and what was found in its text. Prints in a few lines."""

    folder: Path
    text: Text
    sentences: int
    language_known: bool = True
    cleaned: tuple[Cleaning, ...] = ()
    original: str = ""

    def __str__(self) -> str:
        parts = max(1, len(self.text.passages))
        found = [counted(self.sentences, "sentence"), counted(parts, "passage")]
        language = f"Language of the text: {self.text.language}"
        if not self.language_known:
            language += ", as it was not recognized"
        return "\n".join(
            [
                f"{self.folder}: a new guide; found {' in '.join(found)}.",
                *(f"Cleaned: {note}." for note in self.cleaned),
                *self._kept(),
                f"{language}. If that is wrong, change it in {GUIDE_FILE}.",
                f"Next: open {self.folder / GUIDE_FILE}. Go through its sentences one by one; "
                "each kind of entry has an example.",
                f"What is left to do:  python -m tree check {_quoted(self.folder)}",
                f"Without YAML, in a notebook:  tree.Workshop({str(self.folder)!r})",
            ]
        )

    def _kept(self) -> list[str]:
        if not self.original:
            return []
        return [
            f"The text as it was: {self.folder / self.original}; "
            f"all that was cleaned, and digests: {self.folder / CLEANED_FILE}",
            f"Compare {self.folder / TEXT_FILE} with it before you begin.",
        ]


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def new(
    text_file: str | os.PathLike[str],
    folder: str | os.PathLike[str] | None = None,
    language: str | None = None,
    encoding: str = "",
) -> Started:
    """Make the folder of a guide: the text, and a `guide.yaml` to be worked on.

    `text_file`: plain text, Markdown, HTML, Word (.docx) or PDF. What only typesetting needs is
    cleaned away and listed, and the document is kept beside its text.

    `folder`: by default one named after the text, in `data` where there is such a folder.
    `language`: the tag of the language of the text, such as de; by default it is recognized.
    `encoding`: of plain text and HTML, such as cp1252; by default UTF-8.

    Raises ValueError for what is no such tag, TreeError where the file is not a text that a guide
    can be made of, and FileExistsError where the folder has a guide or another text. Writes all or
    nothing.
    """
    return begun(document(text_file, encoding), folder, language)


def pasted(
    words: str | bytes,
    folder: str | os.PathLike[str] | None = None,
    language: str | None = None,
    encoding: str = "",
) -> Started:
    """The same of pasted words. `folder`: by default one named after their title, or their first
    words."""
    if isinstance(words, str):
        return begun(text_of_words(words), folder, language)
    return begun(text_of(words, encoding=encoding), folder, language)


def begun(
    document: Document,
    folder: str | os.PathLike[str] | None = None,
    language: str | None = None,
) -> Started:
    """The same of a document that has been read."""
    if language is not None and (problem := tag_problem(language)):
        raise ValueError(problem)
    known = language or recognized(document.content)
    path = Path(document.name)
    source, text = _made(path, document.content, known or FALLBACK)
    target = Path(folder) if folder is not None else default_folder(document)
    original = ORIGINAL + document.ending if document.changed else ""
    kept = {}
    if original:
        report = document.report(TEXT_FILE, original)
        kept = {original: document.original, CLEANED_FILE: report.encode()}
    new_folder(target, path, {**files_of(document.data, source), **kept})
    count = len(text.sentences)
    return Started(target, text, count, bool(known), document.cleaned, original)


@dataclass(frozen=True)
class Exercise:
    """A skeleton to be filled in: where it is, and how many clauses wait in it."""

    folder: Path
    clauses: int

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{self.folder}: an exercise; {counted(self.clauses, 'clause')} to read.",
                f"Next: open {self.folder / GUIDE_FILE} and say what each clause decides.",
                "What is left to do:  "
                f"python -m tree compare {_quoted(self.folder)} FOLDER_OF_THE_FINISHED_GUIDE",
            ]
        )


def exercise(reference: Reading, folder: str | os.PathLike[str] | None = None) -> Exercise:
    """Make the folder of an exercise: the text of a finished guide, copied, and a skeleton.

    `folder`: by default one named after the guide, in the current folder.

    Raises FileExistsError where the folder has a guide or another text. Writes all or nothing.
    """
    path = Path(reference.text.file)
    data, problems = read_bytes(path)
    if problems:
        raise TreeError(problems)
    target = Path(f"{identifier(reference.id)}_exercise") if folder is None else Path(folder)
    new_folder(target, path, files_of(data, skeleton(reference)))
    return Exercise(target, len(claims(reference)))


def source(name: str, content: str) -> str:
    """The source of a new guide of a text. `name`: what its file is called.

    >>> print(source("tea.txt", "Tea?\\n\\nDrink tea.").splitlines()[-1])
      - Drink tea.
    """
    return _made(Path(name), content, recognized(content) or FALLBACK)[0]


def _made(path: Path, content: str, language: str) -> tuple[str, Text]:
    text = Text(TEXT_FILE, content, language=language)
    count = len(text.sentences)
    if not count:
        raise TreeError([Problem(str(path), 1, 1, "there is no sentence in it")])
    if count > MAX_SENTENCES:
        message = f"{count} sentences; at most {MAX_SENTENCES} are allowed in a guide: divide it"
        raise TreeError([Problem(str(path), 1, 1, message)])
    text = passages.divided(text, identifier)
    title = passages.title(content) or path.stem.replace("_", " ").strip() or "Untitled"
    source = scaffold(text, title)
    if len(source.encode()) > MAX_BYTES:
        message = f"the guide would be larger than {MAX_BYTES} bytes: divide the text"
        raise TreeError([Problem(str(path), 1, 1, message)])
    return source, text


def default_folder(document: Document) -> Path:
    """Where the guide of a document is made, unless somebody says otherwise."""
    name = passages.title(document.content) or " ".join(document.content[:200].split())
    path = Path(document.name)
    id = identifier(path.stem if path.suffix else name)
    return Path("data") / id if Path("data").is_dir() else Path(id)
