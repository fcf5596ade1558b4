"""A decision tree derived from the quoted statements of a text.

>>> import tree
>>> liver = tree.load("data/metastatic_liver_cancer")
>>> liver.walk(other_organ_involvement="no").next
'chemotherapy_responsive_tumor'
"""

import importlib
from typing import TYPE_CHECKING, Any

from .errors import AnswerError, DrawingError, Problem, RecordError, TreeError
from .guide import Guide, Tree, Walk
from .opening import Report, check, checks, diff, load, reads

if TYPE_CHECKING:
    from .changes.differing import Diff
    from .explorer import Explorer
    from .numbers.auditing import Audit, audit
    from .numbers.saving import save
    from .teaching.classroom import Classroom, classroom
    from .teaching.grading import grade
    from .teaching.judging import compare
    from .teaching.lesson import Lesson
    from .teaching.practice import Practice
    from .teaching.scores import Progress, progress
    from .teaching.verdict import Verdict
    from .workshop import Workshop, watch

# Rooms that are imported when they are first named: loading a guide and walking it needs none
# of them, and some bring ipywidgets or pandas along.
_LATER = {
    "Audit": ".numbers.auditing",
    "Classroom": ".teaching.classroom",
    "Diff": ".changes.differing",
    "Explorer": ".explorer",
    "Lesson": ".teaching.lesson",
    "Practice": ".teaching.practice",
    "Progress": ".teaching.scores",
    "Verdict": ".teaching.verdict",
    "Workshop": ".workshop",
    "audit": ".numbers.auditing",
    "classroom": ".teaching.classroom",
    "compare": ".teaching.judging",
    "grade": ".teaching.grading",
    "progress": ".teaching.scores",
    "save": ".numbers.saving",
    "watch": ".workshop",
}

__all__ = [
    "AnswerError",
    "Audit",
    "Classroom",
    "Diff",
    "DrawingError",
    "Explorer",
    "Guide",
    "Lesson",
    "Practice",
    "Problem",
    "Progress",
    "RecordError",
    "Report",
    "Tree",
    "TreeError",
    "Verdict",
    "Walk",
    "Workshop",
    "audit",
    "check",
    "checks",
    "classroom",
    "compare",
    "diff",
    "grade",
    "load",
    "progress",
    "reads",
    "save",
    "watch",
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
