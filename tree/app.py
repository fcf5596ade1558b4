"""The notebooks as an app: Voilà on this computer alone, every visitor with a state of their own.

A visitor's address holds a random name (`?visitor=…`). Their record of practice is a file of
that name in the folder of records, so whoever comes back to the address goes on where they
stopped, and the folder is what `tree.classroom` reads.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import sys
from pathlib import Path
from typing import Any

from .teaching.records import FOLDER

LOOPBACK = "127.0.0.1"
PORT = 8866
# Cells with this tag make up the app; a notebook without any is shown whole.
TAG = "app"
VISITOR = re.compile("[a-z0-9-]{1,40}")
# A visitor who has been away for so many seconds is gone, and the memory is given back.
IDLE, LOOK = 1800, 60
_STATIC = Path(__file__).parent / "static"


def only_app(notebook: Any) -> Any:
    """A notebook with the cells of its app alone.

    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> shown = new_code_cell("1", metadata={"tags": ["app"]})
    >>> [cell.source for cell in only_app(new_notebook(cells=[new_code_cell("0"), shown])).cells]
    ['1']
    """
    tagged = [cell for cell in notebook.cells if TAG in cell.metadata.get("tags", [])]
    notebook.cells = tagged or notebook.cells
    return notebook


def prepare(handler: Any, notebook: Any, cwd: str) -> Any:
    """What Voilà asks before a kernel starts: give a name to who has none, then the cells."""
    from tornado.web import Finish

    if not VISITOR.fullmatch(handler.get_argument("visitor", "")):
        theme = handler.get_argument("theme", "")
        more = "&theme=dark" if theme == "dark" else ""
        handler.redirect(f"{handler.request.path}?visitor={secrets.token_hex(4)}{more}")
        raise Finish
    return only_app(notebook)


def settings(notebooks: Path, port: int) -> dict[str, dict[str, Any]]:
    """Voilà's settings, by class."""
    return {
        "Voila": {
            "root_dir": str(notebooks.absolute()),
            "ip": LOOPBACK,
            "port": port,
        },
        "VoilaConfiguration": {
            "template": "tree-app",
            "classic_tree": True,
            "prelaunch_hook": prepare,
            "allow_template_override": "NO",
        },
        "MappingKernelManager": {"cull_idle_timeout": IDLE, "cull_interval": LOOK},
    }


def serve(notebooks: Path, records: Path, port: int = PORT, browser: bool = True) -> None:
    """Serve a folder of notebooks until the process is ended; records go to `records`."""
    from traitlets.config import Config
    from voila.app import Voila

    records.mkdir(parents=True, exist_ok=True)
    # The kernels take these over from the server.
    os.environ[FOLDER] = str(records.absolute())
    paths = [str(_STATIC / "jupyter"), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, paths))
    config = Config(settings(notebooks, port))
    config.Voila.open_browser = browser
    Voila.launch_instance(argv=[], config=config)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tree.app", description=__doc__)
    parser.add_argument("--notebooks", type=Path, default=Path("notebooks"), metavar="DIR")
    parser.add_argument(
        "--records",
        type=Path,
        default=Path("records"),
        metavar="DIR",
        help="where each visitor's record of practice goes (default: records)",
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"default: {PORT}")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    given = parser.parse_args()
    try:
        serve(given.notebooks, given.records, given.port, not given.no_browser)
    except ImportError:
        sys.exit("Voilà is missing; make app installs it, or: python -m pip install voila")
