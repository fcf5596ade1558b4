"""What an assistant answered → the entries in it. Fences and talk around them do not matter."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator

from ...loading import keys
from ...loading.yaml_nodes import YamlMapping, YamlNode, YamlScalar, parse
from ...messages import say
from ...model.errors import shown
from ..identifiers import identifier
from ..pieces import blocks
from ..texts import kinds
from .proposal import SECTIONS, LeftOut, ProposedGuide

MOST_LETTERS = 1_000_000
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*\n(.*?)(?:^[ \t]*(?:```|~~~)|\Z)", re.M | re.S)
_KEY = re.compile(rf"^(?:{'|'.join(keys.GUIDE.names)})\s*:", re.M)
_SINGLE = ("title", "subject", "language", "grades")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def proposed(answer: str) -> tuple[ProposedGuide, list[LeftOut]]:
    """The entries of an answer, and what in it cannot be read.

    Raises ValueError with what to do where there is nothing in it that a guide is made of.

    >>> found, _ = proposed("Sure!\\n```yaml\\ntitle: Tea?\\n```\\nHappy?")
    >>> found.single
    {'title': 'Tea?'}
    """
    if len(answer) > MOST_LETTERS:
        raise ValueError(f"{len(answer)} letters; at most {MOST_LETTERS} of an answer are read")
    source = _yaml(answer.replace("\r\n", "\n").replace("\t", "    "))
    node, problems = parse("answer", source)
    if isinstance(node, YamlMapping) and not problems:
        return _proposal(node), []
    return _piece_by_piece(source)


def decoded(data: bytes) -> str:
    """An answer as it was saved, or as a command wrote it.

    Of a letter that is cut in two at the end, nothing is left. Raises ValueError where it is no
    text.

    >>> [decoded("née".encode(each)) for each in ("utf-8", "utf-16", "cp1252")]
    ['née', 'née', 'née']
    >>> decoded("né".encode()[:-1])
    'n'
    """
    try:
        return kinds.decoded(data)[0]
    except ValueError:
        if b"\0" in data:
            raise ValueError("no text: save the answer as text, in UTF-8") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8-sig")
    # A wrong guess does no harm: every quote is looked up.
    return data.decode("cp1252", "replace")


def _yaml(answer: str) -> str:
    """The part of an answer that is YAML, or JSON."""
    fenced = [block for block in _FENCE.findall(answer) if _is_guide(block)]
    if fenced:
        return "\n".join(map(textwrap.dedent, fenced))
    if answer.lstrip().startswith("{") and _is_guide(answer):
        return answer
    if first := _KEY.search(answer):
        return answer[first.start() :]
    if not answer.strip():
        raise ValueError("there is nothing in it")
    raise ValueError(f"there is no guide in it; it begins with {shown(' '.join(answer.split()))}")


def _is_guide(block: str) -> bool:
    return bool(_KEY.search(textwrap.dedent(block)) or re.match(r'\s*\{\s*"?title"?\s*:', block))


def _piece_by_piece(source: str) -> tuple[ProposedGuide, list[LeftOut]]:
    """The same where a part of it cannot be read: entry by entry."""
    whole, left_out = ProposedGuide(), []
    unreadable = say("This part of the answer cannot be read.")
    for block in blocks(source):
        section = block.partition(":")[0].strip()
        if section not in keys.GUIDE.names:
            continue
        node, problems = parse("answer", block)
        if isinstance(node, YamlMapping) and not problems:
            whole.add(_proposal(node))
            continue
        _, _, body = block.partition("\n")
        for piece in blocks(textwrap.dedent(body), is_section=True):
            node, problems = parse("answer", f"{section}:\n{textwrap.indent(piece, '  ')}")
            if isinstance(node, YamlMapping) and not problems:
                whole.add(_proposal(node))
            else:
                name = piece.partition(":")[0].strip("- ")[:40]
                why = problems[0].message if problems else "is no entry"
                left_out.append(LeftOut(section, name, f"cannot be read: {why}", piece, unreadable))
    return whole, left_out


def _proposal(node: YamlMapping) -> ProposedGuide:
    found = ProposedGuide()
    for key, value in node.entries:
        if key.value in _SINGLE:
            found.single[key.value] = _plain(value)
        elif key.value in SECTIONS:
            for name, held in _entries(key.value, value):
                found.entries[key.value][name] = held
    subject = found.single.get("subject")
    if isinstance(subject, dict) and "medical" in subject:
        # As people say it; what is not medical leaves it out.
        said = str(subject.pop("medical")).lower()
        subject |= {"medical": "true"} if said in ("true", "yes") else {}
    return found


def _entries(section: str, node: YamlNode) -> Iterator[tuple[str, dict[str, object]]]:
    plain = _plain(node)
    if isinstance(plain, dict) and not (section == "context" and "quote" in plain):
        pairs = list(plain.items())
    else:
        pairs = [("", each) for each in (plain if isinstance(plain, list) else [plain])]
    taken: set[str] = set()
    for name, held in pairs:
        if held == "remove":
            held = {"remove": True}
        elif not isinstance(held, dict):
            continue
        known = {key: each for key, each in held.items() if key not in ("draft", "")}
        known = _joined(known, SECTIONS[section].names)
        # In a list, some name an entry so.
        name = name or str(known.pop("id", ""))
        words = str(name or known.get("name") or known.get("question") or known.get("quote"))
        if section == "context":
            words = str(known.get("quote", name))
        elif not _NAME.fullmatch(str(name)):
            words = identifier(words, taken)
        taken.add(words)
        yield words, known


def _joined(held: dict[str, object], names: Collection[str]) -> dict[str, object]:
    """Words that a comma within {} has cut in two, joined again.

    >>> _joined({"reason": "a wish", "not a rule": ""}, {"quote", "reason"})
    {'reason': 'a wish, not a rule'}
    """
    joined: dict[str, object] = {}
    for key, value in held.items():
        last = next(reversed(joined), "")
        if key not in names and value == "" and isinstance(joined.get(last), str):
            joined[last] = f"{joined[last]}, {key}"
        else:
            joined[key] = value
    return joined


def _plain(node: YamlNode) -> object:
    if isinstance(node, YamlScalar):
        return node.value
    if isinstance(node, YamlMapping):
        return {key.value: _plain(value) for key, value in node.entries}
    return [_plain(each) for each in node.items]
