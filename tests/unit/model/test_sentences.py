"""Where sentences begin and end: examples one by one, and what holds for any text."""

import itertools
import re

import pytest
from counting import steps, times_as_long
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st
from language_texts import LANGUAGES, PASTED

from tree.model.sentences import LONG, sentences, undivided


def found(content, language="en"):
    return [content[start:end] for start, end in sentences(content, language)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", []),
        (" \n\n \t\n", []),
        ("Rest", ["Rest"]),
        ("Rest. Drink tea.", ["Rest.", "Drink tea."]),
        ("  Rest.  \n", ["Rest."]),
        ("Really?! Yes! No. Rest… Then go.", ["Really?!", "Yes!", "No.", "Rest…", "Then go."]),
        ("Rest... Then go.", ["Rest...", "Then go."]),
        ("He waits... and goes.", ["He waits... and goes."]),
        # Headings and lines.
        ("Advice\n\nRest.", ["Advice", "Rest."]),
        ("Advice\nRest.", ["Advice", "Rest."]),
        ("Ann Lee, MD\nAuthor of a book", ["Ann Lee, MD", "Author of a book"]),
        # Lines that go on in the next one.
        ("Drink a lot\nof tea. Rest\n  now.", ["Drink a lot\nof tea.", "Rest\n  now."]),
        ("Other options\n(if any) remain.", ["Other options\n(if any) remain."]),
        ('A so-called\n"soft" tumor.', ['A so-called\n"soft" tumor.']),
        ("Drink tea\n\nor water.", ["Drink tea", "or water."]),
        ("Drink tea\n \t\nor water.", ["Drink tea", "or water."]),
        # Items of a list.
        ("• Rest\n• drink tea", ["Rest", "drink tea"]),
        ("  - Rest and\n    drink.\n  - Walk", ["Rest and\n    drink.", "Walk"]),
        ("* Rest.\n\u2013 Walk. Run.", ["Rest.", "Walk.", "Run."]),
        ("\u25cf Rest\n\u25e6 tea\n\u25aa walk\n\u00b7 run", ["Rest", "tea", "walk", "run"]),
        ("Rest\n- drink tea", ["Rest", "drink tea"]),
        ("•\n• Rest", ["Rest"]),
        ("•\tRest", ["Rest"]),
        ("• - Rest", ["Rest"]),
        ("• 1. Rest", ["Rest"]),
        ("-5 degrees", ["-5 degrees"]),
        ("*Rest* now", ["*Rest* now"]),
        # Numbered items.
        ("1. Rest.\n2. Drink tea.\n10) Walk", ["Rest.", "Drink tea.", "Walk"]),
        ("1. Rest. 2. Drink tea.", ["Rest.", "2. Drink tea."]),
        ("1.2. Other options", ["1.2. Other options"]),
        ("1.2 Other options", ["1.2 Other options"]),
        ("(1) Rest\n(2) drink\n  (3) walk", ["Rest", "drink", "walk"]),
        ("a) rest\nb) drink tea", ["rest", "drink tea"]),
        ("(i) rest\n(ii) drink tea", ["rest", "drink tea"]),
        ("Rest,\n(a lot) drink", ["Rest,\n(a lot) drink"]),
        # Abbreviations.
        ("Dr. Lee and Mrs. Fern agree.", ["Dr. Lee and Mrs. Fern agree."]),
        ("Ask Prof. Lee. She knows.", ["Ask Prof. Lee.", "She knows."]),
        ("Take drugs, e.g. Aspirin.", ["Take drugs, e.g. Aspirin."]),
        ("Take one, i.e. Aspirin. Rest.", ["Take one, i.e. Aspirin.", "Rest."]),
        ("Drugs (e.g. Aspirin) help.", ["Drugs (e.g. Aspirin) help."]),
        ("See Fig. 3 and No. 4. Then rest.", ["See Fig. 3 and No. 4.", "Then rest."]),
        ("It takes approx. 5 days.", ["It takes approx. 5 days."]),
        ("Is it safe? No. Rest.", ["Is it safe?", "No.", "Rest."]),
        ("Show the fig. Then stop.", ["Show the fig.", "Then stop."]),
        ("Tea, coffee, etc. Then rest.", ["Tea, coffee, etc.", "Then rest."]),
        ("As Lee et al. Found out.", ["As Lee et al. Found out."]),
        ("Surgery vs. Rest.", ["Surgery vs. Rest."]),
        ("It is final. Rest.", ["It is final.", "Rest."]),
        ("Take 5 mg. Then rest at 8 p.m. Drink.", ["Take 5 mg.", "Then rest at 8 p.m.", "Drink."]),
        # Initials.
        ("Robert A. Wascher, MD", ["Robert A. Wascher, MD"]),
        ("So says J. R. Lee. Listen.", ["So says J. R. Lee.", "Listen."]),
        # Quotes and brackets after the stop, and before the next sentence.
        ('He said "rest." Then he left.', ['He said "rest."', "Then he left."]),
        ("He said “rest.” Then he left.", ["He said “rest.”", "Then he left."]),
        ("Rest. (It helps.) Drink.", ["Rest.", "(It helps.)", "Drink."]),
        ('Rest. "Drink," he said.', ["Rest.", '"Drink," he said.']),
        ("Rest. “Drink,” he said.", ["Rest.", "“Drink,” he said."]),
        ('("Rest.") [Drink.] Go', ['("Rest.")', "[Drink.]", "Go"]),
        # Numbers.
        ("Tumors of 2.5 cm. They grow.", ["Tumors of 2.5 cm.", "They grow."]),
        ("A 2.5 cm tumor vs. 3.0 cm.", ["A 2.5 cm tumor vs. 3.0 cm."]),
        ("Rest for days. 5 are enough.", ["Rest for days.", "5 are enough."]),
        ("Wait for day 2. Drink.", ["Wait for day 2.", "Drink."]),
        # Beyond ASCII.
        ("Ruhe hilft. Über Tee: gut. Ähnlich.", ["Ruhe hilft.", "Über Tee: gut.", "Ähnlich."]),
        ("Pihenj. Őrizd. Élj.", ["Pihenj.", "Őrizd.", "Élj."]),
        ("Отдых. Чай помогает.", ["Отдых.", "Чай помогает."]),
        ("Ξεκούραση. Όχι τσάι.", ["Ξεκούραση.", "Όχι τσάι."]),
        ("Repos. «Du thé», dit-il. »Tee.« „Ruhe.“ Gut.", None),
        ("Rest. 肝 is liver.", ["Rest.", "肝 is liver."]),
        ("Un été.\nétude", ["Un été.\nétude"]),
        ("Rest.\u00a0Drink.", ["Rest.", "Drink."]),
        # Line ends of other systems.
        ("Advice\r\n\r\nRest a\r\nlot. Go.\r\n", ["Advice", "Rest a\r\nlot.", "Go."]),
        ("• Rest\r\n• Go\r\n", ["Rest", "Go"]),
    ],
)
def test_examples(content, expected):
    if expected is None:
        expected = ["Repos.", "«Du thé», dit-il.", "»Tee.«", "„Ruhe.“", "Gut."]
    assert found(content) == expected


