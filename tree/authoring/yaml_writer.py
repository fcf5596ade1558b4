"""Plain data → the lines of YAML that a person would write. Every scalar is read back verbatim,
but for white space, runs of which become one space."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

WIDTH = 96

# What YAML reads as it stands: no mark that means something at its beginning, no ": ", no " #".
_PLAIN = re.compile(r"[^\W_](?:[^:#\x7f-\xa0\u2028\u2029\ufeff]|:(?!\s|\Z)|(?<!\s)#)*")
# The same inside a list or a mapping on one line.
_PLAIN_IN_FLOW = re.compile(r"[^\W_](?:[^:#,\[\]{}\x7f-\xa0\u2028\u2029\ufeff]|(?<!\s)#)*")


def scalar(words: str, in_flow: bool = False) -> str:
    """Words on one line as YAML: plain where possible, otherwise in quotes.

    >>> print(scalar("Rest: a lot"), scalar("Rest, a lot"), scalar("Rest, a lot", in_flow=True))
    'Rest: a lot' Rest, a lot 'Rest, a lot'
    """
    line = " ".join(words.split())
    plain = _PLAIN_IN_FLOW if in_flow else _PLAIN
    if plain.fullmatch(line):
        return line
    if "'" not in line:
        return f"'{line}'"
    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def entry(key: str, value: object, indent: int = 0) -> list[str]:
    """A key and its value, as lines.

    >>> print(*entry("tea", {"name": "Tea", "quote": ["Tea: hot", "a cup"]}), sep="\\n")
    tea:
      name: Tea
      quote: ['Tea: hot', a cup]
    """
    lead = " " * indent + f"{scalar(key, in_flow=True)}:"
    short = _on_one_line(value)
    if short is not None and len(lead) + len(short) < WIDTH and not _is_entry(value):
        return [f"{lead} {short}"]
    return [*_opened(lead, value), *_block(value, indent + 2)]


def item(value: object, indent: int = 0) -> list[str]:
    """An item of a list, as lines.

    >>> print(*item({"words": "Tea", "nth": "2"}), sep="\\n")
    - {words: Tea, nth: 2}
    """
    lead = " " * indent + "-"
    short = _on_one_line(value)
    if short is not None and len(lead) + len(short) < WIDTH and not _is_entry(value):
        return [f"{lead} {short}"]
    if isinstance(value, str):
        return [*_opened(lead, value), *_block(value, indent + 4)]
    first, *rest = _block(value, indent + 2)
    return [f"{lead} {first.lstrip()}", *rest]


def flow(value: object) -> str:
    """The value as it stands inside a list or a mapping on one line.

    >>> flow("Tea, hot"), flow({"not": ["tea"]})
    ("'Tea, hot'", '{not: [tea]}')
    """
    return scalar(value, in_flow=True) if isinstance(value, str) else str(_on_one_line(value))


def _opened(lead: str, value: object) -> list[str]:
    return [f"{lead} >-" if isinstance(value, str) else lead]


def _block(value: object, indent: int) -> list[str]:
    if isinstance(value, str):
        hang = " " * indent
        return textwrap.wrap(
            " ".join(value.split()),
            WIDTH,
            initial_indent=hang,
            subsequent_indent=hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
    if isinstance(value, Mapping):
        return [line for key, inner in value.items() for line in entry(key, inner, indent)]
    assert isinstance(value, Sequence)
    return [line for inner in value for line in item(inner, indent)]


def _on_one_line(value: object) -> str | None:
    """The value on one line, or None where that would be hard to read."""
    if isinstance(value, str):
        return scalar(value)
    parts = list(_parts(value))
    if any(part is None for part in parts):
        return None
    inside = ", ".join(map(str, parts))
    return f"{{{inside}}}" if isinstance(value, Mapping) else f"[{inside}]"


def _parts(value: object) -> Iterator[str | None]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            part = scalar(inner, True) if isinstance(inner, str) else _on_one_line(inner)
            yield None if part is None else f"{scalar(key, True)}: {part}"
    elif isinstance(value, Sequence):
        for inner in value:
            yield scalar(inner, True) if isinstance(inner, str) else _on_one_line(inner)


def _is_entry(value: object) -> bool:
    """Whether this is a mapping of keys of a guide, which reads better on lines of its own."""
    return isinstance(value, Mapping) and bool(value.keys() & {"quote", "author", "draft"})
