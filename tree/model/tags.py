"""Tags of languages, such as en, de or pt-BR (BCP 47)."""

from __future__ import annotations

import re

from .errors import meant, shown

# A language has two or three letters; what follows says more of it.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# What people write instead: the name of the language, or the tag of a country.
_NAMES = {
    **{"arabic": "ar", "bengali": "bn", "chinese": "zh", "czech": "cs", "danish": "da"},
    **{"deutsch": "de", "dutch": "nl", "english": "en", "finnish": "fi", "french": "fr"},
    **{"german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu"},
    **{"italian": "it", "japanese": "ja", "korean": "ko", "norwegian": "nb", "persian": "fa"},
    **{"polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "slovak": "sk"},
    **{"spanish": "es", "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk"},
    **{"urdu": "ur", "vietnamese": "vi"},
    **{"cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "ua": "uk"},
}


def tag_problem(tag: str) -> str:
    """What is wrong with the tag of a language, or "".

    >>> tag_problem("pt-BR"), tag_problem("German")
    ('', "language 'German' must be a tag such as en, de or pt-BR; did you mean 'de'?")
    """
    primary, *more = re.split("[-_]", tag.strip())
    near = "-".join([_NAMES.get(primary.lower(), primary), *more])
    if _TAG.fullmatch(tag) and near == tag:
        return ""
    hint = f"; {meant(near)}" if _TAG.fullmatch(near) else ""
    return f"language {shown(tag)} must be a tag such as en, de or pt-BR{hint}"
