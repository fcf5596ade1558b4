"""A guide as tables, which leave as CSV and Excel."""

from __future__ import annotations

import csv
import io
import itertools
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from examples import examples
from hypothesis import given
from independent_guides import independent
from places import ROOT
from random_guides import guide as as_guide
from random_guides import readings, standings
from random_guides import table as outcomes_of
from seeded_guides import several_together

import tree
from tree.logic.build import count_paths
from tree.logic.trees import of_everyone
from tree.model.parts import Factor
from tree.tables.guide_tables import Table, any_of

GUIDES = ["metastatic_liver_cancer", "damaged_library_book", "ear_infection_in_a_child"]


def load(name: str) -> tree.Guide:
    return tree.load(ROOT / "data" / name)


@examples(100)
@given(readings(factors=4))
def test_the_decision_table_has_every_patient_in_order(reading: Any) -> None:
    guide = as_guide(reading)
    table = guide.decision_table()
    expected = [[*values, *map(str, found)] for values, found in outcomes_of(reading).items()]
    assert table.to_numpy().tolist() == expected
    names = [*(f.id for f in reading.factors), *(o.id for o in reading.options)]
    assert table.columns.tolist() == names
    assert table.index.tolist() == list(range(1, len(expected) + 1))
    assert table.index.name == "case"


@examples(100)
@given(readings(factors=4))
def test_every_patient_fits_one_row_of_the_compact_table_and_it_is_right(reading: Any) -> None:
    guide = as_guide(reading)
    compact, paths = guide.decision_table(compact=True), guide.paths()
    assert len(compact) == len(paths) == count_paths(guide.tree)
    ids = [factor.id for factor in reading.factors]
    fitting = dict.fromkeys(compact.index, 0)
    for values, found in outcomes_of(reading).items():
        rows = compact
        for id, value in zip(ids, values, strict=True):
            rows = rows[rows[id].isin([value, "any"])]
        assert len(rows) == 1
        assert rows.iloc[0, len(ids) :].tolist() == list(map(str, found))
        fitting[rows.index[0]] += 1
    assert paths["cases"].tolist() == list(fitting.values())
    for (_, row), (_, path) in zip(compact.iterrows(), paths.iterrows(), strict=True):
        steps = [f"{id}={row[id]}" for id in ids if row[id] != "any"]
        assert path["path"] == " → ".join(steps)
        assert path["questions"] == len(steps)
        for option in reading.options:
            label = next(
                guide.subject.within(s) for s in tree.model.parts.Standing if s == row[option.id]
            )
            assert option.id in path[label].split(", ")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 2, 3, 4, 5])
def test_tables_of_several_trees_have_the_rows_of_each(seed: int) -> None:
    guide = as_guide(several_together(seed))
    assert len(guide.trees) > 1
    compact, paths = guide.decision_table(compact=True), guide.paths()
    assert compact.columns[0] == paths.columns[0] == "tree"
    assert [*compact["tree"]] == [t.name for t in guide.trees for _ in range(count_paths(t))]
    assert [*paths["tree"]] == [*compact["tree"]]
    of_tree = {each.name: {option.id for option in each.options} for each in guide.trees}
    everyone = {option.id for option, _ in of_everyone(guide)}
    for (_, row), (_, path) in zip(compact.iterrows(), paths.iterrows(), strict=True):
        known = {f.id: row[f.id] for f in guide.factors if row[f.id] != "any"}
        assert path["path"] == " → ".join(f"{id}={value}" for id, value in known.items())
        walk = guide.walk(known)
        for option in guide.options:
            if option.id in of_tree[row["tree"]] | everyone:
                assert row[option.id] == walk.standings[option.id].standing
            else:
                assert pd.isna(row[option.id])
    assert tree.audit(guide, compact).ok


def test_every_case_of_several_trees(tmp_path: Path) -> None:
    guide = tree.load(independent(tmp_path / "many", 8))
    assert len(guide.trees) == 8
    table = guide.decision_table()
    assert len(table) == 2**8
    for _, row in table.iterrows():
        walk = guide.walk({f.id: row[f.id] for f in guide.factors})
        assert {id: row[id] for id in walk.standings} == {
            id: found.standing for id, found in walk.standings.items()
        }


