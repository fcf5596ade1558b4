"""A text → the prompt that asks for a draft of its guide, for whatever assistant answers it."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from pathlib import Path
from string import Template

from ...loading import keys
from ...model.text import Text

HERE = Path(__file__).parent
EXAMPLE = HERE / "example"
# What a program or a person fills in, and nobody who drafts.
NOT_ASKED = {"text", "trees", "examples", "unclaimed", "draft", "drafted"}

_END = "Answer with the YAML file alone, from title to context.\n"
_FOLLOW_UP = """\
# What was written so far

$written

# What the program says of it

$faults

Answer with the corrections alone, as YAML: under its section, each entry that changes or is added,
whole. An entry takes the place of the one of its name; NAME: remove takes one out. An entry of
context goes by its quote, also to be removed: "its quote": remove. Do not repeat what stays.
Correct what is named above and nothing else. Errors must be corrected. A warning asks whether
something is meant so; where the text says it so, leave it. Where one statement is in conflict
with another, look at the text first: often the exception belongs into the condition or under
unless, and outweighs is right only where the one is meant to go before the other.
"""
_KNOWN = """\

The text is long and is asked about part by part. This was found in the parts before; use its
names again, and answer only with what the sentences above add. What you write under a name that
is there takes its place.

$known
"""


def prompt(text: Text, part: tuple[int, int] | None = None, known: str = "") -> str:
    """All that is needed to draft a guide of a text, in one piece.

    `part`: offsets; only the sentences between them are shown. Default: all of them. `known`: what
    was found in other parts, as YAML.

    >>> asked = prompt(Text("t", "If it rains, drink tea."))
    >>> "[1] If it rains, drink tea." in asked, "- quote (needed): the words" in asked
    (True, True)
    """
    instructions = (HERE / "instructions.txt").read_text(encoding="utf-8")
    return Template(instructions).substitute(
        keys="\n\n".join(_described(s) for s in keys.SECTIONS if s.name not in NOT_ASKED),
        example_text=_indented((EXAMPLE / "text.txt").read_text(encoding="utf-8")),
        example=_indented((EXAMPLE / "guide.yaml").read_text(encoding="utf-8")),
        mark=_mark(text.content),
        language=text.language,
        sentences=numbered(text, part),
        known=Template(_KNOWN).substitute(known=_indented(known)) if known else "",
    )


def follow_up(text: Text, written: str, faults: Sequence[str]) -> str:
    """What is asked after an answer: what the program found in it, and only the corrections.

    `written`: the file as it is now; `faults`: a line each.

    >>> asked = follow_up(Text("t", "Rest."), "title: Rest?", ["no statement"])
    >>> print(asked[asked.index("# What") :].splitlines()[0])
    # What was written so far
    """
    listed = "\n".join(f"- {fault}" for fault in faults)
    before = prompt(text).removesuffix(_END)
    return before + Template(_FOLLOW_UP).substitute(written=_indented(written), faults=listed)


def digest(asked: str) -> str:
    """What a prompt is known by: the first 16 digits of its SHA-256.

    >>> digest("Tea?")
    '039a7de45a806263'
    """
    return hashlib.sha256(asked.encode(errors="replace")).hexdigest()[:16]


def numbered(text: Text, part: tuple[int, int] | None = None) -> str:
    """The sentences of a text on a line each, with their numbers; paragraphs stay apart.

    >>> print(numbered(Text("t", "Rest. Drink\\ntea.\\n\\nGo.")))
    [1] Rest.
    [2] Drink tea.
    <BLANKLINE>
    [3] Go.
    """
    first, last = part or (0, len(text.content))
    lines, before = [], None
    for number, (start, end) in enumerate(text.sentences, 1):
        if not first <= start < last:
            continue
        if before is not None and text.content.count("\n", before, start) > 1:
            lines.append("")
        lines.append(f"[{number}] {' '.join(text.content[start:end].split())}")
        before = end
    return "\n".join(lines)


def _described(section: keys.Section) -> str:
    """The keys of a kind of entry, as the documentation describes them."""
    shown = [
        f"- {key.name}{' (needed)' * key.required}: {key.about}"
        for key in section.keys
        if key.name not in NOT_ASKED
    ]
    return "\n".join([f"Keys of {_KINDS.get(section.name, f'a {section.name}')}:", *shown])


_KINDS = {
    "guide": "the file",
    "subject": "the subject",
    "option": "an option",
    "instead": "instead",
    "context": "an entry of context",
    "quote": "a quote, where the words alone do not say which place is meant",
}


def _mark(content: str) -> str:
    """A line that stands nowhere in the text, so that no text can end itself and go on as ours."""
    return f"=== text {digest(content)} ==="


def _indented(written: str) -> str:
    return textwrap.indent(written, "    ")
