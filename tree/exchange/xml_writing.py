"""XML as the formats of other programs want it: any words in it, the same bytes each time."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from ..model.text import CONTROL


def written(root: ET.Element) -> bytes:
    """An element as a file of its own; what XML cannot hold becomes U+FFFD.

    >>> print(written(ET.fromstring("<a>1 &lt; 2</a>")).decode())
    <?xml version='1.0' encoding='utf-8'?>
    <a>1 &lt; 2</a>
    <BLANKLINE>
    """
    for element in root.iter():
        element.text, element.tail = _allowed(element.text), _allowed(element.tail)
        for name, value in element.items():
            element.set(name, CONTROL.sub("\ufffd", value))
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _allowed(words: str | None) -> str | None:
    return words and CONTROL.sub("\ufffd", words)
