"""Documents of programs → text: what is to be seen stays, what is cleaned is listed."""

import hashlib
import io
import re
import subprocess
import sys
import textwrap
import zipfile
from html.parser import HTMLParser

import pytest
from command_line import ENVIRONMENT, refused, run
from counting import times_as_long
from documents import items, new_page, pdf, prose, scan, table, two_columns, word
from examples import examples
from hypothesis import assume, example, given
from hypothesis import strategies as st

import tree
from tree.authoring import new_guide
from tree.authoring.texts.changes import applied
from tree.authoring.texts.cleaning import CLEANERS, cleaned
from tree.authoring.texts.document import document, text_of

LONG = "The treatment of choice is a long and winding sentence that is broken over several lines. "


def taken(data, name="t", encoding=""):
    """The text of a document, and what was cleaned."""
    made = text_of(data, name, encoding)
    return made.content, [str(each) for each in made.cleaned]


def said(data, name="t", encoding=""):
    with pytest.raises(tree.TreeError) as raised:
        text_of(data, name, encoding)
    (problem,) = raised.value.problems
    return problem.message


# --- PDF ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_of_a_pdf_headings_items_and_rows_are_still_to_be_seen():
    data = pdf(
        prose("Tea guide", "Title"),
        prose("Who gets what", "Heading2"),
        prose(f"If it rains, drink tea.<super>1</super> At 10<super>9</super>/L rest. {LONG * 3}"),
        items("Children: cocoa", "Adults: tea"),
        table(["Age", "Dose"], ["under 6 years", "one cup"], ["6 years or older", "two cups"]),
        new_page(),
        prose("On the second page it goes on."),
        new_page(),
        prose("Here it ends."),
        head="Guideline on tea",
        foot="Page {page} of 3",
    )
    content, notes = taken(data)
    lines = [line for line in content.splitlines() if line]
    assert lines == [
        "# Tea guide",
        "## Who gets what",
        f"If it rains, drink tea. At 10⁹/L rest. {LONG * 3}".strip(),
        "- Children: cocoa",
        "- Adults: tea",
        "Age | Dose",
        "under 6 years | one cup",
        "6 years or older | two cups",
        "On the second page it goes on.",
        "Here it ends.",
    ]
    assert notes == [
        "3 heads of pages: taken out (Guideline on tea)",
        "3 feet of pages: taken out (Page 1 of 3; Page 2 of 3; Page 3 of 3)",
        "2 page breaks: a line break or a blank now",
        "1 note mark: taken out (tea.¹)",
    ]


@pytest.mark.slow
def test_two_columns_are_read_one_after_the_other():
    sentences = [
        f"Sentence {number} stands in its place among the others. " for number in range(90)
    ]
    content, _ = taken(two_columns(prose("".join(sentences))))
    assert " ".join(content.split()) == "".join(sentences).strip()


@pytest.mark.slow
def test_words_that_a_pdf_divides_are_joined():
    lines = ["Surgery is the treat-", "ment of choice, which a long-", "term study shows."]
    content, notes = taken(pdf(*map(prose, lines[:1]), prose("<br/>".join(lines))))
    assert "treatment of choice" in content
    assert any("treat- ment" in note for note in notes)


@pytest.mark.slow
@pytest.mark.parametrize("strength", [40, 128])
def test_a_pdf_that_opens_with_a_password_is_refused_with_a_way_out(strength):
    locked = pdf(prose("Drink tea."), password=("secret", "owner", 1, 1, 1, 1, strength))
    assert "is locked with a password: open it, print it into a new PDF" in said(locked)
    # One that is only locked against changes can be read.
    readable = pdf(prose("Drink tea."), password=("", "owner", 0, 0, 0, 0, strength))
    assert taken(readable)[0].strip() == "Drink tea."


def test_a_scanned_pdf_says_what_to_do():
    assert "pictures of its pages and no letters" in said(scan())
    assert "ocrmypdf" in said(scan())


@pytest.mark.parametrize("cut", [9, 60, 700])
def test_a_broken_pdf_is_no_traceback(cut):
    data = pdf(prose("Drink tea."))
    assert re.search("is a broken PDF|without a letter", said(data[:cut] + b"\x00" * 40))


# --- Word ---------------------------------------------------------------------------------


