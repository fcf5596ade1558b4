"""A folder in which a draft grows: prompts to paste, answers, a guide, and a report beside it."""

from __future__ import annotations

import errno
import itertools
import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from .authoring.drafting import clipboard
from .authoring.drafting.answer import decoded, proposed
from .authoring.drafting.parts import parts
from .authoring.drafting.plain_report import PlainReport
from .authoring.drafting.prompt import prompt
from .authoring.drafting.proposal import ProposedGuide
from .authoring.guide_folder import TEXT_FILE
from .authoring.languages import FALLBACK, recognized
from .authoring.new_guide import begun, default_folder
from .authoring.texts.document import MOST_BYTES, document
from .drafting import MOST_ROUNDS, UNNAMED, DraftedGuide, draft
from .loading import loader
from .loading.files import write
from .loading.sources import GUIDE_FILE, folder, read_bytes
from .logic.review import is_unconfirmed
from .model.errors import Problem, TreeError
from .model.text import Text

DRAFT_FILE = "guide_draft.yaml"  # where the guide is somebody's work
BEFORE_FILE = "guide_before.yaml"
PROPOSED_FILE = "draft_proposed.yaml"  # all of it, also what does not stand
REPORT_FILE = "draft_report.txt"
LEAVES = "The text leaves this computer if the command sends it; this program sends nothing."


@dataclass(frozen=True)
class DraftStep:
    """What was done, and what to do next. Prints in a few lines.

    `told`: what was proposed, corrected and left out; `beside`: the file that the
    draft was written to where the guide holds somebody's own entries.
    """

    lines: tuple[str, ...]
    good: bool = True
    told: PlainReport | None = None
    beside: str = ""

    def __str__(self) -> str:
        return "\n".join(self.lines)


def text_folder(text: str | os.PathLike[str], target: str | os.PathLike[str] | None) -> Path:
    """The folder of a text; made, as `new` makes it, where there is none.

    `text`: a document, or the folder itself. Raises what `new` raises.
    """
    if os.path.isdir(text):
        return Path(text)
    taken = document(text)
    place = Path(target) if target is not None else default_folder(taken)
    if not os.path.lexists(place / GUIDE_FILE):
        return begun(taken, place).folder
    data, problems = read_bytes(place / TEXT_FILE)
    if problems or data != taken.data:
        raise FileExistsError(errno.EEXIST, f"holds another text than {text}", str(place))
    return place


def first_prompt(place: Path, copy: bool = False) -> DraftStep:
    """Write the prompt to be pasted into an assistant; `copy`: put it on the clipboard, too."""
    text = text_of(place)
    stretches = parts(text)
    asked = prompt(text, stretches[0] if len(stretches) > 1 else None)
    for path in _prompts(place):
        path.unlink()
    return DraftStep(tuple(_to_paste(place, 1, asked, copy)))


def with_answer(
    place: Path, answer_file: str | os.PathLike[str], model: str = "", copy: bool = False
) -> DraftStep:
    """Take an answer that was pasted into a file; write the guide, and what to ask next."""
    data, problems = read_bytes(answer_file)
    if problems:
        raise TreeError(problems)
    text = text_of(place)
    made = DraftedGuide(text, model or UNNAMED)
    asked = _prompts(place)
    made.asked = [path.read_text(encoding="utf-8") for path in asked[:1]]
    # Another answer to the first prompt begins anew.
    if len(asked) > 1:
        made.proposal.add(_earlier(place))
    stretches = parts(text)
    made.take(_answer(data, answer_file), again=len(asked) > len(stretches))
    number = len(asked) + 1
    if made.refused:
        last = place / _prompt_name(max(len(asked), 1))
        lines = [*_saved(place, made), f"Ask again with the whole of {last}."]
        return replace(_step(place, made, tuple(lines)), good=False)
    if number <= len(stretches):
        again = prompt(text, stretches[number - 1], made.proposal.written(draft=False))
    else:
        again = made.next_prompt() if number <= len(stretches) + MOST_ROUNDS else ""
    write(place / PROPOSED_FILE, made.proposal.written(draft=False).encode())
    made.settle()
    lines = list(_saved(place, made))
    if again:
        lines += ["", "There is something to correct, or more to read."]
        lines += _to_paste(place, number, again, copy)
    return _step(place, made, tuple(lines))


def with_command(
    place: Path, command: str, model: str = "", tell: Callable[[str], object] = lambda _: None
) -> DraftStep:
    """Ask a command that reads the prompt on standard input and writes its answer.

    `tell`: is called with what is going on, each time before the command runs.
    """
    program, asked = _program(command), itertools.count(1)

    def ask(words: str) -> str:
        number, length = next(asked), _length(words)
        tell(f"Prompt {number}, with {length}, goes to {program}. This can take some minutes ...")
        return _run(command, words)

    return with_function(place, ask, model or program)


def with_function(place: Path, ask: Callable[[str], str], model: str = "") -> DraftStep:
    """Ask a function that takes a prompt and returns an answer."""
    text = text_of(place)
    made = draft(text.content, ask, model=model or UNNAMED, language=text.language)
    return _step(place, made, _saved(place, made))


def last_prompt(place: Path) -> tuple[int, Path] | None:
    """The number and the file of the prompt that was written last; None where none was."""
    found = sorted(place.glob("draft_prompt_*.txt"), key=_number)
    return (_number(found[-1]), found[-1]) if found else None


def answer_file(place: Path, number: int) -> Path:
    """Where the answer to a prompt is kept."""
    return place / f"draft_answer_{number}.txt"


