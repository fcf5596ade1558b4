"""The Markdown document has every tree in lists, and no word from people is markup in it."""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path

import awkward_words
import mistune
import pytest
from bs4 import BeautifulSoup, Tag
from examples import share
from hostile import write_hostile_guide
from markdown_it import MarkdownIt
from strange_guides import GUIDE, TEXT

import tree
from tree.exchange.markdown import document, escaped
from tree.messages import either, in_language, worded

GUIDES = [guide.name for guide in tree.guides()]
# Raw HTML would come through both of them, and so would links without brackets.
COMMON = MarkdownIt("js-default", {"html": True})
JUPYTERS = mistune.create_markdown(escape=False, plugins=["strikethrough", "table", "url", "math"])
# The number of a part that several branches lead to.
MARK = re.compile(r" (\[\d+\])$")
ALLOWED = {"h1", "h2", "p", "ul", "li", "em", "strong", "pre", "code"}


def rendered(found: str) -> list[BeautifulSoup]:
    return [BeautifulSoup(str(make(found)), "html.parser") for make in (COMMON.render, JUPYTERS)]


def is_text_alone(page: BeautifulSoup) -> None:
    assert {each.name for each in page.find_all(True)} <= ALLOWED
    assert not page.find_all(lambda each: each.attrs.keys() - {"class"})


def words_of(page: BeautifulSoup) -> str:
    """All words outside of the pictures, white space aside."""
    for picture in page.find_all("pre"):
        picture.extract()
    return "".join(page.get_text().split())


@pytest.mark.parametrize("name", GUIDES)
def test_every_question_and_option_is_in_it(name: str) -> None:
    guide = tree.load(name)
    for page in rendered(document(guide)):
        is_text_alone(page)
        words = words_of(page)
        asked = {id for each in guide.trees for id in each.factors}
        expected = [guide.factor(id).question for id in asked]
        expected += [option.name for option in guide.options]
        assert [each for each in expected if "".join(each.split()) not in words] == []


@pytest.mark.parametrize("name", GUIDES)
def test_the_lists_decide_as_the_guide_does_with_its_sentences(name: str) -> None:
    guide = tree.load(name)
    page = BeautifulSoup(COMMON.render(document(guide)), "html.parser")
    lists = [found for found in page.find_all("ul") if found.parent is page]
    for each, root in zip(guide.trees, lists, strict=False):
        shared = marked(root)
        for case in guide.cases(minimal=True):
            answers: dict[str, str] = {}
            end = outcome(guide, root, shared, case, first_question(root), answers)
            verdicts = [own_words(line) for line in end.find_all("li", recursive=False)]
            quoted = end.get_text()
            standings, sure = guide.walk(case).standings, guide.walk(answers).standings
            for option in each.options:
                label = guide.label(standings[option.id].standing)
                [line] = [line for line in verdicts if option.name in line.split(": ", 1)[1]]
                assert line.startswith(label)
                because = [q.line for s in sure[option.id].because for q in s.quotes]
                assert all(quote in quoted for quote in because)


def first_question(root: Tag) -> str:
    above = root.find_previous_sibling("p")
    assert above is not None
    return own_words(above)


def own_words(item: Tag) -> str:
    """The words of an item without those of the items below it."""
    own = (each for each in item.children if not (isinstance(each, Tag) and each.name == "ul"))
    return " ".join("".join(each.get_text() for each in own).split())


def marked(root: Tag) -> dict[str, Tag]:
    """The items whose parts others refer to, by their marks."""
    found = {}
    for item in root.find_all("li"):
        if (mark := MARK.search(own_words(item))) and item.find("ul"):
            found[mark[1]] = item
    return found


def outcome(
    guide: tree.Guide,
    root: Tag,
    shared: dict[str, Tag],
    case: dict[str, str],
    asked: str,
    answers: dict[str, str],
) -> Tag:
    """The list of verdicts to which the lists lead a case; with the answers that take it there."""
    [factor] = [f for f in guide.factors if MARK.sub("", asked).endswith(f.question)]
    answers[factor.id] = case[factor.id]
    several = itertools.chain.from_iterable(
        itertools.combinations(factor.values, count + 1) for count in range(len(factor.values))
    )
    with in_language(guide.language):
        ways = {either(map(worded, some)) for some in several if case[factor.id] in some}
    [item] = [
        each
        for each in root.find_all("li", recursive=False)
        if own_words(each).split(": ")[0] in ways
    ]
    mark = MARK.search(own_words(item))
    held = shared[mark[1]] if mark else item
    below = held.find("ul")
    assert isinstance(below, Tag)
    if ": " not in own_words(item):
        return below
    return outcome(guide, below, shared, case, own_words(held), answers)


def test_hostile_words_are_text(tmp_path: Path) -> None:
    write_hostile_guide(tmp_path / "hostile")
    guide = tree.load(tmp_path / "hostile")
    for page in rendered(document(guide)):
        is_text_alone(page)
        heading = page.find("h1")
        assert heading is not None
        assert heading.get_text() == guide.title
        words = words_of(page)
        assert all("".join(factor.question.split()) in words for factor in guide.factors)


def test_awkward_words_are_text() -> None:
    for seed in range(share(100)):
        source = awkward_words.guide(random.Random(seed))
        guide = tree.loads(awkward_words.text(), source)
        asked = {id for each in guide.trees for id in each.factors}
        quotes = guide.walk().standings["o2"].quotes
        for page in rendered(document(guide)):
            is_text_alone(page)
            words = words_of(page)
            expected = [guide.title, *(guide.factor(id).question for id in asked), *quotes]
            expected += [option.name for option in guide.options]
            missing = [each for each in expected if "".join(each.split()) not in words]
            assert missing == [], seed


@pytest.mark.parametrize("words", awkward_words.AWKWARD)
def test_awkward_words_are_text_wherever_they_stand(words: str) -> None:
    for line in (escaped(words), f"# {escaped(words)}", f"- {escaped(words)}"):
        for page in rendered(f"{line}\n"):
            is_text_alone(page)
            assert words_of(page) == "".join(words.split())


def test_it_speaks_the_language_of_the_guide_and_says_what_it_is() -> None:
    plant = document(tree.load("haengende_zimmerpflanze"))
    assert "Erste Wahl" in plant
    liver = document(tree.load("metastatic_liver_cancer"))
    assert liver.splitlines()[2] == "*A teaching aid, built from one text; not medical advice.*"
    assert "1 of its entries is not confirmed" not in liver
    assert "entries are not confirmed" in document(tree.loads(TEXT, GUIDE))
