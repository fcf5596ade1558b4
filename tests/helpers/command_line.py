"""The command line, run as people run it: a process of its own, its output and its status."""

import os
import subprocess
import sys

from places import ROOT

PNG = b"\x89PNG\r\n\x1a\n"


def run(*arguments, cwd=ROOT, **variables):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **variables}
    done = subprocess.run(
        [sys.executable, "-m", "tree", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    done.out = done.stdout.decode()
    done.err = done.stderr.decode()
    # Whatever goes wrong is said in words.
    assert "Traceback" not in done.err
    return done


def refused(*arguments, **variables):
    """Run what must fail: status 1, nothing on standard output. Returns the message."""
    done = run(*arguments, **variables)
    assert done.returncode == 1
    assert done.out == ""
    return done.err
