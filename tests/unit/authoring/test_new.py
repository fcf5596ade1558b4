"""A new guide from a text: the folder, the source, and what it says of any text."""

import os
import re
import shutil
from pathlib import Path

import pytest
from command_line import refused, run
from counting import steps, times_as_long
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st
from language_texts import LANGUAGES
from places import LIVER

import tree
from tree import opening
from tree.authoring import new_guide
from tree.authoring.languages import recognized
from tree.authoring.scaffold import EXAMPLE
from tree.authoring.texts.cleaning import CLEANERS
from tree.jupyter.workshop_beginning import CLEANED
from tree.loading import keys, loader
from tree.loading.sources import strings
from tree.model.sentences import sentences

PIECES = [
    *("Rest", "tea", "no", "yes", "null", "1.5", "a", "a a", "a: b", "a:", ": b", "# a", "a #b"),
    *("- ", "• ", "1. ", "* ", "> ", "| ", "? ", "& ", "! ", "% ", "@ ", "` ", "{a}", "[a]", ","),
    *("'", '"', "\\", "\\n", "''", '""', "...", "---", "===", "***", "# ", "## Head", "\ufeff"),
    *(" ", "  ", "\n", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "\x85", "\n \n", ". ", "? "),
    *("A. Lee, MD", "\u2014 Ann", "Lee answers:", "word " * 30, "x" * 120, "{{", "$title", "肝"),
]
prose = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60
)


# What the folder of a new guide holds.
MADE = ["guide.schema.json", "guide.yaml", "text.txt"]


def read(content, source):
    """What the loader understands, and its problems but for what a new guide must lack."""
    reading, problems = loader.read(strings(content, source))
    expected = re.compile("(factors|options|statements) must hold named entries; nothing .* here")
    return reading, [p for p in problems if not expected.fullmatch(p.message)]


# --- the source ---------------------------------------------------------------------------


@examples(400)
@given(prose)
@example("a a a\n\na a")
@example("Rest.\nRest. Rest again.")
def test_the_new_guide_of_any_text_lists_exactly_its_sentences(content):
    content = content.lstrip("\ufeff").replace("\ufffe", "").replace("\uffff", "")
    if not sentences(content):
        with pytest.raises(tree.TreeError, match="no sentence"):
            new_guide.source("text.txt", content)
        return
    reading, problems = read(content, new_guide.source("text.txt", content))
    assert problems == []
    listed = [(quote.start, quote.end) for quote in reading.unclaimed]
    spans = sentences(content)
    assert [end for _, end in listed] == [end for _, end in spans]
    # Words that overlap themselves need those before them to say which they are.
    for (start, _), (first, end) in zip(listed, spans, strict=True):
        assert start <= first
        if start < first:
            assert len(content[first:end].split()) > 1
    assert reading.title
    # Each passage begins where a sentence does.
    assert {p.start for p in reading.text.passages[1:]} <= {
        reading.text.line_start(start) for start, _ in spans
    }


def test_sentences_that_stand_several_times():
    content = "Rest.\n\nDrink tea. Rest. \n\nRest. Rest again."
    source = new_guide.source("t", content)
    unclaimed = source.partition("unclaimed:\n")[2].splitlines()
    assert unclaimed == [
        "  - {words: Rest., nth: 1}",
        "  - Drink tea.",
        "  - {words: Rest., nth: 2}",
        "  - {words: Rest., nth: 3}",
        "  - Rest again.",
    ]


def test_in_several_passages_the_passage_says_which():
    source = new_guide.source("t", "# Ann\n\nRest now. Go.\n\n# Bob\n\nRest now. Stay.\n")
    assert "  ann:\n    author: Ann\n    begins: '# Ann'\n    draft: true\n" in source
    assert "  - {words: Rest now., in: bob}\n" in source


def test_the_example_is_a_guide_without_a_problem():
    report = opening.check(EXAMPLE)
    assert report.problems == ()
    assert report.summary.startswith("ok: ")


def test_the_examples_of_a_new_guide_are_those_of_the_example():
    """Taken out of their comments, they make the same guide again."""
    text = (EXAMPLE / "text.txt").read_text(encoding="utf-8")
    source = new_guide.source("example.txt", text).partition("unclaimed:\n")[0]
    marked = source.partition("title: ")[2].replace("example\n", "title: x\n", 1)
    lines = [
        line.removeprefix("# ") if re.match(r"# (\w+:$|  )", line) else line
        for line in marked.splitlines()
    ]
    made = tree.loads(text, "\n".join(lines), strict=True)
    shown = tree.load(EXAMPLE)
    assert made.factors == shown.factors
    assert made.options == shown.options
    assert made.groups == shown.groups
    assert made.statements == shown.statements
    assert made.context == shown.context
    assert made.examples == shown.examples


