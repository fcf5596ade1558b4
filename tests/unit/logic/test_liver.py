"""The liver guide against its text, and against the same rules written as plain if and else."""

import hashlib
import itertools
import re

import pytest
from places import LIVER as FOLDER

import tree
from tree.logic import beside
from tree.logic.build import Question

TEXT_SHA256 = "5650a24f244d334b679c0f64c8984340497923dd9edb3e76f060b4b0bfff070b"

FACTORS = [
    "other_organ_involvement",
    "extensive_liver_involvement",
    "other_factors_against_resection",
    "complete_removal_feasible",
    "chemotherapy_responsive_tumor",
]
OPTIONS = [
    "resection",
    "ablation",
    "chemoembolization",
    "radioembolization",
    "particle_embolization",
    "chemotherapy",
]
PASSAGES = ["overview", "wascher", "transplant_surgery"]
GROUPS = ["intra_arterial", "locoregional"]


def rule(patient):
    """What a reader of the text would say of a patient of whom everything is known."""
    if (
        patient["other_organ_involvement"] == "no"
        and patient["extensive_liver_involvement"] == "no"
        and patient["other_factors_against_resection"] == "no"
        and patient["complete_removal_feasible"] == "yes"
    ):
        resection = "preferred"
    else:
        resection = "withheld"
    return {
        "resection": resection,
        "ablation": "offered",
        "chemoembolization": "offered",
        "radioembolization": "offered",
        "particle_embolization": "offered",
        "chemotherapy": "offered",
    }


def patients(*values):
    return [
        dict(zip(FACTORS, chosen, strict=True))
        for chosen in itertools.product(values, repeat=len(FACTORS))
    ]


def completions(patient):
    """Every complete patient that a partial one may turn out to be."""
    choices = [["yes", "no"] if v == "unknown" else [v] for v in patient.values()]
    return [dict(zip(patient, chosen, strict=True)) for chosen in itertools.product(*choices)]


def squeezed(words):
    return " ".join(words.split())


@pytest.fixture(scope="module")
def liver():
    return tree.load(FOLDER)


def test_the_text_is_kept_to_the_byte():
    # A change of the text must be meant: every quote and every saved picture hangs on it.
    assert hashlib.sha256((FOLDER / "text.txt").read_bytes()).hexdigest() == TEXT_SHA256


def test_passages_in_the_order_of_the_text(liver):
    assert [p.id for p in liver.text.passages] == ["overview", "wascher", "transplant_surgery"]
    authors = [passage.author for passage in liver.text.passages]
    assert "Wascher" in authors[1]
    assert "Transplant Surgery" in authors[2]


def test_each_passage_holds_its_own_words(liver):
    overview, wascher, surgery = (liver.text.content[p.start : p.end] for p in liver.text.passages)
    assert "Your physicians will design" in overview
    assert "Robert A. Wascher, MD, FACS" in wascher
    assert "tumor board" in surgery
    assert "tumor board" not in overview + wascher
    assert "Wascher" not in overview + surgery


def test_factors_options_and_groups_in_order(liver):
    assert [factor.id for factor in liver.factors] == FACTORS
    assert [option.id for option in liver.options] == OPTIONS
    assert [group.id for group in liver.groups] == GROUPS
    assert all(factor.values == ("yes", "no") for factor in liver.factors)
    assert {group.id: list(group.options) for group in liver.groups} == {
        "intra_arterial": OPTIONS[2:5],
        "locoregional": OPTIONS[1:5],
    }


def quotes_of(guide):
    for factor in guide.factors:
        yield from factor.quotes
        if factor.judgement:
            yield factor.judgement
    for entry in (*guide.options, *guide.groups):
        yield from (*entry.quotes, *entry.does)
    for statement in guide.statements:
        yield from statement.quotes


def test_every_quote_stands_verbatim_in_its_passage(liver):
    source = (FOLDER / "text.txt").read_text(encoding="utf-8")
    quotes = list(quotes_of(liver))
    assert len(quotes) > 50
    for quote in quotes:
        assert source[quote.start : quote.end] == quote.words
        (passage,) = [p for p in liver.text.passages if p.id == quote.passage]
        assert passage.start <= quote.start < quote.end <= passage.end


def test_every_statement_quotes_the_passage_it_is_named_after(liver):
    for statement in liver.statements:
        for quote in statement.quotes:
            assert statement.id.startswith(quote.passage + "_")


