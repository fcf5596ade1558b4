"""A folder ready for any static host: every guide and notebook as a page, and an index."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

import nbformat

from ..commands import Parser
from ..guide import Guide
from ..loading.files import write
from ..messages import direction, in_language, language, language_of, say, shared
from ..model.disclaimer import teaching_aid
from ..model.errors import DrawingError, TreeError
from ..opening import load
from .app_words import title
from .exporter import OfflineExporter

# JupyterLite's own first page must stay as it is: the others read their settings from it.
LITE = "lite/lab/index.html?path=explore.ipynb"


def build_site(root: Path, site: Path) -> list[Path]:
    """Write the pages of a project's `data/` and `notebooks/`; returns the files written."""
    site.mkdir(parents=True, exist_ok=True)
    guides = [load(folder) for folder in sorted((root / "data").iterdir()) if folder.is_dir()]
    with in_language(shared(map(language_of, guides))):
        return _build(guides, root / "notebooks", site)


def _build(guides: Sequence[Guide], notebooks: Path, site: Path) -> list[Path]:
    """The same in the language in force."""
    entries: list[tuple[str, str]] = []
    for guide in guides:
        guide.to_html(site / f"{guide.id}.html", force=True)
        entries.append((f"{guide.id}.html", guide.title))
        guide.to_html(site / f"{guide.id}_practice.html", force=True, practice=True)
        name = say("Practise: {guide}", guide=guide.title)
        entries.append((f"{guide.id}_practice.html#practise", name))
    for path in sorted(notebooks.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        html, _ = OfflineExporter().from_notebook_node(
            notebook, {"metadata": {"name": path.stem, "path": str(path.parent)}}
        )
        write(site / f"{path.stem}.html", html.encode())
        heading = notebook.cells[0].source.splitlines()[0].lstrip("# ")
        entries.append((f"{path.stem}.html", say("Notebook: {notebook}", notebook=heading)))
    if (site / "lite" / "index.html").is_file():
        # Written by `make lite`: the notebooks, with Python in the browser.
        entries.append((LITE, say("Notebook: {notebook}", notebook="JupyterLite")))
    is_medical = any(guide.subject.is_medical for guide in guides)
    write(site / "index.html", _index(entries, is_medical).encode())
    names = [re.split("[?#]", address)[0] for address, _ in entries]
    return [site / name for name in [*names, "index.html"]]


def _index(entries: list[tuple[str, str]], is_medical: bool) -> str:
    links = "\n".join(
        f'<li><a href="{escape(name, quote=True)}">{escape(words)}</a></li>'
        for name, words in entries
    )
    return f"""<!doctype html>
<html lang="{escape(language(), quote=True)}" dir="{direction()}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title())}</title>
<style>body {{ max-width: 40em; margin: 2em auto; padding: 0 1em; font: 18px/1.6 sans-serif }}
</style>
<h1>{escape(title())}</h1>
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
