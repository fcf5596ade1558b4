"""A guide whose tree grows with the square of its questions."""

from __future__ import annotations


def counting_guide(factors: int) -> tuple[str, str]:
    """A guide whose tree counts how many answers are yes: it grows with the square."""
    asked = "".join(f"  f{n}: {{question: 'Question {n}?', quote: rain}}\n" for n in range(factors))
    count = ", ".join(f"f{n}: yes" for n in range(factors))
    return "If it rains, drink tea.", (
        f"title: Tea?\nfactors:\n{asked}options: {{tea: {{name: tea, quote: tea}}}}\nstatements:\n"
        f"  drink: {{quote: drink tea, when: {{at_least: {{4: {{{count}}}}}}}, offer: tea}}\n"
    )
