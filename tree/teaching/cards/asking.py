"""What a card asks, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ...guide import Guide
from ...messages import say
from ...model.parts import Option, Statement, listed


def anyone(guide: Guide) -> str:
    """Whom a card is about that asks no condition."""
    return say("Any {subject}.", subject=guide.subject.singular)


def of_options(guide: Guide, statement: Statement, options: Sequence[Option]) -> str:
    """What a card asks of some options."""
    names = listed(options, guide.groups)
    if by := author(guide, statement.quotes[0].passage):
        return say("{author}: what does the text say about {options}?", author=by, options=names)
    return say("What does the text say about {options}?", options=names)


def of_several(guide: Guide, statement: Statement, names: str) -> str:
    """What a card asks of options that are related."""
    if by := author(guide, statement.quotes[0].passage):
        return say(
            "{author}: what does the text say about these options together: {options}?",
            author=by,
            options=names,
        )
    return say("What does the text say about these options together: {options}?", options=names)


def of_remarks(guide: Guide, remark: Statement) -> str:
    """What a card asks of remarks."""
    if by := author(guide, remark.quotes[0].passage):
        return say("{author}: what is said for everyone, whichever option is chosen?", author=by)
    return say("What does the text say for everyone, whichever option is chosen?")


def author(guide: Guide, passage: str) -> str:
    """Whose passage it is."""
    return next((p.author for p in guide.text.passages if p.id == passage), "")
