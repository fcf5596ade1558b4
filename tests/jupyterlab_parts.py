"""A JupyterLab to test in, what a person does there, and what the explorer must show."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Locator, Page, WebSocket, expect

import tree
from tree.logic.walk import Walk
from tree.model.letters import visible
from tree.model.parts import Option, listed

ROOT = Path(__file__).parent.parent
LIVER = ROOT / "data" / "metastatic_liver_cancer"
# Nothing but loopback resolves: a page that asks for anything outside fails visibly.
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
T = TypeVar("T")


def until(condition: Callable[[], T], seconds: float = 60, what: str = "") -> T:
    """Poll until the condition holds, and return what it gave."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what or condition}")
        # A pause between two looks, so as not to take the machine from what is waited for; how
        # long it waits is decided by the deadline above.
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


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


def bare_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Without what the `make` and the Python around the tests would add to one that they start."""
    around = {"VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    return {name: value for name, value in environment.items() if name not in around}


@contextlib.contextmanager
def serving(folder: Path, *settings: str) -> Iterator[Server]:
    """JupyterLab serving a folder, on loopback alone, with settings beside those of the tests."""
    # What a notebook makes "in a place for trying out" is served, too.
    (folder / "tmp").mkdir()
    environment = {**jupyter_environment(folder / "settings"), "TMPDIR": str(folder / "tmp")}
    port, token = free_port(), secrets.token_hex(16)
    server = Server(f"http://127.0.0.1:{port}", token, folder)
    with (folder / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1"),
                *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--allow-root"),
                *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"),
                *settings,
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        try:
            until(server.answers, 90, "JupyterLab starts")
            yield server
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server that a test started, and the kernels below it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)


expect.set_options(timeout=60_000)

YES_NO_UNKNOWN = ("Yes", "No", "Unknown")


class Labels(dict[str | None, str]):
    """How the value of an answer is written on screen."""

    def __missing__(self, value: str | None) -> str:
        return "Unknown" if value is None else value[0].upper() + value[1:]


LABEL = Labels()


class Lab:
    """A notebook open in JupyterLab, and what a person does there."""

    def __init__(
        self,
        page: Page,
        server: Server,
        notebook: str = "notebooks/explore.ipynb",
        radios: int = 15,
        within: str = "",
    ) -> None:
        self.page = page
        self.server = server
        self.notebook = notebook
        self.radios = radios
        self.within = within
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.kernel_answered = False
        self.tops = itertools.cycle(range(0, 12_000, 400))
        page.on("websocket", self._listen)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url, server.url))
        page.goto(server.page_url(notebook))
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()

    def _note(self, url: str, home: str) -> None:
        if not url.startswith((home, home.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(url)

    def _listen(self, socket: WebSocket) -> None:
        if "/channels" in socket.url:
            socket.on("framereceived", lambda _: setattr(self, "kernel_answered", True))

    def menu(self, menu: str, command: str) -> None:
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
        self.page.locator(f'.lm-Menu-item[data-command="{command}"]').click()

    def run_all(self) -> None:
        """Run every cell of the explore notebook, and come back to the explorer."""
        self.start_all()
        # The cell after the explorer's sets these; then all that matters here has run.
        until(
            lambda: self.in_sight() and self.state()["toggles"][:2] == ["No", "Yes"],
            90,
            "the notebook has run",
        )
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
        self.explorer.scroll_into_view_if_needed()

    def in_sight(self) -> bool:
        """Whether the explorer is there; else scroll on. JupyterLab takes away what is unseen."""
        if self.explorer.locator(".dtree-toggle [role=radio]").count() == self.radios:
            return True
        panel = self.page.locator(".jp-WindowedPanel-outer").first
        panel.evaluate("(panel, top) => panel.scrollTo(0, top)", next(self.tops))
        return False

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


# The outcome and the words come a frame after the highlight.
SETTLED = "new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))"

# Reads the page alone, in the order of the drawing: nodes n0, n1, … and their branches.
READ_STATE = """async root => {
  await SETTLED;
  const state = part => ["taken", "possible", "ruled-out"]
    .filter(name => part.classList.contains(`dtree-${name}`)).join("+");
  const nodes = [...root.querySelectorAll("g.node")];
  const edges = [...root.querySelectorAll("g.edge")];
  return {
    nodes: nodes.map(part => [part.querySelector("title").textContent, state(part)]),
    branches: edges.map(part => [part.querySelector("title").textContent, state(part)]),
    answered: edges.filter(part => part.getAttribute("aria-pressed") === "true").length,
    // Stock toggles in a notebook, radio buttons in a page.
    toggles: [...root.querySelectorAll("[role=radio][aria-checked=true], .dtree-choice :checked")]
      .map(chosen => (chosen.closest("label") ?? chosen).textContent),
    next: [...root.querySelectorAll(".dtree-is-next .dtree-asked")].map(e => e.textContent),
    said: root.querySelector("[aria-live]").textContent,
    sections: Object.fromEntries([...root.querySelectorAll(".dtree-outcome > section")]
      .map(part => [part.querySelector(".dtree-h1").textContent,
        [...part.querySelectorAll(".dtree-option > summary")].map(e => e.textContent)])),
    quotes: Object.fromEntries([...root.querySelectorAll(".dtree-option")]
      .map(part => [part.querySelector("summary").textContent,
        [...part.querySelectorAll("q")].map(e => e.textContent)])),
  };
}""".replace("SETTLED", SETTLED)


def expected(walk: Walk) -> dict[str, Any]:
    """What the page must show for a walk, computed in Python."""
    reading = walk.tree.reading
    question = {factor.id: factor.question for factor in reading.factors}

    def name(index: int) -> str:
        node = walk.tree.nodes[index]
        if hasattr(node, "factor"):
            return question[node.factor]
        by_label: dict[str, list[Option]] = {}
        for option, standing in zip(reading.options, node.standings, strict=True):
            by_label.setdefault(standing.label, []).append(option)
        order = ("First choice", "Offered", "Withheld", "The text is silent")
        found = [(label, by_label[label]) for label in order if label in by_label]
        return "; ".join(f"{label}: {listed(each, reading.groups)}" for label, each in found)

    sections: dict[str, list[str]] = {}
    for option in reading.options:
        standing = walk.standings[option.id].standing
        sections.setdefault(standing.label if standing else "Not decided yet", []).append(
            option.name
        )
    return {
        "nodes": sorted([name(i), str(state)] for i, state in enumerate(walk.nodes)),
        "branches": sorted(
            [f"{name(i)} {LABEL[value]}", str(state)] for (i, value), state in walk.branches.items()
        ),
        "answered": sum(
            walk.answers.get(walk.tree.nodes[i].factor) == value for i, value in walk.branches
        ),
        "toggles": [LABEL[walk.answers.get(factor.id)] for factor in reading.factors],
        "next": [question[walk.next]] if walk.next else [],
        "sections": sections,
    }


def seen(shown: dict[str, Any]) -> dict[str, Any]:
    """The part of the page's state that a walk decides, in the same shape."""
    ends = ("The path so far", "For everyone")
    return {
        "nodes": sorted(shown["nodes"]),
        "branches": sorted(shown["branches"]),
        "answered": shown["answered"],
        "toggles": shown["toggles"],
        "next": shown["next"],
        "sections": {k: v for k, v in shown["sections"].items() if k not in ends},
    }


