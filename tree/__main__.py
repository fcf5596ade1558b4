"""The command line: `python -m tree COMMAND`."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from .arguments import CARDS, parse
from .authoring.new_guide import exercise, new, pasted
from .authoring.texts.document import MOST_BYTES
from .commands import drawing_progress, ended_cleanly
from .drawing.graphviz import FORMATS
from .exchange import qti, scorm
from .guide import Guide
from .loading.files import write
from .loading.schema import schema
from .loading.shipped import shipped_guide
from .loading.watching import changes
from .model.errors import AnswerError, DrawingError, Problem, TreeError
from .model.letters import visible
from .model.missing import MissingPackage
from .namesake import wrong_package
from .opening import Report, check, diff, guides, load
from .teaching.cards import anki, moodle, spreadsheet
from .teaching.exercise.compare import compare
from .web.pdf import to_pdf


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0, or 1 where something is wrong; 2 is argparse's own.

    As of other programs that compare, 1 of `diff` means different, and 2 that something is
    wrong.
    """
    if said := wrong_package(sys.modules["tree"]):
        print(said, file=sys.stderr)
        return 1
    options = parse(sys.argv[1:] if arguments is None else list(arguments))
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Letters that a terminal cannot show are written as escapes, as on standard error.
        sys.stdout.reconfigure(errors="backslashreplace")
    wrong = 2 if options.command in COMPARING else 1
    try:
        with ended_cleanly():
            status = RUN[options.command](options) or 0
        sys.stdout.flush()
    except (TreeError, AnswerError, DrawingError, MissingPackage) as error:
        print(error, file=sys.stderr)
        return wrong
    except BrokenPipeError:
        # The reader of the output wants no more of it; leave nothing for Python to write at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return wrong
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        print(f"{error.filename or 'standard output'}: {reason}", file=sys.stderr)
        return wrong
    except KeyboardInterrupt:
        return 130
    return int(status)


def _new(options: argparse.Namespace) -> None:
    if options.exercise:
        print(exercise(load(options.text), options.dir))
    elif options.text == "-":
        data = _pasted()
        print(pasted(data, options.dir, options.language, options.encoding))
    else:
        print(new(options.text, options.dir, options.language, options.encoding))


def _pasted() -> bytes:
    """What is pasted into the terminal, or piped in."""
    if sys.stdin.isatty():
        keys = "Ctrl+Z and Enter" if sys.platform == "win32" else "Ctrl+D"
        print(f"Paste the text, then press Enter and {keys}.", file=sys.stderr, flush=True)
    return sys.stdin.buffer.read(MOST_BYTES + 1)


def _draft(options: argparse.Namespace) -> int:
    from . import draft_folder  # few ask for it

    place = draft_folder.text_folder(options.text, options.dir)
    if options.answer:
        step = draft_folder.with_answer(place, options.answer, options.model, options.copy)
    elif options.ask:
        _note(draft_folder.LEAVES)
        if options.copy:
            _note("--copy: the command gets the prompt; nothing was copied")
        step = draft_folder.with_command(place, options.ask, options.model, tell=_note)
    else:
        step = draft_folder.first_prompt(place, options.copy)
    print(step)
    return 0 if step.good else 1


