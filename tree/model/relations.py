"""How options belong together: relations, which change no standing and are shown beside them."""

from __future__ import annotations

import enum
import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..messages import both, say


class RelationKind(enum.StrEnum):
    """What a relation says of its options; each is a key of a statement."""

    COMBINE = "combine"
    ORDER = "order"
    APART = "apart"
    INSTEAD = "instead"


@dataclass(frozen=True)
class Member:
    """An option or a group that a relation names, with the options that it stands for."""

    id: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Relation:
    """Options or groups that go together, in an order, not together, or one for another.

    `members`: as the author names them, two or more; of `instead` first what is replaced, then
    what is used.
    """

    kind: RelationKind
    members: tuple[Member, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """All its options, groups counted in full."""
        return tuple(option for member in self.members for option in member.options)

    def among(self, there: Collection[str]) -> tuple[Member, ...]:
        """The members to name where these options are there for a case; none if it is not shown.

        A group is there if one of its options is. At least two members must be, or, of `instead`,
        the one that is used: what it replaces is often the one that cannot be had.

        >>> tea, cake, rest = (Member(id, (id,)) for id in ("tea", "cake", "rest"))
        >>> together = Relation(RelationKind.COMBINE, (tea, cake, rest))
        >>> [member.id for member in together.among({"tea", "rest"})], together.among({"tea"})
        (['tea', 'rest'], ())
        """
        found = tuple(m for m in self.members if any(option in there for option in m.options))
        if self.kind is RelationKind.INSTEAD:
            return self.members if self.members[-1] in found else ()
        return found if len(found) > 1 else ()

    def words(self, names: Mapping[str, str], members: Sequence[Member] = ()) -> str:
        """The relation in words. `names`: of options and groups; `members`: those to name, or all.

        >>> tea, cake = Member("tea", ("tea",)), Member("cake", ("cake",))
        >>> Relation(RelationKind.ORDER, (tea, cake)).words({"tea": "Tea", "cake": "Cake"})
        'In this order: Tea, then Cake'
        """
        first, *rest = (names[member.id] for member in members or self.members)
        if self.kind is RelationKind.INSTEAD:
            return say("Instead of {first}: {other}", first=first, other=rest[0])
        if self.kind is RelationKind.ORDER:
            steps = functools.reduce(_then, rest, first)
            return say("In this order: {steps}", steps=steps)
        others = both(rest)
        if self.kind is RelationKind.COMBINE:
            return say("In combination: {first} with {others}", first=first, others=others)
        return say("Not together: {first} with {others}", first=first, others=others)


def _then(before: str, next: str) -> str:
    return say("{before}, then {next}", before=before, next=next)