def answers_of(guide: tree.Guide, labels: Sequence[str]) -> dict[str, str]:
    pairs = zip(guide.factors, labels, strict=True)
    return {factor.id: label.lower() for factor, label in pairs if label != "Unknown"}


HOSTILE = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 2'>",
    "&lt;b&gt; &amp; ]]> \" ' ` $x^2$ \\alpha",
    "\u202etxet\u202c 🌳 转移",
]
# What turns the direction of writing stands in quotes alone: names are refused with it.
NAMES = [visible(words) for words in HOSTILE]


def write_hostile_guide(folder: Path) -> None:
    """A guide in which every label, value, quote and name tries to be markup."""
    folder.mkdir()
    (folder / "text.txt").write_text("\n".join(HOSTILE), encoding="utf-8")
    script, image, entities, other = HOSTILE
    guide = {
        "title": script,
        "passages": {"all": {"author": image, "begins": script}},
        "factors": {
            "a": {"question": image, "quote": entities, "help": script, "judgement": other},
            "b": {"question": entities, "quote": script, "values": [script, image, NAMES[3]]},
        },
        "options": {
            f"o{i}": {"name": NAMES[i], "synonyms": NAMES, "quote": words, "does": words}
            for i, words in enumerate(HOSTILE)
        },
        "statements": {
            "s": {
                "quote": entities,
                "any": {"a": "yes", "b": script},
                "withhold": ["o0", "o1"],
                "prefer": "o2",
                "basis": "implied",
                "because": image,
            },
            "t": {"quote": image, "offer": "o3"},
            "r": {"quote": script, "remark": script},
        },
        "examples": {script: {"a": "no", "b": image}},
    }
    # JSON is YAML.
    (folder / "guide.yaml").write_text(json.dumps(guide, ensure_ascii=False), encoding="utf-8")