def build(document):
    document.sections[0].header.paragraphs[0].text = "Guideline on tea"
    document.add_heading("Tea guide", 0)
    document.add_heading("Who gets what", 1)
    document.add_paragraph("If it rains, drink tea.").add_run("2").font.superscript = True
    document.add_paragraph("Children: cocoa", style="List Bullet")
    document.add_paragraph("Boil water.", style="List Number")
    document.add_paragraph("Wait.", style="List Number")
    rows = document.add_table(2, 2).rows
    for row, words in zip(rows, [("Age", "Dose"), ("under 6", "one cup")], strict=True):
        for cell, each in zip(row.cells, words, strict=True):
            cell.text = each


def test_of_a_word_file_headings_items_and_rows_are_still_to_be_seen():
    content, notes = taken(word(build), "tea.docx")
    assert [line for line in content.splitlines() if line] == [
        "# Tea guide",
        "## Who gets what",
        "If it rains, drink tea.",
        "- Children: cocoa",
        "1. Boil water.",
        "2. Wait.",
        "Age | Dose",
        "under 6 | one cup",
    ]
    assert notes == [
        "1 head of a page: left out (Guideline on tea)",
        "1 note mark: taken out (tea.²)",
    ]


def test_word_files_that_cannot_be_read_say_what_to_do():
    data = word(build)
    assert "is a packed file that is broken" in said(data[:2000])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/document.xml", "<broken")
    assert said(made.getvalue()) == "is a broken Word file: open it there and save it again"
    assert "older Word" in said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc")
    assert "rich text" in said(b"{\\rtf1 Tea}", "a.rtf")
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("content.xml", "<office/>")
    assert "LibreOffice" in said(made.getvalue(), "a.odt")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("Index/Document.iwa", "")
    assert "export it as Word" in said(made.getvalue(), "a.pages")
    assert "is called .docx, but is no Word file" in said(b"Drink tea.", "a.docx")


# --- HTML ---------------------------------------------------------------------------------


def test_of_html_the_text_stays_and_what_nobody_reads_is_listed():
    content, notes = taken(
        b"<!doctype html><title>x</title><style>p {}</style><nav>Home</nav><h1>Tea</h1>"
        b"<p>If it rains,\n drink   tea.<sup><a href='#n1'>[1]</a></sup> 5 kg/m<sup>2</sup></p>"
        b"<ul><li>hot<ul><li>green</ul><li>cold</ul><ol start=3><li>Wait</ol>"
        b"<table><tr><th>Age<th>Dose<tr><td>under<br>6<td>one</table>"
        b"<div style='display: none'>secret</div><script>evil()</script>&lt;b&gt; one<br>two"
        b"<p id=n1>A note.<a href='#r'>\xe2\x86\xa9</a>",
        "tea.html",
    )
    assert content.splitlines() == [
        *("# Tea", "", "If it rains, drink tea. 5 kg/m²", ""),
        *("- hot", "  - green", "- cold", "", "3. Wait", ""),
        *("Age | Dose", "under 6 | one", "", "<b> one", "two", "", "A note."),
    ]
    assert notes == [
        "1 name of the window: left out (x)",
        "1 style sheet: left out",
        "1 menu: left out (Home)",
        "1 hidden part: left out (secret)",
        "1 program: left out",
        "1 note mark: taken out (tea.¹)",
    ]


WORDS = st.sampled_from(["tea", "rain", "5", "a|b", "&amp;", "&lt;p&gt;", "é", "# x", "- y", "\n"])


TAGS = st.sampled_from(
    ["div", "p", "ul", "li", "h2", "b", "span", "sup", "pre", "blockquote", "i", "br", "dl", "dd"]
)


@st.composite
def pages(draw, depth=3):
    """HTML, with tags that may be left open as people leave them."""
    if not depth or draw(st.booleans()):
        return draw(WORDS)
    parts = draw(st.lists(pages(depth - 1), max_size=4))
    if draw(st.booleans()):
        cells = "".join(f"<td>{part}" for part in parts)
        return f"<table><tr>{cells}<tr><td>{draw(WORDS)}</table>"
    tag = draw(TAGS)
    inside = "".join(parts)
    return f"<{tag}>{inside}" if tag in ("p", "li", "dd", "br") else f"<{tag}>{inside}</{tag}>"


@examples(200)
@given(st.lists(pages(), max_size=6).map(" ".join))
def test_of_any_html_the_words_stay_in_their_order(page):
    seen = []
    parser = HTMLParser()
    parser.handle_data = seen.append
    parser.feed(page)
    parser.close()
    # A text without words is refused.
    content = text_of(f"<p>{page} .".encode(), "t.html").content
    assert [c for c in content if c.isalpha()] == [c for c in "".join(seen) if c.isalpha()]


