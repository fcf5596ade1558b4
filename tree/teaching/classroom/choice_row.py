"""One choice of a class on a row of its own, with what counts and shows its votes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, BoundedIntText, HBox

from ...messages import say
from ..practice.controls import button
from . import projection

MOST_VOTES = 9_999


class ChoiceRow(HBox):
    """A choice, its votes, and a button that asks it.

    `counted` is called with the votes of a show of hands; without it they cannot be counted
    here. `ask` is called when the class asks this; without it there is no such button.
    """

    def __init__(
        self,
        words: str,
        votes: int,
        counted: Callable[[int], None] | None,
        ask: Callable[[], None] | None,
    ) -> None:
        self.label, self._bar = HTML(), HTML()
        self._counter: BoundedIntText | None = None
        by_hand = self._counting(words, votes, counted) if counted else []
        self._votes = [*by_hand, self._bar]
        self._asks = [button(say("Ask"), ask, help=say("Ask: {words}", words=words))] if ask else []
        self.parts: list[Any] = [self.label, *self._votes, *self._asks]
        super().__init__()
        self.add_class("tl-row")

    def show(self, votes: int, total: int, is_shown: bool) -> None:
        """Show how many of all votes are for this choice, or take them out of the page."""
        self.children = [self.label, *(self._votes if is_shown else []), *self._asks]
        # Not even in the page, as long as they are not shown.
        self._bar.value = projection.bar(votes, total) if is_shown else ""
        if self._counter:
            self._counter.value = votes

    def _counting(self, words: str, votes: int, counted: Callable[[int], None]) -> list[Any]:
        """What a show of hands is counted with."""
        label = say("Votes: {words}", words=words)
        counter = BoundedIntText(votes, min=0, max=MOST_VOTES, description=label)
        self._counter = counter

        def read(change: Mapping[str, Any]) -> None:
            counted(change["new"])

        counter.observe(read, "value")

        def step(by: int) -> None:
            counter.value += by

        fewer = button("\u2212", lambda: step(-1), help=say("One vote less: {words}", words=words))
        more = button("+", lambda: step(1), help=say("One vote more: {words}", words=words))
        return [fewer, counter, more]
