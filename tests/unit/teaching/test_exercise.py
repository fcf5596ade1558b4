"""Build it yourself: the skeleton has no key, and attempts are judged by what they decide."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from chances import chances
from command_line import run
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from places import DATA, LIVER
from random_guides import deciding, patients, readings, standings
from random_guides import guide as as_guide
from ruamel.yaml import YAML

import tree
from tree.authoring import new_guide
from tree.authoring.exercise import skeleton
from tree.loading import keys, loader, sources
from tree.messages import in_language, say
from tree.model.errors import TreeError
from tree.model.parts import Band, Factor, Standing
from tree.model.relations import RelationKind

GUIDES = sorted(path.name for path in DATA.iterdir() if path.is_dir())
LIBRARY = DATA / "damaged_library_book"
# The keys of a statement that tell the answer.
TELLING = {"when", "any", "all", "prefer", "offer", "withhold", "remark"}
TELLING |= {"basis", "because", "outweighs", "draft", *keys.RELATIONS}


def plain(source):
    return YAML(typ="safe", pure=True).load(source)


def read(text, source):
    return loader.read(sources.strings(text, source))


def filled(reference, order=None):
    """The source of the skeleton with the statements of the reference filled in."""
    by_quote = {}
    for statement in reference.statements:
        by_quote.setdefault(statement.quotes, []).append(statement)
    names = {}
    half = read(reference.text.content, skeleton(reference))[0]
    for blank in half.statements:
        same = by_quote[blank.quotes]
        names |= {s.id: f"{blank.id}{'' if i == 0 else f'_{i}'}" for i, s in enumerate(same)}
    head, _, rest = skeleton(reference).partition("\nstatements:\n")
    blocks = re.split(r"^(?=  s\d+:$)", rest.partition("\n\n")[0] + "\n", flags=re.M)[1:]
    lines = []
    for block, blank in zip(blocks, half.statements, strict=True):
        quote = block[block.index("    quote:") : block.index("    # when")]
        for statement in by_quote[blank.quotes]:
            said = decisions(reference, statement, names)
            lines.append(f"  {names[statement.id]}:\n{quote}{said}")
    if order is not None:
        order.shuffle(lines)
    after = rest.partition("\n\n")[2]
    return f"{head}\nstatements:\n{''.join(lines)}\n{after}"


def literal(reading, id, values):
    """A factor and its values as YAML, or a count of others."""
    count = next((count for count in reading.counts if count.id == id), None)
    if count is None:
        return f"{id}: [{', '.join(map(repr, sorted(values)))}]"
    (number,) = re.findall("at least (\\d+)", *values)
    counted = ", ".join(f"{of}: {json.dumps([v for v, _ in worth])}" for of, worth in count.points)
    return f"at_least: {{{number}: {{{counted}}}}}"


def decisions(reading, statement, names):
    """What a statement decides, in one of the ways to write it; another than in the guides."""
    conjunctions = [
        "{" + ", ".join(literal(reading, *pair) for pair in conjunction) + "}"
        for conjunction in statement.condition
    ]
    said = (
        "" if statement.condition == (frozenset(),) else f"    any: [{', '.join(conjunctions)}]\n"
    )
    for verb, standing in (("prefer", "preferred"), ("offer", "offered"), ("withhold", "withheld")):
        options = [option for option, found in statement.effects if found == standing]
        said += f"    {verb}: [{', '.join(options)}]\n" if options else ""
    if statement.relation:
        members = [member.id for member in statement.relation.members]
        written = f"[{', '.join(members)}]"
        if statement.relation.kind == RelationKind.INSTEAD:
            written = f"{{of: {members[0]}, use: {members[1]}}}"
        said += f"    {statement.relation.kind}: {written}\n"
    if statement.basis == "implied":
        said += f"    basis: implied\n    because: {json.dumps(statement.because)}\n"
    if statement.outweighs:
        said += f"    outweighs: [{', '.join(names.get(s, s) for s in statement.outweighs)}]\n"
    return said + (f"    remark: {statement.remark!r}\n" if statement.remark else "")


# --- the skeleton ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", GUIDES)
def test_a_skeleton_has_all_but_the_key(name):
    reference = tree.load(DATA / name)
    source = skeleton(reference)
    found, problems = read(reference.text.content, source)
    assert {problem.message.partition(" says ")[2] for problem in problems} == {
        "nothing: add prefer, offer, withhold, combine, order, apart, instead or remark"
    }
    for part in ("title", "language", "factors", "options", "groups", "context", "examples"):
        assert getattr(found, part) == getattr(reference, part), part
    assert found.text.passages == reference.text.passages
    assert {s.quotes for s in found.statements} == {s.quotes for s in reference.statements}
    places = [[(q.start, q.end) for q in s.quotes] for s in found.statements]
    assert places == sorted(places)
    assert [s.id for s in found.statements] == [f"s{i + 1}" for i in range(len(places))]
    statements = plain(source)["statements"]
    assert {key for entry in statements.values() for key in entry} == {"quote"}
    named = {entry.id for entry in (*reference.options, *reference.groups, *reference.factors)}
    for statement in reference.statements:
        assert statement.id in named or not re.search(rf"\b{statement.id}\b", source)
        assert not statement.because or " ".join(statement.because.split()) not in source
        assert statement.remark in statement.words or statement.remark not in source


@examples(60)
@given(readings(passages=2))
def test_a_skeleton_of_any_guide_has_no_key(reading):
    statements = plain(skeleton(replace(reading, examples=()))).get("statements") or {}
    assert all(not TELLING & entry.keys() for entry in statements.values())
    assert len(statements) == len({s.quotes for s in reading.statements})


@given(st.data())
def test_bands_are_written_so_that_they_are_read_back(data):
    number = st.decimals(-(10**6), 10**6, places=3).map(float)
    cuts = sorted(data.draw(st.sets(number, min_size=2, max_size=4)))
    inside = [data.draw(st.booleans()) for _ in cuts]
    low, high = data.draw(st.booleans()), data.draw(st.booleans())
    bands = [
        Band(a, b, i, not j) for a, b, i, j in zip(cuts, cuts[1:], inside, inside[1:], strict=False)
    ]
    bands = [Band(None, cuts[0], False, not inside[0])] * low + bands
    bands += [Band(cuts[-1], None, inside[-1])] * high
    names = tuple(f"band {i}" for i in range(len(bands)))
    if len(bands) < 2:
        return
    library = tree.load(LIBRARY)
    asked = Factor("size", "How large?", library.factors[0].quotes, names, bands=tuple(bands))
    wider = replace(library, factors=(*library.factors, asked))
    assert read(library.text.content, skeleton(wider))[0].factors[-1] == asked


def test_all_or_nothing_and_nothing_is_replaced(tmp_path):
    reference = tree.load(LIVER)
    made = new_guide.exercise(reference, tmp_path / "mine")
    held = {path.name for path in made.folder.iterdir()}
    assert held == {"text.txt", "guide.yaml", "guide.schema.json"}
    assert (made.folder / "text.txt").read_bytes() == (Path(LIVER) / "text.txt").read_bytes()
    (made.folder / "guide.yaml").write_text("mine")
    with pytest.raises(FileExistsError):
        new_guide.exercise(reference, made.folder)
    assert (made.folder / "guide.yaml").read_text() == "mine"
    other = tmp_path / "other"
    other.mkdir()
    (other / "text.txt").write_text("Another text.")
    with pytest.raises(FileExistsError):
        new_guide.exercise(reference, other)
    assert [path.name for path in other.iterdir()] == ["text.txt"]


# --- whole attempts -------------------------------------------------------------------------


@pytest.mark.parametrize("name", GUIDES)
def test_a_skeleton_filled_with_the_reference_is_right(name):
    reference = tree.load(DATA / name)
    for order in (None, random.Random(1)):
        verdict = tree.compare((reference.text.content, filled(reference, order)), reference)
        assert verdict.right, str(verdict)
        assert str(verdict).startswith(("Right:", "Richtig:"))


def mutated(reading, chance):
    """The same guide, with one thing misread: an effect, a value, a statement left out."""
    statements = list(reading.statements)
    at = chance.randrange(len(statements))
    statement = statements[at]
    match chance.choice(["effect", "left out", "everyone", "values"]):
        case "effect":
            (option, _), *rest = statement.effects
            said = chance.choice([Standing.OFFERED, Standing.PREFERRED, Standing.WITHHELD])
            statements[at] = replace(statement, effects=((option, said), *rest))
        case "left out":
            del statements[at]
        case "everyone":
            statements[at] = replace(statement, condition=(frozenset(),))
        case "values":
            turned = frozenset(
                (f, frozenset(reading.factor(f).values) - values or values)
                for f, values in statement.condition[0]
            )
            statements[at] = replace(statement, condition=(turned, *statement.condition[1:]))
    return replace(reading, statements=tuple(statements))


@examples(150)
@given(readings(patients=200).filter(lambda r: r.statements), chances())
def test_mutations_are_judged_as_plain_enumeration_does(reference, chance):
    student = mutated(reference, chance)
    if not student.statements:
        return
    verdict = tree.compare(as_guide(student), as_guide(reference))
    options = [option.id for option in reference.options]
    differing = {}
    for patient in patients(reference):
        mine, theirs = standings(student, patient), standings(reference, patient)
        for option, was, should in zip(options, mine, theirs, strict=True):
            if was is not should:
                differing.setdefault((option, was, should), []).append(patient)
    told = {
        (option.id, found.student, found.reference): found
        for found in verdict.differences
        for option in found.options
    }
    assert told.keys() == differing.keys()
    assert verdict.right == (not differing)
    for key, found in told.items():
        option, was, should = key
        described = [
            p
            for p in patients(reference)
            if any(all(p[f] in vs for f, vs in case.patients) for case in found.cases)
        ]
        assert described == differing[key]
        assert found.patient in differing[key]
        # The sentences are those that decide for the patient who is shown.
        for guide, standing, shown in (
            (student, was, found.mine),
            (reference, should, found.theirs),
        ):
            decided = deciding(guide, found.patient, option)
            assert (standing, set(shown)) == (decided[0], set(decided[1]))
            assert bool(shown) == (standing is not Standing.SILENT)


def misread():
    """The library, read so that children's hour of shelving holds for whoever damages a book."""
    source = (LIBRARY / "guide.yaml").read_text(encoding="utf-8")
    begins = source.index("lending_desk_children_shelve:\n    quote")
    place = source.index("under_twelve: yes", begins)
    return source[:place] + "under_twelve: no" + source[place + len("under_twelve: yes") :]


