"""A decision tree derived from the quoted statements of a text.

>>> import tree
>>> liver = tree.load("metastatic_liver_cancer")
>>> liver.walk(other_organ_involvement="no").next
'extensive_liver_involvement'
"""

import importlib
from typing import TYPE_CHECKING, Any

from .guide import Guide
from .logic.build import Tree
from .logic.walk import Walk
from .model.errors import AnswerError, DrawingError, Problem, RecordError, TreeError
from .opening import Report, ShippedGuide, check, check_text, diff, guides, load, loads

if TYPE_CHECKING:
    from .changes.diff import GuideChanges
    from .drafting import DraftedGuide, draft
    from .exchange.convert import Conversion, convert
    from .exchange.table_audit import audit
    from .jupyter.explorer import Explorer
    from .jupyter.workshop import Workshop
    from .sketch import Sketch
    from .tables.audit import AuditReport
    from .tables.export import save
    from .teaching.classroom.classroom import ClassResults, classroom
    from .teaching.classroom.lesson import Lesson
    from .teaching.exercise.compare import compare
    from .teaching.exercise.verdict import Verdict
    from .teaching.practice.scores import PracticeProgress, progress
    from .teaching.practice.widget import Practice
    from .teaching.questions.grading import grade

# Modules that are imported when they are first named: loading a guide and walking it needs none
# of them, and some bring ipywidgets or pandas along.
_LATER = {
    "AuditReport": ".tables.audit",
    "ClassResults": ".teaching.classroom.classroom",
    "Conversion": ".exchange.convert",
    "GuideChanges": ".changes.diff",
    "DraftedGuide": ".drafting",
    "Explorer": ".jupyter.explorer",
    "Lesson": ".teaching.classroom.lesson",
    "Practice": ".teaching.practice.widget",
    "PracticeProgress": ".teaching.practice.scores",
    "Sketch": ".sketch",
    "Verdict": ".teaching.exercise.verdict",
    "Workshop": ".jupyter.workshop",
    "audit": ".exchange.table_audit",
    "classroom": ".teaching.classroom.classroom",
    "compare": ".teaching.exercise.compare",
    "convert": ".exchange.convert",
    "draft": ".drafting",
    "grade": ".teaching.questions.grading",
    "progress": ".teaching.practice.scores",
    "save": ".tables.export",
}

__all__ = [
    "AnswerError",
    "AuditReport",
    "ClassResults",
    "Conversion",
    "DraftedGuide",
    "DrawingError",
    "Explorer",
    "Guide",
    "GuideChanges",
    "Lesson",
    "Practice",
    "PracticeProgress",
    "Problem",
    "RecordError",
    "Report",
    "ShippedGuide",
    "Sketch",
    "Tree",
    "TreeError",
    "Verdict",
    "Walk",
    "Workshop",
    "audit",
    "check",
    "check_text",
    "classroom",
    "compare",
    "convert",
    "diff",
    "draft",
    "grade",
    "guides",
    "load",
    "loads",
    "progress",
    "save",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        # Imported late: few ask, and it takes a while.
        namesake = importlib.import_module(".namesake", __name__)

        if name == "__version__":
            return namesake.version_of(namesake.OURS)
        hint = namesake.of_attribute(name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}")
    return getattr(importlib.import_module(_LATER[name], __name__), name)


def __dir__() -> list[str]:
    # What can be named is also proposed to who types it, before it is imported.
    return sorted({*globals(), *__all__, "__version__"})
