"""An answer means the same wherever it is given: walk, tables, files, audit, cases, page."""

from __future__ import annotations

import csv
import json
import re
import warnings
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from answer_cases import (
    FACTORS,
    GUIDES,
    TEXT,
    columns,
    kinds,
    meaning,
    mixed,
    partial_words,
    words,
    written,
)
from engine_tables import ENGINES
from examples import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from places import DATA, ROOT

import tree
from tree.__main__ import main
from tree.model.answers import WRONG, Spelling
from tree.tables.guide_patterns import OPEN


def paths(guide: tree.Guide, answers: list[Any]) -> list[str]:
    meant = [meaning(guide, answer) for answer in answers]
    return [f"f={value}" if value and isinstance(value, str) else "" for value in meant]


def possible(guide: tree.Guide, answers: list[Any]) -> list[str | None]:
    """The outcomes that a walk leaves open, as tables have them."""
    numbers = dict(guide.paths()[["path", "outcome"]].itertuples(index=False))
    found = []
    for answer in answers:
        meant = meaning(guide, answer) or guide.factor("f").values
        left = (meant,) if isinstance(meant, str) else meant
        names = sorted((numbers[f"f={value}"] for value in left), key=lambda name: int(name[8:]))
        found.append(" or ".join(names) if len(names) > 1 else None)
    return found


def refused(guide: tree.Guide, answers: list[Any]) -> int:
    return sum(meaning(guide, answer) is None for answer in answers)


