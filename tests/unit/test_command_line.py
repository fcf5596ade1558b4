"""`python -m tree`, run as people run it: a process of its own, its output and its status."""

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from command_line import PNG, refused, run
from places import BAD, LIVER, ROOT

BROKEN = BAD / "many_problems"


@pytest.fixture
def named(tmp_path):
    """A copy of the guide in a folder with a name that is not ASCII."""
    folder = tmp_path / "Führer 肝 🌳"
    shutil.copytree(LIVER, folder)
    return folder


# --- check --------------------------------------------------------------------------------


def test_check_counts_what_is_there():
    done = run("check", "data/metastatic_liver_cancer")
    assert done.returncode == 0
    assert done.out == (
        "data/metastatic_liver_cancer: ok: 3 passages, 5 factors, 6 options, 33 statements, "
        "2 outcomes, 16 cases; sentences: 19 used, 4 context, 0 unclaimed\n"
    )
    assert done.err == ""


def test_check_refuses_unclaimed_sentences_that_a_walk_accepts():
    folder = BAD / "unclaimed_sentences"
    expected = (folder / "expected.txt").read_text(encoding="utf-8")
    assert refused("check", ".", cwd=folder) == expected
    assert run("walk", folder, "rain=yes").returncode == 0


def test_check_prints_the_problems_of_a_broken_guide():
    expected = (BROKEN / "expected.txt").read_text(encoding="utf-8")
    assert refused("check", ".", cwd=BROKEN) == expected


def test_check_of_a_folder_that_does_not_exist(tmp_path):
    assert refused("check", tmp_path / "Nowhere") == (
        f"{tmp_path / 'Nowhere'}: folder does not exist\n"
    )


def test_check_of_a_path_that_is_not_ascii(named):
    done = run("check", named)
    assert done.returncode == 0
    assert done.out.startswith(f"{named}: ok: ")


def test_without_a_command_the_usage_is_shown():
    done = run()
    assert done.returncode == 2
    assert done.err.startswith("usage: python -m tree")


# --- walk ---------------------------------------------------------------------------------


def test_walk_in_words():
    done = run("walk", LIVER, "other_organ_involvement=yes")
    assert done.returncode == 0
    lines = done.out.splitlines()
    assert "1 of 2 outcomes can still be reached." in lines
    assert "Complete surgical removal: not for this patient" in "\n".join(lines)
    assert any(line.startswith("Chemotherapy: offered") for line in lines)
    combined = "Ablation with Chemotherapy and Intra-arterial therapies · “likely”"
    assert f"In combination: {combined}" in lines
    quote = "this option is limited to patients who have no evidence of other organ involvement"
    assert quote in done.out
    assert "tumor board" in done.out


def test_walk_without_answers_decides_nothing_that_is_open():
    done = run("walk", LIVER)
    assert "2 of 2 outcomes can still be reached." in done.out.splitlines()
    assert "nothing yet" in done.out


def test_walk_as_json():
    done = run("walk", LIVER, "--json", "other_organ_involvement=yes")
    assert done.returncode == 0
    walk = json.loads(done.out)
    head = ["taken", "next", "outcomes", "undecided", "trees", "standings"]
    assert list(walk) == [*head, "relations", "remarks", "open_remarks"]
    assert walk["taken"] == [["other_organ_involvement", "yes"]]
    assert walk["next"] is None
    assert walk["outcomes"] == 1
    assert walk["undecided"] == []
    assert walk["trees"] == {
        "Complete surgical removal": {
            "options": ["resection"],
            "taken": walk["taken"],
            "next": None,
            "outcomes": 1,
        }
    }
    assert len(walk["standings"]) == 6
    for found in walk["standings"].values():
        assert list(found) == ["standing", "strength", "grade", "possible", "because"]
    assert walk["standings"]["resection"] == {
        "standing": "withheld",
        "strength": "in general",
        "grade": None,
        "possible": ["withheld"],
        "because": [
            "in general, this option is limited to patients who have no evidence of other organ "
            "involvement by metastatic cancer"
        ],
    }
    assert walk["standings"]["chemotherapy"]["standing"] == "offered"
    assert walk["relations"][0] == {
        "kind": "combine",
        "of": ["ablation", "chemotherapy", "intra_arterial"],
        "certain": True,
        "strength": "likely",
        "grade": None,
        "because": [
            "a treatment plan for you that will likely include a combination of the following"
        ],
    }
    assert "should involve a tumor board" in walk["remarks"]


