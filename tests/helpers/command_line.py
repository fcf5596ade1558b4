"""The command line, run as people run it: a process of its own, its output and its status."""

import atexit
import functools
import json
import os
import subprocess
import sys
import tempfile

from places import ROOT

PNG = b"\x89PNG\r\n\x1a\n"
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

# Imports the command line once, and forks for each command: most of the time of a command goes
# into starting Python. What a command changes stays in its process. What is frozen is not looked
# through for garbage, so that it stays shared; and none of it is taken apart at the end.
FORKING = """
import gc, json, os, sys, traceback
# What commands load late.
import genanki, yaml
import tree.changes.diff, tree.logic.outline, tree.logic.patients, tree.logic.what_if
import tree.logic.why
from tree.__main__ import main

gc.collect()
gc.freeze()

for line in sys.stdin:
    arguments, folder, variables, streams = json.loads(line)
    child = os.fork()
    if child:
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(streams, 1):
        os.dup2(os.open(path, os.O_WRONLY), number)
    os.chdir(folder)
    # As for every program that is started, and not as for this one.
    os.environ.pop("PWD", None)
    os.environ.update(variables)
    sys.argv[:] = ["tree", *arguments]
    status = 1
    try:
        status = main()
    except SystemExit as ended:
        status = ended.code
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
"""


@functools.cache
def _forking():
    server = subprocess.Popen(
        [sys.executable, "-P", "-c", FORKING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **ENVIRONMENT},
        text=True,
    )
    atexit.register(server.stdin.close)
    return server


def _forked(arguments, cwd, variables):
    with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
        server = _forking()
        order = [arguments, str(cwd), variables, [out.name, err.name]]
        print(json.dumps(order), file=server.stdin, flush=True)
        status = int(server.stdout.readline())
        return subprocess.CompletedProcess(arguments, status, out.read(), err.read())


def _started(arguments, cwd, variables):
    return subprocess.run(
        [sys.executable, "-m", "tree", *arguments],
        cwd=cwd,
        env={**os.environ, **ENVIRONMENT, **variables},
        capture_output=True,
        timeout=120,
        check=False,
    )


def run(*arguments, cwd=ROOT, **variables):
    """Run a command, with variables of the environment.

    With those that Python reads when it starts: in one that has just been started.
    """
    words = list(map(str, arguments))
    starts = any(name.startswith("PYTHON") for name in variables) or not hasattr(os, "fork")
    done = (_started if starts else _forked)(words, cwd, variables)
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
