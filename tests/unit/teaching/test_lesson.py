"""A lesson driven from Python: its turns, votes and reveals; the browser is in another file."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hostile import write_hostile_guide
from ipywidgets import Widget
from places import ROOT
from practised_guide import right_answer, write_guide, write_opposite_guide, wrong_answer

import tree
from tree.logic.build import Leaf
from tree.logic.trees import of_everyone
from tree.teaching.classroom.turns import after, chosen, patient_of, tally, turns
from tree.teaching.practice.handed_in import read_record
from tree.teaching.questions.questions import KINDS

MADE_UP = ROOT / "notebooks" / "made_up_class"


@pytest.fixture
def guide(tmp_path: Path) -> tree.Guide:
    return tree.load(write_guide(tmp_path / "liver"))


# --- turns ----------------------------------------------------------------------------------


def test_the_turns_of_a_branch_are_the_questions_on_its_path(liver: tree.Guide) -> None:
    for question in liver.questions():
        if question.kind != "branch":
            continue
        answers, met, ends = question.case.answers, [], [0]
        while ends:
            node = liver.tree.nodes[ends.pop()]
            if not isinstance(node, Leaf):
                met.append(node.factor)
                known = answers.get(node.factor)
                ends += [target for value, target in node.branches if known in (None, value)]
        found = turns(question)
        assert [t.step.id for t in found] == [f.id for f in liver.factors if f.id in met]
        assert [t.step.accepted for t in found] == [
            (answers.get(t.step.id, "unknown"),) for t in found
        ]
        assert [(t.place, t.places) for t in found] == [
            (k, len(found)) for k in range(1, len(found) + 1)
        ]


def test_every_turn_has_its_right_answer_among_the_choices(liver: tree.Guide) -> None:
    for question in liver.questions():
        right = right_answer(question)
        for turn in turns(question):
            choices = dict(turn.choices)
            assert set(turn.step.accepted) <= choices.keys()
            assert str(turn).startswith(" ".join(question.case.story.split())[:20])
            if question.kind == "standing":
                assert turn.step.accepted == (right["options"][turn.step.id],)
            elif question.kind != "branch":
                assert right in turn.step.accepted


@pytest.fixture(scope="module")
def bees() -> tree.Guide:
    return tree.load(ROOT / "data" / "wintering_bees")


@pytest.mark.slow
def test_of_several_trees_those_are_asked_of_which_the_vignette_speaks(bees: tree.Guide) -> None:
    everyone = {option.id for option, _ in of_everyone(bees)}
    parts = Counter()
    for question in bees.questions():
        known, found = question.case.answers, turns(question)
        spoken_of = [each for each in bees.trees if known.keys() & {*each.factors}] or bees.trees
        options = {option.id for each in spoken_of for option in each.options}
        factors = {factor for each in spoken_of for factor in each.factors}
        if question.kind == "standing":
            assert {turn.step.id for turn in found} == options
            assert not everyone & options
        elif question.kind == "branch":
            assert {turn.step.id for turn in found} <= factors
            # All that the vignette says and that the path asks is asked.
            taken = {f for on in bees.walk(known).trees for f, _ in on.taken}
            assert taken <= {turn.step.id for turn in found}
        for turn in found:
            assert set(turn.step.accepted) <= dict(turn.choices).keys()
        parts[question.kind] = max(parts[question.kind], len(found))
    # There are 24 factors and 22 options; before a class that would take an hour.
    assert parts["branch"] <= 7
    assert parts["standing"] <= 7


@pytest.mark.slow
def test_next_has_few_choices_and_the_best_is_among_them(bees: tree.Guide) -> None:
    for question in bees.questions():
        if question.kind != "next":
            continue
        (turn,) = turns(question)
        settling = question.walk.settling
        assert len(turn.choices) <= 6
        best = min(settling.values())
        assert {settling[id] for id in turn.step.accepted} == {best}
        assert [c for c in question.choices if c in turn.choices] == list(turn.choices)
        # Whatever a class asks, the next choices are again few, and none was asked before.
        patient, asked = patient_of(bees, question), []
        while turn.step and len(asked) < 4:
            asked.append(turn.choices[-1][0])
            turn = after(turn, asked[-1], patient)
            assert not dict(turn.choices).keys() & {*asked}
            assert len(turn.choices) <= 6


@pytest.mark.slow
def test_what_is_not_asked_is_said_at_the_end(bees: tree.Guide) -> None:
    lesson = tree.Lesson(bees, ["standing/by_the_pond"])
    for turn in every_turn(lesson):
        lesson.reveal()
        is_last = turn.place == turn.places
        assert ("For every colony:" in lesson._said.value) == is_last
        assert ("15 options not asked here" in lesson._said.value) == is_last
    for option, _ in of_everyone(bees):
        assert option.name in lesson._said.value
    lesson.show_path()
    # A drawing for each of the two trees that the vignette speaks of.
    assert lesson._walk.value.count("<img") == 2
    lesson.close()


@pytest.mark.slow
def test_what_would_you_ask_next_goes_on_until_it_is_decided(liver: tree.Guide) -> None:
    """Whatever a class asks, in any order."""
    chance = random.Random(1)
    ends = Counter()
    for case in liver.vignettes:
        for _ in range(4):
            (question,) = chosen(liver, case=case.id, kinds=["next"])
            (turn,) = turns(question)
            asked = []
            while turn.step:
                # The best one leaves least open of those that can be asked.
                now, settling = turn.question.walk.left, turn.question.walk.settling
                left = {factor: settling.get(factor, now) for factor, _ in turn.choices}
                assert set(turn.step.accepted) == {f for f in left if left[f] == min(left.values())}
                factor = chance.choice([choice for choice, _ in turn.choices])
                asked.append(factor)
                turn = after(turn, factor, case)
                assert turn.reply[:2] == (factor, case.answers.get(factor, "unknown"))
                assert all(q.line in case.story or q.words in case.story for q in turn.reply[2])
                known = {f: case.answers[f] for f in asked if f in case.answers}
                assert turn.question.walk.answers == known
                assert factor not in dict(turn.choices)
            walk = liver.walk(known)
            still = [f for f in walk.settling if f not in asked]
            assert still == []
            ends[walk.left.outcomes == 1] += 1
    # Of a vignette that does not say everything, it may stay undecided.
    assert ends[True] > ends[False] > 0


def test_the_patient_behind_a_question(liver: tree.Guide) -> None:
    known = {vignette.id: vignette for vignette in liver.vignettes}
    for question in liver.questions():
        patient = patient_of(liver, question)
        assert patient == known[patient.id]
        assert question.case.answers.items() <= patient.answers.items()


@pytest.mark.slow
def test_questions_are_chosen_or_drawn(liver: tree.Guide) -> None:
    ids = ["standing/weak_heart", "branch/lung_as_well"]
    assert [q.id for q in chosen(liver, ids)] == ids
    assert len(chosen(liver, length=7, seed=2)) == 7
    assert chosen(liver, seed=2) == chosen(liver, seed=2) != chosen(liver, seed=3)
    of_case = chosen(liver, case="weak_heart", length=100)
    assert {patient_of(liver, q).id for q in of_case} == {"weak_heart"}
    assert {q.kind for q in of_case} == set(KINDS)
    with pytest.raises(tree.AnswerError) as caught:
        tree.Lesson(liver, ["branch/weak_hart"], case="weak", kinds=["brunch"])
    assert [message.split(":")[0] for message in caught.value.messages] == [
        "unknown kind 'brunch'",
        "unknown case 'weak'",
        "unknown question 'branch/weak_hart'",
    ]
    assert "did you mean 'branch/weak_heart'" in str(caught.value)


# --- the widget -----------------------------------------------------------------------------


def held() -> str:
    """All that the widgets hold: what the page and a notebook saved with its widgets can show."""
    state = Widget.get_manager_state()["state"]
    assert len(state) > 10
    sheet = re.compile(r"<style>.*?</style>", re.DOTALL)
    return sheet.sub("", json.dumps(state))


def every_turn(lesson: tree.Lesson):
    place = None
    while place != lesson._at:
        place = lesson._at
        yield lesson.turn
        lesson.go_on()


@pytest.mark.slow
def test_the_key_is_in_no_widget_before_it_is_revealed(guide: tree.Guide) -> None:
    Widget.close_all()
    lesson = tree.Lesson(guide, length=12, seed=1)
    kinds = set()
    for turn in every_turn(lesson):
        kinds.add(turn.question.kind)
        before = held()
        for name in (turn.question.id, "accepted", "retired_teacher", "cook_of_58"):
            assert name not in before
        for statement in guide.statements:
            assert statement.id not in before
        assert "tl-right" not in before
        assert "tp-said" not in before
        assert "<mark" not in before
        lesson.reveal()
        assert held().count('tl-right\\"') >= 1
    assert kinds == set(KINDS)
    lesson.close()
    Widget.close_all()


def test_what_is_held_is_the_same_whatever_is_right(guide: tree.Guide, tmp_path: Path) -> None:
    """Two guides with the same stories, of which one says the opposite of each answer."""
    opposite = tree.load(write_opposite_guide(tmp_path / "liver"))
    for ids in (["standing/retired_teacher"], ["branch/cook_of_58", "standing/retired_teacher"]):
        states = []
        for each in (guide, opposite):
            Widget.close_all()
            lesson = tree.Lesson(each, ids)
            # How many parts a branch has is seen: it is how many questions the tree asks.
            state = re.sub(r", part 1 of \d", "", held())
            for number, id in enumerate(dict.fromkeys(re.findall("[0-9a-f]{32}", state))):
                state = state.replace(id, str(number))
            states.append((lesson.turn.step.accepted, state))
            lesson.close()
        assert states[0][0] != states[1][0]
        assert states[0][1] == states[1][1]


GUIDE_FOR_EVERYONE = """
title: Tea
text: text.txt
passages: {rule: {author: A, begins: Tea is}}
factors: {rain: {question: Does it rain?, quote: Tea}}
options: {tea: {name: Tea, quote: Tea}}
statements:
  always: {quote: Tea is offered, offer: tea}
  rainy: {quote: also when it rains, when: {rain: yes}, offer: tea}