def test_every_key_of_the_format_is_in_a_new_guide():
    source = new_guide.source("t", "# Ann\n\nRest.\n\n# Bob\n\nGo.\n")
    for section in keys.SECTIONS:
        for key in section.names:
            assert re.search(rf"\b{key}\b", source), key


def test_a_new_guide_is_short_enough_to_be_read():
    source = new_guide.source("t", "Rest.")
    assert len(source.splitlines()) < 140
    assert max(map(len, source.splitlines())) <= 100


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("What helps?\n\nRest.", "What helps?"),
        ("# Tea: hot\n\nRest.", "Tea: hot"),
        ("Tea: hot or cold\n\nRest.", "Tea: hot or cold"),
        ("Advice\n======\nRest.", "Advice"),
        ("Rest. Drink tea.", "my tea"),
        ("# Green\n\nGood.\n\n# Black\n\nHot.", "my tea"),
        ("Rest.\n\nDrink tea.", "my tea"),
    ],
)
def test_its_title_is_a_heading_or_the_name_of_the_file(content, title):
    reading, problems = read(content, new_guide.source("my_tea.txt", content))
    assert problems == []
    assert reading.title == title


# --- passages -----------------------------------------------------------------------------


def passages(content):
    reading, problems = read(content, new_guide.source("t", content))
    assert problems == []
    return [(p.id, p.author, content[p.start : p.end].split()[0]) for p in reading.text.passages]


def test_the_passages_of_the_liver_text_are_found():
    content = (LIVER / "text.txt").read_text(encoding="utf-8")
    reading, problems = read(content, new_guide.source("liver.txt", content))
    assert problems == []
    finished = tree.load(LIVER).text.passages
    assert [(p.start, p.end) for p in reading.text.passages] == [(p.start, p.end) for p in finished]
    assert [p.author for p in reading.text.passages] == [
        "name the author",
        "Robert A. Wascher, MD, FACS",
        "A Transplant Surgery",
    ]
    assert [p.id for p in reading.text.passages] == ["part_1", "wascher", "transplant_surgery"]
    assert [id for kind, id in reading.drafts if kind == "passage"] == [
        p.id for p in reading.text.passages
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Rest. Drink tea.", [("text", "the text", "Rest.")]),
        ("Tea\n\n1. Boil water.\n2. Wait.\n", [("text", "the text", "Tea")]),
        # Steps with steps of their own are no answers of several people.
        (
            "1. Boil water.\n  a) tap\n  b) well\n2. Wait.\n  a) long\n  b) short\n",
            [("text", "the text", "1.")],
        ),
        (
            "Tea\n\n# Green\n\nIt is good.\n\n# Black\n\nIt is hot.\n",
            [("green", "Green", "#"), ("black", "Black", "#")],
        ),
        (
            "Green\n-----\nIt is good.\n\nBlack\n-----\nIt is hot.\n",
            [("green", "Green", "Green"), ("black", "Black", "Black")],
        ),
        (
            "All about tea\n\nGreen tea\n\nIt is good.\n\nBlack tea\n\nIt is hot.\n",
            [("green_tea", "Green tea", "Green"), ("black_tea", "Black tea", "Black")],
        ),
        ("Rest.\n\n---\n\nGo.", [("part_1", "name the author", "Rest."), ("part_2",) * 2]),
        (
            "Rest a lot.\n\u2014 Ann Lee\n\nDrink tea.\n-- Bob Roy, teacher",
            [("lee", "Ann Lee", "Rest"), ("roy", "Bob Roy, teacher", "Drink")],
        ),
        (
            "Rest.\nA. Lee, MD, PhD\nWalk.\nReviewed by Dr. Fern",
            [("lee", "A. Lee, MD, PhD", "Rest."), ("fern", "Dr. Fern", "Walk.")],
        ),
    ],
)
def test_passages(content, expected):
    found = passages(content)
    if expected[-1] == ("part_2",) * 2:
        expected[-1] = ("part_2", "name the author", "Go.")
    assert found == expected


def test_a_text_of_very_many_parts_is_one_passage():
    content = "".join(f"# Part {number}\n\nRest.\n\n" for number in range(101))
    assert passages(content) == [("text", "the text", "#")]
    assert len(passages(content.partition("# Part 100")[0])) == 100


