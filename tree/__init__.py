"""A decision tree derived from the quoted statements of a text.

>>> import tree
>>> liver = tree.load("data/metastatic_liver_cancer")
>>> liver.walk(other_organ_involvement="no").next
'chemotherapy_responsive_tumor'
"""

import importlib
from typing import TYPE_CHECKING, Any

from .building import Tree
from .errors import AnswerError, DrawingError, Problem, RecordError, TreeError
from .guide import Guide, Walk
from .opening import Report, check, checks, diff, load, reads

if TYPE_CHECKING:
    from .changes.differing import Diff
    from .explorer import Explorer
    from .teaching.grading import grade
    from .teaching.judging import compare
    from .teaching.practice import Practice
    from .teaching.scores import Progress, progress
    from .teaching.verdict import Verdict
    from .workshop import Workshop, watch

# Rooms that are imported when they are first named: loading a guide and walking it needs none
# of them, and some bring ipywidgets along.
_LATER = {
    "Diff": ".changes.differing",
    "Explorer": ".explorer",
    "Practice": ".teaching.practice",
    "Progress": ".teaching.scores",
    "Verdict": ".teaching.verdict",
    "Workshop": ".workshop",
    "compare": ".teaching.judging",
    "grade": ".teaching.grading",
    "progress": ".teaching.scores",
    "watch": ".workshop",
}

__all__ = [
    "AnswerError",
    "Diff",
    "DrawingError",
    "Explorer",
    "Guide",
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
    "check",
    "checks",
    "compare",
    "diff",
    "grade",
    "load",
    "progress",
    "reads",
    "watch",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_LATER[name], __name__), name)


def __dir__() -> list[str]:
    # What can be named is also proposed to who types it, before it is imported.
    return sorted({*globals(), *__all__})
