"""Packages for learning platforms as files: well formed, the same each time, and harmless."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from examples import examples
from hostile import write_hostile_guide
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from places import DATA, ROOT
from schemas import of_scorm

import tree
from tree.exchange import qti, scorm
from tree.exchange.qti_items import item
from tree.exchange.xml_writing import written
from tree.loading.archives import zipped
from tree.model.errors import AnswerError
from tree.teaching.cards.answering import answerings
from tree.teaching.cards.cards import make_cards

LIBRARY = DATA / "damaged_library_book"
MAKERS = {
    f"{module.__name__.rpartition('.')[2]} {version}": (module.package, version)
    for module in (scorm, qti)
    for version in module.VERSIONS
}
# Letters that some program takes for more than a letter.
WORDS = st.text(
    st.one_of(
        st.sampled_from("<>&'\"]\x00\x0b\x1f\x7f\u202e\u2066\u05d0\u0627\ufffe\ud800\U0001f333"),
        st.characters(),
    ),
    max_size=60,
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tree.Guide:
    folder = tmp_path_factory.mktemp("hostile") / "guide"
    write_hostile_guide(folder)
    return tree.load(folder)


def opened(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_same_guide_makes_the_same_bytes(kind: str) -> None:
    make, version = MAKERS[kind]
    made = make(tree.load(LIBRARY), version)
    assert made == make(tree.load(LIBRARY), version)
    for entry in zipfile.ZipFile(io.BytesIO(made)).infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        path = PurePosixPath(entry.filename)
        assert not path.is_absolute()
        assert ".." not in path.parts


@pytest.mark.parametrize("kind", MAKERS)
def test_the_manifest_names_the_files_that_are_there(kind: str, hostile: tree.Guide) -> None:
    make, version = MAKERS[kind]
    files = opened(make(hostile, version))
    manifest = etree.fromstring(files["imsmanifest.xml"])
    named = [file.get("href") for file in manifest.iterfind(".//{*}resources//{*}file")]
    assert sorted(named) == sorted({*files} - {"imsmanifest.xml"})
    known = {resource.get("identifier") for resource in manifest.iterfind(".//{*}resource")}
    refers = [each.get("identifierref") for each in manifest.iterfind(".//*[@identifierref]")]
    assert refers
    assert {*refers} <= known


@pytest.mark.parametrize("version", scorm.VERSIONS)
@pytest.mark.parametrize("name", ["metastatic_liver_cancer", "hostile"])
def test_the_manifest_is_valid(version: str, name: str, hostile: tree.Guide) -> None:
    guide = hostile if name == "hostile" else tree.load(DATA / name)
    manifest = etree.fromstring(opened(scorm.package(guide, version))["imsmanifest.xml"])
    of_scorm(version).assertValid(manifest)
    # The schema does look: what stands in no schema is refused.
    manifest.find(".//{*}resource").set("href2", "x")
    assert not of_scorm(version).validate(manifest)


@pytest.mark.parametrize("version", qti.VERSIONS)
def test_hostile_words_come_back_from_items(version: str, hostile: tree.Guide) -> None:
    files = opened(qti.package(hostile, version))
    cards = make_cards(hostile)
    items = sorted(name for name in files if name.startswith("items/"))
    for name, card in zip(items, cards, strict=True):
        made = etree.fromstring(files[name])
        words = [" ".join(each.split()) for each in made.itertext()]
        assert " ".join(card.question.split()) in words
        for sentence in card.sentences:
            assert " ".join(sentence.words.split()) in words
        assert {etree.QName(each).namespace for each in made.iter()} == {
            qti.VERSIONS[version].items
        }


@examples(100)
@given(WORDS, WORDS)
def test_any_words_make_a_readable_item(question: str, given_words: str) -> None:
    library = tree.load(LIBRARY)
    card, how = next(iter(answerings(library, make_cards(library))))
    changed = replace(card, question=question, given=(given_words, "x" * 5000))
    data = written(item("item-001", 1, changed, how, "aid"))
    made = etree.fromstring(data)
    (prompt,) = made.iterfind(".//{*}qti-prompt")
    letters = zip(prompt.text or "", question, strict=True)
    # XML has one way to end a line, and no letter for what it cannot hold.
    assert all(got in (wanted, "\ufffd", "\n") for got, wanted in letters)


@pytest.mark.parametrize("module", [scorm, qti])
def test_an_unknown_version_is_named(module: object) -> None:
    with pytest.raises(AnswerError, match=r"unknown version of \w+ '9': allowed: "):
        module.package(tree.load(LIBRARY), "9")


@pytest.mark.parametrize("name", ["/x", "../x", "a/../x", "", "a//b", "c:x", "a\\b", "."])
def test_no_file_leads_out_of_an_archive(name: str) -> None:
    with pytest.raises(ValueError, match="not a path within an archive"):
        zipped({name: b""})


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tree", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_command_line_writes_packages(tmp_path: Path) -> None:
    guide = tree.load(LIBRARY)
    for arguments, made in (
        (("export", "--scorm", "1.2"), scorm.package(guide, "1.2")),
        (("export", "--scorm", "2004"), scorm.package(guide, "2004")),
        (("cards",), qti.package(guide, "3")),
        (("cards", "--format", "qti-2.1"), qti.package(guide, "2.1")),
    ):
        done = run(*arguments, "-o", "made.zip", "--force", str(LIBRARY), cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / "made.zip").read_bytes() == made
    refused = run("export", "--scorm", "1.2", "-o", "made.zip", str(LIBRARY), cwd=tmp_path)
    assert "file exists" in refused.stderr
    wrong = run("export", "--scorm", "1.2", "-o", "made.html", str(LIBRARY), cwd=tmp_path)
    assert wrong.stderr == "made.html: the file's name must end in .zip\n"
    assert [path.name for path in tmp_path.iterdir()] == ["made.zip"]
