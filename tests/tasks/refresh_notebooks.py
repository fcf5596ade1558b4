"""Run every notebook and keep its outputs: `make notebooks`.

What would differ in the next run is left out: the widgets' random ids (a notebook opened
without a kernel then shows the picture saved beside each widget), times and versions.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"


def keep(cell: Any) -> None:
    """Keep of a cell's outputs what is the same in every run."""
    for output in cell.outputs:
        if output.get("data", {}).pop(WIDGET, None):
            # Some hosts fold what is high into a low box, unless the cell says otherwise.
            cell.metadata["scrolled"] = False
    # A widget is an output of its own, after what stands in for it.
    cell.outputs = [each for each in cell.outputs if each.get("data") != {}]


def refresh(path: Path) -> None:
    """Run one notebook and write it back."""
    notebook = nbformat.read(path, as_version=4)
    # One output for what is printed, however it was cut on its way.
    client = NotebookClient(
        notebook, coalesce_streams=True, resources={"metadata": {"path": path.parent}}
    )
    client.execute()
    # As JupyterLab writes it, so that who runs and saves a notebook changes little of it.
    language = dict(notebook.metadata.language_info)
    del language["version"]
    notebook.metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": language,
    }
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            keep(cell)
    new = path.with_suffix(".new")
    nbformat.write(notebook, new)
    os.replace(new, path)


if __name__ == "__main__":
    for found in sorted(NOTEBOOKS.glob("*.ipynb")):
        print(found.name)
        refresh(found)
