"""The notebooks as an app: real Voilà, real browser, several visitors at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nbformat
import psutil
import pytest
from accessible import check_with_axe
from app_parts import App, explorer_alone, running
from places import ROOT
from playwright.sync_api import Browser, Page, expect
from practice_parts import Practising
from practised_guide import right_answer, wrong_answer

import tree
from tree.jupyter.app import only_app
from tree.jupyter.front_page import TAG
from tree.teaching.practice.records import Record, own_file

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("app")) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, app: App) -> Iterator[Any]:
    """Opens an address in a browser of its own, and notes what it asks of the outside."""
    contexts, outside = [], []

    def opened(url: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 2200})
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        inside = (app.url, app.url.replace("http", "ws"), "data:", "blob:")
        page.on("request", lambda r: r.url.startswith(inside) or outside.append(r.url))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []


def visitor(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["visitor"][0]


def student(page: Page, app: App, liver: tree.Guide) -> Practising:
    record = app.records / f"practice-record-{visitor(page)}.sqlite"
    found = Practising(page, liver, record, seed=0)
    found.button("Submit").wait_for()
    return found


def test_several_students_each_with_a_state_of_their_own(
    visit: Any, app: App, liver: tree.Guide
) -> None:
    one, other = (student(visit(app.at("practice")), app, liver) for _ in range(2))
    assert one.record != other.record
    # Both at the same question; what one of them does, the other does not see.
    question = one.questions[0]
    assert other.questions[0].id == question.id
    one.choose(question, right_answer(question))
    one.button("Submit").click()
    expect(one.said).to_contain_text("Right.")
    other.waits_for(question)
    other.choose(question, wrong_answer(question))
    other.button("Submit").click()
    expect(other.said).to_contain_text("Not what the text says.")
    expect(one.said).to_contain_text("Right.")
    assert [a.right for a in Record(one.record).attempts()] == [True]
    assert [a.right for a in Record(other.record).attempts()] == [False]
    # Whoever opens the same address again, in whatever browser, goes on where they stopped.
    again = student(visit(one.page.url), app, liver)
    again.waits_for(again.questions[1])
    # Nobody is handed a record.
    for path in (f"../records/{one.record.name}", one.record.name):
        answer = again.page.request.get(f"{app.url}/voila/files/{path}")
        assert answer.status in (403, 404)


def test_the_explorer_is_shown_once_and_answers_to_its_own_visitor(visit: Any, app: App) -> None:
    one, other = (visit(app.at("explore")) for _ in range(2))
    other.locator(".dtree svg g.node").first.wait_for()
    explorer_alone(one)
    assert other.locator(".edge.dtree-taken").count() == 0


def test_a_lesson_is_given_in_the_app(visit: Any, app: App) -> None:
    page = visit(app.at("teach"))
    lesson = page.locator(".tree-lesson")
    lesson.get_by_role("button", name="Reveal").click()
    expect(lesson.locator(".tp-said")).to_contain_text("The vignette says: No.")
    assert page.locator(".jp-InputArea:visible").count() == 0


def test_the_first_page_leads_to_the_others(visit: Any, app: App) -> None:
    page = visit(app.url)
    assert "not medical advice" in page.inner_text("body")
    links = [link.get_attribute("href") for link in page.locator(".card a").all()]
    names = {re.sub(r".*/render/(\w+)\.ipynb.*", r"\1", str(link)) for link in links}
    assert names == {path.stem for path in NOTEBOOKS if tagged(path)}
    check_with_axe(page)
    page.get_by_role("link", name="Dark colours", exact=True).click()
    check_with_axe(page)
    page.get_by_role("link", name="Practise", exact=True).click()
    page.locator(".tree-practice").wait_for()
    expect(page.locator("body[data-jp-theme-light=false]")).to_have_count(1)
    # Of the notebook only what is the app.
    assert page.locator(".tree-practice").count() == 1
    assert "Five kinds of question" not in page.content()
    assert page.locator(".jp-InputArea:visible").count() == 0


def test_it_is_reached_from_this_computer_alone(app: App) -> None:
    family = [psutil.Process(app.process), *psutil.Process(app.process).children(recursive=True)]
    listening = [
        connection.laddr.ip
        for process in family
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert listening
    assert set(listening) == {"127.0.0.1"}


def tagged(path: Path) -> list[Any]:
    cells = nbformat.read(path, as_version=4).cells
    return [cell for cell in cells if TAG in cell.metadata.get("tags", [])]


@pytest.mark.parametrize("path", [*filter(tagged, NOTEBOOKS)], ids=lambda path: path.stem)
def test_an_app_begins_where_its_notebook_does(path: Path) -> None:
    """Its cells run without the others."""
    cells = only_app(nbformat.read(path, as_version=4)).cells
    assert cells[0].source.startswith("import tree")
    assert cells


def test_the_file_of_a_visitor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PRACTICE_RECORDS", raising=False)
    monkeypatch.setenv("QUERY_STRING", "visitor=otter-7")
    assert own_file() == Path("practice-record.sqlite")
    monkeypatch.setenv("PRACTICE_RECORDS", str(tmp_path))
    assert own_file() == tmp_path / "practice-record-otter-7.sqlite"
    # Nothing that comes with an address leaves the folder.
    monkeypatch.setenv("QUERY_STRING", "visitor=../../x%2F..%00y&visitor=z")
    assert own_file() == tmp_path / "practice-record-xy.sqlite"
    monkeypatch.setenv("QUERY_STRING", "")
    assert own_file() == own_file()
    assert own_file().parent == tmp_path
