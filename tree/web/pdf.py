"""HTML page → PDF, printed by a Chromium where there is one."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from ..model.errors import DrawingError
from .browsers import advice, find_browser

TIME_LIMIT = 120  # seconds


def to_pdf(html: str) -> bytes:
    """Print a page. Raises DrawingError where no Chromium is found or it fails."""
    browser = find_browser()
    if browser is None:
        raise DrawingError(
            f"a PDF needs Chromium or Chrome, and none is found; {advice()}; "
            "or open the HTML page in any browser and print it instead"
        )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(html, encoding="utf-8")
        command = [
            *(browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-sync"),
            *("--disable-background-networking", "--disable-component-update", "--no-sandbox"),
            *(f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"),
            *("--virtual-time-budget=5000", f"--print-to-pdf={target}", source.as_uri()),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=TIME_LIMIT, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DrawingError(f"{browser} could not print the page: {error}") from error
        if done.returncode or not target.exists():
            said = done.stderr.decode(errors="replace").strip()[-500:]
            raise DrawingError(f"{browser} could not print the page: {said}")
        return target.read_bytes()
