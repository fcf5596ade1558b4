"""A folder of wheels → the lock file in which Pyodide looks its packages up."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Collection, Iterable
from email.parser import Parser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

# For whom a dependency is named. Those of extras are left out: some lead in a circle, for which
# Pyodide would wait for ever.
BROWSER = {
    "extra": "",
    "os_name": "posix",
    "platform_python_implementation": "CPython",
    "platform_system": "Emscripten",
    "sys_platform": "emscripten",
}


def locked(base: dict[str, Any], wheels: Iterable[Path], python: str) -> dict[str, Any]:
    """The lock file of a Pyodide with these wheels alone; `base`: its own lock file;
    `python`: its version of Python.

    Its own packages lie on a server, and here nothing is fetched from any.
    """
    packages = {canonical(wheel): wheel for wheel in wheels}
    place = {**BROWSER, "python_version": python, "python_full_version": f"{python}.0"}
    found = {
        name: _package(name, wheel, packages, place) for name, wheel in sorted(packages.items())
    }
    return {**base, "packages": found}


def canonical(wheel: Path) -> str:
    """The name of the package in a wheel, as lock files write it.

    >>> canonical(Path("ruamel_yaml-0.19.1-py3-none-any.whl"))
    'ruamel-yaml'
    """
    return _canonical(wheel.name.partition("-")[0])


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _package(
    name: str, wheel: Path, known: Collection[str], place: dict[str, str]
) -> dict[str, Any]:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        about = next(each for each in names if each.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(about).decode())
    needed = map(Requirement, metadata.get_all("Requires-Dist", []))
    here = {
        _canonical(each.name) for each in needed if not each.marker or each.marker.evaluate(place)
    }
    return {
        "name": name,
        "version": metadata["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        # What is of no use here is not among the wheels.
        "depends": sorted(here & set(known)),
        "imports": sorted(_imports(names)),
        "unvendored_tests": False,
    }


def _imports(names: Iterable[str]) -> set[str]:
    """What can be imported of a wheel with these files."""
    tops = {name.partition("/")[0] for name in names if name.endswith(".py")}
    return {top.removesuffix(".py") for top in tops if not top.endswith(".dist-info")}


def write_lock(base: Path, wheels: Path, target: Path, python: str) -> None:
    """Write the lock file of the wheels in a folder."""
    found = locked(json.loads(base.read_text(encoding="utf-8")), wheels.glob("*.whl"), python)
    target.write_text(json.dumps(found), encoding="utf-8")
