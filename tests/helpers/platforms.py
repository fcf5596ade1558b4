"""Programs from npm that are not ours and judge what we write for others."""

from __future__ import annotations

import fcntl
import functools
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from places import ROOT

TIME_LIMIT = 600  # seconds


@functools.cache
def modules(what: str = "platforms") -> Path:
    """Where they lie: for learning "platforms", "dmn", other "formats", or "drools".

    Without npm the test is skipped; in CI it fails.
    """
    folder = ROOT / ".node" / what
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        # Two processes of the tests may ask for it.
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = (folder / "made").exists() or _made(what)
    if not made:
        reason = f"no npm, or it cannot install: what is for {what} is not tested"
        if os.environ.get("CI") or shutil.which("npm"):
            pytest.fail(reason, pytrace=False)
        # On a reader's own machine without npm the rest is still worth checking; CI fails above.
        pytest.skip(reason)
    return folder / "node_modules"


def _made(what: str) -> bool:
    command = ["make", "-s", "--no-print-directory", f".node/{what}/made"]
    return subprocess.run(command, cwd=ROOT, timeout=TIME_LIMIT, check=False).returncode == 0
