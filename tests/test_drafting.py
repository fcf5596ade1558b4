"""What the wording of a text proposes: each rule by its own example, and any text at all."""

import re
import subprocess
import sys

import pytest
from counting import steps, times_as_long
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_command_line import ROOT
from test_new import read

import tree
from tree.authoring import starting
from tree.authoring.cues import FILE, Cues, cues
from tree.authoring.dividing import divided
from tree.authoring.drafting import MAX_FACTORS, MAX_OPTIONS, draft
from tree.authoring.naming import identifier
from tree.coverage import Claim, cover
from tree.located import Mapping, Scalar, parse
from tree.reading import Standing
from tree.sentences import sentences
from tree.text import Text

VERBS = {Standing.PREFERRED: "prefer", Standing.OFFERED: "offer", Standing.WITHHELD: "withhold"}


def plain(node):
    """A node of the file as Python's own lists and dictionaries."""
    if isinstance(node, Mapping):
        return {key.value: plain(value) for key, value in node.entries}
    return node.value if isinstance(node, Scalar) else [plain(item) for item in node.items]


RULES = plain(parse("cues.yaml", FILE.read_text(encoding="utf-8"))[0])["rules"]


def said(content, rules=None):
    """The statements that are proposed, in the words of the text."""
    found = draft(Text("text.txt", content), rules)
    names = {option.id: option.name for option in found.options}
    factors = {factor.id: factor for factor in found.factors}
    statements = []
    for statement in found.statements:
        one = {}
        for option, standing in statement.effects:
            one.setdefault(VERBS[standing], []).append(names[option])
        literals = [literal for clause in statement.condition for literal in clause]
        if literals:
            key = "when" if len(statement.condition) == 1 else "any"
            one[key] = {factors[f].quotes[0].line: value for f, (value,) in sorted(literals)}
            judged = [factors[f].judgement for f, _ in literals if factors[f].judgement]
            if judged:
                one["judgement"] = judged[0].line
        statements.append(one)
    return statements


@pytest.mark.parametrize("name", RULES)
def test_every_rule_on_its_own_example(name):
    rule = RULES[name]
    expected = rule["finds"] if isinstance(rule["finds"], list) else [rule["finds"]]
    found = said(rule["example"])
    # The judgement is told only where the rule is about it.
    for one, wanted in zip(found, expected, strict=False):
        if "judgement" not in wanted:
            one.pop("judgement", None)
    assert found == expected


@pytest.mark.parametrize("name", RULES)
def test_without_the_rule_something_else_comes_out(name):
    every = cues()
    others = Cues([rule for rule in every.rules if rule.name != name], every.lists)
    example = RULES[name]["example"]
    assert said(example) != said(example, others)


def test_every_list_of_words_is_used():
    """A list that no rule and no code names would only seem to do something."""
    source = FILE.read_text(encoding="utf-8")
    code = "".join(
        (FILE.parents[1] / "authoring" / f"{room}.py").read_text(encoding="utf-8")
        for room in ("phrases", "atoms", "clauses", "drafting")
    )
    for name in cues().lists:
        assert f"<{name}>" in source or f'"{name}"' in code, name


def test_every_cue_is_known_to_the_code():
    code = "".join(
        (FILE.parents[1] / "authoring" / f"{room}.py").read_text(encoding="utf-8")
        for room in ("phrases", "atoms", "clauses")
    )
    for rule in cues().rules:
        assert f'"{rule.cue}"' in code, rule.cue


def test_names_of_rules_that_the_code_knows_are_rules():
    code = "".join(
        (FILE.parents[1] / "authoring" / f"{room}.py").read_text(encoding="utf-8")
        for room in ("phrases", "atoms", "clauses")
    )
    places = re.findall(r"(?:rule\.name (?:==|(?:not )?in)|_CASES =) (\([^)]*\)|\"\w+\")", code)
    named = {name for place in places for name in re.findall(r'"(\w+)"', place)} - {"item"}
    assert len(named) > 8
    assert named <= {rule.name for rule in cues().rules}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # What stands in brackets divides nothing.
        (
            "Children who are pale (white, or only in the face: grey) are given an apple.",
            [{"offer": ["apple"], "when": {"are pale (white, or only in the face: grey)": "yes"}}],
        ),
        # What somebody can do is no effect.
        (
            "A visitor who cannot swim stays in the boat.",
            [{"offer": ["boat"], "when": {"cannot swim": "no"}}],
        ),
        # A condition that no comma ends.
        (
            "Before the first snow you should see the guard.",
            [{"prefer": ["see the guard"], "when": {"Before the first snow": "yes"}}],
        ),
        # Two things that are done, each for somebody else.
        (
            "Rain may help if the soil is dry, and plants with moss need lime.",
            [
                {"offer": ["Rain"], "when": {"the soil is dry": "yes"}},
                {"prefer": ["lime"], "when": {"moss": "yes"}},
            ],
        ),
        # A verb that no list names, and another one after it.
        (
            "If the boat leaks, plug the hole and call the guard.",
            [{"prefer": ["plug the hole", "call the guard"], "when": {"the boat leaks": "yes"}}],
        ),
    ],
)
def test_wordings_that_no_single_rule_is_about(content, expected):
    found = said(content)
    for one in found:
        one.pop("judgement", None)
    assert found == expected


