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
from ...model.disclaimer import disclaimer
from ...model.text import Quote, in_one_line
from ..questions.attempts import Attempt
from ..questions.divergence import Divergence
from ..questions.grading import Grade
from ..questions.highlights import marked, pieces
from ..questions.questions import CONCORDANCE, PracticeQuestion
from ..questions.steps import FACTOR, OPTION, Step

MOST_PICTURES = 6  # trees that are shown at once
OPTIONS = '<p class="tp-part">What does the text say of each option here?</p>'


def head(guide: Guide, done: int, total: int, messages: Iterable[str] = ()) -> str:
    """The title, how far the round is, and what must be known of the record."""
    share = 100 * done // max(total, 1)
    told = "".join(f'<p class="tp-warning">{escape(m)}</p>' for m in messages)
    return (
        f'<div class="tp-head"><span class="tp-title">{escape(guide.title)}</span>'
        f'<span class="tp-quiet">{done} of {total} answered</span></div>'
        f'<div class="tp-bar" role="progressbar" aria-label="Answered" aria-valuemin="0" '
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


def not_answered(question: PracticeQuestion, missing: Sequence[tuple[str, str]]) -> str:
    """Which rows have no answer yet."""
    about, id = missing[0]
    first = _name(question, about, id)
    what = f"First choose an answer to: {first}" if first else "First choose an answer."
    more = f" ({len(missing)} are open.)" if len(missing) > 1 else ""
    return box("", f"<b>Not submitted.</b> {escape(what + more)}")


def hinted(question: PracticeQuestion, step: Step, hints: int) -> str:
    """The sentence of the text to read; with a second hint the words of the vignette too."""
    name = escape(_name(question, step.about, step.id))
    about = f"<b>Hint.</b> {name}" if name else "<b>Hint.</b>"
    told = "<p>Read again in the text:</p>" + sentences_of(question, step.read)
    if not step.read:
        told = "<p>The sentence that decides always holds.</p>"
    if hints > 1 and step.words:
        told += "<p>And in the vignette:</p>" + words_of(step.words)
    elif hints > 1:
        told += "<p>Look for it in the vignette: it may not say.</p>"
    return box("", f"<p>{about}</p>{told}")


def graded(grade: Grade) -> str:
    """The first divergence with the sentence of the text, or that there is none."""
    question = grade.question
    if grade.divergence:
        told = "<b>Not what the text says.</b>" + _diverged(question, grade.divergence)
    else:
        told = "<b>Right.</b>" + "".join(
            sentences_of(question, step.quotes) for step, _ in grade.judged[-1:]
        )
    if grade.asides:
        asides = "".join(_diverged(question, aside) for aside in grade.asides)
        told += (
            f"<details><summary>Also answered differently; the outcome is unaffected "
            f"({len(grade.asides)})</summary>{asides}</details>"
        )
    return box("tp-right" if grade.right else "tp-wrong", told)


def walked(guide: Guide, question: PracticeQuestion, known: Mapping[str, str] | None = None) -> str:
    """The walk of the patient: the drawing, and the same in words.

    `known`: what is known by now, where that is less than the whole.
    """
    answers = dict(question.walk.answers if known is None else known)
    if question.kind == CONCORDANCE:
        factor, value = question.learned
        answers[factor] = value
    walk = guide.walk(answers)
    return (
        f'<div class="tp-picture" tabindex="0" role="region" aria-label="The path">'
        f"{''.join(Drawing(on.tree, on).image for on in _shown(walk))}</div>{in_words(walk)}"
    )


def in_words(walk: Walk) -> str:
    """The reasons of a walk, to be opened."""
    words = escape(str(why(walk)))
    return (
        f'<details><summary>The same in words</summary><div class="tp-text">{words}</div></details>'
    )


def _shown(walk: Walk) -> list[TreeWalk]:
    """The trees on which a walk has come somewhere, as many as one looks at."""
    return [on for on in walk.trees if on.taken or len(walk.trees) == 1][:MOST_PICTURES]


def open_book(guide: Guide) -> str:
    """The text and the trees, to look things up in."""
    drawings = "".join(Drawing(tree).image for tree in guide.trees[:MOST_PICTURES])
    if len(guide.trees) > MOST_PICTURES:
        drawings += f"<p>These are the first {MOST_PICTURES} of {len(guide.trees)} trees.</p>"
    return (
        f'<details><summary>The text</summary><div class="tp-text" tabindex="0" role="region" '
        f'aria-label="The text">{escape(guide.text.content)}</div></details>'
        f'<details><summary>The tree</summary><div class="tp-picture" tabindex="0" role="region" '
        f'aria-label="The tree">{drawings}</div></details>'
    )


def kept_in(record: Path) -> str:
    """Where the record is kept."""
    return (
        f'<p class="tp-quiet tp-where">Every attempt is kept at once, in the file '
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
    told = f"<b>The round is over: {escape(score)}.</b>"
    if misread:
        items = "".join(f"<blockquote>{escape(words)}</blockquote>" for words in misread if words)
        told += f"<p>Misread, and drawn more often in the next round:</p>{items}"
    return box("tp-right", told)


def box(kind: str, told: str) -> str:
    """What is said when something was done; it is read aloud."""
    return f'<div class="tp-said {kind}" role="status">{told}</div>'


def _diverged(question: PracticeQuestion, found: Divergence) -> str:
    told = f"<p>{escape(found.says)}</p>" + sentences_of(question, found.quotes)
    return told + (words_of(found.words) if found.words else "")


def sentences_of(question: PracticeQuestion, quotes: Iterable[Quote]) -> str:
    """Every sentence of the text that the quotes stand in, their own words marked."""
    found = ""
    for each in marked(question.reading.text, quotes):
        who = f'<span class="tp-who">the text: {escape(each.author)}</span>' if each.author else ""
        found += f"<blockquote>{_marked(each.pieces)}{who}</blockquote>"
    return found


def words_of(quotes: Iterable[Quote]) -> str:
    """The words of the vignette."""
    words = escape(in_one_line(quotes))
    return f'<blockquote>{words}<span class="tp-who">the vignette</span></blockquote>'


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
