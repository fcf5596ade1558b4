"""How much of a finished guide does `new --draft` propose, and how much of it is right?

    python tests/benchmarks/draft.py              the table
    python tests/benchmarks/draft.py --failures   and what was missed or wrongly proposed
    python tests/benchmarks/draft.py --check      whether draft.txt is the table of today

For every guide under data/ and tests/drafts/ its text is drafted, and the draft is compared with
the finished guide. Entries are matched one to one, those whose quotes overlap most first; any
overlap of a quote with a quote will do.

  factor quotes         the places that are quoted for factors
  factors anywhere      the same, where also a quote counts whose words are all in the other one, or
                        the other way round, wherever the two stand: another mention of the same
  option quotes         the same for options and groups
  options anywhere
  statement conditions  statements with a condition that overlap, and whose condition asks the
                        same of matched factors: as many alternatives, each with the same factors
                        and the same values. Statements without a condition are left out.

found: proposed and matched; precision: of what was proposed; recall: of what was to be found.

The texts under benchmarks/marked/ are no guides: what is a factor and what an option is marked in
them. They were written before the rules were made general, those that were then read while that
was done, and those of which nothing but the figures was looked at ("unread"). One hand wrote them
and the rules, so the figures of the unread ones are rather too good for a text of somebody else.
The texts that are "seen" were read while the rules were written, and most were written for that;
so their figures only say that the rules do what they were made for. Texts "held out" were not read
before the rules were done, and say what to expect of another text. A rule that is changed because
of such a text makes it a seen one: then move it to SEEN and hold out another. So it went with the
ear infection and the library book: before the rules were made general, 0/15 of their factors, 3/17
of their options and 0/27 of their statements were found; of the unread texts 23/54 (92 % right) of
the factors and 26/54 (81 % right) of the options.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import tree
from tree.authoring.dividing import divided
from tree.authoring.drafting import Draft, _factor_key, draft
from tree.authoring.naming import identifier
from tree.reading import ALWAYS, Factor, Group, Option, Statement
from tree.text import Quote, Text

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_suffix(".txt")
MARKED = Path(__file__).parent / "marked"
SEEN = {
    *("damaged_library_book", "ear_infection_in_a_child"),
    *("metastatic_liver_cancer", "dog_bite", "flat_tyre", "nosebleed"),
    *("sore_throat", "sprained_ankle", "wine_stain", "wooden_table", "yellow_leaves"),
}
A = TypeVar("A")
B = TypeVar("B")
Entry = Factor | Option | Group
KINDS = (
    *("factor quotes", "factors anywhere", "option quotes", "options anywhere"),
    "statement conditions",
)


@dataclass(frozen=True)
class Score:
    """What was proposed and what was to be found, each as matched or not."""

    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.wrong + other.wrong,
            self.found + other.found,
            self.missed + other.missed,
        )

    def __str__(self) -> str:
        proposed, wanted = len(self.right + self.wrong), len(self.found + self.missed)
        if not (proposed or wanted):
            return "  -"
        precision = f"{len(self.right) / proposed:4.0%}" if proposed else "   -"
        recall = f"{len(self.found) / wanted:4.0%}" if wanted else "   -"
        return f"{len(self.found):3}/{wanted:<3} {precision} {recall}"


def overlap(first: Iterable[Quote], second: Iterable[Quote]) -> int:
    """How many letters the quotes have in common at most, pair by pair."""
    second = list(second)
    return max(
        (min(a.end, b.end) - max(a.start, b.start) for a in first for b in second), default=0
    )


def pairs(first: Sequence[A], second: Sequence[B], weight: Callable[[A, B], int]) -> dict[int, int]:
    """Indexes of the first to those of the second, one to one, the weightiest first."""
    weights = sorted(
        (-weight(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)
    )
    matched: dict[int, int] = {}
    for negative, i, j in weights:
        if negative < 0 and i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def score(drafted: Sequence[str], finished: Sequence[str], matched: dict[int, int]) -> Score:
    return Score(
        tuple(words for i, words in enumerate(drafted) if i in matched),
        tuple(words for i, words in enumerate(drafted) if i not in matched),
        tuple(words for j, words in enumerate(finished) if j in matched.values()),
        tuple(words for j, words in enumerate(finished) if j not in matched.values()),
    )


def same_words(first: Iterable[Quote], second: Iterable[Quote]) -> int:
    """How many words a quote shares with another one that has all of them, wherever they stand."""
    second = [_words(quote) for quote in second]
    return max(
        (len(a & b) for a in map(_words, first) for b in second if a <= b or b <= a), default=0
    )


def _words(quote: Quote) -> set[str]:
    return set(_factor_key(quote.words).split())


def compare(proposed: Draft, finished: tree.Guide) -> dict[str, Score]:
    """The scores of one text."""
    factors = pairs(proposed.factors, finished.factors, lambda a, b: overlap(a.quotes, b.quotes))
    same = {proposed.factors[i].id: finished.factors[j].id for i, j in factors.items()}
    ours = (*proposed.options, *proposed.groups)
    theirs = (*finished.options, *finished.groups)
    options = pairs(ours, theirs, lambda a, b: overlap(a.quotes, b.quotes))

    def anywhere(a: Entry, b: Entry) -> int:
        return 1000 * max(0, overlap(a.quotes, b.quotes)) or same_words(a.quotes, b.quotes)

    likely_factors = pairs(proposed.factors, finished.factors, anywhere)
    likely_options = pairs(ours, theirs, anywhere)

    def asked(statement: Statement) -> frozenset[frozenset[tuple[str, frozenset[str]]]]:
        return frozenset(
            frozenset((same.get(f, f"?{f}"), values) for f, values in clause)
            for clause in statement.condition
        )

    conditional = [s for s in proposed.statements if s.condition != ALWAYS]
    wanted = [s for s in finished.statements if s.condition != ALWAYS]
    statements = pairs(
        conditional,
        wanted,
        lambda a, b: overlap(a.quotes, b.quotes) * (asked(a) == frozenset(b.condition)),
    )
    return {
        "factor quotes": score(
            [f.quotes[0].line for f in proposed.factors],
            [f.quotes[0].line for f in finished.factors],
            factors,
        ),
        "option quotes": score(
            [o.quotes[0].line for o in ours], [o.quotes[0].line for o in theirs], options
        ),
        "factors anywhere": score(
            [f.quotes[0].line for f in proposed.factors],
            [f.quotes[0].line for f in finished.factors],
            likely_factors,
        ),
        "options anywhere": score(
            [o.quotes[0].line for o in ours], [o.quotes[0].line for o in theirs], likely_options
        ),
        "statement conditions": score(
            [described(s) for s in conditional], [described(s) for s in wanted], statements
        ),
    }


def described(statement: Statement) -> str:
    clauses = [
        " and ".join(f"{f}={'|'.join(sorted(values))}" for f, values in sorted(clause))
        for clause in statement.condition
    ]
    words = statement.quotes[-1].line
    return f"{' or '.join(clauses)}: {words if len(words) < 90 else words[:87] + '...'}"


def guides() -> list[Path]:
    found = [path.parent for path in ROOT.glob("data/*/guide.yaml")]
    found += [path.parent for path in ROOT.glob("tests/drafts/*/guide.yaml")]
    return sorted(found, key=lambda path: (path.name not in SEEN, path.name))


def scores() -> dict[str, dict[str, Score]]:
    """The scores of every text."""
    found = {}
    for folder in guides():
        finished = tree.load(folder)
        text = divided(Text("text.txt", finished.text.content), identifier)
        found[folder.name] = compare(draft(text), finished)
    return found


@dataclass(frozen=True)
class Marked:
    """A place marked in a text."""

    quotes: tuple[Quote, ...]


def unmarked(source: str) -> tuple[Text, dict[str, list[Marked]]]:
    """A text without its marks, {factor: ...} and {option: ...}, and what they mark."""
    parts = re.split(r"\{(factor|option): ([^{}]*)\}", source)
    content, spans = "", []
    for between, kind, words in zip(
        parts[::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True
    ):
        content += between
        spans.append((kind, len(content), len(content) + len(words)))
        content += words
    text = Text("text.txt", content)
    marked: dict[str, list[Marked]] = {"factor": [], "option": []}
    for kind, start, end in spans[:-1]:
        marked[kind].append(Marked((text.quote(start, end),)))
    return text, marked


def marked_scores(folder: str) -> dict[str, dict[str, Score]]:
    """The scores of the marked texts of a folder; of statements nothing is marked."""
    found = {}
    for path in sorted((MARKED / folder).glob("*.txt")):
        text, marked = unmarked(path.read_text(encoding="utf-8"))
        proposed = draft(text)
        ours = {"factor": proposed.factors, "option": (*proposed.options, *proposed.groups)}
        row = dict.fromkeys(KINDS, Score())
        for kind, theirs in marked.items():
            matched = pairs(ours[kind], theirs, lambda a, b: overlap(a.quotes, b.quotes))
            row[f"{kind} quotes"] = score(
                [entry.quotes[0].line for entry in ours[kind]],
                [entry.quotes[0].line for entry in theirs],
                matched,
            )
        found[path.stem] = row
    return found


def table(found: dict[str, dict[str, Score]]) -> str:
    """The table as it is printed and kept."""
    head = f"{'':24} {'':8}" + "".join(f"  {kind:<22}" for kind in KINDS)
    under = f"{'text':24} {'':8}" + f"  {'found  prec. recall':<22}" * len(KINDS)
    lines = [head.rstrip(), under.rstrip()]
    groups = {
        "seen": {name: row for name, row in found.items() if name in SEEN},
        "held out": {name: row for name, row in found.items() if name not in SEEN},
        "read": marked_scores("read"),
        "unread": marked_scores("unread"),
    }
    for group, rows_of in groups.items():
        rows = list(rows_of.items())
        whole = {kind: sum((row[kind] for _, row in rows), Score()) for kind in KINDS}
        for name, row in [*rows, ("all of these", whole)] if rows else []:
            cells = "".join(f"  {row[kind]!s:<22}" for kind in KINDS)
            lines.append(f"{name:24} {group:8}{cells}".rstrip())
    return "\n".join(lines) + "\n"


def failures(found: dict[str, dict[str, Score]]) -> str:
    """What was missed, and what was wrongly proposed."""
    lines = []
    for name, row in found.items():
        for kind, result in row.items():
            lines += [f"{name}: {kind}: missed: {words}" for words in result.missed]
            lines += [f"{name}: {kind}: wrong: {words}" for words in result.wrong]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    found = scores()
    if "--check" in arguments:
        fresh = TABLE.read_text(encoding="utf-8") == table(found)
        print("draft.txt is fresh" if fresh else "draft.txt is stale: write it again")
        return 0 if fresh else 1
    print(table(found), end="")
    if "--failures" in arguments:
        print(failures(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
