"""Programs for learning platforms that are not ours, from npm: `make platforms`."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from places import ROOT

MODULES = ROOT / ".node" / "platforms" / "node_modules"
TIME_LIMIT = 600  # seconds


@functools.cache
def modules() -> Path:
    """Where they lie. Without npm the test is skipped; in CI it fails."""
    if not (MODULES.parent / "made").exists():
        command = ["make", "-s", "--no-print-directory", ".node/platforms/made"]
        done = subprocess.run(command, cwd=ROOT, timeout=TIME_LIMIT, check=False)
        if done.returncode:
            reason = "no npm, or it cannot install: what platforms run is not tested"
            if os.environ.get("CI") or shutil.which("npm"):
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)
    return MODULES
