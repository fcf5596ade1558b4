"""The decision table of the only tree of a page, as HTML that needs no script."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from html import escape

from ..logic.build import Tree, count_paths
from ..logic.firmness import firmness
from ..logic.paths import paths, standings_at
from ..messages import plural, say, valued

MOST_PATHS = 200  # rows


def folded_table(tree: Tree) -> str:
    """The decision table of the only tree; of several, the page makes the one in view."""
    count = count_paths(tree)
    words = plural("Decision table: {count} path", "Decision table: {count} paths", count)
    if count > MOST_PATHS:
        words = say(
            "Decision table: the first {shown} of {count} paths", shown=MOST_PATHS, count=count
        )
    label = escape(say("Decision table"), quote=True)
    return (
        '<details class="dtree dtree-table">'
        f"<summary>{escape(words)}</summary>\n"
        f'<div class="dtree-scroll" tabindex="0" role="region" aria-label="{label}">'
        f"{_table(tree, itertools.islice(paths(tree), MOST_PATHS))}</div></details>\n"
    )


def _table(tree: Tree, some: Iterable[tuple[dict[str, str], int]]) -> str:
    reading = tree.reading
    factors = [factor for factor in reading.factors if factor.id in tree.factors]
    heads = [_head(factor.label, factor.question) for factor in factors]
    rows = ["".join([*heads, *(_head(o.label, o.name) for o in tree.options)])]
    for answers, leaf in some:
        cells = [valued(answers.get(factor.id, "any")) for factor in factors]
        for option, standing in zip(tree.options, standings_at(tree, leaf), strict=True):
            firm = firmness(reading, option.id, standing, answers)
            cells.append(firm.after(reading.label(standing)))
        rows.append("".join(f"<td>{escape(cell)}" for cell in cells))
    return f"<table>{''.join(f'<tr>{row}' for row in rows)}</table>"


def _head(label: str, whole: str) -> str:
    """The head of a column; where its label is short, the whole is at hand."""
    more = f' title="{escape(whole, quote=True)}"' * (label != whole)
    return f"<th scope=col{more}>{escape(label)}"
