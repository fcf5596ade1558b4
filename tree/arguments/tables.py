"""Commands about tables: of patients, and of decisions."""

from __future__ import annotations

from pathlib import Path

from ..commands import Parser
from .shared import Commands, folder, language, output


def convert(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "convert",
        help="make a guide of somebody's decision table, or write a guide in another format",
        description="A table, such as a spreadsheet with one row a rule, becomes a guide: its text "
        "is the table in sentences. A guide goes out as the ending of the file says. What the new "
        "format does not say is listed. docs/formats.md names the formats.",
    )
    output(command, "the file to write, or without an ending the folder of a guide to make")
    command.add_argument(
        "--to", metavar="FORMAT", default="", help="the format, where several have that ending"
    )
    table = command.add_argument_group("how a table is read")
    table.add_argument("--sheet", metavar="NAME", default="", help="default: all with a table")
    table.add_argument(
        "--result",
        metavar="COLUMN",
        action="append",
        default=[],
        help="a column of results; default: what its head says, or the last one",
    )
    table.add_argument(
        "--policy",
        metavar="POLICY",
        default="",
        help="which of several rows that hold counts: unique (no two may hold; the default), any, "
        "first, priority, or every",
    )
    table.add_argument(
        "--above",
        action="store_true",
        help="an empty cell means what stands above it; default: any answer will do",
    )
    table.add_argument("--title", metavar="WORDS", default="", help="the title of the guide")
    table.add_argument("--language", metavar="TAG", type=language, help="of the guide's sentences")
    command.add_argument("source", metavar="IN", help="a table, or a guide: its folder or name")


def classify(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "classify",
        help="add what the text says to every row of a file of cases",
        description="The file may be larger than memory. Its columns are named as factors; other "
        "columns stay as they are.",
    )
    output(command, "the CSV file to write")
    command.add_argument(
        "--lenient",
        action="store_true",
        help="take answers that fit no value, and missing columns, as unknown, and list them",
    )
    command.add_argument(
        "--spelling",
        metavar="WORD=VALUE",
        action="append",
        default=[],
        help="another word for a value; FACTOR:WORD=VALUE for one factor; may be given again",
    )
    folder(command)
    command.add_argument("cases", metavar="CASES.csv", type=Path, help="one row a case")
