"""FHIRPath as HL7 evaluates it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from platforms import TIME_LIMIT, modules

_SCRIPT = Path(__file__).parent / "evaluate_fhirpath.mjs"


def evaluate(node: str, jobs: Sequence[dict[str, Any]]) -> list[list[list[list[Any]]]]:
    """For each job, resource and expression what FHIRPath makes of it: a list, empty for unknown.

    A job has a `version`, `expressions` and `resources`, which the expressions call %qr.
    """
    done = subprocess.run(
        [node, str(_SCRIPT), str(modules("formats"))],
        input=json.dumps(jobs).encode(),
        capture_output=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    found: list[list[list[list[Any]]]] = json.loads(done.stdout)
    return found