def test_a_factor_may_be_called_tree() -> None:
    guide = as_guide(several_together(0))
    shade = Factor("tree", "Is there a tree?", ())
    table = replace(guide, factors=(*guide.factors, shade)).paths()
    assert table.columns[0] == "(tree)"


def test_counts_of_very_many_cases(tmp_path: Path) -> None:
    paths = tree.load(independent(tmp_path / "many", 100)).paths()
    assert paths["cases"].tolist() == [float(2**99)] * 200


def test_outcomes_are_numbered_as_one_meets_them() -> None:
    for name in GUIDES:
        numbers = [int(o.split()[1]) for o in load(name).paths()["outcome"]]
        firsts = list(dict.fromkeys(numbers))
        assert firsts == list(range(1, len(firsts) + 1))
        assert len(firsts) == len(load(name).tree.outcomes)


def test_a_value_may_be_called_any() -> None:
    assert any_of(Factor("f", "F?", ())) == "any"
    assert any_of(Factor("f", "F?", (), ("any", "other"))) == "(any)"


@pytest.mark.parametrize("name", GUIDES)
def test_the_evidence_has_every_quote_with_its_words_and_place(name: str) -> None:
    guide = load(name)
    table = guide.evidence()
    expected = [(s.id, quote) for s in guide.statements for quote in s.quotes]
    assert list(zip(table["statement"], table["quote"], strict=True)) == [
        (id, quote.line) for id, quote in expected
    ]
    text = " ".join(guide.text.content.split())
    assert all(quote in text for quote in table["quote"])
    assert table["passage"].tolist() == [quote.passage for _, quote in expected]
    assert set(table["basis"]) <= {"stated", "implied"}
    assert (table["because"].ne("") == table["basis"].eq("implied")).all()
    assert table["effect"].ne("").all()


def test_a_condition_in_words() -> None:
    table = load(GUIDES[1]).evidence()
    mishap = table[table["statement"] == "repair_room_mishap"].iloc[0]
    assert mishap["condition"] == (
        "damage=heavy or wet or wet with heavy damage and anyones_mishap=yes"
    )
    assert mishap["effect"] == "not for this book: another_copy, paying, shelving"


@pytest.mark.slow
@pytest.mark.parametrize("name", GUIDES)
def test_options_by_passage(name: str) -> None:
    guide = load(name)
    table = guide.options_by_passage()
    assert table.index.tolist() == [option.id for option in guide.options]
    assert table["option"].tolist() == [option.label for option in guide.options]
    alone = {passage.id: guide.for_passages(passage.id) for passage in guide.text.passages}
    for column, speaking in {**alone, "together": guide}.items():
        outcomes = {standings(speaking, patient) for patient in complete(guide)}
        for position, said in enumerate(table[column]):
            possible = {guide.subject.within(outcome[position]) for outcome in outcomes}
            assert set(re.split(", | or ", said)) == possible


def complete(guide: tree.Guide) -> list[dict[str, str]]:
    ids = [factor.id for factor in guide.factors]
    every = itertools.product(*(factor.values for factor in guide.factors))
    return [dict(zip(ids, values, strict=True)) for values in every]


def every_table(guide: tree.Guide) -> list[Table]:
    return [
        guide.decision_table(),
        guide.decision_table(compact=True),
        guide.paths(),
        guide.evidence(),
        guide.options_by_passage(),
    ]


@pytest.mark.parametrize("name", GUIDES)
def test_every_table_has_a_caption_and_reads_the_same_each_time(name: str) -> None:
    guide = load(name)
    for table, again in zip(every_table(guide), every_table(load(name)), strict=True):
        assert table.caption.endswith(guide.title)
        assert str(table).startswith(table.caption)
        html = table._repr_html_()
        assert f">{table.caption}</caption>\n  <thead>" in html.replace("&quot;", '"')
        assert html == again._repr_html_()
        assert str(table) == str(again)
        assert "0x" not in html
        # What is cut out of it is pandas' own.
        assert type(table.head()) is pd.DataFrame
    assert "..." not in guide.evidence()._repr_html_()


