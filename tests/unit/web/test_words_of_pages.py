"""Pages made in Python, in a language whose words are no English ones; see `pseudo_language`."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pseudo_language
import pytest
from jinja2 import Environment, FileSystemLoader
from places import DATA, LIVER, ROOT
from wintering_bees import FOLDER

import tree
from tree.authoring.guide_files import guide_files
from tree.authoring.review_queue import review_queue
from tree.drawing.plots import HeatMap
from tree.jupyter import app, front_page
from tree.jupyter.site import build_site
from tree.logic.ambiguities import AmbiguityKind
from tree.messages import in_language

TEMPLATES = Path(app.__file__).parent / "templates/voila/templates/tree-app"
# What stands between tags, and in the attributes that people hear.
_SEEN = re.compile(r">([^<]+)<|(?:alt|title|aria-label|data-opening)=\"([^\"]*)\"")
_HIDDEN = re.compile(r"<(style|script|svg)\b.*?</\1>", re.DOTALL)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with a guide in that language, and with a notebook of the app."""
    with pseudo_language.spoken_here(tmp_path_factory.mktemp("messages")):
        root = tmp_path_factory.mktemp("project")
        pseudo_language.write_project(root)
        yield root


def seen(page: str) -> list[str]:
    """What people see or hear of a page.

    >>> seen('<p title="a">b</p>')
    ['a', 'b']
    """
    return [unescape(one or other) for one, other in _SEEN.findall(_HIDDEN.sub("", page))]


def plain(lines: list[str], root: Path) -> dict[str, str]:
    return pseudo_language.plain_lines(lines, tree.load(root / "data/bees"))


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "theme=dark"])
def test_the_first_page(root: Path, query: str) -> None:
    template = Environment(autoescape=True, loader=FileSystemLoader(TEMPLATES))
    config = front_page.first_page(root / "notebooks")
    page = template.get_template("tree.html").render(page_config=config, query=query, base_url="/")
    assert page.count(f'lang="{pseudo_language.TAG}"') == 4
    lines = seen(page)
    assert pseudo_language.pseudo("Practise") in lines
    assert plain(lines, root) == {}


def test_around_the_page_of_a_notebook(root: Path) -> None:
    found = front_page.around(root / "notebooks" / "practice.ipynb")
    assert found["language"] == pseudo_language.TAG
    assert plain([*found["words"].values()], root) == {}
    assert front_page.around(root / "nowhere.ipynb")["language"] == "en"


