"""How well an assistant drafts guides of texts, against finished guides of the same texts.

    python tests/benchmarks/drafting.py --ask COMMAND [--model NAME] [FOLDER ...]
    python tests/benchmarks/drafting.py --replay tests/drafting/answers --model NAME

Entries are aligned by their quotes: a question or an option of the finished guide is found by the
proposed one whose quotes share most letters of the text with its own, if any does. Then cases are
drawn by chance, their answers carried over to the questions found (and to those that these depend
on), and every option of the finished guide is asked of both. Alike is the very same standing; open
is what still depends on a question that only the draft asks; all else is different, and so is an
option that was not found, or what is asked in another way (yes for no, other values).
"""

from __future__ import annotations

import argparse
import random
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import tree
from tree.model.factors import Factor
from tree.model.text import Quote

ROOT = Path(__file__).parents[2]
CASES = 300
COLUMNS = (
    *("text", "questions found", "of those proposed", "options found", "of those proposed"),
    *("standings alike", "open", "different", "rounds", "left out"),
)


@dataclass(frozen=True)
class Row:
    """What came out for one text."""

    text: str
    factors: tuple[int, int, int]  # found, of the finished guide, proposed
    options: tuple[int, int, int]
    alike: float
    open: float
    rounds: int
    left_out: int

    def __str__(self) -> str:
        def shares(counts: tuple[int, int, int]) -> str:
            found, finished, proposed = counts
            return f"{found} of {finished} | {found} of {proposed}"

        parts = (self.alike, self.open, 1 - self.alike - self.open)
        standings = " | ".join(f"{100 * part:.0f} %" for part in parts)
        return (
            f"| {self.text} | {shares(self.factors)} | {shares(self.options)} "
            f"| {standings} | {self.rounds} | {self.left_out} |"
        )


def measured(name: str, finished: tree.Guide, made: tree.DraftedGuide, seed: int = 0) -> Row:
    """A draft against the finished guide of the same text."""
    guide = made.guide
    if guide is None:
        nothing = (0, len(finished.factors), 0), (0, len(finished.options), 0)
        return Row(name, *nothing, 0.0, 0.0, made.rounds, len(made.left_out))
    factors = aligned(finished.factors, guide.factors)
    options = aligned(finished.options, guide.options)
    return Row(
        name,
        (len(factors), len(finished.factors), len(guide.factors)),
        (len(options), len(finished.options), len(guide.options)),
        *_alike(finished, guide, factors, options, seed),
        made.rounds,
        len(made.left_out),
    )


def aligned(finished: Iterable, proposed: Iterable) -> dict[str, str]:
    """For entries of the finished guide the one proposed that quotes the same words, each once."""
    pairs = [
        (share, one.id, other.id)
        for one in finished
        for other in proposed
        if (share := _shared(one.quotes, other.quotes))
    ]
    found: dict[str, str] = {}
    for _, one, other in sorted(pairs, reverse=True):
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _shared(some: Iterable[Quote], others: Iterable[Quote]) -> float:
    """How much of the letters that either quotes both quote."""
    one = {place for quote in some for place in range(quote.start, quote.end)}
    other = {place for quote in others for place in range(quote.start, quote.end)}
    return len(one & other) / len(one | other)


def _alike(
    finished: tree.Guide,
    guide: tree.Guide,
    factors: dict[str, str],
    options: dict[str, str],
    seed: int,
) -> tuple[float, float]:
    """The shares of standings that are alike, and that are open in the draft."""
    same = left_open = asked = 0
    cases = list(_cases(finished, seed))
    every = [_carried(finished, guide, factors, case) for case in cases]
    often = Counter(id for carried in every for id in carried)
    for case, carried in zip(cases, every, strict=True):
        _what_they_depend_on(guide, carried, often)
        there, here = finished.walk(case), guide.walk(guide.applicable(carried))
        for option in finished.options:
            asked += 1
            if option.id in options:
                wanted = there.standing_of(option.id).possible
                found = here.standing_of(options[option.id]).possible
                same += wanted == found
                left_open += len(found) > 1 and set(wanted) <= set(found)
    return same / asked, left_open / asked


def _carried(
    finished: tree.Guide, guide: tree.Guide, factors: dict[str, str], case: dict[str, str]
) -> dict[str, str]:
    """The answers of a case as the draft calls them, to the questions that were found."""
    proposed = {factor.id: factor for factor in guide.factors}
    known = (
        (f, proposed[factors[f.id]]) for f in finished.factors if f.id in case and f.id in factors
    )
    values = ((other.id, _value(factor, case[factor.id], other)) for factor, other in known)
    return {id: value for id, value in values if value}


def _what_they_depend_on(guide: tree.Guide, answers: dict[str, str], often: Counter) -> None:
    """An answer to a question says that it applies; most so one that is seldom given."""
    for factor in sorted(guide.factors, key=lambda factor: often[factor.id]):
        for id, values in factor.asked_if if factor.id in answers else ():
            if len(values) == 1:
                answers.setdefault(id, *values)


def _cases(guide: tree.Guide, seed: int) -> Iterator[dict[str, str]]:
    chance = random.Random(seed)
    for _ in range(CASES):
        yield dict(guide.applicable({f.id: chance.choice(f.values) for f in guide.factors}))


def _value(factor: Factor, value: str, other: Factor) -> str | None:
    """What an answer is called in the other guide: by its name, its number, or its place."""
    if found := next((v for v in other.values if v.casefold() == value.casefold()), None):
        return found
    number = factor.values.index(value)
    if number < len(factor.bands) and other.bands:
        band = factor.bands[number]
        low, high = band.low, band.high
        middle = (low + high) / 2 if low is not None and high is not None else None
        return other.value_of(
            middle if middle is not None else (high or 1) / 2 if low is None else low + 1
        )
    return other.values[number] if len(factor.values) == len(other.values) else None


def folders() -> list[Path]:
    """The texts with finished guides: those that are shipped, and those for this alone."""
    found = [*(ROOT / "data").iterdir(), *(ROOT / "tests" / "drafting").iterdir()]
    return sorted(path for path in found if (path / "guide.yaml").exists())


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--ask", metavar="COMMAND", help="reads a prompt, writes an answer")
    how.add_argument("--replay", metavar="FOLDER", type=Path, help="answers as NAME.txt")
    parser.add_argument("--model", default="")
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    print(f"| {' | '.join(COLUMNS)} |")
    print("| --- " * len(COLUMNS) + "|")
    for folder in options.folders or folders():
        answer = options.replay / f"{folder.name}.txt" if options.replay else None
        if answer and not answer.exists():
            continue

        def ask(asked: str, answer: Path | None = answer) -> str:
            if answer:
                return answer.read_text(encoding="utf-8")
            done = subprocess.run(
                options.ask, shell=True, input=asked, text=True, stdout=subprocess.PIPE, check=True
            )
            return done.stdout

        finished = tree.load(folder)
        rounds = 0 if answer else 3
        made = tree.draft(
            finished.text.content,
            ask,
            model=options.model,
            language=finished.language,
            rounds=rounds,
        )
        print(measured(folder.name, finished, made), flush=True)


if __name__ == "__main__":
    main()