# --- the liver text -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def liver():
    content = (ROOT / "data" / "metastatic_liver_cancer" / "text.txt").read_text(encoding="utf-8")
    return draft(divided(Text("text.txt", content), identifier))


def test_the_factors_of_the_liver_text(liver):
    questions = {factor.question: factor for factor in liver.factors}
    assert {
        "Is there other organ involvement by metastatic cancer?",
        "Is there extensive involvement of the liver with metastatic tumors?",
        "Does the patient have other factors that make liver resection unwise?",
        "Can the patient undergo complete removal of all detectable metastatic liver tumors with "
        "reasonable safety?",
        "Does this hold: For many types of metastatic liver tumors?",
    } <= set(questions)
    assert len(questions) <= 6
    judged = {factor.judgement.words for factor in liver.factors if factor.judgement}
    assert judged == {"extensive", "unwise", "reasonable"}


def test_the_statements_of_the_liver_text(liver):
    said = {
        (option, standing, tuple(sorted((f, *v) for clause in s.condition for f, v in clause)))
        for s in liver.statements
        for option, standing in s.effects
    }
    resection = "complete_surgical_removal"
    assert (resection, Standing.PREFERRED, ()) in said
    assert (
        resection,
        Standing.WITHHELD,
        (("other_organ_involvement_metastatic", "yes"),),
    ) in said
    assert (resection, Standing.WITHHELD, (("can_undergo_complete_removal", "no"),)) in said
    either = (
        ("extensive_involvement_liver_metastatic", "yes"),
        ("other_factors_that_make", "yes"),
    )
    for option in ("ablation", "chemoembolization", "chemoradioembolization"):
        assert (option, Standing.OFFERED, either) in said
    implied = [s for s in liver.statements if s.basis == "implied"]
    assert all(s.because for s in implied)
    assert {reason for _, reason in liver.context} == {"heading", "signature", "names who answers"}


def test_the_draft_of_the_liver_text_loads_and_check_names_every_proposal(liver):
    content = (ROOT / "data" / "metastatic_liver_cancer" / "text.txt").read_text(encoding="utf-8")
    source = starting.source("liver.txt", content, drafted=True)
    guide = tree.reads(content, source)
    entries = (*liver.factors, *liver.options, *liver.groups, *liver.statements)
    assert len(guide.factors) == len(liver.factors)
    assert guide.statements == liver.statements
    messages = [problem.message for problem in tree.checks(content, source).errors]
    drafts = [message for message in messages if " is a draft: " in message]
    assert len(drafts) == len(entries) + len(liver.context) + len(guide.text.passages)
    unclaimed = [message for message in messages if message.startswith("unclaimed sentence")]
    assert len(unclaimed) == source.partition("\nunclaimed:\n")[2].count("\n  - ")
    assert "  # ? " in source


# --- what it is not sure of -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "question"),
    [
        ("It should not be used.", "which option is this said of?"),
        (
            "Tea or coffee may help. It should not be used at night.",
            "which option is this said of?",
        ),
        ("If the soil is dry use water.", "for whom does it hold, and what follows then?"),
        ("Otherwise, tea may help.", "which case is meant here?"),
        ("It is not always possible.", "what is it that is not possible?"),
        ("Call your mother.", "is this a course of action, or a remark?"),
    ],
)
def test_what_it_is_not_sure_of_is_asked(content, question):
    source = starting.source("t", content, drafted=True)
    assert f"  # ? {question}\n  - " in source
    # And nothing is said of the sentence that asks.
    sentence = content.rpartition(". ")[2]
    assert all(sentence not in s.quotes[0].line for s in draft(Text("t", content)).statements)


@pytest.mark.parametrize(
    "content",
    [
        "Tea grows in the mountains.",
        "In general, this is a long story.",
        "The hospital was built in 1950.",
        "",
        "• ",
    ],
)
def test_of_other_sentences_nothing_is_proposed(content):
    assert said(content) == []


@pytest.mark.parametrize(
    ("content", "question", "entry"),
    [
        # For whom it is not cannot be said in one statement.
        (
            "Tea is limited to people who have a cold, or who have a cough and who are old.",
            "for whom is it, or is it not?",
            "tea",
        ),
        (
            "In patients with fever, other options may be available.",
            "what follows where this holds?",
            "fever",
        ),
        ("A book that is torn has no cover.", "what follows where this holds?", "torn"),
    ],
)
def test_what_no_statement_could_be_made_of_is_proposed_with_a_question(content, question, entry):
    source = starting.source("t", content, drafted=True)
    assert f"  # ? {question}\n  {entry}:\n" in source
    assert draft(Text("t", content)).statements == ()
    # It waits for its statement: a guide with it can be read, and its tree be made.
    whole = "If the soil is dry, rain may help. " + content
    guide = tree.reads(whole, starting.source("t", whole, drafted=True))
    assert len(guide.statements) == 1
    assert len(guide.factors) + len(guide.options) > 2


