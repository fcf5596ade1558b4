"""Two guides read again sentence by sentence: what was wrong in them stays right."""

import re

import pytest
from places import DATA
from shipped_guides import CHILD, standings

import tree
from tree.logic.decisions import decisions


@pytest.fixture(scope="module", params=["ear_infection_in_a_child", "damaged_library_book"])
def guide(request):
    return tree.load(DATA / request.param, strict=True)


# --- the library book, read sentence by sentence -------------------------------------------------


def test_the_hour_of_shelving_is_quoted_with_the_children_it_is_for(library):
    shelving = library.statement("lending_desk_children_shelve")
    assert "children under twelve never pay; in place of paying" in shelving.words
    child = {"damage": "heavy", "noted_on_slip": "no", "anyones_mishap": "no"}
    assert "Instead of Paying the price: An hour of shelving · “will do”" in str(
        library.walk({**child, "can_be_bought": "yes", "under_twelve": "yes"})
    )
    walk = library.walk({**child, "can_be_bought": "yes", "under_twelve": "no"})
    assert standings(library, walk.answers)["shelving"] == "silent"


def test_what_no_sentence_names_is_withheld_as_a_reading_alone(library):
    """No ways of making good are named where there is nothing to make good."""
    named = {
        "mending": "mending",
        "another_copy": "cop|replac",
        "paying": "pay|replac",
        "shelving": "shelving",
    }
    for statement in library.statements:
        for option, standing in statement.effects:
            if standing == "withheld" and statement.basis == "stated":
                assert re.search(named[option], statement.words), (statement.id, option)


def test_the_room_that_overrules_the_desk_quotes_why(library):
    mishap = library.statement("repair_room_mishap")
    assert "But first we ask how it happened." in mishap.words
    assert {"lending_desk_replacing", "lending_desk_children_shelve"} <= set(mishap.outweighs)


@pytest.mark.parametrize(
    ("damage", "mending", "another_copy"),
    [
        ("heavy", {"lending_desk": "silent", "repair_room": "withheld"}, "offered"),
        ("wet", {"lending_desk": "preferred", "repair_room": "withheld"}, "silent"),
        (
            "wet with heavy damage",
            {"lending_desk": "preferred", "repair_room": "withheld"},
            "offered",
        ),
    ],
)
def test_a_book_can_be_wet_and_broken(library, damage, mending, another_copy):
    answers = {"damage": damage, "noted_on_slip": "no", "can_be_bought": "yes"}
    for desk, expected in mending.items():
        assert standings(library.for_passages(desk), answers)["mending"] == expected
    found = standings(library.for_passages("lending_desk"), answers)
    assert found["another_copy"] == another_copy


def test_of_a_book_without_damage_nobody_asks_for_slip_and_mishap(library):
    fine = library.walk(damage="none")
    assert [id for id in ("noted_on_slip", "anyones_mishap") if id in fine.settling] == []
    for id in ("noted_on_slip", "anyones_mishap"):
        assert not library.factor(id).applies({"damage": "none"})
        assert library.factor(id).applies({"damage": "wet"})


def test_in_every_story_it_is_clear_who_the_reader_is(library):
    (tear,) = [case for case in library.vignettes if case.id == "an_old_tear"]
    assert "mother" not in tear.story
    assert tear.answers["under_twelve"] == "yes"


# --- the ear infection, read sentence by sentence ------------------------------------------------


RUNNY = {**CHILD, "discharge": "yes"}
SICK = {**CHILD, "very_unwell": "yes"}
BABY = {**CHILD, "age": "under 6 months"}


@pytest.mark.parametrize(
    ("child", "passage", "expected"),
    [
        # Exceptions to a first choice of the American guideline are none to the British one.
        ({**RUNNY, "beyond_amoxicillin": "yes"}, "american", {"amoxicillin": "silent"}),
        ({**RUNNY, "beyond_amoxicillin": "yes"}, "british", {"amoxicillin": "preferred"}),
        (
            {**RUNNY, "beyond_amoxicillin": "yes"},
            "",
            {"amoxicillin": "preferred", "amoxicillin_clavulanate": "preferred"},
        ),
        # The American guideline does not speak of a very unwell child.
        (SICK, "american", {"antibiotic_at_once": "silent", "watchful_waiting": "silent"}),
        (SICK, "british", {"antibiotic_at_once": "offered", "no_antibiotic": "withheld"}),
        (SICK, "", {"watchful_waiting": "silent", "backup_prescription": "withheld"}),
        # A closed list excludes in its own guideline, and does not overrule the other one.
        ({**CHILD, "ear_pain": "severe"}, "american", {"watchful_waiting": "withheld"}),
        ({**CHILD, "ear_pain": "severe"}, "british", {"antibiotic_at_once": "withheld"}),
        (
            {**CHILD, "ear_pain": "severe"},
            "",
            {"antibiotic_at_once": "offered", "no_antibiotic": "offered"},
        ),
        (BABY, "", {"antibiotic_at_once": "withheld"}),
        # The American passage never names the back-up prescription.
        (RUNNY, "american", {"backup_prescription": "silent", "no_antibiotic": "silent"}),
        (RUNNY, "", {"backup_prescription": "offered", "watchful_waiting": "withheld"}),
        # No antibiotic is British, and a firm plan to look again is American.
        (CHILD, "american", {"watchful_waiting": "offered", "no_antibiotic": "silent"}),
        (CHILD, "british", {"watchful_waiting": "silent", "no_antibiotic": "offered"}),
        # Hospital, where there is a reason.
        (SICK, "", {"hospital": "silent"}),
        ({**SICK, "hospital_reason": "yes"}, "", {"hospital": "offered"}),
        (CHILD, "", {"hospital": "silent"}),
        # "instead" takes the place of what comes first.
        (
            {**BABY, "penicillin_allergy": "severe"},
            "",
            {"clarithromycin": "preferred", "amoxicillin": "withheld"},
        ),
    ],
)
def test_what_the_ear_infection_decides(ear, child, passage, expected):
    found = standings(ear.for_passages(passage) if passage else ear, child)
    assert {option: found[option] for option in expected} == expected


