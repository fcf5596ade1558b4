"""A text → a draft of its guide, with the help of any assistant; nothing of it is confirmed."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from .authoring.drafting.answer import proposed
from .authoring.drafting.correcting import called, correct
from .authoring.drafting.parts import parts
from .authoring.drafting.plain_report import (
    PlainReport,
    marked,
    problems_in_words,
    said_of,
    summary,
    why_left_out,
)
from .authoring.drafting.prompt import digest, follow_up, prompt
from .authoring.drafting.proposal import LeftOut, ProposedGuide
from .authoring.languages import FALLBACK, recognized
from .guide import Guide
from .logic.review import is_unconfirmed
from .model.errors import Problem, shown
from .model.text import Text
from .opening import Report, check_text

MOST_ROUNDS = 3  # that an answer is sent back for correction
MOST_FAULTS = 60  # that are sent back at once
UNNAMED = "a model that was not named"
FOREIGN = 3  # entries left out, where no option or statement stays, are about another text
# Without these an entry still says what it says.
_OPTIONAL = (
    *("strength", "short", "help", "judgement", "synonyms", "grade", "does", "range", "also"),
    "outweighs",
)


@dataclass
class DraftedGuide:
    """What was proposed for a text, what of it stands, and what does not. Prints as a report.

    `report`: what `check` says of it; `report.guide` is None where there is nothing to draw yet.
    `corrected`: quotes that got the text's own words. `left_out`: entries that are not in `yaml`,
    with the reason and their words. `rounds`: how often an answer was sent back. `failed`: why no
    more was asked, where asking failed after the first answer.
    """

    text: Text
    model: str = UNNAMED
    asked: list[str] = field(default_factory=list)
    proposal: ProposedGuide = field(default_factory=ProposedGuide)
    corrected: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    rounds: int = 0
    failed: str = ""
    day: str = field(default_factory=lambda: datetime.date.today().isoformat())

    def __post_init__(self) -> None:
        self.model = " ".join(self.model.split()) or UNNAMED

    @property
    def yaml(self) -> str:
        """The guide, every entry of it a proposal."""
        return self.proposal.written(self._drafted())

    @property
    def report(self) -> Report:
        """What `check` says of it now."""
        return check_text(self.text.content, self.yaml)

    @property
    def guide(self) -> Guide | None:
        """The guide, if what stands makes one."""
        return self.report.guide

    @property
    def faults(self) -> list[str]:
        """What an assistant can correct, a line each; not that nothing is confirmed yet."""
        found = [f"{each} It read:\n{marked(each.written)}" for each in self.left_out]
        found += [
            _fault(problem) for problem in self.report.problems if not is_unconfirmed(problem)
        ]
        return found[:MOST_FAULTS]

    def hear(self, ask: Callable[[str], str], asked: str, again: bool = False) -> None:
        """Ask, and take the answer in. Raises what asking raises, as long as nothing is answered.

        Later on, what was answered before is kept, and no more is asked.
        """
        if self.failed:
            return
        self.asked.append(asked)
        try:
            answer = ask(asked)
        except Exception as error:
            if len(self.asked) == 1:
                raise
            self.failed = str(error) or type(error).__name__
            return
        self.take(answer, again)

    def take(self, answer: str, again: bool = False) -> None:
        """Take in an answer: look up its quotes, and put its entries beside those that are there.

        `again`: it was asked for corrections; a whole guide then takes the place of all before.
        Raises nothing: what cannot be used is in the report.
        """
        try:
            new, unread = proposed(answer)
        except ValueError as error:
            self.refused.append(str(error))
            return
        done = correct(new, self.text)
        stands = new.entries["options"] or new.entries["statements"]
        if not again and not stands and len(done.left_out) >= FOREIGN:
            self.refused.append(
                "nothing in it quotes this text, as if it were about another one or translated"
            )
        self.corrected += done.quotes
        given = {(s, n) for s, entries in new.entries.items() for n in entries}
        still = [each for each in self.left_out if (each.section, each.name) not in given]
        if again and "title" in new.single and new.entries["statements"]:
            self.proposal, still = new, []
        else:
            self.proposal.add(new)
        self.left_out = [*still, *unread, *done.left_out]

    def settle(self) -> None:
        """Leave out what still keeps the rest from being a guide, with the reason."""
        for _ in range(self.proposal.count + 1):
            report = self.report
            if report.guide is not None or not self._drop(report):
                return

    @property
    def refusals(self) -> list[str]:
        """Why answers were refused, or not given, a line for each reason."""
        failed = [f"Asking failed, and no more was asked: {self.failed}."] * bool(self.failed)
        return failed + [
            f"{'An answer was' if count == 1 else f'{count} answers were'} refused: {why}."
            for why, count in Counter(self.refused).items()
        ]

    def next_prompt(self) -> str:
        """What to ask next about what is wrong, or "" where nothing must be corrected."""
        if not self.left_out and not self.proposal.count:
            return prompt(self.text)
        if not self.left_out and all(map(is_unconfirmed, self.report.errors)):
            return ""
        return follow_up(self.text, self.proposal.written(draft=False), self.faults)

    def _drop(self, report: Report) -> bool:
        owners = [owner for _, owner in self.proposal.lines(self._drafted())]
        lines = self.yaml.split("\n")
        dropped = False
        for problem in report.errors:
            number = problem.line - 1
            owner = owners[number] if 0 <= number < len(owners) else None
            if problem.file != "guide.yaml" or owner is None or is_unconfirmed(problem):
                continue
            section, name = owner
            held = self.proposal.entries[section].get(name)
            if held is None:
                continue
            key = lines[number].strip().partition(":")[0]
            why = why_left_out(self.text, self.yaml, problem)
            words = called(held)
            if one := _one_of_several(held, problem.message):
                name, written = f"{name}, {one[0]}", one[1]
            elif key in _OPTIONAL and key in held and len(held) > 1:
                name, written = f"{name}, {key}", f"{key}: {held.pop(key)}"
            else:
                written = self.proposal.source_of(section, name)
                del self.proposal.entries[section][name]
            self.left_out.append(LeftOut(section, name, problem.message, written, why, words))
            dropped = True
        return dropped

    def _drafted(self) -> dict[str, str]:
        asked = {"prompt": digest(self.asked[0])} if self.asked else {}
        return {"by": self.model, "on": self.day, **asked}

    def told(self) -> PlainReport:
        """What stands, what was corrected, what was left out and why, in words for its author."""
        # Where nothing stands, the answers are what is wrong.
        found = self.report.problems if self.proposal.count else ()
        problems = [each for each in found if not is_unconfirmed(each)]
        return PlainReport(
            summary(self.model, self.proposal),
            tuple(self.refusals),
            tuple(self.corrected),
            tuple((said_of(each), _with_reason(each)) for each in self.left_out),
            problems_in_words(self.text, self.yaml, problems),
        )

    def lines(self) -> list[str]:
        """The report, line by line."""
        return self.told().lines()

    def __str__(self) -> str:
        return "\n".join(self.lines())


def _with_reason(left: LeftOut) -> str:
    """How an entry was written; where no plain words say what is wrong, also the format's."""
    return left.written if left.why else f"{left.written}\n# {left.reason}"