def test_answers_may_stand_before_and_after_an_option():
    spread, removal = "other_organ_involvement=no", "complete_removal_feasible=no"
    before = run("walk", LIVER, spread, removal, "--json")
    between = run("walk", LIVER, spread, "--json", removal)
    after = run("walk", "--json", LIVER, spread, removal)
    assert before.returncode == 0
    assert before.out == between.out == after.out
    assert json.loads(before.out)["standings"]["resection"]["standing"] == "withheld"


def test_unknown_is_the_same_as_no_answer():
    assert run("walk", LIVER, "other_organ_involvement=unknown").out == run("walk", LIVER).out


@pytest.mark.parametrize("command", [("walk",), ("draw", "-o", "never.svg")])
@pytest.mark.parametrize(
    ("answers", "parts"),
    [
        (["organ=yes"], ["'organ'", "allowed: other_organ_involvement, extensive_liver"]),
        (
            ["other_organ_involvment=yes"],
            ["'other_organ_involvment'", "did you mean 'other_organ_involvement'?"],
        ),
        (
            ["complete_removal_feasible=perhaps"],
            ["complete_removal_feasible", "'perhaps'", "allowed: yes, no, unknown"],
        ),
        (
            ["complete_removal_feasible="],
            ["complete_removal_feasible=", "nothing is written after"],
        ),
        (["complete_removal_feasible"], ["'complete_removal_feasible'", "factor=value"]),
        (
            ["complete_removal_feasible=yes", "complete_removal_feasible=no"],
            ["complete_removal_feasible is answered twice", "'yes'", "'no'"],
        ),
        # Every wrong answer is named, not the first alone.
        (["organ=yes", "complete_removal_feasible=perhaps"], ["'organ'", "'perhaps'"]),
    ],
)
def test_wrong_answers(command, answers, parts, tmp_path):
    message = refused(*command, LIVER, *answers, cwd=tmp_path)
    for part in parts:
        assert part in message
    assert list(tmp_path.iterdir()) == []


# --- draw ---------------------------------------------------------------------------------


def test_draw_svg_plain_and_highlighted(tmp_path):
    assert run("draw", LIVER, "-o", tmp_path / "plain.svg").returncode == 0
    done = run("draw", LIVER, "other_organ_involvement=yes", "-o", tmp_path / "taken.svg")
    assert (done.returncode, done.out, done.err) == (0, "", "")
    plain, taken = ((tmp_path / name).read_bytes() for name in ("plain.svg", "taken.svg"))
    for svg in (plain, taken):
        assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert plain != taken
    assert b"stroke-dasharray" in taken
    assert b"stroke-dasharray" not in plain


def test_draw_the_other_formats(tmp_path):
    for name in ("tree.png", "tree.dot", "TREE.SVG"):
        assert run("draw", LIVER, "--output", tmp_path / name).returncode == 0
    assert (tmp_path / "tree.png").read_bytes().startswith(PNG)
    assert (tmp_path / "tree.dot").read_text(encoding="utf-8").startswith("digraph {")
    ET.parse(tmp_path / "TREE.SVG")
    # Nothing else was left behind.
    assert len(list(tmp_path.iterdir())) == 3


def test_draw_the_same_bytes_twice(tmp_path):
    for name in ("first.svg", "second.svg"):
        run("draw", LIVER, "-o", tmp_path / name)
    assert (tmp_path / "first.svg").read_bytes() == (tmp_path / "second.svg").read_bytes()


def test_draw_to_a_path_that_is_not_ascii(named):
    assert run("draw", named, "-o", named / "Bäume 木.svg").returncode == 0
    ET.parse(named / "Bäume 木.svg")