def test_text_is_never_markup() -> None:
    table = Table(pd.DataFrame({"a": ["<b>x</b>"]}))
    table.caption = "<script>1 & 2</script>"
    assert "<b>" not in table._repr_html_()
    assert "&lt;script&gt;1 &amp; 2&lt;/script&gt;" in table._repr_html_()


def test_tables_that_would_be_too_large() -> None:
    guide = load(GUIDES[1])
    more = tuple(Factor(f"more{i}", "More?", ()) for i in range(12))
    large = replace(guide, factors=(*guide.factors, *more))
    with pytest.raises(tree.AnswerError, match=r"557,056 books, more than 100,000; .*compact"):
        large.decision_table()
    assert len(large.decision_table(compact=True)) == len(guide.decision_table(compact=True))


# --- leaving ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", GUIDES)
def test_tables_leave_as_csv_and_excel(name: str, tmp_path: Path) -> None:
    for number, table in enumerate(every_table(load(name))):
        plain = table.reset_index().astype(object)
        expected = [plain.columns.tolist(), *plain.to_numpy().tolist()]
        table.save(tmp_path / f"{number}.csv")
        data = (tmp_path / f"{number}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert found == [[str(cell) for cell in row] for row in expected]
        table.save(tmp_path / f"{number}.xlsx")
        book = openpyxl.load_workbook(tmp_path / f"{number}.xlsx")
        read = [["" if v is None else v for v in row] for row in book.active.values]
        assert read == expected
        assert book.properties.title == table.caption
        assert book.active.freeze_panes == "A2"


def test_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\t=2", " =3", "plain", "'=4", "=cmd|' /C calc'!A0"]
    table = pd.DataFrame({"=head": cells, "number": range(-4, 5)})
    tree.save(table, tmp_path / "t.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text("utf-8-sig"))))
    assert rows[0] == ["'=head", "number"]
    assert [row[0] for row in rows[1:]] == [
        f"'{c}" if c not in ("plain", "'=4") else c for c in cells
    ]
    assert rows[1][1] == "-4"
    tree.save(table, tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert [cell.value for cell in sheet["A"]] == ["=head", *cells]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert {cell.data_type for cell in sheet["B"][1:]} == {"n"}


def test_a_good_file_is_only_replaced_when_asked(tmp_path: Path) -> None:
    table = load(GUIDES[0]).paths()
    target = tmp_path / "t.csv"
    target.write_text("good")
    with pytest.raises(FileExistsError):
        table.save(target)
    with pytest.raises(tree.AnswerError, match=r"unknown ending '.txt': allowed: .csv, .xlsx"):
        table.save(tmp_path / "t.txt")
    assert target.read_text() == "good"
    assert list(tmp_path.iterdir()) == [target]
    table.save(target, force=True)
    assert target.read_text("utf-8-sig").startswith("number,path")


@pytest.mark.slow
def test_excel_without_openpyxl_is_told(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['openpyxl'] = None; import tree; "
        f"guide = tree.load({str(ROOT / 'data' / GUIDES[0])!r})\n"
        "for do in (lambda: guide.paths().save('t.xlsx'), "
        "lambda: tree.audit(guide, 't.xlsx')):\n"
        "    try: do()\n"
        "    except ImportError as error: print(error)"
    )
    (tmp_path / "t.xlsx").write_bytes(b"x")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        f"{doing} Excel files needs the package openpyxl: python -m pip install "
        '"decision-tree-notebook[excel]"'
        for doing in ("Writing", "Reading")
    ]


def test_results_of_patients_leave_the_same_way(tmp_path: Path) -> None:
    guide = load(GUIDES[0])
    table = pd.DataFrame({f.id: ["yes", None] for f in guide.factors})
    tree.save(guide.classify(table), tmp_path / "t.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "t.xlsx").active.values)
    assert rows[0][0] == guide.factors[0].id
    assert rows[2][0] is None
