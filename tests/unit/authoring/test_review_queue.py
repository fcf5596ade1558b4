"""What waits to be confirmed, in which order, and what became of each sentence."""

from collections import Counter

import pytest
from places import DATA

import tree
from tree.authoring import entries
from tree.authoring.edits import applied
from tree.authoring.guide_files import guide_files
from tree.authoring.review_queue import review_queue
from tree.authoring.sentence_states import SentenceUse, sentence_states
from tree.loading import loader
from tree.loading.sources import folder, strings

TEXT = "Tea? If it rains, drink tea. If it snows, drink cocoa. Some prefer rest. Good luck!"
GUIDE = """\
title: Tea?
factors:
  rain: {question: Does it rain?, quote: If it rains}
  snow: {question: Does it snow?, quote: If it snows, draft: true}
options:
  tea: {name: tea, quote: drink tea}
  cocoa: {name: cocoa, quote: drink cocoa, draft: true}
statements:
  warm: {quote: "If it snows, drink cocoa.", when: {snow: yes, rain: no}, offer: cocoa, draft: true}
  drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea, draft: true}
context:
  - {quote: Tea?, reason: heading}
  - {quote: Good luck!, reason: an aside, draft: true}
"""
FOLDERS = sorted(path.parent for path in DATA.glob("*/guide.yaml"))


def queue(guide=GUIDE, every=False):
    report = tree.check_text(TEXT, guide)
    text = loader.read(strings(TEXT, guide))[0].text
    return review_queue(guide_files(guide), report.guide, report.problems, text=text, every=every)


def test_drafts_come_in_the_order_of_the_text():
    found = queue()
    assert [proposal.path[1] for proposal in found.proposals] == [
        *("drink", "snow", "cocoa", "warm", "Good luck!")
    ]
    assert found.counts == "3 of 8 confirmed, 5 left"
    warm = found.proposals[3]
    assert [quote.words for quote in warm.sentences] == ["If it snows, drink cocoa."]
    assert [TEXT[q.start : q.end] for q in warm.quotes] == ["If it snows, drink cocoa."]
    assert warm.says == ("Offered: cocoa", "for: Does it rain? no; Does it snow? yes")
    assert warm.problems == ()


def test_the_case_holds_and_the_miss_just_does_not():
    guide = tree.loads(TEXT, GUIDE)
    warm = queue().proposals[3]
    # Whom it is for is that case already.
    assert (warm.says[-1], warm.holds) == ("for: Does it rain? no; Does it snow? yes", "")
    assert warm.misses in ("Does it rain? yes", "Does it snow? no")
    case = {"rain": "no", "snow": "yes"}
    assert [s.id for s in guide.statements if guide.holds(s.id, case)] == ["warm"]
    changed = "rain" if "rain" in warm.misses else "snow"
    case[changed] = warm.misses.split()[-1]
    assert not guide.holds("warm", case)


def test_a_case_is_said_where_it_is_one_of_several():
    (warm,) = (
        each
        for each in queue(
            GUIDE.replace("{snow: yes, rain: no}", "{any: {snow: yes, rain: no}}")
        ).proposals
        if each.path[1] == "warm"
    )
    assert warm.says[-2:] == ("for: Does it snow? yes", "or for: Does it rain? no")
    assert warm.holds
    assert warm.misses


def test_what_check_suspects_comes_first():
    found = queue(GUIDE.replace("when: {snow: yes, rain: no}, offer", "withhold"))
    assert found.proposals[0].path[1] != "drink"
    assert found.proposals[0].worst == "warning"
    wrong = GUIDE.replace("quote: drink cocoa", "quote: drink chocolate")
    found = queue(wrong)
    first = found.proposals[0]
    assert first.path == ("options", "cocoa")
    assert first.worst == "error"
    assert first.quotes == ()
    assert "is not in the text" in first.problems[0].message
    # A guide with faults is read back as far as it goes.
    not_yet = "this can be said in words once the problems are solved"
    assert [p.says for p in found.proposals if p.path[1] == "warm"] == [(not_yet,)]
    assert first.says == ("An option: cocoa",)


