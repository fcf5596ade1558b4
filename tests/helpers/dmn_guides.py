"""Guides that DMN is tried with: of chance, and one whose words are markup."""

from __future__ import annotations

import random

from random_tables import random_table
from written_guides import guide as random_guide
from written_guides import text as random_text
from written_guides import written

import tree
from tree.exchange.table_guide import guide_of


def made_guides(count: int) -> list[tree.Guide]:
    """Guides of random statements and of random tables."""
    found = []
    chance = random.Random(7)
    while len(found) < count:
        try:
            if len(found) % 2:
                files = guide_of([random_table(chance)])
                found.append(tree.loads(files.text, files.guide))
            else:
                found.append(tree.loads(random_text(), written(random_guide(chance))))
        except tree.TreeError:
            continue
    return found


HOSTILE = '</text>&amp;<b>"it\\\\ \'s" \u05d0\u05d1 ' + "long " * 60


def guide_of_markup() -> tree.Guide:
    """A guide whose words are markup, quotes, right to left and long."""
    text = "If it rains, stay at home. Otherwise, go out.\n"
    name = HOSTILE.replace("\\\\", "\\").replace("'", "''")
    return tree.loads(
        text,
        f"""title: '{name}'
text: text.txt
factors:
  if:
    question: '{name}?'
    quote: If it rains
  date:
    question: 'Is it {name}?'
    quote: Otherwise
    values: ['a "b" \\ {name[:60]}', 'null', '-']
options:
  true: {{name: '{name}', quote: stay at home}}
  null_: {{name: 'go < out', quote: go out}}
statements:
  one: {{quote: If it rains, when: {{if: yes, date: 'null'}}, offer: 'true'}}
  two: {{quote: stay at home, when: {{if: yes, date: '-'}}, withhold: 'null_'}}
  three: {{quote: 'Otherwise, go out', when: {{if: no}}, offer: null_}}
""",
    )
