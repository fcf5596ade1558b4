"""The page on the command line, written from the parser: `make docs`.

Not from `--help`: how that wraps differs by Python and by terminal.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from tree.arguments import parsers

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
HEAD = """\
# The command line

<!-- Written by `make docs`; tests/project/test_docs.py compares it with the parser. -->

All commands are called as `python -m tree COMMAND`, in the environment that `make lab` sets up:

    source .venv/bin/activate
    python -m tree check metastatic_liver_cancer
    python -m tree walk metastatic_liver_cancer other_organ_involvement=no --json
    python -m tree read metastatic_liver_cancer
    python -m tree draw metastatic_liver_cancer other_organ_involvement=no -o tree.svg
    python -m tree diff metastatic_liver_cancer metastatic_liver_cancer
    python -m tree guides
    python -m tree schema

On Windows, the first line is `.venv\\Scripts\\activate`. `-h` or `--help` after any command prints
the same as this page. Unless a command says otherwise, its exit status is 0 where all went well, 1
where something is wrong, and 2 where the command itself is misspelt. An option that is misspelt
comes back with the nearest one.

| command | what it does |
| --- | --- |
"""


def page() -> str:
    """The whole page: a table of the commands, and each with its arguments and options."""
    _, commands = parsers()
    helps = {each.dest: each.help or "" for each in commands._choices_actions}
    rows = [f"| [{name}](#{name}) | {escaped(helps[name])} |" for name in commands.choices]
    parts = [HEAD + "\n".join(rows)]
    for name, parser in commands.choices.items():
        parts += [f"## {name}", sentence(helps[name])]
        parts += [f"`python -m tree {name} {usage(parser)}`".replace(" `", "`")]
        parts += [parser.description] if parser.description else []
        parts += ["\n".join(["| | |", "| --- | --- |", *table(parser)])] if told(parser) else []
    return "\n\n".join(parts) + "\n"


def told(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The arguments and options of a command, in the order in which they are named."""
    actions = [action for action in parser._actions if action.dest != "help"]
    return sorted(actions, key=lambda action: bool(action.option_strings))


def usage(parser: argparse.ArgumentParser) -> str:
    return " ".join(used(action) for action in told(parser))


def used(action: argparse.Action) -> str:
    """An argument as it stands in a call.

    >>> used(argparse.ArgumentParser().add_argument("-o", "--output", metavar="FILE"))
    '[-o FILE]'
    """
    words = " ".join([*action.option_strings[:1], *value(action)])
    if action.nargs == "*":
        return f"[{words} …]"
    optional = not action.required if action.option_strings else action.nargs == "?"
    return f"[{words}]" if optional else words


def value(action: argparse.Action) -> list[str]:
    """What stands behind an option, or for an argument."""
    if action.nargs == 0:
        return []
    return [str(action.metavar or "{" + ",".join(action.choices or [action.dest]) + "}")]


def table(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in told(parser):
        names = ", ".join(" ".join([name, *value(action)]) for name in action.option_strings)
        needed = " (needed)" if action.option_strings and action.required else ""
        default = f"; default: {action.default}" if action.choices and action.default else ""
        about = escaped((action.help or "") + default)
        yield f"| `{names or value(action)[0]}`{needed} | {about} |"


def sentence(words: str) -> str:
    """Words of a help as a sentence.

    >>> sentence("list every problem of a guide")
    'List every problem of a guide.'
    """
    return f"{words[:1].upper()}{words[1:]}."


def escaped(words: str) -> str:
    """Words that stand in a cell of a table."""
    return words.replace("%%", "%").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
