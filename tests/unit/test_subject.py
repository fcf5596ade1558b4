"""Of a guide that speaks of books, nothing says patient, clinician or medical."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from command_line import run
from places import BAD, DATA, LIVER
from subject_words import medical_words

import tree
from tree.teaching.questions.divergence import diverged
from tree.teaching.questions.steps import steps
from tree.teaching.questions.worksheet import worksheet
from tree.web.payload import payload

LIBRARY = DATA / "damaged_library_book"
# Too light a reading: what of it is wrong, and what `check` and `compare` say.
CHANGED = (
    ("    withhold: another_copy\n    outweighs: [lending_desk_replacing, repair_room_replacing]\n",
     "    withhold: another_copy\n"),
    ("    when: {damage: light}\n    prefer: mending\n", "    withhold: mending\n"),
    ("    noted_on_slip: no\n", "    noted_on_slip: [yes, no]\n"),
)  # fmt: skip


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    folder = tmp_path / "changed"
    shutil.copytree(LIBRARY, folder)
    guide = (folder / "guide.yaml").read_text(encoding="utf-8")
    for old, new in CHANGED:
        assert old in guide
        guide = guide.replace(old, new)
    (folder / "guide.yaml").write_text(guide, encoding="utf-8")
    return folder


def commands(folder: Path, changed: Path) -> Iterator[tuple[str, ...]]:
    light = ("damage=light", "noted_on_slip=no")
    yield ("check", LIBRARY)
    yield ("check", changed)
    yield ("check", "--format", "json", changed)
    yield ("read", LIBRARY)
    yield ("walk", LIBRARY)
    yield ("walk", LIBRARY, *light)
    yield ("walk", "--json", LIBRARY, *light)
    yield ("walk", LIBRARY, "damage=lihgt", "colour=red")
    for name in ("tree.svg", "tree.dot"):
        yield ("draw", "-o", folder / name, LIBRARY, *light)
    yield ("export", "-o", folder / "page.html", "--practice", LIBRARY)
    for name in ("cards.csv", "cards.xml", "cards.apkg"):
        yield ("cards", "-o", folder / name, LIBRARY)
    yield ("classify", "-o", folder / "out.csv", LIBRARY, folder / "in.csv")
    yield ("new", "--exercise", LIBRARY, folder / "exercise")
    yield ("compare", folder / "lighter", LIBRARY)
    yield ("compare", "--full", folder / "lighter", LIBRARY)
    yield ("compare", LIBRARY, LIBRARY)
    yield ("diff", LIBRARY, folder / "lighter")
    yield ("diff", "--json", LIBRARY, folder / "lighter")


def written(path: Path) -> str:
    """What stands in a file that a command has written; of a page all but its script."""
    if path.suffix == ".apkg":
        with zipfile.ZipFile(path) as archive:
            return archive.read("collection.anki2").decode(errors="replace")
    words = path.read_text(encoding="utf-8-sig")
    return re.sub(
        r"<script(?![^>]*(?:json|plain))[^>]*>.*?</script>|data:[^\"]*", "", words, flags=re.DOTALL
    )


@pytest.mark.slow
def test_no_command_says_so(tmp_path: Path, changed: Path) -> None:
    rows = (
        "damage,days_late,noted_on_slip,anyones_mishap,can_be_bought,under_twelve\nlight,1,no,,,\n"
    )
    (tmp_path / "in.csv").write_text(rows, encoding="utf-8")
    lighter = tmp_path / "lighter"
    shutil.copytree(LIBRARY, lighter)
    guide = (lighter / "guide.yaml").read_text(encoding="utf-8").replace(*CHANGED[0])
    guide = guide.replace("    when: {damage: heavy}\n", "    when: {damage: light}\n")
    (lighter / "guide.yaml").write_text(guide, encoding="utf-8")
    said = ""
    for command in commands(tmp_path, changed):
        done = run(*command)
        assert done.out or done.err or command[0] in ("draw", "export", "cards"), command
        assert medical_words(done.out + done.err) == [], command
        said += done.out + done.err
    # The commands have said what a subject is in.
    for words in ("Known of the book:", "for some books", "for books with:", "not for this book"):
        assert words in said
    # The schema says what the format takes where a guide does not say.
    names = {*tmp_path.glob("*.*"), *tmp_path.glob("exercise/*")} - {*tmp_path.glob("*/*.json")}
    assert len(names) == 10
    for path in names:
        assert medical_words(written(path)) == [], path


def test_nothing_that_python_shows_says_so(library: tree.Guide) -> None:
    books = library.synthetic(200, unknown=0.2)
    cohort = library.cohort(books)
    walk = library.walk(damage="wet")
    shown: list[object] = [
        *(walk, walk.why(), walk.what_would("mending", "preferred"), library.tree),
        *(library.read_back(), library.compare_passages(), *library.ambiguities()),
        *(library.paths().to_csv(), library.paths(), library.decision_table()),
        *(library.decision_table(compact=True), library.options_by_passage()),
        *(library.evidence(), tree.audit(library, library.decision_table().head(9))),
        *(cohort, cohort.outcomes, cohort.sentences, cohort.factors, cohort.decides),
        *(cohort.tips, cohort.moves, cohort.drawing.digraph.source, books.head()),
        *(library.draw(damage="wet").svg, json.dumps(payload(library))),
        *(tree.AnswerError(["none"]), library.to_html()[:2000]),
    ]
    for found in shown:
        words = str(found) + repr(found)
        assert medical_words(re.sub('data:[^"]*', "", words)) == [], words[:80]
    with pytest.raises(tree.AnswerError) as raised:
        library.classify(pd.DataFrame({"damage": ["lihgt"]}))
    assert medical_words(str(raised.value)) == []


@pytest.mark.slow
def test_no_question_and_no_feedback_says_so(library: tree.Guide) -> None:
    for guide in (library, tree.loads(library.text.content, (LIBRARY / "guide.yaml").read_text())):
        for question in guide.questions():
            assert medical_words(str(question) + question.id) == []
            for step in steps(question):
                for value in {"unknown", "withheld", "silent"}:
                    if step.about == "option" and value not in step.accepted and value != "unknown":
                        assert medical_words(diverged(question, step, value).says) == []
        assert medical_words(json.dumps(worksheet(guide, guide.vignettes))) == []


def test_in_a_notebook(library: tree.Guide, tmp_path: Path) -> None:
    practice = tree.Practice(library, tmp_path / "record.sqlite", kinds=["standing"])
    practice.hint()
    practice.answer = {
        "factors": {},
        "options": dict.fromkeys((o.id for o in library.options), "silent"),
    }
    practice.submit()
    practice.show_path()
    lesson = tree.Lesson(library, kinds=["standing"])
    for widget in (practice, lesson):
        values = [w.value for w in _inside(widget) if isinstance(getattr(w, "value", None), str)]
        assert any("A teaching aid, built from one text." in value for value in values)
        assert medical_words(re.sub('data:[^"]*', "", " ".join(values))) == []
    practice.close()


def _inside(widget: object) -> Iterator[object]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _inside(child)


# --- how a guide says whom it speaks of -----------------------------------------------------

ASKS = """
title: Tea?
{subject}
factors: {{rain: {{question: Does it rain?, quote: If it rains}}}}
options: {{tea: {{name: tea, quote: tea}}}}
statements: {{drink: {{quote: 'If it rains, tea.', when: {{rain: yes}}, withhold: tea}}}}
"""


@pytest.mark.parametrize(
    ("subject", "label", "is_medical"),
    [
        ("", "Not for this patient", True),
        ("subject: {one: patient, many: people}", "Not for this patient", True),
        ("subject: {one: guest, many: guests}", "Not for this guest", False),
        ("subject: {one: child, many: children, medical: true}", "Not for this child", True),
        ("subject: {one: EU <b>citizen</b>, many: x}", "Not for this EU <b>citizen</b>", False),
        ("subject: {one: 'br{0}ace', many: x}", "Not for this br{0}ace", False),
    ],
)
def test_a_subject(subject: str, label: str, is_medical: bool) -> None:
    guide = tree.loads("If it rains, tea.", ASKS.format(subject=subject))
    assert f"{label}: tea" in str(guide.tree)
    assert label[0].lower() + label[1:] in str(guide.walk(rain="yes"))
    page = guide.to_html()
    assert ("not medical advice" in page) is is_medical
    assert "A teaching aid, built from one text" in page
    assert "<b>citizen" not in page.replace("\\u003cb>", "")


def of_colonies(guide: str) -> str:
    """A guide that speaks of patients, or of nobody, as one of colonies."""
    subject = "subject: {one: colony, many: colonies}\ntitle:"
    return re.sub(r"^title:", subject, guide, count=1, flags=re.MULTILINE)


@pytest.mark.slow
def test_no_message_on_a_bad_guide_says_so(tmp_path: Path) -> None:
    looked_at = 0
    for path in sorted(BAD.glob("*/guide.yaml")):
        guide = path.read_bytes().decode(errors="replace")
        changed = of_colonies(guide)
        # Messages quote what the author has written.
        if changed == guide or "\nsubject:" in guide or medical_words(guide):
            continue
        folder = tmp_path / path.parent.name
        shutil.copytree(path.parent, folder)
        (folder / "guide.yaml").write_text(changed, encoding="utf-8")
        said = "\n".join(problem.message for problem in tree.check(folder).problems)
        assert medical_words(said) == [], path.parent.name
        looked_at += 1
    assert looked_at > 100


def test_medical_is_true_or_left_out() -> None:
    subject = "subject: {one: guest, many: guests, medical: maybe}"
    report = tree.check_text("If it rains, tea.", ASKS.format(subject=subject))
    (problem,) = report.errors
    assert problem.message == "medical must be true; of anything but medicine, leave it out"


def test_a_medical_guide_says_that_it_is_no_advice() -> None:
    liver = tree.load(LIVER)
    assert "not medical advice" in liver.to_html()
    assert "Not for this patient: Complete surgical removal" in str(liver.tree)