def _step(place: Path, made: DraftedGuide, lines: tuple[str, ...]) -> DraftStep:
    good = made.guide is not None
    beside = DRAFT_FILE if good and _is_somebodys(place) else ""
    return DraftStep(lines, good, made.told(), beside)


def _program(command: str) -> str:
    """The program of a command: what else it says may be nobody's business, such as a key.

    >>> _program("KEY=secret /usr/bin/llm -m small --key secret")
    'llm'
    """
    words = [word for word in command.split() if "=" not in word]
    return Path(words[0]).name if words else UNNAMED


def _run(command: str, asked: str) -> str:
    with tempfile.TemporaryFile() as given:
        given.write(asked.encode())
        given.seek(0)
        with subprocess.Popen(command, shell=True, stdin=given, stdout=subprocess.PIPE) as asking:
            # What never ends is not waited for: it writes to nobody from here on.
            written = asking.stdout.read(MOST_BYTES + 1) if asking.stdout else b""
    if asking.returncode and len(written) <= MOST_BYTES:
        message = (
            f"ended with status {asking.returncode}; what it said stands above. The prompt has "
            f"{_length(asked)}: if that is too long for the model, ask one that takes more"
        )
        raise TreeError([Problem(_program(command), 0, 0, message)])
    return _answer(written, _program(command))


def _length(words: str) -> str:
    """How long a prompt is, as people and as programs count.

    >>> _length("Read the text. " * 800)
    'about 2,400 words (12,000 letters)'
    """
    return f"about {round(len(words.split()), -2):,} words ({len(words):,} letters)"


def _answer(data: bytes, source: str | os.PathLike[str]) -> str:
    try:
        return decoded(data)
    except ValueError as error:
        raise TreeError([Problem(os.fspath(source), 0, 0, str(error))]) from None


def text_of(place: Path) -> Text:
    """The text of a folder, in the language of its guide. Raises TreeError where there is none."""
    source = folder(place)
    content, problems = source.read(TEXT_FILE)
    if problems:
        raise TreeError(problems)
    reading, _ = loader.read(source)
    language = reading.language if reading else recognized(content) or FALLBACK
    return Text(TEXT_FILE, content, language=language)


def _earlier(place: Path) -> ProposedGuide:
    """What was proposed before, with what was left out of the guide for the time being."""
    content, problems = folder(place).read(PROPOSED_FILE)
    try:
        return ProposedGuide() if problems else proposed(content)[0]
    except ValueError:
        return ProposedGuide()


def _is_somebodys(place: Path) -> bool:
    """Whether the guide of a folder holds what a person has written or confirmed."""
    if not os.path.lexists(place / GUIDE_FILE):
        return False
    reading, _ = loader.read(folder(place))
    if reading is None:
        return True
    kinds = ("factor", "option", "group", "scope", "statement", "passage")
    entries = {key for key in reading.places if key[0] in kinds}
    context = sum(kind == "context" for kind, _ in reading.drafts)
    return bool(entries - {*reading.drafts}) or bool(reading.context and not context)


def _saved(place: Path, made: DraftedGuide) -> tuple[str, ...]:
    """Write the report, and the guide where there is one; a good one is never replaced."""
    report = place / REPORT_FILE
    write(report, (str(made) + "\n").encode())
    lines = [made.lines()[0]]
    if made.guide is None:
        lines += [f"No guide was written; {place / GUIDE_FILE} is as it was."]
    else:
        name = DRAFT_FILE if _is_somebodys(place) else GUIDE_FILE
        before = place / GUIDE_FILE
        if name == GUIDE_FILE and before.exists() and "\ndrafted:" in before.read_text("utf-8"):
            write(place / BEFORE_FILE, before.read_bytes())
        write(place / name, made.yaml.encode())
        lines += [f"Written: {place / name}; every entry is a proposal."]
        if name == DRAFT_FILE:
            lines += [f"{before} holds entries of your own, and is as it was."]
    lines += made.refusals
    wrong = [problem for problem in made.report.errors if not is_unconfirmed(problem)]
    found = {
        "corrected": len(made.corrected),
        "left out": len(made.left_out),
        "still wrong": len(wrong) if made.guide is not None else 0,
    }
    seen = ", ".join(f"{count} {what}" for what, count in found.items() if count)
    lines += [f"In the report: {report}" + f" ({seen})" * bool(seen)]
    if made.guide is not None:
        lines += [f"Next: python -m tree read {place}, and compare it with the text."]
    return tuple(lines)


def _to_paste(place: Path, number: int, asked: str, copy: bool) -> list[str]:
    """Write a prompt, and copy it if that is wished. Returns what to do with it."""
    path, answer = place / _prompt_name(number), answer_file(place, number)
    write(path, asked.encode())
    missed = clipboard.copy(asked) if copy else ""
    if copy and not missed:
        lines = [f"On the clipboard, and in {path}: paste it into the assistant that you use,"]
    elif copy:
        lines = [
            f"Nothing was copied: {missed}.",
            f"Paste what is in {path} into the assistant that you use,",
        ]
    else:
        lines = [
            f"Paste what is in {path} (--copy puts it on the clipboard)",
            "into the assistant that you use,",
        ]
    return [
        *lines,
        f"save its answer as {answer}, and then run:",
        f"  python -m tree draft {place} --answer {answer}",
    ]


def _prompt_name(number: int) -> str:
    return f"draft_prompt_{number}.txt"


def _prompts(place: Path) -> list[Path]:
    """The prompts that were written so far, in their order."""
    return sorted(filter(_number, place.glob("draft_prompt_*.txt")), key=_number)


def _number(path: Path) -> int:
    digits = path.stem.rpartition("_")[2]
    return int(digits) if digits.isdecimal() else 0
