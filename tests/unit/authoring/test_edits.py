"""Steps of an author: what each changes, and that it changes nothing else."""

import random

import pytest
import random_edits
import strange_guides
import yaml
from chances import chances
from examples import examples
from hypothesis import given
from places import DATA

import tree
from tree.authoring import entries
from tree.authoring.edits import Conflict, applied
from tree.authoring.entries import Place
from tree.authoring.guide_files import guide_files, joined
from tree.authoring.new_guide import source
from tree.authoring.review_queue import review_queue
from tree.model.text import Text

TEXT = Text("text.txt", "If it rains, drink tea. If it snows, drink tea or cocoa. Good luck!")
GUIDE = """\
# How we read it.
title: Tea?   # a question

factors:
  # asked first
  rain: {question: Does it rain?, quote: If it rains}   # a plain one
  snow:
    question: Does it snow?  # or hail
    # the words alone
    quote: it snows
    draft: true
options:
  tea:
    name: tea
    quote: {words: drink tea, nth: 1}
  cocoa: {name: cocoa, quote: cocoa}

statements:

  # rain
  drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}

  # snow
  warm:
    quote: If it snows, drink tea or cocoa.
    when: {snow: yes}
    offer:
      - tea    # hot
      - cocoa  # sweet
    outweighs: [drink]
context:
  - quote: Good luck!
    reason: an aside
"""
CASES = """\
bergen:
  vignette: It rains, and it does not snow.
  answers:
    rain: {value: yes, words: It rains}
    snow: {value: no, words: not snow}
"""


def made():
    return guide_files(GUIDE, CASES)


def held(source):
    return yaml.load(source, yaml.CBaseLoader)


def after(edit, before=None):
    result = applied(before or made(), edit)
    assert not isinstance(result, Conflict), str(result)
    return result


def lines_left_alone(old, new, edit):
    """The lines of blocks that an edit does not name are there, in order, letter by letter."""
    named = {change.path for change in edit.changes}
    left = [
        line
        for block in old.blocks
        if block.path not in named
        for line in (block.lead + block.body).splitlines(keepends=True)
    ]
    there = iter([*new.guide.splitlines(keepends=True), *new.cases.splitlines(keepends=True)])
    # The last line of a file may get its end.
    return all(any(line == other or line + "\n" == other for other in there) for line in left)


@pytest.mark.slow
@examples(100)
@given(chances())
def test_a_step_does_what_it_must_and_nothing_else_and_undone_is_as_if_it_never_was(chance):
    before, text = random_edits.shipped(chance)
    assert joined(before.blocks) == before
    edit, holds = random_edits.step(chance, before, text)
    now = after(edit, before)
    assert holds(now)
    assert lines_left_alone(before, now, edit)
    # Beside its entry a step may touch the one before it, which may not end its line; and it lays
    # out what stands in brackets.
    assert len(edit.changes) <= 3 or "  # " in before.guide
    assert after(edit.undone, now) == before


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_a_guide_that_is_wrong_is_edited_or_refused_and_never_spoiled(seed):
    chance = random.Random(seed)
    edited = 0
    for _ in range(100):
        words, yaml_ = strange_guides.begun(chance)
        for _ in range(chance.choice((0, 1, 2, 3))):
            words, yaml_ = strange_guides.changed(chance, words, yaml_)
        try:
            before = guide_files(yaml_)
            random_edits.plain(before)
        except (tree.TreeError, yaml.YAMLError):
            continue
        if not list(random_edits.entries_of(before)):
            continue
        try:
            edit, holds = random_edits.step(chance, before, TEXT)
        except ValueError:
            # It can only be edited by hand.
            continue
        now = after(edit, before)
        assert holds(now)
        assert lines_left_alone(before, now, edit)
        assert after(edit.undone, now) == before
        edited += 1
    assert edited > 40