@pytest.mark.parametrize(("language", "gap", "expected"), LANGUAGES)
def test_texts_of_many_languages(language, gap, expected):
    assert found(gap.join(expected), language) == expected
    assert found("\n".join(expected), language) == expected


@pytest.mark.parametrize(("language", "content", "count"), PASTED)
def test_texts_as_they_were_written(language, content, count):
    assert len(found(content, language)) == count


@pytest.mark.parametrize(
    ("language", "content", "expected"),
    [
        # Abbreviations are those of the language of the text.
        ("de", "Tee, z. B. Kamille, d. h. Blüten.", ["Tee, z. B. Kamille, d. h. Blüten."]),
        ("de", "Tee, z.B. Kamille. Ruhe.", ["Tee, z.B. Kamille.", "Ruhe."]),
        ("de-CH", "Gem. Art. 3 bzw. Abs. 4. Ruhe.", ["Gem.", "Art. 3 bzw. Abs. 4.", "Ruhe."]),
        (
            "de",
            "Am 3. Mai ist Ruhe. Es gilt für 5. Nun Tee.",
            ["Am 3. Mai ist Ruhe.", "Es gilt für 5.", "Nun Tee."],
        ),
        ("en", "He turned 5. Mai was there.", ["He turned 5.", "Mai was there."]),
        ("es", "Agua, p. ej. Tónica.", ["Agua, p. ej. Tónica."]),
        ("en", "See p. Ej. Or not.", ["See p. Ej.", "Or not."]),
        ("en", "All with MS. They rest.", ["All with MS.", "They rest."]),
        ("en", "Vitamin C? Ask the Dr! Now.", ["Vitamin C?", "Ask the Dr!", "Now."]),
        # Not all people write capitals.
        (
            "en",
            "rest. drink tea, etc. or juice. walk",
            ["rest.", "drink tea, etc. or juice.", "walk"],
        ),
        ("en", "Rest a lot. drink tea.", ["Rest a lot. drink tea."]),
        ("ka", "დალიეთ.\nნუ დაელოდებით.", ["დალიეთ.", "ნუ დაელოდებით."]),
        # Marks that need no blank after them, with quotation marks before and after.
        ("zh", "他说：“不要等。”然后走。“好！”", ["他说：“不要等。”", "然后走。", "“好！”"]),
        ("ja", "「待て。」と言う。行く。", ["「待て。」と言う。", "行く。"]),
        ("ja", "３．５度。次。", ["３．５度。", "次。"]),
        ("zh", "发烧吗?看医生!休息.", ["发烧吗?", "看医生!", "休息."]),
        # Greek asks with a semicolon; nobody but Greek does.
        ("el", "Πονάει; Περίμενε.", ["Πονάει;", "Περίμενε."]),
        ("en", "Rest; Drink.", ["Rest; Drink."]),
    ],
)
def test_what_the_language_decides(language, content, expected):
    assert found(content, language) == expected


