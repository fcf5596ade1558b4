"""Cases: the written ones of every guide, all patients of a guide, and the fewest of them."""

from __future__ import annotations

import itertools
import math
import random
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from counting import counted
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st
from places import BAD, ROOT
from random_guides import EFFECTS, guide, holds, patients, readings, standings, words
from random_guides import text as passages
from seeded_guides import random_reading

import tree
from tree.logic import set_cover
from tree.logic.build import Leaf, Tree
from tree.logic.patients import minimal_cases
from tree.logic.trees import trees_of
from tree.model.parts import Factor, Option, Reading, Statement

# How many cases each guide has at least, and the options of which its passages say opposite things.
GUIDES = {
    "metastatic_liver_cancer": (14, {"resection"}),
    "ear_infection_in_a_child": (10, {"antibiotic_at_once"}),
    "damaged_library_book": (8, {"mending", "another_copy", "paying", "shelving"}),
}


# A guide of several trees, the cases of which have their own test of what they come to, and a small
# one with few cases.
OTHERS = {"wintering_bees": 20, "haengende_zimmerpflanze": 6}


@pytest.fixture(scope="module", params=[*GUIDES, *OTHERS])
def written(request: pytest.FixtureRequest) -> tree.Guide:
    return tree.load(ROOT / "data" / request.param)


@pytest.fixture(scope="module", params=GUIDES)
def shipped(request: pytest.FixtureRequest) -> tree.Guide:
    return tree.load(ROOT / "data" / request.param)


# --- the written cases ------------------------------------------------------------------------


def test_every_guide_ships_with_cases() -> None:
    found = {path.parent.name for path in (ROOT / "data").glob("*/guide.yaml")}
    assert found == {*GUIDES, *OTHERS}


def test_there_are_enough_and_nothing_is_wrong_with_them(written: tree.Guide) -> None:
    enough = OTHERS.get(written.id) or GUIDES[written.id][0]
    assert len(written.vignettes) >= enough
    assert tree.check(ROOT / "data" / written.id).problems == ()


def test_each_is_a_short_story_of_its_own(written: tree.Guide) -> None:
    stories = [vignette.story for vignette in written.vignettes]
    assert len(set(stories)) == len(stories)
    for story in stories:
        assert 2 <= len(re.findall(r"[.?!]\"?(?= [A-Z\"]|$)", story)) <= 5, story
        assert len(story) < 600


def test_every_answer_and_distractor_rests_on_words_of_the_story(written: tree.Guide) -> None:
    for vignette in written.vignettes:
        assert vignette.given
        for found in vignette.given:
            assert found.value in written.factor(found.factor).values
            assert found.quotes
        used: set[int] = set()
        quotes = [quote for found in vignette.given for quote in found.quotes]
        for quote in (*quotes, *vignette.distractors):
            assert quote.words == vignette.story[quote.start : quote.end]
            # Whole words: a name inside another word is no answer.
            around = vignette.story[max(0, quote.start - 1) : quote.end + 1]
            assert re.search(rf"(?<!\w){re.escape(quote.words)}(?!\w)", around)
            assert used.isdisjoint(range(quote.start, quote.end)), quote.words
            used.update(range(quote.start, quote.end))


def test_a_walk_says_of_them_what_plain_enumeration_says(shipped: tree.Guide) -> None:
    for vignette in shipped.vignettes:
        found = ends(shipped, vignette.answers)
        walk = shipped.walk(vignette.answers)
        possible = [set(walk.standings[option.id].possible) for option in shipped.options]
        assert possible == [set(each) for each in zip(*found, strict=True)], vignette.id


@pytest.mark.slow
def test_together_they_reach_every_outcome(shipped: tree.Guide) -> None:
    told = [ends(shipped, vignette.answers) for vignette in shipped.vignettes]
    assert {end for found in told if len(found) == 1 for end in found} == ends(shipped, {})


def test_together_they_take_every_branch(shipped: tree.Guide) -> None:
    taken = {branch for v in shipped.vignettes for branch in path(shipped, v.answers)}
    assert taken == branches(shipped)


def test_they_come_to_the_points_where_the_passages_disagree(shipped: tree.Guide) -> None:
    met = set()
    for vignette in shipped.vignettes:
        walks = [shipped.for_passages(p.id).walk(vignette.answers) for p in shipped.text.passages]
        for option in shipped.options:
            said = {str(walk.standings[option.id].standing) for walk in walks}
            if "withheld" in said and said & {"preferred", "offered"}:
                met.add(option.id)
    assert met >= GUIDES[shipped.id][1]


