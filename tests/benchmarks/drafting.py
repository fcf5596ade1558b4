"""How well an assistant drafts guides of texts, against finished guides of the same texts.

    python tests/benchmarks/drafting.py --ask COMMAND [--model NAME] [FOLDER ...]
    python tests/benchmarks/drafting.py --replay tests/drafting/answers --model NAME

With --replay the answers of a text are NAME.txt, NAME.2.txt and so on, one for each round.

A question or an option is known by the letters of the text that it quotes, and by those that the
statements quote that ask or name it; what a statement says of several is shared among them. The
likeness of two is the mean of both, each as the weight that they share of the weight that either
has. The pair most alike is aligned first, each entry once, down to LEAST. Then cases are
drawn by chance, their answers carried over to the questions found (and to those that these depend
on), and every option of the finished guide is asked of both. Alike is the very same standing; open
is what still depends on a question that only the draft asks; all else is different, and so is an
option that was not found, or what is asked in another way (yes for no, other values). Misleading
is the part of it in which one of both surely offers what the other surely does not.
"""

from __future__ import annotations

import argparse
import random
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tree
from tree.model.factors import Factor
from tree.model.standing import Standing
from tree.model.text import Quote

ROOT = Path(__file__).parents[2]
CASES = 300
ROUNDS = 3  # that an answer is sent back, at most
LEAST = 0.1  # likeness of what is aligned
COLUMNS = (
    *("text", "questions found", "of those proposed", "options found", "of those proposed"),
    *("standings alike", "open", "different", "misleading", "rounds", "left out"),
)


# The letters of the text that an entry quotes, and those that speak of it, with their weights.
Letters = tuple[Counter[int], Counter[int]]
Words = dict[str, Letters]


@dataclass(frozen=True)
class Row:
    """What came out for one text."""

    text: str
    factors: tuple[int, int, int]  # found, of the finished guide, proposed
    options: tuple[int, int, int]
    alike: float
    open: float
    misleading: float
    rounds: int
    left_out: int

    def __str__(self) -> str:
        def shares(counts: tuple[int, int, int]) -> str:
            found, finished, proposed = counts
            return f"{found} of {finished} | {found} of {proposed}"

        parts = (self.alike, self.open, 1 - self.alike - self.open, self.misleading)
        standings = " | ".join(f"{100 * part:.0f} %" for part in parts)
        return (
            f"| {self.text} | {shares(self.factors)} | {shares(self.options)} "
            f"| {standings} | {self.rounds} | {self.left_out} |"
        )


def measured(name: str, finished: tree.Guide, made: tree.DraftedGuide, cases: int = CASES) -> Row:
    """A draft against the finished guide of the same text."""
    guide = made.guide
    if guide is None:
        nothing = (0, len(finished.factors), 0), (0, len(finished.options), 0)
        return Row(name, *nothing, 0.0, 0.0, 0.0, made.rounds, len(made.left_out))
    factors = aligned(quoting_factors(finished), quoting_factors(guide))
    options = aligned(quoting_options(finished), quoting_options(guide))
    return Row(
        name,
        (len(factors), len(finished.factors), len(guide.factors)),
        (len(options), len(finished.options), len(guide.options)),
        *_alike(guide, factors, options, finished, list(_cases(finished, cases))),
        made.rounds,
        len(made.left_out),
    )


def aligned(finished: Words, proposed: Words) -> dict[str, str]:
    """For entries of the finished guide the proposed one that is most like it, each once."""
    pairs = [
        (likeness, one, other)
        for one, words in finished.items()
        for other, others in proposed.items()
        if (likeness := _likeness(words, others)) >= LEAST
    ]
    found: dict[str, str] = {}
    for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if one not in found and other not in found.values():
            found[one] = other
    return found


def quoting_options(guide: tree.Guide) -> Words:
    """The options of a guide, each with its letters."""
    named = [(s.quotes, {id for id, _ in s.effects}) for s in guide.statements]
    return _quoting(guide.options, named)


def quoting_factors(guide: tree.Guide) -> Words:
    """The questions of a guide, each with its letters."""
    asked = [(s.quotes, set(guide.asked_in(s.condition))) for s in guide.statements]
    return _quoting(guide.factors, asked)


