"""The catalog that a page carries: what its scripts say, in the language in force.

The front end says`Next question: ${question}`: the words around the parts are the name of the
message, as `Next question: {question}` is in Python and in the catalogs; `static/messages.js` finds
it by what stands around the parts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from ..messages import VALUES, catalog, language
from ..model.factors import capitalized

_SAID = re.compile(r"\bsay`([^`]*)`")
_PART = re.compile(r"\$\{([\w.[\]]*?)(\w+)\}")
_WORDS = r'\s*"((?:[^"\\]|\\.)*)",'
_PLURAL = re.compile(rf"\bplural\({_WORDS}{_WORDS}")
_NAMED = re.compile(r"\{(\w+)\}")
MOST_FORMS = 200  # the form of a larger count is that of 100 and its last two digits


def messages_in(script: str) -> Iterator[tuple[int, str | tuple[str, str]]]:
    """The messages of a script, each with the place where it begins; of a plural both forms.

    >>> list(messages_in("write(say`Hint: ${asked.name}`)"))
    [(6, 'Hint: {name}')]
    """
    for found in _SAID.finditer(script):
        message = _PART.sub(r"{\2}", found[1])
        if "$" in message:
            raise ValueError(f"{found[0]}: a part of a message must be a name; give it one")
        yield found.start(), message
    for found in _PLURAL.finditer(script):
        yield found.start(), (found[1], found[2])


def catalog_for(script: str) -> dict[str, Any]:
    """What a script says in the language in force, as a part of its payload; empty in English."""
    known = catalog(language())
    form = getattr(known, "plural", None)
    if form is None:
        return {}
    words, plurals = {}, {}
    for message in (*_all_in(script), *map(capitalized, VALUES)):
        if isinstance(message, tuple):
            count = {form(number): number for number in range(MOST_FORMS)}
            plurals[message[0]] = [known.ngettext(*message, count[n]) for n in sorted(count)]
        elif (said := known.gettext(message)) != message:
            parts = _NAMED.findall(message)
            places = {part: f"{{{place}}}" for place, part in enumerate(parts)}
            words[message.format(**dict.fromkeys(parts, "{}"))] = said.format(**places)
    forms = "".join(str(form(number)) for number in range(MOST_FORMS))
    return {"messages": {"words": words, "plurals": plurals, "forms": forms}}


@functools.cache
def _all_in(script: str) -> tuple[str | tuple[str, str], ...]:
    return tuple(dict.fromkeys(message for _, message in messages_in(script)))
