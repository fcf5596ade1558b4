"""The other guides against their texts, and against the same rules written as plain if and else."""

import hashlib
import itertools
from pathlib import Path

import pytest

import tree

DATA = Path(__file__).parents[1] / "data"


def ear_infection(child):
    """What a reader of both summaries would say of a child of whom everything is known."""
    american = child["age"] != "under 6 months"
    under_two = child["age"] != "2 years or older"
    severe_signs = (
        child["ear_pain"] != "none or mild"
        or child["pain_for_two_days"] == "yes"
        or child["temperature"] == "39 °C or higher"
    )
    discharge = child["discharge"] == "yes"
    small_with_both_ears = under_two and child["both_ears"] == "yes"
    if child["very_unwell"] == "yes" or (
        american and (severe_signs or discharge or small_with_both_ears)
    ):
        at_once, waiting = "preferred", "withheld"
    elif american or discharge or small_with_both_ears:
        at_once, waiting = "offered", "offered"
    else:
        at_once, waiting = "silent", "offered"
    said = {
        "antibiotic_at_once": at_once,
        "watchful_waiting": waiting,
        "backup_prescription": waiting,
        "pain_relief": "offered",
        "cephalosporin": "silent",
        "clarithromycin": "silent",
    }
    if child["penicillin_allergy"] != "none":
        said |= {"amoxicillin": "withheld", "amoxicillin_clavulanate": "withheld"}
        said["clarithromycin"] = "offered"
        if child["penicillin_allergy"] == "not severe":
            said["cephalosporin"] = "offered"
    elif child["beyond_amoxicillin"] == "yes":
        said |= {"amoxicillin": "withheld", "amoxicillin_clavulanate": "preferred"}
    else:
        said |= {"amoxicillin": "preferred", "amoxicillin_clavulanate": "silent"}
    return said


def library_book(book):
    """What both desks together ask of a reader."""
    nothing = dict.fromkeys(["mending", "another_copy", "paying", "shelving"], "withheld")
    if book["damage"] == "none":
        if book["days_late"] == "up to 14 days late":
            return nothing
        return dict.fromkeys(nothing, "silent") | {"shelving": "offered"}
    if book["noted_on_slip"] == "yes":
        return nothing
    if book["damage"] == "light":
        return dict.fromkeys(nothing, "silent") | {"mending": "preferred"}
    if book["anyones_mishap"] == "yes":
        return nothing
    child = book["under_twelve"] == "yes"
    return {
        "mending": "withheld",
        "another_copy": "offered" if book["can_be_bought"] == "yes" else "withheld",
        "paying": "withheld" if child else "offered",
        "shelving": "offered" if child else "silent",
    }


RULES = {"ear_infection_in_a_child": ear_infection, "damaged_library_book": library_book}

# A change of a text must be meant: every quote hangs on it.
TEXTS = {
    "ear_infection_in_a_child": "9afa6dd714d4918ed059779e6f0fb4f1a4180ded80f67c242ac93d2b4b4b698d",
    "damaged_library_book": "91e479fca2896f193f90b1e0d4790099bcc5bd5a6d682b9ca6ceee86d6899920",
}

# An option on which the two passages differ, and a patient of whom they do.
DIFFERENCES = {
    "ear_infection_in_a_child": (
        "antibiotic_at_once",
        "Three years old, both ears infected, no severe signs",
        {"american": "offered", "british": "silent"},
    ),
    "damaged_library_book": (
        "mending",
        "Wet from a cloudburst, no longer to be bought",
        {"lending_desk": "withheld", "repair_room": "offered"},
    ),
}


@pytest.fixture(scope="module", params=RULES)
def guide(request):
    return tree.load(DATA / request.param, strict=True)


def test_every_guide_in_the_folder_is_tested():
    found = {path.parent.name for path in DATA.glob("*/guide.yaml")}
    assert found == {*RULES, "metastatic_liver_cancer"}


def test_the_text_is_kept_to_the_byte(guide):
    source = (DATA / guide.id / "text.txt").read_bytes()
    assert hashlib.sha256(source).hexdigest() == TEXTS[guide.id]


def test_there_is_enough_to_learn_from(guide):
    assert len(guide.text.passages) == 2
    assert len(guide.factors) >= 6
    assert any(len(factor.values) > 2 for factor in guide.factors)
    assert any(factor.judgement for factor in guide.factors)
    assert len(guide.statements) >= 12
    assert guide.groups
    assert len(guide.examples) in (3, 4)
    assert len(guide.tree.nodes) <= 27  # still a picture that one can take in


def test_every_complete_patient(guide):
    names = [factor.id for factor in guide.factors]
    for values in itertools.product(*(factor.values for factor in guide.factors)):
        patient = dict(zip(names, values, strict=True))
        found = guide.walk(patient).standings
        assert {option: str(s.standing) for option, s in found.items()} == RULES[guide.id](patient)


def test_every_statement_quotes_the_passage_it_is_named_after(guide):
    for statement in guide.statements:
        for quote in statement.quotes:
            assert statement.id.startswith(quote.passage + "_")


def test_nothing_in_the_text_is_left_over(guide):
    assert guide.coverage().unclaimed == ()
    assert guide.coverage().counts["used"] >= 12


def test_the_passages_differ(guide):
    option, example, expected = DIFFERENCES[guide.id]
    patient = dict(dict(guide.examples)[example])
    (compared,) = [c for c in guide.compare_passages().options if c.option.id == option]
    (said,) = [
        dict(difference.standings)
        for difference in compared.differences
        if set(difference.answers) <= patient.items()
    ]
    assert said == expected


def test_the_page_and_the_explorer_show_the_guide(guide):
    page = guide.html()
    assert guide.title in page
    for factor in guide.factors:
        assert factor.question in page
    _name, answers = guide.examples[0]
    explorer = tree.Explorer(guide, dict(answers))
    assert dict(explorer.answers) == dict(answers)
