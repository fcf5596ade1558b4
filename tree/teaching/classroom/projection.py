"""What a lesson shows on the projector, as HTML. All that comes from people is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from ...drawing.graphviz import Drawing
from ...guide import Guide
from ...logic.firmness import firmness_of, verdicts, verdicts_on_everyone
from ...logic.paths import standings_at
from ...logic.tree_walk import TreeWalk
from ...logic.walk import Walk
from ...model.disclaimer import disclaimer
from ...model.parts import UNKNOWN, Option, Reading, capitalized, listed
from ...model.text import counted
from ..practice import feedback
from ..questions.divergence import reason, right_answer_words
from ..questions.questions import CONCORDANCE, NEXT, STANDING, PracticeQuestion
from ..questions.steps import FACTOR
from .turns import Turn, letter, not_asked, trees_of_turns

SHORT = 26  # letters of an answer that leave room for what counts its votes beside it


def head(guide: Guide, where: str, messages: Iterable[str] = ()) -> str:
    """The title, where the lesson is, and what must be known of the records."""
    warnings = "".join(f'<p class="tp-warning">{escape(m)}</p>' for m in messages)
    return (
        f'<div class="tp-head"><span class="tp-title">{escape(guide.title)}</span>'
        f'<span class="tp-quiet">{escape(where)}</span></div>{warnings}'
    )


def foot(guide: Guide) -> str:
    """The text and the tree, to look things up in."""
    return f'{feedback.open_book(guide)}<p class="tp-quiet">{escape(disclaimer(guide))}</p>'


def asked(turn: Turn) -> str:
    """What the vignette has just answered, and the question."""
    return f'{_replied(turn)}<p class="tp-asks" role="status">{escape(turn.asks)}</p>'


def _replied(turn: Turn) -> str:
    if turn.reply is None:
        return ""
    factor, value, quotes = turn.reply
    question = escape(turn.question.reading.factor(factor).question)
    if value == UNKNOWN:
        answer = "The vignette does not say. It stays unknown."
    else:
        answer = f"{escape(capitalized(value))}."
    return f'<p class="tl-reply">{question} <b>{answer}</b></p>' + (
        feedback.words_of(quotes) if quotes else ""
    )


def choice(turn: Turn, place: int, is_revealed: bool) -> str:
    """One answer with its letter; once revealed, whether it is right, and why."""
    value, words = turn.choices[place]
    mark = more = ""
    is_long = len(words) > SHORT or turn.question.kind == NEXT
    kind = "tl-choice" + " tl-long" * is_long
    if is_revealed and turn.step:
        is_right = value in turn.step.accepted
        kind += " tl-right" if is_right else " tl-other"
        mark = '<span class="tl-mark">\u2713 right</span>' if is_right else ""
        why = reason(turn.question, value)
        more = f'<span class="tl-why">{escape(why)}</span>' if why else ""
    return (
        f'<div class="{kind}"><span class="tl-letter">{letter(place)}</span>'
        f'<span class="tl-words">{escape(words)}{more}</span>{mark}</div>'
    )


def bar(votes: int, total: int) -> str:
    """How many chose it: as a bar, and as numbers."""
    share = round(100 * votes / total) if total else 0
    percent = f" ({share} %)" if total else ""
    return (
        f'<div class="tl-votes"><div class="tl-bar"><div style="width: {share}%"></div></div>'
        f"<span>{votes}{percent}</span></div>"
    )


def total(turn: Turn, votes: int, elsewhere: int, is_shown: bool) -> str:
    """How many have voted; and what explains the question."""
    if not turn.choices:
        return ""
    words = f"{votes} vote{'' if votes == 1 else 's'}"
    words += f", and {elsewhere} for what is not a choice here" if elsewhere else ""
    help = f'<p class="tp-quiet">{escape(turn.help)}</p>' if turn.help else ""
    return f'<p class="tp-quiet">{words}{"" if is_shown else ", not shown yet"}</p>{help}'


def revealed(turn: Turn) -> str:
    """What is right, with the sentence of the text and the words of the vignette."""
    if turn.step is None:
        return feedback.box("tp-right", _outcome(turn))
    question, step = turn.question, turn.step
    quoted = feedback.sentences_of(question, step.quotes)
    quoted += feedback.words_of(step.words) if step.words else ""
    words = f"<p><b>{escape(right_answer_words(question, step))}</b></p>{quoted}"
    is_last = question.kind == STANDING and turn.place == turn.places
    return feedback.box("tp-right", words + (_beside(question) if is_last else ""))


def _beside(question: PracticeQuestion) -> str:
    """What the text says of the options that were not asked, all at once."""
    reading = question.reading
    items = _items(reading, verdicts_on_everyone(reading))
    said = f"<p><b>For every {escape(reading.subject.singular)}:</b></p><ul>{items}</ul>"
    left = not_asked(question)
    silent = (
        f"<details><summary>{counted(len(left), 'option')} not asked here</summary>The vignette "
        f"says nothing of what decides: {escape(listed(left, reading.groups))}.</details>"
    )
    return said * bool(items) + silent * bool(left)


def _items(reading: Reading, found: Iterable[tuple[str, list[Option]]], more: str = "") -> str:
    return "".join(
        f"<li{more}><b>{escape(verdict)}:</b> {escape(listed(those, reading.groups))}</li>"
        for verdict, those in found
    )


def path(guide: Guide, turn: Turn, known: Mapping[str, str] | None = None) -> str:
    """The path through the trees of a turn, step by step, each beside its drawing.

    `known`: what is revealed by now, where that is less than the whole.
    """
    question = turn.question
    answers = dict(question.walk.answers if known is None else known)
    if question.kind == CONCORDANCE:
        answers |= dict([question.learned])
    walk = guide.walk(answers)
    shown = _shown(turn, walk)
    parts = "".join(_path_on(walk, on, len(guide.trees) > 1) for on in shown)
    return (
        f'<div class="tl-path" tabindex="0" role="region" aria-label="The path">{parts}</div>'
        f"{feedback.in_words(walk)}"
    )


def _shown(turn: Turn, walk: Walk) -> list[TreeWalk]:
    """The trees that a turn is about, as many as one looks at."""
    question, step = turn.question, turn.step
    about = (
        [on for on in walk.trees if on.taken]
        if question.kind == NEXT
        else [
            on
            for on, asked in zip(walk.trees, question.walk.trees, strict=True)
            if asked in trees_of_turns(question)
        ]
    )
    if question.option:
        about = [on for on in walk.trees if question.option in _ids(on)]
    elif step and step.about == FACTOR:
        about = [on for on in about if step.id in on.tree.factors]
    return (about or list(walk.trees))[: feedback.MOST_PICTURES]


def _ids(on: TreeWalk) -> set[str]:
    return {option.id for option in on.tree.options}


def _path_on(walk: Walk, on: TreeWalk, is_named: bool) -> str:
    """The path through one tree in words, and its drawing."""
    reading = walk.reading
    name = f"<p><b>{escape(on.tree.name)}</b></p>" if is_named else ""
    steps = "".join(
        f"<li>{escape(reading.factor(factor).question)} <b>{escape(capitalized(value))}</b></li>"
        for factor, value in on.taken
    )
    if len(on.outcomes) == 1:
        found = verdicts(
            reading, on.tree.options, standings_at(on.tree, on.outcomes[0]), firmness_of(walk)
        )
        ends = _items(reading, found, ' class="tl-end"')
    else:
        ends = f'<li class="tl-end">Still open: {len(on.outcomes)} outcomes.</li>'
    return (
        f'<div class="tl-walked"><div>{name}<ol class="tl-steps">{steps}{ends}</ol></div>'
        f'<div class="tp-picture">{Drawing(on.tree, on).image}</div></div>'
    )


def _outcome(turn: Turn) -> str:
    """What the text says in the end, as far as it is decided."""
    walk, reading = turn.question.walk, turn.question.reading
    found = [(o, walk.standings[o.id].standing) for o in reading.options]
    options = [option for option, standing in found if standing]
    decided = [standing for _, standing in found if standing]
    items = _items(reading, verdicts(reading, options, decided, firmness_of(walk)))
    undecided = [option for option, standing in found if not standing]
    if undecided:
        names = escape(listed(undecided, reading.groups))
        items += f"<li><b>Not decided, for the vignette does not say enough:</b> {names}</li>"
    begins = "What the text says so far:" if undecided else "It is decided. What the text says:"
    return f"<p><b>{begins}</b></p><ul>{items}</ul>"