def test_some_tell_everything_some_leave_something_out_some_distract(shipped: tree.Guide) -> None:
    settled = {v.id: len(ends(shipped, v.answers)) == 1 for v in shipped.vignettes}
    kinds = [(len(v.given) == len(shipped.factors), settled[v.id]) for v in shipped.vignettes]
    assert (False, True) in kinds  # what is missing does not matter
    assert (False, False) in kinds
    if len(shipped.factors) < 6:
        assert kinds.count((True, True)) >= 5
    distracting = sum(bool(vignette.distractors) for vignette in shipped.vignettes)
    assert len(shipped.vignettes) // 2 < distracting < len(shipped.vignettes)


def ends(reading: Reading, answers: dict[str, str]) -> set[tuple[str, ...]]:
    """Every outcome of a patient who has these answers, whatever the others are."""
    return {standings(reading, patient) for patient in patients(reading, answers)}


def path(reading: Reading, answers: dict[str, str]) -> list[tuple[int, int, str]]:
    """The branches of all trees that are taken, as far as the answers go."""
    found = []
    for number, made in enumerate(trees_of(reading)):
        index = 0
        while not isinstance(node := made.nodes[index], Leaf) and node.factor in answers:
            found.append((number, index, answers[node.factor]))
            index = dict(node.branches)[answers[node.factor]]
    return found


def branches(reading: Reading) -> set[tuple[int, int, str]]:
    return {
        (number, index, value)
        for number, made in enumerate(trees_of(reading))
        for index, node in enumerate(made.nodes)
        if not isinstance(node, Leaf)
        for value, _ in node.branches
    }


# --- what `check` says of them -----------------------------------------------------------------