@pytest.mark.parametrize("place", FOLDERS, ids=lambda place: place.name)
@pytest.mark.slow
def test_every_entry_of_a_guide_is_read_back(place):
    guide = tree.load(place)
    files = guide_files((place / "guide.yaml").read_text(encoding="utf-8"))
    found = review_queue(files, guide, every=True)
    kinds = Counter(proposal.path[0] for proposal in found.proposals)
    assert kinds["statements"] == len(guide.statements)
    assert kinds["factors"] == len(guide.factors) + len(guide.scores)
    assert (found.confirmed, found.left) == (len(found.proposals), 0)
    quoted = {statement.id: statement.quotes for statement in guide.statements}
    for proposal in found.proposals:
        assert proposal.says
        assert all(proposal.says)
        assert proposal.quotes or proposal.path[0] == "scopes"
        if proposal.path[0] == "statements":
            # The loader finds them in its own way.
            assert proposal.quotes == quoted[proposal.path[1]]
    starts = [p.sentences[0].start for p in found.proposals if p.sentences]
    assert starts == sorted(starts)


@pytest.mark.parametrize("place", FOLDERS, ids=lambda place: place.name)
@pytest.mark.slow
def test_confirming_all_leaves_none(place):
    files = guide_files((place / "guide.yaml").read_text(encoding="utf-8"))
    paths = [p.path for p in review_queue(files, tree.load(place), every=True).proposals][::5]
    for path in paths:
        files = applied(files, entries.unconfirmed(files, path))
    guide = tree.loads((place / "text.txt").read_text(encoding="utf-8"), files.guide)
    found = review_queue(files, guide, tree.check_text(guide.text.content, files.guide).problems)
    assert {proposal.path for proposal in found.proposals} == set(paths)
    assert not any(proposal.problems for proposal in found.proposals)
    for proposal in found.proposals:
        files = applied(files, entries.confirmed(files, proposal.path))
    assert files.guide == (place / "guide.yaml").read_text(encoding="utf-8")


def test_sentences_have_their_colours():
    states = sentence_states(guide_files(GUIDE), tree.loads(TEXT, GUIDE))
    assert [(s.words.line, s.state) for s in states] == [
        ("Tea?", SentenceUse.CONTEXT),
        ("If it rains, drink tea.", SentenceUse.DRAFT),
        ("If it snows, drink cocoa.", SentenceUse.DRAFT),
        ("Some prefer rest.", SentenceUse.UNCLAIMED),
        ("Good luck!", SentenceUse.DRAFT),
    ]
    assert states[2].entries == (("factors", "snow"), ("options", "cocoa"), ("statements", "warm"))
    confirmed = GUIDE.replace(", draft: true", "")
    states = sentence_states(guide_files(confirmed), tree.loads(TEXT, confirmed))
    assert [s.state for s in states] == ["context", "claimed", "claimed", "unclaimed", "context"]


def test_a_guide_with_faults_has_colours_too():
    wrong = GUIDE.replace("quote: drink cocoa", "quote: drink chocolate")
    reading, problems = loader.read(strings(TEXT, wrong))
    assert problems
    states = sentence_states(guide_files(wrong), reading)
    assert states[2].entries == (("factors", "snow"), ("statements", "warm"))


@pytest.mark.parametrize("place", FOLDERS, ids=lambda place: place.name)
@pytest.mark.slow
def test_the_entries_of_a_sentence_are_those_of_the_coverage(place):
    guide = tree.load(place)
    files = guide_files((place / "guide.yaml").read_text(encoding="utf-8"))
    counted = Counter()
    for state, sentence in zip(
        sentence_states(files, guide), guide.coverage().sentences, strict=True
    ):
        counted[str(state.state).replace("claimed", "used").replace("unused", "unclaimed")] += 1
        if state.state is SentenceUse.CLAIMED:
            named = {path[1] for path in state.entries if path[0] != "context"}
            assert named == set(sentence.by)
    assert counted == Counter({k: n for k, n in guide.coverage().counts.items() if n})


def test_a_folder_is_reviewed_as_it_stands():
    place = DATA / "damaged_library_book"
    reading, _ = loader.read(folder(place))
    files = guide_files((place / "guide.yaml").read_text(encoding="utf-8"))
    assert review_queue(files, None, text=reading.text).proposals == ()


def test_what_is_wrong_with_a_line_of_the_text_is_on_no_entry():
    """The sentence on line 3 of the text waits; line 3 of the guide is that of a question."""
    guide = """title: Tea?
factors:
  rain: {question: Does it rain?, quote: If it rains}
options: {tea: {name: tea, quote: drink tea}}
statements: {drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}}
"""
    report = tree.check_text("If it rains, drink tea.\n\nGood luck!", guide)
    assert [(p.line, p.severity) for p in report.problems if p.file == "text.txt"] == [(3, "error")]
    found = review_queue(guide_files(guide), report.guide, report.problems, text=None, every=True)
    assert [p.path for p in found.proposals if p.worst == "error"] == []