def test_it_shows_one_patient_and_the_sentence_and_not_the_key():
    library = tree.load(LIBRARY)
    verdict = tree.compare((library.text.content, misread()), library)
    told = "\n".join(verdict.lines())
    assert len(verdict.differences) == 2
    assert 'read again: "Whichever desk asks for it, another copy is not wanted of a book' in told
    assert told.count("for example with: What is the damage?") == 2
    # Of the patient every answer is told, not only those on which it hangs.
    assert told.count("How many days late is the book?") == 2
    assert "holds for" not in told
    full = "\n".join(verdict.lines(full=True))
    for_whom = (
        "What is the damage? heavy, wet or wet with heavy damage; Is the reader under twelve?"
    )
    assert f"holds for: {for_whom} yes" in full
    assert "lending_desk_children_shelve" in full


def test_at_most_three_differences_are_shown():
    library = tree.load(LIBRARY)
    verdict = tree.compare(library.for_passages("repair_room"), library)
    assert len(verdict.differences) > 3
    told = list(verdict.lines())
    assert [line[:2] for line in told if re.match(r"\d\. ", line)] == ["1.", "2.", "3."]
    assert f"And {len(verdict.differences) - 3} more differences." in told
    full = [line for line in verdict.lines(full=True) if re.match(r"\d+\. ", line)]
    assert len(full) == len(verdict.differences)


