"""`classify` on the command line: files larger than memory, and files that are broken."""

from __future__ import annotations

import contextlib
import csv
import functools
import os
import pty
import random
import re
import subprocess
import sys
import termios
import warnings
from pathlib import Path

import pandas as pd
import pytest
from examples import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from places import LIVER, ROOT
from random_guides import guide as as_guide
from seeded_guides import random_patients, several_together

import tree
from tree.__main__ import main
from tree.tables import streaming
from tree.tables.streaming import classify_file

LIBRARY = ROOT / "data" / "damaged_library_book"
HEAD = "damage,days_late,noted_on_slip,anyones_mishap,can_be_bought,under_twelve"
RESULTS = "outcome,thank_you,mending,another_copy,paying,shelving,path,possible"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def classify(content: str | bytes, *more: str) -> int:
    data = content if isinstance(content, bytes) else content.encode()
    Path("in.csv").write_bytes(data)
    return main(["classify", str(LIBRARY), "in.csv", "-o", "out.csv", *more])


def test_a_file_comes_back_with_what_the_text_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert classify(f"id,{HEAD}\n=1,none,3,,,,\n 2,Light,,FALSE,,,\n") == 0
    assert Path("out.csv").read_text(encoding="utf-8") == (
        f"id,{HEAD},{RESULTS}\n"
        "=1,none,3,,,,,outcome 1,offered,withheld,withheld,withheld,withheld,"
        "damage=none → days_late=up to 14 days,\n"
        # Whether a child brings it decides on paying.
        " 2,Light,,FALSE,,,,not decided yet,silent,preferred,silent,not decided yet,silent,"
        "damage=light → noted_on_slip=no,outcome 4 or outcome 5\n"
    )
    assert capsys.readouterr().out == "out.csv: 2 books\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_as_spreadsheets_write_them(separator: str, mark: str, end: str) -> None:
    rows = [*HEAD.split(",")], ["none", "3.5", "", "", "", ""], ["wet", "", "yes", "", "", ""]
    content = mark + "".join(separator.join(row) + end for row in rows)
    assert classify(content.encode()) == 0
    text = Path("out.csv").read_bytes().decode()
    assert text.startswith(mark + "damage")
    found = list(csv.reader(text.removeprefix(mark).splitlines(), delimiter=separator))
    assert [row[:6] for row in found] == [*rows]
    assert [row[6] for row in found] == ["outcome", "outcome 1", "outcome 1"]


def test_it_says_what_the_table_says(monkeypatch: pytest.MonkeyPatch) -> None:
    guide = tree.load(LIVER)
    columns = [factor.id for factor in guide.factors]
    table = pd.DataFrame(random_patients(guide, random.Random(1), 500), columns=columns)
    table.to_csv("in.csv", index=False)
    monkeypatch.setattr(streaming, "CELLS", 185)
    assert classify_file(guide, Path("in.csv"), Path("out.csv")) == 500
    found = pd.read_csv("out.csv", dtype=str, keep_default_na=False)
    expected = guide.classify(table).astype(object)
    expected = expected.where(expected.notna(), "").astype(str)
    assert found.to_numpy().tolist() == expected.to_numpy().tolist()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 2, 3])
