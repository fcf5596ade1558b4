"""Whatever a path is, each command says in words what is wrong with it, and names it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from places import LIVER, ROOT
from processes import until

from tree.__main__ import main
from tree.loading import files
from tree.loading.files import ENDING, PREFIX, written

# No disk holds a name that is longer than 255 bytes.
LONG = "odd" * 100
NOT_UTF8 = os.fsdecode(b"odd\xff")
STRANGE = [NOT_UTF8, "odd\nname", "odd name; 木", "odd%s{}", "--odd"]

COMMANDS: dict[str, Callable[[str, Path], list[str]]] = {
    "check": lambda folder, _: ["check", folder],
    "check as JSON": lambda folder, _: ["check", folder, "--format", "json"],
    "check for GitHub": lambda folder, _: ["check", folder, "--format", "github"],
    "walk": lambda folder, _: ["walk", folder],
    "walk as JSON": lambda folder, _: ["walk", folder, "--json"],
    "draw": lambda folder, out: ["draw", folder, "-o", str(out / "o.svg")],
    "export": lambda folder, out: ["export", folder, "-o", str(out / "o.html")],
    "practice": lambda folder, out: ["export", folder, "--practice", "-o", str(out / "o.html")],
    "diff": lambda folder, _: ["diff", folder, str(LIVER)],
    "diff the other way": lambda folder, _: ["diff", str(LIVER), folder],
    "diff a revision": lambda folder, _: ["diff", "HEAD", folder],
    "compare": lambda folder, _: ["compare", folder, str(LIVER)],
    "compare the other way": lambda folder, _: ["compare", str(LIVER), folder],
    "Anki": lambda folder, out: ["cards", folder, "-o", str(out / "o.apkg")],
    "Moodle": lambda folder, out: ["cards", folder, "-o", str(out / "o.xml")],
    "table": lambda folder, out: ["cards", folder, "-o", str(out / "o.csv")],
    "classify": lambda folder, out: ["classify", folder, "in.csv", "-o", str(out / "o.csv")],
    "new": lambda folder, out: ["new", folder, str(out / "made")],
    "exercise": lambda folder, out: ["new", "--exercise", folder, str(out / "made")],
}
OUTPUTS: dict[str, Callable[[str], list[str]]] = {
    "draw": lambda file: ["draw", str(LIVER), "-o", file + ".svg"],
    "export": lambda file: ["export", str(LIVER), "-o", file + ".html"],
    "Moodle": lambda file: ["cards", str(LIVER), "-o", file + ".xml"],
    "Anki": lambda file: ["cards", str(LIVER), "-o", file + ".apkg"],
    "classify": lambda file: ["classify", str(LIVER), "in.csv", "-o", file + ".csv"],
    "new": lambda file: ["new", str(LIVER / "text.txt"), file],
    "exercise": lambda file: ["new", "--exercise", str(LIVER), file],
}
HEAD = "other_organ_involvement,extensive_liver_involvement,other_factors_against_resection,"
HEAD += "complete_removal_feasible,chemotherapy_responsive_tumor"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(f"{HEAD}\nyes,,,,\n", encoding="utf-8")
    Path("out").mkdir()
    return tmp_path


def run(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Status and what was said; a traceback would be an exception here."""
    try:
        status = main(arguments)
    except SystemExit as error:
        status = int(error.code or 0)
    told = capfd.readouterr()
    return status, told.err + told.out


