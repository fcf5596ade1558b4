"""Cards as HTML: the question, and the answer with its sentences. Words are never markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ...messages import at_colon
from .cards import Card, CardKind, CardSentence, Picture

# Anki and Moodle look for formulas in a page, but not inside these classes.
PLAIN = "tex2jax_ignore mathjax_ignore"


def words(text: str) -> str:
    """Text as HTML that shows it letter by letter.

    >>> words("<b> [sound:x.mp3]")
    '&lt;b&gt; &#91;sound:x.mp3]'
    """
    # In square brackets Anki looks for sounds and formulas, before it looks at HTML.
    return escape(text).replace("[", "&#91;")


def question(card: Card) -> str:
    """What is known, and what is asked."""
    return f"{_given(card)}<p class='question'><b>{words(card.question)}</b></p>"


def answer(card: Card) -> str:
    """The answer, and the sentences that give it."""
    lines = [f"<b>{words(line)}</b>" for line in card.answer]
    if card.kind is CardKind.CASE:
        # A standing, and after it the options.
        parts = map(at_colon, card.answer)
        lines = [f"<b>{words(standing)}</b> {words(options)}" for standing, options in parts]
    note = f"<p class='note'>{words(card.note)}</p>" if card.note else ""
    return f"<p class='answer'>{'<br>'.join(lines)}</p>{note}{quoted(card.sentences)}"


def quoted(sentences: Iterable[CardSentence]) -> str:
    """Sentences of the text, each with who says it and on what basis."""
    return "".join(
        f"<blockquote>{words(one.words)}<br><small>{words(one.origin)}</small></blockquote>"
        for one in sentences
    )


def image(picture: Picture, source: str) -> str:
    """A picture that is found at `source`."""
    return f'<p class="branch"><img src="{source}" alt="{words(picture.alt)}"></p>'


def _given(card: Card) -> str:
    if len(card.given) == 1:
        return f"<p class='given'>{words(card.given[0])}</p>"
    return "<ul class='given'>" + "".join(f"<li>{words(g)}</li>" for g in card.given) + "</ul>"
