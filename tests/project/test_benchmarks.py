"""The benchmarks still run, and what they guard still holds, as far as a busy machine can tell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import drafting
import everything
import growing
import importing
import pytest
import toggling
from jupyterlab_parts import Server
from measuring import HEAD, Row, compare, in_turn, limited, table
from places import ROOT
from playwright.sync_api import Browser

import tree
from tree.logic.build import build
from tree.logic.decisions import WORK, decisions

FOLDER = ROOT / "tests" / "benchmarks"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["liver", "growing", "classifying"])
def test_a_benchmark_runs(name: str) -> None:
    it_runs(name)


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("name", ["pages", "recommendations"])
def test_a_benchmark_of_pages_runs(name: str) -> None:
    it_runs(name)


def it_runs(name: str) -> None:
    done = subprocess.run(
        [sys.executable, FOLDER / f"{name}.py", "--quick"],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "helpers")]),
        },
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == f"| {' | '.join(HEAD)} |".replace("|  |", "| |")
    assert len(lines) > 2
    assert all(line.count("|") == len(HEAD) + 1 for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("folder", drafting.folders(), ids=lambda folder: folder.name)
def test_the_answers_of_a_model_make_a_guide_in_at_most_three_rounds(folder: Path) -> None:
    finished, text = tree.load(folder), tree.load(folder).text.content
    answers = drafting.recorded(ROOT / "tests/drafting/answers", folder.name)
    asked = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return answers[len(asked) - 1]

    made = tree.draft(text, ask, language=finished.language)
    # Every answer was asked for, and nothing is asked after the last one.
    assert len(asked) == len(answers) == made.rounds + 1
    assert made.left_out == []
    assert made.guide is not None
    assert len(made.guide.statements) > 10
    for statement in made.guide.statements:
        assert all(quote.words in text for quote in statement.quotes)


def test_the_finished_guides_have_no_problem() -> None:
    places = [path for path in drafting.folders() if path.parent.name == "drafting"]
    assert len(places) >= 11
    assert [(place.name, tree.check(place).problems) for place in places] == [
        (place.name, ()) for place in places
    ]
    assert {tree.load(place).language for place in places} >= {"en", "de", "es", "fr"}


@pytest.mark.slow
def test_drafting_is_measured_with_answers_that_were_given(capsys: pytest.CaptureFixture) -> None:
    drafting.main(["--replay", str(ROOT / "tests/drafting/answers"), "--cases", "10"])
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert head == f"| {' | '.join(drafting.COLUMNS)} |"
    names = [path.name.replace("_", " ") for path in drafting.folders()]
    assert [row.split(" | ")[0][2:] for row in rows] == names
    # The first table of the page says the same, but for the shares, which take more cases.
    page = (ROOT / "docs/benchmarks.md").read_text(encoding="utf-8").splitlines()
    for row in rows:
        counts = row.split(" | ")
        said = next(line.split(" | ") for line in page if line.startswith(f"{counts[0]} | "))
        assert said[:5] + said[9:] == counts[:5] + counts[9:]
    # What a finished guide is to itself.
    guide = tree.load(ROOT / "data/damaged_library_book")
    answer = (ROOT / "data/damaged_library_book/guide.yaml").read_text(encoding="utf-8")
    made = tree.draft(guide.text.content, lambda _: answer, rounds=0)
    row = drafting.measured("itself", guide, made)
    assert (row.factors, row.options) == ((6, 6, 6), (5, 5, 5))
    assert (row.alike, row.open, row.misleading) == (1.0, 0.0, 0.0)


DRINKS = """
title: Tea, coffee or milk?
factors:
  rain: {question: Does it rain?, quote: rains}
  snow: {question: Does it snow?, quote: snows}
options:
  tea: {name: tea, quote: drink tea}
  coffee: {name: coffee, quote: or coffee}
  milk: {name: milk, quote: milk for all}
statements:
  drink:
    quote: If it rains or snows, drink tea or coffee.
    any: {rain: yes, snow: yes}
    offer: [tea, coffee]
  white: {quote: Tea goes with milk for all., offer: milk}
