"""Words that look like markup, and guides all of whose words are such."""

from __future__ import annotations

import random

from hostile import HOSTILE
from written_guides import Value, written

# What names may be: no signs that turn the direction, and nothing that a guide reserves.
AWKWARD = [
    *HOSTILE[:3],
    "end",
    "1. first",
    "12) twelfth",
    "- a list",
    "+ more",
    "# heading",
    "> quoted",
    "=== line",
    "#quot; #35; &quot;",
    "`code` and ```fence```",
    '["round"] (("circle")) {{"hex"}}',
    "a --> b; b -->|c| d",
    "%%{init: {'theme': 'dark'}}%%",
    "**bold** _it_ __b__ ~~gone~~",
    "[link](javascript:alert(1)) ![x](y)",
    "https://example.org www.example.org a@example.org",
    "subgraph x; click a href",
    "$$x^2$$ \\(y\\)",
    "متى نعالج؟ (عاجل) 2.5",
    "转移、肝",
    "| a | b |",
    "<!-- gone -->",
    "{% if %} {{ x }}",
    "fa:fa-car 2.5 km/h don't",
    "a * b * c_d_e",
    "100 % sure & well < 3",
    "---",
    "***",
]


def text() -> str:
    """The text of such a guide, with all the words in it."""
    return "".join(f"Sentence {place}: {words}\n\n" for place, words in enumerate(AWKWARD))


def guide(chance: random.Random) -> str:
    """The source of a guide of some of these words."""
    words = chance.sample(AWKWARD, 12)
    places = iter(chance.sample(range(len(AWKWARD)), 8))

    def quote() -> str:
        place = next(places)
        return f"Sentence {place}: {AWKWARD[place]}"

    factors: dict[str, Value] = {
        "a": {"question": words[0], "quote": quote(), "values": words[1:4]},
        "b": {"question": words[4], "quote": quote(), "help": words[5]},
    }
    options: dict[str, Value] = {
        f"o{n}": {"name": words[6 + n], "quote": quote()} for n in range(3)
    }
    statements: dict[str, Value] = {
        "s": {"quote": quote(), "when": {"a": words[1]}, "offer": "o0"},
        "t": {"quote": quote(), "when": {"a": [words[1], words[2]], "b": "no"}, "withhold": "o1"},
        "u": {"quote": quote(), "offer": "o2"},
    }
    whole: dict[str, Value] = {
        "title": words[9],
        "passages": {"all": {"author": words[10], "begins": "Sentence 0:"}},
        "factors": factors,
        "options": options,
        "statements": statements,
    }
    return written(whole)
