"""The page to practise on as a package for a learning platform: SCORM 1.2 and 2004 (4th edition).

What the page tells the platform is in `tree/web/static/scorm/`. A package has the page and the
manifest alone; the schemas of the manifest are not repeated in it, as platforms have them.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from ..guide import Guide
from ..loading.archives import zipped
from ..messages import spoken
from ..model.errors import AnswerError, allowed, shown
from ..teaching.questions.questions import digest
from ..teaching.questions.worksheet import sealed, worksheet
from ..web.page import page
from .xml_writing import written

PAGE = "index.html"


@dataclass(frozen=True)
class ScormVersion:
    """What a version of SCORM calls things. `module`: what speaks it, in `tree/web/static/`."""

    module: str
    named: str
    packaging: str
    content: str
    kind: str


VERSIONS = {
    "1.2": ScormVersion(
        "scorm12",
        "1.2",
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2",
        "scormtype",
    ),
    "2004": ScormVersion(
        "scorm2004",
        "2004 4th Edition",
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "http://www.adlnet.org/xsd/adlcp_v1p3",
        "scormType",
    ),
}
# Some platforms know a namespace by its prefix alone, so that it stands before each name.
_SEQUENCING = "http://www.imsglobal.org/xsd/imsss"


@spoken
def package(
    guide: Guide, version: str = "1.2", answers: Mapping[str, object] | None = None
) -> bytes:
    """The practice page of a guide as a SCORM package: the same bytes for the same guide.

    `version`: "1.2" or "2004". `answers`: the patient that *Explore* opens on. Raises AnswerError
    for another version, and as `Guide.walk` does.

    >>> import io, zipfile
    >>> from tree import load
    >>> made = package(load("data/damaged_library_book"), "2004")
    >>> zipfile.ZipFile(io.BytesIO(made)).namelist()
    ['imsmanifest.xml', 'index.html']
    """
    if version not in VERSIONS:
        raise AnswerError([f"unknown version of SCORM {shown(version)}: {allowed('', VERSIONS)}"])
    spoken_here = VERSIONS[version]
    sheet = sealed(worksheet(guide, guide.vignettes))
    known = guide.check_possible(answers or {})
    html = page(guide, known, sheet, platform=spoken_here.module)
    return zipped({"imsmanifest.xml": _manifest(guide, spoken_here), PAGE: html.encode()})


def _manifest(guide: Guide, version: ScormVersion) -> bytes:
    has_rules = version.module == "scorm2004"
    spaces = {"xmlns": version.packaging, "xmlns:adlcp": version.content}
    spaces |= {"xmlns:imsss": _SEQUENCING} if has_rules else {}
    name = digest(guide, guide.vignettes)
    manifest = ET.Element("manifest", spaces, identifier=f"practice-{name}", version="1")
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "ADL SCORM"
    ET.SubElement(metadata, "schemaversion").text = version.named
    organizations = ET.SubElement(manifest, "organizations", default="practice")
    organization = ET.SubElement(organizations, "organization", identifier="practice")
    ET.SubElement(organization, "title").text = guide.title
    item = ET.SubElement(organization, "item", identifier="questions", identifierref="page")
    ET.SubElement(item, "title").text = guide.title
    if has_rules:
        # Otherwise a platform may call it completed as soon as it was opened.
        rules = ET.SubElement(item, "imsss:sequencing")
        own = dict.fromkeys(("completionSetByContent", "objectiveSetByContent"), "true")
        ET.SubElement(rules, "imsss:deliveryControls", own)
    resources = ET.SubElement(manifest, "resources")
    resource = ET.SubElement(resources, "resource", identifier="page", type="webcontent", href=PAGE)
    resource.set(f"adlcp:{version.kind}", "sco")
    ET.SubElement(resource, "file", href=PAGE)
    ET.indent(manifest)
    return written(manifest)
