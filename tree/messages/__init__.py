"""The words of screens, in the language of a guide.

An English sentence is the name of its message and stands where it is used, so English needs no
catalog. `messages.pot` lists all messages, of Python and of the front end. A language is a file
beside it, such as `de.po`, with what `make messages` compiles from it, `de.mo`: GNU gettext's way.
What a catalog does not have is said in English. The variable TREE_MESSAGES names a folder with more
catalogs, which come before these.

The language in force is that of the guide whose words are made. Whoever makes them for others
enters it, see `spoken`; what is called on the way has no parameter for it.
"""

from __future__ import annotations

import functools
import gettext
import itertools
import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

FOLDER = Path(__file__).parent
ENGLISH = "en"
# What every guide may have as a value; all other values are its own.
VALUES = ("yes", "no", "unknown", "any")
_OWNERS = ("reading", "guide", "tree", "walk", "question", "reference")
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)
# Its messages, looked up once when it is put in force; None until then.
_messages: ContextVar[gettext.NullTranslations | None] = ContextVar("messages", default=None)
_P = ParamSpec("_P")
_R = TypeVar("_R")


def say(message: str, /, **parts: object) -> str:
    """A message in the language in force, its {parts} filled in; numbers with their marks.

    >>> say("Next question: {question}", question="Is it cold?")
    'Next question: Is it cold?'
    >>> say("Still open: {count} outcomes.", count=1200)
    'Still open: 1,200 outcomes.'
    """
    return _filled(_catalog_in_force().gettext(message), parts)


def later(message: str) -> str:
    """A message for translators that is said elsewhere, in the language in force there.

    It marks a message in a table, as `N_` does in other programs that use gettext.

    >>> later("Offered")
    'Offered'
    """
    return message


def plural(one: str, many: str, count: int, /, **parts: object) -> str:
    """The same of a message that depends on a count; {count} is its number.

    >>> plural("{count} vote", "{count} votes", 1), plural("{count} vote", "{count} votes", 1200)
    ('1 vote', '1,200 votes')
    """
    words = _catalog_in_force().ngettext(one, many, count)
    return _filled(words, {"count": count, **parts})


def _filled(words: str, parts: Mapping[str, object]) -> str:
    written = {
        name: number(part) if isinstance(part, int | float) else part
        for name, part in parts.items()
    }
    return words.format(**written)


def number(written: str | float) -> str:
    """A number, or one as English writes it, with the marks of the language in force.

    A translator writes 1,234.5 as people there do; digits stay those of the text.

    >>> with in_language("de"):
    ...     number("0.5"), number(1200)
    ('0,5', '1.200')
    """
    if isinstance(written, int | float):
        written = f"{written:,}"
    group, decimal = re.findall(r"(?<=\d)\D(?=\d)", say("1,234.5"))
    return written.translate({ord(","): group, ord("."): decimal})


def in_quotes(words: str) -> str:
    """Words of others, between the quotation marks of the language in force.

    >>> with in_language("de"):
    ...     in_quotes("es regnet")
    '„es regnet“'
    """
    return say("“{words}”", words=words)


def direction() -> str:
    """The way in which the language is read: "ltr", from left to right, or "rtl".

    >>> with in_language("ar"):
    ...     direction()
    'rtl'
    """
    return "rtl" if say("ltr") == "rtl" else "ltr"


def valued(value: str) -> str:
    """A value as it is written for people.

    >>> valued("yes"), valued("on MRI")
    ('Yes', 'On MRI')
    """
    label = value[:1].upper() + value[1:]
    return say(label) if value in VALUES else label


def worded(value: str) -> str:
    """A value as it stands within a sentence.

    >>> worded("yes"), worded("on MRI")
    ('yes', 'on MRI')
    """
    return say(value) if value in VALUES else value


def apart(words: str) -> str:
    """Words of a guide beside those of a screen: from the right, each are read their own way.

    >>> with in_language("ar"):
    ...     apart("Tea?")
    '\\u2068Tea?\\u2069'
    >>> apart("Tea?")
    'Tea?'
    """
    return f"\u2068{words}\u2069" if direction() == "rtl" else words


