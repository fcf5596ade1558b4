"""What practising shows, as HTML. All that comes from people is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from ...drawing.graphviz import Drawing
from ...guide import Guide
from ...logic.tree_walk import TreeWalk
from ...logic.walk import Walk
from ...logic.why import why
from ...messages import plural, say, spoken
from ...model.disclaimer import disclaimer
from ...model.text import Quote, in_one_line
from ..questions.attempts import Attempt
from ..questions.divergence import Divergence
from ..questions.grading import Grade
from ..questions.highlights import marked, pieces
from ..questions.questions import CONCORDANCE, PracticeQuestion
from ..questions.steps import FACTOR, OPTION, Step

MOST_PICTURES = 6  # trees that are shown at once


def options_head() -> str:
    """What stands above the options."""
    words = say("What does the text say about each option here?")
    return f'<p class="tp-part">{escape(words)}</p>'


@spoken
def head(guide: Guide, done: int, total: int, messages: Iterable[str] = ()) -> str:
    """The title, how far the round is, and what must be known of the record."""
    share = 100 * done // max(total, 1)
    told = "".join(f'<p class="tp-warning">{escape(m)}</p>' for m in messages)
    answered = escape(say("{done} of {total} answered", done=done, total=total))
    label = escape(say("Answered"))
    return (
        f'<div class="tp-head"><span class="tp-title">{escape(guide.title)}</span>'
        f'<span class="tp-quiet">{answered}</span></div>'
        f'<div class="tp-bar" role="progressbar" aria-label="{label}" aria-valuemin="0" '
        f'aria-valuemax="{total}" aria-valuenow="{done}"><div style="width: {share}%"></div></div>'
        f'{told}<p class="tp-quiet">{escape(disclaimer(guide))}</p>'
    )


def story(question: PracticeQuestion, marked: Iterable[Quote] = ()) -> str:
    """The vignette, some of its words marked."""
    words = question.case.story
    spans = [(quote.start, quote.end) for quote in marked]
    return f'<div class="tp-story">{_marked(pieces(words, 0, len(words), spans))}</div>'


def asked(question: PracticeQuestion) -> str:
    """The question in words."""
    return f'<p class="tp-asks">{escape(question.asks)}</p>'


def label(words: str, help: str = "") -> str:
    """What a row of choices is about."""
    more = f'<span class="tp-who">{escape(help)}</span>' if help else ""
    return f'<p class="tp-label">{escape(words)}{more}</p>'


@spoken
def not_answered(question: PracticeQuestion, missing: Sequence[tuple[str, str]]) -> str:
    """Which rows have no answer yet."""
    about, id = missing[0]
    first = _name(question, about, id)
    what = say("First choose an answer.")
    if first:
        what = say("First choose an answer to: {first}", first=first)
    if len(missing) > 1:
        what += plural(" ({count} is open.)", " ({count} are open.)", len(missing))
    return box("", f"<b>{escape(say('Not submitted.'))}</b> {escape(what)}")


@spoken
def hinted(question: PracticeQuestion, step: Step, hints: int) -> str:
    """The sentence of the text to read; with a second hint the words of the vignette too."""
    name = escape(_name(question, step.about, step.id))
    # The name is read its own way.
    about = f"<b>{escape(say('Hint.'))}</b> <bdi>{name}</bdi>"
    told = paragraph(say("Read again in the text:")) + sentences_of(question, step.read)
    if not step.read:
        told = paragraph(say("The sentence that decides always holds."))
    if hints > 1 and step.words:
        told += paragraph(say("And in the vignette:")) + words_of(step.words)
    elif hints > 1:
        told += paragraph(say("Look for it in the vignette: it may not say."))
    return box("", f"<p>{about}</p>{told}")


def paragraph(words: str) -> str:
    """Words as a paragraph."""
    return f"<p>{escape(words)}</p>"


@spoken
def graded(grade: Grade) -> str:
    """The first divergence with the sentence of the text, or that there is none."""
    question = grade.question
    if grade.divergence:
        verdict = say("Not what the text says.")
        told = f"<b>{escape(verdict)}</b>" + _diverged(question, grade.divergence)
    else:
        told = f"<b>{escape(say('Right.'))}</b>" + "".join(
            sentences_of(question, step.quotes) for step, _ in grade.judged[-1:]
        )
    if grade.asides:
        asides = "".join(_diverged(question, aside) for aside in grade.asides)
        words = say(
            "Also answered differently; the outcome is unaffected ({count})",
            count=len(grade.asides),
        )
        told += f"<details><summary>{escape(words)}</summary>{asides}</details>"
    return box("tp-right" if grade.right else "tp-wrong", told)


@spoken
def walked(guide: Guide, question: PracticeQuestion, known: Mapping[str, str] | None = None) -> str:
    """The walk of the patient: the drawing, and the same in words.

    `known`: what is known by now, where that is less than the whole.
    """
    answers = dict(question.walk.answers if known is None else known)
    if question.kind == CONCORDANCE:
        factor, value = question.learned
        answers[factor] = value
    walk = guide.walk(answers)
    label = escape(say("The path"))
    return (
        f'<div class="tp-picture" tabindex="0" role="region" aria-label="{label}">'
        f"{''.join(Drawing(on.tree, on).image for on in _shown(walk))}</div>{in_words(walk)}"
    )


@spoken
def in_words(walk: Walk) -> str:
    """The reasons of a walk, to be opened."""
    words = escape(str(why(walk)))
    summary = escape(say("The same in words"))
    return f'<details><summary>{summary}</summary><div class="tp-text">{words}</div></details>'


def _shown(walk: Walk) -> list[TreeWalk]:
    """The trees on which a walk has come somewhere, as many as one looks at."""
    return [on for on in walk.trees if on.taken or len(walk.trees) == 1][:MOST_PICTURES]


@spoken
def open_book(guide: Guide) -> str:
    """The text and the trees, to look things up in."""
    drawings = "".join(Drawing(tree).image for tree in guide.trees[:MOST_PICTURES])
    if len(guide.trees) > MOST_PICTURES:
        count = len(guide.trees)
        words = say("These are the first {few} of {count} trees.", few=MOST_PICTURES, count=count)
        drawings += paragraph(words)
    text, tree = escape(say("The text")), escape(say("The tree"))
    return (
        f'<details><summary>{text}</summary><div class="tp-text" tabindex="0" role="region" '
        f'aria-label="{text}">{escape(guide.text.content)}</div></details>'
        f'<details><summary>{tree}</summary><div class="tp-picture" tabindex="0" role="region" '
        f'aria-label="{tree}">{drawings}</div></details>'
    )


def kept_in(record: Path) -> str:
    """Where the record is kept."""
    words = escape(say("Every attempt is kept at once, in the file"))
    return (
        f'<p class="tp-quiet tp-where">{words} '
        f'<code title="{escape(str(record))}">{escape(_near(record))}</code></p>'
    )


def _near(path: Path) -> str:
    """A path from where Python runs, or in full where it lies elsewhere."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def over(score: str, tries: Iterable[Attempt]) -> str:
    """The end of a round: the score, and the sentences that were misread."""
    misread = dict.fromkeys(
        judged.words for each in tries for judged in each.judged if not judged.right
    )
    told = f"<b>{escape(score)}</b>"
    if misread:
        items = "".join(f"<blockquote>{escape(words)}</blockquote>" for words in misread if words)
        told += paragraph(say("Misread, and drawn more often in the next round:")) + items
    return box("tp-right", told)