@pytest.mark.slow
@examples(40)
@given(chances())
def test_many_steps_are_undone_one_after_the_other(chance):
    files, text = random_edits.shipped(chance)
    states, edits = [files], []
    for _ in range(5):
        edit, _ = random_edits.step(chance, states[-1], text)
        edits.append(edit)
        states.append(after(edit, states[-1]))
    for edit, state in zip(reversed(edits), reversed(states[:-1]), strict=True):
        files = after(edit.undone, states.pop())
        assert files == state


@pytest.mark.slow
@examples(40)
@given(chances())
def test_steps_on_different_entries_come_to_the_same_in_either_order(chance):
    before, text = random_edits.shipped(chance)
    one, _ = random_edits.step(chance, before, text)
    two, _ = random_edits.step(chance, before, text)
    if {c.path for c in one.changes} & {c.path for c in two.changes}:
        return
    first, second = applied(after(one, before), two), applied(after(two, before), one)
    if isinstance(first, Conflict):
        # What is new behind an entry that is gone still finds its place.
        assert not one.changes or not two.changes
    assert random_edits.plain(first) == random_edits.plain(second)


def test_comments_and_order_stay():
    edit = entries.changed(made(), TEXT, ("factors", "snow"), {"question": "Snow?", "short": "S"})
    assert after(edit).guide == GUIDE.replace(
        "question: Does it snow?  # or hail", "question: Snow?  # or hail"
    ).replace("    draft: true\n", "    short: S\n    draft: true\n")


def test_a_comment_behind_a_value_never_becomes_a_part_of_it():
    long = (
        "Does it snow, or hail, or both, or something that nobody here has ever seen before? " * 2
    )
    edit = entries.changed(made(), TEXT, ("factors", "snow"), {"question": long})
    now = after(edit).guide
    assert "    question: >-  # or hail\n" in now
    assert held(now)["factors"]["snow"]["question"] == long.strip()


def test_comments_within_a_value_stay_beside_it():
    edit = entries.changed(made(), TEXT, ("statements", "warm"), {"offer": ["cocoa"]})
    assert "    # hot\n    offer: [cocoa]  # sweet\n" in after(edit).guide


def test_quotes_are_the_words_of_the_text_and_say_which():
    edit = entries.added(made(), TEXT, "options", {"name": "tea", "quote": Place(37, 47)})
    assert "  tea_2:\n    name: tea\n    quote: {words: drink tea, nth: 2}\n" in after(edit).guide
    with pytest.raises(ValueError, match="nothing is selected"):
        entries.added(made(), TEXT, "options", {"name": "tea", "quote": Place(12, 13)})
    with pytest.raises(ValueError, match="nothing is selected"):
        entries.added(made(), TEXT, "options", {"name": "tea", "quote": Place(3, 3000)})


def test_a_new_section_comes_where_it_belongs():
    fields = {"name": "drinks", "options": ["tea", "cocoa"], "quote": Place(37, 55)}
    now = after(entries.added(made(), TEXT, "groups", fields)).guide
    assert list(held(now)) == [*("title", "factors", "options", "groups", "statements", "context")]
    gone = after(entries.removed(made(), ("context", "Good luck!")))
    assert "context" not in gone.guide
    again = entries.added(gone, TEXT, "context", {"quote": Place(57, 67), "reason": "an aside"})
    assert held(after(again, gone).guide) == held(GUIDE)


def test_a_draft_is_confirmed_and_made_one_again():
    edit = entries.confirmed(made(), ("factors", "snow"))
    now = after(edit)
    assert now.guide == GUIDE.replace("    draft: true\n", "")
    assert after(entries.unconfirmed(now, ("factors", "snow")), now).guide == GUIDE
    with pytest.raises(ValueError, match="'rain' in factors is no draft"):
        entries.confirmed(made(), ("factors", "rain"))


def test_what_is_still_named_is_not_removed():
    with pytest.raises(entries.StillNamed) as caught:
        entries.removed(made(), ("factors", "rain"))
    assert str(caught.value) == (
        "'rain' in factors is still named by: 'drink' in statements (when), "
        "'bergen' in cases.yaml (answers)"
    )


