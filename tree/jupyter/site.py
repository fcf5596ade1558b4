"""A folder ready for any static host: every guide and notebook as a page, and an index."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

import nbformat

from ..commands import Parser
from ..loading.files import write
from ..model.disclaimer import teaching_aid
from ..model.errors import DrawingError, TreeError
from ..opening import load
from .exporter import OfflineExporter


def build_site(root: Path, site: Path) -> list[Path]:
    """Write the pages of a project's `data/` and `notebooks/`; returns the files written."""
    site.mkdir(parents=True, exist_ok=True)
    entries: list[tuple[str, str]] = []
    is_medical = False
    for folder in sorted((root / "data").iterdir()):
        if folder.is_dir():
            guide = load(folder)
            is_medical |= guide.subject.is_medical
            guide.to_html(site / f"{guide.id}.html", force=True)
            entries.append((f"{guide.id}.html", guide.title))
            guide.to_html(site / f"{guide.id}_practice.html", force=True, practice=True)
            entries.append((f"{guide.id}_practice.html#practise", f"Practise: {guide.title}"))
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        html, _ = OfflineExporter().from_notebook_node(
            notebook, {"metadata": {"name": path.stem, "path": str(path.parent)}}
        )
        write(site / f"{path.stem}.html", html.encode())
        title = notebook.cells[0].source.splitlines()[0].lstrip("# ")
        entries.append((f"{path.stem}.html", f"Notebook: {title}"))
    write(site / "index.html", _index(entries, is_medical).encode())
    names = [address.partition("#")[0] for address, _ in entries]
    return [site / name for name in [*names, "index.html"]]


def _index(entries: list[tuple[str, str]], is_medical: bool) -> str:
    links = "\n".join(
        f'<li><a href="{escape(name, quote=True)}">{escape(title)}</a></li>'
        for name, title in entries
    )
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Decision trees from quoted statements</title>
<style>body {{ max-width: 40em; margin: 2em auto; padding: 0 1em; font: 18px/1.6 sans-serif }}
</style>
<h1>Decision trees from quoted statements</h1>
<p>{escape(teaching_aid(is_medical))}</p>
<ul>
{links}
</ul>
</html>
"""


if __name__ == "__main__":
    parser = Parser(prog="python -m tree.jupyter.site", description=__doc__)
    parser.add_argument("site", type=Path, help="the folder to write")
    try:
        for written in build_site(Path.cwd(), parser.parse_args().site):
            print(written)
    except (TreeError, DrawingError, OSError, nbformat.reader.NotJSONError) as error:
        sys.exit(str(error))
