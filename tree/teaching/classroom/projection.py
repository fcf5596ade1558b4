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
from ...messages import plural, say, spoken, valued, with_colon
from ...model.disclaimer import disclaimer
from ...model.parts import UNKNOWN, Option, Reading, listed
from ..practice import feedback
from ..questions.divergence import reason, right_answer_words
from ..questions.questions import CONCORDANCE, NEXT, STANDING, PracticeQuestion
from ..questions.steps import FACTOR
from .turns import Turn, letter, not_asked, trees_of_turns

SHORT = 26  # letters of an answer that leave room for what counts its votes beside it


def head(guide: Guide, messages: Iterable[str] = ()) -> str:
    """The title, and what must be known of the records."""
    warnings = "".join(f'<p class="tp-warning">{escape(m)}</p>' for m in messages)
    return (
        f'<div class="tp-head"><span class="tp-title">{escape(guide.title)}</span></div>{warnings}'
    )


def place(where: str) -> str:
    """Where the lesson is; it stays in view with the buttons."""
    return f'<span class="tp-quiet tl-where">{escape(where)}</span>'


def unread(files: int, partly: int) -> list[str]:
    """How many files of records could not be read, and how many in part only."""
    whole = plural(
        "{count} file could not be read; tree.classroom says more",
        "{count} files could not be read; tree.classroom says more",
        files,
    )
    part = plural(
        "{count} file could be read in part; tree.classroom says more",
        "{count} files could be read in part; tree.classroom says more",
        partly,
    )
    return [whole] * bool(files) + [part] * bool(partly)


def foot(guide: Guide) -> str:
    """The text and the tree, to look things up in."""
    return f'{feedback.open_book(guide)}<p class="tp-quiet">{escape(disclaimer(guide))}</p>'


@spoken
def asked(turn: Turn) -> str:
    """What the vignette has just answered, and the question."""
    return f'{_replied(turn)}<p class="tp-asks" role="status">{escape(turn.asks)}</p>'


def _replied(turn: Turn) -> str:
    if turn.reply is None:
        return ""
    factor, value, quotes = turn.reply
    question = escape(turn.question.reading.factor(factor).question)
    if value == UNKNOWN:
        answer = escape(say("The vignette does not say. It stays unknown."))
    else:
        answer = f"{escape(valued(value))}."
    return f'<p class="tl-reply">{question} <b>{answer}</b></p>' + (
        feedback.words_of(quotes) if quotes else ""
    )


@spoken
def choice(turn: Turn, place: int, is_revealed: bool) -> str:
    """One answer with its letter; once revealed, whether it is right, and why."""
    value, words = turn.choices[place]
    mark = more = ""
    is_long = len(words) > SHORT or turn.question.kind == NEXT
    kind = "tl-choice" + " tl-long" * is_long
    if is_revealed and turn.step:
        is_right = value in turn.step.accepted
        kind += " tl-right" if is_right else " tl-other"
        right = escape(say("right"))
        mark = f'<span class="tl-mark">\u2713 {right}</span>' if is_right else ""
        why = reason(turn.question, value)
        more = f'<span class="tl-why">{escape(why)}</span>' if why else ""
    return (
        f'<div class="{kind}"><span class="tl-letter">{letter(place)}</span>'
        f'<span class="tl-words">{escape(words)}{more}</span>{mark}</div>'
    )


def bar(votes: int, total: int) -> str:
    """How many chose it: as a bar, and as numbers."""
    share = round(100 * votes / total) if total else 0
    # Before the first vote the counter says it all.
    words = f"<span>{votes} ({share} %)</span>" if total else ""
    return (
        f'<div class="tl-votes"><div class="tl-bar"><div style="width: {share}%"></div></div>'
        f"{words}</div>"
    )


@spoken
def total(turn: Turn, votes: int, elsewhere: int, is_shown: bool) -> str:
    """How many have voted; and what explains the question."""
    if not turn.choices:
        return ""
    words = plural("{count} vote", "{count} votes", votes)
    if elsewhere:
        words = say(
            "{votes}, and {count} for what is not a choice here", votes=words, count=elsewhere
        )
    if not is_shown:
        words = say("{votes}, not shown yet", votes=words)
    help = f'<p class="tp-quiet">{escape(turn.help)}</p>' if turn.help else ""
    return f'<p class="tp-quiet">{escape(words)}</p>{help}'


@spoken
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
    everyone = escape(say("For every {subject}:", subject=reading.subject.singular))
    said = f"<p><b>{everyone}</b></p><ul>{items}</ul>"
    left = not_asked(question)
    summary = plural("{count} option not asked here", "{count} options not asked here", len(left))
    names = listed(left, reading.groups)
    words = say("The vignette says nothing of what decides: {options}.", options=names)
    silent = f"<details><summary>{escape(summary)}</summary>{escape(words)}</details>"
    return said * bool(items) + silent * bool(left)


def _items(reading: Reading, found: Iterable[tuple[str, list[Option]]], more: str = "") -> str:
    named = ((with_colon(verdict), listed(those, reading.groups)) for verdict, those in found)
    return "".join(
        f"<li{more}><b>{escape(verdict)}</b> {escape(those)}</li>" for verdict, those in named
    )


@spoken
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
    label = escape(say("The path"))
    return (
        f'<div class="tl-path" tabindex="0" role="region" aria-label="{label}">{parts}</div>'
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
        f"<li>{escape(reading.factor(factor).question)} <b>{escape(valued(value))}</b></li>"
        for factor, value in on.taken
    )
    if len(on.outcomes) == 1:
        found = verdicts(
            reading, on.tree.options, standings_at(on.tree, on.outcomes[0]), firmness_of(walk)
        )
        ends = _items(reading, found, ' class="tl-end"')
    else:
        words = say("Still open: {count} outcomes.", count=len(on.outcomes))
        ends = f'<li class="tl-end">{escape(words)}</li>'
    return (
        f'<div class="tl-walked"><div>{name}<ol class="tl-steps">{steps}{ends}</ol></div>'
        f'<div class="tp-picture">{Drawing(on.tree, on, alone=True).image}</div></div>'
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
        words = say("Not decided, for the vignette does not say enough:")
        items += f"<li><b>{escape(words)}</b> {names}</li>"
    begins = say("It is decided. What the text says:")
    if undecided:
        begins = say("What the text says so far:")
    return f"<p><b>{escape(begins)}</b></p><ul>{items}</ul>"