# --- plain text ---------------------------------------------------------------------------


def test_how_a_text_is_stored_is_found_or_asked_for():
    assert taken("naïve".encode("utf-16")) == ("naïve", ["1 file in UTF-16: written in UTF-8"])
    assert said("naïve tea".encode("cp1252")) == (
        "not UTF-8: byte 0xef; save it as UTF-8, or say --encoding cp1252 if it makes 'naïve'"
    )
    assert taken("naïve".encode("cp1252"), encoding="cp1252")[0] == "naïve"
    assert said("Drink tea.".encode("utf-16-le")) == (
        "looks like UTF-16: save it as UTF-8, or say --encoding utf-16-le"
    )
    assert "unknown encoding 'klingon'" in said(b"Tea", encoding="klingon")
    assert "is not in ascii" in said("né".encode(), encoding="ascii")


def test_html_that_is_called_text_is_refused():
    wanted = "is HTML, not plain text: give its name the ending .html, and its tags are left out"
    assert said(b"<!DOCTYPE html>\n<p>Tea", "t.txt") == wanted
    assert said(b" <!-- x --> <HTML><p>Tea", "t.txt") == wanted
    assert taken(b"a <b> is less than b", "t.txt") == ("a <b> is less than b", [])


PIECES = [
    *("tea", "treat", "ment", "long", "-", "-\n", "\u2010\n", "\u00ad", "\u00ad\n", "\ufb01", "\n"),
    *(
        "¹",
        "²,³",
        "10⁹",
        "kg/m²",
        ".",
        ". ",
        " ",
        "\f",
        "\v",
        "Page 1",
        "Page 2",
        "7",
        "Tea guide\n",
    ),
    *("Anti-\nTNF", "\ufb03", "ß", "\r\n", "|", "肝¹"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60)


@examples(600)
@given(texts)
@example("a\nPage 1\fb\nPage 2\fc\nPage 3")
def test_each_cleaner_changes_what_it_names_and_nothing_beyond(content):
    allowed = {
        "vertical tab": r"\v",
        "page break": r"\s*\f\s*",
        "soft hyphen": r"\u00ad[^\S\n]*\n?[^\S\n]*",
        "ligature": "[\ufb00-\ufb06]",
        "hyphen at the end of a line": r"[-\u2010][^\S\n]*\n[^\S\n]*",
        "line break inside of a paragraph": r"[^\S\n]*\n[^\S\n]*",
        "note mark": "[\\d⁰¹²³⁴-⁹ᵃ-ᵇᵈᵉᶜ,˒⁻\u2013\\s-]+",
        "head of a page": r"[^\f]+",
        "foot of a page": r"[^\f]+",
    }
    for cleaner in CLEANERS:
        changes = cleaner.find(content)
        before = 0
        for change in changes:
            assert before <= change.start < change.end <= len(content)
            before = change.end
            assert re.fullmatch(allowed[cleaner.kind], content[change.start : change.end])
            assert change.becomes == "" or not re.search(
                "[\v\f\u00ad\ufb00-\ufb06]", change.becomes
            )
        content = applied(content, changes)


@examples(600)
@given(texts.map(lambda content: re.sub(r"[\f¹²³⁹]", "", content)))
def test_without_pages_and_notes_every_letter_stays(content):
    """Only these two take letters out of a text; a ligature becomes those that it stands for."""
    after, notes = cleaned(content)
    assume(all(note.kind != "note mark" for note in notes))
    spelt = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    raised = set("⁰⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉ")
    letters = [spelt.get(c, c) for c in content if c.isalnum() and c not in raised]
    assert [c for c in after if c.isalnum() and c not in raised] == list("".join(letters))


words_of_letters = st.text("abcdeäß", min_size=1, max_size=12)
a_sentence = st.lists(words_of_letters, min_size=6, max_size=20).map(
    lambda words: " ".join(words).capitalize() + "."
)
paragraphs = st.lists(st.lists(a_sentence, min_size=2, max_size=5).map(" ".join), min_size=1)


@examples(200)
@given(paragraphs, st.integers(50, 100))
def test_a_text_set_in_a_column_is_what_it_was_before(whole, width):
    """Python's own way of wrapping lines, and back. One line that goes on in small letters shows
    that a paragraph was wrapped."""
    wrapped = [textwrap.wrap(paragraph, width) for paragraph in whole]
    assume(all(any(line[0].islower() for line in lines) for lines in wrapped))
    after, notes = cleaned("\n\n".join(map("\n".join, wrapped)))
    assert after == "\n\n".join(whole)
    assert [len(note.pieces) for note in notes] == [sum(len(lines) - 1 for lines in wrapped)]


ADVICE = "Tee ist gut. Haben Erwachsene Fieber und Halsschmerzen, kann der Arzt ein"
NOUNS = "Haben Kinder Fieber und Halsschmerzen, so bekommen sie Antibiotika, von den"
LIST = """\
Offer antibiotics to adults who have a fever of more than
three days or a rash
Offer rest to adults who have no fever, but a sore throat
Offer tea to everyone"""


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        # A noun is no sentence of its own.
        (f"{ADVICE}\nAntibiotikum geben.", f"{ADVICE} Antibiotikum geben."),
        (f"Halsentzündung\n{ADVICE}\nAntibiotikum.", f"Halsentzündung\n{ADVICE} Antibiotikum."),
        # A divided word shows that lines were set in a column.
        (f"{NOUNS}\nErwachsenen an-\ndere nicht.", f"{NOUNS} Erwachsenen andere nicht."),
        # Of a list, only what goes on in small letters.
        (LIST, LIST.replace("\nthree", " three")),
        (f"- {ADVICE}\n  Antibiotikum.\n- Tee", f"- {ADVICE} Antibiotikum.\n- Tee"),
        # Rows, headings, announcements, short lines and lines for each sentence stay.
        (f"| {ADVICE} | a\n| b | c |", f"| {ADVICE} | a\n| b | c |"),
        (f"# {ADVICE}\nals Erstes", f"# {ADVICE}\nals Erstes"),
        (f"{ADVICE}:\nein Mittel", f"{ADVICE}:\nein Mittel"),
        ("flour and water\nsalt\nsome yeast", "flour and water\nsalt\nsome yeast"),
        (f"{LIST.split(chr(10))[2]}.\nOffer tea.", f"{LIST.split(chr(10))[2]}.\nOffer tea."),
        # Whoever has lines so long has no column.
        (f"{ADVICE * 2}\nals Erstes", f"{ADVICE * 2}\nals Erstes"),
        # What a hyphen divides is joined without a blank.
        (f"{ADVICE} An-\ntibiotikum geben.", f"{ADVICE} Antibiotikum geben."),
    ],
)
def test_lines_of_a_column_and_lines_of_their_own(content, wanted):
    assert cleaned(content)[0] == wanted
    assert cleaned(wanted)[0] == wanted