def test_an_answer_that_the_student_does_not_know_is_not_right():
    library = tree.load(LIBRARY)
    narrow = [replace(f, values=f.values[:-1]) if f.id == "damage" else f for f in library.factors]
    verdict = tree.compare(replace(library, factors=tuple(narrow)), library)
    assert not verdict.right
    assert "Your guide has no answer wet with heavy damage to: What is the damage?" in list(
        verdict.lines()
    )


def test_ranges_may_be_cut_elsewhere():
    library = tree.load(LIBRARY)
    source = (LIBRARY / "guide.yaml").read_text(encoding="utf-8")
    cut = source.replace("up to 14 days: {to: 14}", "up to 20 days: {to: 20}")
    cut = cut.replace("more than 14 days: {over: 14}", "longer: {over: 20}")
    cut = cut.replace("days_late: up to 14 days", "days_late: up to 20 days")
    cut = cut.replace("days_late: more than 14 days", "days_late: longer")
    verdict = tree.compare((library.text.content, cut), library)
    assert {found.patient["days_late"] for found in verdict.differences} == {
        "more than 14 and 20 or less days"
    }
    deciding = {s.id for found in verdict.differences for s in (*found.mine, *found.theirs)}
    assert deciding == {
        "lending_desk_hardly_late",
        "lending_desk_nothing_to_make_good",
        "lending_desk_very_late",
    }


# --- attempts that are empty, partial or broken ---------------------------------------------


@pytest.mark.parametrize("name", GUIDES)
def test_an_untouched_skeleton_says_what_to_begin_with(name):
    reference = tree.load(DATA / name)
    verdict = tree.compare((reference.text.content, skeleton(reference)), reference)
    told = list(verdict.lines())
    with in_language(reference.language):
        assert told[0] == say("Nothing is decided yet. Begin with this sentence of the text:")
    assert told[1].strip(' "') in " ".join(reference.text.content.split())
    assert len(told) == 3  # and not that each of many statements says nothing
    assert not verdict.right