# --- the folder ---------------------------------------------------------------------------


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "Warm Tea.txt"
    path.write_bytes(b"\xef\xbb\xbfTea?\r\n\r\nDrink tea: hot.\r\n")
    return path


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


def test_new_makes_the_folder_and_says_what_to_do(text, tmp_path):
    done = run("new", text, cwd=tmp_path)
    assert (done.returncode, done.err) == (0, "")
    assert done.out.splitlines() == [
        "warm_tea: a new guide; found 2 sentences in 1 passage.",
        "Language of the text: en, as it was not recognized. If that is wrong, change it in "
        "guide.yaml.",
        f"Next: open {Path('warm_tea/guide.yaml')}. Go through its sentences one by one; each "
        "kind of entry has an example.",
        "What is left to do:  python -m tree check warm_tea",
        "Without YAML, in a notebook:  tree.Workshop('warm_tea')",
    ]
    assert entries(tmp_path) == ["Warm Tea.txt", "warm_tea"]
    # The very bytes of the text.
    assert (tmp_path / "warm_tea" / "text.txt").read_bytes() == text.read_bytes()
    source = (tmp_path / "warm_tea" / "guide.yaml").read_text(encoding="utf-8")
    assert source.startswith("# yaml-language-server: $schema=guide.schema.json\n")
    assert source.endswith("unclaimed:\n  - Tea?\n  - 'Drink tea: hot.'\n")
    assert "nothing is written here" in refused("check", "warm_tea", cwd=tmp_path)


def test_new_prefers_the_folder_data(text, tmp_path):
    (tmp_path / "data").mkdir()
    done = run("new", text, cwd=tmp_path)
    assert done.out.startswith(f"{Path('data/warm_tea')}: a new guide")
    assert entries(tmp_path / "data" / "warm_tea") == MADE


def test_new_where_it_is_told(text, tmp_path):
    folder = tmp_path / "some where" / "Führer 肝"
    done = run("new", text, folder)
    assert done.returncode == 0
    assert f'python -m tree check "{folder}"' in done.out
    assert entries(folder) == MADE


def test_new_beside_the_text_that_is_there_already(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("Drink tea.")
    assert run("new", path, tmp_path).returncode == 0
    assert entries(tmp_path) == MADE


def test_new_refuses_to_replace_anything(text, tmp_path):
    assert run("new", text, cwd=tmp_path).returncode == 0
    guide = tmp_path / "warm_tea" / "guide.yaml"
    guide.write_text("my work")
    where = Path("warm_tea/guide.yaml")
    assert refused("new", text, cwd=tmp_path) == (
        f"{where}: there is a guide already; delete it first\n"
    )
    assert guide.read_text() == "my work"
    other = tmp_path / "other"
    other.mkdir()
    (other / "text.txt").write_text("Another text.")
    assert "differs from" in refused("new", text, other)
    assert entries(other) == ["text.txt"]


def test_new_leaves_nothing_half_made(text, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    assert refused("new", text, blocked / "guide")
    assert refused("new", text, blocked)
    assert entries(tmp_path) == ["Warm Tea.txt", "blocked"]


def test_a_guide_whose_every_sentence_is_dealt_with_passes(tmp_path):
    path = tmp_path / "tea.txt"
    shutil.copy(EXAMPLE / "text.txt", path)
    folder = new_guide.new(path, tmp_path / "tea").folder
    source = (folder / "guide.yaml").read_text(encoding="utf-8")
    made = (EXAMPLE / "guide.yaml").read_text(encoding="utf-8")
    listed = source.partition("\nunclaimed:\n")[2]
    (folder / "guide.yaml").write_text(f"{made}\nunclaimed:\n{listed}", encoding="utf-8")
    report = opening.check(folder)
    assert len(report.errors) == len(listed.splitlines())
    assert all("delete it here" in p.message for p in report.errors)
    (folder / "guide.yaml").write_text(made, encoding="utf-8")
    assert opening.check(folder).problems == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"\xef\x81", "not UTF-8: byte 0xef; save it as UTF-8"),
        (b"Tea\x07.", "control character U+0007; remove it"),
        (b"\xe2\x80\xa2 \n", "there is no sentence in it"),
        (b"Tea. " * 20_001, "20001 sentences; at most 20000 are allowed in a guide: divide it"),
        (b"x" * 4_000_001, "its text has 4000001 bytes; at most 4000000 are read"),
        (b"x" * 4_000_000, "the guide would be larger than 4000000 bytes: divide the text"),
    ],
)
def test_bad_texts(tmp_path, data, message):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(tree.TreeError) as raised:
        new_guide.new(path, tmp_path / "guide")
    assert [p.message for p in raised.value.problems] == [message]
    assert entries(tmp_path) == ["bad.txt"]