def test_what_names_it_goes_along_when_asked():
    now = after(entries.removed(made(), ("options", "tea"), along=True))
    statements = held(now.guide)["statements"]
    assert list(statements) == ["warm"]
    assert statements["warm"]["offer"] == ["cocoa"]
    assert "outweighs" not in statements["warm"]
    now = after(entries.removed(made(), ("factors", "rain"), along=True))
    assert list(held(now.guide)["factors"]) == ["snow"]
    assert list(held(now.cases)["bergen"]["answers"]) == ["snow"]
    # The comments of others stay.
    assert "  # rain\n" in now.guide
    assert "  # asked first\n" in now.guide


def test_what_would_hold_for_others_does_not_go_along():
    scoped = GUIDE + "scopes:\n  wet: {begins: If it rains, when: {rain: yes}}\n"
    with pytest.raises(entries.StillNamed, match=r"'wet' in scopes \(when\)"):
        entries.removed(guide_files(scoped), ("factors", "rain"), along=True)


@pytest.mark.parametrize("folder", random_edits.FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.slow
def test_whatever_is_removed_along_leaves_no_name_of_it(folder):
    guide = (folder / "guide.yaml").read_text(encoding="utf-8")
    cases = folder / "cases.yaml"
    before = guide_files(guide, cases.read_text(encoding="utf-8") if cases.exists() else "")
    text = (folder / "text.txt").read_text(encoding="utf-8")
    assert not _undefined(text, guide)
    removed = 0
    for path in list(before.nodes):
        if len(path) == 2 and path[0] in ("factors", "options", "groups", "statements", "grades"):
            try:
                now = after(entries.removed(before, path, along=True), before)
            except entries.StillNamed:
                continue
            removed += 1
            assert not _undefined(text, now.guide), path
    assert removed > 3


def _undefined(text, guide):
    problems = tree.check_text(text, guide).problems
    return [p for p in problems if "undefined" in p.message or "not YAML" in p.message]


@pytest.mark.parametrize("folder", sorted(DATA.glob("*/cases.yaml")), ids=lambda p: p.parent.name)
@pytest.mark.slow
def test_a_guide_with_other_names_decides_the_same(folder):
    folder = folder.parent
    before = guide_files(
        *((folder / n).read_text(encoding="utf-8") for n in ("guide.yaml", "cases.yaml"))
    )
    now = before
    for path in before.nodes:
        if len(path) == 2 and path[0] in entries.KEYS and path[0] != "context":
            now = after(entries.renamed(now, path, f"new{path[1]}".replace("_", "")), now)
    text = (folder / "text.txt").read_text(encoding="utf-8")
    old, new = tree.loads(text, before.guide), tree.loads(text, now.guide)
    assert tree.check_text(text, now.guide).problems == ()
    ids = [f"new{s.id}".replace("_", "") for s in old.statements]
    assert [s.id[:40] for s in new.statements] == [id[:40] for id in ids]
    # Trees name questions and options in words.
    assert list(map(str, new.trees)) == list(map(str, old.trees))
    assert len(before.guide.splitlines()) == len(now.guide.splitlines())
    assert "    new" in now.cases


def test_a_file_that_is_no_yaml_is_not_edited():
    for broken in ("title: [", "{title: Tea}", "a: &x b", "a: 1\na: 2", "- a"):
        with pytest.raises(tree.TreeError):
            guide_files(broken)


def test_lines_have_their_entries():
    for number, line in enumerate(GUIDE.splitlines(), start=1):
        if "question: Does it snow" in line:
            assert made().path_at(number) == ("factors", "snow")
        if "reason" in line:
            assert made().path_at(number) == ("context", "Good luck!")
    assert made().path_at(4, "cases.yaml") == ("cases.yaml", "bergen")


def test_entries_are_moved_with_what_stands_above_them():
    edit = entries.moved(made(), ("factors", "snow"), None)
    assert list(held(after(edit).guide)["factors"]) == ["snow", "rain"]
    back = entries.moved(after(edit), ("factors", "snow"), "rain")
    assert after(back, after(edit)).guide == GUIDE
    with pytest.raises(ValueError, match="'snow' in factors cannot be moved there"):
        entries.moved(made(), ("factors", "snow"), "hail")


def test_a_sentence_on_several_lines_ends_before_the_next_one():
    long = "A lost item can also be made good by " + "helping in the library, " * 4 + "that is all."
    text = Text("text.txt", f"Good luck! {long} See you.")
    begun = guide_files(source("leaflet.txt", text.content))
    assert ">-" in begun.guide
    made = applied(
        begun, entries.added(begun, text, "context", {"quote": [Place(0, 10)], "reason": "a wish"})
    )
    assert yaml.safe_load(made.guide)["unclaimed"] == [long, "See you."]


def test_a_text_becomes_a_guide_that_is_ok_by_selecting_words():
    content = "Tea?\n\nIf it rains, drink tea. Otherwise take a walk. Good luck!\n"
    files = guide_files(source("tea.txt", content))
    text = Text("text.txt", content)

    def place(words):
        return Place(content.index(words), content.index(words) + len(words))

    def add(section, **fields):
        nonlocal files
        edit = entries.added(files, text, section, fields, draft=True)
        files = after(edit, files)
        return edit.where[1]

    rain = add("factors", question="Does it rain?", quote=place("If it rains"))
    tea = add("options", name="tea", quote=place("tea."))
    walk = add("options", name="a walk", quote=place("take a walk"))
    add("statements", quote=place("If it rains, drink tea."), when={rain: "yes"}, offer=tea)
    add("statements", quote=place("Otherwise take a walk."), when={rain: "no"}, offer=[walk])
    add("context", quote=place("Tea?"), reason="heading")
    assert held(files.guide)["unclaimed"] == ["Good luck!"]
    add("context", quote=place("Good luck!"), reason="an aside")
    # With its last sentence the list is gone, and the comment about it stays.
    assert "unclaimed" not in held(files.guide)
    assert "# Sentences that no entry quotes yet" in files.guide
    report = tree.check_text(content, files.guide)
    assert {" is a draft: " in problem.message for problem in report.problems} == {True}
    for proposal in review_queue(files, report.guide, report.problems).proposals:
        files = after(entries.confirmed(files, proposal.path), files)
    assert tree.check_text(content, files.guide).problems == ()
    assert str(tree.loads(content, files.guide).trees[0]).splitlines() == [
        *("Does it rain?", "- yes", "    Offered: tea", "    The text does not say: a walk"),
        *("- no", "    Offered: a walk", "    The text does not say: tea"),
    ]


@pytest.mark.parametrize("folder", sorted(DATA.glob("*/cases.yaml")), ids=lambda p: p.parent.name)
@pytest.mark.slow
def test_a_guide_with_values_in_other_words_decides_the_same(folder, tmp_path):
    folder = folder.parent
    names = ("guide.yaml", "cases.yaml")
    before = now = guide_files(*((folder / name).read_text(encoding="utf-8") for name in names))
    text = (folder / "text.txt").read_text(encoding="utf-8")
    old = tree.loads(text, before.guide)
    renamed = {}
    for factor in old.factors:
        for value in factor.values:
            try:
                edit = entries.renamed_value(now, factor.id, value, f"so it is: {value}")
            except ValueError:
                # Yes and no are not listed, nor are the bands that follow from limits.
                continue
            renamed[factor.id, value] = f"so it is: {value}"
            now = after(edit, now)
    assert len(renamed) > 3 or folder.name == "metastatic_liver_cancer"
    for name, content in zip(("text.txt", *names), (text, now.guide, now.cases), strict=True):
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert tree.check(tmp_path).problems == ()
    old, new = tree.load(folder), tree.load(tmp_path)

    def in_other_words(case):
        return {id: renamed.get((id, value), value) for id, value in case.items()}

    for case in old.cases(minimal=True):
        standings = (
            guide.walk(answers).standings
            for guide, answers in ((old, case), (new, in_other_words(case)))
        )
        assert len({str({id: s.standing for id, s in each.items()}) for each in standings}) == 1
    assert [v.answers for v in new.vignettes] == [in_other_words(v.answers) for v in old.vignettes]
