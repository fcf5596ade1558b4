"""Abbreviations that end with a full stop and yet end no sentence, for each language.

Lists of libraries were tried; they hold words such as "is", "me" and "mar", after which a
sentence does end. Where one is missing here, a sentence is divided: that shows, and loses nothing.
"""

from __future__ import annotations

import functools

# Words follow: titles, "for example", "that is". Each as written, without its last stop.
_BEFORE_WORDS = {
    "": "Dr Drs Prof Mr Mrs Ms St vs cf e.g i.e al",
    "cs": "např tzv tj resp MUDr prof doc Ing",
    "da": "f.eks bl.a dvs hhv pga",
    "de": (
        "z.B d.h u.a o.ä o.g s.o s.u u.U i.d.R m.E i.S.d z.T z.Zt v.a bzgl bzw ca dergl dgl "
        "evtl ggf ggfs inkl insb insbes lt max mind min sog sogen vgl Fr Hr Hrn Dipl Ing med"
    ),
    "el": "π.χ δηλ βλ Δρ κ",
    "es": "p.ej Sr Sra Sres Srta D Dña Dra Ud Uds Vd Lic Ing aprox vid",
    "fi": "esim ts mm tri prof",
    "fr": "p.ex c.-à-d MM Mgr Pr env cf",
    "hi": "डॉ श्री प्रो",
    "hu": "pl ún ill dr prof",
    "it": "p.es ad.es Dott Dr.ssa Dott.ssa Sig Sig.ra Sig.na Prof.ssa cfr",
    "bn": "ডা ড মো",
    "nb": "f.eks bl.a dvs ca pga",
    "nl": "bijv bv d.w.z m.b.t o.a i.v.m t.a.v dhr mevr mw ir ing drs resp",
    "nn": "t.d bl.a dvs ca",
    "pl": "np tj tzn tzw ok zob por prof doc mgr inż lek hab ks św",
    "pt": "p.ex Sr Sra Srta Dra Profa aprox",
    "ro": "de.ex dl dna prof",
    "ru": "т.е т.н напр проф д-р г-н г-жа ср см им акад гр",
    "sk": "napr tzv tj resp MUDr prof doc Ing",
    "sv": "t.ex bl.a dvs s.k ca",
    "tr": "örn Dr Prof Doç bkz",
    "uk": "т.е напр проф див ім акад гр",
}
# A number follows.
_BEFORE_NUMBERS = {
    "": (
        "No no Nos nos Fig fig Figs figs p pp Vol vol ca approx max min Eq eq Tab tab Nr nr ref "
        "refs sec"
    ),
    "cs": "č str obr tab odst čl",
    "da": "nr s",
    "de": "Abb Abs Art Bd Bsp Kap Nrn S Std Tbl Ziff Anh §",
    "el": "εικ σελ αρ",
    "es": "pág págs núm núms art arts cap tabla párr",
    "fi": "s n",
    "fr": "art chap vol env no nos tabl",
    "it": "art artt cap pag pagg tab n nn",
    "nl": "blz nr nrs art hfst afb tab",
    "pl": "rys tabl str nr art ust poz rozdz",
    "pt": "pág págs art cap núm n",
    "ru": "рис стр табл п пп гл ст ок с",
    "sv": "nr s kap",
    "tr": "s şek tab no",
    "uk": "рис стор табл п гл ст с",
    "vi": "tr",
}
# After these a number with a stop is an ordinal, where what is counted has a capital letter.
_BEFORE_ORDINALS = {
    "de": "ab am bis das dem den der des die beim im jede jeden jeder seit vom zum zur nach",
}
_MONTHS = {
    "de": (
        "Januar Jänner Februar März April Mai Juni Juli August September Oktober November "
        "Dezember Tag Woche Monat Jahr Lebensjahr Lebensmonat Lebenswoche Quartal"
    ),
}


@functools.cache
def before_words(language: str) -> frozenset[str]:
    """After which a sentence goes on.

    >>> "z.b" in before_words("de-AT"), "Dr" in before_words("de"), "z.b" in before_words("en")
    (True, True, False)
    """
    return _read(_BEFORE_WORDS, language)


@functools.cache
def before_numbers(language: str) -> frozenset[str]:
    """After which a sentence goes on where a number follows."""
    return _read(_BEFORE_NUMBERS, language)


@functools.cache
def of_any_language() -> frozenset[str]:
    """After which a sentence may go on in one language or another.

    >>> {"mind", "approx", "tabl"} <= of_any_language()
    True
    """
    lists = (_BEFORE_WORDS, _BEFORE_NUMBERS)
    return frozenset().union(*(_read(each, language) for each in lists for language in each))


@functools.cache
def before_ordinals(language: str) -> frozenset[str]:
    """After which a number that ends with a stop is an ordinal."""
    return _read(_BEFORE_ORDINALS, language)


@functools.cache
def counted_by_ordinals(language: str) -> frozenset[str]:
    """Before which a number that ends with a stop is an ordinal."""
    return frozenset(_MONTHS.get(primary(language), "").split())


def primary(language: str) -> str:
    """The language itself of a tag such as pt-BR.

    >>> primary("pt-BR")
    'pt'
    """
    return language.split("-")[0].lower()


def _read(lists: dict[str, str], language: str) -> frozenset[str]:
    """Those of every language and of this one; each also with a capital at a beginning."""
    words = [*lists.get("", "").split(), *lists.get(primary(language), "").split()]
    # Those with stops inside are no words, whatever their capitals.
    dotted = {word.lower() for word in words if "." in word}
    return frozenset({*words, *dotted, *(word[0].upper() + word[1:] for word in words)})
