"""What may be written on the command line: each command with its options."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..authoring.texts.kinds import ALL_ENDINGS
from ..commands import Parser
from ..drawing.graphviz import FORMATS
from .shared import Commands, answers, folder, language, output
from .tables import classify, convert

# What cards can be written as, and the ending of such a file; the first of an ending goes without
# saying.
CARDS = {"anki": ".apkg", "moodle": ".xml", "csv": ".csv", "qti-3": ".zip", "qti-2.1": ".zip"}


def parsers() -> tuple[Parser, Commands[Parser]]:
    """The parser, and those of its commands; `docs/command-line.md` is written from them."""
    parser = Parser(
        prog="python -m tree",
        description="Decision trees derived from quoted statements of a text. "
        "A teaching aid, not medical advice.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (
        _new,
        _draft,
        _check,
        _read,
        _walk,
        _draw,
        _export,
        convert,
        _diff,
        _compare,
        _cards,
        classify,
        _schema,
        _guides,
        _lab,
    ):
        add(commands)
    for name, command in commands.choices.items():
        command.set_defaults(command=name)
    return parser, commands


def parse(arguments: list[str]) -> argparse.Namespace:
    """The arguments of one command, with its name as `command`."""
    parser, commands = parsers()
    # Answers may stand before and after an option; argparse allows that only in a parser
    # without subcommands, so the command's own parser reads the rest.
    if arguments and arguments[0] in commands.choices:
        return commands.choices[arguments[0]].parse_intermixed_args(arguments[1:])
    return parser.parse_args(arguments)


def _new(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "new",
        help="begin a guide from a text",
        description="The text may be a Word file, a PDF, a page of HTML, Markdown or plain text. "
        "Heads and feet of pages, hyphens at the ends of lines and marks of notes are cleaned away "
        "and listed, and the document is kept beside its text.",
    )
    command.add_argument(
        "--exercise",
        action="store_true",
        help="make an exercise of a finished guide: all but what its statements decide",
    )
    command.add_argument(
        "--language",
        metavar="TAG",
        type=language,
        help="the language of the text, such as en, de or pt-BR; default: it is recognized",
    )
    command.add_argument(
        "--encoding",
        metavar="NAME",
        default="",
        help="how a plain text or a page of HTML is stored, such as cp1252; default: UTF-8",
    )
    command.add_argument(
        "text",
        metavar="TEXT",
        help=f"the text: {', '.join(ALL_ENDINGS)}; - takes what is pasted or piped in; with "
        "--exercise the folder of the finished guide",
    )
    command.add_argument(
        "dir", metavar="DIR", nargs="?", help="the folder to make; default: one named as the text"
    )


def _draft(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "draft",
        help="let an assistant propose a guide, and verify every quote of it",
        description="Without an option it writes a prompt, to be pasted into the assistant that "
        "you use (--copy puts it on the clipboard); --answer takes what it answered. Quotes are "
        "looked up in the text; an entry with one that is not there goes into the report. Every "
        "entry is a proposal (draft: true) until you confirm it, and a guide with entries of your "
        "own is never replaced. The exit status is 1 where no guide could be made.",
    )
    how = command.add_mutually_exclusive_group()
    how.add_argument("--answer", metavar="FILE", help="the answer of an assistant, as it was given")
    how.add_argument(
        "--ask",
        metavar="COMMAND",
        help="a command that reads a prompt on standard input and writes an answer; the text "
        "leaves this computer if this command sends it",
    )
    command.add_argument(
        "--copy", action="store_true", help="put the prompt that is to be pasted on the clipboard"
    )
    command.add_argument(
        "--model", metavar="NAME", default="", help="how the assistant is named in the guide"
    )
    command.add_argument("text", metavar="TEXT", help="a document as for new, or a folder of new")
    command.add_argument(
        "dir", metavar="DIR", nargs="?", help="the folder to make; default: one named as the text"
    )


def _check(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "check",
        help="list every problem of a guide",
        description="Problems come with line and column, and the exit status is 1; without any, a "
        "line says what is in the guide. While something cannot be read, only that is reported; "
        "the rest follows once it is right. A sentence that no entry quotes and that is not "
        "listed under context is a problem, too.",
    )
    command.add_argument(
        "--format",
        choices=["text", "json", "github"],
        default="text",
        help="how problems are printed: for people, for programs, as annotations on GitHub",
    )
    command.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    folder(command)


def _read(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "read",
        help="say back what was read in every sentence",
        description="Beside each sentence what was made of it, with a case for which it holds and "
        "a near one for which it does not; then for each option who gets it. Compare it with the "
        "text.",
    )
    folder(command)


def _walk(commands: Commands[Parser]) -> None:
    command = commands.add_parser("walk", help="print what the text says about a case")
    command.add_argument("--json", action="store_true", help="print path and outcome as JSON")
    folder(command)
    answers(command)


def _draw(commands: Commands[Parser]) -> None:
    command = commands.add_parser("draw", help="draw a tree, highlighted for a case")
    endings = ", ".join(f".{format}" for format in FORMATS)
    output(command, f"the file to write; its ending says how: {endings}")
    command.add_argument(
        "--tree",
        metavar="OPTION",
        help="where a guide has several trees: an option, whose tree is drawn",
    )
    folder(command)
    answers(command)


def _export(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "export", help="write one HTML page that works offline, or a package with it"
    )
    output(command, "the file to write")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--pdf", action="store_true", help="write a PDF instead, printed by Chromium")
    form.add_argument(
        "--practice", action="store_true", help="add questions to practise on to the page"
    )
    form.add_argument(
        "--scorm",
        choices=("1.2", "2004"),
        help="pack the page, with questions to practise on, for a learning platform, which gets "
        "score, completion and answers, and keeps where the learner stopped",
    )
    folder(command)
    answers(command)


def _diff(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "diff",
        help="say what changed between two guides, and for whom the outcome changed",
        description="First for whom the outcome changed, in the fewest and shortest descriptions "
        "of these cases, with the quotes responsible before and after; then what changed in "
        "the statements, the other entries, the text and the tree. "
        "Exit status: 0 if nothing changed, 1 if something did, 2 if a guide cannot be loaded.",
    )
    command.add_argument("--json", action="store_true", help="print the changes as JSON")
    command.add_argument(
        "old",
        metavar="OLD",
        help="the folder of the guide before, or a git revision of NEW, such as HEAD~1; "
        "a folder that has the name of a revision is meant as a folder",
    )
    command.add_argument("new", metavar="NEW", help="the folder of the guide after")


def _compare(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "compare",
        help="judge a student's guide by what it decides",
        description="Exit status: 0 if for every case the two say the same, 1 if not, 2 if "
        "the reference cannot be loaded.",
    )
    command.add_argument(
        "--full",
        action="store_true",
        help="show every difference, and the conditions of the reference",
    )
    command.add_argument("student", metavar="STUDENT", help="the folder of the student's guide")
    command.add_argument("reference", metavar="REFERENCE", help="the folder of the finished guide")


def _cards(commands: Commands[Parser]) -> None:
    command = commands.add_parser("cards", help="write cards to learn from")
    endings = ", ".join(f"{ending} for {name}" for name, ending in CARDS.items())
    output(command, f"the file to write; without --format its ending says what: {endings}")
    command.add_argument(
        "--format",
        choices=CARDS,
        help="what to write: a deck for Anki, a question bank for Moodle, a table, a package of "
        "questions that many platforms read (QTI)",
    )
    command.add_argument(
        "--previous",
        metavar="FILE",
        type=Path,
        help="for Anki, the deck that was handed out before: cards that have changed since are "
        "newer than there, whatever the times of files; with --force it is the replaced file",
    )
    folder(command)


def _schema(commands: Commands[Parser]) -> None:
    commands.add_parser("schema", help="print the JSON Schema of guide.yaml, for editors")


def _guides(commands: Commands[Parser]) -> None:
    commands.add_parser(
        "guides",
        help="list the guides that come with the package",
        description="Each has a name and a title. Every command takes such a name for a folder; a "
        "folder of that name, where the command is called, goes first.",
    )


def _lab(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "lab",
        help="write the notebooks to a folder, and open JupyterLab there",
        description="A file that is there and was changed is left as it is, and named. Running a "
        "notebook does not count as changing it.",
    )
    command.add_argument("--force", action="store_true", help="replace changed files, too")
    command.add_argument(
        "--write-only", action="store_true", help="write the notebooks, and open nothing"
    )
    command.add_argument(
        "--with",
        dest="arguments",
        metavar="OPTION",
        action="append",
        default=[],
        help="an option of JupyterLab, written with = and its dashes; may be given again",
    )
    command.add_argument(
        "dir",
        metavar="DIR",
        nargs="?",
        type=Path,
        default=Path("decision_trees"),
        help="the folder to write to; default: decision_trees",
    )
