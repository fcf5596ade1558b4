"""Building the tree of guides of growing size: the curve, beside enumeration and a BDD package.

    python tests/benchmarks/growing.py

The guides send patients on from question to question, as texts do that begin with the stage of a
disease: each statement holds under one path of a hidden tree, from which some answers are left
out, so that statements overlap. Factors have two values, so that a BDD has one variable each.

dd is given the same conditions and makes one diagram for each option and standing; walking them
together then gives the tree of outcomes. It must have as many nodes as ours. Where that tree would
have more than 20,000 nodes, each option has one by itself.

Memory is what a process of its own takes while it builds, at most, beyond what it had before.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import itertools
import math
import multiprocessing
import random
import statistics
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from measuring import Row, compare, in_turn, of_process, table

from tree.logic.build import Leaf, Tree, build
from tree.logic.decisions import Decisions
from tree.model.parts import ALWAYS, Conjunction, Factor, Option, Reading, Standing, Statement
from tree.model.text import Passage, Quote, Text

TEXT = Text("text.txt", "some words", (Passage("all", "somebody", 0, 10),))
WORDS = (Quote("some words", 0, 10, "all"),)
OPTIONS = 12
# Statements, factors, and how often an answer is left out, so that statements overlap.
SIZES = (
    *((10, 5, 0.0), (100, 10, 0.0), (500, 20, 0.0), (2000, 40, 0.0), (2000, 60, 0.0)),
    *((10, 5, 0.02), (100, 10, 0.02), (300, 20, 0.02), (1000, 40, 0.02)),
)
SMALL = ((10, 5, 0.0), (30, 8, 0.0), (100, 10, 0.0))
LARGE = (2000, 40)
OVERLAPPING = (2000, 40, 0.02)
RESET = Path("/proc/self/clear_refs")  # of Linux alone
IN_C, CUDD = "dd over CUDD, in C", 1.0
LINEAR = 1.2
MOST_PATIENTS = 2**10
STRENGTHS = (Standing.WITHHELD, Standing.PREFERRED, Standing.OFFERED)


def growing(
    statements: int,
    factors: int,
    left_out: float = 0.0,
    seed: int = 0,
    choices: int = OPTIONS,
    named: int = 1,
) -> Reading:
    """A guide of this size. `named`: of how many options a statement speaks."""
    chance = random.Random(f"{statements} {factors} {seed}")
    asked = tuple(Factor(f"f{i}", f"Question {i}?", WORDS) for i in range(factors))
    options = tuple(Option(f"o{i}", f"Option {i}", quotes=WORDS) for i in range(choices))

    def effects() -> tuple[tuple[str, Standing], ...]:
        some = chance.sample(options, named)
        return tuple((option.id, chance.choice(STRENGTHS)) for option in some)

    # The paths of the hidden tree, each with the factor from which on it may ask.
    paths: list[tuple[dict[int, str], int]] = [({}, 0)]
    while len(paths) < statements:
        open_ones = [i for i, (_, first) in enumerate(paths) if first < factors]
        if not open_ones:
            break
        path, first = paths.pop(chance.choice(open_ones))
        asks = chance.randrange(first, min(first + 3, factors))
        paths += [({**path, asks: value}, asks + 1) for value in ("yes", "no")]
    made = []
    for number, (path, _) in enumerate(paths[:statements]):
        kept = {f: value for f, value in path.items() if chance.random() >= left_out}
        conjunction: Conjunction = frozenset(
            (f"f{f}", frozenset({value})) for f, value in kept.items()
        )
        made.append(
            Statement(f"s{number}", WORDS, (conjunction,) if conjunction else ALWAYS, effects())
        )
    # The rest says the same things once more, of other options.
    for number in range(len(made), statements):
        made.append(Statement(f"s{number}", WORDS, made[number % len(paths)].condition, effects()))
    return Reading("growing", "Growing", TEXT, asked, options, tuple(made))


def build_anew(reading: Reading) -> Tree:
    """The tree of a guide that remembers nothing of what was worked out before."""
    return build(replace(reading))


def enumerated(reading: Reading) -> dict[tuple[str, ...], tuple[Standing, ...]]:
    """The outcome of every patient: what a truth table takes."""
    found = {}
    ids = [factor.id for factor in reading.factors]
    said = list(reading.on_option.values())
    for values in itertools.product(*(factor.values for factor in reading.factors)):
        patient = dict(zip(ids, values, strict=True))
        found[values] = tuple(
            next((standing for standing, s in each if _holds(s, patient)), Standing.SILENT)
            for each in said
        )
    return found


def _holds(statement: Statement, patient: dict[str, str]) -> bool:
    return any(all(patient[f] in values for f, values in c) for c in statement.condition)


def with_bdd(reading: Reading, module: Any) -> int:
    """How many nodes the tree has, made with a BDD package, asking in the guide's order."""
    _, roots = with_bdd_apart(reading, module)
    return _together(tuple(itertools.chain(*roots)), len(reading.factors))


