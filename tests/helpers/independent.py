"""A guide of independent recommendations, as a real guideline makes them: a tree each."""

from __future__ import annotations

import tree


def independent(count: int) -> tree.Guide:
    """So many times "if a, give b"."""
    numbers = range(count)
    said = " ".join(f"If finding {i} is there, give drug {i}." for i in numbers)
    return tree.loads(
        f"What to give?\n\n{said}\n",
        "\n".join(
            (
                "title: What to give?",
                "factors:",
                *(
                    f"  f{i}: {{question: 'Is finding {i} there?', quote: 'finding {i} is there'}}"
                    for i in numbers
                ),
                "options:",
                *(f"  d{i}: {{name: 'drug {i}', quote: 'give drug {i}.'}}" for i in numbers),
                "statements:",
                *(
                    f"  s{i}: {{quote: 'If finding {i} is there, give drug {i}.', "
                    f"when: {{f{i}: yes}}, offer: d{i}}}"
                    for i in numbers
                ),
                "context: [{quote: 'What to give?', reason: heading}]",
            )
        ),
    )