def sentence_questions(guide):
    return [question for question in guide.questions() if question.kind == "sentence"]


def test_no_sentence_question_takes_the_real_ground_for_wrong(ear):
    waiting = [
        question
        for question in sentence_questions(ear)
        if question.case.answers.get("very_unwell") == "yes"
        and question.option in ("no_antibiotic", "backup_prescription")
    ]
    for question in waiting:
        right = {s.id for s in question.walk.standings[question.option].because}
        for choice, words in question.choices:
            assert choice in right or "not in this group" not in words
    no_waiting = ear.statement("british_very_unwell_no_waiting")
    assert "For a child who is not in this group" in no_waiting.words
    assert not no_waiting.outweighs


def test_no_choice_of_a_sentence_question_is_a_reading_that_gave_way(guide):
    """Of two sentences that both hold, the one that a reader infers is no wrong answer."""
    for question in sentence_questions(guide):
        walk = question.walk
        right = {s.id for s in walk.standings[question.option].because}
        for choice, _ in question.choices:
            statement = guide.statement(choice)
            if choice not in right and statement.basis == "implied":
                assert decisions(guide).holds(statement, walk.answers) is False


def test_passages_have_no_dispute_on_very_unwell_children(ear):
    for passage in ("american", "british"):
        alone = ear.for_passages(passage)
        said = {str(s.standing) for s in alone.walk(SICK).standings.values()}
        assert passage == "british" or said == {"silent"}


def test_every_medicine_says_that_it_is_for_a_child_who_gets_one(ear):
    medicines = ("amoxicillin", "amoxicillin_clavulanate", "cephalosporin", "clarithromycin")
    for id in medicines:
        assert ear.option(id).name.endswith(" (if an antibiotic is given)")
        assert ear.option(id).short.startswith("If given: ")
    assert "Amoxicillin (if an antibiotic is given)" in str(ear.walk(CHILD))


def test_what_is_only_an_example_is_no_other_name(ear):
    assert ear.option("cephalosporin").synonyms == ()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("american_both_ears_under_two", "An antibiotic at once is also recommended"),
        ("american_two_choices_under_two", "A child without severe signs has"),
        ("american_two_choices_from_two", "A child without severe signs has"),
        ("american_severe_allergy", "this summary names none"),
    ],
)
def test_quotes_have_their_verb_and_condition(ear, statement, words):
    assert words in ear.statement(statement).words


def test_remarks_leave_nothing_out(ear):
    said = {s.id: s.remark for s in ear.statements}
    assert said["british_second_look"].endswith("at any time.")
    assert "complications are rare" in said["british_course"]
    assert "the one on fever in young children" in said["british_fever"]
    assert " or is it at high risk" in ear.factor("very_unwell").question


@pytest.mark.parametrize("option", ["antibiotic_at_once", "pain_relief"])
def test_the_same_verb_is_the_same_standing_and_strength(ear, option):
    offered = [
        s for s in ear.statements if s.strength == "is offered" and option in dict(s.effects)
    ]
    assert {str(dict(s.effects)[option]) for s in offered} == {"offered"}


# --- the cases of the ear infection ---------------------------------------------------------------


def test_one_ear_is_keyed_where_it_is_said_and_only_there(ear):
    for case in ear.vignettes:
        one = re.search(r"[Oo]ne ear is infected|One ear of|(?:of|in) one ear", case.story)
        assert not one or case.answers.get("both_ears") == "no", case.id


def test_who_has_never_had_a_medicine_may_have_an_allergy(ear):
    unexposed = [case for case in ear.vignettes if "never had any medicine" in case.story]
    assert len(unexposed) == 2
    assert all("penicillin_allergy" not in case.answers for case in unexposed)


def test_discharge_comes_from_the_middle_ear(ear):
    for case in ear.vignettes:
        assert "lake" not in case.story or "out of his right middle ear" in case.story


def test_no_name_of_a_case_gives_an_answer_away(ear):
    told = r"pain|fever|warm|month|year|week|ear|both|allerg|rash|risk|unwell|amoxicillin|wet|runny"
    assert [
        case.id for case in ear.vignettes if re.search(rf"(?:^|_)({told})s?(?:_|$)", case.id)
    ] == []


def test_the_cases_of_very_unwell_children_say_how_the_american_guideline_takes_them(ear):
    for case in ear.vignettes:
        if case.answers.get("very_unwell") == "yes" and case.answers["age"] != "under 6 months":
            assert "uncomplicated" in case.story
