"""What several commands take."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..commands import Parser
from ..model.tags import tag_problem

Commands = argparse._SubParsersAction  # argparse has no public name for it


def output(command: Parser, help: str) -> None:
    command.add_argument("-o", "--output", metavar="FILE", required=True, type=Path, help=help)
    command.add_argument("--force", action="store_true", help="replace the file if there is one")


def folder(command: Parser) -> None:
    command.add_argument(
        "dir", metavar="DIR", help="the folder of the guide, or the name of one that ships"
    )


def answers(command: Parser) -> None:
    command.add_argument(
        "answers",
        metavar="FACTOR=VALUE",
        nargs="*",
        help="what is known of the case; what is left out is unknown",
    )


def language(tag: str) -> str:
    if problem := tag_problem(tag):
        raise argparse.ArgumentTypeError(problem)
    return tag
