"""What the widgets of teaching have in common."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML, Button

from ...web.bundle import styles


def style(*names: str) -> HTML:
    """Style sheets for the widget that this one stands in."""
    return HTML(f"<style>{styles(*names)}</style>")


def button(words: str, do: Callable[[], None], style: str = "", help: str = "") -> Button:
    """A button that does something."""
    made = Button(description=words, button_style=style, tooltip=help or None)
    made.on_click(lambda _button: do())
    return made
