"""What the fonts of this computer have."""

import shutil
import subprocess


def is_in_a_font(letter: str) -> bool:
    """What fontconfig says when it is asked for this letter; without it, Graphviz is trusted."""
    if not shutil.which("fc-list"):
        return True
    command = ["fc-list", f":scalable=true:charset={ord(letter):x}"]
    return bool(subprocess.run(command, capture_output=True, check=True).stdout)
