"""What may stand in a cell of a spreadsheet."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\s*[=+\-@]")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("1+1")
    ("'=1+1", '1+1')
    """
    return "'" + cell if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """The words of such a cell.

    >>> plain("'=1+1"), plain("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
