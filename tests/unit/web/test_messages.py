"""The catalog of messages: how it is made, and that Python and pages read it alike."""

from __future__ import annotations

import io
import json
import re
import subprocess
from pathlib import Path

import pseudo_language
import pytest
import write_messages
from babel import Locale
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

import tree
from tree.messages import (
    FOLDER,
    both,
    direction,
    either,
    in_language,
    in_quotes,
    language,
    number,
    plural,
    say,
    valued,
)
from tree.web.bundle import STATIC
from tree.web.catalog import catalog_for, messages_in

MODULES = sorted(STATIC.rglob("*.js"))
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.po"))


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    pseudo_language.write(tmp_path)
    monkeypatch.setenv("TREE_MESSAGES", str(tmp_path))
    return pseudo_language.TAG


def test_the_list_of_messages_is_fresh() -> None:
    fresh = write_messages.written(write_messages.template())
    assert (FOLDER / "messages.pot").read_text(encoding="utf-8") == fresh, "run: make messages"


def test_languages_have_every_message() -> None:
    shipped = {path.stem for path in FOLDER.glob("*.po")}
    assert shipped == {"ar", "de", "es", "fr", "pt", "zh"}
    assert shipped == {path.stem for path in FOLDER.glob("*.mo")}
    for path in FOLDER.glob("*.po"):
        catalog = write_messages.translated(path)
        written = write_messages.written(catalog)
        assert path.read_text(encoding="utf-8") == written, "run: make messages"
        assert path.with_suffix(".mo").read_bytes() == write_messages.compiled(catalog)
        assert write_messages.wrong_parts(catalog) == []
        assert write_messages.wrong_plurals(catalog) == []
        missing = [m.id for m in catalog if m.id and not all(write_messages.forms(m.string))]
        assert missing == [], path.name
        assert [*catalog.obsolete] == [], path.name


def test_french_keeps_its_signs_with_their_words() -> None:
    """After a plain space, a line might begin with one; and there is one kind of apostrophe."""
    for message in write_messages.translated(FOLDER / "fr.po"):
        if message.id:
            for form in write_messages.forms(message.string):
                assert re.findall("« | [:;?!»]|\u2019", form) == [], form


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_babel_reads_the_same_in_the_front_end(module: Path) -> None:
    """Babel takes JavaScript apart; we look for the two ways in which our modules say something."""
    with module.open("rb") as file:
        found = extract("javascript", file, keywords=write_messages.KEYWORDS)
        theirs = {message for _, message, _, _ in found}
    named = {("$" in str(m) and next(messages_in(f"say`{m}`"))[1]) or m for m in theirs}
    assert {message for _, message in messages_in(module.read_text(encoding="utf-8"))} == named


def test_a_part_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="must be a name"):
        list(messages_in("say`Options: ${names.join()}`"))


def test_a_translation_has_the_parts_of_its_message() -> None:
    """None of its own, and none left out; in a plural the one may be a word."""
    catalog = Catalog(locale="de")
    catalog.add("Next question: {question}", "Nächste Frage: {frage}")
    catalog.add("{left} of {count}", "noch {left}")
    catalog.add("Not for this {subject}", "Nicht in diesem Fall")
    catalog.add(("{count} tree", "{count} trees"), ("ein Baum", "{count} Bäume"))
    catalog.add(("{count} cup", "{count} cups"), ("{count} Tasse", "mehrere Tassen"))
    assert write_messages.wrong_parts(catalog) == [
        "Next question: {question}: Nächste Frage: {frage}",
        "{left} of {count}: noch {left}",
        "('{count} cup', '{count} cups'): mehrere Tassen",
    ]


def test_plurals_are_those_of_the_language() -> None:
    """French says of nothing what it says of one, and Arabic has six forms."""
    wrong = {}
    for tag, rule, count in [("fr", "(n > 1)", 2), ("fr", "(n != 1)", 2), ("ar", "(n != 1)", 2)]:
        catalog = Catalog(locale=tag)
        catalog.mime_headers = [("Plural-Forms", f"nplurals={count}; plural={rule};")]
        catalog.add(("{count} tree", "{count} trees"), ("a {count}",))
        wrong[tag, rule] = write_messages.wrong_plurals(catalog)
    forms = "('{count} tree', '{count} trees'): 1 forms, not 2"
    assert wrong == {
        ("fr", "(n > 1)"): [forms],
        ("fr", "(n != 1)"): ["the plurals are not those of French", forms],
        ("ar", "(n != 1)"): ["the plurals are not those of Arabic", forms],
    }


@pytest.mark.slow
def test_an_empty_file_becomes_one_to_fill_in(tmp_path: Path) -> None:
    path = tmp_path / "pt-BR.po"
    path.touch()
    path.write_text(write_messages.written(write_messages.translated(path)), encoding="utf-8")
    with path.open("rb") as file:
        assert {m.id for m in read_po(file)} == {m.id for m in write_messages.template()}
    # What is not translated is in English.
    (tmp_path / "xx.mo").write_bytes(write_messages.compiled(write_messages.translated(path)))


def test_a_language_falls_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREE_MESSAGES", str(tmp_path))
    for tag, words in {"nl": ("Ja", "Nee"), "nl-BE": ("Jaa", "")}.items():
        catalog = Catalog(locale="nl")
        for message, translation in zip(("Yes", "No"), words, strict=True):
            catalog.add(message, translation)
        (tmp_path / f"{tag}.mo").write_bytes(write_messages.compiled(catalog))
    with in_language("nl-be"):
        assert [valued(value) for value in ("yes", "no", "unknown")] == ["Jaa", "Nee", "Unknown"]
    assert valued("yes") == "Yes"