@pytest.mark.parametrize("source", ["", "# nothing\n", "title: Mine\n"])
def test_an_empty_attempt_says_what_to_begin_with(source):
    verdict = tree.compare(("Some text.", source), LIVER)
    assert verdict.begin
    assert not verdict.right
    assert verdict.report.errors


def test_a_partial_attempt_is_judged_as_far_as_it_goes():
    library = tree.load(LIBRARY)
    source = misread()
    source = source.replace(
        "    when: {damage: [heavy, wet with heavy damage]}", "    when: {damge: [heavy, wet]}"
    )
    source = source.replace("    remark: Nobody is scolded at the lending desk.\n", "")
    verdict = tree.compare((library.text.content, source), library)
    assert not verdict.right
    assert verdict.spoiled == ("lending_desk_replacing",)
    assert verdict.waiting == ("lending_desk_nobody_is_scolded",)
    wrong = [part for part in verdict.parts if not part.right]
    assert [[s.id for s in part.mine] for part in wrong] == [["lending_desk_children_shelve"]]
    told = list(verdict.lines())
    assert told[0] == "This cannot be read yet:"
    assert "undefined factor 'damge'" in told[1]
    assert any(line.startswith("Not yet: lending_desk_children_shelve") for line in told)
    assert not any("says nothing" in line for line in told)


def test_a_statement_of_words_that_decide_nothing_is_told():
    source = (LIBRARY / "guide.yaml").read_text(encoding="utf-8").replace("statements:\n", """\
statements:
  extra:
    quote: In the repair room
    offer: thank_you
  broken:
    quote: Not in the text.
    offer: thank_you
""")  # fmt: skip
    verdict = tree.compare(((LIBRARY / "text.txt").read_text(encoding="utf-8"), source), LIBRARY)
    assert "extra: in the reference these words decide nothing:" in list(verdict.lines())
    assert verdict.spoiled == ("broken",)


def test_what_is_no_yaml_is_told_as_check_does(tmp_path):
    text = (LIBRARY / "text.txt").read_text(encoding="utf-8")
    source = "title: [unclosed\nfactors: {"
    verdict = tree.compare((text, source), LIBRARY)
    assert verdict.report.problems == tree.check_text(text, source).problems
    assert verdict.report.problems[0].message in "\n".join(verdict.lines())
    gone = tree.compare(tmp_path / "gone", LIBRARY)
    assert "folder does not exist" in "\n".join(gone.lines())
    with pytest.raises(TreeError):
        tree.compare(LIBRARY, tmp_path / "gone")


@examples(120)
@given(st.data())
def test_whatever_is_broken_it_is_judged(data):
    library = tree.load(LIBRARY)
    lines = filled(library).splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["cut", "drop", "twice", "letters"])):
            case "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
            case "drop":
                lines[at] = ""
            case "twice":
                lines[at] *= 2
            case "letters":
                lines[at] = data.draw(st.text(max_size=10)) + lines[at]
    attempt = library.text.content, "".join(lines)
    verdict = tree.compare(attempt, library)
    assert str(verdict)
    assert list(verdict.lines(full=True))
    assert repr(verdict)
    if verdict.right:
        student = read(*attempt)[0]
        for patient in patients(library):
            mine = dict(
                zip((o.id for o in student.options), standings(student, patient), strict=True)
            )
            theirs = dict(
                zip((o.id for o in library.options), standings(library, patient), strict=True)
            )
            assert mine == theirs


# --- the command line -----------------------------------------------------------------------


@pytest.mark.slow
def test_on_the_command_line(tmp_path):
    done = run("new", "--exercise", str(LIVER), cwd=tmp_path)
    folder = tmp_path / "metastatic_liver_cancer_exercise"
    assert done.returncode == 0, done.stderr
    assert "python -m tree compare metastatic_liver_cancer_exercise" in done.out
    told = run("compare", str(folder), str(LIVER))
    assert told.returncode == 1
    assert told.out.startswith("Nothing is decided yet.")
    (folder / "guide.yaml").write_text(filled(tree.load(LIVER)), encoding="utf-8")
    told = run("compare", str(folder), str(LIVER))
    assert (told.returncode, told.err) == (0, "")
    assert told.out.startswith("Right:")
    full = run("compare", "--full", str(folder), str(LIBRARY))
    assert full.returncode == 1
    assert "holds for:" in full.out
    assert run("compare", str(folder), str(tmp_path / "gone")).returncode == 2
    again = run("new", "--exercise", str(LIVER), str(folder))
    assert again.returncode == 1
    assert "there is a guide already" in again.err
