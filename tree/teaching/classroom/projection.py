"""What a lesson shows on the projector, as HTML. All that comes from people is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ...guide import Guide
from ...logic.firmness import firmness_of, verdicts
from ...model.disclaimer import disclaimer
from ...model.parts import UNKNOWN, capitalized, listed
from ..practice import feedback
from ..questions.divergence import reason, right_answer_words
from .turns import Turn, letter

SHORT = 22  # letters of an answer that leave room for its votes on the same line


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
    help = f'<p class="tp-quiet">{escape(turn.help)}</p>' if turn.help else ""
    return f'{_replied(turn)}<p class="tp-asks" role="status">{escape(turn.asks)}</p>{help}'


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
    kind = "tl-choice" + " tl-long" * (len(words) > SHORT)
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


def total(votes: int, elsewhere: int, is_shown: bool) -> str:
    """How many have voted."""
    words = f"{votes} vote{'' if votes == 1 else 's'}"
    words += f", and {elsewhere} for what is not a choice here" if elsewhere else ""
    return f'<p class="tp-quiet">{words}{"" if is_shown else ", not shown yet"}</p>'


def revealed(turn: Turn) -> str:
    """What is right, with the sentence of the text and the words of the vignette."""
    if turn.step is None:
        return feedback.box("tp-right", _outcome(turn))
    question, step = turn.question, turn.step
    quoted = feedback.sentences_of(question, step.quotes)
    quoted += feedback.words_of(step.words) if step.words else ""
    return feedback.box(
        "tp-right", f"<p><b>{escape(right_answer_words(question, step))}</b></p>{quoted}"
    )


def _outcome(turn: Turn) -> str:
    """What the text says in the end, as far as it is decided."""
    walk, reading = turn.question.walk, turn.question.reading
    found = [(o, walk.standings[o.id].standing) for o in reading.options]
    options = [option for option, standing in found if standing]
    decided = [standing for _, standing in found if standing]
    items = "".join(
        f"<li><b>{escape(verdict)}:</b> {escape(listed(those, reading.groups))}</li>"
        for verdict, those in verdicts(reading, options, decided, firmness_of(walk))
    )
    undecided = [option for option, standing in found if not standing]
    if undecided:
        names = escape(listed(undecided, reading.groups))
        items += f"<li><b>Not decided, for the vignette does not say enough:</b> {names}</li>"
    begins = "What the text says so far:" if undecided else "It is decided. What the text says:"
    return f"<p><b>{begins}</b></p><ul>{items}</ul>"
