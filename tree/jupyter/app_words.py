"""The words of the app's own, around what its notebooks show; in the language in force."""

from __future__ import annotations

from ..messages import say


def title() -> str:
    """What the project is called at the head of a list of its pages."""
    return say("Decision trees from quoted statements")


def first_page_words() -> dict[str, str]:
    """The words of the first page, by their places in its template."""
    return {
        "title": title(),
        "lead": say(
            "A text often hides how to decide. Here that is a tree, and every branch of it rests "
            "on words of the text."
        ),
        "address": say(
            "Everybody who opens a page has a state of their own. The address names it: keep the "
            "address to come back to where you stopped."
        ),
        "light": say("Light colours"),
        "dark": say("Dark colours"),
        "opening": say("Opening … this takes 5 to 10 seconds."),
    }


def error_words(status: int, why: str = "") -> dict[str, str]:
    """The words of a page that says what went wrong, by their places in its template."""
    titles = {
        403: say("Not opened"),
        404: say("No such page"),
        503: say("No place is free"),
    }
    return {
        "title": titles.get(status) or say("Something went wrong"),
        "why": say(why) if why else "",
        "open": say("Open the page"),
        "all": say("All pages"),
    }


def page_words() -> dict[str, str]:
    """The words around the page of a notebook, by their places in its template and scripts."""
    return {
        "all": say("All pages"),
        "starting": say("Starting a session for you …"),
        "opening": say("Opening the page"),
        "patience": say("This takes 5 to 10 seconds, and longer when a whole class comes at once."),
        "reading": say("Reading the text and its tree …"),
        "drawing": say("Drawing the page …"),
        "ended": say(
            "This page was not looked at for a while, so its session was ended to make room for "
            "others. What you have answered in practice is kept."
        ),
        "on": say("Go on"),
    }
