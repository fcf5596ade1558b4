"""A page's script in fewer bytes says and does the same."""

from __future__ import annotations

import re

from tree.web.bundle import scripts
from tree.web.catalog import messages_in
from tree.web.minified import minified_script

SCRIPT = scripts("large.js", "trees.js", "several.js", "bands.js", "practice.js", "page.js")
SMALL = minified_script(SCRIPT)
AT_THE_TOP = set(re.findall(r"^(?:async )?(?:function|const|let) (\w+)", SCRIPT, re.MULTILINE))


def test_it_says_the_same() -> None:
    assert {message for _, message in messages_in(SMALL)} == {
        message for _, message in messages_in(SCRIPT)
    }
    for word in ("true", "false", "undefined"):
        assert SMALL.count(f'"{word}"') == SCRIPT.count(f'"{word}"')


def test_a_name_is_made_short_everywhere_or_nowhere() -> None:
    short = {name for name in AT_THE_TOP if not re.search(rf"(?<![\w$.]){name}\b", SMALL)}
    assert len(short) > 200
    assert not [name for name in short if re.search(rf"\b{name}\b", SMALL)]
    # No two have the same short name, and nothing else had it before.
    given = set(re.findall(r"(?<![\w{`])\$[0-9a-f]+\b", SMALL))
    assert len(given) == len(short)
    assert not re.findall(r"(?<![\w{`])\$[0-9a-f]+\b", SCRIPT)
    assert len(SMALL.encode()) < 0.6 * len(SCRIPT.encode())
