"""The notebooks as an app: Voilà on this computer alone, every visitor with a state of their own.

Who may open it, and how many at once, is decided in `admission`.

A visitor's address holds a random name (`?visitor=…`). Their record of practice is a file of
that name in the folder of records, so a visitor who comes back to the address goes on from
there, and the folder is what `tree.classroom` reads.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..commands import Parser
from ..model.missing import MissingPackage, require
from ..teaching.practice.records import FOLDER
from .front_page import TAG, around, first_page

LOOPBACK = "127.0.0.1"
PORT = 8866
VISITOR = re.compile("[a-z0-9-]{1,40}")
# A session whose page nobody has looked at for so many minutes is ended; its record stays.
AWAY = 5.0
PATIENCE = 300  # seconds that a page waits for its kernel
_TEMPLATES = Path(__file__).parent / "templates"


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
    # Sets the cookie that the page sends back when it is closed, so that its session ends.
    _ = handler.xsrf_token
    return only_app(notebook)


def settings(
    notebooks: Path,
    port: int,
    away: float = AWAY,
    places: int | None = None,
    spare: int | None = None,
) -> dict[str, dict[str, Any]]:
    """Voilà's settings, by class."""
    idle = max(round(60 * away), 1)
    # A page says this often that somebody looks at it, and this often is looked who is gone.
    pulse = max(idle // 10, 1)
    bounds = {"places": places, "spare": spare}
    # Of many kernels that start at once, one may find its port taken, and its page waits for
    # ever. Files are never taken; only Linux has short names for them.
    transport = "ipc" if sys.platform == "linux" else "tcp"

    def configured(page: dict[str, Any], notebook_path: str, **_: Any) -> dict[str, Any]:
        """What the pages find in their settings: their words, and the first page its cards."""
        page |= {"pulse": pulse, "away": idle}
        if notebook_path.endswith(".ipynb"):
            page |= around(notebooks / notebook_path)
        else:
            page |= first_page(notebooks)
        return page

    return {
        "KernelManager": {"transport": transport},
        # A class that comes at once waits longer than one student; a page that gives up its
        # waiting comes without its question.
        "VoilaExecutor": {"iopub_timeout": PATIENCE, "startup_timeout": PATIENCE},
        "Voila": {
            "root_dir": str(notebooks.absolute()),
            "ip": LOOPBACK,
            "port": port,
        },
        "VoilaConfiguration": {
            "template": "tree-app",
            "classic_tree": True,
            "prelaunch_hook": prepare,
            "page_config_hook": configured,
            "allow_template_override": "NO",
            "multi_kernel_manager_class": "tree.jupyter.admission.Sessions",
        },
        "Sessions": {
            "cull_idle_timeout": idle,
            "cull_interval": pulse,
            # A page may lie open in the background for days.
            "cull_connected": True,
            **{name: bound for name, bound in bounds.items() if bound is not None},
        },
    }


def serve(
    notebooks: Path,
    records: Path,
    port: int = PORT,
    browser: bool = True,
    names: Sequence[str] = (),
    **bounds: Any,
) -> None:
    """Serve a folder of notebooks until the process is ended; records go to `records`.

    `names`: names beside those of this computer that the app answers to; `bounds`: of the
    sessions, as in `settings`. Raises MissingPackage where what serves it is not installed.
    """
    for package in ("voila", "psutil"):
        require(package, "The app", "app")
    from traitlets.config import Config

    from .admission import App

    records.mkdir(parents=True, exist_ok=True)
    # The kernels take these over from the server.
    os.environ[FOLDER] = str(records.absolute())
    paths = [str(_TEMPLATES), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, paths))
    config = Config(settings(notebooks, port, **bounds))
    config.Voila.open_browser = browser
    App.names = names
    App.launch_instance(argv=[], config=config)


if __name__ == "__main__":
    parser = Parser(prog="python -m tree.jupyter.app", description=__doc__)
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
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="answer to this name, too, as behind a proxy of your own; may be given again",
    )
    parser.add_argument(
        "--away",
        type=float,
        default=AWAY,
        metavar="MINUTES",
        help=f"how long a page may go unseen before its session ends (default: {AWAY:.0f})",
    )
    parser.add_argument("--places", type=int, metavar="N", help="sessions at once (default: 40)")
    parser.add_argument(
        "--spare", type=int, metavar="MB", help="memory that is left to others (default: 300 MB)"
    )
    given = parser.parse_args()
    bounds = {"away": given.away, "places": given.places, "spare": given.spare}
    try:
        serve(
            given.notebooks,
            given.records,
            given.port,
            not given.no_browser,
            given.allow_host,
            **bounds,
        )
    except MissingPackage as error:
        sys.exit(str(error))