FOLDER = BAD / "case_warnings"
SAILOR = """\
sailor:
  vignette: It rains in Bergen. An old sailor looks at his watch.
  answers:
    rain: {value: yes, words: It rains}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A guide without cases."""
    for name in ("guide.yaml", "text.txt"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def test_check_counts_them_where_there_are_any(folder: Path) -> None:
    assert "case" not in tree.check(folder).summary
    (folder / "cases.yaml").write_text(SAILOR)
    assert "2 outcomes, 1 case; sentences" in tree.check(folder).summary
    (folder / "cases.yaml").write_text(SAILOR + SAILOR.replace("sailor:", "captain:"))
    assert "2 outcomes, 2 cases; sentences" in tree.check(folder).summary


@pytest.mark.parametrize("answers", ["", "  answers: {}\n"])
def test_check_warns_of_a_case_that_gives_nothing(folder: Path, answers: str) -> None:
    cases = folder / "cases.yaml"
    cases.write_text(f"sailor:\n  vignette: A sailor sleeps.\n{answers}")
    report = tree.check(folder)
    assert report.ok
    assert [str(warning) for warning in report.warnings] == [
        f"{cases}:2:3: warning: case 'sailor' answers no factor: "
        "add answers, with the words for them"
    ]
    assert tree.load(folder, strict=True).vignettes[0].answers == {}


@pytest.mark.parametrize("shared", ["It rains in Bergen", "rains", "rains in Bergen"])
def test_check_warns_of_words_that_answer_and_distract(folder: Path, shared: str) -> None:
    (folder / "cases.yaml").write_text(f"{SAILOR}  distractors: [his watch, {shared}]\n")
    report = tree.check(folder)
    assert report.ok
    (warning,) = report.warnings
    assert (warning.line, warning.column) == (5, 28)
    assert warning.message == (
        f"distractor '{shared}' shares words with the answer to 'rain', 'It rains'"
    )


def test_words_side_by_side_are_not_shared(folder: Path) -> None:
    cases = SAILOR.replace("It rains in Bergen", "It rains, he thinks")
    (folder / "cases.yaml").write_text(f"{cases}  distractors: [', he thinks']\n")
    assert tree.check(folder).problems == ()


def test_a_bad_case_is_refused_but_its_guide_can_still_be_seen(folder: Path) -> None:
    (folder / "cases.yaml").write_text(SAILOR + "mate:\n  vignette: ''\n")
    with pytest.raises(tree.TreeError, match=r"cases\.yaml:6:13: nothing is written here"):
        tree.load(folder)
    report = tree.check(folder)
    assert not report.ok
    assert report.guide is not None
    assert report.guide.vignettes == ()


def test_a_number_stands_for_its_band_and_words_may_stand_twice(folder: Path) -> None:
    (folder / "cases.yaml").write_text(
        "sailor:\n  vignette: At nine he had tea. It is nine now, in the evening.\n"
        "  answers:\n    hour: {value: 21, words: [{words: nine, nth: 2}, in the evening]}\n"
    )
    ((answer,),) = (v.given for v in tree.load(folder).vignettes)
    assert (answer.factor, answer.value) == ("hour", "evening")
    assert [(quote.start, quote.words) for quote in answer.quotes] == [
        (26, "nine"),
        (36, "in the evening"),
    ]


def test_a_guide_from_strings_has_no_cases() -> None:
    source, yaml = (FOLDER / "text.txt").read_text(), (FOLDER / "guide.yaml").read_text()
    assert tree.loads(source, yaml).vignettes == ()


def test_the_case_in_the_documentation_is_a_good_one(tmp_path: Path) -> None:
    told = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
    tea, bergen = (
        next(block for block in re.findall(r"```yaml\n(.*?)```", told, re.DOTALL) if start in block)
        for start in ("title: Tea", "bergen:")
    )
    (tmp_path / "guide.yaml").write_text(tea)
    (tmp_path / "text.txt").write_text("If it rains, drink tea.")
    (tmp_path / "cases.yaml").write_text(bergen)
    report = tree.check(tmp_path)
    assert report.ok
    assert report.guide is not None
    (vignette,) = report.guide.vignettes
    assert report.guide.walk(vignette.answers).standings["tea"].standing == "offered"


GOOD = (ROOT / "data" / "damaged_library_book" / "cases.yaml").read_text(encoding="utf-8")


@examples(100)
@given(st.data())
def test_whatever_is_written_in_the_file_is_read_or_refused_at_its_place(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = min(len(GOOD), start + data.draw(st.integers(0, 60)))
    written = GOOD[:start] + data.draw(st.text(max_size=8)) + GOOD[end:]
    folder = tmp_path_factory.mktemp("cases") / "book"
    shutil.copytree(ROOT / "data" / "damaged_library_book", folder)
    (folder / "cases.yaml").write_bytes(written.encode(errors="surrogatepass"))
    report = tree.check(folder)
    assert report.guide is not None
    for problem in report.problems:
        assert problem.file == str(folder / "cases.yaml")
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in problem.message
    if report.ok:
        for vignette in report.guide.vignettes:
            report.guide.walk(vignette.answers)
            for found in vignette.given:
                assert all(quote.words in vignette.story for quote in found.quotes)


# --- all patients, and the fewest ---------------------------------------------------------------


def test_all_cases_are_the_product_of_the_values_that_apply(shipped: tree.Guide) -> None:
    assert shipped.cases() == patients(shipped)


@pytest.mark.slow
def test_too_many_patients_are_refused_with_what_to_do() -> None:
    many = guide(large(20, 0))
    with pytest.raises(tree.TreeError, match=r"more than 100,000 patients; take cases\(minimal"):
        many.cases()


def exercised(made: Reading, patient: dict[str, str]) -> frozenset[object]:
    """What a patient exercises, by plain looking."""
    applying = [s.id for s in made.statements if holds(s, patient)]
    return frozenset([*path(made, patient), *applying])


def size_of_a_smallest_cover(sets: set[frozenset[object]]) -> int:
    """Round by round everything that so many sets can hold together, until it is all."""
    everything = frozenset().union(*sets)
    largest = [one for one in sets if not any(one < other for other in sets)]
    rarest = sorted(everything, key=lambda item: sum(item in one for one in largest))
    reached, size = {frozenset[object]()}, 0
    while everything not in reached:
        # Some set must hold the first thing that is missing.
        reached = {
            held | one
            for held in reached
            for missing in [min(everything - held, key=rarest.index)]
            for one in largest
            if missing in one
        }
        size += 1
    return size


def check_minimal(made: Reading, chosen: list[dict[str, str]], smallest: bool) -> None:
    each = [exercised(made, patient) for patient in chosen]
    held = frozenset[object]().union(*each)
    everyone = {exercised(made, patient) for patient in patients(made)}
    assert held == frozenset().union(*everyone)
    assert held >= branches(made)
    for i in range(len(each)):
        assert frozenset().union(*each[:i], *each[i + 1 :]) != held
    if smallest:
        assert len(each) == size_of_a_smallest_cover(everyone)


def test_the_fewest_of_a_shipped_guide(shipped: tree.Guide) -> None:
    found = shipped.cases(minimal=True)
    check_minimal(shipped, found, smallest=len(shipped.factors) < 7)
    assert len(found) < len(shipped.cases()) / 4
    for patient in found:
        assert list(patient) == [f.id for f in shipped.factors if f.applies(patient)]


def test_no_fewer_would_do_for_the_ear() -> None:
    ear = tree.load(ROOT / "data" / "ear_infection_in_a_child")
    least = 0
    # Every patient is asked about the allergy, once. At each place where that is asked, there are
    # no fewer patients than branches that lead there, nor than ends below it.
    for index, node in enumerate(ear.tree.nodes):
        if not isinstance(node, Leaf) and node.factor == "penicillin_allergy":
            leading = [b for _, *b in branches(ear) if target(ear.tree, *b) == index]
            least += max(len(leading), count_ends(ear.tree, index))
    assert len(ear.cases(minimal=True)) == least


def target(made: Tree, index: int, value: str) -> int:
    node = made.nodes[index]
    assert not isinstance(node, Leaf)
    return dict(node.branches)[value]


def count_ends(made: Tree, index: int) -> int:
    node = made.nodes[index]
    if isinstance(node, Leaf):
        return 1
    return sum(count_ends(made, after) for _, after in node.branches)


SMALL = [
    seed
    for seed in range(200)
    if math.prod(len(factor.values) for factor in random_reading(seed).factors) <= 24
]


@pytest.mark.parametrize("seed", SMALL)
def test_the_fewest_are_the_fewest(seed: int) -> None:
    made = random_reading(seed)
    check_minimal(made, minimal_cases(made), smallest=True)


@examples(150)
@given(readings(factors=4, patients=24))
def test_the_fewest_are_the_fewest_whatever_the_conditions(reading: Reading) -> None:
    check_minimal(reading, minimal_cases(reading), smallest=True)


@examples(150)
@given(readings(factors=4, patients=24))
def test_of_too_many_patients_few_are_made(reading: Reading) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tree.logic.patients.MOST_LOOKED_AT", -1)
        found = minimal_cases(reading)
    check_minimal(reading, found, smallest=False)


def large(factors: int, seed: int) -> Reading:
    """A guide of many factors, its statements about a few of them each."""
    chance = random.Random(seed)
    source = passages(1)
    asked = tuple(
        Factor(f"f{i}", f"Question {i}?", (), ("yes", "no", "maybe")[: chance.choice((2, 3))])
        for i in range(factors)
    )
    statements = tuple(
        Statement(
            f"s{i}",
            (words(source, 0, i % 4),),
            tuple(
                frozenset(
                    (factor.id, frozenset(chance.sample(factor.values, 1)))
                    for factor in asked[i : i + chance.randint(1, 4)]
                )
                for _ in range(2)
            ),
            ((f"o{i % 3}", chance.choice(EFFECTS)),),
        )
        for i in range(factors)
    )
    options = tuple(Option(f"o{i}", f"Option {i}") for i in range(3))
    return Reading("large", "Large", source, asked, options, statements)


@pytest.mark.slow
@pytest.mark.parametrize(("factors", "seed"), [(12, 1), (16, 2), (20, 3), (24, 4), (30, 7)])
def test_large_guides_are_quick_and_nothing_is_left_out(factors: int, seed: int) -> None:
    made = large(factors, seed)
    assert math.prod(len(factor.values) for factor in made.factors) > 10_000
    with counted() as work:
        found = minimal_cases(made)
    # Little more than a million; the patients are billions.
    assert work.steps < 4_000_000
    each = [exercised(made, patient) for patient in found]
    # Every conjunction here can be met, so every statement applies to somebody.
    wanted = branches(made) | {statement.id for statement in made.statements}
    assert frozenset().union(*each) == wanted
    assert len(found) < len(wanted)
    # Without any one of them, something would be left out.
    times = Counter(itertools.chain.from_iterable(each))
    assert all(any(times[what] == 1 for what in patient) for patient in each)


def test_the_same_whenever_it_is_asked() -> None:
    made = random_reading(11)
    assert minimal_cases(made) == minimal_cases(random_reading(11))


SETS = st.lists(st.frozensets(st.integers(0, 9)), max_size=9)
# Who always takes the set that adds most takes the last three; the first two would do.
TRAP = [
    *(frozenset(range(odd, 14, 2)) for odd in (0, 1)),
    *(frozenset(range(start, end)) for start, end in ((0, 8), (8, 12), (12, 14))),
]
# The first set adds most, and is not needed when the others are there.
NEEDLESS = [frozenset({0, 1, 2, 3}), frozenset({0, 1, 4}), frozenset({2, 3, 5})]


@examples(300)
@given(SETS)
@example(TRAP)
@example(NEEDLESS)
def test_fewest_sets(sets: list[frozenset[int]]) -> None:
    chosen = set_cover.fewest(sets)
    everything = frozenset[int]().union(*sets)
    assert frozenset[int]().union(*(sets[i] for i in chosen)) == everything
    sizes = (
        size
        for size in range(len(sets) + 1)
        for some in itertools.combinations(sets, size)
        if frozenset[int]().union(*some) == everything
    )
    assert len(chosen) == next(sizes)


@examples(300)
@given(SETS)
@example(TRAP)
@example(NEEDLESS)
def test_needed_sets_and_a_search_cut_short_keep_everything(sets: list[frozenset[int]]) -> None:
    everything = frozenset[int]().union(*sets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tree.logic.set_cover.MOST_STEPS", 0)
        short = set_cover.fewest(sets)
    for chosen in (set_cover.needed(sets), short):
        for left_out in [None, *chosen]:
            kept = frozenset[int]().union(*(sets[i] for i in chosen if i != left_out))
            assert (kept == everything) == (left_out is None)