lines = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=4)


@examples(200)
@given(st.lists(lines, min_size=2, max_size=5), st.booleans())
def test_a_head_and_a_foot_go_and_the_lines_between_stay(pages, named):
    """Lines that differ from page to page stay, whatever they are."""
    kept = [[f"{word}{'uvwxyz'[n]}" for word in page] for n, page in enumerate(pages)]
    foot = "Page {} of 9" if named else "- {} -"
    whole = [["Tea guide", *page, foot.format(n)] for n, page in enumerate(kept, 3)]
    after, notes = cleaned("\f".join(map("\n".join, whole)))
    assert after.split() == [word for page in kept for word in page]
    assert [note.kind for note in notes] == ["head of a page", "foot of a page", "page break"]


def test_lines_that_count_on_are_no_head_unless_they_number_pages():
    assert cleaned("Step 1\nBoil.\fStep 2\nWait.")[0] == "Step 1\nBoil.\nStep 2\nWait."
    assert cleaned("Seite 1 von 2\nKochen.\fSeite 2 von 2\nWarten.")[0] == "Kochen.\nWarten."
    # Numbers that are the same, or in no order, are no numbers of pages.
    assert cleaned("Rest.\n7\fDrink.\n7")[0] == "Rest.\n7\nDrink.\n7"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("long-\nterm and long-term", "long-term and long-term"),
        ("treat-\nment", "treatment"),
        ("anti-\nTNF", "anti-TNF"),
        ("5 kg/m² and 10⁹ and cm³ stay", "5 kg/m² and 10⁹ and cm³ stay"),
        ("Rest.¹ Then,²,³ walk⁴", "Rest. Then, walk"),
        ("At home.1 If it rains,\nso it was said.2,3", "At home. If it rains,\nso it was said."),
        ('He says "stay."4 Then he goes.', 'He says "stay." Then he goes.'),
        ("Wir holen das Fahrrad.1 Wenn es regnet", "Wir holen das Fahrrad. Wenn es regnet"),
        # A number of what follows, one after a word that is cut short, and one of a version stay.
        ("rest.5 days", "rest.5 days"),
        ("mind.5 Tage, approx.2 Litres", "mind.5 Tage, approx.2 Litres"),
        ("Version 1.2 In Vitamin B.12 Sept.12 It", "Version 1.2 In Vitamin B.12 Sept.12 It"),
        ("It goes\fon here.\fThe end", "It goes on here.\nThe end"),
        ("divi-\f ded", "divided"),
    ],
)
def test_cleaning(content, wanted):
    assert cleaned(content)[0] == wanted


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["x", "a-\n", "a\f", " ", "a\u00ad", "a¹ ", "\n\f\n"])
def test_twice_the_text_takes_twice_the_time(piece):
    def work(count):
        content = piece * count + "Tea."
        return lambda: cleaned(content)

    # Eight times the text; what reads all of it for each piece takes sixty-four times as long.
    assert times_as_long(work(2_000), work(16_000), enough=24) < 24


