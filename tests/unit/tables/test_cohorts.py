"""What the text says of many patients at once is what a walk says of each."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from chances import chances
from counted_guides import guide as counted_guide
from counted_guides import loaded
from engine_tables import ENGINES
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from independent_guides import independent
from partly_known import partly_known
from places import ROOT
from random_guides import guide as as_guide
from random_guides import readings
from seeded_guides import random_patients, random_reading, several_together

import tree
from tree.model.answers import Spelling
from tree.model.parts import Factor, Option, Standing, Statement
from tree.tables import classifier, row_ends
from tree.tables.guide_patterns import OPEN

GUIDES = ["metastatic_liver_cancer", "damaged_library_book", "ear_infection_in_a_child"]


def load(name: str) -> tree.Guide:
    return tree.load(ROOT / "data" / name)


def walked(guide: tree.Guide, answers: Mapping[str, object]) -> dict[str, object]:
    """What a walk says of one patient, in the words of the table."""
    walk = guide.walk(answers)
    told = {id: str(s.standing) if s.standing else OPEN for id, s in walk.standings.items()}
    if len(walk.trees) > 1:
        return told
    (on,) = walk.trees
    names: dict[object, str] = {}
    for words, leaf in guide.paths()[["outcome", "path"]].itertuples(index=False):
        known = dict(step.split("=") for step in leaf.split(" → ")) if leaf else {}
        (index,) = guide.walk(known).on(on.tree).outcomes
        names[on.tree.nodes[index]] = words
    found = sorted(
        (names[on.tree.nodes[index]] for index in on.outcomes),
        key=lambda name: int(name.split()[1]),
    )
    return {
        "outcome": found[0] if len(found) == 1 else OPEN,
        **told,
        "path": " → ".join(f"{factor}={value}" for factor, value in on.taken),
        "possible": " or ".join(found) if len(found) > 1 else None,
    }


def rows(table: pd.DataFrame) -> list[dict[str, object]]:
    plain = table.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")


def same(guide: tree.Guide, patients: list[dict[str, str | None]]) -> None:
    ids = [factor.id for factor in guide.factors]
    if not ids:
        return
    table = pd.DataFrame(patients, columns=ids)
    expected: dict[tuple[object, ...], dict[str, object]] = {}
    for patient in patients:
        key = tuple(patient.get(id) for id in ids)
        if key not in expected:
            expected[key] = walked(guide, patient)
    told = rows(guide.classify(table, keep=False))
    assert told == [expected[tuple(patient.get(id) for id in ids)] for patient in patients]


@pytest.mark.slow
@pytest.mark.parametrize("name", GUIDES[:2])
def test_every_patient_of_a_guide_with_everything_known_and_unknown(name: str) -> None:
    guide = load(name)
    choices = [(*factor.values, None) for factor in guide.factors]
    ids = [factor.id for factor in guide.factors]
    same(guide, [dict(zip(ids, each, strict=True)) for each in itertools.product(*choices)])


@pytest.mark.slow
def test_every_complete_patient_of_the_ear_and_some_of_whom_less_is_known() -> None:
    guide = load(GUIDES[2])
    ids = [factor.id for factor in guide.factors]
    complete = itertools.product(*(factor.values for factor in guide.factors))
    patients = [dict(zip(ids, each, strict=True)) for each in complete]
    patients += random_patients(guide, random.Random(3), 700)
    # Here the words of the outcomes are compared by the paths of the tree only once.
    told = guide.classify(pd.DataFrame(patients, columns=ids), keep=False)
    for patient, row in zip(patients, rows(told), strict=True):
        walk = guide.walk(patient)
        assert {id: row[id] for id in walk.standings} == {
            id: str(found.standing) if found.standing else OPEN
            for id, found in walk.standings.items()
        }
        assert row["path"] == " → ".join(f"{f}={v}" for f, v in walk.taken)
        count = len(str(row["possible"]).split(" or ")) if row["possible"] else 1
        assert count == len(walk.on(guide.tree).outcomes)
        assert (row["outcome"] == OPEN) == (count > 1)


@examples(150)
@given(st.data())
def test_random_guides(data: st.DataObject) -> None:
    guide = as_guide(data.draw(readings(factors=4)))
    choice = st.fixed_dictionaries(
        {f.id: st.sampled_from([*f.values, None]) for f in guide.factors}
    )
    same(guide, data.draw(st.lists(choice, max_size=12)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *range(2, 12)])
def test_random_guides_of_several_trees(seed: int) -> None:
    guide = as_guide(several_together(seed))
    assert len(guide.trees) > 1
    table = partly_known(guide, random.Random(seed), 12)
    columns = {factor.id: table[factor.id].tolist() for factor in guide.factors}
    alike(guide, columns, ("polars", "polars, lazy", "duckdb"))


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_the_bees_and_independent_options_in_every_engine(engine: str, tmp_path: Path) -> None:
    bees, many = load("wintering_bees"), tree.load(independent(tmp_path / "many", 30))
    assert (len(bees.trees), len(many.trees)) == (13, 30)
    for guide in (bees, many):
        table = partly_known(guide, random.Random(1), 60)
        columns = {factor.id: table[factor.id].tolist() for factor in guide.factors}
        alike(guide, columns, [engine])


def alike(guide: tree.Guide, columns: Mapping[str, list[Any]], engines: Sequence[str]) -> None:
    """Whether a table of pandas, and of these engines, says of every row what a walk says."""
    count = len(next(iter(columns.values())))
    patients = [{id: column[row] for id, column in columns.items()} for row in range(count)]
    expected = [walked(guide, patient) for patient in patients]
    table = pd.DataFrame(columns, dtype=object)
    assert rows(guide.classify(table, keep=False)) == expected
    for engine in engines:
        make, plain, _ = ENGINES[engine]
        found = plain(guide.classify(make({"who": list(range(count)), **columns})))
        found.sort(key=lambda row: row["who"])
        assert [{key: row[key] for key in expected[0]} for row in found] == expected


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_more_random_guides(seed: int) -> None:
    reading = random_reading(seed)
    same(as_guide(reading), random_patients(reading, random.Random(seed), 60))


@pytest.mark.slow
@pytest.mark.parametrize("most", ["MOST_LISTED", "MOST_CODES"])
def test_trees_too_large_for_a_list_of_all_patients_say_the_same(
    most: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_ends, most, 2)
    for seed in range(10):
        reading = random_reading(seed)
        same(as_guide(reading), random_patients(reading, random.Random(seed), 40))


@pytest.mark.slow
def test_a_tree_of_very_many_questions() -> None:
    # One yes among very many questions is enough; two have to differ.
    factors = tuple(Factor(f"f{i}", f"Question {i}?", ()) for i in range(70))
    conjunctions = [frozenset({(f.id, frozenset({"yes"}))}) for f in factors[:60]]
    differ = [
        frozenset({("f60", frozenset({a})), ("f61", frozenset({b}))})
        for a, b in (("yes", "no"), ("no", "yes"))
    ]
    rest = [frozenset((f.id, frozenset({"yes"})) for f in factors[62:])]
    words = random_reading(1).statements[0].quotes
    statements = [
        Statement(id, words, tuple(condition), ((option, Standing.OFFERED),))
        for id, condition, option in (
            ("a", conjunctions, "o0"),
            ("b", differ, "o1"),
            ("c", rest, "o1"),
        )
    ]
    reading = replace(
        random_reading(1),
        factors=factors,
        options=(Option("o0", "A"), Option("o1", "B")),
        statements=tuple(statements),
    )
    guide = as_guide(reading)
    ids = [factor.id for factor in guide.factors]
    assert max(3 ** len(each.factors) for each in guide.trees) > 2**62
    chance = random.Random(1)
    kinds = [["no"], ["no"] * 30 + ["yes"], ["no"] * 30 + ["yes", None]]
    patients = [{id: chance.choice(kinds[i % 3]) for id in ids} for i in range(300)]
    told = rows(guide.classify(pd.DataFrame(patients, columns=ids), keep=False))
    for patient, row in zip(patients, told, strict=True):
        walk = guide.walk(patient)
        for id, found in walk.standings.items():
            assert row[id] == (str(found.standing) if found.standing else OPEN)
    assert len({row["o0"] for row in told}) == 3


def test_blocks_are_put_together_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    guide = load(GUIDES[0])
    ids = [factor.id for factor in guide.factors]
    table = pd.DataFrame(random_patients(guide, random.Random(5), 100), columns=ids)
    whole = guide.classify(table)
    monkeypatch.setattr(classifier, "BLOCK", 7)
    pd.testing.assert_frame_equal(guide.classify(table), whole)


# --- how answers may be written ---------------------------------------------------------------


def one(guide: tree.Guide, column: str, answers: object, **options: object) -> pd.DataFrame:
    """A table in which only one column is known."""
    table = pd.DataFrame({column: answers}).reindex(columns=[f.id for f in guide.factors])
    return guide.classify(table, **options)


@pytest.mark.parametrize(
    "answers",
    [
        ["yes", "no", None],
        ["Yes", "NO", "unknown"],
        ["true", "0", ""],
        [True, False, None],
        [1, 0, np.nan],
        [1.0, 0.0, float("nan")],
        pd.array([True, False, pd.NA], dtype="boolean"),
        pd.array([1, 0, pd.NA], dtype="Int64"),
        pd.Categorical(["yes", "no", None]),
        pd.Categorical(["yes", "no", None], categories=["yes", "no"]),
        pd.Categorical(["yes", "no", "unknown"], categories=["yes", "no", "unknown"]),
        pd.Categorical(["yes", "no", "unknown"], categories=["odd", "no", "unknown", "yes"]),
        np.array(["yes", "no", None], dtype=object),
        [np.True_, np.False_, None],
        pd.array(["yes", "no", None], dtype="string"),
    ],
    ids=str,
)
def test_answers_may_be_written_in_many_ways(answers: object) -> None:
    guide = load(GUIDES[0])
    told = one(guide, "other_organ_involvement", answers)["resection"].tolist()
    assert told == ["withheld", OPEN, OPEN]
    path = one(guide, "other_organ_involvement", answers)["path"].tolist()
    assert path == ["other_organ_involvement=yes", "other_organ_involvement=no", ""]


def test_numbers_stand_for_the_value_whose_band_holds_them() -> None:
    guide = load(GUIDES[1])
    days = [0, 14, 14.5, 15, 400, None]
    told = one(guide, "days_late", days).assign(damage="none")
    table = guide.classify(told[[f.id for f in guide.factors]])
    for answer, path in zip(days, table["path"], strict=True):
        walk = guide.walk(damage="none", days_late=answer)
        assert path == " → ".join(f"{f}={v}" for f, v in walk.taken)
    as_text = one(guide, "days_late", ["0", "14", "14.5", "15", "more than 14 days", ""])
    again = guide.classify(as_text[[f.id for f in guide.factors]].assign(damage="none"))
    assert again["path"].tolist() == table["path"].tolist()


def test_other_spellings_by_a_mapping() -> None:
    guide = load(GUIDES[0])
    column = "other_organ_involvement"
    plain = one(guide, column, ["yes", "no", None])
    mapped = one(guide, column, ["ja", "nein", "?"], mapping={"ja": "yes", "nein": "no", "?": None})
    assert mapped["path"].tolist() == plain["path"].tolist()
    own = one(guide, column, [7, 8, 9], mapping={column: {7: "yes", 8: "no", 9: "unknown"}})
    assert own["path"].tolist() == plain["path"].tolist()


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"ja": "yess"}, "mapping: 'ja' stands for unknown value 'yess': did you mean 'yes'?"),
        ({"damge": {"a": "b"}}, "mapping: unknown factor 'damge': did you mean 'damage'?"),
        ({"damage": {"a": "b"}}, "mapping: damage: 'a' stands for unknown value 'b': allowed: "),
    ],
)
def test_a_mapping_that_fits_nothing(mapping: dict[object, object], message: str) -> None:
    with pytest.raises(tree.AnswerError) as caught:
        one(load(GUIDES[1]), "damage", ["none"], mapping=mapping)
    assert caught.value.messages[0].startswith(message)


def test_wrong_answers_are_told_with_their_rows_and_number() -> None:
    guide = load(GUIDES[1])
    table = pd.DataFrame(
        {"damage": ["none", "nun", "light", "nun", 3], "days_late": [1, 2, np.inf, "x", "x"]},
        index=["a", "b", "c", "c", "e"],
    ).reindex(columns=[factor.id for factor in guide.factors])
    with pytest.raises(tree.AnswerError) as caught:
        guide.classify(table)
    assert caught.value.messages == (
        "damage: unknown value 'nun' in 2 rows (rows b, c): allowed: none, light, heavy, "
        "wet, wet with heavy damage, unknown",
        "damage: unknown value '3' in 1 row (row e): allowed: none, light, heavy, wet, wet "
        "with heavy damage, unknown",
        "days_late: unknown value 'x' in 2 rows (rows c, e): allowed: up to 14 days, more than "
        "14 days, a number, unknown",
        "days_late: unknown value 'inf' in 1 row (row c): allowed: up to 14 days, more than 14 "
        "days, a number, unknown",
        '--lenient, or errors="coerce", takes these as unknown',
    )
    with pytest.warns(UserWarning, match=r"(?s)taken as unknown:.*'nun' in 2 rows") as warned:
        told = guide.classify(table, errors="coerce")
    assert warned[0].filename == __file__
    # What came in stays as it is, and what is wrong counts as unknown.
    assert told["damage"].tolist() == table["damage"].tolist()
    assert told["path"].iloc[1] == ""
    assert told["path"].iloc[2] == "damage=light"


def test_numbers_in_no_band_are_told() -> None:
    guide = load(GUIDES[1])
    numbers = np.array([1.0, np.inf, 1e13, np.nan, np.inf])
    with pytest.raises(tree.AnswerError) as caught:
        one(guide, "days_late", numbers)
    assert [m.partition(":")[2][:44] for m in caught.value.messages[:2]] == [
        " unknown value 'inf' in 2 rows (rows 1, 4): ",
        " unknown value '10000000000000.0' in 1 row (",
    ]


@pytest.mark.slow
def test_many_different_wrong_answers_make_a_short_message() -> None:
    guide = load(GUIDES[1])
    with pytest.raises(tree.AnswerError) as caught:
        one(guide, "damage", [f"v{i}" for i in range(30_000)])
    assert len(caught.value.messages) == 22
    assert "more rows hold other unknown values" in caught.value.messages[20]


def test_lists_in_cells_are_several_values() -> None:
    several = one(load(GUIDES[1]), "damage", [["none", "light"], None])
    words = one(load(GUIDES[1]), "damage", ["none or light", None])
    results = several.columns.difference(["damage"])
    assert rows(several[results]) == rows(words[results])
    with pytest.raises(tree.AnswerError, match=r"damage: unknown value \"\['nine'\]\" in 1 row"):
        one(load(GUIDES[1]), "damage", [["nine"], None])


# --- answers that are known in part -----------------------------------------------------------


@pytest.mark.slow
@examples(30)
@given(readings(factors=5), chances())
def test_of_what_is_known_in_part_a_walk_says_the_same(reading: Any, chance: Any) -> None:
    guide = as_guide(reading)
    ids = [factor.id for factor in guide.factors]
    if not ids:
        return
    table = partly_known(guide, chance, 12)
    expected = [walked(guide, row) for row in table.to_dict("records")]
    assert rows(guide.classify(table, keep=False)) == expected
    # A table that lies in parts, or that is read as categories.
    made = classifier.Classifier(guide)
    parts = [made.ends(table.iloc[at : at + 5].astype("category")) for at in range(0, 12, 5)]
    ends = [np.concatenate(of_tree) for of_tree in zip(*parts, strict=True)]
    assert rows(made.result_table(ends, table.index)) == expected
    alike(guide, {id: table[id].tolist() for id in ids}, ("polars, lazy", "duckdb"))


@examples(30)
@given(chances())
def test_so_it_is_where_questions_depend_on_others_and_count(chance: Any) -> None:
    guide = loaded(counted_guide(chance))
    if guide is None:
        return
    table = partly_known(guide, chance, 12)
    expected = [walked(guide, row) for row in table.to_dict("records")]
    assert rows(guide.classify(table, keep=False)) == expected


@pytest.mark.slow
def test_many_different_sets_of_values_in_one_column() -> None:
    values = tuple("abcdefghijkl")
    guide = replace(
        load(GUIDES[1]),
        factors=(Factor("damage", "What is the damage?", (), values),),
        statements=tuple(
            Statement(f"s{i}", (), (frozenset({("damage", frozenset({v}))}),), (effect,))
            for i, v in enumerate(values)
            for effect in [(("mending", "paying")[i % 2], Standing.OFFERED)]
        ),
    )
    chance = random.Random(1)
    several = [" or ".join(chance.sample(values, chance.randint(2, 6))) for _ in range(1_200)]
    expected = rows(guide.classify(pd.DataFrame({"damage": several}), keep=False))
    assert [row["possible"] for row in expected] == [
        walked(guide, {"damage": words})["possible"] for words in several
    ]
    for engine in ("polars", "duckdb"):
        make, plain, _ = ENGINES[engine]
        found = plain(guide.classify(make({"who": list(range(1_200)), "damage": several})))
        found.sort(key=lambda row: row["who"])
        assert [{key: row[key] for key in expected[0]} for row in found] == expected


def test_spellings_may_stand_in_answers_of_several_values() -> None:
    table = pd.DataFrame({"damage": ["nass oder nix", "nass or nix"]})
    guide = load(GUIDES[1])
    table = table.assign(**{f.id: None for f in guide.factors if f.id != "damage"})
    mapping = {"damage": {"nass": "wet", "nix": "none"}}
    with pytest.raises(tree.AnswerError, match="'nass oder nix' in 1 row"):
        guide.classify(table, mapping=mapping)
    meant = walked(guide, {"damage": ["none", "wet"]})
    assert rows(guide.classify(table[1:], mapping=mapping, keep=False)) == [meant]


# --- columns and rows -------------------------------------------------------------------------


def test_a_missing_column_is_told_or_unknown() -> None:
    guide = load(GUIDES[1])
    table = pd.DataFrame({"damage": ["none"], "dayslate": [3]})
    with pytest.raises(tree.AnswerError) as caught:
        guide.classify(table)
    assert caught.value.messages[0] == (
        "no column 'days_late'; did you mean 'dayslate'? add an empty column to mean unknown"
    )
    with pytest.warns(UserWarning, match="no column 'days_late'"):
        told = guide.classify(table, errors="coerce")
    assert told["path"].tolist() == ["damage=none"]


def test_columns_that_clash_or_are_no_factors() -> None:
    guide = load(GUIDES[1])
    table = pd.DataFrame({f.id: [f.values[0]] for f in guide.factors})
    with pytest.raises(tree.AnswerError, match="'outcome' has the name of a result; rename it"):
        guide.classify(table.assign(outcome=1))
    told = guide.classify(table.assign(outcome=1), prefix="told_")
    assert told["outcome"].tolist() == [1]
    assert told["told_outcome"].tolist() == ["outcome 1"]
    assert "outcome" in guide.classify(table.assign(outcome=1), keep=False)
    with pytest.raises(tree.AnswerError, match="no column has the name of a factor"):
        guide.classify(pd.DataFrame({"a": [1]}))
    twice = pd.concat([table, table[["damage"]]], axis=1)
    with pytest.raises(tree.AnswerError, match="the column 'damage' appears twice"):
        guide.classify(twice)
    with pytest.raises(tree.AnswerError, match="'maybe' for errors=: allowed: raise, coerce"):
        guide.classify(table, errors="maybe")
    with pytest.raises(tree.AnswerError, match=r"unknown value 'coarce'.* did you mean 'coerce'"):
        guide.cohort(table, errors="coarce")
    with pytest.raises(tree.AnswerError, match=r"a table of pandas, .* is wanted: list"):
        guide.classify([{"damage": "none"}])


def test_index_columns_and_the_table_itself_are_kept() -> None:
    guide = load(GUIDES[1])
    table = pd.DataFrame({f.id: [f.values[0]] * 3 for f in guide.factors}, index=[5, 5, 1])
    table.insert(0, "name", ["x", "y", "z"])
    table.index.name = "who"
    before = table.copy(deep=True)
    told = guide.classify(table)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(told[list(table.columns)], table)
    assert told.index.equals(table.index)
    assert told.columns[-2:].tolist() == ["path", "possible"]
    assert guide.classify(table, keep=False).index.equals(table.index)
    assert all(isinstance(t, pd.CategoricalDtype) for t in guide.classify(table, keep=False).dtypes)


def test_a_table_without_rows() -> None:
    guide = load(GUIDES[1])
    empty = pd.DataFrame(columns=[factor.id for factor in guide.factors])
    told = guide.classify(empty)
    assert len(told) == 0
    assert told["mending"].cat.categories.tolist() == [
        *("preferred", "offered", "withheld", "silent"),
        OPEN,
    ]


def test_a_value_is_read_as_itself_before_anything_else() -> None:
    # The second value is the first one in capitals.
    reading = random_reading(1)
    factor = reading.factors[0]
    odd = replace(factor, values=("a", "A", *factor.values[2:]))
    spelling = odd.spelling
    assert [spelling.place("a"), spelling.place("A")] == [0, 1]
    # What may be either is neither.
    either = Spelling(("aB", "Ab"))
    assert [either.place(x) for x in ("aB", "Ab", "ab", "AB")] == [0, 1, -1, -1]
    numbered = Spelling(("1", "2"))
    assert [numbered.place(x) for x in (1, 2.0, "2", True, 3)] == [0, 1, 1, -1, -1]


MEMORY = """
import re, sys
from pathlib import Path
import numpy, pandas, tree
def peak():  # of this process alone; getrusage counts whoever started it, too
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
liver = tree.load(sys.argv[1])
values = pandas.Index(["yes", "no", "unknown"])
chance = numpy.random.default_rng(1)
table = pandas.DataFrame({
    id: pandas.Categorical.from_codes(chance.integers(0, 3, 1_000_000).astype("int8"), values)
    for id in liver.tree.factors
})
liver.classify(table.head(1000))
before = peak()
told = liver.classify(table)
after = peak()
print((after - before) * 1024, told.memory_usage(deep=True).sum())
"""


@pytest.mark.slow
def test_a_million_patients_take_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(ROOT / "data" / GUIDES[0])],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    grown, result = map(int, done.stdout.split())
    # A byte for each answer and each result, and a few for the work.
    assert result < 25_000_000
    assert grown < 80_000_000


def test_nothing_is_said_about_good_tables() -> None:
    guide = load(GUIDES[0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        guide.classify(pd.DataFrame({f.id: ["yes"] for f in guide.factors}))