def _quoting(entries: Iterable, statements: Sequence[tuple[Iterable[Quote], set[str]]]) -> Words:
    words = {}
    for entry in entries:
        spoken: Counter[int] = Counter()
        for quotes, ids in statements:
            if entry.id in ids:
                spoken |= Counter(dict.fromkeys(_places(quotes), 1 / len(ids)))
        words[entry.id] = Counter(dict.fromkeys(_places(entry.quotes), 1)), spoken
    return words


def _places(quotes: Iterable[Quote]) -> set[int]:
    return {place for quote in quotes for place in range(quote.start, quote.end)}


def _likeness(some: Letters, others: Letters) -> float:
    shares = [
        (one & other).total() / (one | other).total() if one or other else 0.0
        for one, other in zip(some, others, strict=True)
    ]
    return sum(shares) / len(shares)


def _alike(
    guide: tree.Guide,
    factors: dict[str, str],
    options: dict[str, str],
    finished: tree.Guide,
    cases: Sequence[dict[str, str]],
) -> tuple[float, float, float]:
    """The shares of standings that are alike, open in the draft, and misleading."""
    same = left_open = opposite = asked = 0
    every = [_carried(finished, guide, factors, case) for case in cases]
    often = Counter(id for carried in every for id in carried)
    for case, carried in zip(cases, every, strict=True):
        _what_they_depend_on(guide, carried, often)
        there, here = finished.walk(case), guide.walk(guide.applicable(carried))
        for option in finished.options:
            asked += 1
            wanted = there.standing_of(option.id).possible
            found: Sequence[Standing] = (Standing.SILENT,)
            if option.id in options:
                found = here.standing_of(options[option.id]).possible
                same += wanted == found
                left_open += len(found) > 1 and set(wanted) <= set(found)
            opposite += {_is_there(wanted), _is_there(found)} == {True, False}
    return same / asked, left_open / asked, opposite / asked


def _is_there(standings: Sequence[Standing]) -> bool | None:
    """Whether an option is offered for sure, or surely not; None where that is open."""
    offers = {each in (Standing.PREFERRED, Standing.OFFERED) for each in standings}
    return offers.pop() if len(offers) == 1 else None


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


def _cases(guide: tree.Guide, count: int) -> Iterator[dict[str, str]]:
    chance = random.Random(0)
    for _ in range(count):
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
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    print(f"| {' | '.join(COLUMNS)} |")
    print("| --- " * len(COLUMNS) + "|")
    for folder in options.folders or folders():
        answers = recorded(options.replay, folder.name) if options.replay else []
        if options.replay and not answers:
            continue
        ask = replaying(answers) if options.replay else running(options.ask)
        finished, name = tree.load(folder), folder.name.replace("_", " ")
        try:
            made = tree.draft(
                finished.text.content,
                ask,
                model=options.model,
                language=finished.language,
                rounds=len(answers) - 1 if options.replay else ROUNDS,
            )
        except subprocess.CalledProcessError:
            # What it said is on the terminal; the other texts are asked about all the same.
            print(f"| {name} | no answer {'| ' * (len(COLUMNS) - 1)}", flush=True)
            continue
        print(measured(name, finished, made, options.cases), flush=True)


def recorded(folder: Path, name: str) -> list[str]:
    """The answers that were given for a text, one for each round."""
    later = (folder / f"{name}.{round}.txt" for round in range(2, ROUNDS + 2))
    paths = [folder / f"{name}.txt", *later]
    return [path.read_text(encoding="utf-8") for path in paths if path.exists()]


def replaying(answers: Sequence[str]) -> Callable[[str], str]:
    """Answers one after the other, whatever is asked."""
    following = iter(answers)
    return lambda _: next(following)


def running(command: str) -> Callable[[str], str]:
    """Asks a command."""

    def ask(asked: str) -> str:
        done = subprocess.run(
            command, shell=True, input=asked, text=True, stdout=subprocess.PIPE, check=True
        )
        return done.stdout

    return ask


if __name__ == "__main__":
    main()
