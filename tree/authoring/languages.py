"""Which language a text is in: its script, and where several share one, their commonest words.

A library was tried and knows more languages; it needs a newer numpy than the rest of the project.
Where this is not sure it says so, and a person says which one it is.
"""

from __future__ import annotations

import re
from collections import Counter

FALLBACK = "en"
_MOST = 20_000  # letters that are looked at
_LEAST = 2  # different words of a language that must be seen

# Scripts that one language alone writes, or one of them far more than others; what decides first.
_SCRIPTS = {
    "ja": "\u3041-\u30ff",
    "ko": "\uac00-\ud7af\u1100-\u11ff",
    "zh": "\u3400-\u9fff",
    "th": "\u0e01-\u0e5b",
    "lo": "\u0e81-\u0edf",
    "km": "\u1780-\u17ff",
    "my": "\u1000-\u109f",
    "bo": "\u0f00-\u0fff",
    "am": "\u1200-\u137f",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "hi": "\u0900-\u097f",
    "ar": "\u0600-\u06ff",
    "ru": "\u0400-\u04ff",
    "en": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
}
# Of the same script: letters that only this language has.
_LETTERS = {
    "ar": {"ur": "ٹڈڑںےہھ", "fa": "پچژگیک"},
    "ru": {"uk": "іїєґ", "bg": "ъ"},
    "hi": {"mr": "ळ"},
}
# Words that are common in one of these languages and hardly stand in another.
_WORDS = {
    "en": "the of and is are if with to for in be not should this which from what give it an when",
    "de": "der die das und ist nicht bei wird mit von oder auch den dem ein eine für zu bis nach",
    "fr": "le la un en les et est des pour avec que ne pas vous du au par sur ou non faut dit",
    "es": "el los las y es una con por para que no del si se al como qué hay más la",
    "pt": "o os as e é uma com por para que não do da dos das em ao há à mais",
    "it": "il lo gli e è una con per che non di del della si la le da sono alla",
    "nl": "de het een en is niet met van voor bij dat zijn of te er wordt ook op geef naar",
    "pl": "i w na z do się nie jest lub po przed należy oraz przy od czy to jak za dla",
    "cs": "a v na se je nebo po při pro ve do s že jako ne máte si viz od jsou",
    "sk": "a v na sa je alebo po pri pre vo do s že ako nie ste sú viz od aj",
    "sv": "och är att det som en för med inte av på till har om ska eller den vid ges se",
    "da": "og er at det som en for med ikke af på til har om skal eller den ved gives se",
    "nb": "og er at det som en for med ikke av på til har om skal eller den ved gis se",
    "fi": "ja on ei se että tai kun jos ovat myös ole potilas voi kuin sekä olla",
    "hu": "a az és nem van hogy egy is vagy ha meg kell ne mint van-e lehet után",
    "ro": "și este nu cu de la pentru sau dacă în din se o ce mai pe sunt",
    "tr": "ve bir bu için ile veya değil olan da de mi ne var çok ise olarak mı",
    "vi": "và của là có không cho các được nếu khi nên hoặc thì một với nhiều đừng",
    "id": "dan yang di untuk dengan tidak atau jika pada ini itu dari adalah ke bila",
}


def recognized(content: str) -> str:
    """The tag of the language of a text, or "" where that is not sure.

    >>> recognized("Bei Fieber wird nicht gewartet, und die Dosis ist hoch.")
    'de'
    >>> recognized("Tea?")
    ''
    """
    content = content[:_MOST].lower()
    counts = {tag: len(re.findall(f"[{letters}]", content)) for tag, letters in _SCRIPTS.items()}
    script = max(counts, key=lambda tag: counts[tag])
    # Kana show that what seems Chinese is Japanese.
    if script == "zh" and 5 * counts["ja"] > counts["zh"]:
        script = "ja"
    if not counts[script]:
        return ""
    if script == "en":
        return _by_words(content)
    for tag, letters in _LETTERS.get(script, {}).items():
        if re.search(f"[{letters}]", content):
            return tag
    return script


def _by_words(content: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", content))
    seen = {}
    for tag, known in _WORDS.items():
        times = [words[word] for word in known.split() if words[word]]
        seen[tag] = len(times), sum(times)
    second, first = sorted(seen, key=lambda tag: seen[tag])[-2:]
    return first if seen[first][0] >= _LEAST and seen[first] > seen[second] else ""