def test_a_broken_language_leaves_the_one_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nl.mo").write_bytes(b"no catalog")
    with monkeypatch.context() as patch:
        patch.setenv("TREE_MESSAGES", str(tmp_path))
        with pytest.raises(OSError, match="Bad magic number"), in_language("nl"):
            pass
    assert (language(), valued("yes")) == ("en", "Yes")


@pytest.mark.slow
def test_a_page_says_what_python_says(node: str, pseudo: str, tmp_path: Path) -> None:
    """Also how a count is said, by the rules of Polish, which the browser knows itself."""
    script = 'say`Next question: ${question}` plural("{count} tree", "{count} trees", count)'
    counts = [*range(230), 1000, 1001, 1002, 1012, 1_000_000]
    with in_language(pseudo):
        catalog = catalog_for(script)
        expected = [say("Next question: {question}", question="a {0} $& b"), valued("unknown")]
        forms = [plural("{count} tree", "{count} trees", n).count("⟦") for n in counts]
        many = [plural("{count} tree", "{count} trees", n) for n in counts]
    program = tmp_path / "said.mjs"
    module = json.dumps((STATIC / "messages.js").as_uri())
    program.write_text(
        f"""import {{ plural, say, speak, valued }} from {module};
        speak({json.dumps(catalog)});
        const question = "a {{0}} $& b";
        const rules = new Intl.PluralRules("pl");
        const counts = {counts};
        console.log(JSON.stringify([
          [say`Next question: ${{question}}`, valued("unknown")],
          counts.map(count => plural("{{count}} tree", "{{count}} trees", count)),
          counts.map(count => rules.select(count))
        ]));"""
    )
    done = subprocess.run([node, str(program)], capture_output=True, text=True, check=True)
    said, counted, rules = json.loads(done.stdout)
    assert said == expected
    assert counted == many
    # The third form is marked by two brackets.
    assert [rule == "many" for rule in rules] == [form == 2 for form in forms]


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["en", *LANGUAGES])
def test_a_page_writes_numbers_and_quotations_as_python_does(
    node: str, tag: str, tmp_path: Path
) -> None:
    values = [0, 7, 999, 1000, 12_345, 1_234_567, 0.5, 3.25, 1234.5, -4321]
    source = (STATIC / "messages.js").read_text(encoding="utf-8")
    with in_language(tag):
        catalog = catalog_for(f"{source} say`Outcomes still possible: ${{outcomes}}`")
        expected = [
            *map(number, values),
            *(say("Outcomes still possible: {outcomes}", outcomes=value) for value in values),
            in_quotes("it rains"),
        ]
    module = json.dumps((STATIC / "messages.js").as_uri())
    program = tmp_path / "written.mjs"
    program.write_text(
        f"""import {{ inQuotes, number, say, speak }} from {module};
        speak({json.dumps(catalog)});
        const values = {values};
        console.log(JSON.stringify([
          ...values.map(number),
          ...values.map(outcomes => say`Outcomes still possible: ${{outcomes}}`),
          inQuotes("it rains")
        ]));""",
        encoding="utf-8",
    )
    done = subprocess.run([node, str(program)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == expected


def test_english_carries_no_catalog(pseudo: str) -> None:
    liver = tree.load("data/metastatic_liver_cancer")
    assert catalog_for("say`The text`") == {}
    assert '"messages"' not in liver.to_html()
    page = liver.in_language(pseudo).to_html()
    assert '"messages"' in page
    assert pseudo_language.pseudo("Tells you most: {short}") not in page  # of several trees alone


@pytest.mark.slow
def test_every_guide_speaks_for_itself(pseudo: str) -> None:
    """Whichever comes last: nothing is left of another one's language."""
    english = tree.load("data/metastatic_liver_cancer")
    other = english.in_language(pseudo)
    lines = other.walk().lines()
    assert str(english.walk()) == str(english.in_language("en").walk())
    assert next(lines) == pseudo_language.pseudo("Known of the {}:").format("⟦ṗàṫìéńṫ⟧")
    assert other.in_language("en").walk() == english.in_language("en").walk()
    with pytest.raises(tree.AnswerError, match="did you mean 'de'"):
        english.in_language("German")


def test_what_is_said_within_other_words_is_found() -> None:
    module = io.BytesIO(
        b"f\"{say('It rains.')} {escape(plural('{count} cup', '{count} cups', n))}\""
    )
    found = [message for _, _, message, _ in write_messages.python(module, None, None, None)]
    assert sorted(found, key=str) == [("{count} cup", "{count} cups"), "It rains."]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_numbers_lists_and_directions_are_those_of_the_language(tag: str) -> None:
    """As the CLDR has them, but that digits are those of the text."""
    with in_language(tag):
        assert number("12,345.5") == format_decimal(12345.5, locale=tag)
        assert direction() == Locale(tag).text_direction
        words = ["1", "2", "3"]
        # Of Arabic the CLDR has "1 and 2 and 3", and as many people write it with a comma.
        commas = {"ar": "1، 2 و3"}
        assert _visible(both(words)) == commas.get(tag, format_list(words, locale=tag))
        words = words[1:] if tag == "ar" else words
        assert _visible(either(words)) == format_list(words, "or", locale=tag)
    assert number("12,345.5") == "12,345.5"


def _visible(words: str) -> str:
    """Without what says where words of another direction begin and end."""
    return re.sub("[\u2066-\u2069]", "", words)
