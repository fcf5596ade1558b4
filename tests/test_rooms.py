"""The rooms of the house: which may import which, and who alone knows a library."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "tree"

# Imports go only downward: a room imports rooms that stand before it in this list.
ORDER = [
    "namesake",
    "errors",
    "letters",
    "answers",
    "commands",
    "finding",
    "text",
    "plots",
    "sentences",
    "slips",
    "authoring.passages",
    "authoring.identifiers",
    "authoring.writing",
    "located",
    "reading",
    "together",
    "keys",
    "schema",
    "coverage",
    "shapes",
    "quoting",
    "conditions",
    "sources",
    "changes.revisions",
    "loading",
    "teaching.vignettes",
    "building",
    "changes.sets",
    "changes.describing",
    "changes.aligning",
    "changes.deciding",
    "changes.entries",
    "changes.differing",
    "walking",
    "teaching.covering",
    "teaching.cases",
    "teaching.questions",
    "teaching.grading",
    "checking",
    "explaining",
    "changing",
    "comparing",
    "ordering",
    "ledger",
    "files",
    "layouts",
    "lettering",
    "drawing",
    "payload",
    "bundling",
    "plainly",
    "page",
    "cells",
    "teaching.attempts",
    "teaching.guarded",
    "teaching.tabled",
    "teaching.handed_in",
    "teaching.records",
    "tables",
    "numbers.spelling",
    "numbers.finding",
    "numbers.patterns",
    "numbers.waiting",
    "numbers.saving",
    "numbers.tabulating",
    "numbers.auditing",
    "numbers.classifying",
    "numbers.following",
    "numbers.synthetic",
    "numbers.overview",
    "numbers.engines",
    "numbers.cohorts",
    "numbers.streaming",
    "teaching.scores",
    "teaching.practising",
    "teaching.marking",
    "teaching.worksheet",
    "authoring.scaffolding",
    "authoring.exercising",
    "authoring.starting",
    "watching",
    "browsers",
    "printing",
    "guide",
    "teaching.gathering",
    "teaching.tallying",
    "teaching.shading",
    "teaching.classroom",
    "teaching.cards",
    "teaching.faces",
    "teaching.anki",
    "teaching.moodle",
    "teaching.spreadsheet",
    "opening",
    "teaching.verdict",
    "teaching.judging",
    "explorer",
    "workshop",
    "teaching.turns",
    "teaching.telling",
    "teaching.projecting",
    "teaching.parts",
    "teaching.practice",
    "teaching.lesson",
    "exporting",
    "site",
    "admitting",
    "app",
    "__main__",
]

# Each of these libraries is known to these rooms alone.
KEEPERS = {
    "ruamel": {"located"},
    "yaml": {"located"},
    "pandas": {
        "tables",
        "teaching.tallying",
        "numbers.overview",
        "numbers.synthetic",
        "numbers.auditing",
        "numbers.classifying",
        "numbers.cohorts",
        "numbers.saving",
        "numbers.streaming",
        "numbers.tabulating",
    },
    "numpy": {
        "numbers.auditing",
        "numbers.classifying",
        "numbers.engines",
        "numbers.following",
        "numbers.synthetic",
        "numbers.patterns",
        "numbers.tabulating",
    },
    "narwhals": {"numbers.engines"},
    "polars": {"numbers.engines"},
    "openpyxl": {"numbers.auditing", "numbers.saving"},
    "tqdm": {"numbers.waiting"},
    "graphviz": {"drawing"},
    "platformdirs": {"layouts"},
    "ipywidgets": {
        *("explorer", "teaching.lesson", "teaching.parts", "teaching.practice", "workshop"),
    },
    "anywidget": {"explorer"},
    "IPython": {"explorer"},
    "nbconvert": {"exporting"},
    "rjsmin": {"page"},
    "rcssmin": {"page"},
    "nbformat": {"site"},
    "genanki": {"teaching.anki"},
    "voila": {"admitting"},
    "tornado": {"admitting", "app"},
    "jupyter_server": {"admitting"},
    "psutil": {"admitting"},
}
# Knows what Jupyter's parts have in common, and nothing of a page.
SHARED = {"traitlets"}

# The rooms of a floor do one job together.
FLOORS = ("authoring", "changes", "numbers", "teaching")
# __init__ is the door: it may name any room.
ROOMS = sorted(
    ".".join(path.relative_to(FOLDER).with_suffix("").parts)
    for path in FOLDER.rglob("*.py")
    if path.stem != "__init__"
)


def imports(source, floor=""):
    """The names of what a file imports when it runs: `.text` for rooms, `pandas` for others."""
    found = set()

    def visit(node):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for other in node.orelse:
                visit(other)
            return
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            # As seen from the ground floor: one level up from a room of a floor.
            inside = [floor] * bool(floor and node.level == 1)
            parts = [*inside, *(node.module.split(".") if node.module else [])]
            if not parts or (len(parts) == 1 and parts[0] in FLOORS):
                found.update("." + ".".join([*parts, alias.name]) for alias in node.names)
            else:
                found.add("." + ".".join(parts))
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(source))
    return found


def imports_of(room):
    floor = room.rpartition(".")[0]
    return imports(path_of(room).read_text(encoding="utf-8"), floor)


def path_of(room):
    return FOLDER.joinpath(*room.split(".")).with_suffix(".py")


def test_imports_are_seen_wherever_they_stand():
    source = (
        "import a.b, c\nfrom d.e import f\nfrom .g import h\nfrom . import i\n"
        "def late():\n    import j\n"
        "if TYPE_CHECKING:\n    import k\nelse:\n    import l\n"
    )
    assert imports(source) == {"a", "c", "d", ".g", ".i", "j", "l"}
    inside = "from .a import b\nfrom . import c\nfrom ..d import e\nfrom .. import f\n"
    inside += "from ..changes.g import h\nfrom ..changes import i\n"
    expected = {".teaching.a", ".teaching.c", ".d", ".f", ".changes.g", ".changes.i"}
    assert imports(inside, "teaching") == expected


def test_every_room_has_its_place_in_the_order():
    assert set(ROOMS) <= set(ORDER)
    assert len(ROOMS) >= 14


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_only_downward(room):
    above = {"." + other for other in ORDER[ORDER.index(room) :]}
    assert imports_of(room) & above == set()


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_import_each_other_by_relative_names(room):
    assert "tree" not in imports_of(room)
    assert "." not in imports_of(room)


@pytest.mark.parametrize("library", KEEPERS)
def test_each_library_is_known_to_its_keepers_alone(library):
    knowing = {room for room in ROOMS if library in imports_of(room)}
    assert knowing <= KEEPERS[library]


@pytest.mark.parametrize("library", ["ruamel", "yaml", "pandas", "graphviz"])
def test_the_keepers_of_today_know_their_library(library):
    # Else the test above could pass because imports are no longer seen.
    assert all(library in imports_of(room) for room in KEEPERS[library])


def test_one_room_runs_git():
    sources = {room: path_of(room).read_text(encoding="utf-8") for room in ROOMS}
    assert [room for room, source in sources.items() if '"git"' in source] == ["changes.revisions"]


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_else_from_outside(room):
    known = {*sys.stdlib_module_names, *KEEPERS, *SHARED}
    assert {name for name in imports_of(room) if not name.startswith(".")} <= known


def test_no_two_scripts_give_the_same_name():
    # They are joined to one module, in which that would be an error.
    given = re.compile(r"^(?:export )?(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)
    scripts = (FOLDER / "static").rglob("*.js")
    names = Counter(name for path in scripts for name in given.findall(path.read_text("utf-8")))
    assert len(names) > 100
    assert [name for name, count in names.items() if count > 1] == []


def test_import_tree_loads_only_what_everyone_needs():
    code = (
        "import sys, tree; "
        "heavy = ['pandas', 'numpy', 'narwhals', 'tqdm', 'ipywidgets', 'anywidget', 'IPython', "
        "'graphviz', 'sqlite3']; "
        "print([name for name in heavy if name in sys.modules], tree.load.__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=FOLDER.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "[] load\n"
