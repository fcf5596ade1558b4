"""Reading + Tree → the one dict that the front end reads. It holds text and data, no markup
but the drawing, and every rule already turned into nodes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .building import Leaf, Tree
from .drawing import Drawing
from .reading import UNKNOWN, Standing, Statement
from .text import Quote

DISCLAIMER = "A teaching aid, built from one text; not medical advice."


def payload(tree: Tree) -> dict[str, Any]:
    """Everything that a page needs to show a guide and walk its tree, ready for JSON.

    Factors, options, statements, quotes and nodes are lists; they refer to each other by
    position. A condition is a list of clauses, a clause a list of [factor, values].
    """
    reading = tree.reading
    factor_at = {factor.id: i for i, factor in enumerate(reading.factors)}
    option_at = {option.id: i for i, option in enumerate(reading.options)}
    author_of = {passage.id: passage.author for passage in reading.text.passages}
    quotes: dict[Quote, int] = {}

    def numbers(found: Iterable[Quote]) -> list[int]:
        return [quotes.setdefault(quote, len(quotes)) for quote in found]

    def condition(statement: Statement) -> list[list[list[Any]]]:
        return [
            sorted([factor_at[factor], sorted(values)] for factor, values in clause)
            for clause in statement.condition
        ]

    data: dict[str, Any] = {
        "id": reading.id,
        "title": reading.title,
        "language": reading.language,
        "disclaimer": DISCLAIMER,
        "standings": {str(standing): standing.label for standing in Standing},
        "factors": [
            {
                "id": factor.id,
                "question": factor.question,
                "values": [*factor.values, UNKNOWN],
                "help": factor.help,
                "judgement": factor.judgement.line if factor.judgement else "",
                "quotes": numbers(factor.quotes),
            }
            for factor in reading.factors
        ],
        "options": [
            {
                "id": option.id,
                "name": option.name,
                "synonyms": list(option.synonyms),
                "does": numbers(option.does),
            }
            for option in reading.options
        ],
        "statements": [
            {
                "quotes": numbers(statement.quotes),
                "condition": condition(statement),
                "effects": [[option_at[o], str(standing)] for o, standing in statement.effects],
                "remark": statement.remark,
                "because": statement.because,
            }
            for statement in reading.statements
        ],
        "examples": [[name, dict(answers)] for name, answers in reading.examples],
        "nodes": [
            {"standings": [str(standing) for standing in node.standings]}
            if isinstance(node, Leaf)
            else {
                "factor": factor_at[node.factor],
                "branches": [[value, target] for value, target in node.branches],
            }
            for node in tree.nodes
        ],
        "svg": Drawing(tree).svg,
    }
    data["quotes"] = [{"words": q.line, "author": author_of.get(q.passage, "")} for q in quotes]
    return data