def leniently(do: Any) -> tuple[Any, int]:
    """What is made of a table, and how many of its answers were refused."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        found = do()
    counts = [re.findall(r"(?: in (\d+) rows?\b)", str(each.message)) for each in caught]
    return found, sum(int(count) for each in counts for count in each)


def objects(answers: list[Any]) -> pd.Series:
    column = pd.Series([None] * len(answers), dtype=object)
    for i, answer in enumerate(answers):
        column.iat[i] = answer
    return column


@examples(150)
@given(kinds, mixed | columns)
def test_a_table_of_pandas_means_what_a_walk_means(kind: str, answers: list[Any]) -> None:
    guide = GUIDES[kind]
    column = objects(answers)
    for each in (column, column.infer_objects()):
        do = pd.DataFrame({"f": each})
        found, wrong = leniently(lambda do=do: guide.classify(do, errors="coerce"))
        assert found["path"].tolist() == paths(guide, answers)
        left = found["possible"].astype(object)
        assert left.where(left.notna(), None).tolist() == possible(guide, answers)
        assert wrong == refused(guide, answers)
        if wrong:
            with pytest.raises(tree.AnswerError):
                guide.classify(do)


@examples(60)
@given(kinds, mixed | columns)
def test_cohort_and_audit_mean_what_a_walk_means(kind: str, answers: list[Any]) -> None:
    guide = GUIDES[kind]
    table = pd.DataFrame({"f": objects(answers)})
    cohort, _ = leniently(lambda: guide.cohort(table, errors="coerce"))
    meant = [meaning(guide, answer) for answer in answers]
    counts = Counter(value for value in meant if value and isinstance(value, str))
    assert {v: n for (_, v), n in cohort.followed.trees[0].branches.items() if n} == dict(counts)
    for option in guide.options:
        walks = [guide.walk(f=value or None) for value in meant]
        table[option.id] = [str(w.standings[option.id].standing or OPEN) for w in walks]
    wrong = {cell.row for cell in tree.audit(guide, table).wrong}
    assert wrong == {row for row, value in enumerate(meant) if value is None}


@examples(60)
@given(kinds, columns, st.sampled_from(["polars", "polars, lazy", "duckdb"]))
def test_other_engines_mean_what_a_walk_means(kind: str, answers: list[Any], engine: str) -> None:
    guide = GUIDES[kind]
    make, plain, _ = ENGINES[engine]
    given_ = make({"who": list(range(len(answers))), "f": answers})
    found, wrong = leniently(lambda: plain(guide.classify(given_, errors="coerce")))
    found.sort(key=lambda row: row["who"])
    assert [row["path"] for row in found] == paths(guide, answers)
    assert [row["possible"] for row in found] == possible(guide, answers)
    assert wrong == refused(guide, answers)


@pytest.mark.slow
@pytest.mark.parametrize("kind", FACTORS)
def test_dask_means_what_a_walk_means(kind: str) -> None:
    guide = GUIDES[kind]
    make, plain, _ = ENGINES["dask"]
    for answers in ([" Yes", "n", "1,5", "LOW", "0.0", ""], [0, 1, 2], [1.0, float("nan")]):
        good = [answer for answer in answers if meaning(guide, answer) is not None]
        rows = plain(guide.classify(make({"f": good})))
        assert [row["path"] for row in rows] == paths(guide, good)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guides")


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=kinds, answers=st.lists(words() | partial_words(), min_size=1, max_size=6))
def test_files_the_command_line_and_cases_mean_what_a_walk_means(
    kind: str, answers: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide, home = GUIDES[kind], folder / kind.replace(" ", "_")
    home.mkdir(exist_ok=True)
    (home / "text.txt").write_text(TEXT, encoding="utf-8")
    (home / "guide.yaml").write_text(written(kind), encoding="utf-8")
    (home / "cases.yaml").unlink(missing_ok=True)

    source, target = folder / "in.csv", folder / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("id", "f"), *enumerate(answers)])
    command = ["classify", str(home), str(source), "-o", str(target), "--force", "--lenient"]
    assert main(command) == 0
    with target.open(encoding="utf-8", newline="") as file:
        found = [row["path"] for row in csv.DictReader(file, delimiter=";")]
    assert found == paths(guide, answers)

    for answer, meant in zip(answers, (meaning(guide, a) for a in answers), strict=True):
        capsys.readouterr()
        status = main(["walk", str(home), f"f={answer}", "--json"])
        # Where nothing is written after the =, something was forgotten.
        assert status == (meant is None or not answer.strip("\ufeff\u00a0 "))
        if not status:
            taken = json.loads(capsys.readouterr().out)["taken"]
            assert taken == ([["f", meant]] if meant and isinstance(meant, str) else [])

    one = '"vignette": "It is so.", "answers": {"f": {"words": "It is so", "value": '
    lines = [
        f"c{i}: {{{one}{json.dumps(a, ensure_ascii=False)}}}}}}}\n" for i, a in enumerate(answers)
    ]
    (home / "cases.yaml").write_text("".join(lines), encoding="utf-8")
    report = tree.check(home)
    wrong = {p.line - 1 for p in report.errors if p.file.endswith("cases.yaml")}
    # A case has one value, and what is unknown is left out.
    assert wrong == {i for i, a in enumerate(answers) if not guide.factor("f").value_of(a)}
    if not wrong:
        assert [case.answers["f"] for case in report.guide.vignettes] == [
            meaning(guide, answer) for answer in answers
        ]


# --- the page ---------------------------------------------------------------------------------


# --- what is plain, and what is not -----------------------------------------------------------


@pytest.mark.parametrize("answer", [1, 0, 1.0, "1", "0", np.int64(1), Decimal(1), "1,5", " No "])
def test_a_number_is_looked_for_in_the_bands_whatever_they_are_called(answer: object) -> None:
    assert meaning(GUIDES["bands named no and yes"], answer) == "no"


@pytest.mark.parametrize("answer", [True, np.True_, "true", "Y", "f"])
def test_true_is_no_number(answer: object) -> None:
    guide = GUIDES["bands named no and yes"]
    with pytest.raises(tree.AnswerError) as caught:
        guide.walk(f=answer)
    said = "true is no number; " if str(answer).lower() == "true" else ""
    assert f": {said}allowed: no, yes, a number, unknown" in str(caught.value)
    with pytest.raises(tree.AnswerError):
        guide.classify(pd.DataFrame({"f": pd.Series([1, answer], dtype=object)}))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("1,000", "the comma may separate thousands or decimals; write the number without it"),
        (10**400, "a number has at most 12 digits before the point"),
        (10**5000, "a number has at most 12 digits before the point"),
        ("1e400", "a number has at most 12 digits before the point"),
        (66, "the number must be 0 or more and 65 or less"),
    ],
    ids=["thousands", "large", "too large to be written", "large as words", "outside"],
)
def test_why_a_number_is_refused(answer: object, reason: str) -> None:
    with pytest.raises(tree.AnswerError, match=re.escape(f": {reason}; allowed: young, Old")):
        GUIDES["bands with an end"].walk(f=answer)


def test_other_spellings_come_first() -> None:
    bands = GUIDES["bands named no and yes"].factor("f").bands
    spelling = Spelling(("no", "yes"), bands, {"99": "unknown", "1": "yes", "Ja": "yes"})
    found = [spelling.place(a) for a in (99, "99.0", 98, 1, True, "ja", "no", "NO")]
    assert found == [2, 2, 1, 1, WRONG, 1, 0, 0]
    own = Spelling(("yes", "no"), mapped={"y": "no"})
    assert [own.place(answer) for answer in ("y", "Y", "yes")] == [1, 1, 0]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_other_spellings_of_numbers_come_first_in_every_engine(engine: str) -> None:
    make, plain, _ = ENGINES[engine]
    for answers in ([99, 1], [99.0, 1.0], ["99", "1"], ["99.0", "1,0"]):
        table = make({"who": [0, 1], "f": answers})
        found = plain(GUIDES["bands named no and yes"].classify(table, mapping={"f": {99: None}}))
        found.sort(key=lambda row: row["who"])
        assert [row["path"] for row in found] == ["", "f=no"]


# --- files as they come -----------------------------------------------------------------------


def test_a_number_outside_its_range_is_refused_with_the_range() -> None:
    guide = GUIDES["a score"]
    assert meaning(guide, 2) == "up to 2"
    assert meaning(guide, 5.0) == "over 2"
    assert meaning(guide, "not done") == "not done"
    for answer in (9, "9", -1):
        reason = "the number must be 0 or more and 5 or less; allowed: up to 2, over 2, not done"
        with pytest.raises(tree.AnswerError, match=reason):
            guide.walk(f=answer)


GIVEN = ROOT / "tests" / "answers"


def classified(guide: Path, patients: Path, target: Path, *more: str) -> list[str]:
    assert main(["classify", str(guide), str(patients), "-o", str(target), *more]) == 0
    with target.open(encoding="utf-8", newline="") as file:
        return [row["path"] for row in csv.DictReader(file)]


def test_bands_that_are_called_yes_and_no(tmp_path: Path) -> None:
    folder = GIVEN / "bands_named_yes_no"
    found = classified(folder, folder / "p.csv", tmp_path / "out.csv")
    assert found == ["long_pain=no", "long_pain=no", "long_pain=yes", "long_pain=yes"]
    guide = tree.load(folder)
    for answer in (1, 0, 1.0, "1"):
        assert guide.walk(long_pain=answer).answers == {"long_pain": "no"}


def test_spellings_of_a_spreadsheet(tmp_path: Path) -> None:
    liver = DATA / "metastatic_liver_cancer"
    found = classified(liver, GIVEN / "spellings.csv", tmp_path / "out.csv", "--lenient")
    rows = [
        ("no", "no", "no", "yes"),
        ("no", "no", "no", "yes"),
        ("yes", "yes", "yes", "no"),
    ]
    names = ["other_organ_involvement", "extensive_liver_involvement"]
    names += ["other_factors_against_resection", "complete_removal_feasible"]
    guide = tree.load(liver)
    walks = [guide.walk(dict(zip(names, row, strict=True))) for row in rows]
    assert found == [" → ".join(f"{f}={v}" for f, v in walk.taken) for walk in walks]


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_decimal_comma(separator: str, tmp_path: Path) -> None:
    lines = (GIVEN / "decimal_comma.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(lines))
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    target = tmp_path / "out.csv"
    assert main(["classify", str(DATA / "damaged_library_book"), str(tmp_path / "in.csv"),
                 "-o", str(target)]) == 0  # fmt: skip
    with target.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, delimiter=separator))
    assert [row["days_late"] for row in read] == ["7,5", "7.5"]
    assert "days_late=up to 14 days" in read[0]["path"]


def test_what_is_not_plain_is_refused_with_its_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id;f\n1;1,000\n2;perhaps\n3;1,5\n", encoding="utf-8")
    (tmp_path / "g").mkdir()
    (tmp_path / "g" / "text.txt").write_text(TEXT, encoding="utf-8")
    made = written("bands with an end")
    (tmp_path / "g" / "guide.yaml").write_text(made, encoding="utf-8")
    command = ["classify", str(tmp_path / "g"), str(source), "-o", str(tmp_path / "o.csv")]
    assert main(command) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert "unknown value '1,000' in 1 row (line 2): the comma may separate thousands" in lines[0]
    assert "unknown value 'perhaps' in 1 row (line 3): allowed: young, Old" in lines[1]
    assert main([*command, "--spelling", "f:1,000=Old", "--spelling", "perhaps=unknown"]) == 0


def test_an_accent_may_be_stored_either_way() -> None:
    # The text, which stays as it is, stores it in one way, and the guide in both.
    one, other = "caf\u00e9", "cafe\u0301"
    yaml = f"""
        title: Tea or coffee?
        factors:
          place: {{question: Where?, quote: In a {one}, values: [{other}, home]}}
        options: {{coffee: {{name: {other} au lait, quote: {one} au lait}}}}
        statements:
          drink:
            {{quote: "In a {one}, drink {one} au lait.", when: {{place: {one}}}, offer: coffee}}
        examples: {{a guest: {{place: {other}}}}}
    """
    guide = tree.loads(f"In a {one}, drink {one} au lait.", yaml)
    assert guide.factors[0].values == (one, "home")
    assert guide.options[0].name == f"{one} au lait"
    assert guide.examples == (("a guest", (("place", one),)),)
    for answer in (one, other, other.upper()):
        assert guide.walk(place=answer).answers == {"place": one}
    assert guide.text.content.startswith(f"In a {one}, ")
