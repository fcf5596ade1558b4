"""The same comes out of every engine, whatever a table lies in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from engine_tables import (
    ENGINES,
    GUIDES,
    Columns,
    Plain,
    in_dask,
    in_duckdb,
    in_polars,
    load,
    patients,
    plain_duckdb,
    results,
)
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from independent_guides import independent
from random_guides import guide as as_guide
from random_guides import readings

import tree
from tree.model.parts import Factor, Standing
from tree.tables import engines

# To load Dask takes longer than the tests of the others.
BY_TIME = [pytest.param(name, marks=pytest.mark.slow if name == "dask" else ()) for name in ENGINES]


def told(guide: tree.Guide, engine: str, columns: Columns, **options: Any) -> Plain:
    make, plain, kind = ENGINES[engine]
    table = guide.classify(make(columns), **options)
    assert isinstance(table, kind())
    return plain(table)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", GUIDES)
def test_every_engine_says_the_same(engine: str, name: str) -> None:
    guide = load(name)
    columns = patients(guide, 200)
    expected = [
        {name: values[i] for name, values in columns.items()} | result
        for i, result in enumerate(results(guide, columns))
    ]
    found = told(guide, engine, columns)
    # SQL knows no order; the others keep it.
    if engine == "duckdb":
        found = sorted(found, key=lambda row: row["who"])
    assert found == expected
    assert list(found[0]) == list(expected[0])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_guides_of_very_many_patients(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Then only those that occur are joined.
    monkeypatch.setattr(engines, "MOST_JOINED", 1)
    test_every_engine_says_the_same(engine, GUIDES[1])


@examples(40)
@given(st.data())
def test_random_guides(data: st.DataObject) -> None:
    guide = as_guide(data.draw(readings(factors=3)))
    if not guide.factors:
        return
    columns = patients(guide, 8, data.draw(st.integers(0, 1000)))
    expected = results(guide, columns)
    for engine in ("polars", "polars, lazy", "duckdb"):
        found = told(guide, engine, columns)
        found.sort(key=lambda row: row["who"])
        assert [{k: row[k] for k in e} for row, e in zip(found, expected, strict=True)] == expected


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("column", "answers", "options"),
    [
        ("noted_on_slip", [True, False, None, True], {}),
        ("noted_on_slip", [1, 0, None, 1], {}),
        ("noted_on_slip", [1.0, 0.0, float("nan"), None], {}),
        ("noted_on_slip", ["Yes", "FALSE", "", "unknown"], {}),
        ("noted_on_slip", ["ja", "nein", "?", "o'no"], {
            "mapping": {"ja": "yes", "nein": "no", "?": "unknown", "noted_on_slip": {"o'no": "no"}}
        }),
        ("days_late", [14, 15, None, 0], {}),
        ("days_late", [14.0, 14.001, float("nan"), -1.5], {}),
        ("days_late", ["14", "14.001", "more than 14 days", ""], {}),
    ],
)  # fmt: skip
def test_every_way_of_writing(
    engine: str, column: str, answers: list[Any], options: dict[str, Any]
) -> None:
    guide = load(GUIDES[1])
    damage = "none" if column == "days_late" else "light"
    columns: Columns = {"who": [0, 1, 2, 3], **{f.id: [None] * 4 for f in guide.factors}}
    columns |= {"damage": [damage] * 4, column: answers}
    expected = results(guide, columns, **options)
    assert len({row["path"] for row in expected}) == 3
    found = told(guide, engine, columns, **options)
    found.sort(key=lambda row: row["who"])
    assert [{k: row[k] for k in expected[0]} for row in found] == expected


@pytest.mark.parametrize("engine", ["polars", "polars, lazy", "duckdb"])
def test_wrong_answers_are_told_at_once(engine: str) -> None:
    guide = load(GUIDES[1])
    columns: Columns = {f.id: [None] * 4 for f in guide.factors}
    columns |= {"damage": ["none", "nonne", "nonne", "x"], "days_late": [1.0, 1e13, 2.0, 3.0]}
    with pytest.raises(tree.AnswerError) as caught:
        told(guide, engine, columns)
    assert caught.value.messages == (
        "damage: unknown value 'nonne' in 2 rows: did you mean 'none'? allowed: none, light, "
        "heavy, wet, wet with heavy damage, unknown",
        "damage: unknown value 'x' in 1 row: allowed: none, light, heavy, wet, wet with heavy "
        "damage, unknown",
        "days_late: unknown value '10000000000000.0' in 1 row: a number has at most 12 digits "
        "before the point; allowed: up to 14 days, more than 14 days, a number, unknown",
        '--lenient, or errors="coerce", takes these as unknown',
    )
    with pytest.warns(UserWarning, match="taken as unknown:") as warned:
        found = told(guide, engine, columns, errors="coerce")
    assert warned[0].filename == __file__
    assert sorted(row["path"] for row in found) == [
        "",
        "",
        "",
        "damage=none → days_late=up to 14 days",
    ]


@pytest.mark.slow
def test_dask_tells_wrong_answers_when_it_computes() -> None:
    guide = load(GUIDES[1])
    columns: Columns = {f.id: [None] * 4 for f in guide.factors} | {
        "damage": [None, "x", None, None]
    }
    lazy = guide.classify(in_dask(columns, parts=2))
    with pytest.raises(tree.AnswerError, match=r"damage: unknown value 'x' in 1 row \(row 1\)"):
        lazy.compute()


@pytest.mark.parametrize("engine", BY_TIME)
def test_columns_that_clash(engine: str) -> None:
    guide = load(GUIDES[1])
    columns = {**{f.id: [f.values[0]] for f in guide.factors}, "outcome": ["mine"]}
    with pytest.raises(tree.AnswerError, match="'outcome' has the name of a result"):
        told(guide, engine, columns)
    (row,) = told(guide, engine, columns, prefix="told_")
    assert (row["outcome"], row["told_outcome"]) == ("mine", "outcome 1")
    (row,) = told(guide, engine, columns, keep=False)
    assert row["outcome"] == "outcome 1"
    assert "damage" not in row


@pytest.mark.slow
def test_many_small_trees_need_no_joins_of_duckdb(tmp_path: Path) -> None:
    """Each join is planned again with all that comes before it."""
    guide = tree.load(independent(tmp_path / "many", 60))
    columns = patients(guide, 200)
    found = guide.classify(in_duckdb(columns), keep=False)
    assert "JOIN" not in found.explain().upper()
    same = guide.classify(pd.DataFrame(columns), keep=False)
    assert found.fetchall() == list(same.itertuples(index=False, name=None))


@pytest.mark.slow
def test_results_of_duckdb_do_not_touch_each_other() -> None:
    one, other = load(GUIDES[0]), load(GUIDES[1])
    columns = [patients(guide, 30) for guide in (one, other)]
    # Both tables have the name patients, and both results are still to be worked out.
    lazy = [g.classify(in_duckdb(c)) for g, c in zip((one, other), columns, strict=True)]
    connection = duckdb.connect()
    connection.execute("CREATE TABLE known (damage VARCHAR); INSERT INTO known VALUES ('none')")
    with pytest.warns(UserWarning, match="no column"):
        lazy.append(other.classify(connection.table("known"), errors="coerce"))
    for guide, c, result in zip((one, other), columns, lazy, strict=False):
        found = sorted(plain_duckdb(result), key=lambda row: row["who"])
        expected = results(guide, c)
        assert [{k: row[k] for k in expected[0]} for row in found] == expected
    assert plain_duckdb(lazy[2])[0]["path"] == "damage=none"
    tables = connection.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal")
    assert tables.fetchall() == [(0,)]


@pytest.mark.parametrize("engine", BY_TIME)
def test_words_with_quotation_marks(engine: str) -> None:
    guide = load(GUIDES[1])
    odd = ("it's", 'so "said"', "a`b", "\\n")
    factor = Factor("damage", "What is the damage?", (), odd)
    conjunction = frozenset({("damage", frozenset(odd[:2]))})
    effects = (("mending", Standing.OFFERED),)
    rule = replace(guide.statements[1], condition=(conjunction,), effects=effects)
    for one_more in odd:
        other = frozenset({("damage", frozenset({one_more}))})
        rules = (rule, replace(rule, condition=(other,), effects=(("paying", Standing.WITHHELD),)))
        made = replace(guide, factors=(factor,), statements=rules)
        columns: Columns = {"damage": [*odd, None]}
        expected = results(made, columns)
        found = told(made, engine, columns)
        found.sort(key=lambda row: [*odd, None].index(row["damage"]))
        assert [{k: row[k] for k in expected[0]} for row in found] == expected


def test_sql_sees_no_capitals() -> None:
    guide = load(GUIDES[1])
    columns = {**{f.id: [f.values[0]] for f in guide.factors}, "Outcome": ["mine"]}
    assert told(guide, "polars", columns)[0]["Outcome"] == "mine"
    with pytest.raises(tree.AnswerError, match="'Outcome' has the name of a result"):
        told(guide, "duckdb", columns)


@pytest.mark.parametrize("engine", BY_TIME)
def test_columns_that_are_missing_or_hold_no_answers(engine: str) -> None:
    guide = load(GUIDES[1])
    with pytest.raises(tree.AnswerError, match="no column 'days_late'"):
        told(guide, engine, {"damage": ["none"]})
    with pytest.raises(tree.AnswerError, match="no column has the name of a factor"):
        told(guide, engine, {"other": ["none"]})


def test_a_column_of_another_kind() -> None:
    guide = load(GUIDES[1])
    table = pl.DataFrame({f.id: [["none"]] for f in guide.factors})
    with pytest.raises(tree.AnswerError, match=r"damage: a column of List\(String\) holds no"):
        guide.classify(table)


def test_categories_of_polars() -> None:
    guide = load(GUIDES[1])
    columns = patients(guide, 50)
    table = in_polars(columns).with_columns(
        pl.col("damage").cast(pl.Categorical),
        pl.col("under_twelve").cast(pl.Enum(["no", "yes"])),
    )
    found = guide.classify(table, keep=False).to_dicts()
    assert found == results(guide, columns)


@pytest.mark.parametrize("engine", ["polars", "polars, lazy", "duckdb"])
def test_a_table_without_rows(engine: str) -> None:
    guide = load(GUIDES[1])
    columns: Columns = {f.id: [] for f in guide.factors}
    assert told(guide, engine, columns) == []