@pytest.mark.parametrize(
    "name", ["index.html.j2", "spinner.macro.html.j2", "tree.html", "error.html"]
)
def test_templates_have_no_words_of_their_own(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    assert not re.findall("[A-Za-z]{2,}", " ".join(seen(source)))


def test_every_word_that_a_page_asks_for_is_there(root: Path) -> None:
    """Of scripts and templates; and no word is there that none asks for."""
    sources = {
        path.name: path.read_text(encoding="utf-8")
        for path in TEMPLATES.rglob("*")
        if path.suffix in (".js", ".html", ".j2")
    }
    around = front_page.around(root / "notebooks" / "practice.ipynb")
    asked = re.findall(r"\bown\.(\w+)", sources["starting.js"] + sources["looking.js"])
    asked += re.findall(r"page_config\.words\.(\w+)", sources["index.html.j2"])
    assert set(asked) == set(around["words"])
    first = re.findall(r"\{\{ words\.(\w+)", sources["tree.html"])
    assert set(first) == set(front_page.first_page(root / "notebooks")["words"])
    wrong = re.findall(r"\bpage\.words\.(\w+)", sources["error.html"])
    assert set(wrong) == set(front_page.error_page(root / "notebooks", 404)["words"])


def test_each_error_has_words(root: Path) -> None:
    pages = [front_page.error_page(root / "notebooks", status) for status in (403, 404, 500, 503)]
    assert {page["language"] for page in pages} == {pseudo_language.TAG}
    assert len({page["words"]["title"] for page in pages}) == 4
    assert plain([words for page in pages for words in page["words"].values()], root) == {}


@pytest.mark.slow
def test_the_list_of_a_site(root: Path, tmp_path: Path) -> None:
    build_site(root, tmp_path / "site")
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{pseudo_language.TAG}" dir="ltr">' in page
    assert plain(seen(page), root) == {}


def test_guides_of_several_languages_share_english(root: Path, tmp_path: Path) -> None:
    both = Path(shutil.copytree(root, tmp_path / "both"))
    shutil.copytree(FOLDER, both / "data" / "other")
    path = both / "notebooks" / "teach.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("data/bees", "data/other"))
    page = front_page.first_page(both / "notebooks")
    assert page["language"] == "en"
    assert [card.title for card in page["cards"]] == [
        pseudo_language.pseudo("Practise"),
        pseudo_language.pseudo("Explore"),
        "Teach",
    ]


def test_the_workshop(root: Path, tmp_path: Path) -> None:
    """What its screen is given; the words of the screen itself are walked in a browser."""
    folder = Path(shutil.copytree(root / "data/bees", tmp_path / "bees"))
    with contextlib.closing(tree.Workshop(folder)) as workshop:
        state = workshop.screen.state
        shown = [line for entry in state["entries"] for line in entry["says"]]
        shown += [entry[key] for entry in state["entries"] for key in ("holds", "misses")]
        shown += [line for lines in state["outcomes"].values() for line in lines]
        assert plain(shown, root) == {}
        assert state["messages"]["words"]
    begun = tree.Workshop(tmp_path / "begun", text="If it rains, drink tea. Else go out.")
    source = (begun.folder / "guide.yaml").read_text(encoding="utf-8")
    (begun.folder / "guide.yaml").write_text(
        re.sub(r"language: \w+", f"language: {pseudo_language.TAG}", source), encoding="utf-8"
    )
    begun.refresh()
    empty = [problem["message"] for problem in begun.screen.state["problems"]]
    assert len(empty) == 3
    assert plain(empty, root) == {}
    begun.close()


@pytest.mark.parametrize("name", ["bees", "metastatic_liver_cancer"])
def test_reading_back(root: Path, name: str) -> None:
    source = root / "data" / name if name == "bees" else ROOT / "data" / name
    guide = tree.load(source).in_language(pseudo_language.TAG)
    read = guide.read_back()
    # An option is named as a part of the guide; a sentence is one of the text.
    lines = [line.strip() for option in read.options for line in option.lines(guide)]
    lines += [line.strip() for each in read.sentences for line in each.lines(guide)]
    assert any(line.startswith(pseudo_language.pseudo("not for: ")[:8]) for line in lines)
    assert pseudo_language.plain_lines(lines, guide) == {}


@pytest.mark.slow
@pytest.mark.usefixtures("root")
def test_what_a_text_leaves_open() -> None:
    kinds = set()
    for path in sorted(DATA.glob("*/guide.yaml")):
        guide = tree.load(path.parent).in_language(pseudo_language.TAG)
        found = guide.ambiguities()
        kinds |= {each.kind for each in found}
        lines = [" ".join(words.split()) for words in (str(found), *map(str, found))]
        quotes = {f'"{quote.line}" ({quote.passage})' for each in found for quote in each.quotes}
        for quote in sorted(quotes, key=len, reverse=True):
            lines = [line.replace(quote, "…") for line in lines]
        ids = re.compile("|".join(passage.id for passage in guide.text.passages))
        lines = [ids.sub("…", line) for line in lines]
        assert pseudo_language.plain_lines(lines, guide) == {}
    assert kinds == {*AmbiguityKind}


@pytest.mark.usefixtures("root")
def test_progress_in_practice() -> None:
    guide = tree.load(LIVER).in_language(pseudo_language.TAG)
    record = ROOT / "notebooks" / "made_up_record.json"
    found = tree.progress(record, guide)
    assert found.attempts == tree.progress(record, guide.id).attempts != ()
    # What is quoted is the text's, or a vignette's.
    lines = [line for line in str(found).splitlines() if not line.startswith("    ")]
    lines += re.findall("<h4>(.*)</h4>", found._repr_html_())
    lines += [found.plot.title, str(found.plot)]
    assert len(lines) > 10
    assert pseudo_language.plain_lines(lines, guide) == {}
    nothing = tree.progress("nowhere.sqlite", guide)
    assert str(nothing) == pseudo_language.pseudo("Nothing has been practised yet.")
    assert str(tree.progress("nowhere.sqlite")) == "Nothing has been practised yet."


def shown_of_a_class(found: tree.ClassResults) -> list[str]:
    """What a class misreads, in print, on a page and in pictures, without what is quoted."""
    html = re.sub("<table.*?</table>", "", found._repr_html_(), flags=re.DOTALL)
    pictures = [found.heat_map, found.bars, found.line, found.confusion_of()]
    # Long lines are folded.
    lines = [" ".join(str(found).split()), *seen(html)]
    for picture in pictures:
        lines += [*str(picture).splitlines(), picture.title]
        lines += [getattr(picture, name, "") for name in ("down", "across")]
    return [re.sub('"[^"]*"', "…", line) for line in lines]


@pytest.mark.slow
@pytest.mark.usefixtures("root")
def test_what_a_class_misreads(tmp_path: Path) -> None:
    guide = tree.load(LIVER).in_language(pseudo_language.TAG)
    folder = Path(shutil.copytree(ROOT / "notebooks/made_up_class", tmp_path / "class"))
    record = json.loads((folder / "made_up_a.json").read_text(encoding="utf-8"))
    first, second, third, *_ = record["attempts"]
    others = {
        "copy": [{**first, "right": not first["right"]}],
        "older": [{**second, "id": "older", "guide_digest": "older", "round": "older"}],
        "nameless": [{**first, "learner": ""}],
        "nameless too": [{**third, "learner": ""}],
        "in part": [first, {}],
        **{f"empty {number}": [] for number in range(7)},
    }
    for name, attempts in others.items():
        written = json.dumps({**record, "attempts": attempts})
        (folder / f"{name}.json").write_text(written, encoding="utf-8")
    found = tree.classroom(folder, guide)
    gathered = found.gathered
    assert all((gathered.unreadable, gathered.partly, gathered.skipped, gathered.differing))
    lines = shown_of_a_class(found)
    assert pseudo_language.pseudo("By kind of question") in lines
    assert pseudo_language.plain_lines(lines, guide) == {}
    # What is wrong with a file is in English, and so is its name.
    named = [each for each in found.messages if each not in gathered.unreadable + gathered.partly]
    named = [re.sub(r"(?<=\ua789 ).*\.\w+", "…", message) for message in named]
    assert len(named) == 5
    assert pseudo_language.plain_lines(named, guide) == {}
    # Without the guide itself, nobody knows its language; tables have one language alone.
    assert str(tree.classroom(folder, guide.id)).startswith("9 students, ")
    assert next(iter(found.heat.columns)) == "student 1"
    shaded = replace(found.on_text(), left_out=3)
    printed = " ".join(str(shaded).split())
    for quote, _, _ in shaded.sentences:
        assert f'"{quote.line}"' in printed
        printed = printed.replace(f'"{quote.line}"', "…")
    lines = [printed, *re.findall("<(?:b|p)[^>]*>([^<]*)<", shaded._repr_html_())]
    assert pseudo_language.plain_lines(lines, guide) == {}
    (tmp_path / "nobody").mkdir()
    for other in (guide, guide.id):
        nothing = str(tree.classroom(tmp_path / "nobody", other)).replace(guide.id, "…")
        expected = "Nothing of … has been practised yet."
        assert nothing == (expected if other == guide.id else pseudo_language.pseudo(expected))


@pytest.mark.usefixtures("root")
def test_a_picture_keeps_its_language() -> None:
    with in_language(pseudo_language.TAG):
        heat = HeatMap(("rest",), ("Ann",), ((None,),), "Misread")
        row = pseudo_language.pseudo("{label}: {words}")
        assert str(heat) == row.format(label="rest", words=pseudo_language.pseudo("nothing"))
    assert str(replace(heat, words_in="en")) == "rest: nothing"


@pytest.mark.slow
@pytest.mark.usefixtures("root")
def test_a_large_class_by_kind_of_question(tmp_path: Path) -> None:
    guide = tree.load(LIVER).in_language(pseudo_language.TAG)
    whole = json.loads((ROOT / "notebooks/made_up_class/made_up_a.json").read_text("utf-8"))
    for number in range(21):
        attempts = [{**each, "learner": f"{number}"} for each in whole["attempts"]]
        written = json.dumps({**whole, "attempts": attempts})
        (tmp_path / f"{number}.json").write_text(written, encoding="utf-8")
    heat = tree.classroom(tmp_path, guide).heat_map
    assert pseudo_language.pseudo("standing") in heat.columns
    lines = [*str(heat).splitlines(), heat.across]
    assert pseudo_language.plain_lines(lines, guide) == {}


@pytest.mark.parametrize(
    "name", ["bees", *sorted(path.parent.name for path in DATA.glob("*/guide.yaml"))]
)
def test_what_a_reviewer_reads(root: Path, name: str) -> None:
    folder = root / "data" / name if name == "bees" else DATA / name
    guide = tree.load(folder).in_language(pseudo_language.TAG)
    files = guide_files((folder / "guide.yaml").read_text(encoding="utf-8"))
    queue = review_queue(files, guide, every=True)
    assert queue.counts.startswith("⟦")
    lines = [line for each in queue.proposals for line in (*each.says, each.holds, each.misses)]
    assert pseudo_language.plain_lines(lines, guide) == {}
    # Of what decides nothing by itself, every line is a message of its own.
    others = [each for each in queue.proposals if each.path[0] != "statements"]
    assert [line for each in others for line in each.says if not line.startswith("⟦")] == []
    # The pair of cases stands beside what the statement says, and not in it once more.
    cases = (
        pseudo_language.pseudo("such as: {case}"),
        pseudo_language.pseudo("but not with: {answer}"),
    )
    begun = tuple(words.split("{")[0] for words in cases)
    assert not [line for line in lines if line.startswith(begun)]


def test_what_a_reviewer_reads_of_a_guide_with_faults(root: Path) -> None:
    guide = tree.load(root / "data" / "bees")
    files = guide_files((root / "data/bees/guide.yaml").read_text(encoding="utf-8"))
    queue = review_queue(files, None, text=guide.text, every=True)
    not_yet = pseudo_language.pseudo("this can be said in words once the problems are solved")
    assert not_yet in {line for each in queue.proposals for line in each.says}
    lines = [line for each in queue.proposals for line in each.says]
    assert pseudo_language.plain_lines([*lines, queue.counts], guide) == {}


@pytest.mark.usefixtures("root")
def test_the_verdict_of_an_exercise(tmp_path: Path) -> None:
    guide = tree.load(LIVER).in_language(pseudo_language.TAG)
    folder = Path(shutil.copytree(LIVER, tmp_path / "liver"))
    source = (folder / "guide.yaml").read_text(encoding="utf-8")
    lines = list(tree.compare(guide, guide).lines())
    for effect in ("offer: resection", "withold: resection"):
        changed = source.replace("withhold: resection", effect, 1)
        (folder / "guide.yaml").write_text(changed, encoding="utf-8")
        verdict = tree.compare(folder, guide)
        assert not verdict.right
        # What is wrong with a file is in English, and is folded no further.
        problems = {
            f"  {line}"
            for problem in verdict.report.problems
            for line in problem.pointed().splitlines()
        }
        lines += [
            line for full in (0, 1) for line in verdict.lines(bool(full)) if line not in problems
        ]
    assert len(lines) > 20
    # Whole sentences of the text are quoted.
    lines = [re.sub('"[^"]*"', "…", line) for line in lines]
    assert pseudo_language.plain_lines(lines, guide) == {}
