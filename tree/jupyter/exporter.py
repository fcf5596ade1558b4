"""Notebooks as pages that open offline: an exporter for nbconvert and JupyterLab's menu."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from traitlets import default

from ..web.stand_in import MARK, WIDGET


class OfflineExporter(HTMLExporter):
    """A notebook as one HTML file that asks for nothing outside, its explorers alive.

    `jupyter nbconvert --to offline`, or *File ▸ Save and Export Notebook As* in JupyterLab.
    """

    export_from_notebook = "Offline page"

    @default("template_name")
    def _template_name(self) -> str:
        return "offline"

    @default("embed_images")
    def _embed_images(self) -> bool:
        # A picture beside the notebook would be missing beside the page.
        return True

    @default("extra_template_basedirs")
    def _template_folders(self) -> list[str]:
        return [str(Path(__file__).parent / "templates" / "nbconvert")]

    def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        # Last of all, after what may have run the cells: an explorer steps back behind the
        # page that it brings along.
        nb, resources = super()._preprocess(nb, resources)
        nb.metadata.pop("widgets", None)
        for cell in nb.cells:
            outputs = cell.get("outputs", [])
            if any(MARK in output.get("data", {}).get("text/html", "") for output in outputs):
                cell["outputs"] = [o for o in outputs if WIDGET not in o.get("data", {})]
        return nb, resources
