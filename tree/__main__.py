"""The command line: `python -m tree COMMAND`."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import threading
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .authoring.new_guide import exercise, new
from .commands import Parser, ended_cleanly
from .drawing.graphviz import FORMATS, HEAVY
from .guide import Guide
from .loading.files import write
from .loading.schema import schema
from .loading.watching import changes
from .model.errors import AnswerError, DrawingError, Problem, TreeError
from .model.letters import visible
from .namesake import wrong_package
from .opening import Report, check, diff, load
from .teaching.cards import anki, moodle, spreadsheet
from .teaching.exercise.compare import compare
from .web.pdf import to_pdf

# What cards can be written as, and the ending of such a file.
CARDS = {"anki": ".apkg", "moodle": ".xml", "csv": ".csv"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0, or 1 where something is wrong; 2 is argparse's own.

    As of other programs that compare, 1 of `diff` means different, and 2 that something is
    wrong.
    """
    if said := wrong_package(sys.modules["tree"]):
        print(said, file=sys.stderr)
        return 1
    options = _parse(sys.argv[1:] if arguments is None else list(arguments))
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Letters that a terminal cannot show are written as escapes, as on standard error.
        sys.stdout.reconfigure(errors="backslashreplace")
    wrong = int(getattr(options, "wrong", 1))
    try:
        with ended_cleanly():
            status = options.run(options) or 0
        sys.stdout.flush()
    except (TreeError, AnswerError, DrawingError) as error:
        print(error, file=sys.stderr)
        return wrong
    except BrokenPipeError:
        # Whoever read the output wants no more of it; leave nothing for Python to write at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return wrong
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        print(f"{error.filename or 'standard output'}: {reason}", file=sys.stderr)
        return wrong
    except KeyboardInterrupt:
        return 130
    return int(status)


def parsers() -> tuple[Parser, argparse._SubParsersAction[Parser]]:
    """The parser, and those of its commands; `docs/command-line.md` is written from them."""
    parser = Parser(
        prog="python -m tree",
        description="Decision trees derived from quoted statements of a text. "
        "A teaching aid, not medical advice.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    new = commands.add_parser("new", help="begin a guide from a text")
    new.add_argument(
        "--exercise",
        action="store_true",
        help="make an exercise of a finished guide: all but what its statements decide",
    )
    new.add_argument(
        "text",
        metavar="TEXT.txt",
        help="the text, in UTF-8; with --exercise the folder of the finished guide",
    )
    new.add_argument(
        "dir", metavar="DIR", nargs="?", help="the folder to make; default: one named as the text"
    )
    new.set_defaults(run=_new)

    check = commands.add_parser(
        "check",
        help="list every problem of a guide",
        description="Problems come with line and column, and the exit status is 1; without any, a "
        "line says what is in the guide. While something cannot be read, only that is reported; "
        "the rest follows once it is right. A sentence that no entry quotes and that is not "
        "listed under context is a problem, too.",
    )
    check.add_argument(
        "--format",
        choices=["text", "json", "github"],
        default="text",
        help="how problems are printed: for people, for programs, as annotations on GitHub",
    )
    check.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    check.set_defaults(run=_check)

    walk = commands.add_parser("walk", help="print what the text says about a patient")
    walk.add_argument("--json", action="store_true", help="print the walk as JSON")
    walk.set_defaults(run=_walk)

    draw = commands.add_parser("draw", help="draw the tree, highlighted for a patient")
    draw.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        type=Path,
        help=f"the file to write; its ending says how: {', '.join('.' + f for f in FORMATS)}",
    )
    draw.add_argument("--force", action="store_true", help="replace the file if there is one")
    draw.set_defaults(run=_draw)

    export = commands.add_parser("export", help="write one HTML page that works offline")
    export.add_argument(
        "-o", "--output", metavar="FILE", required=True, type=Path, help="the file to write"
    )
    export.add_argument("--force", action="store_true", help="replace the file if there is one")
    form = export.add_mutually_exclusive_group()
    form.add_argument("--pdf", action="store_true", help="write a PDF instead, printed by Chromium")
    form.add_argument(
        "--practice", action="store_true", help="add questions to practise on to the page"
    )
    export.set_defaults(run=_export)

    diff = commands.add_parser(
        "diff",
        help="say what changed between two guides, and for whom the outcome changed",
        description="First for whom the outcome changed, in the fewest and shortest descriptions "
        "of these patients, with the quotes responsible before and after; then what changed in "
        "the statements, the other entries, the text and the tree. "
        "Exit status: 0 if nothing changed, 1 if something did, 2 if a guide cannot be loaded.",
    )
    diff.add_argument("--json", action="store_true", help="print the changes as JSON")
    diff.add_argument(
        "old",
        metavar="OLD",
        help="the folder of the guide before, or a git revision of NEW, such as HEAD~1; "
        "a folder that has the name of a revision is meant as a folder",
    )
    diff.add_argument("new", metavar="NEW", help="the folder of the guide after")
    diff.set_defaults(run=_diff, wrong=2)

    compare = commands.add_parser(
        "compare",
        help="judge a student's guide by what it decides",
        description="Exit status: 0 if for every patient the two say the same, 1 if not, 2 if "
        "the reference cannot be loaded.",
    )
    compare.add_argument(
        "--full",
        action="store_true",
        help="show every difference, and the conditions of the reference",
    )
    compare.add_argument("student", metavar="STUDENT", help="the folder of the student's guide")
    compare.add_argument("reference", metavar="REFERENCE", help="the folder of the finished guide")
    compare.set_defaults(run=_compare, wrong=2)

    cards = commands.add_parser("cards", help="write cards to learn from")
    cards.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        type=Path,
        help="the file to write; without --format its ending says what: "
        f"{', '.join(f'{ending} for {name}' for name, ending in CARDS.items())}",
    )
    cards.add_argument(
        "--format",
        choices=CARDS,
        help="what to write: a deck for Anki, a question bank for Moodle, a table",
    )
    cards.add_argument(
        "--previous",
        metavar="FILE",
        type=Path,
        help="for Anki, the deck that was handed out before: cards that have not changed since "
        "leave what a student wrote into them; with --force it is the file that is replaced",
    )
    cards.add_argument("--force", action="store_true", help="replace the file if there is one")
    cards.set_defaults(run=_cards)

    classify = commands.add_parser(
        "classify",
        help="add what the text says to every row of a file of patients",
        description="The file may be larger than memory. Its columns are named as factors; other "
        "columns stay as they are.",
    )
    classify.add_argument(
        "-o", "--output", metavar="FILE", required=True, type=Path, help="the CSV file to write"
    )
    classify.add_argument("--force", action="store_true", help="replace the file if there is one")
    classify.add_argument(
        "--lenient",
        action="store_true",
        help="take answers that fit no value, and missing columns, as unknown, and list them",
    )
    classify.add_argument(
        "--spelling",
        metavar="WORD=VALUE",
        action="append",
        default=[],
        help="another word for a value; FACTOR:WORD=VALUE for one factor; may be given again",
    )
    classify.set_defaults(run=_classify)

    schema_ = commands.add_parser("schema", help="print the JSON Schema of guide.yaml, for editors")
    schema_.set_defaults(run=_schema)

    for command in (check, walk, draw, export, cards):
        command.add_argument("dir", metavar="DIR", help="the folder of the guide")
    classify.add_argument("dir", metavar="DIR", help="the folder of the guide")
    classify.add_argument("patients", metavar="PATIENTS.csv", type=Path, help="one row a patient")
    for command in (walk, draw, export):
        command.add_argument(
            "answers",
            metavar="FACTOR=VALUE",
            nargs="*",
            help="what is known of the patient; what is left out is unknown",
        )
    return parser, commands


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser, commands = parsers()
    # Answers may stand before and after an option; argparse allows that only in a parser
    # without subcommands, so the command's own parser reads the rest.
    if arguments and arguments[0] in commands.choices:
        return commands.choices[arguments[0]].parse_intermixed_args(arguments[1:])
    return parser.parse_args(arguments)


