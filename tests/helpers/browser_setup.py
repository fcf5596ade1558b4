"""A browser for the tests: one that is there, or else one that is installed. `make browser`."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import pytest

from tree.web.browsers import advice, browsers

# So that a network that swallows everything is noticed soon.
APT = [
    *("apt-get", "-qq", "-o", "Acquire::Retries=0"),
    *("-o", "Acquire::http::Timeout=15", "-o", "Acquire::https::Timeout=15"),
]
# The last one for Playwright, which does not start without it.
PACKAGES = ["chromium", "fonts-liberation", "libatomic1"]
PATIENCE = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}
TIME_LIMIT = 900  # seconds, for one way of installing


def run(command: list[str], limit: int = TIME_LIMIT) -> subprocess.CompletedProcess[str]:
    """Run a command in silence; one that cannot be run or takes too long has failed, too."""
    environment = {**os.environ, **PATIENCE, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=limit,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def first_line(done: subprocess.CompletedProcess[str]) -> str:
    """The first words of a program that has failed."""
    said = f"{done.stderr}\n{done.stdout}".split("\n")
    return next(filter(None, map(str.strip, said)), f"it ends with {done.returncode}")


def why_not(browser: str) -> str:
    """Why a browser that is there does not start; empty where it does.

    Ubuntu's `chromium-browser` may only say that it has moved, and what was downloaded may lack
    libraries of the system.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *(f"--user-data-dir={profile}", "--dump-dom", "about:blank"),
        ]
        done = run(command, 60)
    return "" if "<html" in done.stdout else first_line(done)


@functools.cache
def working() -> tuple[str | None, str]:
    """The first browser that starts, or None; and what to say where there is none."""
    # Playwright's own program, for which a bare Debian lacks a library.
    driver = run([sys.executable, "-m", "playwright", "--version"])
    wrong = [f"Playwright does not start ({first_line(driver)})"] if driver.returncode else []
    for browser in browsers() if not wrong else ():
        reason = why_not(browser)
        if not reason:
            return browser, ""
        wrong.append(f"{browser} does not start ({reason})")
    return None, f"no browser: {'; '.join([*wrong, advice()])}"


def is_there() -> str:
    """The path of the browser. Without one the test is skipped; in CI it fails."""
    browser, reason = working()
    if browser is None:
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        # On a reader's own machine the rest is still worth checking; CI fails above.
        pytest.skip(reason)
    # What a test starts shall use the same one.
    os.environ["TREE_BROWSER"] = browser
    return browser


def ways_to_install() -> Iterator[list[list[str]]]:
    """What to run, one way after the other."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None
    if root:
        yield [
            [*APT, "update"],
            [*APT, "install", "--yes", "--no-install-recommends", *PACKAGES],
        ]
    own = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    if root:
        # With the libraries of the system that it takes.
        yield [[*own, "--with-deps"]]
    yield [own]


def main() -> int:
    """Find or install a browser. Returns 1 where there is none in the end and CI wants one."""
    if working()[0] is None and not os.environ.get("TREE_BROWSER"):
        print("No Chromium or Chrome is here; installing one takes a minute or two ...", flush=True)
        for way in ways_to_install():
            for command in way:
                run(command)
            working.cache_clear()
            if working()[0]:
                break
    browser, reason = working()
    if browser:
        return 0
    print(reason if os.environ.get("CI") else f"{reason}; the tests that need it are skipped")
    return int(bool(os.environ.get("CI")))


if __name__ == "__main__":
    sys.exit(main())
