"""JupyterLab lets a cell and the page be heard at the same time, in two threads."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ipywidgets.widgets.widget import _instances
from places import DATA

import tree

ROUNDS = 200


@pytest.fixture(autouse=True)
def often_in_turn() -> Iterator[None]:
    """Threads take turns so often that what can go wrong does."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(*works: Callable[[], object]) -> None:
    """Do several things at the same time, and raise what one of them raises."""
    raised: list[BaseException] = []

    def guarded(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]


def test_no_answer_of_the_page_is_lost() -> None:
    explorer = tree.Explorer(tree.load("metastatic_liver_cancer"))
    first, second, *_ = explorer.toggles

    def click(factor: str) -> None:
        for number in range(ROUNDS):
            value = ("yes", "no")[number % 2]
            explorer._handle_custom_msg({"answers": [[factor, value]], "word": f"{number}"}, [])
            assert explorer.answers[factor] == explorer.toggles[factor].value == value

    at_once(lambda: click(first), lambda: click(second))
    explorer.close()


def test_the_folder_is_not_looked_at_during_a_step(tmp_path: Path) -> None:
    folder = shutil.copytree(DATA / "metastatic_liver_cancer", tmp_path / "liver")
    workshop = tree.Workshop(folder)
    done = threading.Event()

    def write() -> None:
        for number in range(20):
            step = {"do": "set", "key": "title", "value": f"Title {number}"}
            workshop.screen._handle_custom_msg({**step, "word": f"{number}"}, [])
        done.set()

    def look() -> None:
        while not done.is_set():
            workshop.refresh_if_changed()

    at_once(write, look)
    # One that a step has made, and another look has made again, would stay.
    shown = [
        each
        for each in _instances.values()
        if isinstance(each, tree.Explorer) and each.guide.title.startswith("Title")
    ]
    assert shown == [workshop.explorer]
    workshop.close()
