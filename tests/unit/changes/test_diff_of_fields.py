"""Whatever an author can write of an entry: a change of it is listed, at that entry."""

from __future__ import annotations

import json

import pytest
import strange_guides
from command_line import run
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import tree
from tree.loading import keys

TEXT, GUIDE = strange_guides.TEXT, strange_guides.GUIDE
OUTDOORS = '  outdoors: {passage: two, when: {knots: {to: 40}}, quote: "Walk, says Else"}\n'
UNLESS = "    unless: {knots: [{over: 90}, not measured], weak: weak}\n"
# A field, its entry, and how the guide says it before and after: "" where it does not say it.
CHANGES = [
    ("guide", "", "subject", "{one: guest, many: guests}", "{one: guest, many: visitors}"),
    ("guide", "", "subject", "many: guests}", "many: guests, medical: true}"),
    ("guide", "", "grades", "{A: sure, B: less sure}", "{A: sure, B: unsure}"),
    ("guide", "", "grades", "{A: sure, B: less sure}", "{B: less sure, A: sure}"),
    ("factor", "knots", "short", "short: Wind", "short: Gusts"),
    ("factor", "knots", "short", "    short: Wind\n", ""),
    ("factor", "knots", "range", "range: {from: 0, below: 200}", "range: {from: 0, below: 190}"),
    ("factor", "knots", "range", "    range: {from: 0, below: 200}\n", ""),
    ("factor", "rain", "short", "help: Look out.", "help: Look out., short: Rain"),
    ("option", "water", "short", "short: W,", "short: H2O,"),
    ("option", "water", "short", " short: W,", ""),
    ("scope", "outdoors", "condition", "when: {knots: {to: 40}}", "when: {knots: {over: 40}}"),
    ("scope", "outdoors", "quote", 'quote: "Walk, says Else"', 'quote: "says Else"'),
    ("scope", "inside", "place", "ends: for the weak.", "ends: Some prefer rest."),
    ("statement", "rainy", "strength", "strength: drink", "strength: If"),
    ("statement", "rainy", "strength", "    strength: drink\n", ""),
    ("statement", "rainy", "grade", "grade: A", "grade: B"),
    ("statement", "rainy", "grade", "    grade: A\n", ""),
    ("statement", "rainy", "unless", ", weak: weak}", ", weak: frail}"),
    ("statement", "rainy", "unless", UNLESS, ""),
    ("statement", "outside", "scopes", OUTDOORS, ""),
]
ALSO = ("    also: [not measured]\n", "    also: [not measured, broken]\n")


# On the same text a guide with other entries.
OTHER = """\
title: Tea or a walk?
factors: {wet: {question: Is it wet?, quote: If it rains}}
options: {drinking: {name: Drinking, quote: {words: tea, nth: 1}}}
statements: {one: {quote: Drink tea or water., when: {wet: yes}, offer: drinking}}
"""


def loaded(guide: str) -> tree.Guide:
    report = tree.check_text(TEXT, guide)
    assert report.guide, report
    return report.guide


def changed_in(found: tree.GuideChanges, kind: str, entry: str) -> set[str]:
    return {
        field.name
        for change in found.entries
        if change.kind == kind and change.after == (entry or "")
        for field in change.fields
    }


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change[1]}-{change[2]}")
def test_a_change_of_a_field_is_listed_at_its_entry(change: tuple[str, ...]) -> None:
    kind, entry, field, old, new = change
    assert GUIDE.count(old) == 1, old
    before, after = loaded(GUIDE), loaded(GUIDE.replace(old, new))
    for one, other in ((before, after), (after, before)):
        found = tree.diff(one, other)
        assert found
        assert field in changed_in(found, kind, entry)
        assert f"      {field}: " in str(found)
        assert json.loads(json.dumps(found.to_dict()))["changed"]
    assert not tree.diff(after, loaded(GUIDE.replace(old, new)))


def test_a_named_answer_beside_a_number_is_listed() -> None:
    found = tree.diff(loaded(GUIDE), loaded(GUIDE.replace(*ALSO)))
    assert "also" in changed_in(found, "factor", "knots")
    assert "      also: not measured → not measured, broken" in str(found)


@examples(80)
@given(st.sets(st.sampled_from(CHANGES), min_size=1, max_size=6))
def test_several_changes_at_once_are_all_listed(changes: set[tuple[str, ...]]) -> None:
    guide = GUIDE
    for *_, old, new in sorted(changes):
        if guide.count(old) == 1:
            guide = guide.replace(old, new)
    report = tree.check_text(TEXT, guide)
    if not report.guide:
        return
    found = tree.diff(loaded(GUIDE), report.guide)
    for kind, entry, field, _, new in changes:
        if new and new in guide and GUIDE.count(new) != guide.count(new):
            assert field in changed_in(found, kind, entry)


def test_every_key_of_the_format_is_listed() -> None:
    """A key that is new in the format must be listed, too."""
    found = tree.diff(loaded(OTHER), loaded(GUIDE))
    # Several keys make one place of a scope, and one condition.
    together = {"when", "any", "all", "begins", "ends", "draft"}
    for section in (keys.FACTOR, keys.OPTION, keys.SCOPE, keys.STATEMENT):
        listed = {
            field.name
            for change in found.entries
            if change.kind == section.name
            for field in change.fields
        }
        more = {"passage": "place"} if section is keys.SCOPE else {}
        assert {more.get(key, key) for key in section.names} - together <= listed


def test_on_the_command_line(tmp_path) -> None:
    for name, guide in (("old", GUIDE), ("new", GUIDE.replace("grade: A", "grade: B"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "text.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / name / "guide.yaml").write_text(guide, encoding="utf-8")
    done = run("diff", tmp_path / "old", tmp_path / "new")
    assert done.returncode == 1
    assert "  changed rainy\n      grade: A → B\n" in done.out