def make_bad(kind: str) -> str:
    """Something that is no guide, under a name with `odd` in it."""
    folder = Path("odd")
    if kind == "loop":
        folder.symlink_to("odd")
    elif kind == "file":
        folder.write_text("title: Tea")
    elif kind == "pipe":
        os.mkfifo(folder)
    elif kind == "a file on the way":
        Path("odd").touch()
        return "odd/more"
    elif kind == "a loop on the way":
        folder.symlink_to("odd")
        return "odd/more"
    elif kind == "no guide":
        folder.mkdir()
    elif kind == "guide that is a loop":
        shutil.copytree(LIVER, folder)
        (folder / "guide.yaml").unlink()
        (folder / "guide.yaml").symlink_to("guide.yaml")
    elif kind == "text that is a pipe":
        shutil.copytree(LIVER, folder)
        (folder / "text.txt").unlink()
        os.mkfifo(folder / "text.txt")
    elif kind == "long":
        return LONG
    elif kind == "empty":
        return ""
    return "odd"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(
    "kind",
    [
        *("nothing", "loop", "file", "pipe", "a file on the way", "a loop on the way", "no guide"),
        *("guide that is a loop", "text that is a pipe", "long", "empty"),
    ],
)
def test_what_is_no_guide_is_named(
    kind: str, command: Callable[[str, Path], list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    name = make_bad(kind)
    arguments = command(name, Path("out"))
    status, told = run(arguments, capfd)
    # What is read is a file of text, or a folder that is here, where there is none of the name.
    if (arguments[:1], kind) in ((["new"], "file"), (["check"], "empty")) and status == 0:
        return
    assert status in (1, 2)
    assert "odd" in told if name else told
    assert list(Path("out").iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("name", STRANGE)
def test_a_guide_under_any_name_is_read(
    name: str, command: Callable[[str, Path], list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(LIVER, name)
    arguments = command(f"./{name}", Path("out"))
    if arguments[0] == "new" and "--exercise" not in arguments:
        arguments[1] += "/text.txt"
    status, told = run(arguments, capfd)
    # There is no git here.
    assert status == (2 if "HEAD" in arguments else 0), told


@pytest.mark.slow
@pytest.mark.parametrize("command", OUTPUTS.values(), ids=OUTPUTS)
@pytest.mark.parametrize("kind", ["loop", "folder", "pipe", "file on the way", "long"])
def test_what_cannot_be_written_is_named(
    kind: str, command: Callable[[str], list[str]], capfd: pytest.CaptureFixture[str], here: Path
) -> None:
    name = "odd"
    target = Path(next(each for each in command(name) if each.startswith("odd")))
    if kind == "loop":
        target.symlink_to(target.name)
    elif kind == "folder":
        target.mkdir()
        (target / "guide.yaml").touch()
    elif kind == "pipe":
        os.mkfifo(target)
    elif kind == "file on the way":
        Path("odd").touch()
        name = "odd/more"
    else:
        name = LONG
    before = sorted(here.rglob("*"))
    arguments = command(name)
    status, told = run([*arguments, *["--force"] * ("new" not in arguments)], capfd)
    assert status == 1
    assert told.startswith((str(here / "odd"), "odd")), told
    assert sorted(here.rglob("*")) == before


@pytest.mark.slow
@pytest.mark.parametrize("command", OUTPUTS.values(), ids=OUTPUTS)
@pytest.mark.parametrize("name", [*STRANGE[:-1], "o" * 240])
def test_any_name_can_be_written(
    name: str, command: Callable[[str], list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    status, told = run(command(f"out/{name}"), capfd)
    assert status == 0, told
    assert [path.name.startswith(name) for path in Path("out").iterdir()] == [True]


@pytest.mark.parametrize("name", ["pipe.csv", "loop.csv", "none.csv", "folder.csv", "/dev/zero"])
def test_a_table_that_is_none_is_named_and_not_the_output(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo("pipe.csv")
    Path("loop.csv").symlink_to("loop.csv")
    Path("folder.csv").mkdir()
    status, told = run(["classify", str(LIVER), name, "-o", "out/o.csv"], capfd)
    assert status == 1
    assert told.startswith(f"{name}: ")
    assert "none]" not in told
    assert list(Path("out").iterdir()) == []


def test_trouble_while_writing_bears_the_name_of_the_output(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    other = OSError(5, "of another file")

    def fills_the_disk(file: IO[bytes]) -> None:
        os.dup2(full, file.fileno())
        file.write(b"x" * 1_000_000)

    def meets_other_trouble(file: IO[bytes]) -> None:
        raise other

    def attempt(work: Callable[[IO[bytes]], None]) -> None:
        with written(tmp_path / "o.csv") as file:
            work(file)

    with pytest.raises(OSError, match=re.escape(str(tmp_path / "o.csv"))):
        attempt(fills_the_disk)
    os.close(full)
    with pytest.raises(OSError, match="of another file") as raised:
        attempt(meets_other_trouble)
    assert raised.value is other
    assert other.filename is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out"]


# A table that never ends, so that the command is surely at work when it is asked to end.
SLOW = """
import itertools, sys
from tree.__main__ import main
from tree.tables import streaming
streaming.CELLS = 500
blocks = streaming.CsvTable.blocks
streaming.CsvTable.blocks = lambda table: itertools.cycle(list(blocks(table)))
sys.exit(main(sys.argv[1:]))
"""


def half_written() -> list[Path]:
    return [path for path in Path("out").glob(f"{PREFIX}*") if path.stat().st_size]


@pytest.fixture
def working(here: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SLOW, "classify", str(LIVER), "in.csv", "-o", "out/o.csv"]
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE
    )
    until(half_written, 60, "some of it is written")
    yield process
    process.kill()
    process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_command_that_is_ended_leaves_nothing(
    working: subprocess.Popen[bytes], how: signal.Signals
) -> None:
    working.send_signal(how)
    _, told = working.communicate(timeout=60)
    assert working.returncode in (130, 128 + how)
    assert told == b""
    assert list(Path("out").iterdir()) == []


@pytest.mark.slow
def test_what_a_killed_command_left_is_removed_by_the_next(
    working: subprocess.Popen[bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    # While it is at work, nobody takes its file away.
    assert run(["draw", str(LIVER), "-o", "out/o.svg"], capfd)[0] == 0
    assert len(half_written()) == 1
    working.kill()
    working.wait()
    assert len(half_written()) == 1
    assert run(["draw", str(LIVER), "-o", "out/o.svg", "--force"], capfd)[0] == 0
    assert [path.name for path in Path("out").iterdir()] == ["o.svg"]


def test_only_what_was_left_behind_is_removed(tmp_path: Path) -> None:
    names = [".tree-writing", "tree-writing-x.part", f"{PREFIX}x", f"x{ENDING}", "in.csv", "out"]
    for name in names:
        (tmp_path / name).touch() if name != "out" else None
    os.mkfifo(tmp_path / f"{PREFIX}pipe{ENDING}")
    (tmp_path / f"{PREFIX}link{ENDING}").symlink_to(tmp_path / "in.csv")
    files.write(tmp_path / "x", b"x")
    assert {path.name for path in tmp_path.iterdir()} >= {*names, "x"}
    assert (tmp_path / "in.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek", "x"], "unknown 'chek': did you mean 'check'? allowed: new, draft, check, read"),
        (["draw", "x", "--forse", "-o", "o.svg"], "unknown option '--forse': did you mean '--for"),
        (["walk", "x", "--jsno"], "unknown option '--jsno': did you mean '--json'? allowed: --h"),
        (["--hlep"], "unknown option '--hlep': did you mean '--help'? allowed: --help"),
        (["cards", "x", "-o", "o", "--format", "ankii"], "unknown 'ankii': did you mean 'anki'?"),
        (["draw", "--forse", "--ouput=o"], "unknown option '--ouput': did you mean '--output'?"),
    ],
)
def test_what_is_misspelt_is_named_with_the_nearest(
    arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    status, told = run(arguments, capfd)
    assert status == 2
    assert message in told


def test_the_beginning_of_an_option_is_enough() -> None:
    assert main(["draw", str(LIVER), "--out", "out/o.svg", "--forc"]) == 0


def test_the_guides_that_may_be_meant(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    status, told = run(["check", "data"], capfd)
    assert status == 1
    assert told.startswith("data: is no guide, but holds guides: data/damaged_library_book, data/")
    assert "python -m tree check data/damaged_library_book" in told
    for name in ("data/liver", "liver", "data/metastatic_liver_cancr", "metastatic"):
        status, told = run(["walk", name], capfd)
        meant = "did you mean 'data/metastatic_liver_cancer'?"
        assert (status, told) == (1, f"{name}: folder does not exist; {meant}\n")
    monkeypatch.chdir(LIVER)
    assert run(["check", "."], capfd)[1].startswith("metastatic_liver_cancer: ok: ")
    assert run(["check", "../metastatic_liver_cancer"], capfd)[1].startswith("../metastatic")
