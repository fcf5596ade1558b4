"""All screens in a language whose words are no English ones: what is English there is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pseudo_language
import pytest
from app_parts import ask, running
from browsing import serving_files
from learning_platform import Learner, write_platform
from playwright.sync_api import Browser, Page
from wintering_bees import FOLDER

import tree
from tree.messages import in_language, language_of
from tree.teaching.cards.cards import make_cards
from tree.teaching.questions.questions import KINDS

# Makes the platform's memory say that so many answers were left out.
LOSE = """lost => {
  const visits = JSON.parse(localStorage.getItem("visits"));
  const kept = JSON.parse(visits.cmi.suspend_data);
  kept[5] = lost;
  visits.cmi.suspend_data = JSON.stringify(kept);
  localStorage.setItem("visits", JSON.stringify(visits));
}"""


@pytest.fixture(scope="module", autouse=True)
def language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pseudo_language.spoken_here(tmp_path_factory.mktemp("messages")):
        yield


@pytest.fixture(scope="module", params=["liver", "bees"])
def guide(request: pytest.FixtureRequest) -> tree.Guide:
    folder = {"liver": "data/metastatic_liver_cancer", "bees": FOLDER}[request.param]
    return tree.load(folder).in_language(pseudo_language.TAG)


def opened(page: Page) -> None:
    """Open all that can be opened, again for what was made by opening."""
    for _ in range(3):
        page.evaluate(
            "() => document.querySelectorAll('details').forEach(each => (each.open = true))"
        )
        page.evaluate(
            """() => document.querySelectorAll('.dtree-option > summary').forEach(each => {
              if (each.parentElement.children.length < 2) each.click();
            })"""
        )
        page.evaluate("() => new Promise(done => setTimeout(() => requestAnimationFrame(done)))")


def test_the_page(page: Page, guide: tree.Guide, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    guide.to_html(path)
    page.goto(path.as_uri())
    values = [factor.values for factor in guide.factors]
    hashes = ["", "x=1"]
    for chosen in (0, -1):
        answers = [f"{f.id}={each[chosen]}" for f, each in zip(guide.factors, values, strict=True)]
        hashes += ["&".join(answers[:many]) for many in (1, 2, len(answers))]
    found = {}
    for number, hash in enumerate(hashes):
        page.evaluate("hash => { location.hash = hash; }", hash)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        opened(page)
        page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        for tree_in_view in page.locator(".dtree-trees li button").all()[: 2 * number]:
            tree_in_view.click()
            found |= pseudo_language.plain(page, guide)
        found |= pseudo_language.plain(page, guide)
    assert found == {}


def test_practice_in_the_page(page: Page, guide: tree.Guide, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    guide.to_html(path, practice=True)
    page.goto(f"{path.as_uri()}#practise")
    found = {}
    primary = page.locator(".tp-buttons .tp-primary")
    for number in range(10):
        for _ in range(2):
            page.locator(".tp-buttons button").first.click()  # a hint
            found |= pseudo_language.plain(page, guide)
        primary.click()  # nothing is answered yet
        found |= pseudo_language.plain(page, guide)
        for row in page.locator("#tp-page fieldset").all():
            row.locator("label").nth(number % 2).click()
        primary.click()
        opened(page)
        found |= pseudo_language.plain(page, guide)
        page.locator(".tp-buttons button:not(.tp-primary)").last.click()
        primary.click()
    page.locator(".tp-keeping button").last.click()
    found |= pseudo_language.plain(page, guide)
    assert found == {}


def test_practice_in_a_learning_platform(page: Page, guide: tree.Guide, tmp_path: Path) -> None:
    """Also where the platform had no room for the oldest answers."""
    write_platform(tmp_path, guide, "1.2")
    found, sentences = {}, []
    with serving_files(tmp_path) as url:
        learner = Learner(page, url, guide)
        for lost in (0, 1, 3):
            # A page that is left writes what it knows.
            page.goto(f"{url}/runtime.js")
            page.evaluate(LOSE, lost)
            page.goto(f"{url}/platform.html")
            learner.is_there()
            found |= pseudo_language.plain(page.frames[1], guide)
            words = learner.frame.locator(".tp-keeping p").first.inner_text()
            sentences.append(words.count("⟧ ⟦"))
    assert (found, sentences) == ({}, [0, 1, 1])


# There is never so much memory, and no session fits in none of its places.
SCARCE = ("--spare", "1000000000")
FULL = ("--places", "0")
NOTEBOOK = "/voila/render/practice.ipynb?visitor=otter"
FOLLOWED = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}


@pytest.mark.parametrize("bounds", [SCARCE, FULL], ids=["no memory", "no place"])
def test_what_the_app_says_went_wrong(page: Page, tmp_path: Path, bounds: tuple[str, str]) -> None:
    root = tmp_path / "project"
    pseudo_language.write_project(root)
    guide = tree.load(root / "data/bees")
    asked: list[tuple[int, str, dict[str, str]]] = [
        (503, NOTEBOOK, {}),
        (404, "/voila/render/nothing.ipynb?visitor=otter", {}),
        (404, "/nothing", {}),
        (403, NOTEBOOK, FOLLOWED),
        (403, "/", {"Host": "evil.example"}),
        (403, "/", {"Origin": "http://evil.example"}),
    ]
    with running(tmp_path, "--notebooks", str(root / "notebooks"), *bounds) as app:
        for status, path, headers in asked:
            answer, body = ask(app, path, **headers)
            assert answer == status, path
            page.set_content(body)
            assert page.locator("html").get_attribute("lang") == pseudo_language.TAG
            # A title, a sentence but where the title says enough, and a way on.
            assert page.locator("h1, p").count() >= (2 if status == 404 else 3)
            assert pseudo_language.plain(page, guide) == {}, path


def test_the_still_page(guide: tree.Guide, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    guide.to_html(path, practice=True)
    still = browser.new_context(java_script_enabled=False)
    page = still.new_page()
    page.goto(path.as_uri())
    assert pseudo_language.plain(page, guide) == {}
    still.close()


def test_the_lesson(page: Page, guide: tree.Guide) -> None:
    """Each kind of question, from its beginning to its end."""
    found = {}
    for kind in KINDS:
        lesson = tree.Lesson(guide, kinds=[kind], length=2)
        for _ in range(8):
            for act in (lambda: None, lesson.reveal, lesson.show_path):
                act()
                page.set_content(pseudo_language.html_of(lesson))
                found |= pseudo_language.plain(page, guide)
            turn = lesson.turn
            lesson.ask(turn.choices[0][0]) if turn.is_open else lesson.go_on()
        lesson.close()
    assert found == {}


def test_practice_in_a_notebook(page: Page, guide: tree.Guide, tmp_path: Path) -> None:
    practice = tree.Practice(guide, tmp_path / "record.sqlite")
    found = {}
    while question := practice.question:
        for act in (practice.hint, practice.hint, practice.submit):
            act()
            page.set_content(pseudo_language.html_of(practice))
            found |= pseudo_language.plain(page, guide)
        practice.answer = wrong_answer(practice)
        practice.submit()
        assert practice.grade, question
        practice.show_path()
        page.set_content(pseudo_language.html_of(practice))
        found |= pseudo_language.plain(page, guide)
        practice.go_on()
    page.set_content(pseudo_language.html_of(practice))
    practice.close()
    assert found | pseudo_language.plain(page, guide) == {}


def wrong_answer(practice: tree.Practice) -> object:
    """The last choice of each row."""
    for row in practice._inputs.values():
        row.value = row.options[-1][1]
    return practice.answer


@pytest.mark.slow
def test_what_is_printed(guide: tree.Guide) -> None:
    first = {factor.id: factor.values[0] for factor in guide.factors}
    lines = [str(tree).splitlines() for tree in guide.trees]
    for answers in ({}, first):
        walk = guide.walk(answers)
        lines += [walk.lines(), walk.why().lines()]
        for option in guide.options:
            for standing in ("preferred", "withheld"):
                would = walk.what_would(option.id, standing)
                lines.append([" ".join(str(would).split())])
    found = [pseudo_language.plain_lines(each, guide) for each in lines]
    assert [each for each in found if each] == []


@pytest.mark.slow
def test_the_cards(guide: tree.Guide) -> None:
    with in_language(language_of(guide)):
        lines = [
            line
            for card in make_cards(guide)
            for line in (
                *(*card.given, card.question, *card.answer, card.note),
                *(one.origin for one in card.sentences),
                *(words for _, words in card.standings),
                *card.choices,
            )
        ]
    assert pseudo_language.plain_lines(lines, guide) == {}
