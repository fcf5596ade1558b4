"""The house: a folder imports only from folders above it, and one folder knows each library."""

import ast
import functools
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from places import syntax

HOUSE = Path(__file__).parents[2] / "tree"

# `docs/architecture.md` says what each is for.
ORDER = [
    *("messages", "model", "loading", "logic", "drawing", "authoring", "changes", "tables"),
    *(
        "web",
        "guide",
        "opening",
        "sketch",
        "drafting",
        "draft_folder",
        "teaching",
        "exchange",
        "commands",
        "arguments",
        "jupyter",
        "namesake",
        "__main__",
    ),
]

# Who alone knows a library, beside the standard library.
KEEPERS = {
    "ruamel": {"loading"},
    "yaml": {"loading"},
    "graphviz": {"drawing"},
    "bs4": {"authoring"},
    "defusedxml": {"exchange"},
    "mammoth": {"authoring"},
    "pdfminer": {"authoring"},
    "pandas": {"tables"},
    "numpy": {"tables"},
    "narwhals": {"tables"},
    "polars": {"tables"},
    "openpyxl": {"loading", "tables", "exchange"},
    "tqdm": {"tables"},
    "genanki": {"teaching"},
    "ipywidgets": {"teaching", "jupyter"},
    "anywidget": {"teaching", "jupyter"},
    "IPython": {"web"},
    "nbconvert": {"jupyter"},
    "nbformat": {"jupyter"},
    "jupyter_server": {"jupyter"},
    "packaging": {"jupyter"},
    "psutil": {"jupyter"},
    "tornado": {"jupyter"},
    "traitlets": {"teaching", "jupyter"},
    "voila": {"jupyter"},
    "rcssmin": {"web"},
    "rjsmin": {"web"},
}
# What people hold in their hands answers with the parts below it, when it is asked.
FACES = {"guide.py", "teaching/practice/scores.py", "teaching/classroom/classroom.py"}
FILES = sorted(path for path in HOUSE.rglob("*.py") if path != HOUSE / "__init__.py")


def folder_of(path: Path) -> str:
    return path.relative_to(HOUSE).with_suffix("").parts[0]


@functools.cache
def imported(path: Path, late: bool = True) -> set[str]:
    """What a file imports: `.logic` for folders of the house, `pandas` for libraries.

    Not what it imports for types alone; `late`: also what its functions import when called.
    """
    here = ["tree", *path.relative_to(HOUSE).parts[:-1]]
    found = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for other in node.orelse:
                visit(other)
            return
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not late:
            return
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            whole = [*base, *(node.module or "").split(".")] if node.module else base
            if whole[0] != "tree":
                found.add(whole[0])
            elif len(whole) > 1:
                found.add("." + whole[1])
            else:
                found.update("." + alias.name for alias in node.names)
        for child in ast.iter_child_nodes(node):
            # Nothing imports within an expression.
            if not isinstance(child, ast.expr):
                visit(child)

    visit(syntax(path))
    return found


def test_a_folder_imports_only_from_folders_above_it() -> None:
    def below(path: Path) -> set[str]:
        late = path.relative_to(HOUSE).as_posix() not in FACES
        seen = {name[1:] for name in imported(path, late) if name[0] == "."}
        return seen - {*ORDER[: ORDER.index(folder_of(path)) + 1]}

    assert {str(path.relative_to(HOUSE)): found for path in FILES if (found := below(path))} == {}


def test_a_library_is_known_to_its_folder_alone() -> None:
    def strange(path: Path) -> set[str]:
        libraries = {name for name in imported(path) if name[0] != "."} - {*sys.stdlib_module_names}
        known = {name for name, folders in KEEPERS.items() if folder_of(path) in folders}
        return libraries - known

    assert {str(path.relative_to(HOUSE)): found for path in FILES if (found := strange(path))} == {}


def test_imports_are_seen_wherever_they_stand() -> None:
    seen = {name: {folder_of(path) for path in FILES if name in imported(path)} for name in KEEPERS}
    assert seen == KEEPERS
    assert ".drawing" in imported(HOUSE / "guide.py")
    assert ".drawing" not in imported(HOUSE / "guide.py", late=False)


def test_the_page_on_architecture_shows_the_same_house() -> None:
    page = (HOUSE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)/?` \| .* \| ?(.*?) ?\|$", page, re.MULTILINE)
    assert [name for name, _ in rows] == ORDER
    told = {name: {*libraries.split(", ")} - {""} for name, libraries in rows}
    known = {name: {lib for lib, folders in KEEPERS.items() if name in folders} for name in ORDER}
    assert told == known


def test_one_file_runs_git() -> None:
    running = [path.name for path in FILES if '"git"' in path.read_text(encoding="utf-8")]
    assert running == ["git.py"]


def test_no_two_scripts_give_the_same_name() -> None:
    # They are joined to one module, in which that would be an error.
    given = re.compile(r"^(?:export )?(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)
    scripts = (HOUSE / "web" / "static").rglob("*.js")
    names = Counter(name for path in scripts for name in given.findall(path.read_text("utf-8")))
    assert len(names) > 100
    assert [name for name, count in names.items() if count > 1] == []


def test_import_tree_loads_only_what_everyone_needs() -> None:
    code = (
        "import sys, tree; "
        "heavy = ['pandas', 'numpy', 'narwhals', 'tqdm', 'ipywidgets', 'anywidget', 'IPython', "
        "'graphviz', 'sqlite3']; "
        "print([name for name in heavy if name in sys.modules], tree.load.__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=HOUSE.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "[] load\n"


@pytest.mark.slow
def test_unit_tests_import_nothing_that_needs_a_browser() -> None:
    code = """
import pathlib, sys
sys.path[:0] = ["tests/helpers", "tests/tasks"]
for path in sorted(pathlib.Path("tests/unit").rglob("test_*.py")):
    sys.path.insert(0, str(path.parent))
    __import__(path.stem)
    assert "playwright" not in sys.modules, path
print("done")
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=HOUSE.parent, capture_output=True, text=True, check=False)
    assert done.stdout == "done\n", done.stderr
