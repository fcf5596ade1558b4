"""The other guides against their texts, and against the same rules written as plain if and else."""

import hashlib
import itertools

import pytest
from places import DATA

import tree
from tree.model.standing import Standing


def american(child):
    """What the American summary says of a child; an option left out is not spoken of."""
    # "babies under 6 months are outside it", and so are infections that are not "uncomplicated"
    if child["age"] == "under 6 months" or "yes" in (
        child["very_unwell"],
        child["hospital_reason"],
    ):
        return {}
    said = {"pain_relief": "offered", "antibiotic_at_once": "offered"}
    at_once = (
        child["ear_pain"] != "none or mild"
        or child["pain_for_two_days"] == "yes"
        or child["temperature"] == "39 °C or higher"
        or child["discharge"] == "yes"
        or (child["age"] == "6 to 23 months" and child["both_ears"] == "yes")
    )
    said["watchful_waiting"] = "withheld" if at_once else "offered"
    if child["penicillin_allergy"] != "none":
        said |= dict.fromkeys(["amoxicillin", "amoxicillin_clavulanate"], "withheld")
        if child["penicillin_allergy"] == "not severe":
            said["cephalosporin"] = "offered"
    elif child["beyond_amoxicillin"] == "yes":
        said["amoxicillin_clavulanate"] = "preferred"
    else:
        said["amoxicillin"] = "preferred"
    return said


def british(child):
    """What the British summary says of a child; an option left out is not spoken of."""
    said = {"pain_relief": "offered"}
    waiting = ["no_antibiotic", "backup_prescription"]
    under_two = child["age"] != "2 years or older"
    if child["hospital_reason"] == "yes":
        said["hospital"] = "offered"
    # A child with a reason for the hospital is in the group of the very unwell.
    if "yes" in (child["very_unwell"], child["hospital_reason"]):
        said |= {"antibiotic_at_once": "offered"} | dict.fromkeys(waiting, "withheld")
    elif child["discharge"] == "yes" or (under_two and child["both_ears"] == "yes"):
        said |= dict.fromkeys([*waiting, "antibiotic_at_once"], "offered")
    else:
        said |= dict.fromkeys(waiting, "offered") | {"antibiotic_at_once": "withheld"}
    if child["penicillin_allergy"] == "none":
        said["amoxicillin"] = "preferred"
    else:
        said |= {"amoxicillin": "withheld", "clarithromycin": "preferred"}
    return said


# What one passage alone infers gives way to what the other one says outright.
INFERRED = {("british", "antibiotic_at_once")}


ONLY_THANKS = dict.fromkeys(["mending", "another_copy", "paying", "shelving"], "withheld") | {
    "thank_you": "offered"
}


def lending_desk(book):
    """What the lending desk says of a book; an option left out is not spoken of."""
    # "children under twelve never pay"
    said = {"paying": "withheld"} if book["under_twelve"] == "yes" else {}
    if book["damage"] == "none":
        late = book["days_late"] == "more than 14 days"
        return said | {"shelving": "offered"} if late else ONLY_THANKS
    if book["noted_on_slip"] == "yes":
        return ONLY_THANKS
    if book["damage"] != "heavy":
        said["mending"] = "preferred"
    if "heavy" in book["damage"]:
        said = {"another_copy": "offered", "paying": "offered"} | said
    if book["damage"] != "light":
        if book["can_be_bought"] == "no":
            said["another_copy"] = "withheld"
        if book["under_twelve"] == "yes":
            said["shelving"] = "offered"
    return said


def repair_room(book):
    """What the repair room says of a book; an option left out is not spoken of."""
    if book["damage"] == "none":
        return {}
    if book["damage"] == "light":
        return {"mending": "preferred"}
    if book["anyones_mishap"] == "yes":
        return ONLY_THANKS
    return {"mending": "withheld", "another_copy": "offered", "paying": "offered"}


RULES = {
    "ear_infection_in_a_child": {"american": american, "british": british},
    "damaged_library_book": {"lending_desk": lending_desk, "repair_room": repair_room},
}
STRENGTH = ["silent", "offered", "preferred", "withheld"]

# A change of a text must be meant: every quote hangs on it.
TEXTS = {
    "ear_infection_in_a_child": "9afa6dd714d4918ed059779e6f0fb4f1a4180ded80f67c242ac93d2b4b4b698d",
    "damaged_library_book": "b4570954f691407366d61656d9300d7c21e299b9e2b33ccd064a30e53c2c784f",
}

# An option on which the two passages differ, and a patient of whom they do.
DIFFERENCES = {
    "ear_infection_in_a_child": (
        "antibiotic_at_once",
        "Three years old, both ears infected, no severe signs",
        {"american": "offered", "british": "withheld"},
    ),
    "damaged_library_book": (
        "mending",
        "Wet from a cloudburst, no longer to be bought",
        {"lending_desk": "preferred", "repair_room": "withheld"},
    ),
}