def test_what_no_mark_divides():
    thai = "ดื่มน้ำมากๆ มีไข้หรือไม่ ถ้าไข้สูงเกิน 38.5 องศา ให้พบ ดร. สมชาย อย่ารอ"
    assert found(f"{thai}\n{thai}", "th") == [thai, thai]
    # What the letters are counts, not what the tag says.
    assert found(thai) == [thai]
    assert undivided(thai)
    assert undivided("ດື່ມນ້ຳ ຢ່າລໍຖ້າ")
    assert not undivided(f"The Thai word {thai[:3]} means to drink.")
    words = "drink tea " * (LONG // 8)
    assert undivided(words)
    assert not undivided(words.strip() + ".")
    assert not undivided(words[: LONG // 2])


PIECES = [
    *(
        "。",
        "！”",
        "？",
        "।",
        "؟",
        "。」",
        "と",
        "ก",
        "ไ",
        "z.",
        "B.",
        "d. h.",
        "é",
        "ა",
        "． ",
        "“",
    ),
    *("Rest", "tea", "Dr.", "e.g.", "A.", "No.", "2.5", "3", "Étude", "肝", "x"),
    *(".", "?", "!", "…", '"', "”", ")", "(", "[", "“", ",", ":"),
    *(" ", " ", " ", "  ", "\n", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\n \n"),
    *("• ", "- ", "* ", "\u2013 ", "1. ", "2) ", "(a) ", "x) ", "•", "-"),
]
prose = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)
MARKS = re.compile(r"(?:\s|[•◦‣▪●·*\u2013-]|\d{1,3}\.|\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})\))*")


@examples(400)
@given(prose)
@example("• \r\n\r\n1. a")
def test_sentences_of_any_text(content):
    spans = sentences(content)
    edges = [0, *itertools.chain.from_iterable(spans), len(content)]
    # In order, and none overlaps another; none is empty or has white space around it.
    assert edges == sorted(edges)
    for start, end in spans:
        assert start < end
        assert content[start:end] == content[start:end].strip()
        # No sentence goes over a blank line.
        assert not re.search(r"\n[^\S\n]*\n", content[start:end])
    # What is between them is white space and the marks of items, at the beginning of a line.
    for before, after in zip(edges[::2], edges[1::2], strict=True):
        for line in re.finditer(r"[^\n]+", content[before:after]):
            assert MARKS.fullmatch(line.group())
            if line.group().strip():
                begin = before + line.start()
                assert begin == 0 or content[begin - 1] == "\n"


@given(prose)
def test_a_sentence_alone_is_a_sentence(content):
    for sentence in found(content):
        # Its first word may look like the mark of an item once it stands alone.
        if not MARKS.match(sentence).group():
            assert found(sentence) == [sentence]


@given(prose)
def test_line_ends_make_no_difference(content):
    content = content.replace("\r", "")
    other = found(content.replace("\n", "\r\n"))
    assert [sentence.replace("\r", "") for sentence in other] == found(content)


@given(prose, prose)
def test_a_blank_line_keeps_texts_apart(first, second):
    assert found(f"{first}\n\n{second}") == found(first) + found(second)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        *("Drink a lot of tea. ", "Drink a lot of tea.\n", "tea ", "tea\n", "Tea\n\n", "tea"),
        *(
            "Dr. ",
            "(a) ",
            "A. ",
            "e.g. Tea ",
            ".",
            ". ",
            '."',
            " ",
            "\n",
            "• ",
            "•\n",
            "1. ",
            "1.",
            "?)",
        ),
        *("。", "多喝水。", "。」", "ก", "z. B. ", "tea. ", "é. ", "5. ", "« ", " »", "etc. tea "),
        *('. "', ". (", "\r\n", " \n", "- - ", "5) ", "....Tea ", "É. ", '"', "("),
    ],
)
def test_a_long_text_takes_no_longer_than_its_length_asks(unit):
    def read(size):
        content = (unit * size)[:size]
        return lambda: sentences(content)

    # Eight times the text; what looks back at everything read so far takes sixty-four times as
    # long.
    assert steps(read(80_000)) < 12 * steps(read(10_000)) + 1_000
    assert times_as_long(read(5_000), read(40_000), enough=24) < 24