def box(kind: str, told: str) -> str:
    """What is said when something was done; it is read aloud."""
    return f'<div class="tp-said {kind}" role="status">{told}</div>'


def _diverged(question: PracticeQuestion, found: Divergence) -> str:
    told = f"<p>{escape(found.says)}</p>" + sentences_of(question, found.quotes)
    return told + (words_of(found.words) if found.words else "")


@spoken
def sentences_of(question: PracticeQuestion, quotes: Iterable[Quote]) -> str:
    """Every sentence of the text that the quotes stand in, their own words marked."""
    found = ""
    for each in marked(question.reading.text, quotes):
        who = f'<span class="tp-who">{escape(each.whose)}</span>' if each.author else ""
        found += f"<blockquote>{_marked(each.pieces)}{who}</blockquote>"
    return found


def words_of(quotes: Iterable[Quote]) -> str:
    """The words of the vignette."""
    words = escape(in_one_line(quotes))
    origin = escape(say("the vignette"))
    return f'<blockquote>{words}<span class="tp-who">{origin}</span></blockquote>'


def _marked(parts: Iterable[str]) -> str:
    """Pieces as HTML, every other one marked.

    >>> _marked(("a ", "<b>", " c"))
    'a <mark>&lt;b&gt;</mark> c'
    """
    return "".join(
        f"<mark>{escape(words)}</mark>" if number % 2 else escape(words)
        for number, words in enumerate(parts)
    )


def _name(question: PracticeQuestion, about: str, id: str) -> str:
    if about == FACTOR:
        return question.reading.factor(id).question
    return question.reading.option(id).name if about == OPTION else ""