@pytest.mark.parametrize("name", ["tree.pdf", "tree", "svg", ".svg"])
def test_draw_with_an_unknown_ending(name, tmp_path):
    message = refused("draw", LIVER, "-o", tmp_path / name)
    assert message.startswith(str(tmp_path / name))
    assert message.endswith("allowed: .svg, .png, .dot\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "answers", "variables"),
    [
        (BROKEN, [], {}),
        (LIVER, ["complete_removal_feasible=perhaps"], {}),
        (LIVER, [], {"TREE_DOT": "no-such-program"}),
        # `false` takes the graph and fails.
        (LIVER, [], {"TREE_DOT": shutil.which("false") or "false"}),
    ],
    ids=["broken guide", "wrong answer", "missing program", "failing program"],
)
def test_a_good_file_stays_when_the_next_drawing_fails(folder, answers, variables, tmp_path):
    file = tmp_path / "tree.svg"
    file.write_text("good", encoding="utf-8")
    assert refused("draw", folder, *answers, "-o", file, "--force", **variables)
    assert file.read_text(encoding="utf-8") == "good"
    assert list(tmp_path.iterdir()) == [file]


def test_draw_replaces_a_file_whole_and_only_when_told(tmp_path):
    file = tmp_path / "tree.svg"
    file.write_text("old" * 100_000, encoding="utf-8")
    assert "file exists; --force" in refused("draw", LIVER, "-o", file)
    assert file.read_text(encoding="utf-8") == "old" * 100_000
    assert run("draw", LIVER, "-o", file, "--force").returncode == 0
    ET.parse(file)
    assert list(tmp_path.iterdir()) == [file]
    plain = tmp_path / "plain"
    plain.touch()
    assert file.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize("where", ["Nowhere/tree.svg", "file/tree.svg", "folder.svg"])