def test_the_quotes_are_those_of_the_file(liver):
    # Read without the loader: each long line of the file must be found again in the guide.
    file = squeezed((FOLDER / "guide.yaml").read_text(encoding="utf-8"))
    for quote in quotes_of(liver):
        assert quote.line in file


def test_every_entry_has_its_words(liver):
    for entry in (*liver.factors, *liver.options, *liver.groups, *liver.statements):
        assert entry.quotes, entry.id
    for statement in liver.statements:
        assert (statement.basis == "implied") == bool(statement.because)


@pytest.mark.parametrize("patient", patients("yes", "no"), ids=lambda p: "-".join(p.values()))
def test_complete_patients(liver, patient):
    walk = liver.walk(patient)
    assert {option: str(s.standing) for option, s in walk.standings.items()} == rule(patient)
    assert walk.next is None
    assert walk.left == (0, 1)


def test_remarks_hold_for_everyone(liver):
    for patient in patients("yes", "no"):
        remarks = " ".join(liver.walk(patient).to_dict()["remarks"])
        assert "tumor board" in remarks
        assert "multidisciplinary" in remarks


def test_size_of_the_tree(liver):
    # What a tumor responds to matters to one author alone.
    assert list(liver.tree.factors) == FACTORS[:4]
    assert len(liver.tree.outcomes) == 2
    assert list(liver.for_passages("wascher").tree.factors) == FACTORS


def test_the_tree_asks_in_the_order_of_the_guide(liver):
    root = liver.tree.nodes[0]
    assert isinstance(root, Question)
    assert root.factor == FACTORS[0]


@pytest.mark.parametrize("first", ["yes", "no", "unknown"])
def test_partial_patients(liver, first):
    for patient in patients("yes", "no", "unknown"):
        if patient[FACTORS[0]] != first:
            continue
        walk = liver.walk(patient)
        ends = [rule(complete) for complete in completions(patient)]
        for option, found in walk.standings.items():
            possible = {end[option] for end in ends}
            assert {str(s) for s in found.possible} == possible
            assert found.standing == (possible.pop() if len(possible) == 1 else None)
        distinct = {tuple(end.values()) for end in ends}
        assert walk.left.outcomes == len(distinct)
        assert (walk.next is None) == (len(distinct) == 1)
        if walk.next:
            assert patient[walk.next] == "unknown"


def test_what_decides_really_holds(liver):
    for patient in patients("yes", "no", "unknown"):
        for option, found in liver.walk(patient).standings.items():
            assert bool(found.because) == (found.standing is not None)
            for statement in found.because:
                assert statement.effect_on(option) == found.standing
                # Some conjunction of the condition is met by answers that were really given.
                assert any(
                    all(patient[factor] in values for factor, values in conjunction)
                    for conjunction in statement.condition
                )


# --- the text, and no more than the text ----------------------------------------------------


def test_no_author_withholds_chemotherapy(liver):
    for passages in (PASSAGES, *([passage] for passage in PASSAGES)):
        part = liver.for_passages(*passages)
        assert "withheld" not in map(str, part.walk().standings["chemotherapy"].possible)
    unresponsive = {"chemotherapy_responsive_tumor": "no"}
    alone = liver.for_passages("wascher").walk(unresponsive).standings["chemotherapy"]
    assert str(alone.standing) == "silent"
    assert str(liver.walk(unresponsive).standings["chemotherapy"].standing) == "offered"
    remarks = " ".join(liver.walk(unresponsive).to_dict()["remarks"])
    assert "For many types of metastatic liver tumors" in remarks


def test_a_question_of_one_author_is_no_warning():
    assert tree.check(FOLDER).problems == ()


def test_hedges_stand_in_the_quotes_and_are_the_strength(liver):
    strengths = {s.id: s.strength for s in liver.statements if s.strength}
    for statement in liver.statements:
        assert statement.strength in statement.words
    assert {"In general", "in general", "usually", "likely", "may"} == set(strengths.values())
    assert strengths["wascher_most_effective"] == "In general"
    assert strengths["wascher_limited_to_no_other_organ"] == "in general"
    assert strengths["transplant_surgery_first_line"] == "usually"
    # No quote begins just behind a hedge of the text.
    content = liver.text.content
    for quote in quotes_of(liver):
        before = content[max(0, quote.start - 15) : quote.start].casefold()
        assert not re.search(r"(in general,|usually|likely|may)\s+$", before), quote.line