def draft(
    text: str,
    ask: Callable[[str], str],
    *,
    model: str = UNNAMED,
    language: str = "",
    rounds: int = MOST_ROUNDS,
    longest: int | None = None,
) -> DraftedGuide:
    """Let an assistant propose a guide of a text.

    `ask`: takes a prompt and returns an answer; what it sends where is its own affair. `model`: how
    the assistant is named in the guide. `language`: of the text; default: recognized. `rounds`: how
    often what `check` finds is sent back, at most. `longest`: letters that are asked about at once,
    default 12,000; a longer text is asked about part by part.

    >>> answer = '''
    ... title: Tea?
    ... options: {tea: {name: tea, quote: drink tea}}
    ... factors: {rain: {question: Does it rain?, quote: rains}}
    ... statements: {drink: {quote: drink tea, when: {rain: yes}, offer: tea}}
    ... '''
    >>> made = draft("If it rains, drink tea.", ask=lambda prompt: answer, model="a parrot")
    >>> print(made.lines()[0])
    Proposed by a parrot: 1 question, 1 option, 1 statement.
    """
    tag = language or recognized(text) or FALLBACK
    made = DraftedGuide(Text("text.txt", text, language=tag), model)
    stretches = parts(made.text, longest) if longest else parts(made.text)
    for stretch in stretches:
        whole = len(stretches) == 1
        known = made.proposal.written(draft=False) if made.proposal.count else ""
        made.hear(ask, prompt(made.text, None if whole else stretch, known))
    while made.rounds < rounds and not made.failed and (again := made.next_prompt()):
        made.rounds += 1
        made.hear(ask, again, again=True)
    made.settle()
    return made


def _one_of_several(held: dict[str, object], message: str) -> tuple[str, str] | None:
    """Of several quotes, or names under outweighs, the one that a problem speaks of, taken out."""
    for key, begins in (("quote", "quote {} "), ("outweighs", "{}")):
        several = held.get(key)
        if not isinstance(several, list) or len(several) < 2:
            continue
        places = {str(each): message.find(begins.format(shown(str(each)))) for each in several}
        # What else is named may be a hint at what was meant.
        if named := [each for each, place in places.items() if place >= 0]:
            first = min(named, key=lambda each: places[each])
            held[key] = [each for each in several if str(each) != first]
            return key, first
    return None


def _fault(problem: Problem) -> str:
    where = f" It stands in: {problem.source.strip()}" if problem.source else ""
    return f"{problem.severity}: {problem.message}.{where}"