# --- any text at all ----------------------------------------------------------------------

WORDS = [
    *("If", "if", "unless", "when", "only if", "in patients with", "who", "children", "without"),
    *("a fever", "the soil", "is", "dry", "wet", "severe", "pain", "tea", "Tea", "surgery", "it"),
    *("may help", "should not be used", "is recommended", "is limited to", "use", "call a doctor"),
    *(
        "options include",
        "such as",
        "or",
        "and",
        "Otherwise,",
        "In that case",
        "but",
        "this option",
    ),
    *("the best treatment", "isn't possible", "that make", "no", "not", "cannot", "under 6 years"),
    *(
        ",",
        ", or",
        ".",
        ".",
        ". ",
        ":",
        ";",
        "\n",
        "\n\n",
        "\n- ",
        "\n  • ",
        "\n1. ",
        "(",
        ")",
        '"',
    ),
    *(
        "# Head\n\n",
        "\n\n---\n\n",
        "\n\u2014 Ann Lee\n",
        "A. Lee, MD\n",
        "\r\n",
        "肝",
        "é",
        ": tea",
    ),
]
texts = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@settings(max_examples=500)
@given(texts)
@example("If , tea may help . \n\n In patients with , or who have , tea is recommended .")
@example("Tea may help if severe . Or unless it isn't possible , or without . \n - no")
def test_the_draft_of_any_text_can_be_read(content):
    if not sentences(content):
        return
    source = starting.source("text.txt", content, drafted=True)
    assert source == starting.source("text.txt", content, drafted=True)
    reading, problems = read(content, source)
    assert problems == []
    for part in (*reading.factors, *reading.options, *reading.groups, *reading.statements):
        assert part.quotes
    drafted = {kind for kind, _ in reading.drafts}
    assert drafted <= {"passage", "factor", "option", "group", "statement", "context"}
    assert len(reading.drafts) == sum(
        map(
            len,
            (reading.factors, reading.options, reading.groups, reading.statements, reading.context),
        )
    ) + (len(reading.text.passages) if "\npassages:" in source else 0)
    # Every sentence is claimed by an entry or listed as unclaimed, and none is both.
    claims = cover(reading).sentences
    listed = {quote.end for quote in reading.unclaimed}
    assert {s.words.end for s in claims if s.claim is Claim.UNCLAIMED} == listed
    if reading.factors and reading.options and reading.statements:
        # Whatever is said must be used by a statement, or the tree could not be made.
        tree.reads(content, source)


@given(texts)
def test_whatever_is_proposed_stands_in_the_text(content):
    found = draft(Text("t", content))
    for factor in found.factors:
        for quote in (*factor.quotes, *filter(None, [factor.judgement])):
            assert content[quote.start : quote.end] == quote.words
    for option in (*found.options, *found.groups):
        assert option.name.casefold() in " ".join(content.split()).casefold()
    for statement in found.statements:
        assert all(content[q.start : q.end] == q.words for q in statement.quotes)
        assert bool(statement.because) == (statement.basis == "implied")


@pytest.mark.parametrize(
    "unit",
    [
        "If the soil is dry, water number {} may help, but not in winter. ",
        "In patients with a fever, or who have pain {}, tea is recommended unless it is hot. ",
        "Options include tea, coffee and milk {}. ",
        "if you, when you, or who have ",
        "Tea {}:\n- rest\n- sleep, which is good\n",
        "and or who is, ",
        '"tea" ("',
        "not without no never {} ",
    ],
)
def test_twice_the_text_takes_twice_the_time(unit):
    def source(count):
        content = "".join(unit.format(number) for number in range(count))
        return lambda: starting.source("t", content, drafted=True)

    # Eight times the text; what compares all with all takes sixty-four times as long.
    assert steps(source(1_600)) < 24 * steps(source(200))
    assert times_as_long(source(500), source(4_000), enough=24) < 24


def test_of_a_megabyte_no_more_is_drafted_than_a_guide_may_hold():
    unit = "In patients with disease {0}, rest {0} is recommended, and tea {0} should be avoided. "
    content = "".join(unit.format(number) for number in range(12_000))
    assert len(content) > 1_000_000
    found = draft(Text("t", content))
    # What is left over is listed as unclaimed.
    assert len(found.factors) <= MAX_FACTORS
    assert len(found.options) <= MAX_OPTIONS


# --- the benchmark ------------------------------------------------------------------------


def test_the_table_of_the_benchmark_is_fresh():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "benchmarks" / "draft.py"), "--check"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_texts_that_the_rules_were_written_with_are_finished_guides():
    folders = sorted((ROOT / "tests" / "drafts").iterdir())
    assert len(folders) >= 6
    for folder in folders:
        assert tree.check(folder).ok, folder