def _new(options: argparse.Namespace) -> None:
    if options.exercise:
        print(exercise(load(options.text), options.dir))
    else:
        print(new(options.text, options.dir))


def _check(options: argparse.Namespace) -> int:
    if not options.watch:
        return _print_report(check(options.dir), options)
    for _ in changes(options.dir):
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
        if os.path.isdir(options.dir):
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
        print(
            f"{_named(folder)}: a draft: {count} entries are not confirmed; see check",
            file=sys.stderr,
        )
    return guide


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
    drawing = guide.draw(answers) if answers else guide.draw()
    with _progress(guide):
        data = drawing.as_format(format)
    write(options.output, data, force=options.force)


@contextmanager
def _progress(guide: Guide) -> Iterator[None]:
    """A line on standard error while a large tree is drawn; on a terminal it counts seconds."""
    count = len(guide.tree.nodes)
    if count <= HEAVY:
        yield
        return
    words = f"drawing {count} questions and outcomes ..."
    terminal = sys.stderr.isatty()
    print(words, end="" if terminal else "\n", file=sys.stderr, flush=True)
    done = threading.Event()

    def tell(began: float) -> None:
        while not done.wait(1):
            seconds = time.monotonic() - began
            print(f"\r{words} {seconds:.0f} s", end="", file=sys.stderr, flush=True)

    teller = threading.Thread(target=tell, args=(time.monotonic(),), daemon=True)
    if terminal:
        teller.start()
    try:
        yield
    finally:
        done.set()
        if terminal:
            teller.join()
            print(file=sys.stderr)


def _export(options: argparse.Namespace) -> None:
    ending = ".pdf" if options.pdf else ".html"
    if options.output.suffix.lower() != ending:
        other = "" if options.pdf else "; --pdf writes a PDF"
        raise DrawingError(f"{options.output}: the file's name must end in {ending}{other}")
    guide = _load(options.dir)
    with _progress(guide):
        html = guide.html(_answers(options.answers), practice=options.practice)
    data = to_pdf(html) if options.pdf else html.encode()
    write(options.output, data, force=options.force)


def _cards(options: argparse.Namespace) -> None:
    ending = options.output.suffix.lower()
    wanted = CARDS[options.format] if options.format else ending
    if options.format and ending != wanted:
        raise DrawingError(f"{options.output}: the file's name must end in {wanted}")
    if wanted not in CARDS.values():
        allowed = ", ".join(CARDS.values())
        raise DrawingError(f"{options.output}: unknown ending '{ending}': allowed: {allowed}")
    guide = _load(options.dir)
    if wanted == CARDS["anki"]:
        data = _deck(guide, options)
    else:
        data = moodle.xml(guide) if wanted == CARDS["moodle"] else spreadsheet.table(guide)
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

    wrong = "unknown" if options.lenient else "stop"
    mapping = words(options.spelling)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        count = classify_file(
            guide.tree, options.patients, options.output, mapping, wrong, options.force
        )
    for each in caught:
        print(each.message, file=sys.stderr)
    print(f"{options.output}: {count} patients")


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


if __name__ == "__main__":
    sys.exit(main())