@pytest.fixture(scope="module", params=RULES)
def guide(request):
    return tree.load(DATA / request.param, strict=True)


def test_every_guide_in_the_folder_is_tested():
    found = {path.parent.name for path in DATA.glob("*/guide.yaml")}
    assert found == {
        *RULES,
        "metastatic_liver_cancer",
        "wintering_bees",
        "haengende_zimmerpflanze",
    }


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
    assert len(guide.tree.nodes) <= 35  # still a picture that one can take in


def complete_patients(guide):
    """Every patient that there can be; who is not asked a question has no answer to it."""
    names = [factor.id for factor in guide.factors]
    for values in itertools.product(*([*f.values, None] for f in guide.factors)):
        patient = dict(zip(names, values, strict=True))
        applies = {
            factor.id: all(patient[on] in allowed for on, allowed in factor.asked_if)
            for factor in guide.factors
        }
        if all((patient[name] is not None) == applies[name] for name in names):
            yield {name: value for name, value in patient.items() if value is not None}


def standings(guide, patient):
    return {option: str(s.standing) for option, s in guide.walk(patient).standings.items()}


@pytest.mark.slow
def test_every_complete_patient_by_each_passage_and_by_both(guide):
    rules = RULES[guide.id]
    alone = {passage: guide.for_passages(passage) for passage in rules}
    options = [option.id for option in guide.options]
    for patient in complete_patients(guide):
        said = {passage: rule(patient) for passage, rule in rules.items()}
        for passage, expected in said.items():
            assert standings(alone[passage], patient) == {
                option: expected.get(option, "silent") for option in options
            }
        assert standings(guide, patient) == {
            option: max(weighed(said, option), key=STRENGTH.index) for option in options
        }


def weighed(said, option):
    """What the passages say of an option, without what gives way."""
    found = {passage: s.get(option, "silent") for passage, s in said.items()}
    gives_way = {passage for passage, other in INFERRED if other == option}
    if {found[p] for p in found.keys() - gives_way} & {"offered", "preferred"}:
        found = {p: s for p, s in found.items() if p not in gives_way}
    return found.values()


@pytest.mark.parametrize(
    ("folder", "factor", "number", "band"),
    [
        ("ear_infection_in_a_child", "age", 5.9, "under 6 months"),
        ("ear_infection_in_a_child", "age", 6, "6 to 23 months"),
        ("ear_infection_in_a_child", "age", 23.9, "6 to 23 months"),
        ("ear_infection_in_a_child", "age", 24, "2 years or older"),
        ("ear_infection_in_a_child", "temperature", 38.9, "below 39 °C"),
        ("ear_infection_in_a_child", "temperature", 39, "39 °C or higher"),
        ("damaged_library_book", "days_late", 14, "up to 14 days"),
        ("damaged_library_book", "days_late", 15, "more than 14 days"),
    ],
)
def test_a_number_falls_into_the_band_of_the_text(folder, factor, number, band):
    assert tree.load(DATA / folder).walk({factor: number}).answers == {factor: band}


def test_every_statement_quotes_the_passage_it_is_named_after(guide):
    for statement in guide.statements:
        for quote in statement.quotes:
            assert statement.id.startswith(quote.passage + "_")


def test_check_has_nothing_to_say(guide):
    assert tree.check(DATA / guide.id).problems == ()


def test_nothing_in_the_text_is_left_over(guide):
    assert guide.coverage().unclaimed == ()
    assert guide.coverage().counts["used"] >= 12


def test_the_sources_speak_of_the_sentences_of_the_text():
    folder = DATA / "ear_infection_in_a_child"
    text = (folder / "text.txt").read_text(encoding="utf-8")
    table = (folder / "sources.md").read_text(encoding="utf-8").split("| the text says |")[1]
    rows = [line.split("|")[1] for line in table.splitlines()[2:] if line.startswith("|")]
    assert len(rows) > 20
    for row in rows:
        for words in row.split("…"):
            assert words.strip() in text


def test_the_passages_differ(guide):
    option, example, expected = DIFFERENCES[guide.id]
    patient = dict(dict(guide.examples)[example])
    (compared,) = [c for c in guide.compare_passages().options if c.option.id == option]
    (said,) = {
        difference.standings
        for difference in compared.differences
        if all(patient.get(factor) in values for factor, values in difference.patients)
    }
    assert dict(said) == expected


def test_the_page_and_the_explorer_show_the_guide(guide):
    page = guide.to_html()
    assert guide.title in page
    for factor in guide.factors:
        assert factor.question in page
    _name, answers = guide.examples[0]
    explorer = tree.Explorer(guide, dict(answers))
    assert dict(explorer.answers) == dict(answers)


def test_an_author_is_named_with_all_that_stands_in_brackets():
    american = tree.load(DATA / "ear_infection_in_a_child").for_passages("american")
    label = american.label(Standing.SILENT)
    assert label == "A summary of the American guideline (AAP, 2013) does not say"
