"""Converting, as its user does it: a file in, a guide out, and back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import run
from foreign_tables import ssvc_table

import tree
from tree.exchange import ssvc
from tree.exchange.decision_table import DecisionTable, counting
from tree.exchange.layouts import plain_table
from tree.exchange.tree_tables import tables_of
from tree.loading.sheets import sheets_of

LOAN = """\
U;Age [years];Risk;Can be paid;Loan;Notes
1;">=18";"Medium, Low";TRUE;given;
2;<18;;;refused;
3;">=18";High;;refused;too risky
4;">=18";"Medium, Low";FALSE;refused;
"""


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    file = tmp_path / "loan.csv"
    file.write_text(LOAN, encoding="utf-8")
    return file


CASES = [
    ({"age": age, "risk": risk, "can_be_paid": paid}, loan)
    for age, risk, paid, loan in [
        (17, "Low", "yes", "refused"),
        (18, "Low", "yes", "given"),
        (18, "Medium", "yes", "given"),
        (18, "High", "yes", "refused"),
        (99, "Low", "no", "refused"),
        (0, "High", "no", "refused"),
    ]
]


def offered(guide: tree.Guide, answers: dict[str, Any]) -> list[str]:
    walk = guide.walk(answers)
    return [o.name for o in guide.options if walk.standings[o.id].standing == "offered"]


@pytest.mark.parametrize("between", ["", "loan.xlsx", "again.csv", "loan.dmn", "guide.json"])
def test_a_table_becomes_a_guide_and_comes_back_the_same(
    loan: Path, tmp_path: Path, between: str
) -> None:
    print(tree.convert(loan, tmp_path / "guide", title="Who gets a loan?"))
    folder = tmp_path / "guide"
    if between:
        to = "guide" if between.endswith(".json") else ""
        tree.convert(folder, tmp_path / between, to=to)
        folder = tmp_path / "again"
        tree.convert(tmp_path / between, folder)
    report = tree.check(folder)
    assert (report.ok, report.warnings) == (True, ())
    for answers, loan_is in CASES:
        assert offered(report.guide, answers) == [loan_is]


def test_the_guide_goes_on_as_any_other(loan: Path, tmp_path: Path) -> None:
    tree.convert(loan, tmp_path / "guide", title="Who gets a loan?")
    guide = tree.load(tmp_path / "guide")
    assert guide.title == "Who gets a loan?"
    assert (
        "too risky."
        in guide.walk(age=30, risk="High").standings["refused"].because[0].quotes[0].words
    )
    assert "<svg" in guide.to_html(practice=True)
    assert len(guide.questions()) > 5
    assert guide.decision_table().shape[0] == 12


@pytest.mark.parametrize(
    ("name", "to", "holds"),
    [
        ("out.md", "", b"```mermaid"),
        ("out.mmd", "", b"flowchart TD"),
        ("out.json", "fhir", b'"PlanDefinition"'),
        ("out.json", "fhir-r5", b'"PlanDefinition"'),
        ("out.dmn", "", b"20191111/MODEL"),
    ],
)
def test_a_guide_is_written_in_other_formats(
    tmp_path: Path, name: str, to: str, holds: bytes
) -> None:
    made = tree.convert("metastatic_liver_cancer", tmp_path / name, to=to)
    assert holds in made.target.read_bytes()
    assert str(made).startswith(f"{tmp_path / name}: written")


def test_a_guide_as_json_comes_back_with_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "guide"
    shutil.copytree("data/metastatic_liver_cancer", folder)
    (folder / "text.txt").rename(folder / "answers.txt")
    source = (folder / "guide.yaml").read_text(encoding="utf-8")
    (folder / "guide.yaml").write_text(source.replace("text.txt", "answers.txt"), encoding="utf-8")
    tree.convert(folder, tmp_path / "guide.json", to="guide")
    made = tree.convert(tmp_path / "guide.json", tmp_path / "again")
    assert made.lost == ("the cases to practise on",)
    for name in ("guide.yaml", "answers.txt"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
    assert tree.check(tmp_path / "again").ok


@pytest.mark.parametrize("words", ["[]", "3", "{", '{"cases": 1}', '{"format": 2}'])
def test_json_that_is_nothing_known_is_refused(words: str, tmp_path: Path) -> None:
    (tmp_path / "it.json").write_text(words, encoding="utf-8")
    with pytest.raises(tree.TreeError) as raised:
        tree.convert(tmp_path / "it.json", tmp_path / "guide")
    assert str(raised.value).startswith(str(tmp_path / "it.json"))
    assert not (tmp_path / "guide").exists()


def test_on_the_command_line(loan: Path, tmp_path: Path) -> None:
    made = run("convert", str(loan), "-o", str(tmp_path / "guide"))
    assert (made.returncode, made.stderr) == (0, b"")
    assert run("check", str(tmp_path / "guide")).returncode == 0
    again = run("convert", str(loan), "-o", str(tmp_path / "guide"))
    assert again.returncode == 1
    assert "there is a guide already" in again.stderr.decode()
    back = run("convert", str(tmp_path / "guide"), "-o", str(tmp_path / "out.xlsx"))
    assert back.returncode == 0
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames == ["Loan"]


def test_a_table_of_ssvc_goes_in_and_out(tmp_path: Path) -> None:
    file = tmp_path / "drink.json"
    file.write_text(json.dumps(ssvc_table()), encoding="utf-8")
    tree.convert(file, tmp_path / "guide")
    guide = tree.load(tmp_path / "guide")
    assert guide.title == "What to drink?"
    assert "yes: It is yes." in guide.text.content
    assert offered(guide, {"cold": "yes"}) == ["tea"]
    made = tree.convert(tmp_path / "guide", tmp_path / "out.json", to="ssvc")
    assert made.lost == ("the words of the text that decide each case",)
    [table] = ssvc.read((tmp_path / "out.json").read_bytes(), "out.json")
    # Thirst never mattered.
    assert [input_.name for input_ in table.inputs] == ["Cold"]
    names = table.answers[0].names
    assert {name: counting(table, (i,))[0] for i, name in enumerate(names)} == {
        "yes": {"tea"},
        "no": {"water"},
    }


def changed(**more: Any) -> Iterator[bytes]:
    yield json.dumps(ssvc_table(**more)).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "not readable as JSON"),
        (b"[" * 100_000, "not readable as JSON"),
        (b"[]", "not a decision table of SSVC"),
        (*changed(schemaVersion="1.0.0"), "schemaVersion is '1.0.0'; 2.0.0 can be read"),
        (*changed(outcome="x:D:2"), "outcome 'x:D:2' is no decision point: did you mean 'x:D:1'"),
        (*changed(mapping=[{"x:C:1": "Q"}]), "mapping, row 1: 'Q' is no value of 'x:C:1'"),
        (*changed(mapping=[7]), "mapping, row 1: it must name a value of every decision point"),
        (*changed(decision_points={"x:D:1": {"name": 3}}), "decision point 'x:D:1': it needs"),
    ],
)
def test_what_is_wrong_in_a_file_of_ssvc_is_said(data: bytes, message: str) -> None:
    with pytest.raises(tree.TreeError) as raised:
        ssvc.read(data, "t.json")
    assert message in str(raised.value)


def test_what_ssvc_cannot_say_is_refused() -> None:
    with pytest.raises(tree.AnswerError, match="SSVC cannot say this guide: it has 13 trees"):
        ssvc.write(tree.load("wintering_bees"))


@pytest.mark.parametrize("name", [guide.name for guide in tree.guides()])
def test_every_guide_goes_into_a_workbook_and_is_read_from_it(name: str, tmp_path: Path) -> None:
    guide = tree.load(name)
    file = tmp_path / "out.xlsx"
    tree.convert(name, file)
    sheets = sheets_of(file.read_bytes(), str(file))
    for sheet, table in zip(sheets, tables_of(guide), strict=True):
        again = plain_table(sheet, str(file))
        assert [rule.results for rule in again.rules] == [rule.results for rule in table.rules]
        assert accepted(again) == accepted(table)


def accepted(table: DecisionTable) -> list[list[set[str]]]:
    """The answers with which each rule holds, by name."""
    return [
        [{a.names[i] for i in taken} for a, taken in zip(table.answers, rule, strict=True)]
        for rule in table.accepted
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("loan.csv", "out.pptx"),
            "cannot end in '.pptx': allowed: .csv, .xlsx, .dmn",
        ),
        (("loan.csv", "out.json", "--to", "svc"), "no format 'svc' with the ending .json"),
        (("loan.csv", "out.json"), "several formats end in .json: say which: ssvc, fhir"),
        (("loan.csv", "out", "--policy", "frist"), "no policy 'frist': did you mean 'first'"),
        (("loan.csv", "out", "--result", "Laon"), "no column 'Laon': did you mean 'Loan'"),
        (("loan.doc", "out"), "loan.doc"),
        (("lawn.csv", "out"), "lawn.csv: no such file"),
        (("metastatic_liver_cancer", "out"), "is a guide already; say what to write it as"),
        (("metastatic_liver_cancer", "loan.csv"), "file exists; --force"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    loan: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(loan.parent.iterdir())
    source, target, *more = arguments
    made = run("convert", source, "-o", target, *more, cwd=loan.parent)
    assert made.returncode == 1
    assert message in made.stderr.decode()
    assert sorted(loan.parent.iterdir()) == before
    assert loan.read_text(encoding="utf-8") == LOAN
