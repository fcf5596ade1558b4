"""The lock file in which Pyodide looks up the packages of the site of `make lite`."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tree.jupyter.lite.lock import write_lock

BASE = {"info": {"abi_version": "2026_0"}, "packages": {"numpy": {"file_name": "numpy.whl"}}}


def write_wheel(folder: Path, name: str, *needs: str, imports: str | None = None) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0"]
    lines += [f"Requires-Dist: {need}" for need in needs]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{imports or name}/__init__.py", "")
        archive.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join([*lines, "", "Words."]))
    return path


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    return folder


def lock_of(wheels: Path) -> dict[str, Any]:
    base, target = wheels.parent / "base.json", wheels.parent / "lock.json"
    base.write_text(json.dumps(BASE), encoding="utf-8")
    write_lock(base, wheels, target, "3.14")
    return dict(json.loads(target.read_text(encoding="utf-8")))


def test_it_names_the_wheels_that_are_there_and_no_other(wheels: Path) -> None:
    wheel = write_wheel(wheels, "ruamel_yaml", imports="ruamel")
    lock = lock_of(wheels)
    assert lock["info"] == BASE["info"]
    (entry,) = lock["packages"].items()
    assert entry[0] == entry[1]["name"] == "ruamel-yaml"
    assert entry[1]["file_name"] == wheel.name
    assert entry[1]["imports"] == ["ruamel"]
    assert entry[1]["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_what_is_needed_is_what_a_browser_needs_and_the_site_has(wheels: Path) -> None:
    write_wheel(
        wheels,
        "ours",
        "Yes_Needed>=1",
        "here; sys_platform == 'emscripten'",
        "computers; sys_platform != 'emscripten'",
        "newer; python_version >= '3.14'",
        "older; python_version < '3.14'",
        "left-out",
    )
    for name in ("yes.needed", "here", "computers", "newer", "older"):
        write_wheel(wheels, name.replace(".", "_"))
    assert lock_of(wheels)["packages"]["ours"]["depends"] == ["here", "newer", "yes-needed"]


def test_extras_lead_in_no_circle(wheels: Path) -> None:
    write_wheel(wheels, "one", "two")
    write_wheel(wheels, "two", "one; extra == 'more'", "two[more]; extra == 'all'")
    packages = lock_of(wheels)["packages"]
    assert {name: entry["depends"] for name, entry in packages.items()} == {
        "one": ["two"],
        "two": [],
    }