def test_texts_that_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    target = tmp_path / "guide"
    assert "file does not exist" in refused("new", tmp_path / "nothing", target)
    assert "cannot be read: is a directory" in refused("new", tmp_path, target)
    assert "is not a file of text" in refused("new", tmp_path / "pipe", target)
    assert "file does not exist" in refused("new", "x" * 5000, target)
    assert entries(tmp_path) == ["pipe"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "Drink {} cups of hot tea with a lot of honey in it. ",
        f"Drink {{}} cups of tea. Then rest, walk or sleep {'well ' * 20}.\n",
        "No {}.\n",
    ],
)
def test_twice_the_text_takes_twice_the_time(unit):
    def source(count):
        content = "".join(unit.format(n) for n in range(count))
        return lambda: new_guide.source("t", content)

    # Eight times the text; what compares all with all takes sixty-four times as long.
    assert steps(source(4_000)) < 12 * steps(source(500))
    assert times_as_long(source(1_000), source(8_000), enough=24) < 24


# --- the language -------------------------------------------------------------------------


@pytest.mark.parametrize(("tag", "gap", "sentences"), LANGUAGES)
def test_the_language_is_recognized(tag, gap, sentences):
    assert recognized(gap.join(sentences)) == tag


@pytest.mark.parametrize("content", ["Tea?", "xyz 123", "12.", "no no"])
def test_what_says_too_little_is_not_guessed(content):
    assert recognized(content) == ""


def test_the_language_is_written(tmp_path):
    (tmp_path / "rat.txt").write_text("Bei Fieber nicht warten, z. B. am 3. Tag.", encoding="utf-8")
    done = run("new", "rat.txt", "rat", cwd=tmp_path)
    assert "found 1 sentence in 1 passage." in done.out
    assert "Language of the text: de. If that is wrong, change it in guide.yaml." in done.out
    assert "\nlanguage: de  #" in (tmp_path / "rat/guide.yaml").read_text(encoding="utf-8")
    done = run("new", "--language", "en-GB", "rat.txt", "english", cwd=tmp_path)
    assert "found 2 sentences in 1 passage." in done.out
    assert "\nlanguage: en-GB  #" in (tmp_path / "english/guide.yaml").read_text(encoding="utf-8")


def test_a_wrong_language_is_refused_with_the_right_one(tmp_path):
    (tmp_path / "tea.txt").write_text("Drink tea.", encoding="utf-8")
    for written, meant in {
        "German": "de",
        "en_US": "en-US",
        "jp": "ja",
        "Thai-TH": "th-TH",
    }.items():
        done = run("new", "--language", written, "tea.txt", cwd=tmp_path)
        assert done.returncode == 2
        assert f"must be a tag such as en, de or pt-BR; did you mean '{meant}'?" in done.err
        with pytest.raises(ValueError, match=meant):
            new_guide.new(tmp_path / "tea.txt", tmp_path / "tea", written)
    assert entries(tmp_path) == ["tea.txt"]


def test_what_a_pdf_and_a_word_processor_leave_is_cleaned(tmp_path):
    """The file stays beside the text."""
    pasted = "Guideline\nPage 1 of 2\n1 Rest if it rains.\x0cGuideline\nPage 2 of 2\x0b2 Walk.\x0c"
    source = tmp_path / "pasted.txt"
    source.write_bytes(b"\xef\xbb\xbf" + pasted.encode())
    started = new_guide.new(source, tmp_path / "made")
    folder = tmp_path / "made"
    assert (folder / "original.txt").read_bytes() == source.read_bytes()
    text = (folder / "text.txt").read_text(encoding="utf-8")
    assert text == "1 Rest if it rains.\n2 Walk.\n"
    said = str(started)
    assert "Cleaned: 4 heads of pages: taken out (Guideline; Page 1 of 2; Page 2 of 2)." in said
    assert "Cleaned: 1 vertical tab: a line break now." in said
    assert str(folder / "original.txt") in said
    assert not [p for p in tree.check(folder).problems if "control" in p.message]
    # Of a text without them nothing is said, and nothing is kept twice.
    source.write_text("Rest if it rains.", encoding="utf-8")
    assert "Cleaned" not in str(new_guide.new(source, tmp_path / "plain"))
    assert not (tmp_path / "plain" / "original.txt").exists()


def test_a_screen_has_words_for_all_that_is_cleaned_of_what_is_pasted():
    assert set(CLEANED) == {"control character", *(cleaner.kind for cleaner in CLEANERS)}
