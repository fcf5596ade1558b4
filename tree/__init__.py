"""A decision tree derived from the quoted statements of a text.

>>> import tree
>>> liver = tree.load("data/metastatic_liver_cancer")
>>> liver.walk(other_organ_involvement="no").next
'chemotherapy_responsive_tumor'
"""

from typing import TYPE_CHECKING, Any

from .changes.differing import Diff
from .errors import AnswerError, DrawingError, Problem, RecordError, TreeError
from .guide import Guide, Tree, Walk
from .opening import Report, check, checks, diff, load, reads
from .teaching.classroom import Classroom, classroom
from .teaching.grading import grade
from .teaching.judging import compare
from .teaching.scores import Progress, progress
from .teaching.verdict import Verdict

if TYPE_CHECKING:
    from .explorer import Explorer
    from .numbers.auditing import Audit, audit
    from .numbers.saving import save
    from .teaching.lesson import Lesson
    from .teaching.practice import Practice
    from .workshop import Workshop, watch

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
    # ipywidgets is needed only where something is shown in a notebook.
    if name == "Explorer":
        from .explorer import Explorer

        return Explorer
    if name == "Lesson":
        from .teaching.lesson import Lesson

        return Lesson
    if name == "Practice":
        from .teaching.practice import Practice

        return Practice
    # pandas takes long to import.
    if name in ("Audit", "audit"):
        from .numbers import auditing

        return getattr(auditing, name)
    if name == "save":
        from .numbers.saving import save

        return save
    if name in ("Workshop", "watch"):
        from . import workshop

        return getattr(workshop, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
