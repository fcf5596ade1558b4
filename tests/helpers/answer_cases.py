"""Answers as people, spreadsheets and programs give them, and guides to give them to."""

from __future__ import annotations

import json
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

import tree

# Values, or bands with their bounds, or all keys of a number.
FACTORS: dict[str, Any] = {
    "bands named no and yes": {"no": {"below": "2"}, "yes": {"from": "2"}},
    "bands named 0 and 1": {"0": {"to": "0.5"}, "1": {"over": "0.5"}},
    "bands named false and true": {"false": {"below": "1"}, "true": {"from": "1"}},
    "bands with an end": {"young": {"from": "0", "below": "18"}, "Old": {"from": "18", "to": "65"}},
    "yes and no": ["yes", "no"],
    "no and yes": ["no", "yes"],
    "more than yes and no": ["yes", "no", "not asked"],
    "words": [
        "low",
        "High",
        "Straße",
        "caf\u00e9",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    ],
    "numbers": ["0", "1", "2.5", "true"],
    "a score": {"range": {"from": "0", "to": "5"}, "also": ["not done", "no"]},
    "hours": {"unit": "hours", "also": "n. a."},
    "bands and a word": {
        "values": {"short": {"to": "2"}, "long": {"over": "2"}},
        "range": {"over": "0", "below": "66"},
        "also": ["yes", "true"],
    },
}
# The values of those whose bands follow from limits, and how a condition says them.
LIMITED: dict[str, dict[str, Any]] = {
    "a score": {"up to 2": {"to": "2"}, "over 2": {"over": "2"}},
    "hours": {
        "below 1 hours": {"below": "1"},
        "from 1 to 2.5 hours": {"from": "1", "to": "2.5"},
        "over 2.5 hours": {"over": "2.5"},
    },
}


def values_of(kind: str) -> dict[str, Any]:
    """The values of a factor, each with what a condition says of it."""
    made = FACTORS[kind]
    if not isinstance(made, dict) or "also" not in made:
        return {value: value for value in made}
    also = [made["also"]] if isinstance(made["also"], str) else made["also"]
    own = LIMITED.get(kind) or {value: value for value in made["values"]}
    return {**own, **{value: value for value in also}}


TEXT = "Ask it. " + "".join(f"Take choice {i}. Rule {i} holds. " for i in range(5))


def written(kind: str) -> str:
    """A guide in which every value leads to an outcome of its own. JSON is YAML."""
    values = values_of(kind)
    made = FACTORS[kind]
    keys = made if isinstance(made, dict) and "also" in made else {"values": made}
    numbers = range(len(values))
    guide = {
        "title": "What to take?",
        "factors": {"f": {"question": "It?", "quote": "Ask it.", **keys}},
        "options": {
            f"o{i}": {"name": f"choice {i}", "quote": f"Take choice {i}."} for i in numbers
        },
        "statements": {
            f"s{i}": {"quote": f"Rule {i} holds.", "when": {"f": value}, "offer": f"o{i}"}
            for i, value in enumerate(values.values())
        },
    }
    return json.dumps(guide, ensure_ascii=False)


GUIDES = {kind: tree.loads(TEXT, written(kind)) for kind in FACTORS}


kinds = st.sampled_from(list(FACTORS))


plain_numbers = st.sampled_from([-1, 0, 0.5, 1, 1.0, 2, 2.5, 17.999, 18, 65, 66, 1e12, 1e-5])


@st.composite
def words(draw: st.DrawFn) -> str:
    """A value, or a word for one, or a number, written as people and spreadsheets do."""
    every = [value for kind in FACTORS for value in values_of(kind)]
    others = ["y", "n", "t", "f", "true", "false", "1", "0", "unknown", "", "si", "nan", "inf"]
    numbers = ["1,5", "7,5", "1,000", "0,125", "1.0", "01", "-1", "1e0", "1e400", "9" * 13, "1e-05"]
    word = draw(st.sampled_from([*every, *others, *numbers]) | plain_numbers.map(str))
    changes = [
        *(str, str.upper, str.lower, str.title, " {}".format, "{} ".format, "{}\u00a0".format),
        *("\ufeff{}".format, "\u200b".join, lambda w: w.replace(".", ",")),
        lambda w: unicodedata.normalize("NFD", w),
    ]
    for change in draw(st.lists(st.sampled_from(changes), max_size=2)):
        word = change(word)
    return word


@st.composite
def partial_words(draw: st.DrawFn) -> str:
    """What is known in part: several words, or a range of numbers."""
    if draw(st.booleans()):
        return draw(st.sampled_from([" or ", ", "])).join(
            draw(st.lists(words(), min_size=2, max_size=3))
        )
    limits = ["{} to {}", "over {}", "at most {}", "from {} to {}", "{1}-{0}", ">= {}", "< {}"]
    numbers = st.sampled_from([-1, 0, 0.5, 1, 2, 2.5, 17.999, 18, 65, 66])
    return draw(st.sampled_from(limits)).format(draw(numbers), draw(numbers))


odd = st.sampled_from(
    [None, float("nan"), pd.NA, pd.NaT, True, False, np.True_, np.False_, np.int8(1), np.uint64(0),
     np.float32(0.5), Decimal("1.0"), Decimal("2.5"), Decimal("NaN"), Decimal("sNaN"),
     Decimal("1e400"), Fraction(1), Fraction(5, 2), Fraction(10**400), 10**400, -(10**400),
     float("inf"), float("-inf"), 1 + 0j, np.complex128(1), [1], ("yes",), b"yes", [], {1, 2},
     ["yes", "no"], ("low", "High"), ["young", None], [0, "not done"], [[1], [2]], {"low": 1},
     pd.Timestamp("2020-01-01")]
)  # fmt: skip


# Columns as tables have them: of one kind, or of all.
columns = st.one_of(
    st.lists(words() | partial_words(), min_size=1, max_size=6),
    st.lists(st.booleans(), min_size=1, max_size=3),
    st.lists(st.sampled_from([-1, 0, 1, 2, 18, 65, 66]), min_size=1, max_size=6),
    st.lists(plain_numbers.map(float), min_size=1, max_size=6),
)


mixed = st.lists(words() | partial_words() | plain_numbers | odd, min_size=1, max_size=8)


def meaning(guide: tree.Guide, answer: object) -> str | tuple[str, ...] | None:
    """The value that it means, or several; "" for unknown, None where it is refused."""
    try:
        return guide.check_possible({"f": answer}).get("f", "")
    except tree.AnswerError:
        return None
