"""The strongest of many boxes at once, beside plain enumeration and beside two and two."""

from __future__ import annotations

import itertools
import random

import pytest
from chances import chances
from examples import examples
from hypothesis import given

from tree.logic.diagrams import ENDS, NOBODY, Diagrams, TooMuchWork
from tree.logic.residuals import strongest

WORK = 1_000_000
# A strength, and what is asked of levels; as in a guide, where a factor may be named twice.
Boxes = list[tuple[int, frozenset[tuple[str, frozenset[str]]]]]


def asking(level: int, values: object) -> tuple[str, frozenset[str]]:
    return str(level), frozenset(map(str, values))


def place(literal: tuple[str, frozenset[str]]) -> tuple[int, int]:
    return int(literal[0]), sum(1 << int(value) for value in literal[1])


def at_once(sizes: list[int], boxes: Boxes, most: int = WORK) -> tuple[Diagrams, int, int]:
    """The diagram, and how many steps it took."""
    sets = Diagrams(sizes)
    sets.left = WORK
    node = strongest(sets, boxes, place, most)
    return sets, node, WORK - sets.left


def some_boxes(chance: random.Random, sizes: list[int]) -> Boxes:
    # Few endings, so that many boxes go on alike.
    endings = [literals(chance, sizes, range(len(sizes) // 2, len(sizes))) for _ in range(3)]
    found = []
    for _ in range(chance.randint(0, 10)):
        beginning = literals(chance, sizes, range(min(len(sizes), len(sizes) // 2 + 1)))
        found.append((chance.randint(1, ENDS - 1), beginning | chance.choice(endings)))
    return found


def literals(
    chance: random.Random, sizes: list[int], levels: range
) -> frozenset[tuple[str, frozenset[str]]]:
    asked = chance.choices(levels, k=chance.randint(0, 3)) if levels else []
    return frozenset(
        asking(level, chance.sample(range(sizes[level]), chance.randint(1, sizes[level])))
        for level in asked
    )


@examples(400)
@given(chances(400))
def test_every_case_comes_to_the_strongest_box_that_holds_it(chance: random.Random) -> None:
    sizes = [chance.choice((2, 2, 3)) for _ in range(chance.randint(0, 6))]
    boxes = some_boxes(chance, sizes)
    sets, node, _ = at_once(sizes, boxes)
    for case in itertools.product(*map(range, sizes)):
        holding = [
            strength for strength, box in boxes if all(str(case[int(at)]) in v for at, v in box)
        ]
        found = node
        while found >= ENDS:
            found = sets.ends_of[found][case[sets.level_of[found]]]
        assert found == max(holding, default=0)
    # Equal diagrams have one number: two and two come to the same.
    apart = NOBODY
    for strength, box in boxes:
        each = [sets.holding((place(one),)) for one in box]
        both = 1
        for one in each:
            both = sets.both(both, one)
        apart = sets.stronger(apart, sets.with_end(both, 1, strength))
    assert apart == node


def test_boxes_that_go_on_alike_are_one_from_there_on() -> None:
    # Otherwise any of 2 ** 30 sets of boxes would be left when the last question is asked.
    many = 30
    boxes = [(1, frozenset({asking(i, [0]), asking(many, [1])})) for i in range(many)]
    sets, node, steps = at_once([2] * (many + 1), boxes)
    # Of all levels but the first and the last: two answers to two residuals, and two twins.
    assert steps == 2 + (many - 1) * (2 * 2 + 2) + 2
    assert len(sets.ends_of) == ENDS + many + 1
    assert {*sets.levels(node)} == {*range(many + 1)}


def test_weaker_boxes_are_left_out_where_a_stronger_one_holds() -> None:
    many = 15
    weak = [(1, frozenset({asking(i, [0]), asking(many + i, [0])})) for i in range(1, many)]
    _, _, entangled = at_once([2] * (2 * many), weak)
    _, node, steps = at_once([2] * (2 * many), [(2, frozenset()), *weak])
    assert entangled > 2 ** (many - 1)
    assert steps == 0
    assert node == 2


def test_it_is_given_up_after_so_many_steps() -> None:
    boxes: Boxes = [(1, frozenset({asking(i, [0]), asking(9 + i, [0])})) for i in range(9)]
    _, _, steps = at_once([2] * 18, boxes)
    at_once([2] * 18, boxes, most=steps)
    sets = Diagrams([2] * 18)
    sets.left = WORK
    with pytest.raises(TooMuchWork):
        strongest(sets, boxes, place, steps - 1)
    # All others are left for another way.
    assert sets.left == WORK - (steps - 1)
