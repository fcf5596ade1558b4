"""A guide about any words."""

import re

import tree

GUIDE = """\
title: {title}
factors:
  first:
    question: {question}
    values: [{value}, other]
    quote: {words}
options:
  option:
    name: {name}
    quote: {words}
statements:
  statement:
    quote: {words}
    when: {{first: {value}}}
    offer: option
"""


def quoted(words):
    """The words as YAML text: in single quotes only the single quote itself is doubled."""
    return "'" + words.replace("'", "''") + "'"


def named(words):
    """What a value or a name may hold of the words: all but what turns the direction of writing."""
    return re.sub("[\u200f\u202c\u202e]", "", words)


def guide_about(words, folder):
    (folder / "text.txt").write_text(f"Before. {words} After.", encoding="utf-8")
    guide = GUIDE.format(
        title=quoted(words),
        question=quoted(words + "?"),
        value=quoted(named(words)),
        name=quoted(named(words)),
        words=quoted(words),
    )
    (folder / "guide.yaml").write_text(guide, encoding="utf-8")
    return tree.load(folder)