def test_draw_where_nothing_can_be_written(where, tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    (tmp_path / "folder.svg").mkdir()
    before = sorted(tmp_path.rglob("*"))
    message = refused("draw", LIVER, "-o", tmp_path / where)
    assert message.startswith(f"{tmp_path / where}: ")
    assert len(message.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_draw_into_a_folder_that_forbids_it():
    # /proc takes no new files from anyone, so that this holds for root too.
    message = refused("draw", LIVER, "-o", "/proc/tree.svg")
    assert message.startswith("/proc/tree.svg: ")
    assert len(message.splitlines()) == 1


# --- narrow terminals ---------------------------------------------------------------------


@pytest.mark.slow
def test_a_terminal_that_knows_ascii_only(named):
    narrow = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    text = (named / "text.txt").read_text(encoding="utf-8")
    (named / "text.txt").write_text(text.replace("First", "Fïrst"), encoding="utf-8")
    guide = (named / "guide.yaml").read_text(encoding="utf-8")
    guide = guide.replace("Is the liver", "Ist die Leber 肝 größer? Is the liver")
    (named / "guide.yaml").write_text(guide, encoding="utf-8")
    answer = "extensive_liver_involvement=yes"
    for command in (["check", named], ["walk", named, answer], ["walk", named, "--json", answer]):
        done = run(*command, **narrow)
        assert done.returncode == 0
        assert done.stdout.isascii()
        assert done.stdout
    assert json.loads(done.out) == json.loads(run("walk", named, "--json", answer).out)
    assert "\\u" in refused("check", named / "none", **narrow)


@pytest.mark.slow
def test_json_is_written_in_plain_letters(named):
    for file in ("text.txt", "guide.yaml"):
        content = (named / file).read_text(encoding="utf-8")
        content = content.replace("tumor board", "Tumorböard 肝")
        (named / file).write_text(content, encoding="utf-8")
    assert "Tumorböard 肝" in run("walk", named, "--json").out
    narrow = run("walk", named, "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert narrow.stdout.isascii()
    assert any("Tumorböard 肝" in remark for remark in json.loads(narrow.out)["remarks"])


@pytest.mark.slow
def test_a_reader_that_stops_early():
    # As `python -m tree walk … | true`: the pipe is closed before anything is written.
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "tree", "walk", str(LIVER)],
        cwd=ROOT,
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(write)
    assert done.stderr == b""


@pytest.mark.slow
def test_output_that_cannot_be_written(tmp_path):
    # A file opened for reading stands in for a full disk, on every system.
    (tmp_path / "file").touch()
    with open(tmp_path / "file", "rb") as unwritable:
        done = subprocess.run(
            [sys.executable, "-m", "tree", "walk", str(LIVER)],
            cwd=ROOT,
            stdout=unwritable,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"standard output: bad file descriptor\n"


# --- cards --------------------------------------------------------------------------------

BEGINS = {"anki": b"PK", "moodle": b"<?xml ", "csv": b"\xef\xbb\xbf"}
ENDINGS = {"anki": ".apkg", "moodle": ".xml", "csv": ".csv"}


@pytest.mark.slow
@pytest.mark.parametrize("format", ENDINGS)
def test_cards_by_their_ending_and_by_their_format(format, named):
    file = named / f"Kärtchen{ENDINGS[format].upper()}"
    done = run("cards", named, "-o", file)
    assert (done.returncode, done.out, done.err) == (0, "", "")
    assert file.read_bytes().startswith(BEGINS[format])
    message = refused("cards", named, "-o", file, "--format", format)
    assert message == f"{file}: file exists; --force, or force=true, replaces it\n"
    file.write_text("old", encoding="utf-8")
    assert run("cards", named, "-o", file, "--format", format, "--force").returncode == 0
    assert file.read_bytes().startswith(BEGINS[format])


@pytest.mark.parametrize("name", ["cards.pdf", "cards", ".csv", "cards.apkg.rar"])
def test_cards_with_an_unknown_ending(name, tmp_path):
    message = refused("cards", LIVER, "-o", tmp_path / name)
    assert message.startswith(str(tmp_path / name))
    assert message.endswith("allowed: .apkg, .xml, .csv, .zip\n")
    assert list(tmp_path.iterdir()) == []


def test_cards_with_the_ending_of_another_format(tmp_path):
    file = tmp_path / "cards.csv"
    message = refused("cards", LIVER, "-o", file, "--format", "anki")
    assert message == f"{file}: the file's name must end in .apkg\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("ending", "folder", "variables"),
    [
        (".apkg", BROKEN, {}),
        (".xml", BROKEN, {}),
        (".csv", BROKEN, {}),
        # A table needs no drawing.
        (".apkg", LIVER, {"TREE_DOT": "no-such-program"}),
        (".xml", LIVER, {"TREE_DOT": "no-such-program"}),
    ],
)
def test_good_cards_stay_when_the_next_ones_fail(ending, folder, variables, tmp_path):
    file = tmp_path / f"cards{ending}"
    file.write_text("good", encoding="utf-8")
    assert refused("cards", folder, "-o", file, "--force", **variables)
    assert file.read_text(encoding="utf-8") == "good"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("where", ["Nowhere/cards.csv", "file/cards.csv", "folder.csv"])
def test_cards_where_nothing_can_be_written(where, tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    before = sorted(tmp_path.rglob("*"))
    message = refused("cards", LIVER, "-o", tmp_path / where, "--force")
    assert message.startswith(f"{tmp_path / where}: ")
    assert len(message.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_cards_of_a_folder_that_is_no_guide(tmp_path):
    assert refused("cards", tmp_path / "Nowhere", "-o", tmp_path / "cards.csv") == (
        f"{tmp_path / 'Nowhere'}: folder does not exist\n"
    )


@pytest.mark.slow
def test_without_genanki_the_other_formats_still_work(tmp_path):
    # A package of that name that cannot be imported stands before the true one.
    (tmp_path / "genanki.py").write_text("raise ImportError\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    message = refused("cards", LIVER, "-o", tmp_path / "cards.apkg", PYTHONPATH=path)
    assert 'python -m pip install "decision-tree-notebook[cards]"' in message
    assert len(message.splitlines()) == 1
    for ending in (".xml", ".csv"):
        done = run("cards", LIVER, "-o", tmp_path / f"cards{ending}", PYTHONPATH=path)
        assert done.returncode == 0
