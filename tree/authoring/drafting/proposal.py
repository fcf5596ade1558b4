"""The entries that were proposed, as plain data, and the guide that is written from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...loading import keys
from ..yaml_writer import entry, item

# The sections whose entries are confirmed one by one, in the order of a guide, with their keys.
SECTIONS = {
    "passages": keys.PASSAGE,
    "factors": keys.FACTOR,
    "options": keys.OPTION,
    "groups": keys.GROUP,
    "scopes": keys.SCOPE,
    "statements": keys.STATEMENT,
    "context": keys.CONTEXT,
}
# What stands before and among them.
_BEFORE, _WITHIN = ("title", "subject", "language"), {"groups": "grades"}
HEAD = """\
# yaml-language-server: $schema=guide.schema.json
# Proposed, and confirmed by nobody yet. Read each entry beside its sentence, correct or delete it,
# and delete its line "draft: true" once it is right.
"""

ProposedEntry = dict[str, object]


@dataclass(frozen=True)
class LeftOut:
    """An entry that is not in the guide: where it belongs, why it is not there, what it says.

    `reason` is for who corrects it in the format; `why` and `called` are for who reads the report.
    """

    section: str
    name: str
    reason: str
    written: str
    why: str = ""
    called: str = ""

    def __str__(self) -> str:
        return f"{self.section}, {self.name}: {self.reason}"


@dataclass
class ProposedGuide:
    """What was proposed so far: single values such as the title, entries by section and name."""

    single: dict[str, object] = field(default_factory=dict)
    entries: dict[str, dict[str, ProposedEntry]] = field(
        default_factory=lambda: {section: {} for section in SECTIONS}
    )

    def add(self, other: ProposedGuide) -> None:
        """Take in what comes later; an entry takes the place of the one of its name."""
        self.single.update(other.single)
        for section, found in other.entries.items():
            for name, held in found.items():
                if held.get("remove"):
                    self.entries[section].pop(name, None)
                else:
                    self.entries[section][name] = held

    @property
    def count(self) -> int:
        """How many entries there are."""
        return sum(map(len, self.entries.values()))

    def written(self, drafted: Mapping[str, str] | None = None, draft: bool = True) -> str:
        """The guide as YAML. `drafted`: who proposed it; `draft`: mark every entry as proposed."""
        return "\n".join(line for line, _ in self.lines(drafted, draft)) + "\n"

    def lines(
        self, drafted: Mapping[str, str] | None = None, draft: bool = True
    ) -> Iterator[tuple[str, tuple[str, str] | None]]:
        """Its lines, each with the entry that it belongs to."""
        if draft:
            yield from ((line, None) for line in HEAD.splitlines())
        for key in _BEFORE:
            if key in self.single:
                yield from ((line, None) for line in entry(key, self.single[key]))
        if drafted:
            yield from ((line, None) for line in entry("drafted", dict(drafted)))
        mark: ProposedEntry = {"draft": "true"} if draft else {}
        for section, found in self.entries.items():
            key = _WITHIN.get(section, "")
            if key in self.single:
                yield from ((line, None) for line in entry(key, self.single[key]))
            if found:
                yield "", None
                yield f"{section}:", None
            for name, held in found.items():
                whole = held | mark
                listed = section == "context"
                for line in item(whole, 2) if listed else entry(name, whole, 2):
                    yield line, (section, name)

    def source_of(self, section: str, name: str) -> str:
        """One entry as YAML."""
        return "\n".join(entry(name, self.entries[section][name]))