def either(words: Iterable[str]) -> str:
    """Words of which one will do.

    >>> either(["mild", "moderate", "severe"])
    'mild, moderate or severe'
    """
    *others, last = words
    return say("{others} or {last}", others=in_a_row(others), last=last) if others else last


def both(words: Iterable[str]) -> str:
    """Words all of which count.

    >>> both(["tea", "cake", "rest"])
    'tea, cake and rest'
    """
    *others, last = words
    return say("{others} and {last}", others=in_a_row(others), last=last) if others else last


def in_a_row(words: Iterable[str]) -> str:
    """Words one after the other.

    >>> with in_language("zh"):
    ...     in_a_row(["茶", "糖"])
    '茶、糖'
    """
    return say(", ").join(words)


def in_turn(words: Iterable[str]) -> str:
    """The same of what has commas of its own.

    >>> in_turn(["tea, or cake", "rest"])
    'tea, or cake; rest'
    """
    return say("; ").join(words)


def with_colon(label: str, words: str = "") -> str:
    """Words after what they are of; without words, what comes before them.

    >>> with in_language("fr"):
    ...     with_colon("Proposé", "du thé"), with_colon("Proposé")
    ('Proposé\xa0: du thé', 'Proposé\xa0:')
    """
    return (
        say("{label}: {words}", label=label, words=words) if words else say("{label}:", label=label)
    )


def at_colon(line: str) -> tuple[str, str]:
    """A line of `with_colon` in its two parts: the label with its colon, and the words.

    >>> at_colon(with_colon("Offered", "tea: green"))
    ('Offered:', 'tea: green')
    """
    mark = say("{label}: {words}", label="", words="")
    label, found, words = line.partition(mark)
    return label + found.rstrip(), words


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Put a language in force, such as "de" or "pt-BR".

    >>> with in_language("de"):
    ...     say("Offered")
    'Angeboten'
    """
    messages = catalog(tag)  # before anything is in force: it may fail
    before, messages_before = _language.set(tag), _messages.set(messages)
    try:
        yield
    finally:
        _language.reset(before)
        _messages.reset(messages_before)


def language() -> str:
    """The language in force."""
    return _language.get()


def read_both_ways(thing: Any) -> bool:
    """Whether a guide, or something of one, is read another way than the language in force."""
    way = direction()
    with in_language(thing.language):
        return way != direction()


def spoken(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Make a function speak the language of its first argument: a guide, or something of one.

    What a generator yields is made at once, so that nobody goes on in another language.
    What is of a guide has it, or something else that does, as one of the attributes _OWNERS.
    """

    @functools.wraps(function)
    def speaking(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with in_language(language_of(args[0])):
            made = function(*args, **kwargs)
            return cast(_R, iter([*made])) if isinstance(made, Generator) else made

    return speaking


def language_of(thing: Any) -> str:
    """The language of the words of a guide, or of what has one."""
    while not hasattr(thing, "words_in"):
        thing = next(getattr(thing, name) for name in _OWNERS if hasattr(thing, name))
    return cast(str, thing.words_in or thing.language)


def shared(languages: Iterable[str]) -> str:
    """The language of a screen about several guides: theirs if they have the same, or English.

    >>> shared(["de", "de"]), shared(["de", "en"]), shared([])
    ('de', 'en', 'en')
    """
    tags = set(languages)
    return tags.pop() if len(tags) == 1 else ENGLISH


def catalog(tag: str) -> gettext.NullTranslations:
    """The messages in a language; those of "pt-BR" fall back to "pt", and both to English."""
    more = os.environ.get("TREE_MESSAGES", "")
    return _catalog(tag.lower(), *([Path(more)] if more else []), FOLDER)


def _catalog_in_force() -> gettext.NullTranslations:
    return _messages.get() or catalog(_language.get())


@functools.cache
def _catalog(tag: str, *folders: Path) -> gettext.NullTranslations:
    found = gettext.NullTranslations()
    # From what others fall back on: "pt" before "pt-br", our own folder before another.
    for name in itertools.accumulate(tag.split("-"), "{}-{}".format):
        for path in (path for folder in reversed(folders) for path in folder.glob("*.mo")):
            if path.stem.lower() == name:
                with path.open("rb") as file:
                    nearer = gettext.GNUTranslations(file)
                nearer.add_fallback(found)
                found = nearer
    return found
