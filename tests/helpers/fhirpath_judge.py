"""FHIRPath as HL7 evaluates it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from in_node import in_node
from platforms import modules

_SCRIPT = Path(__file__).parent / "evaluate_fhirpath.mjs"


def evaluate(node: str, jobs: Sequence[dict[str, Any]]) -> list[list[list[list[Any]]]]:
    """For each job, resource and expression what FHIRPath makes of it: a list, empty for unknown.

    A job has a `version`, `expressions` and `resources`, which the expressions call %qr.
    """
    found: list[list[list[list[Any]]]] = in_node(node, [_SCRIPT, modules("formats")], jobs)
    return found
