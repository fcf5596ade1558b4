"""XML from strangers → elements that know where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces

from ..model.errors import Problem, TreeError
from ..model.missing import require

MOST_BYTES = 10_000_000
MOST_ELEMENTS = 400_000
DEEPEST = 60


@dataclass(slots=True)
class XmlElement:
    """An element: its name and namespace, its attributes that have none, and its place."""

    name: str
    space: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[XmlElement] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[XmlElement]:
        """The children of some names, in the namespace of this element."""
        return (e for e in self.children if e.name in names and e.space == self.space)

    def first(self, *names: str) -> XmlElement | None:
        """The first child of some names, or None."""
        return next(self.all(*names), None)

    def text_of(self, name: str) -> str:
        """The text of the first child of a name, "" where there is none."""
        found = self.first(name)
        return found.text if found else ""

    @property
    def text(self) -> str:
        """The text that stands right in it, without blanks around it."""
        return "".join(self.pieces).strip()


def read_xml(data: bytes, file: str) -> XmlElement:
    """The root element of an XML file.

    Neither entities nor anything outside the file are ever read. Raises TreeError where the file
    is no XML, defines entities, is larger than 10 MB, or has more than 400,000 elements or more
    than 60 within each other.

    >>> root = read_xml(b'<a xmlns="urn:x"><b c="1">tea</b></a>', "x.xml")
    >>> root.name, root.space, root.text_of("b"), root.children[0].column
    ('a', 'urn:x', 'tea', 18)
    """
    require("defusedxml", "Reading XML", "exchange")
    from defusedxml.common import DefusedXmlException
    from defusedxml.sax import make_parser

    if len(data) > MOST_BYTES:
        message = f"{len(data):,} bytes, more than {MOST_BYTES:,}; take the file in parts"
        raise TreeError([Problem(file, 0, 0, message)])
    handler = _Handler()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(data))
    except SAXParseException as error:
        line, column = error.getLineNumber() or 0, (error.getColumnNumber() or 0) + 1
        message = f"this is no XML that can be read: {error.getMessage()}"
        raise TreeError([Problem(file, line, column, message)]) from None
    except DefusedXmlException:
        message = "the file has a DOCTYPE or defines entities, which are never read; take them out"
        raise TreeError([Problem(file, *handler.place, message)]) from None
    except (SAXException, LookupError, ValueError) as error:
        message = f"this is no XML that can be read: {error}"
        raise TreeError([Problem(file, *handler.place, message)]) from None
    if handler.root is None:
        raise TreeError([Problem(file, 0, 0, "the file has no element")])
    return handler.root


class _TooMuch(SAXException):
    pass


class _Handler(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.root: XmlElement | None = None
        self.open: list[XmlElement] = []
        self.count = 0
        self.locator: Any = None

    @property
    def place(self) -> tuple[int, int]:
        """Line and column, from 1."""
        if self.locator is None:
            return 0, 0
        return self.locator.getLineNumber() or 0, (self.locator.getColumnNumber() or 0) + 1

    def setDocumentLocator(self, locator: Any) -> None:
        self.locator = locator

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise _TooMuch(f"more than {MOST_ELEMENTS:,} elements; take the file in parts")
        if len(self.open) >= DEEPEST:
            raise _TooMuch(f"more than {DEEPEST} elements stand within each other")
        attributes = {key[1]: value for key, value in attrs.items() if key[0] is None}
        made = XmlElement(name[1], name[0] or "", attributes, *self.place)
        if self.open:
            self.open[-1].children.append(made)
        else:
            self.root = made
        self.open.append(made)

    def endElementNS(self, name: Any, qname: Any) -> None:
        self.open.pop()

    def characters(self, content: str) -> None:
        if self.open:
            self.open[-1].pieces.append(content)
