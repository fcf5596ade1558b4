"""Checking while writing: on the command line with --watch, and in a notebook in the workshop."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from command_line import run
from places import LIVER, ROOT
from processes import until

import tree

GOOD = "    withhold: resection\n"
SLIP = "    withold: resection\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIVER, tmp_path / "liver"))


def replace(folder: Path, old: str, new: str) -> None:
    """Save the guide as an editor does: beside it first, then moved there."""
    path = folder / "guide.yaml"
    source = path.read_text(encoding="utf-8")
    assert old in source
    (folder / ".guide.yaml.tmp").write_text(source.replace(old, new, 1), encoding="utf-8")
    os.replace(folder / ".guide.yaml.tmp", path)


def in_a_loop(seconds: float = 120):
    """Run an asynchronous test in the kind of loop that a kernel has."""

    def decorate(test):
        def run(folder: Path) -> None:
            # In a thread of its own: the browser of other tests leaves a loop in this one.
            with ThreadPoolExecutor(1) as pool:
                pool.submit(asyncio.run, asyncio.wait_for(test(folder), seconds)).result()

        run.__name__ = test.__name__
        return run

    return decorate


async def eventually(condition, seconds: float = 60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "not in time"
        await asyncio.sleep(0.01)


@in_a_loop()
async def test_saving_refreshes_the_list_and_the_explorer(folder: Path) -> None:
    workshop = tree.Workshop(folder, seconds=0.02)
    first = workshop.explorer
    first.answers = {"other_organ_involvement": "no"}
    replace(folder, "title: What is", "title: What now is")
    await eventually(lambda: workshop.explorer is not first)
    assert workshop.explorer.guide.title.startswith("What now is")
    # The answers stay, and the explorer is what is shown.
    assert workshop.explorer.answers == {"other_organ_involvement": "no"}
    assert workshop.children[-1] is workshop.explorer
    workshop.close()


@in_a_loop()
async def test_a_slip_is_listed_and_the_last_good_tree_stays(folder: Path) -> None:
    workshop = tree.Workshop(folder, seconds=0.02)
    good = workshop.explorer
    replace(folder, GOOD, SLIP)
    await eventually(lambda: workshop.report.errors)
    (problem,) = workshop.screen.state["problems"]
    assert "unknown key 'withold'" in problem["message"]
    assert "did you mean 'withhold'" in problem["message"]
    assert problem["path"] == ["statements", "wascher_limited_to_no_other_organ"]
    assert workshop.screen.state["stale"]
    assert workshop.explorer is good
    replace(folder, SLIP, GOOD)
    await eventually(lambda: not workshop.report.errors)
    # The same guide as before: the explorer need not be made anew.
    assert workshop.explorer is good
    assert workshop.screen.state["problems"] == []
    assert not workshop.screen.state["stale"]
    workshop.close()


@in_a_loop()
async def test_answers_that_no_longer_fit_are_dropped(folder: Path) -> None:
    workshop = tree.Workshop(folder, seconds=0.02)
    workshop.explorer.answers = {"other_organ_involvement": "no", "complete_removal_feasible": "no"}
    source = (folder / "guide.yaml").read_text(encoding="utf-8")
    renamed = source.replace("other_organ_involvement", "other_organs")
    (folder / "guide.yaml").write_text(renamed, encoding="utf-8")
    await eventually(lambda: "other_organs" in workshop.explorer.toggles)
    assert workshop.explorer.answers == {"complete_removal_feasible": "no"}
    workshop.close()


@in_a_loop()
async def test_the_folder_may_vanish_and_come_back(folder: Path) -> None:
    workshop = tree.Workshop(folder, seconds=0.02)
    folder.rename(folder.with_name("elsewhere"))
    await eventually(lambda: "unreadable" in workshop.screen.state)
    folder.with_name("elsewhere").rename(folder)
    await eventually(lambda: "unreadable" not in workshop.screen.state)
    assert workshop.report.ok
    workshop.close()


@in_a_loop()
async def test_watching_again_or_closing_ends_the_earlier_watch(folder: Path) -> None:
    before = len(asyncio.all_tasks())
    tree.Workshop(folder, seconds=0.02)
    workshop = tree.Workshop(folder, seconds=0.02)
    await eventually(lambda: len(asyncio.all_tasks()) == before + 1)
    workshop.close()
    await eventually(lambda: len(asyncio.all_tasks()) == before)


def test_an_earlier_workshop_of_a_folder_shows_the_same(folder: Path) -> None:
    first, second = tree.Workshop(folder), tree.Workshop(folder)
    third = tree.Workshop(folder)
    assert first.children == second.children == third.children
    # Also when the explorer is another one.
    replace(folder, "title: ", "title: Now, ")
    third.refresh()
    assert third.explorer in first.children
    assert first.comm is not None  # so that a page that has it finds it
    third.close()
    assert tree.Workshop(folder).children != first.children


def test_what_is_tried_out_is_there_when_the_cell_is_run_again() -> None:
    first = tree.Workshop(text="If it rains, drink tea.")
    again, other = tree.Workshop(text="If it rains, drink tea."), tree.Workshop(text="Drink milk.")
    assert again.folder == first.folder != other.folder
    # The system clears such places now and then.
    shutil.rmtree(first.folder.parent)
    anew = tree.Workshop(text="If it rains, drink tea.")
    assert (anew.folder / "text.txt").exists()


def test_without_a_loop_it_is_refreshed_by_hand(folder: Path) -> None:
    workshop = tree.Workshop(folder)
    replace(folder, GOOD, SLIP)
    assert workshop.report.ok
    assert not workshop.refresh().ok


# --- the command line ---------------------------------------------------------------------


def test_json_tells_every_problem(folder: Path) -> None:
    good = run("check", "--format", "json", folder)
    assert good.returncode == 0
    told = json.loads(good.out)
    assert told == {
        "ok": True,
        "problems": [],
        "sentences": {"used": 19, "context": 4, "unclaimed": 0},
    }
    replace(folder, GOOD, SLIP)
    bad = run("check", "--format", "json", folder)
    assert bad.returncode == 1
    told = json.loads(bad.out)
    assert told["sentences"] is None
    assert [p["line"] for p in told["problems"]] == [p.line for p in tree.check(folder).problems]
    assert told["problems"][-1].keys() == {"file", "line", "column", "severity", "message"}


def test_github_shows_problems_beside_their_lines(folder: Path) -> None:
    replace(folder, GOOD, SLIP)
    done = run("check", "--format", "github", folder)
    assert done.returncode == 1
    lines = done.out.splitlines()
    assert len(lines) == len(tree.check(folder).problems)
    where = str(folder / "guide.yaml").replace(":", "%3A").replace(",", "%2C")
    assert any(line.startswith(f"::error file={where},line=") for line in lines)


@pytest.mark.slow
def test_watch_checks_again_after_each_save(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tree", "check", "--watch", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # Where the tests run in the background, the shell has had it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    said: list[str] = []
    reading = threading.Thread(target=lambda: said.extend(process.stdout))
    reading.start()
    try:
        until(lambda: any("watching" in line for line in said), what="the first look")
        assert any(": ok: 3 passages" in line for line in said)
        replace(folder, GOOD, SLIP)
        until(lambda: any("unknown key 'withold'" in line for line in said), what="the slip")
        replace(folder, SLIP, GOOD)
        until(lambda: sum(": ok: 3 passages" in line for line in said) == 2, what="the correction")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        finally:
            # Else the thread would read, and the tests wait, for ever.
            process.kill()
            reading.join(30)
    assert process.returncode == 130
    assert not any("Traceback" in line for line in said)
