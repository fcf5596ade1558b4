"""Cards as a package of questions for learning platforms and players of tests: QTI 3.0 and 2.1.

Items are made in QTI 3 (`qti_items.py`). QTI 2.1 has the same ones under other names: its elements
and attributes are written in camel case, without the prefix.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from ..guide import Guide
from ..loading.archives import zipped
from ..messages import spoken
from ..model.disclaimer import disclaimer
from ..model.errors import AnswerError, allowed, shown
from ..teaching.cards.answering import answerings
from ..teaching.cards.cards import make_cards
from ..teaching.questions.questions import digest
from .qti_items import item
from .xml_writing import written

_HYPHENS = re.compile("-(.)")
TEST = "test.xml"


@dataclass(frozen=True)
class QtiVersion:
    """What a version calls things: the namespaces of items and of the manifest, and its schema."""

    items: str
    packaging: str
    schema: str
    schema_version: str
    ending: str


VERSIONS = {
    "3": QtiVersion(
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        "QTI Package",
        "3.0.0",
        "xmlv3p0",
    ),
    "2.1": QtiVersion(
        "http://www.imsglobal.org/xsd/imsqti_v2p1",
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "QTIv2.1 Package",
        "1.0.0",
        "xmlv2p1",
    ),
}


@spoken
def package(guide: Guide, version: str = "3") -> bytes:
    """The cards of a guide as a package of items, with a test of all of them: the same bytes for
    the same guide.

    `version`: "3" or "2.1". Pictures are left out. Raises AnswerError for another version.

    >>> import io, zipfile
    >>> from tree import load
    >>> made = package(load("data/damaged_library_book"))
    >>> zipfile.ZipFile(io.BytesIO(made)).namelist()[:3]
    ['imsmanifest.xml', 'test.xml', 'items/item-001.xml']
    """
    if version not in VERSIONS:
        raise AnswerError([f"unknown version of QTI {shown(version)}: {allowed('', VERSIONS)}"])
    as_in = VERSIONS[version]
    aid = disclaimer(guide)
    cards = answerings(guide, make_cards(guide))
    items = {
        f"item-{number:03}": item(f"item-{number:03}", number, card, how, aid)
        for number, (card, how) in enumerate(cards, 1)
    }
    files = {f"items/{name}.xml": made for name, made in items.items()}
    roots = {TEST: _test(guide, items), **files}
    return zipped(
        {
            "imsmanifest.xml": _manifest(guide, as_in, list(items)),
            **{file: _in_version(made, as_in) for file, made in roots.items()},
        }
    )


def _in_version(root: ET.Element, version: QtiVersion) -> bytes:
    if version is VERSIONS["2.1"]:
        root = _renamed(root)
    root.set("xmlns", version.items)
    ET.indent(root)
    return written(root)


def _renamed(root: ET.Element) -> ET.Element:
    """An element of QTI 3 as QTI 2.1 has it."""
    if not root.tag.startswith("qti-"):
        made = ET.Element(root.tag, root.attrib)
    else:
        # How a text is read is known from its language there.
        about = {_camel(name): value for name, value in root.items() if name != "dir"}
        made = ET.Element(_camel(root.tag.removeprefix("qti-")), about)
    made.text = root.text
    for child in root:
        # What a feedback shows stands in it directly.
        made.extend(map(_renamed, child if child.tag == "qti-content-body" else [child]))
    return made


def _camel(name: str) -> str:
    """
    >>> _camel("response-identifier"), _camel("xml:lang")
    ('responseIdentifier', 'xml:lang')
    """
    return _HYPHENS.sub(lambda found: found[1].upper(), name)


def _test(guide: Guide, items: Mapping[str, ET.Element]) -> ET.Element:
    """All items in their order; the score of the test is the sum of theirs."""
    made = ET.Element("qti-assessment-test", identifier="test", title=guide.title)
    score = {"identifier": "SCORE", "cardinality": "single", "base-type": "float"}
    ET.SubElement(made, "qti-outcome-declaration", score)
    part = {
        "identifier": "part",
        "navigation-mode": "nonlinear",
        "submission-mode": "individual",
    }
    about = {"identifier": "section", "title": guide.title, "visible": "true"}
    section = ET.SubElement(
        ET.SubElement(made, "qti-test-part", part), "qti-assessment-section", about
    )
    for name in items:
        refers = {"identifier": name, "href": f"items/{name}.xml"}
        ET.SubElement(section, "qti-assessment-item-ref", refers)
    processing = ET.SubElement(made, "qti-outcome-processing")
    total = ET.SubElement(processing, "qti-set-outcome-value", {"identifier": "SCORE"})
    every = {"variable-identifier": "SCORE"}
    ET.SubElement(ET.SubElement(total, "qti-sum"), "qti-test-variables", every)
    return made


def _manifest(guide: Guide, version: QtiVersion, items: list[str]) -> bytes:
    name = digest(guide, guide.vignettes)
    made = ET.Element("manifest", xmlns=version.packaging, identifier=f"cards-{name}")
    metadata = ET.SubElement(made, "metadata")
    ET.SubElement(metadata, "schema").text = version.schema
    ET.SubElement(metadata, "schemaversion").text = version.schema_version
    ET.SubElement(made, "organizations")
    resources = ET.SubElement(made, "resources")
    test = _resource(resources, "test", f"imsqti_test_{version.ending}", TEST)
    for each in items:
        ET.SubElement(test, "dependency", identifierref=each)
        _resource(resources, each, f"imsqti_item_{version.ending}", f"items/{each}.xml")
    ET.indent(made)
    return written(made)


def _resource(parent: ET.Element, name: str, kind: str, file: str) -> ET.Element:
    made = ET.SubElement(parent, "resource", identifier=name, type=kind, href=file)
    ET.SubElement(made, "file", href=file)
    return made
