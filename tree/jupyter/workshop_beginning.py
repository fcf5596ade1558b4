"""Where a guide begins in the workshop: a text that is pasted, and a draft by an assistant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..authoring.new_guide import pasted
from ..authoring.texts.changes import MOST_SHOWN, Cleaning
from ..draft_folder import (
    DraftStep,
    answer_file,
    first_prompt,
    last_prompt,
    text_of,
    with_answer,
    with_function,
)
from ..loading.files import write
from ..loading.sources import GUIDE_FILE, MAX_BYTES
from ..messages import in_language, later, number, say
from ..model.text import CONTROL

Ask = Callable[[str], str]


def is_begun(folder: Path) -> bool:
    """Whether there is a guide in a folder, also a broken one."""
    return (folder / GUIDE_FILE).exists()


def begin(folder: Path, words: str, language: str = "") -> tuple[str, ...]:
    """Make the folder of a guide of pasted words; what was cleaned of them, a line for each kind.

    The lines are in the language of the words.

    Raises what `pasted` raises, and ValueError where nothing was pasted.
    """
    if not CONTROL.sub("", words).strip():
        raise ValueError(say("Paste the text first."))
    started = pasted(words, folder, language.strip() or None)
    with in_language(started.text.language):
        return tuple(map(_cleaned, started.cleaned))


def _cleaned(found: Cleaning) -> str:
    """How often something was cleaned, and the first places, as a screen says it."""
    count = number(len(found.pieces))
    said = say(CLEANED[found.kind], count=count) if found.kind in CLEANED else found.head
    places = [*found.shown[:MOST_SHOWN], *["…"][: len(found.shown) - MOST_SHOWN]]
    return f"{said} ({'; '.join(places)})" if places else said


# By kind of what is cleaned of pasted words.
CLEANED = {
    "control character": later("Signs that nobody sees, taken out: {count}"),
    "vertical tab": later("Vertical tabs, now ends of lines: {count}"),
    "head of a page": later("Heads of pages, taken out: {count}"),
    "foot of a page": later("Feet of pages, taken out: {count}"),
    "page break": later("Breaks between pages, now ends of lines or blanks: {count}"),
    "line break inside of a paragraph": later(
        "Ends of lines inside a paragraph, now blanks: {count}"
    ),
    "soft hyphen": later("Soft hyphens, taken out: {count}"),
    "ligature": later("Ligatures, now letters: {count}"),
    "hyphen at the end of a line": later("Words divided at the end of a line, joined: {count}"),
    "note mark": later("Numbers of notes, taken out: {count}"),
}


def next_prompt(folder: Path) -> dict[str, Any]:
    """The prompt that is to be pasted into an assistant next: its number and its words."""
    if last_prompt(folder) is None:
        first_prompt(folder)
    number, path = last_prompt(folder) or (1, folder)
    return {"number": number, "prompt": path.read_text(encoding="utf-8")}


def take_answer(folder: Path, answer: str, model: str = "") -> dict[str, Any]:
    """Take what an assistant has answered: the report, and the next prompt where there is one.

    Raises ValueError where nothing or too much was pasted, TreeError where the folder has no text.
    """
    if not answer.strip():
        with in_language(text_of(folder).language):
            raise ValueError(say("Paste the answer first."))
    data = answer.encode(errors="replace")
    if len(data) > MAX_BYTES:
        with in_language(text_of(folder).language):
            raise ValueError(say("The answer is too long. Paste only the guide in it."))
    model = CONTROL.sub("", model)
    number = int(next_prompt(folder)["number"])
    path = answer_file(folder, number)
    write(path, data)
    with in_language(text_of(folder).language):
        taken = _reported(with_answer(folder, path, model.strip()))
    after = next_prompt(folder)
    return taken | {"again": after if int(after["number"]) > number else None}


def ask_assistant(folder: Path, ask: Ask, model: str = "") -> dict[str, Any]:
    """Let a function of the author's own answer the prompts, as `tree.draft` does.

    Raises ValueError where it fails before anything was answered.
    """
    with in_language(text_of(folder).language):
        return _reported(with_function(folder, _asking(ask), model.strip())) | {"again": None}


def _asking(ask: Ask) -> Ask:
    """The same function; whatever it raises is said to the author, who waits for an answer."""

    def asked(prompt: str) -> str:
        try:
            return ask(prompt)
        except Exception as error:
            why = str(error) or type(error).__name__
            length = number(round(len(prompt.split()), -2))
            raise ValueError(
                say(
                    "Asking failed: {why}. The prompt has about {length} words: if that is too "
                    "long for the assistant, ask one that takes more.",
                    why=why.rstrip("."),
                    length=length,
                )
            ) from error

    return asked


def _reported(step: DraftStep) -> dict[str, Any]:
    report = asdict(step.told) if step.told else {}
    return {"report": report, "good": step.good, "beside": step.beside}