def with_bdd_apart(reading: Reading, module: Any) -> tuple[Any, list[list[Any]]]:
    """The package's diagrams, for each option one of each standing."""
    diagrams = module.BDD()
    diagrams.configure(reordering=False)
    diagrams.declare(*(factor.id for factor in reading.factors))
    yes = {factor.id: diagrams.var(factor.id) for factor in reading.factors}
    found = []
    for said in reading.on_option.values():
        stronger, roots = diagrams.false, []
        for strength in STRENGTHS:
            here = diagrams.false
            for conjunction in (c for found, s in said if found is strength for c in s.condition):
                one = diagrams.true
                # From the last factor on, so that each step adds one node on top.
                for factor, values in sorted(conjunction, key=lambda ask: -int(ask[0][1:])):
                    one &= yes[factor] if "yes" in values else ~yes[factor]
                here |= one
            roots.append(here & ~stronger)
            stronger |= here
        found.append(roots)
    return diagrams, found


def _together(roots: tuple[Any, ...], last: int) -> int:
    """How many nodes the tree has that all diagrams make together."""
    # Two tuples of nodes are the same subtree just where they are equal, for BDDs are reduced.
    built = {roots: 0}
    made = {}
    ahead = [roots]
    while ahead:
        nodes = ahead.pop()
        level = min(min(node.level, last) for node in nodes)
        if level == last:
            made[nodes] = None
            continue
        both = tuple(
            tuple(_below(node, way) if node.level == level else node for node in nodes)
            for way in ("low", "high")
        )
        made[nodes] = both
        for branch in both:
            if branch not in built:
                built[branch] = len(built)
                ahead.append(branch)
    return len(made)


def _below(node: Any, way: str) -> Any:
    child = getattr(node, way)
    return ~child if node.negated else child


def bdd_packages() -> dict[str, Any]:
    """dd in Python, and dd over CUDD in C, where they are there."""
    names = {"dd in Python": "dd.autoref", IN_C: "dd.cudd"}
    if not importlib.util.find_spec("dd"):
        return {}
    return {
        name: importlib.import_module(module)
        for name, module in names.items()
        if importlib.util.find_spec(module)
    }


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """The slope of logarithms: 1 where twice as much takes twice as long."""
    return statistics.linear_regression(
        list(map(math.log, sizes)), list(map(math.log, times))
    ).slope


def literals(reading: Reading) -> int:
    """How much is to be read: factors named in all conditions together."""
    return sum(len(conjunction) for s in reading.statements for conjunction in s.condition)


