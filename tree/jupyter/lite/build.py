"""The site: `python -m tree.jupyter.lite.build SITE`, in an environment with the extra `lite`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from ...commands import Parser
from .lock import canonical, write_lock

PYTHON = "3.14"  # of this Pyodide
# Versions of Pyodide's own Python packages are those of its kernel.
KERNEL = ("comm", "ipython", "micropip")
# Of no use to a Python that has no server: ipywidgets brings it along. And what completes words in
# places where IPython does without: a fifth of all that a visitor would have to wait for.
WITHOUT = ("jupyterlab-widgets", "jedi")
EXTENSIONS = (
    "@jupyterlite/pyodide-kernel-extension",
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
)
# The scripts of ours in the page of each app; `tree` is the list of files where there is no lab.
SCRIPTS = {"lab": ("narrow.js", "progress.js"), "notebooks": ("progress.js",), "tree": ()}
KERNEL_SETTINGS = "@jupyterlite/pyodide-kernel-extension:kernel"
_OWN = Path(__file__).parent / "static"


def build_lite(root: Path, modules: Path, site: Path) -> None:
    """Build the site of a project; `modules`: where npm has put Pyodide and Graphviz.

    Raises CalledProcessError, with what was printed, where a step fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wheels = work / "lite" / "static" / "pyodide"
        wheels.mkdir(parents=True)
        _collect_wheels(root, work, wheels)
        _copy_pyodide(modules, wheels)
        packages = [canonical(path) for path in sorted(wheels.glob("*.whl"))]
        _write_settings(work / "lite", packages)
        shutil.copytree(
            root / "notebooks",
            work / "contents",
            ignore=shutil.ignore_patterns("*.png", ".*", "practice-record*", "*.html"),
        )
        _run_jupyterlite(work, site)
    _finish(site)


def _collect_wheels(root: Path, work: Path, wheels: Path) -> None:
    """This project, the kernel, and all that they need in a browser."""
    kernel = _extensions() / EXTENSIONS[0] / "static" / "pypi"
    own = work / "own"
    _run(sys.executable, "-m", "uv", "build", "--quiet", "--wheel", "--out-dir", own, root)
    for wheel in kernel.glob("*.whl"):
        # A shim for the widgets of ten years ago has the same name.
        if not wheel.name.startswith("widgetsnbextension-3"):
            shutil.copy(wheel, own)
    local = [f"{canonical(path)}=={path.name.split('-')[1]}" for path in sorted(own.glob("*.whl"))]
    (work / "wanted.txt").write_text("\n".join([*local, *KERNEL]))
    never = "; python_version < '3'"
    (work / "without.txt").write_text("\n".join(name + never for name in WITHOUT))
    _run(
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", work / "wanted.txt"),
        *("--override", work / "without.txt", "--find-links", own, "--no-header", "--no-annotate"),
        *("--python-platform", "wasm32-pyodide2025", "--python-version", PYTHON),
        *("--only-binary", ":all:", "--output-file", work / "locked.txt"),
    )
    # What is there under its own name may be another thing: the kernel's `ipykernel` is a shim.
    here = {canonical(path) for path in own.glob("*.whl")}
    lines = (work / "locked.txt").read_text().splitlines()
    others = [line for line in lines if line.partition("==")[0] not in here]
    (work / "others.txt").write_text("\n".join(others))
    # uv resolves for a browser and fetches for this computer, pip the other way round.
    _run(
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels),
        *("--only-binary", ":all:", "--platform", "any", "--python-version", PYTHON),
        *("-r", work / "others.txt"),
    )
    shutil.copytree(own, wheels, dirs_exist_ok=True)


def _copy_pyodide(modules: Path, target: Path) -> None:
    pyodide = modules / "pyodide"
    for name in ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        shutil.copy(pyodide / name, target)
    shutil.copy(pyodide / "pyodide.mjs", target / "pyodide-alone.mjs")
    shutil.copy(_OWN / "pyodide.mjs", target)
    shutil.copy(modules / "@viz-js" / "viz" / "dist" / "viz.js", target)
    write_lock(pyodide / "pyodide-lock.json", target, target / "pyodide-lock.json", PYTHON)


def _write_settings(folder: Path, packages: list[str]) -> None:
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": "./static/pyodide/pyodide-lock.json",
            # The kernel asks elsewhere for what is not named here; pyodide.mjs takes it out again.
            "packages": [*packages, "jedi"],
        },
    }
    settings = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {"litePluginSettings": {KERNEL_SETTINGS: kernel}},
    }
    (folder / "jupyter-lite.json").write_text(json.dumps(settings, indent=2))
    extensions = [str(_extensions() / name) for name in EXTENSIONS]
    build = {
        "LiteBuildConfig": {
            "apps": [*SCRIPTS],
            "contents": ["../contents"],
            "federated_extensions": extensions,
            "ignore_sys_prefix": ["federated_extensions"],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
        }
    }
    (folder / "jupyter_lite_config.json").write_text(json.dumps(build, indent=2))


def _extensions() -> Path:
    return Path(sysconfig.get_path("data")) / "share" / "jupyter" / "labextensions"


def _run_jupyterlite(work: Path, site: Path) -> None:
    shutil.rmtree(site, ignore_errors=True)
    program = Path(sysconfig.get_path("scripts")) / "jupyter-lite"
    _run(program, "build", "--output-dir", site.resolve(), cwd=work / "lite")


def _finish(site: Path) -> None:
    """Put our scripts into the pages: after what says that a phone's width is the page's."""
    for app, names in SCRIPTS.items():
        for name in names:
            shutil.copy(_OWN / name, site)
        index = site / app / "index.html"
        html = index.read_text(encoding="utf-8")
        scripts = "".join(f'<script src="../{name}"></script>\n' for name in names)
        index.write_text(html.replace("</head>", f"{scripts}</head>", 1), encoding="utf-8")


def _run(*command: object, cwd: Path | None = None) -> None:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


if __name__ == "__main__":
    parser = Parser(prog="python -m tree.jupyter.lite.build", description=__doc__)
    parser.add_argument("site", type=Path, help="the folder to write")
    parser.add_argument("--modules", type=Path, required=True, help="npm's folder node_modules")
    given = parser.parse_args()
    try:
        build_lite(Path.cwd(), given.modules, given.site)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error}\n{error.stdout}\n{error.stderr}")