"""
ALL = {"tea": "tea", "coffee": "coffee", "milk": "milk"}


@pytest.mark.parametrize(
    ("change", "options"),
    [
        ((), ALL),
        # Another place is quoted; the statements say which option it is.
        (("quote: milk for all", "quote: Tea goes with"), ALL),
        # What is not there is not found, and nothing is found twice.
        (("  milk: {name: milk, quote: milk for all}\n", ""), {"tea": "tea", "coffee": "coffee"}),
        (("  coffee: {name: coffee, quote: or coffee}\n", ""), {"tea": "tea", "milk": "milk"}),
    ],
)
def test_entries_are_aligned_by_all_that_quotes_them_and_each_once(change, options) -> None:
    text = "If it rains or snows, drink tea or coffee. Tea goes with milk for all."
    other = DRINKS.replace(*change) if change else DRINKS
    if "milk: {name" not in other:
        other = other.replace("offer: milk", "remark: Milk.")
    if "coffee: {name" not in other:
        other = other.replace("[tea, coffee]", "tea")
    finished, draft = tree.loads(text, DRINKS), tree.loads(text, other)
    found = drafting.aligned(drafting.quoting_options(finished), drafting.quoting_options(draft))
    assert found == options
    assert len({*found.values()}) == len(found)
    asked = drafting.aligned(drafting.quoting_factors(finished), drafting.quoting_factors(draft))
    assert asked == {"rain": "rain", "snow": "snow"}


def test_toggling_runs(browser: Browser, lab: Server) -> None:
    rows = toggling.of_size(browser, lab, 10, 2)
    assert {"the floor", "interact + graphviz in the kernel"} <= {
        row.other.partition(":")[0] for row in rows
    }


@pytest.mark.slow
def test_importing_loads_no_more_modules_than_ipywidgets_alone() -> None:
    def loaded(code: str) -> set[str]:
        show = "import sys; old = set(sys.modules); {}; print(*sorted({{*sys.modules}} - old))"
        command = [sys.executable, "-c", show.format(code)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        return set(done.stdout.split())

    ours, theirs = loaded("import tree"), loaded("import ipywidgets")
    assert "tree.logic.build" in ours
    assert len(ours) <= len(theirs)
    assert not {"ipywidgets", "pandas", "numpy", "IPython"} & ours
    # How long it takes is for `make bench` to say.
    assert importing.rows(quick=True)


@pytest.mark.slow
def test_building_grows_with_the_size_of_guide_and_tree() -> None:
    # Nodes joined, not seconds, which are the same on every machine.
    def steps(statements: int, factors: int, left_out: float = 0.0) -> float:
        reading = growing.growing(statements, factors, left_out)
        size = growing.literals(reading) + len(build(reading).nodes)
        return (WORK - decisions(reading).sets.left) / size

    assert steps(2000, 40) < 8 * steps(100, 10)
    # Where statements overlap, equal remainders must be built once.
    assert steps(300, 20, 0.02) < 2 * steps(100, 10, 0.02)


def test_what_the_benchmark_builds_is_right() -> None:
    for left_out in (0.0, 0.1):
        reading = growing.growing(60, 8, left_out)
        tree = build(reading)
        for values, standings in growing.enumerated(reading).items():
            answers = dict(zip((f.id for f in reading.factors), values, strict=True))
            node = tree.nodes[0]
            while hasattr(node, "factor"):
                node = tree.nodes[dict(node.branches)[answers[node.factor]]]
            assert node.standings == standings


def test_a_row_says_whether_the_aim_is_met() -> None:
    slower, faster = [4.0, 5.0, 6.0], [1.0, 1.0, 1.0]
    assert compare("a", faster, "b", slower, at_most=0.2).met
    assert not compare("a", faster, "b", slower, at_most=0.1).met
    assert compare("a", faster, "b", slower, at_least=5).met
    assert not compare("a", faster, "b", slower, at_least=6).met
    assert limited("a", slower, 5).met
    assert "**missed**" in table([limited("a", slower, 4.9)])
    assert "met" not in table([Row("a", "1 ms")])


def test_rounds_take_turns_and_the_first_is_not_counted() -> None:
    called: list[str] = []
    ways = {name: lambda name=name: float(called.append(name) or len(called)) for name in "ab"}
    taken = in_turn(ways, 3)
    assert sorted(called[2:4]) == ["a", "b"]
    assert sorted(taken["a"] + taken["b"]) == [3, 4, 5, 6, 7, 8]


def test_a_page_keeps_a_table_of_every_benchmark() -> None:
    page = everything.PAGE.read_text(encoding="utf-8")
    (kept,) = re.findall(f"{everything.BEGIN}(.*){everything.END}", page, re.DOTALL)
    assert re.findall(r"^\*\*(.*)\*\*$", kept, re.MULTILINE) == list(everything.BENCHMARKS)
    assert "Python 3." in kept
    assert str(Path.home()) not in kept
    # Each in its place, and what stands around it is left as it is.
    machine, name, part, *_ = re.split(r"^\*\*(.*)\*\*$", kept, flags=re.MULTILINE)
    assert everything.kept(page, machine.strip(), name, part) == page
    changed = everything.kept(page, "Another machine.", name, "A table.")
    assert changed == page.replace(machine.strip(), "Another machine.").replace(
        part.strip(), "A table."
    )


def test_what_is_measured_is_kept_when_the_next_benchmark_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text(everything.BEGIN + everything.END, encoding="utf-8")
    monkeypatch.setattr(everything, "PAGE", page)

    def stopped(quick: bool) -> list[Row]:
        raise KeyboardInterrupt

    parts = {
        "One": SimpleNamespace(__name__="one", rows=lambda quick: [Row("a", "1 ms")]),
        "Other": SimpleNamespace(__name__="other", rows=stopped),
    }
    monkeypatch.setattr(everything, "BENCHMARKS", parts)
    with pytest.raises(KeyboardInterrupt):
        everything.main([])
    written = page.read_text(encoding="utf-8")
    assert "**One**\n\n20" in written
    assert "| a | 1 ms |" in written
    with pytest.raises(SystemExit, match="there are one, other"):
        everything.main(["neither"])


def test_a_way_that_takes_seconds_is_not_tried_for_minutes() -> None:
    taken = in_turn({"slow": lambda: 1000.0, "quick": lambda: 1.0}, 30)
    assert {name: len(times) for name, times in taken.items()} == {"slow": 9, "quick": 30}