# --- the folder ---------------------------------------------------------------------------


@pytest.mark.slow
def test_the_document_is_kept_with_its_digest_and_all_that_was_cleaned(tmp_path):
    data = word(build)
    (tmp_path / "Tea guide.docx").write_bytes(data)
    done = run("new", "Tea guide.docx", cwd=tmp_path)
    assert (done.returncode, done.err) == (0, "")
    folder = tmp_path / "tea_guide"
    assert (folder / "original.docx").read_bytes() == data
    kept = (folder / "cleaned.txt").read_text(encoding="utf-8")
    for name in ("original.docx", "text.txt"):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert f"SHA-256 of {name}: {digest}" in kept
    assert "1 note mark: taken out\n    tea.²\n" in kept
    assert "Cleaned: 1 note mark: taken out (tea.²)." in done.out
    assert "title: Tea guide\n" in (folder / "guide.yaml").read_text(encoding="utf-8")


def test_a_document_that_cannot_be_read_leaves_nothing_behind(tmp_path):
    (tmp_path / "tea.pdf").write_bytes(scan())
    assert "tea.pdf: holds pictures of its pages" in refused("new", "tea.pdf", cwd=tmp_path)
    (tmp_path / "tea.txt").write_bytes("naïve".encode("cp1252"))
    assert "say --encoding cp1252" in refused("new", "tea.txt", cwd=tmp_path)
    assert run("new", "--encoding", "cp1252", "tea.txt", "t", cwd=tmp_path).returncode == 0
    assert (tmp_path / "t" / "text.txt").read_text(encoding="utf-8") == "naïve"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t", "tea.pdf", "tea.txt"]


@pytest.mark.slow
def test_what_is_pasted_makes_a_guide_named_after_its_title(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tree", "new", "-"],
        cwd=tmp_path,
        env={**ENVIRONMENT},
        input="Tea or a walk?\n\nIf it rains, drink tea.\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("tea_or_a_walk: a new guide; found 2 sentences")
    assert (tmp_path / "tea_or_a_walk" / "text.txt").read_text().endswith("drink tea.\n")


def test_a_text_in_which_nothing_is_cleaned_stays_to_the_byte(tmp_path):
    path = tmp_path / "tea.txt"
    path.write_bytes(b"\xef\xbb\xbfTea?\r\n\r\nDrink tea.\r\n")
    made = document(path)
    assert (made.data, made.changed) == (path.read_bytes(), False)


def test_signs_that_nobody_sees_are_taken_out_of_what_is_pasted(tmp_path):
    started = new_guide.pasted("If it rains\x00, drink\x02 tea.\ud800 Good luck!", tmp_path / "tea")
    assert (tmp_path / "tea/text.txt").read_text("utf-8") == "If it rains, drink tea. Good luck!"
    assert [str(each) for each in started.cleaned] == ["3 control characters: taken out"]
    assert "\x02" in (tmp_path / "tea/original.txt").read_text("utf-8")


def test_far_too_much_that_is_pasted_is_refused_before_it_is_read(tmp_path):
    with pytest.raises(tree.TreeError) as raised:
        new_guide.pasted("If it rains, drink tea. " * 200_000, tmp_path / "tea")
    message = "4,800,000 letters; at most 4,000,000 are read: paste a part of it"
    assert [problem.message for problem in raised.value.problems] == [message]
    assert not (tmp_path / "tea").exists()
