"""A notebook that shows an explorer."""

from __future__ import annotations

from places import LIVER

CELLS = [f"import tree\nliver = tree.load({str(LIVER)!r})", "tree.Explorer(liver)"]
