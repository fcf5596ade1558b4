"""What two guides add to the words of the text is marked; where passages disagree, they say so."""

import itertools

import pytest
from shipped_guides import CHILD, standings

from tree.logic import beside


def answers_to(guide, settled, *open):
    """Every case with these answers, and with all answers to the questions that are open."""
    for values in itertools.product(*(guide.factor(id).values for id in open)):
        case = settled | dict(zip(open, values, strict=True))
        yield {id: value for id, value in case.items() if guide.factor(id).applies(case)}


def disputes(guide, answers):
    """The remarks of a case that say that the passages disagree."""
    found = [remark for remark in beside.remarks(guide.walk(answers)) if remark.certain]
    said = [remark.statement for remark in found if "disagree" in remark.words]
    assert all(statement.basis == "implied" for statement in said)
    return {statement.id for statement in said}


# --- the library book ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "book",
    [
        {"damage": "light", "noted_on_slip": "no"},
        {"damage": "light", "noted_on_slip": "yes"},
        {"damage": "none", "days_late": "more than 14 days"},
        {"damage": "none", "days_late": "up to 14 days"},
        {"damage": "wet", "noted_on_slip": "no"},
        {},
    ],
)
def test_children_never_pay(library, book):
    paying = library.walk({**book, "under_twelve": "yes"}).standings["paying"]
    assert str(paying.standing) == "withheld"
    never = library.statement("lending_desk_children_never_pay")
    assert never.basis == "stated"
    assert library.holds(never.id, {**book, "under_twelve": "yes"})


BOOK = {"days_late": "up to 14 days", "can_be_bought": "yes"}


def test_where_the_desks_disagree_the_reader_learns_it(library):
    alone = [library.for_passages(desk) for desk in ("lending_desk", "repair_room")]
    open = ("damage", "noted_on_slip", "anyones_mishap", "under_twelve")
    met = set()
    for book in answers_to(library, BOOK, *open):
        lending, repair = (standings(desk, book) for desk in alone)
        expected = set()
        # What is noted on the slip is settled before either desk asks for anything.
        if book.get("noted_on_slip") == "no":
            if (lending["mending"], repair["mending"]) == ("preferred", "withheld"):
                expected.add("repair_room_wet_disputed")
            if (lending["another_copy"], repair["another_copy"]) == ("offered", "withheld"):
                expected.add("repair_room_mishap_disputed")
        assert disputes(library, book) == expected, book
        met |= expected
    assert len(met) == 2


def test_the_slip_goes_first_and_says_so(library):
    slip = library.statement("lending_desk_in_no_way_at_all")
    assert "we look first at the slip" in slip.words
    assert '"First"' in slip.because


def test_each_thank_you_is_enough(library):
    thanks = [s for s in library.statements if "thank_you" in dict(s.effects)]
    assert [s.strength for s in thanks] == ["is enough"] * 3


def test_help_and_remarks_of_the_library_say_no_more_and_no_less(library):
    damage, late = library.factor("damage").help, library.factor("days_late").help
    assert "examples of light damage" in damage
    assert "it is read as a wet book" in damage
    assert "only if" not in late
    said = {s.id: s.remark for s in library.statements}
    assert said["lending_desk_nobody_is_scolded"] == "Nobody is scolded at the lending desk."
    assert "may stay and watch" in said["repair_room_stay_and_watch"]


# --- the ear infection ---------------------------------------------------------------------------


def test_where_the_guidelines_disagree_the_reader_learns_it(ear):
    american, british = (ear.for_passages(passage) for passage in ("american", "british"))
    choices = ("hospital_reason", "very_unwell", "discharge", "age", "both_ears", "ear_pain")
    medicines = ("very_unwell", "age", "penicillin_allergy", "beyond_amoxicillin")
    children = [
        *answers_to(ear, CHILD, *choices),
        *answers_to(ear, CHILD, *medicines),
    ]
    met = set()
    for child in children:
        first, second = standings(american, child), standings(british, child)
        expected = set()
        if first["watchful_waiting"] == "withheld":
            assert second["no_antibiotic"] == second["backup_prescription"] == "offered"
            expected.add("american_no_waiting_disputed")
        if (first["antibiotic_at_once"], second["antibiotic_at_once"]) == ("offered", "withheld"):
            expected.add("british_two_choices_disputed")
        if first["amoxicillin_clavulanate"] == second["amoxicillin"] == "preferred":
            expected.add("american_clavulanate_disputed")
        assert disputes(ear, child) == expected, child
        met |= expected
    assert len(met) == 3


@pytest.mark.parametrize(
    ("statement", "because"),
    [
        ("american_no_waiting", "the only way of waiting that this guideline names"),
        ("american_uncomplicated", "does not say when an infection is uncomplicated"),
        ("british_hospital_in_this_group", "read as being ill in the whole body"),
    ],
)
def test_what_is_read_into_a_sentence_is_implied(ear, statement, because):
    assert ear.statement(statement).basis == "implied"
    assert because in ear.statement(statement).because


@pytest.mark.parametrize("very_unwell", [{}, {"very_unwell": "yes"}, {"very_unwell": "no"}])
def test_a_reason_for_the_hospital_is_one_for_every_child(ear, very_unwell):
    walk = ear.walk({"hospital_reason": "yes", **very_unwell})
    hospital = walk.standings["hospital"]
    assert str(hospital.standing) == "offered"
    assert [statement.basis for statement in hospital.because] == ["stated"]
    # Such a child is never one for whom an antibiotic at once is ruled out.
    assert str(walk.standings["antibiotic_at_once"].standing) == "offered"
    assert str(walk.standings["no_antibiotic"].standing) == "withheld"
    assert str(walk.standings["watchful_waiting"].standing) == "silent"


def test_no_group_is_called_all_of_waiting_first(ear):
    (waiting,) = [group for group in ear.groups if group.id == "waiting_first"]
    assert waiting.name == "The two British ways of waiting first"


@pytest.mark.parametrize(("months", "fits"), [(-1, False), (0, True), (155, True), (168, False)])
def test_the_text_is_about_children_of_up_to_twelve_years(ear, months, fits):
    if fits:
        assert ear.walk(age=months).answers["age"] in ear.factor("age").values
    else:
        with pytest.raises(ValueError, match="156"):
            ear.walk(age=months)


def test_without_an_antibiotic_every_parent_comes_back_in_the_two_cases(ear):
    second_look = ear.statement("british_second_look")
    assert ear.holds(second_look.id, {})
    assert second_look.remark.startswith("If there is no antibiotic, the parents are told to come")
    assert "does not begin to get better within three days" in second_look.words
    assert ear.option("no_antibiotic").does == ()


def test_pain_is_assessed_too_and_relief_comes_in_regular_doses(ear):
    assert "assessed and treated" in ear.statement("american_pain_assessed").remark
    assert any("in regular doses" in quote.words for quote in ear.option("pain_relief").does)
    together = ear.statement("american_with_the_parents").remark
    assert together.endswith("The choice is made together with the parents.")


def test_the_ear_infection_is_one_of_a_child(ear):
    walk = ear.walk({**CHILD, "discharge": "yes"})
    assert "Known of the child" in str(walk)
    assert "patient" not in str(walk)
    assert ear.label(walk.standings["watchful_waiting"].standing) == "Not for this child"
    assert ear.subject.is_medical
