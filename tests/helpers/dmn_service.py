"""Drools, the engine for DMN of KIE: a program that takes a whole file and a case, over HTTP."""

from __future__ import annotations

import contextlib
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dmn_engines import Asked, Found
from platforms import modules
from processes import free_port, running

PROGRAMS = {
    "linux": "linux/jitexecutor",
    "darwin": "darwin/jitexecutor",
    "win32": "win32/jitexecutor.exe",
}


@dataclass(frozen=True)
class DmnService:
    """The running engine. It is given a file as it is, and evaluates every decision in it."""

    url: str

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/q/health", timeout=30) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def decisions(self, source: bytes, known: Mapping[str, Any]) -> dict[str, Any]:
        """What comes out of each decision that could be evaluated, by its id."""
        message = json.dumps({"model": source.decode(), "context": {**known}})
        done = self._sent("jitdmn/dmnresult", message, "application/json")
        return {
            each["decisionId"]: each["result"]
            for each in done["decisionResults"]
            if each["evaluationStatus"] == "SUCCEEDED"
        }

    def found(self, source: bytes, asked: Sequence[Asked]) -> list[Found]:
        """What it decides in these cases; nothing where it cannot evaluate the decision."""
        return [self._found(source, each) for each in asked]

    def _found(self, source: bytes, asked: Asked) -> Found:
        result = self.decisions(source, asked.known).get(asked.decision, {})
        # A table with one output has no names for what comes out.
        return result if isinstance(result, dict) else dict.fromkeys(asked.expected, result)

    def remarks(self, source: bytes) -> dict[str, list[str]]:
        """What it finds wrong with a file, by the kind: against the schema, or in the tables."""
        by_kind: dict[str, list[str]] = {}
        for each in self._sent("jitdmn/validate", source.decode(), "application/xml"):
            by_kind.setdefault(each["messageType"], []).append(each["message"])
        return by_kind

    def _sent(self, path: str, message: str, kind: str) -> Any:
        headers = {"Content-Type": kind, "Accept": "application/json"}
        request = urllib.request.Request(f"{self.url}/{path}", message.encode(), headers)
        with urllib.request.urlopen(request, timeout=300) as answer:
            return json.load(answer)


@contextlib.contextmanager
def dmn_service(log: Path) -> Iterator[DmnService]:
    """The engine on a port of its own, until the test is over; `log`: where it writes."""
    folder = modules("drools") / "@kie-tools" / "jitexecutor-native" / "dist"
    program = folder / PROGRAMS[sys.platform]
    program.chmod(0o755)
    port = free_port()
    settings = [f"-Dquarkus.http.port={port}", "-Dquarkus.http.host=127.0.0.1"]
    service = DmnService(f"http://127.0.0.1:{port}")
    with running([program, *settings], service.answers, log):
        yield service
