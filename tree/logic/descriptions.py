"""The smallest descriptions of some patients: which answers, and no more, put them there.

The field calls them the prime implicants of a multi-valued function, and a choice of them that
together fits exactly a minimal cover, as in the method of Quine and McCluskey.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..messages import in_turn
from ..model.parts import Factor
from .build import Leaf, Question, Tree
from .dependence import Dependence
from .diagrams import EVERYONE, NOBODY, Box, Diagrams, TooMuchWork
from .implicants import largest, prime_boxes, share, widened

# Everyone who has one of the values of each of these factors; the other answers do not matter.
Description = tuple[tuple[str, tuple[str, ...]], ...]

MOST = 100  # descriptions
WORK = 300_000  # steps of the search for the best, less than a second
MORE_WORK = 5  # times as many for the quicker search that replaces it
MOST_PRIMES = 60  # of which the fewest are looked for exactly


@dataclass(frozen=True)
class Descriptions:
    """Patients, in as few and short descriptions as were found; together they fit exactly.

    `more`: how many paths of a tree would still have to be described; 0 if all are.
    """

    each: tuple[Description, ...]
    more: int = 0


def describe(tree: Tree, wanted: Callable[[Leaf], bool], work: int = WORK) -> Descriptions:
    """The smallest descriptions of the patients whom a tree leads to the wanted leaves.

    They are prime implicants, and no more of them than are needed. Each fits such patients only,
    and would fit others too if it named a factor less or a value more; together they fit all of
    them, and none of them could be left out. An answer that does not apply is no matter, the
    field's don't care: a description names a question only beside the answers with which it is
    asked. Where the guide is small there are as few as can be, and as short. The search is given
    up after `work` steps, for a quicker one; that may leave some patients undescribed.

    >>> from tree import load
    >>> liver = load("data/metastatic_liver_cancer").tree
    >>> describe(liver, lambda leaf: leaf.standings[0] == "preferred").each[0][1]
    ('extensive_liver_involvement', ('no',))
    """
    factors = [factor for factor in tree.reading.factors if factor.id in tree.factors]
    sets = Diagrams([len(factor.values) for factor in factors])
    return describe_set(sets, factors, _target(sets, tree, wanted), work)


def describe_set(
    sets: Diagrams, factors: Sequence[Factor], target: int, work: int = WORK
) -> Descriptions:
    """The same of a set of cases. `factors`: those of its levels.

    An answer that does not apply to a case makes no difference to the set.
    """
    boxes, rest = _boxes(sets, target, Dependence(factors), work)
    found = [
        tuple(
            (
                factors[level].id,
                tuple(v for i, v in enumerate(factors[level].values) if mask >> i & 1),
            )
            for level, mask in box
        )
        for box in sorted(boxes, key=lambda box: (len(box), [(at, _bits(m)) for at, m in box]))
    ]
    return Descriptions(tuple(found), sets.paths(rest))


def in_words(factor: Callable[[str], Factor], description: Description) -> str:
    """A description as one line: the questions, each with its answers; "" for everyone.

    Who is asked a question has given the answers that it depends on, so these are left out.

    >>> from tree import load
    >>> bees = load("data/wintering_bees")
    >>> in_words(bees.factor, (("brood", ("open",)), ("caged", ("no",))))
    'Is the colony caged first? no'
    """
    said = in_short(factor, description)
    return in_turn(factor(id).allowing(values) for id, values in said)


def in_short(factor: Callable[[str], Factor], description: Description) -> Description:
    """A description without the answers that another question named in it implies."""
    implied: dict[str, frozenset[str]] = {}
    for named, _ in description:
        for id, allowed in factor(named).asked_if:
            implied[id] = implied.get(id, allowed) & allowed
    return tuple((id, values) for id, values in description if implied.get(id) != frozenset(values))


def _target(sets: Diagrams, tree: Tree, wanted: Callable[[Leaf], bool]) -> int:
    """The set of the patients who reach the wanted leaves."""
    level = {factor: i for i, factor in enumerate(tree.factors)}
    numbers = [NOBODY] * len(tree.nodes)
    for index in reversed(range(len(tree.nodes))):
        node = tree.nodes[index]
        if isinstance(node, Question):
            ends = tuple(numbers[target] for _, target in node.branches)
            numbers[index] = sets.node(level[node.factor], ends)
        else:
            numbers[index] = EVERYONE if wanted(node) else NOBODY
    return numbers[0]


def _boxes(sets: Diagrams, target: int, asked: Dependence, work: int) -> tuple[list[Box], int]:
    """The boxes that describe a set, and the rest of it that they leave out."""
    primes: tuple[Box, ...] = ()
    try:
        sets.left = work
        primes = _primes(sets, target, asked)
        if len(primes) <= MOST_PRIMES:
            return _fewest(sets, target, primes), NOBODY
    except TooMuchWork:
        pass
    sets.left = work * MORE_WORK
    boxes: list[Box] = []
    rest = target
    try:
        while rest != NOBODY and len(boxes) < MOST:
            box = max(
                _around(sets, sets.path(rest), target, primes, asked),
                key=lambda box: (share(sets, rest, box), -len(box)),
            )
            rest = sets.without(rest, box)
            boxes.append(box)
    except TooMuchWork:
        pass
    return _needed(sets, boxes, work), rest


def _primes(sets: Diagrams, target: int, asked: Dependence) -> tuple[Box, ...]:
    """Every box of a set to which all that it names applies and that lies in no larger one."""
    primes = prime_boxes(sets, target)
    return largest(sets, map(asked.applying, primes)) if asked.asked_if else primes


def _around(
    sets: Diagrams, path: Box, target: int, primes: tuple[Box, ...], asked: Dependence
) -> list[Box]:
    """Prime boxes around a path: of those that are known, or some that are made from it."""
    if primes:
        return _with_first(path, primes)
    # All that a path names applies: what it depends on comes before it in the diagram.
    levels = [level for level, _ in path]
    return [widened(sets, path, target, order, asked) for order in (levels, levels[::-1])]


def _with_first(path: Box, boxes: tuple[Box, ...]) -> list[Box]:
    """The boxes that hold the first patient of a path."""
    masks = dict(path)
    first = {level: mask & -mask for level, mask in masks.items()}
    return [box for box in boxes if all(mask & first.get(level, 1) for level, mask in box)]


def _fewest(sets: Diagrams, target: int, primes: tuple[Box, ...]) -> list[Box]:
    """The fewest prime implicants that hold a whole set; of as few, those that say least."""
    Cover = tuple[int, int, tuple[Box, ...]]
    known: dict[int, Cover] = {NOBODY: (0, 0, ())}

    def fewest(rest: int) -> Cover:
        if rest not in known:
            covers = []
            # One of these has to be there, for the patient's sake.
            for box in _with_first(sets.path(rest), primes):
                count, said, others = fewest(sets.without(rest, box))
                covers.append((count + 1, said + len(box), (box, *others)))
            known[rest] = min(covers)
        return known[rest]

    essential = _essential(sets, target, primes)
    for box in essential:
        target = sets.without(target, box)
    return [*essential, *fewest(target)[2]]


def _essential(sets: Diagrams, target: int, primes: tuple[Box, ...]) -> list[Box]:
    """The prime implicants that alone hold some patient: every choice needs them."""
    found = []
    for box in primes:
        rest = sets.both(target, sets.holding(box))
        for other in primes:
            if rest != NOBODY and other != box and _meet(box, other):
                rest = sets.without(rest, other)
        if rest != NOBODY:
            found.append(box)
    return found


def _needed(sets: Diagrams, boxes: list[Box], work: int) -> list[Box]:
    """The boxes without those that the others make superfluous, the longest first."""
    needed = list(boxes)
    sets.left = work * MORE_WORK
    try:
        for box in sorted(boxes, key=len, reverse=True):
            rest = sets.holding(box)
            for other in needed:
                if rest != NOBODY and other != box and _meet(box, other):
                    rest = sets.without(rest, other)
            if rest == NOBODY:
                needed.remove(box)
    except TooMuchWork:
        pass
    return needed


def _meet(one: Box, other: Box) -> bool:
    """Whether somebody is in both boxes."""
    masks = dict(other)
    return all(mask & masks.get(level, mask) for level, mask in one)


def _bits(mask: int) -> list[int]:
    return [i for i in range(mask.bit_length()) if mask >> i & 1]
