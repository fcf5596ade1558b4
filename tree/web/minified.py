"""Scripts and style sheets of a page in fewer bytes; in a browser, as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..model.missing import IN_BROWSER

# Notebooks have widgets where a page has parts of its own.
_STOCK = re.compile(
    r":is\(\.(?:widget|jupyter)-[\w.-]+,(\.[\w.-]+)\)|:where\(:not\(\.widget-[\w-]+\)\)"
)
# The name of a colour.
_PROPERTY = re.compile(r"--d-[\w-]+")
_START = re.compile(r"((?:border|padding|margin)-|text-align:)(?:inline-)?start")
_CONSTANT = re.compile(r"\bconst(?=[ \[{])")
_UNDEFINED = re.compile(r'(?<!")\bundefined\b')
# No words of a screen: there a blank stands beside them.
_TRUE_OR_FALSE = re.compile(r"(?<=[=(,:?])(?:true|false)(?=[,;)}\]])|(?<=\?)(?:true|false)(?=:)")
# A declaration with no other statement in it, right before another declaration.
_DECLARED = re.compile(
    r"""(\blet(?: \w+|\[[^\]=]*\]|\{[^}=]*\})=(?:[^;{}"'`/\n]|"[^"\\\n]*"|\{[^;{}"'`/\n]*\})*)"""
    r";let\b ?"
)
# What a module of the front end declares at its top, of which no two modules have the same.
_AT_THE_TOP = re.compile(r"^(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)
# Before the name of a property: a dot that spreads nothing out.
_OF = r"(?<!\.\.)\."
# Of such names, those of two words or in capitals are no words of a screen.
_IS_CODE = re.compile(r"[a-z][A-Z]|[A-Z_]{2,}\Z").search


def minified_script(script: str) -> str:
    """A module of the front end in fewer bytes: see `bundle.scripts`."""
    if IN_BROWSER:
        return script
    import rjsmin

    names = _AT_THE_TOP.findall(script)
    script = str(rjsmin.jsmin(script))
    # Every statement ends in a semicolon or a brace, and none gives a constant another value. The
    # last one of a block needs no semicolon. What stands in quotes is the name of a type.
    script = _UNDEFINED.sub("void 0", script)
    script = _TRUE_OR_FALSE.sub(lambda found: "!0" if found[0] == "true" else "!1", script)
    script = _CONSTANT.sub("let", script).replace("}\n", "}").replace(";}", "}")
    count = 1
    while count:
        script, count = _DECLARED.subn(r"\1,", script)
    own = [name for name in names if _IS_CODE(name) and not _is_name_of_more(name, script)]
    own.sort(key=script.count, reverse=True)
    return _renamed(re.compile(rf"(?<![\w$])(?<!{_OF})\w+"), script, own, "${:x}".format)


def _is_name_of_more(name: str, script: str) -> bool:
    """Whether a name is also that of a property or of a part of a message, or stands in quotes.

    >>> [_is_name_of_more("goOn", script) for script in ("goOn(a)", "f(a,goOn,b)", "[...goOn]")]
    [False, False, False]
    >>> [_is_name_of_more("goOn", script) for script in ("a.goOn", "{goOn:1}", "{a,goOn}", '"goOn')]
    [True, True, True, True]
    """
    in_braces = rf"[{{,]{name}(?=[,}}])(?![^(){{}}]*\))"
    in_words = rf"""["'`]{name}\b|\bsay`[^`]*\b{name}\b"""
    return bool(re.search(rf"{_OF}{name}\b|\b{name}:|{in_braces}|{in_words}", script))


def minified_style(sheet: str, way: str) -> str:
    """A style sheet in fewer bytes; `way`: in which its page is read."""
    if IN_BROWSER:
        return sheet
    import rcssmin

    sheet = _STOCK.sub(r"\1", rcssmin.cssmin(sheet))
    names = list(dict.fromkeys(_PROPERTY.findall(sheet)))
    sheet = _renamed(_PROPERTY, sheet, names, "--{}".format).replace(" / ", "/")
    # A page is read one way, so it needs no more than the shorter words for it.
    return _START.sub(r"\1left", sheet) if way == "ltr" else sheet


def _renamed(found: re.Pattern[str], code: str, names: list[str], new: Callable[[int], str]) -> str:
    """The code with a short name for each of some, the shortest for the first."""
    short = {name: new(number) for number, name in enumerate(names)}
    return found.sub(lambda match: short.get(match[0], match[0]), code)
