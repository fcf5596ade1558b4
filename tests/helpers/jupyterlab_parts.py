"""A JupyterLab to test in, and what a person does there."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import secrets
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from accessible import check_with_axe
from explorer_state import READ_STATE, SETTLED
from playwright.sync_api import Error, Locator, Page, WebSocket, expect
from processes import free_port, running, until


@dataclass(frozen=True)
class Server:
    """A running JupyterLab: its address, token and the folder that it serves."""

    url: str
    token: str
    folder: Path

    def page_url(self, notebook: str) -> str:
        # `reset` opens a workspace of its own, untouched by earlier pages.
        return f"{self.url}/lab/tree/{notebook}?token={self.token}&reset"

    def fetch(self, path: str) -> bytes:
        request = urllib.request.Request(
            f"{self.url}/{path}", headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())

    def kernels(self) -> list[dict[str, Any]] | None:
        """The running kernels; None where the server stumbles, as it does while one ends."""
        try:
            return list(json.loads(self.fetch("api/kernels")))
        except urllib.error.HTTPError:
            return None

    def kernel_of(self, notebook: str) -> dict[str, Any] | None:
        """The kernel of an open notebook; None where it has none yet."""
        try:
            sessions = json.loads(self.fetch("api/sessions"))
        except urllib.error.HTTPError:
            return None
        return next((dict(s["kernel"]) for s in sessions if s["path"] == notebook), None)

    def answers(self) -> bool:
        try:
            return bool(self.fetch("api/status"))
        except (urllib.error.URLError, OSError):
            return False


@dataclass(frozen=True)
class Seven(Server):
    """The same server, seen with Notebook 7."""

    def page_url(self, notebook: str) -> str:
        return f"{self.url}/notebooks/{notebook}?token={self.token}"


@dataclass(frozen=True)
class Classic(Server):
    """The same server, seen with nbclassic; Notebook 6 has no name in its address."""

    name: str = "nbclassic/"

    def page_url(self, notebook: str) -> str:
        return f"{self.url}/{self.name}notebooks/{notebook}?token={self.token}"


def jupyter_environment(home: Path) -> dict[str, str]:
    """Jupyter's settings kept in a folder of the test's own."""
    own = {
        name: str(home / name.lower())
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "IPYTHONDIR",
        )
    }
    return {**os.environ, **own}


@contextlib.contextmanager
def serving(folder: Path, *settings: str) -> Iterator[Server]:
    """JupyterLab serving a folder, on loopback alone, with settings beside those of the tests."""
    # What a notebook makes "in a place for trying out" is served, too.
    (folder / "tmp").mkdir()
    environment = {**jupyter_environment(folder / "settings"), "TMPDIR": str(folder / "tmp")}
    port, token = free_port(), secrets.token_hex(16)
    server = Server(f"http://127.0.0.1:{port}", token, folder)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1"),
        *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--allow-root"),
        *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"),
        *settings,
    ]
    with running(command, server.answers, folder / "lab.log", environment):
        yield server


def add_cells(path: Path, *sources: str) -> None:
    """Add cells to a notebook, at its end, as somebody does who goes on with it."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += map(nbformat.v4.new_code_cell, sources)
    nbformat.write(notebook, path)


expect.set_options(timeout=60_000)


# anywidget says so of a widget that has not begun after two seconds, as on a busy machine. That one
# is shown all the same. Whether it hears the kernel is for the tests that need it to say.
TOO_SLOW = "[anywidget] Failed to initialize model."


