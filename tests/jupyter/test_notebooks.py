"""nbval checks every notebook strictly, and is shown to be able to fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from places import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WIDGET = "application/vnd.jupyter.widget-view+json"


def nbval(*notebooks: Path) -> subprocess.CompletedProcess[str]:
    command = [
        *(sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env"),
        *("--nbval-sanitize-with", str(ROOT / "tests" / "jupyter" / "nbval_sanitize.cfg")),
        *("-p", "no:cacheprovider", "--rootdir", str(notebooks[0].parent), "-c", "/dev/null"),
        *map(str, notebooks),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)


# What is altered: in the outputs of the cell with this source, words, and what they become.
ALTERED = {
    "printed text": ("print(liver.text)", "tumor board", "tumour board"),
    "picture": ("liver.draw()", ">Not for this patient:<", ">Denied to this patient:<"),
    "state of the explorer": ("explorer\n", "nothing known", "all known"),
    "table": ("decision_table()", "30", "31"),
}


def with_altered_outputs(path: Path) -> int:
    """What `explore` begins with, and the cells whose outputs are altered; how many these are."""
    notebook = nbformat.read(ROOT / "notebooks" / "explore.ipynb", as_version=4)
    first, *others = (cell for cell in notebook.cells if cell.cell_type == "code")
    cells = [first]
    for source, old, new in ALTERED.values():
        cell = next(cell for cell in (first, *others) if source in cell.source + "\n")
        outputs = [o if o.output_type == "stream" else o.data for o in cell.outputs]
        kept, kind = next((o, key) for o in outputs for key in o if old in str(o[key]))
        kept[kind] = kept[kind].replace(old, new, 1)
        cells += [cell] * (cell is not first)
    notebook.cells = cells
    nbformat.write(notebook, path)
    return len(cells)


@pytest.mark.live
def test_outputs_are_those_of_a_fresh_run_and_every_altered_one_is_seen(tmp_path: Path) -> None:
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    altered = tmp_path / "notebooks" / "altered.ipynb"
    wrong = with_altered_outputs(altered)
    assert wrong == len(ALTERED)
    done = nbval(altered, *(altered.with_name(path.name) for path in NOTEBOOKS))
    failed = re.findall(r"^FAILED (?:.*/)?(.+::Cell \d+)", done.stdout, re.MULTILINE)
    assert failed == [f"{altered.name}::Cell {number}" for number in range(wrong)], done.stdout
    cells = [c for path in NOTEBOOKS for c in nbformat.read(path, as_version=4).cells]
    count = sum(cell.cell_type == "code" for cell in cells)
    assert re.search(rf"^{wrong} failed, {count} passed", done.stdout, re.MULTILINE)
    assert not re.search("skipped|deselected", done.stdout)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_reads_well_without_a_kernel(notebook: Path) -> None:
    cells = nbformat.read(notebook, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert 20 <= len(cells) <= 36
    assert [c.execution_count for c in code] == list(range(1, len(code) + 1))
    assert max(len(cell.source.splitlines()) for cell in code) <= 8
    assert cells[0].cell_type == "markdown"
    assert "not medical advice" in cells[0].source
    # A page with its own looks is no place for what only looks like it.
    assert not [cell for cell in cells if re.search(r"!\[|<img", cell.source)]
    outputs = [output for cell in code for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    # A widget's random id would show "model not found"; its picture is kept instead.
    assert not [output for output in outputs if WIDGET in output.get("data", {})]
    assert [output for output in outputs if "image/svg+xml" in output.get("data", {})]
    # Before a notebook is trusted, SVG alone is not shown.
    assert not [o for o in outputs if {*o.get("data", {})} == {"image/svg+xml", "text/plain"}]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_output_is_shown_where_no_script_runs(notebook: Path) -> None:
    """In books and on hosts of pages: in words or as a picture, never as `<plot: ...>`."""
    cells = nbformat.read(notebook, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    for data in (output.data for output in outputs if "data" in output):
        if "text/html" not in data:
            assert not data["text/plain"].lstrip().startswith("<"), data
            continue
        left = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", data["text/html"])
        words = re.sub("<[^>]*>", "", left).strip()
        assert words or re.search('<img [^>]*alt="[^"]', left), data["text/plain"]
        # No cell can be run there.
        if "press Shift+Enter" in words:
            assert "open this notebook in JupyterLab" in words


SHOWN_FIRST = {"explore": "explorer", "practice": "practice", "teach": "lesson"}


@pytest.mark.parametrize("name", SHOWN_FIRST)
def test_the_widget_comes_first_and_is_left_as_it_is(name: str) -> None:
    """After one sentence and one cell; what is shown by the way is done to another one."""
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    heading, sentence = cells[0].source.split("\n\n")
    assert heading.startswith("# ")
    assert len(sentence) < 220
    shown = SHOWN_FIRST[name]
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    assert cells[1].source == code[0]
    assert code[0].splitlines()[-1] == shown
    names = [
        shown,
        *re.findall(r"^(\w+) = tree\.(?:Explorer|Practice|Lesson)\(", "\n".join(code), re.M),
    ]
    for widget in {name for name in names if any(s.splitlines()[-1] == name for s in code)}:
        for source in code:
            assert not re.search(rf"\b{widget}\.\w+( =|\()", source), source


def test_what_shows_a_widget_is_not_folded() -> None:
    cells = [cell for path in NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells]
    shown = [
        cell
        for cell in cells
        for output in cell.get("outputs", [])
        if re.match(
            "<(explorer|practice|lesson|workshop) ", output.get("data", {}).get("text/plain", "")
        )
    ]
    assert len(shown) == 7
    assert [cell.source for cell in shown if cell.metadata.get("scrolled") is not False] == []
