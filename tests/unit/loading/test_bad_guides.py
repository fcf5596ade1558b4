"""Every folder in tests/bad is a guide with something wrong, beside what must be said of it.

Each `expected.txt` holds what `cd tests/bad/<case> && python -m tree check .` prints.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from places import BAD

import tree
from tree.__main__ import main

CASES = sorted(path for path in BAD.iterdir() if path.is_dir())


@pytest.fixture(params=CASES, ids=lambda path: path.name)
def case(request, monkeypatch):
    # Inside the folder the messages name the files alone, whatever the machine.
    monkeypatch.chdir(request.param)
    return request.param


def errors(case):
    """The errors of a case, one line each, without the lines of the file shown below them."""
    lines = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    # The last line is of the guide as a whole.
    found = [line for line in lines[:-1] if re.match(r"\S+: ", line)]
    return [line for line in found if ": warning: " not in line]


def test_check_prints_every_problem_and_fails(case, capsys):
    expected = (case / "expected.txt").read_text(encoding="utf-8")
    assert main(["check", "."]) == 1
    printed = capsys.readouterr()
    assert printed.err == expected
    assert printed.out == ""


# What only a strict reader refuses.
STRICT = [
    "unclaimed_sentences",
    "unclaimed_listed",
    "draft",
    "conflict",
    "never_decides",
    "conflict_with_an_offer",
    "outweighs_what_it_never_meets",
    "scope_warnings",
    "relation_never_shown",
    "relations_contradict",
    "grade_forgotten",
    "language_undivided",
    "sentences_in_part",
    "context_in_part",
    "asks_less_than_those_beside_it",
    "implied_gives_way",
    "instead_in_a_circle",
    "more_than_fifty_conflicts",
]


def test_a_strict_load_raises_the_same_problems(case):
    with pytest.raises(tree.TreeError) as raised:
        tree.load(".", strict=True)
    expected = errors(case)
    assert [str(problem) for problem in raised.value.problems] == expected


def test_load_raises_the_same_problems_but_accepts_what_is_still_to_be_done(case):
    expected = errors(case)
    if case.name in STRICT:
        unclaimed = [line for line in expected if ": unclaimed " in line]
        assert len(tree.load(".").coverage().unclaimed) == len(unclaimed)
        return
    with pytest.raises(tree.TreeError) as raised:
        tree.load(".")
    assert [str(problem) for problem in raised.value.problems] == expected


def test_unclaimed_sentences_are_told_only_where_nothing_else_is_wrong(tmp_path, monkeypatch):
    # A quote that was not found would only make its own sentence seem unclaimed.
    shutil.copytree(BAD / STRICT[0], tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    guide = Path("guide.yaml").read_text(encoding="utf-8")
    Path("guide.yaml").write_text(guide.replace("quote: If it rains\n", "quote: If it pours\n"))
    for strict in (False, True):
        with pytest.raises(tree.TreeError) as raised:
            tree.load(".", strict=strict)
        (problem,) = raised.value.problems
        assert problem.message.startswith("quote 'If it pours' is not in the text")


def test_messages_are_short_lines_in_lower_case(case):
    lines = errors(case)
    assert lines
    for line in lines:
        # A file that is not there has no lines.
        place = r":[1-9]\d*:[1-9]\d*" if "file does not exist" not in line else ""
        found = re.fullmatch(rf"[^:]+{place}: (.*)", line)
        assert found
        assert found[1].lstrip("'")[0].islower()
        assert len(line) < 300


def test_one_guide_with_many_problems_tells_them_in_the_order_of_the_file(monkeypatch):
    monkeypatch.chdir(BAD / "many_problems")
    with pytest.raises(tree.TreeError) as raised:
        tree.load(".")
    places = [(p.file, p.line, p.column) for p in raised.value.problems]
    assert len(places) >= 10
    assert places == sorted(places)
    assert {file for file, _, _ in places} == {"guide.yaml", "text.txt"}


def the_one_problem(folder):
    with pytest.raises(tree.TreeError) as raised:
        tree.load(folder)
    (problem,) = raised.value.problems
    return problem


def test_folder_does_not_exist(tmp_path):
    problem = the_one_problem(tmp_path / "nowhere")
    assert problem.file == str(tmp_path / "nowhere")
    assert problem.message == "folder does not exist"


def test_folder_is_a_file(tmp_path):
    path = tmp_path / "guide"
    path.write_text("title: Tea")
    assert the_one_problem(path).message == "is a file, not a folder"


def test_folder_name_that_no_disk_can_hold():
    for name in ("x" * 5000, "x\0y"):
        assert the_one_problem(name).message.startswith("folder does not exist; guides that ship: ")


def test_guide_file_is_missing(tmp_path):
    problem = the_one_problem(tmp_path)
    assert problem.file == str(tmp_path / "guide.yaml")
    assert problem.message == "file does not exist"


def test_guide_file_is_a_folder(tmp_path):
    (tmp_path / "guide.yaml").mkdir()
    assert the_one_problem(tmp_path).message.startswith("cannot be read: ")


def test_guide_file_that_is_far_too_large(tmp_path):
    (tmp_path / "guide.yaml").write_bytes(b"#" * 4_000_001)
    assert the_one_problem(tmp_path).message == "4000001 bytes; at most 4000000 are read"


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "guide.yaml")
    with pytest.raises(tree.TreeError, match="is not a file of text"):
        tree.load(tmp_path)