class Lab:
    """A notebook open in JupyterLab, and what a person does there."""

    def __init__(
        self,
        page: Page,
        server: Server,
        notebook: str = "notebooks/explore.ipynb",
        choices: int = 15,
        within: str = "",
    ) -> None:
        self.page = page
        self.server = server
        self.notebook = notebook
        self.choices = choices
        self.within = within
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.kernel_answered = False
        self.tops = itertools.cycle(range(0, 12_000, 400))
        page.on("websocket", self._listen)
        page.on("pageerror", self._hear)
        page.on("request", lambda request: self._note(request.url, server.url))
        page.goto(server.page_url(notebook))
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()

    def _hear(self, error: Error) -> None:
        if str(error) != TOO_SLOW:
            self.errors.append(str(error))

    def _note(self, url: str, home: str) -> None:
        if not url.startswith((home, home.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(url)

    def _listen(self, socket: WebSocket) -> None:
        if "/channels" in socket.url:
            socket.on("framereceived", lambda _: setattr(self, "kernel_answered", True))

    def menu(self, menu: str, command: str) -> None:
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
        self.page.locator(f'.lm-Menu-item[data-command="{command}"]').click()

    def save_widgets(self, wanted: bool) -> None:
        """Whether JupyterLab saves the state of widgets. It keeps that for later pages, so a test
        that saves says which it wants."""
        command = '[data-command="@jupyter-widgets/jupyterlab-manager:saveWidgetState"]'
        item = self.page.locator(f".lm-Menu-item{command}")

        def is_so() -> bool:
            # Settings are read and written a moment later, so it is looked at again.
            self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Settings$")).click()
            item.wait_for()
            found = "lm-mod-toggled" in (item.get_attribute("class") or "")
            if found == wanted:
                self.page.keyboard.press("Escape")
            else:
                item.click()
            item.wait_for(state="hidden")
            return found == wanted

        until(is_so, what="JupyterLab knows whether to save widgets")

    def save(self) -> str:
        """Save the notebook, with its widgets, and give what is on the disk."""
        path = self.server.folder / self.notebook
        before = path.stat().st_mtime_ns

        def written() -> str:
            # While it is written, the file is empty or ends halfway.
            content = path.read_text(encoding="utf-8")
            is_new = path.stat().st_mtime_ns > before
            return content if is_new and content.rstrip().endswith("}") else ""

        def saved() -> str:
            # While JupyterLab still saves, it does not hear that it should save.
            self.menu("File", "docmanager:save")
            with contextlib.suppress(AssertionError):
                return until(written, 5)
            return ""

        return until(saved, what="the notebook is saved")

    def choose_theme(self, theme: str) -> None:
        """`theme`: JupyterLab Light or JupyterLab Dark."""
        page = self.page
        page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Settings$")).click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{theme}$")).click()
        light = "true" if theme.endswith("Light") else "false"
        page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")

    def check_with_axe(self, part: str) -> None:
        """Contrast, names and roles in a part of the page, named by a selector."""
        rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa"]}}
        check_with_axe(self.page, part, **rules)

    def check_with_axe_in_both_themes(self, part: str) -> None:
        for theme in ("JupyterLab Dark", "JupyterLab Light"):
            self.choose_theme(theme)
            self.check_with_axe(part)

    def run_all(self) -> None:
        """Run every cell of the notebook, and come back to the explorer."""
        self.start_all()
        # The last one, too: only then is JupyterLab done with scrolling.
        until(self.has_run, 120, "the notebook has run")
        self.show_explorer()

    def start_all(self) -> None:
        # JupyterLab drops what it is told to run before its kernel has answered once.
        until(self.kernel_is_ready, what="the kernel is ready")
        self.menu("Run", "runmenu:run-all")

    def has_run(self) -> bool:
        """Whether no cell is running or waiting to run."""
        prompts = self.page.locator(".jp-CodeCell .jp-InputPrompt").all_text_contents()
        return not any("*" in prompt for prompt in prompts) and self.kernel_is_ready()

    def kernel_is_ready(self) -> bool:
        kernel = self.server.kernel_of(self.notebook)
        if not kernel or not kernel["connections"] or kernel["execution_state"] != "idle":
            return False
        status = self.page.locator(".jp-Notebook-ExecutionIndicator").first
        # Another page may have the same kernel: it is this one that must have heard of it.
        return status.get_attribute("data-status") == "idle" and self.kernel_answered

    def show_explorer(self) -> None:
        until(self.in_sight, what="the explorer comes into sight")
        until(self.scrolled_to, what="the explorer stays in sight")

    def scrolled_to(self) -> bool:
        """Whether it is in view now. It may be made anew at this very moment, by JupyterLab or by
        what it follows."""
        try:
            self.explorer.scroll_into_view_if_needed()
        except Error as error:
            if "not attached" not in str(error):
                raise
            return False
        return True

    def in_sight(self) -> bool:
        """Whether all of the explorer is there; if not, scroll: what is unseen is taken away."""
        # Of a toggle that holds several values, they are no radios.
        choices = self.explorer.locator(".dtree-toggle button[role]").count()
        # Every stock widget comes by itself: the toggles may stand there before their button does.
        buttons = self.explorer.get_by_role("button", name="Reset").count()
        return (choices == self.choices and buttons > 0) or self.scroll_on()

    def scroll_on(self) -> bool:
        """Scroll to another place, and say that what is looked for has not been seen there yet."""
        panel = self.page.locator(".jp-WindowedPanel-outer").first
        panel.evaluate("(panel, top) => panel.scrollTo(0, top)", next(self.tops))
        return False

    def cell(self, number: int) -> Locator:
        """A cell by its place, from 0; one that is out of sight may not be in the page."""
        found = self.page.locator(f'.jp-Cell[data-windowed-list-index="{number}"]')
        until(lambda: found.count() or self.scroll_on(), what=f"cell {number} comes into sight")
        return found

    @property
    def explorer(self) -> Locator:
        return self.page.locator(f"{self.within} .dtree").first

    def open_options(self) -> None:
        """Open every option, so that all its words are in the page."""
        for kind in (".dtree-option", ".dtree-would"):
            closed = self.explorer.locator(f"{kind}:not([open]) > summary")
            while closed.count():
                closed.first.click()

    def toggle(self, factor: int, label: str) -> Locator:
        group = self.explorer.get_by_role("radiogroup").nth(factor)
        return group.get_by_role("radio", name=label, exact=True)

    def branch(self, question: str, label: str) -> Locator:
        return self.explorer.locator(f'.edge[aria-label="{question} {label}"]')

    def settled(self) -> None:
        """Wait for what comes a frame after the highlight: the outcome and the words."""
        self.page.evaluate(SETTLED)

    def state(self) -> dict[str, Any]:
        """What the page shows: states of nodes and branches, the toggles, the words."""
        return dict(self.explorer.evaluate(READ_STATE))


class Host(Lab):
    """A notebook in a host of which not all is as in JupyterLab."""

    def run(self) -> None:
        until(self.hears, 60, "the kernel is ready")
        self.menu("Run", "runmenu:run-all")

    def hears(self) -> bool:
        # What the page has heard is known after one more look at it.
        self.page.locator(".jp-Cell").count()
        kernel = self.server.kernel_of(self.notebook)
        idle = kernel is not None and kernel["execution_state"] == "idle"
        return idle and self.kernel_answered


def run_instead(cell: Locator, code: str) -> None:
    """Run other code in a cell."""
    cell.locator(".jp-Editor").click()
    for key in ("Control+A", "Delete"):
        cell.page.keyboard.press(key)
    # At once: while it is typed, JupyterLab closes brackets of its own accord.
    cell.page.keyboard.insert_text(code)
    cell.page.keyboard.press("Control+Enter")