def rows(quick: bool = False) -> Sequence[Row]:
    sizes, rounds = (SMALL, 2) if quick else (SIZES, 7)
    found: list[Row] = []
    curves: dict[float, list[tuple[float, float]]] = {}
    for statements, factors, left_out in sizes:
        reading = growing(statements, factors, left_out)
        tree = build(reading)
        ways = {"ours": of_process(functools.partial(build_anew, reading))}
        for name, module in bdd_packages().items():
            assert with_bdd(reading, module) == len(tree.nodes)
            ways[name] = of_process(functools.partial(with_bdd, reading, module))
        if 2**factors <= MOST_PATIENTS:
            assert set(enumerated(reading).values()) == {
                node.standings for node in tree.nodes if isinstance(node, Leaf)
            }
            ways["every patient in turn"] = of_process(functools.partial(enumerated, reading))
        taken = in_turn(ways, rounds)
        size = f"build {statements:,} statements on {factors} factors, {len(tree.nodes):,} nodes"
        is_large = (statements, factors) == LARGE
        found += compared(size, taken, CUDD if is_large else None)
        curves.setdefault(left_out, []).append(
            (literals(reading) + len(tree.nodes), statistics.median(taken["ours"]))
        )
    for left_out, curve in curves.items():
        if len(curve) > 2:
            slope = exponent(*zip(*curve, strict=True))
            kind = "with" if left_out else "without"
            name = f"the curve, {kind} overlap: time grows with size to the power of"
            found.append(
                Row(name, f"{slope:.2f}", "1 is linear", "", f"≤ {LINEAR}", slope <= LINEAR)
            )
    return found if quick else [*found, *apart(rounds), *memory_rows()]


def compared(what: str, taken: dict[str, list[float]], aim: float | None) -> list[Row]:
    """Ours beside each other way; `aim`: how many times as fast as CUDD."""
    mine = taken["ours"]
    return [
        compare(what, mine, name, its, at_least=aim if name == IN_C else None, faster=True)
        for name, its in taken.items()
        if name != "ours"
    ]


def apart(rounds: int) -> list[Row]:
    """Many statements that overlap: each option by itself, for the product is too large."""
    statements, factors, _ = OVERLAPPING
    reading = growing(*OVERLAPPING)
    sizes = [len(build(reading, [option]).nodes) for option in reading.options]
    ways = {"ours": of_process(lambda: Decisions(reading))}
    # The one in Python takes many times as long.
    for name, module in bdd_packages().items():
        if name != IN_C:
            continue
        _diagrams, roots = with_bdd_apart(reading, module)
        assert [_together(tuple(each), factors) for each in roots] == sizes
        ways[name] = of_process(functools.partial(with_bdd_apart, reading, module))
    what = f"decide {statements:,} that overlap on {factors} factors, {sum(sizes):,} nodes"
    return compared(what, in_turn(ways, rounds), CUDD)


def memory_rows() -> list[Row]:
    if not RESET.exists():
        return []
    statements, _ = LARGE
    return [
        *memory_compared(f"to build {statements:,} statements", (*LARGE, 0.0), bdd_packages()),
        *memory_compared(f"to decide {statements:,} that overlap", OVERLAPPING, [IN_C]),
    ]


def memory_compared(
    what: str, size: tuple[int, int, float], others: Iterable[str]
) -> Iterator[Row]:
    """What each way takes in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        mine = [pool.apply(memory_of, ("ours", size))]
        for name in others:
            its = [pool.apply(memory_of, (name, size))]
            yield compare(f"memory {what} on {size[1]} factors", mine, name, its, unit="MB")


def memory_of(way: str, size: tuple[int, int, float]) -> float:
    """By how many megabytes this process grows while it builds, or decides what overlaps."""
    reading, module = growing(*size), bdd_packages().get(way)
    theirs, mine = (with_bdd_apart, Decisions) if size[2] else (with_bdd, build)
    # The most that it has had so far is what it has now.
    RESET.write_text("5")
    before = most_memory()
    _kept = theirs(reading, module) if module else mine(reading)
    return most_memory() - before


def most_memory() -> float:
    """What this process has had at most, in megabytes."""
    lines = (RESET.parent / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


if __name__ == "__main__":
    print(table(rows("--quick" in sys.argv)), end="")
