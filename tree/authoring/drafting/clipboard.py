"""A text → the clipboard, by the program that the system has for it."""

from __future__ import annotations

import shutil
import subprocess

# A library for this, pyperclip, says that it has copied where the program fails, and leaves the
# program holding our output, so that a pipe behind it never ends.
PROGRAMS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    (
        *("powershell.exe", "-NoProfile", "-Command"),
        "[Console]::InputEncoding = [Text.Encoding]::UTF8;"
        " Set-Clipboard -Value ([Console]::In.ReadToEnd())",
    ),
)
PATIENCE = 20  # seconds


def copy(text: str) -> str:
    """Put a text on the clipboard. Returns "", or why it is not there."""
    there = [program for program in PROGRAMS if shutil.which(program[0])]
    if any(_took(program, text) for program in there):
        return ""
    if there:
        names = " and ".join(program[0] for program in there)
        return f"{names} found no clipboard here, as on a computer without a screen"
    return "no program for the clipboard is here; on Linux install wl-clipboard or xclip"


def _took(program: tuple[str, ...], text: str) -> bool:
    try:
        done = subprocess.run(
            program,
            input=text.encode(),
            # Some stay, to hand the text out, and hold what they were given.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
