"""The source of a guide, put together from pieces that are written one after the other."""

from __future__ import annotations

import re
import textwrap

_KEY = re.compile(r"([^\s#-].*?)\s*:(?=\s|$)")


def joined(whole: str, piece: str) -> str:
    """The source with one more piece in it: a section, or several, with some of its entries.

    An entry with the name of one that is there takes its place; others come at the end of their
    section, and a new section at the end of all. Every other line stays, whatever it is: what is
    wrong in it is for the checker.

    >>> print(joined("factors:\\n  soil: {quote: the soil}", "factors:\\n  sun: {quote: the sun}"))
    factors:
      soil: {quote: the soil}
    <BLANKLINE>
      sun: {quote: the sun}
    <BLANKLINE>
    """
    heads: dict[str, str] = {}
    entries: dict[str, dict[str, str]] = {}
    for source in (whole, piece):
        new: dict[str, dict[str, str]] = {}
        for block in blocks(source):
            head, body = _parted(block)
            name = _name(head)
            # A section on one line and one of several are not put together, and nothing takes
            # the place of what stands in the same piece: YAML says what is wrong.
            if _is_open(heads.get(name, head)) != _is_open(head):
                name = f"{name} {head}"
            while name in new:
                name += " again"
            heads[name] = head
            below = new.setdefault(name, {})
            for entry in blocks(textwrap.dedent(body), is_section=True):
                named = _name(entry)
                while named in below:
                    named += " again"
                below[named] = entry
        for name, below in new.items():
            entries.setdefault(name, {}).update(below)
    return "\n\n".join(_written(head, entries[name]) for name, head in heads.items()) + "\n"


def _parted(block: str) -> tuple[str, str]:
    """The first line, with the comments above it, and the lines below."""
    lines = block.split("\n")
    first = next((k for k, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "\n".join(lines[: first + 1]), "\n".join(lines[first + 1 :])


def _name(block: str) -> str:
    """What a section or an entry is found by: its key, or all that it is where it has none."""
    key = _KEY.match(_parted(block)[0].split("\n")[-1])
    return key[0] if key else block


def _is_open(head: str) -> bool:
    """Whether its entries stand below it."""
    return head.rstrip().endswith(":")


def blocks(source: str, is_section: bool = False) -> list[str]:
    """What begins at the left edge, each with the comments above it and the lines below it.

    Within a section, each item of a list is a block; a section itself may be a list at the edge.
    """
    found: list[list[str]] = []
    comments: list[str] = []
    for line in source.splitlines():
        at_edge = line[:1].strip() and (is_section or not line.startswith("- "))
        if line.startswith("#"):
            comments.append(line)
        elif at_edge or (line.strip() and not found):
            # What begins further to the right has nothing to belong to.
            found.append([*comments, line.lstrip()])
            comments = []
        elif line.strip() or (found and not comments):
            found[-1] += [*comments, line]
            comments = []
    return ["\n".join(lines).rstrip() for lines in [*found, *[comments] * bool(comments)]]


def _written(head: str, entries: dict[str, str]) -> str:
    is_list = all(entry.startswith("- ") for entry in entries.values())
    body = ("\n" if is_list else "\n\n").join(entries.values())
    return f"{head}\n{textwrap.indent(body, '  ')}".rstrip()
