"""Names that already mean something elsewhere: in JavaScript, in Graphviz, in pandas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from browsing import opened
from explorer_state import READ_STATE, expected, seen
from playwright.sync_api import BrowserContext, Page, expect
from seeded_guides import TEXT, WORDS

import tree
from tree.logic.walk import Walk
from tree.model.parts import Factor, Option, Reading, Standing, Statement
from tree.web.page import page as page_of

# Every object in JavaScript has these.
OF_OBJECTS = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"]
# These may name an entry of a guide; the others of OF_OBJECTS hold signs that no name may hold.
IDS = ["constructor", "then", "length", "name", "node", "edge", "graph", "subgraph", "strict"]
IDS += ["values", "index", "columns", "self", "item"]
VALUES = [*OF_OBJECTS, *IDS]


def values_of(number: int) -> list[str]:
    """Two values for each factor, other ones for its neighbours."""
    return [VALUES[number % len(VALUES)], VALUES[(number + 1) % len(VALUES)]]


def write_guide(folder: Path) -> Path:
    """A guide in which factors, options, statements, passages and values have such names."""
    folder.mkdir()
    lines = [f"Sentence {i} is about {id}." for i, id in enumerate(IDS)]
    (folder / "text.txt").write_text("\n".join(lines), encoding="utf-8")
    quotes = dict(zip(IDS, lines, strict=True))
    values = {id: values_of(number) for number, id in enumerate(IDS)}
    guide = {
        "title": "constructor",
        "passages": {"constructor": {"author": "__proto__", "begins": lines[0]}},
        "factors": {
            id: {"question": f"{id}?", "quote": quotes[id], "values": values[id]} for id in IDS
        },
        "options": {id: {"name": id, "quote": quotes[id]} for id in IDS},
        "groups": {"tostring": {"name": "constructor", "quote": lines[0], "options": IDS[:2]}},
        "statements": {
            id: {
                "quote": quotes[id],
                "when": {id: values[id][0]},
                "offer": IDS if id == IDS[0] else IDS[0],
            }
            for id in IDS
        },
        "examples": {
            "__proto__": {id: values[id][0] for id in IDS},
            "constructor": {id: values[id][1] for id in IDS},
        },
    }
    cases = {
        "constructor": {
            "vignette": " ".join(f"This one has {id} as {values[id][0]}." for id in IDS),
            "answers": {
                id: {"value": values[id][0], "words": f"{id} as {values[id][0]}"} for id in IDS
            },
        }
    }
    for name, content in {"guide": guide, "cases": cases}.items():
        (folder / f"{name}.yaml").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> tree.Guide:
    return tree.load(write_guide(tmp_path_factory.mktemp("names") / "constructor"))


def state(page: Page) -> dict[str, Any]:
    return seen(page.locator(".dtree").first.evaluate(READ_STATE))


def test_page(context: BrowserContext, guide: tree.Guide, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(guide.to_html(), encoding="utf-8")
    page, errors = opened(context, (tmp_path / "page.html").as_uri())
    assert "#" not in page.url
    assert state(page) == expected(guide.walk())
    for number, (_, answers) in enumerate(guide.examples, 1):
        page.get_by_label("Example patient").select_option(index=number)
        assert state(page) == expected(guide.walk(dict(answers)))
        page.reload()
        assert state(page) == expected(guide.walk(dict(answers)))
    expect(page.locator(".dtree-notice")).to_have_text("")
    page.get_by_role("button", name="Reset").click()
    assert state(page) == expected(guide.walk())
    # What no factor is called is said, though every object has it.
    page.evaluate("location.hash = '#toString=constructor&hasOwnProperty=valueOf'")
    expect(page.locator(".dtree-notice")).to_contain_text("unknown factor “toString”; unknown")
    assert errors == []


def test_page_opened_on_a_patient(
    context: BrowserContext, guide: tree.Guide, tmp_path: Path
) -> None:
    answers = {"constructor": "constructor", "then": "__proto__"}
    (tmp_path / "page.html").write_text(guide.to_html(answers=answers), encoding="utf-8")
    page, errors = opened(context, (tmp_path / "page.html").as_uri())
    assert state(page) == expected(guide.walk(answers))
    assert errors == []


def test_practice_page(context: BrowserContext, guide: tree.Guide, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(guide.to_html(practice=True), encoding="utf-8")
    page, errors = opened(context, (tmp_path / "page.html").as_uri() + "#practise")
    practice = page.locator("#tp-page")
    by_id = {question.id: question for question in guide.questions()}
    practice.locator(".tp-keeping").wait_for()

    def kept() -> Any:
        content = page.evaluate("Object.values(localStorage)[0]")
        return json.loads(content)

    for id in kept()["round"]["questions"]:
        question = by_id[id]
        expect(practice.locator(".tp-asks")).to_have_text(question.asks)
        for row in practice.locator("fieldset").all():
            row.get_by_role("radio").first.check()
        practice.get_by_role("button", name="Submit", exact=True).click()
        practice.get_by_role("button", name="Show the path", exact=True).click()
        practice.get_by_role("button", name=r"Next").or_(
            practice.get_by_role("button", name="Finish")
        ).click()
    expect(practice).to_contain_text("The round is over")
    attempts = kept()["attempts"]
    assert len(attempts) == len(kept()["round"]["questions"])
    page.reload()
    practice.locator(".tp-keeping").wait_for()
    assert kept()["attempts"] == attempts
    # Python reads the record that the page writes.
    with page.expect_download() as download:
        practice.get_by_role("button", name="Save my record").click()
    download.value.save_as(tmp_path / "record.json")
    progress = tree.progress(tmp_path / "record.json")
    assert str(len(attempts)) in str(progress)
    assert errors == []


def test_names_that_no_guide_may_use(context: BrowserContext, tmp_path: Path) -> None:
    """Readings that programs make have names as they like."""
    factors = tuple(
        Factor(id, f"{id}?", (WORDS,), tuple(values_of(number)))
        for number, id in enumerate(OF_OBJECTS)
    )
    statements = tuple(
        Statement(
            f.id,
            (WORDS,),
            (frozenset({(f.id, frozenset({f.values[0]}))}),),
            (("__proto__", Standing.OFFERED),),
        )
        for f in factors
    )
    options = tuple(Option(id, id) for id in OF_OBJECTS[:2])
    reading = Reading("__proto__", "__proto__", TEXT, factors, options, statements)
    for answers in ({}, {f.id: f.values[1] for f in factors}):
        path = tmp_path / "page.html"
        path.write_text(page_of(reading, answers), encoding="utf-8")
        page, errors = opened(context, path.as_uri())
        assert state(page) == expected(Walk(reading, answers))
        page.reload()
        assert state(page) == expected(Walk(reading, answers))
        assert errors == []


def test_explorer_hears_of_every_answer(guide: tree.Guide) -> None:
    explorer = tree.Explorer(guide)
    answers = dict(guide.examples[0][1])
    # As the front end sends them: in pairs, for an object could not hold every name.
    explorer._handle_custom_msg({"answers": [list(pair) for pair in answers.items()]}, [])
    assert explorer.answers == answers
    assert dict(explorer.walk.answers) == answers


@pytest.mark.parametrize("engine", ["pandas", "Polars", "DuckDB"])
def test_tables(guide: tree.Guide, engine: str) -> None:
    rows = [*(dict(answers) for _, answers in guide.examples), {}]
    columns = {f.id: [row.get(f.id) for row in rows] for f in guide.factors}
    table = pl.DataFrame(columns) if engine == "Polars" else pd.DataFrame(columns)
    connection = duckdb.connect()
    found = guide.classify(connection.from_df(table) if engine == "DuckDB" else table, keep=False)
    if engine == "DuckDB":
        found = found.df()
    for option in guide.options:
        standings = [guide.walk(row).standings[option.id].standing for row in rows]
        wanted = [str(standing or "not decided yet") for standing in standings]
        assert list(found[option.id]) == wanted


def test_drawing(guide: tree.Guide) -> None:
    svg = guide.draw().svg
    asked = [factor for factor in guide.factors if factor.id in guide.tree.factors]
    assert len(asked) == len(IDS)
    for factor in asked:
        assert svg.count(f">{factor.id}?</text>") >= 1
