"""The guide in German against its text, and against the same rules written as plain if and else."""

import hashlib
import itertools

import pytest
from places import DATA

import tree
from tree.messages import in_language

FOLDER = DATA / "haengende_zimmerpflanze"
# A change of the text must be meant: every quote hangs on it.
DIGEST = "6979bcac2f3571d3ad2afeccc76198327f13dd6cb79ce5969a19228140ca513c"


def said(plant):
    """What the text says of a plant; an option left out is not spoken of."""
    found = {"fenster": "offered"} if plant["dunkel"] == "yes" else {}
    if plant["erde"] == "trocken":
        found["giessen"] = "preferred"
        if plant["sonne"] == "yes":
            found["schatten"] = "offered"
    elif plant["erde"] == "weder trocken noch nass":
        found["ruhe"] = "offered"
    else:
        found["giessen"] = "withheld"
        if plant["wurzeln"] == "frisch":
            found |= {"ruhe": "offered", "umtopfen": "withheld"}
        elif plant["topf"] == "über 2,5 Liter":
            found |= {"umtopfen": "withheld", "werkstatt": "offered"}
        else:
            found["umtopfen"] = "offered"
    return found


@pytest.fixture(scope="module")
def guide():
    return tree.load(FOLDER, strict=True)


def plants(guide):
    """Every plant that there can be; what does not apply to it has no answer."""
    for values in itertools.product(*(factor.values for factor in guide.factors)):
        plant = dict(zip((factor.id for factor in guide.factors), values, strict=True))
        yield {id: value for id, value in plant.items() if guide.factor(id).applies(plant)}


def test_the_text_is_kept_to_the_byte():
    assert hashlib.sha256((FOLDER / "text.txt").read_bytes()).hexdigest() == DIGEST


def test_check_has_nothing_to_say(guide):
    report = tree.check(FOLDER)
    assert report.problems == ()
    assert report.summary.startswith("ok: 1 passage, 5 factors, 6 options")
    with in_language("de"):
        assert report.summary.startswith("in Ordnung: 1 Abschnitt, 5 Merkmale, 6 Optionen")
    assert guide.coverage().unclaimed == ()


def test_every_plant(guide):
    for plant in plants(guide):
        standings = guide.walk(plant).standings
        found = {option: str(s.standing) for option, s in standings.items()}
        assert found == {
            option.id: said(plant).get(option.id, "silent") for option in guide.options
        }


@pytest.mark.parametrize(
    ("litres", "band"),
    [("2,5", "bis 2,5 Liter"), ("2.6", "über 2,5 Liter"), (0.5, "bis 2,5 Liter")],
)
def test_a_number_may_have_a_decimal_comma(guide, litres, band):
    assert guide.walk(topf=litres).answers == {"topf": band}


def test_what_is_said_is_german(guide):
    lines = str(guide.walk(erde="nass", wurzeln="modrig", topf="2,6"))
    assert "2 von 12 Ergebnissen sind noch möglich." in lines
    assert "Selbst umtopfen: nicht in diesem Fall · „nicht selbst“" in lines
    assert "angeboten oder der Text sagt nichts dazu" in lines
    assert "4 of 12 outcomes" in str(guide.in_language("en").walk(erde="nass", wurzeln="modrig"))