def _note(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _check(options: argparse.Namespace) -> int:
    if not options.watch:
        return _print_report(check(options.dir), options)
    for _ in changes(shipped_guide(options.dir) or options.dir):
        _print_report(check(options.dir), options)
        print(f"watching {_named(options.dir)}; Ctrl+C ends", file=sys.stderr, flush=True)
    return 0


def _print_report(report: Report, options: argparse.Namespace) -> int:
    if options.format == "json":
        print(json.dumps(report.to_dict(), indent=2), flush=True)
    elif options.format == "github":
        print(*map(_annotation, report.problems), sep="\n" * bool(report.problems), flush=True)
    else:
        for problem in report.problems:
            print(problem.pointed(), file=sys.stderr)
        if shipped_guide(options.dir) or os.path.isdir(options.dir):
            where = sys.stdout if report.ok else sys.stderr
            print(f"{_named(options.dir)}: {report.summary}", file=where, flush=True)
    return 0 if report.ok else 1


def _named(folder: str) -> str:
    """A folder as it was given, or by its own name where that was `.` or ends in `..`.

    >>> _named("data/metastatic_liver_cancer")
    'data/metastatic_liver_cancer'
    """
    if Path(folder).name in ("", ".."):
        return os.path.basename(os.path.realpath(folder)) or folder
    return folder


def _annotation(problem: Problem) -> str:
    """A problem as a workflow command of GitHub, which shows it beside its line.

    >>> print(_annotation(Problem("guide.yaml", 3, 5, "100% wrong")))
    ::error file=guide.yaml,line=3,col=5::100%25 wrong
    """
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = problem.file
    for letter in "%\r\n:,":
        file = file.replace(letter, f"%{ord(letter):02X}")
    place = f"file={file}" + f",line={problem.line},col={problem.column}" * bool(problem.line)
    return f"::{problem.severity} {place}::{message}"


def _load(folder: str) -> Guide:
    """A guide, with a word on standard error where it is a draft."""
    guide = load(folder)
    if guide.drafts:
        count = len(guide.drafts)
        by = f" by {guide.drafted}" * bool(guide.drafted)
        print(
            f"{_named(folder)}: a draft{by}: {count} entries are not confirmed; see check",
            file=sys.stderr,
        )
    return guide


def _read(options: argparse.Namespace) -> None:
    print("\n".join(_load(options.dir).read_back().lines()))


def _walk(options: argparse.Namespace) -> None:
    walk = _load(options.dir).walk(_answers(options.answers))
    if options.json:
        _print_json(walk.to_dict())
    else:
        print("\n".join(walk.lines()))


def _diff(options: argparse.Namespace) -> int:
    found = diff(options.old, options.new)
    if options.json:
        _print_json(found.to_dict())
    else:
        print("\n".join(found.lines()))
    return 1 if found else 0


def _compare(options: argparse.Namespace) -> int:
    verdict = compare(options.student, options.reference)
    print("\n".join(verdict.lines(full=options.full)))
    return 0 if verdict.right else 1


def _print_json(data: object) -> None:
    # JSON has escapes of its own for what is not ASCII.
    narrow = (sys.stdout.encoding or "").lower() != "utf-8"
    print(json.dumps(data, indent=2, ensure_ascii=narrow))


def _draw(options: argparse.Namespace) -> None:
    format = options.output.suffix.lower().removeprefix(".")
    if format not in FORMATS:
        wanted = ", ".join("." + known for known in FORMATS)
        raise DrawingError(f"{options.output}: unknown ending '.{format}': allowed: {wanted}")
    guide = _load(options.dir)
    answers = _answers(options.answers)
    if len(guide.trees) > 1 and not options.tree:
        names = "; ".join(tree.name for tree in guide.trees)
        what = f"{len(guide.trees)} trees: name an option of the one to draw with --tree"
        raise DrawingError(f"{what}: {names}")
    tree = guide.tree_with(options.tree) if options.tree else guide.tree
    drawing = guide.draw(answers, tree=tree) if answers else guide.draw(tree=tree)
    with drawing_progress(tree):
        data = drawing.as_format(format)
    write(options.output, data, force=options.force)


def _export(options: argparse.Namespace) -> None:
    ending = ".pdf" if options.pdf else ".zip" if options.scorm else ".html"
    if options.output.suffix.lower() != ending:
        other = "; --pdf writes a PDF" * (ending == ".html")
        raise DrawingError(f"{options.output}: the file's name must end in {ending}{other}")
    guide = _load(options.dir)
    answers = _answers(options.answers)
    with drawing_progress(*guide.trees):
        if options.scorm:
            data = scorm.package(guide, options.scorm, answers)
        else:
            html = guide.to_html(answers=answers, practice=options.practice)
            data = to_pdf(html) if options.pdf else html.encode()
    write(options.output, data, force=options.force)


def _convert(options: argparse.Namespace) -> None:
    from .exchange.convert import convert  # few ask for it

    made = convert(
        options.source,
        options.output,
        to=options.to,
        title=options.title,
        language=options.language or "",
        sheet=options.sheet,
        outputs=tuple(options.result),
        policy=options.policy,
        above=options.above,
        force=options.force,
    )
    print(made)


def _cards(options: argparse.Namespace) -> None:
    ending = options.output.suffix.lower()
    format = options.format or next((name for name, its in CARDS.items() if its == ending), "")
    if not format:
        allowed = ", ".join(dict.fromkeys(CARDS.values()))
        raise DrawingError(f"{options.output}: unknown ending '{ending}': allowed: {allowed}")
    if ending != CARDS[format]:
        raise DrawingError(f"{options.output}: the file's name must end in {CARDS[format]}")
    guide = _load(options.dir)
    if format == "anki":
        data = _deck(guide, options)
    elif format == "moodle":
        data = moodle.xml(guide)
    elif format == "csv":
        data = spreadsheet.table(guide)
    else:
        data = qti.package(guide, format.removeprefix("qti-"))
    write(options.output, data, force=options.force)


def _deck(guide: Guide, options: argparse.Namespace) -> bytes:
    """A deck for Anki; its cards are newer than those of the deck before where they differ."""
    before = options.previous or (options.output if options.force else None)
    known = before.read_bytes() if before and (options.previous or before.is_file()) else b""
    return anki.apkg(guide, anki.last_change(guide), known)


def _classify(options: argparse.Namespace) -> None:
    if options.output.suffix.lower() != ".csv":
        raise DrawingError(f"{options.output}: the file's name must end in .csv")
    guide = _load(options.dir)
    from .tables.streaming import classify_file, words  # pandas takes long to import

    errors = "coerce" if options.lenient else "raise"
    mapping = words(options.spelling)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        count = classify_file(guide, options.cases, options.output, mapping, errors, options.force)
    for each in caught:
        print(each.message, file=sys.stderr)
    print(f"{options.output}: {guide.subject.counted(count)}")


def _guides(_options: argparse.Namespace) -> None:
    print(*guides(), sep="\n")


def _lab(options: argparse.Namespace) -> int:
    from .jupyter.lab import open_lab, write_notebooks  # few ask for it

    print(write_notebooks(options.dir, options.force), flush=True)
    return 0 if options.write_only else open_lab(options.dir, options.arguments)


def _schema(_options: argparse.Namespace) -> None:
    print(json.dumps(schema(), indent=2))


def _answers(pairs: Iterable[str]) -> dict[str, str]:
    answers: dict[str, str] = {}
    wrong = []
    for pair in pairs:
        factor, equals, value = pair.partition("=")
        if not equals:
            wrong.append(f"{pair!r} is not of the form factor=value")
        elif not visible(value):
            wrong.append(f"{pair!r}: nothing is written after '='; leave out what is unknown")
        elif answers.setdefault(factor, value) != value:
            wrong.append(f"{factor} is answered twice: {answers[factor]!r} and {value!r}")
    if wrong:
        raise AnswerError(wrong)
    return answers


RUN: dict[str, Callable[[argparse.Namespace], int | None]] = {
    "new": _new,
    "draft": _draft,
    "check": _check,
    "read": _read,
    "walk": _walk,
    "draw": _draw,
    "export": _export,
    "convert": _convert,
    "diff": _diff,
    "compare": _compare,
    "cards": _cards,
    "classify": _classify,
    "schema": _schema,
    "guides": _guides,
    "lab": _lab,
}
# As in other programs that compare, 1 means different, and 2 that something is wrong.
COMPARING = ("diff", "compare")


if __name__ == "__main__":
    sys.exit(main())
