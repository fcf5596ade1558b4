"""A learning platform in a page: the runtime scorm-again, with a package in a frame."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from platforms import modules
from playwright.sync_api import FrameLocator, Page, expect
from practice_parts import choices

import tree
from tree.exchange.scorm import package
from tree.teaching.questions.questions import PracticeQuestion

# The file of the runtime, its class, and the object that a page looks for.
RUNTIMES = {
    "1.2": ("scorm12", "Scorm12API", "API"),
    "2004": ("scorm2004", "Scorm2004API", "API_1484_11"),
}
# What was committed is there at the next visit; a value that the runtime refuses is an error.
_HOST = """<!doctype html><meta charset="utf-8"><title>Platform</title>
<script src="runtime.js"></script><script>
const api = window.%(object)s = new %(type)s({autocommit: false, logLevel: 5});
const start = %(start)s;
api.loadFromJSON(JSON.parse(localStorage.getItem("visits")) ?? start);
window.said = [];
const set = api.%(set)s.bind(api);
api.%(set)s = (element, value) => {
  const done = window.full && element === "cmi.suspend_data" ? "false" : set(element, value);
  window.said.push([element, value, `${done}`, api.%(error)s()]);
  return done;
};
for (const event of ["LMSCommit", "LMSFinish", "Commit", "Terminate"]) {
  api.on(event, () => {
    localStorage.setItem("visits", JSON.stringify(api.renderCMIToJSONObject()));
    window.ended = event;
  });
}
</script><iframe src="index.html" width="1200" height="1600"></iframe>
"""


def write_platform(
    folder: Path, guide: tree.Guide, version: str, start: Mapping[str, Any] | None = None
) -> None:
    """A folder to serve: the package unpacked, the runtime, and the page around it."""
    with zipfile.ZipFile(io.BytesIO(package(guide, version))) as archive:
        archive.extractall(folder)
    file, kind, name = RUNTIMES[version]
    runtime = (modules() / "scorm-again" / "dist" / f"{file}.js").read_bytes()
    (folder / "runtime.js").write_bytes(runtime)
    lms = "LMS" * (version == "1.2")
    words = {
        "object": name,
        "type": kind,
        "set": f"{lms}SetValue",
        "error": f"{lms}GetLastError",
        "start": json.dumps({"cmi": start or {}}),
    }
    (folder / "platform.html").write_text(_HOST % words, encoding="utf-8")


class Learner:
    """Somebody at the platform who practises."""

    def __init__(self, page: Page, url: str, guide: tree.Guide) -> None:
        self.page, self.guide = page, guide
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{url}/platform.html")
        self.is_there()

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    def is_there(self) -> None:
        self.frame.locator(".tp-keeping").wait_for()

    def comes_back(self) -> None:
        """Another visit: the platform closes the page, and opens it again."""
        self.page.reload()
        self.is_there()

    @property
    def cmi(self) -> Any:
        """What the platform has kept."""
        return json.loads(self.page.evaluate("localStorage.getItem('visits')"))["cmi"]

    @property
    def interactions(self) -> list[dict[str, Any]]:
        return [self.cmi["interactions"][str(i)] for i in range(len(self.cmi["interactions"]))]

    @property
    def refused(self) -> list[Any]:
        """What the runtime did not take."""
        return [each for each in self.page.evaluate("window.said") if each[2] != "true"]

    def questions(self) -> Iterator[PracticeQuestion]:
        """Those of the round, as the platform keeps them."""
        every = self.guide.questions()
        _, _, places = json.loads(self.cmi["suspend_data"])[6]
        return (every[int(place, 36)] for place in places.split("."))

    def press(self, name: str) -> None:
        self.frame.get_by_role("button", name=name, exact=True).click()

    def answer(self, question: PracticeQuestion, answer: Any) -> None:
        expect(self.frame.locator(".tp-asks")).to_have_text(question.asks)
        for number, (_, label) in enumerate(choices(question, answer)):
            row = self.frame.locator("fieldset").nth(number)
            row.get_by_role("radio", name=label, exact=True).check()
        self.press("Submit")