"""


def test_where_nothing_is_asked_the_options_are(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Tea is offered, also when it rains.\n")
    (tmp_path / "guide.yaml").write_text(GUIDE_FOR_EVERYONE)
    guide = tree.load(tmp_path)
    lesson = tree.Lesson(guide)
    for turn in every_turn(lesson):
        assert turn.question.kind != "branch"
        lesson.reveal()
        lesson.show_path()
    lesson.close()
    with pytest.raises(tree.AnswerError, match="no question of this kind"):
        tree.Lesson(guide, kinds=["branch"])


def test_votes_by_hand() -> None:
    library = tree.load(ROOT / "data" / "damaged_library_book")
    lesson = tree.Lesson(library, ["standing/under_the_bed", "branch/under_the_bed"])
    assert lesson.state == "question 1 of 2, part 1 of 5: not revealed, no votes"
    lesson.votes = {"withheld": 12, "preferred": 3}
    assert lesson.votes["offered"] == 0
    assert lesson.state.endswith("not revealed, 15 votes")
    assert "12 (80 %)" in lesson._rows["withheld"]._bar.value
    assert lesson._rows["withheld"]._counter.value == 12
    lesson._rows["silent"]._counter.value = 5
    assert lesson.votes["silent"] == 5
    assert "12 (60 %)" in lesson._rows["withheld"]._bar.value
    for wrong in ({"no": 1}, {"silent": -1}, {"silent": "many"}):
        with pytest.raises(tree.AnswerError):
            lesson.votes = wrong
    lesson.reveal()
    lesson.go_on()
    assert lesson.state == "question 1 of 2, part 2 of 5: not revealed, no votes"
    lesson.go_back()
    assert lesson.state == "question 1 of 2, part 1 of 5: revealed, 20 votes"
    lesson.go_back()
    assert lesson.state.startswith("question 1 of 2, part 1 of 5")
    lesson.close()


def test_votes_are_hidden_until_the_answer_or_the_teacher_shows_them(liver: tree.Guide) -> None:
    lesson = tree.Lesson(liver, ["branch/weak_heart"], show_votes=False)
    lesson.votes = {"yes": 4, "no": 2}
    shown = [row._bar.value for row in lesson._rows.values()]
    assert shown == ["", "", ""]
    assert "6 votes, not shown yet" in lesson._total.value
    lesson._show.click()
    assert "4 (67 %)" in lesson._rows["yes"]._bar.value
    lesson._show.click()
    lesson.reveal()
    assert "4 (67 %)" in lesson._rows["yes"]._bar.value
    lesson.close()


@pytest.mark.slow
def test_votes_from_records(liver: tree.Guide, tmp_path: Path) -> None:
    bank = {question.id: question for question in liver.questions()}
    attempts = tree.classroom(MADE_UP, liver).gathered.attempts
    first: dict[tuple[str, str], object] = {}
    for attempt in attempts:
        first.setdefault((attempt.question, attempt.learner), attempt.answer)
    counted = 0
    # One lesson on all of them, so that the records are read once.
    lesson = tree.Lesson(liver, sorted({question for question, _ in first}), records=MADE_UP)
    for turn in every_turn(lesson):
        expected = Counter()
        for (question, _), answer in first.items():
            if question != turn.question.id:
                continue
            if turn.question.kind == "branch":
                answer = answer[turn.step.id]
            elif turn.question.kind == "standing":
                answer = answer["options"].get(turn.step.id, "not decided yet")
            expected[answer] += 1
        assert lesson.votes == {choice: expected[choice] for choice, _ in turn.choices}
        counted += sum(lesson.votes.values())
    lesson.close()
    assert counted > 150
    assert bank.keys() >= {question for question, _ in first}


@pytest.mark.slow
def test_records_are_read_again(guide: tree.Guide, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "broken.json").write_text("{")
    id = "branch/retired_teacher"
    lesson = tree.Lesson(guide, [id], records=folder)
    assert lesson.state.endswith("not revealed, no votes")
    assert lesson.messages == ["1 file could not be read; tree.classroom says more"]
    assert "broken" not in lesson._head.value
    practice = tree.Practice(guide, folder / "somebody.sqlite", kinds=["branch"])
    while practice.question and practice.question.id != id:
        practice.answer = right_answer(practice.question)
        practice.submit()
        practice.go_on()
    practice.answer = wrong_answer(practice.question)
    practice.submit()
    practice.again()
    practice.answer = right_answer(practice.question)
    practice.submit()
    practice.close()
    lesson.reveal()
    lesson.read_records()
    # The first try alone.
    assert lesson.votes == {"yes": 1, "no": 0, "unknown": 0}
    assert lesson.state.endswith("revealed, 1 vote")
    assert "somebody" not in held()
    lesson.records = tmp_path / "nowhere"
    lesson.read_records()
    assert "is not a folder" in lesson._head.value


def test_an_answer_that_is_no_choice_here_is_counted_apart(liver: tree.Guide) -> None:
    (question,) = chosen(liver, ["sentence/lung_as_well/resection"])
    (turn,) = turns(question)
    attempts = read_record(MADE_UP / "made_up_a.json").attempts
    base = attempts[0].__class__(
        liver.id, "", question.id, "sentence", "", "another_statement", False, learner="a"
    )
    assert tally(turn, [base])[""] == 1
    assert sum(tally(turn, [base]).values()) == 1


def test_asking_goes_on_and_back(liver: tree.Guide) -> None:
    lesson = tree.Lesson(liver, case="weak_heart", kinds=["next"])
    assert lesson.state == "question 1 of 1, part 1: not revealed, no votes"
    lesson.votes = {"other_organ_involvement": 9}
    lesson.ask("other_organ_involvement")
    assert "no cancer in other organs" in lesson._asked.value
    lesson.ask("complete_removal_feasible")
    assert "The vignette does not say. It stays unknown." in lesson._asked.value
    lesson.go_back()
    lesson.go_back()
    assert lesson.votes["other_organ_involvement"] == 9
    # Another question takes the place of what was asked before.
    lesson.ask("other_factors_against_resection")
    assert lesson.state == "question 1 of 1, part 2: revealed, no votes"
    assert "It is decided. What the text says:" in lesson._said.value
    assert "<b>Not for this patient:</b> Complete surgical removal" in lesson._said.value
    with pytest.raises(tree.AnswerError, match="cannot ask"):
        lesson.ask("other_organ_involvement")
    lesson.show_path()
    assert "<img" in lesson._walk.value
    lesson.close()


def test_the_walk_shows_no_more_than_is_revealed(liver: tree.Guide) -> None:
    lesson = tree.Lesson(liver, ["branch/weak_heart", "standing/weak_heart"])
    lesson.show_path()
    assert lesson._walk.value == ""
    lesson.reveal()
    assert lesson._known == {"other_organ_involvement": "no"}
    lesson.show_path()
    # What the other answers are is not to be seen in the drawing yet.
    words = liver.walk(other_organ_involvement="no").why()
    assert str(words).splitlines()[1] in lesson._walk.value.replace("&quot;", '"')
    assert "Is the liver extensively involved with metastatic tumors? no" not in lesson._walk.value
    for _ in range(3):
        lesson.go_on()
    # The one option that differs; what is the same for everyone comes with its answer.
    assert lesson.turn.question.kind == "standing"
    assert "part" not in lesson.state
    lesson.show_path()
    assert lesson._walk.value == ""
    lesson.reveal()
    lesson.show_path()
    assert "<img" in lesson._walk.value
    lesson.close()


def test_the_path_of_standings_waits_for_the_last_option() -> None:
    library = tree.load(ROOT / "data" / "damaged_library_book")
    lesson = tree.Lesson(library, ["standing/under_the_bed"])
    for number in range(1, 6):
        lesson.reveal()
        lesson.show_path()
        assert bool(lesson._walk.value) == (number == 5)
        lesson.go_on()
    lesson.close()


@pytest.mark.slow
def test_words_of_people_are_never_markup(tmp_path: Path) -> None:
    write_hostile_guide(tmp_path / "hostile")
    hostile = tree.load(tmp_path / "hostile")
    lesson = tree.Lesson(hostile, length=100)
    for turn in every_turn(lesson):
        lesson.reveal()
        lesson.show_path()
        if turn.is_open:
            lesson.ask(turn.choices[0][0])
        labels = [row.label for row in lesson._choices.children]
        for part in (*labels, lesson._story, lesson._asked, lesson._said, lesson._walk):
            assert "<script" not in part.value
            assert "<img src=x" not in part.value
    assert "&lt;script&gt;" in lesson._head.value
    lesson.close()


@pytest.mark.slow
def test_every_guide_can_be_taught() -> None:
    for folder in sorted((ROOT / "data").iterdir()):
        if not (folder / "guide.yaml").exists():
            continue
        lesson = tree.Lesson(tree.load(folder), length=20)
        for turn in every_turn(lesson):
            lesson.reveal()
            assert lesson.state.endswith("revealed, no votes")
            assert turn.choices
        lesson.close()