def test_it_says_what_a_walk_says_on_several_trees(seed: int) -> None:
    guide = as_guide(several_together(seed))
    patients = random_patients(guide, random.Random(seed), 50)
    table = pd.DataFrame(patients, columns=[factor.id for factor in guide.factors])
    table.to_csv("in.csv", index=False)
    assert classify_file(guide, Path("in.csv"), Path("out.csv")) == 50
    found = pd.read_csv("out.csv", dtype=str, keep_default_na=False)
    options = [option.id for option in guide.options]
    assert [*found.columns] == [*table.columns, *options]
    for patient, row in zip(patients, found[options].to_dict("records"), strict=True):
        standings = guide.walk(patient).standings
        assert row == {id: str(s.standing or "not decided yet") for id, s in standings.items()}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "in.csv:1:1: nothing is written here; names of columns expected"),
        ("\n\n", "in.csv:1:1: nothing is written here; names of columns expected"),
        (f"{HEAD}\nnone,3,,,\n", "in.csv:2:6: 5 cells in this row, and 6 in the first"),
        (f"{HEAD}\nnone,3,,,,\nnone,3,,,,,\n", "in.csv:3:7: 7 cells in this row, and 6"),
        (f"{HEAD}\nnone,3,,,,\n".encode() + b"none,\xe9,,,,\n",
         "in.csv:3:6: not UTF-8: byte 0xE9; save it as CSV UTF-8"),
        (b"\xff\xfed\x00", "in.csv:1:1: not UTF-8: byte 0xFF; save it as CSV UTF-8"),
        (f'{HEAD}\nnone,3,,,,\n"none,3,,,,\n', "in.csv:3:1: not readable as CSV: unexpected end"),
        (f'{HEAD}\nnone,3,,,,"{"x" * 1_000_001}"\n',
         "in.csv:2:1: not readable as CSV: field larger than field limit (1000000)"),
        (f"{HEAD}\nnone,3,,,,{'x' * 10_000_001}\n",
         "in.csv:2:1: not readable as CSV: a line of more than 10000000 letters"),
        ("damage,days_late,damage\n", "in.csv:1:3: the column 'damage' appears twice"),
        ("a,b\n", "in.csv:1: no column has the name of a factor; the factors are damage"),
        (f"{HEAD},path\n", "in.csv:1: the column 'path' has the name of a result; rename it"),
        (f"{HEAD}s\n", "in.csv:1: no column 'under_twelve'; did you mean 'under_twelves'? add"),
        (f'{HEAD}\n"none",3,"a\nb",,,\nnone,3,maybe,,,\n',
         "in.csv: noted_on_slip: unknown value 'a\\nb' in 1 row (line 2): allowed: yes"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_and_a_good_output_is_kept(
    content: str | bytes, message: str, capsys: pytest.CaptureFixture[str], here: Path
) -> None:
    Path("out.csv").write_text("good")
    assert classify(content, "--force") == 1
    assert capsys.readouterr().err.startswith(message)
    assert Path("out.csv").read_text() == "good"
    assert sorted(path.name for path in here.iterdir()) == ["in.csv", "out.csv"]


def test_every_wrong_answer_is_told_with_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    rows = "none,3,,,,\n" * 3 + "nonne,x,,,,\n" + "none,3,,,,\n" * 2 + "\nnonne,,,,,\n"
    assert classify(f"{HEAD}\n{rows}") == 1
    assert capsys.readouterr().err.splitlines() == [
        "in.csv: damage: unknown value 'nonne' in 2 rows (lines 5, 9): did you mean 'none'? "
        "allowed: none, light, heavy, wet, wet with heavy damage, unknown",
        "in.csv: days_late: unknown value 'x' in 1 row (line 5): allowed: up to 14 days, more than "
        "14 days, a number, unknown",
        '--lenient, or errors="coerce", takes these as unknown',
    ]
    assert not Path("out.csv").exists()
    assert classify(f"{HEAD}\n{rows}", "--lenient") == 0
    told = capsys.readouterr()
    assert told.err.startswith("taken as unknown:\nin.csv: damage: unknown value 'nonne' in 2 rows")
    assert told.out == "out.csv: 7 books\n"
    assert Path("out.csv").read_text(encoding="utf-8").count("\nnonne") == 2


def test_other_spellings(capsys: pytest.CaptureFixture[str]) -> None:
    content = f"{HEAD}\nlight,,nein,,,\nkein,3,,,,\n"
    spelled = ("--spelling", "nein=no", "--spelling", "damage:kein=none")
    assert classify(content, *spelled) == 0
    assert "noted_on_slip=no" in Path("out.csv").read_text(encoding="utf-8")
    assert classify(content, "--force", "--spelling", "nein") == 1
    assert "'nein' is not of the form WORD=VALUE or FACTOR:WORD=VALUE" in capsys.readouterr().err
    both = ("--spelling", "damage=none", "--spelling", "damage:kein=none")
    for spelled in (both, (*both[2:], *both[:2])):
        assert classify(content, "--force", *spelled) == 1
        assert "'damage' cannot be a word for all factors and a factor" in capsys.readouterr().err


def test_files_that_are_not_there_or_may_not_be_replaced(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["classify", str(LIBRARY), "no.csv", "-o", "out.csv"]) == 1
    assert capsys.readouterr().err == "no.csv: no such file or directory\n"
    Path("out.csv").write_text("good")
    assert classify(f"{HEAD}\n") == 1
    assert "out.csv: file exists; --force" in capsys.readouterr().err
    assert Path("out.csv").read_text() == "good"
    assert main(["classify", str(LIBRARY), "in.csv", "-o", "out.txt"]) == 1
    assert "out.txt: the file's name must end in .csv" in capsys.readouterr().err
    # Over itself, when it is asked for.
    assert main(["classify", str(LIBRARY), "in.csv", "-o", "in.csv", "--force"]) == 0
    assert Path("in.csv").read_text() == f"{HEAD},{RESULTS}\n"


@examples(80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.booleans())
def test_whatever_a_file_holds_it_is_told_or_done(rest: bytes, with_head: bool) -> None:
    Path("in.csv").write_bytes((HEAD.encode() + b"\nnone,") * with_head + rest)
    Path("out.csv").unlink(missing_ok=True)
    guide = _library()
    told = ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            classify_file(guide, Path("in.csv"), Path("out.csv"), errors="coerce")
    except (tree.TreeError, tree.AnswerError) as error:
        told = str(error)
    assert told.startswith("in.csv:") != Path("out.csv").exists()


@functools.cache
def _library() -> tree.Guide:
    return tree.load(LIBRARY)


PEAK = """
import re, sys
from pathlib import Path
import tree
from tree.tables.streaming import classify_file
guide = tree.load(sys.argv[1])
classify_file(guide, Path(sys.argv[2]), Path("out.csv"), force=True)
# The peak of this process alone: getrusage counts whoever started it, too.
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(here: Path) -> None:
    guide = tree.load(LIVER)
    columns = [factor.id for factor in guide.factors]
    table = pd.DataFrame(random_patients(guide, random.Random(1), 1_000), columns=columns)
    table = pd.concat([table] * 20, ignore_index=True)
    # With as many columns as a registry has few rows are read together.
    notes = {f"note {i}": "so that a row is as long as its rows are" for i in range(20)}
    table.assign(**notes).to_csv("one.csv", index=False)
    lines = (here / "one.csv").read_text().split("\n", 1)[1]
    (here / "four.csv").write_text((here / "one.csv").read_text() + lines * 3)
    peaks = []
    for name in ("one.csv", "four.csv"):
        done = subprocess.run(
            [sys.executable, "-c", PEAK, str(LIVER), name],
            capture_output=True,
            text=True,
            check=True,
            cwd=here,
            env={"PYTHONPATH": str(ROOT)},
        )
        peaks.append(int(done.stdout) * 1024)
    # Three times as much again is read, and next to nothing of it is held.
    more = (here / "four.csv").stat().st_size - (here / "one.csv").stat().st_size
    assert more > 45_000_000
    assert peaks[1] - peaks[0] < more / 4


# Long work without so many rows: the bar comes at once, and every part is one that is counted.
AT_ONCE = """
import sys
from tree.__main__ import main
from tree.tables import progress, streaming
progress.DELAY = 0
streaming.CELLS = 600
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_a_bar_is_shown_on_a_terminal_and_nowhere_else() -> None:
    content = f"{HEAD}\n" + "none,3,,,,\n" * 20_000
    Path("in.csv").write_text(content, encoding="utf-8")
    command = [sys.executable, "-c", AT_ONCE, "classify", str(LIBRARY), "in.csv", "-o", "out.csv"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stderr == ""

    screen, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    Path("out.csv").unlink()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal) as running:
        os.close(terminal)
        shown = b""
        # Where the other end is closed, Linux says so with an error.
        with contextlib.suppress(OSError):
            while part := os.read(screen, 10_000):
                shown += part
        assert running.stdout
        assert running.stdout.read() == b"out.csv: 20,000 books\n"
    os.close(screen)
    parts = shown.decode().split("\r")
    said = [re.search(r"(\d+)%.* B/s", part) for part in parts]
    percents = [int(found[1]) for found in said if found]
    # It goes forward to the end, and then is taken away.
    assert percents == sorted(percents)
    assert len(set(percents)) > 1
    assert percents[0] < 100
    assert parts[-2].strip() == ""