def test_every_combination_of_the_text_is_one(liver):
    related = [s for s in liver.statements if s.relation]
    places = [match.start() for match in re.finditer("a combination", liver.text.content)]
    assert len(places) == 3
    for place in places:
        assert any(q.start <= place < q.end for s in related for q in s.quotes)
    removable = dict.fromkeys(FACTORS[:3], "no") | {FACTORS[3]: "yes"}
    assert [each.words(liver) for each in beside.relations(liver.walk(removable))] == [
        "In combination: Complete surgical removal with Ablation, Chemotherapy and "
        "Intra-arterial therapies · “likely”",
        "In combination: Complete surgical removal with Chemotherapy and Locoregional therapy "
        "to the liver · “may”",
    ]
    (*_, others) = beside.relations(liver.walk({FACTORS[3]: "no"}))
    assert [m.id for m in others.members] == [*OPTIONS[1:4], "chemotherapy"]


def test_other_particles_are_implied_and_membership_in_a_group_too(liver):
    particles = liver.on_option["particle_embolization"]
    assert {statement.basis for _, statement in particles} == {"implied"}
    assert liver.option("particle_embolization").name == "Embolization with other particles"
    # What names a group alone states none of its options.
    for statement in liver.statements:
        named = {option for option, _ in statement.effects}
        for group in liver.groups:
            if named >= set(group.options):
                assert statement.basis == "implied"


def test_the_limit_of_surgery_reads_forwards(liver):
    words = liver.statement("wascher_limited_to_complete_removal").words
    assert words.startswith("in general, this option is limited to … patients who can undergo")


def test_extensive_but_removable_is_withheld_and_contested(liver):
    patient = dict.fromkeys(FACTORS[:3], "no") | {FACTORS[1]: "yes", FACTORS[3]: "yes"}
    walk = liver.walk(patient)
    found = walk.standings["resection"]
    assert str(found.standing) == "withheld"
    (implied,) = found.because
    assert (implied.id, implied.basis) == ("wascher_extensive_involvement", "implied")
    against = [
        s.id for _, s in liver.on_option["resection"] if s.effect_on("resection") != "withheld"
    ]
    assert set(implied.outweighs) == set(against)
    (contested,) = beside.remarks(walk)
    assert contested.certain
    assert "can be contested" in contested.words
    assert "can be read either way" in contested.words
    assert "patients who can undergo complete removal" in contested.statement.words
    for other in patients("yes", "no"):
        said = beside.remarks(liver.walk(other))
        assert bool(said) == all(other[factor] == value for factor, value in patient.items())


def test_another_word_for_radioembolization_is_a_reading(liver):
    quoting = [
        s for _, s in liver.on_option["radioembolization"] if "chemoradioembolization" in s.words
    ]
    assert [s.basis for s in quoting] == ["implied"]
    assert "read as another word" in quoting[0].because


def test_one_name_for_all_surgery_is_a_reading(liver):
    """Only the second answer calls it complete surgical removal."""
    for standing, statement in liver.on_option["resection"]:
        if standing != "withheld":
            complete = "complete surgical removal" in statement.words
            assert (statement.basis == "stated") == complete, statement.id


def test_groups_that_do_not_name_the_particles_say_whose_they_are(liver):
    for _, statement in liver.on_option["particle_embolization"]:
        if statement.quotes[0].passage != "wascher":
            assert re.search(r"other particles stand in the second", statement.because, re.I)


def test_help_remarks_and_names_say_no_more_and_no_less(liver):
    assert "part of the liver" not in liver.factor(FACTORS[2]).help
    assert all("may also be" in quote.words for quote in liver.option("chemotherapy").does)
    assert "first answer" in liver.text.passages[0].author
    remarks = " ".join(liver.walk({}).to_dict()["remarks"])
    for words in ("requires a multidisc", "Depending on both tumor", "will design a treatment"):
        assert words in remarks
    for statement in liver.statements:
        if "will likely include" in statement.words:
            assert "include a combination of the following" in statement.words


def test_a_preference_needs_to_outweigh_nothing(liver):
    assert liver.statement("wascher_most_effective").outweighs == ()


def test_a_certain_outcome_is_taken_though_a_question_is_open(liver):
    walk = liver.walk(complete_removal_feasible="no", chemotherapy_responsive_tumor="yes")
    assert walk.taken == ()
    assert walk.next is None
    (on,) = walk.trees
    (leaf,) = on.outcomes
    taken = [index for index, state in enumerate(on.nodes) if state == "taken"]
    assert taken == [0, leaf]


def test_examples_are_patients_of_the_guide(liver):
    assert len(liver.examples) == 4
    for _name, answers in liver.examples:
        assert liver.walk(dict(answers)).standings.keys() == set(OPTIONS)
