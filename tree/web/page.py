"""The one-file HTML page: everything in it, nothing asked from outside."""

from __future__ import annotations

import base64
import functools
import hashlib
import itertools
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import Any

from ..drawing.arrangement import HEAVY, LARGE
from ..drawing.graphviz import Drawing
from ..logic.build import Tree
from ..logic.firmness import everyone_lines
from ..logic.tree_walk import TreeWalk
from ..logic.trees import trees_of
from ..messages import direction, in_turn, language, plural, read_both_ways, say, spoken
from ..model.disclaimer import disclaimer
from ..model.parts import OneOrSeveral, Reading
from ..model.text import unnamed
from .bare_drawing import undressed
from .bundle import STATIC, scripts, styles
from .catalog import catalog_for
from .minified import minified_script, minified_style
from .payload import not_drawn, payload
from .stand_in import frame, stand_in
from .still_table import folded_table

_PRACTICE = """<noscript><p>$needs</p></noscript>
<section id="tp-page" class="tree-practice" aria-label="$practise"></section>
<script type="text/plain" id="tp-sheet">$sheet</script>
"""
# What each statement has, in this order.
EACH = ("quotes", "asks", "holds", "effects")
_YES_NO = ["yes", "no", "unknown"]
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
IN_PLACE = (900, 570)  # pixels, as `ROOMS` of static/printing.js says
MOST_STILL = 100  # nodes of all trees, for a page without JavaScript
MOST_DRAWN = 2_000  # nodes of all trees; drawing them takes some seconds


@spoken
def page(
    reading: Reading,
    answers: Mapping[str, OneOrSeveral] | None = None,
    sheet: str = "",
    most_drawn: int | None = None,
    platform: str = "",
) -> str:
    """The page as one string of HTML, opened on a patient where answers are given.

    What only large trees or several trees need is only in their pages. `most_drawn`: nodes of the
    trees that are drawn; the others have their outline alone. As long as it is not given, the first
    tree is always drawn, and others within reason. Without JavaScript one sees all trees where they
    are few, and otherwise the first; the drawings of the others are packed.

    Script and style are the notebook's own, without comments; a strict policy allows these
    two alone, and no request. What comes from the guide is escaped or JSON. `sheet`: a sealed
    worksheet to practise with, in base64; without one nothing of practising is in the page.
    `platform`: the module through which practice talks to a learning platform.
    """
    trees = trees_of(reading)
    # The page shows one form of the tree, and takes its drawing from the page itself.
    most = max(MOST_DRAWN, len(trees[0].nodes)) if most_drawn is None else most_drawn
    data = _needed_alone(payload(reading, most_unfolded=0, most_drawn=most))
    drawings = [undressed(tree["views"][0].pop("svg")) for tree in data["trees"]]
    more = _modules(reading, sheet, drawings, platform)
    is_mixed = read_both_ways(reading)
    script, style = _page_script(more), _page_style(more, direction(), is_mixed)
    still = trees if sum(len(tree.nodes) for tree in trees) <= MOST_STILL else trees[:1]
    data |= catalog_for(script)
    # The patient that it opens on: a value, or several, for each factor, or nothing.
    data["start"] = [answers.get(factor.id) for factor in reading.factors] if answers else []
    source = (STATIC / "page.html").read_text(encoding="utf-8")
    template = Template(source.replace(">\n<", "><"))
    return template.substitute(
        language=escape(language(), quote=True),
        way=' dir="rtl"' * (direction() == "rtl") + ' class="dtree-mixed"' * is_mixed,
        title=escape(reading.title),
        disclaimer=escape(disclaimer(reading)),
        source=escape(_source(reading)),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        trees="".join(map(_still, still, drawings)),
        more=_more_trees(len(trees) - len(still)),
        needs=escape(say("Toggles need JavaScript. Without it, here is the whole tree.")),
        the_text=escape(say("The text")),
        drawings=_deflated(drawings[len(still) :]),
        everyone="".join(f"<p>{escape(line)}</p>" for line in _everyone(reading)),
        text=escape(reading.text.content, quote=False),
        table=folded_table(trees[0]) if len(trees) == 1 else "",
        payload=_embedded(packed(data)),
        practice=_practice(sheet),
    )


def _needed_alone(data: dict[str, Any]) -> dict[str, Any]:
    """The payload without what no page asks for, and with why a drawing is not there.

    A page names no guide, nobody changes the order of its questions or whose words count, and an
    address names an option only for its tree.
    """
    trees = data["trees"]
    del data["id"], data["average"]
    data["passages"] = [[author] for author, *_ in data["passages"]]
    for option in data["options"] if len(trees) == 1 else ():
        del option["id"]
    for tree in trees:
        if not tree["views"][0]["svg"]:
            left_out = say("The drawing of this tree is left out here.")
            tree["views"][0].setdefault("problem", left_out)
    return data


def _modules(reading: Reading, sheet: str, drawings: list[str], platform: str) -> tuple[str, ...]:
    """The modules that only some pages need."""
    trees = trees_of(reading)
    is_large = any(len(tree.nodes) > LARGE for tree in trees)
    parts = {
        "large": is_large,
        "trees": len(trees) > 1,
        "printing": is_large or len(trees) > 1 or not all(map(_printed_in_place, drawings)),
        "several": any(len(factor.values) > 2 for factor in reading.factors),
        "bands": any(factor.bands for factor in reading.factors),
        platform: bool(platform),
        "practice": bool(sheet),
    }
    return tuple(part for part, wanted in parts.items() if wanted)


def _printed_in_place(drawing: str) -> bool:
    """Whether its letters have 8 pt where it stands above the case on an upright page."""
    size = _SIZE.search(drawing)
    return not size or all(
        int(side) <= most for side, most in zip(size.groups(), IN_PLACE, strict=True)
    )


def _practice(sheet: str) -> str:
    """The place where one practises, with the questions."""
    if not sheet:
        return ""
    needs, practise = say("Practising needs JavaScript."), say("Practise")
    return Template(_PRACTICE).substitute(
        sheet=sheet, needs=escape(needs), practise=escape(practise, quote=True)
    )


@spoken
def embedded(reading: Reading, answers: Mapping[str, OneOrSeveral] | None = None) -> str:
    """The page inside another one, as HTML that also reads well where no script may run.

    A sanitized view keeps the picture and the sentence; where scripts run, the live page
    takes their place.
    """
    tree = trees_of(reading)[0]
    walk = TreeWalk(tree, answers) if answers else None
    # A notebook is no place for a drawing of megabytes, and nobody is to wait for it here.
    drawn = len(tree.nodes) <= HEAVY
    picture = Drawing(tree, walk).image if drawn else ""
    words = say("A picture of the explorer.") if drawn else say("The explorer of a large tree.")
    live = say(
        "To make it live, open this notebook in JupyterLab, click into this cell and press "
        "Shift+Enter."
    )
    return stand_in(
        f"<p>{escape(words)} {escape(live)}</p>{picture}",
        frame(page(reading, answers, most_drawn=HEAVY)),
    )


@functools.cache
def _page_script(more: tuple[str, ...]) -> str:
    # Practising looks at the page before the page's own script changes it.
    return minified_script(scripts(*(f"{name}.js" for name in more), "page.js"))


@functools.cache
def _page_style(more: tuple[str, ...], way: str, is_mixed: bool) -> str:
    own = [f"{name}.css" for name in more if (STATIC / f"{name}.css").exists()]
    own += ["right_to_left.css"] * (is_mixed or way == "rtl")
    return minified_style(styles("explorer.css", "page.css", *own), way)


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def packed(data: dict[str, Any]) -> dict[str, Any]:
    """A payload in fewer bytes; `page/unpacking.js` makes it whole again.

    Without the words of the text, which stand in the still page: of each part their length is
    left, in the units that JavaScript counts, and the quotes that it belongs to, so that quotes are
    not needed. Without the values of a question of yes or no, without what sentences are used for,
    which concerns authors, and without the names of what each statement has; with standings by
    their number.
    """
    number = {standing: at for at, standing in enumerate(data["standings"])}
    statements = []
    for statement in data["statements"]:
        more = {key: value for key, value in statement.items() if key not in EACH}
        effects = [[on, number[says], *rest] for on, says, *rest in statement["effects"]]
        each = [statement[key] for key in EACH[:-1]]
        statements.append([*each, effects, *[more] * bool(more)])
    text = [
        {**passage, "parts": _lengths((words, on) for words, on, *_ in passage["parts"])}
        for passage in data["text"]
    ]
    factors = [
        {key: value for key, value in factor.items() if value != _YES_NO}
        for factor in data["factors"]
    ]
    shown = {key: value for key, value in data.items() if key not in ("sentences", "quotes")}
    return {**shown, "factors": factors, "text": text, "statements": statements}


def _lengths(parts: Iterable[tuple[str, list[int]]]) -> list[int | list[int]]:
    """How long each part is, with its quotes if it has some; like neighbours are one part.

    >>> _lengths([("In ", []), ("the ", []), ("text", [2, 5])])
    [7, [4, 2, 5]]
    """
    together = itertools.groupby(parts, key=lambda part: part[1])
    found = [(sum(_units(words) for words, _ in same), on) for on, same in together]
    return [[length, *on] if on else length for length, on in found]


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def _embedded(data: dict[str, Any]) -> str:
    r"""JSON that cannot end the script element that holds it.

    >>> _embedded({"a": "</script><!--"})
    '{"a":"\\u003c/script>\\u003c!--"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _everyone(reading: Reading) -> list[str]:
    """What holds for everyone; the outline of an only tree says it already."""
    return everyone_lines(reading) if len(trees_of(reading)) > 1 else []


def _source(reading: Reading) -> str:
    """Who wrote the text, where the guide says so."""
    authors = in_turn(dict.fromkeys(passage.author for passage in reading.text.passages))
    if authors == unnamed():
        return ""
    return " " + say("The text: {authors}.", authors=authors)


def _still(tree: Tree, drawing: str) -> str:
    """A tree for a page without scripts: the drawing and the outline."""
    several = len(trees_of(tree.reading)) > 1
    title, outline = say("The tree"), say("The tree as an outline")
    if several:
        title = say("The tree: {name}", name=tree.name)
        outline = say("The tree as an outline: {name}", name=tree.name)
    if problem := not_drawn(tree):
        words = f"<h2>{escape(title)}</h2><p>{escape(problem)}</p>"
        return f'<section><div class="dtree-drawing"></div>{words}</section>\n'
    # Too large for paper; the outline says the same.
    on_screen = "" if _printed_in_place(drawing) else " class=dtree-on-screen"
    return (
        f'<section{on_screen}><h2>{escape(title)}</h2><div class="dtree-drawing">{drawing}</div>'
        "</section>\n"
        f"<section><h2>{escape(outline)}</h2><pre>{escape(str(tree))}</pre></section>\n"
    )


def _more_trees(count: int) -> str:
    """What stands after the trees that a page without scripts shows."""
    if not count:
        return ""
    words = plural(
        "To see the other tree, allow JavaScript.",
        "To see the other {count} trees, allow JavaScript.",
        count,
    )
    return f"<p>{escape(words)}</p>\n"


def _deflated(drawings: list[str]) -> str:
    """The drawings that a page without scripts leaves out."""
    if not drawings:
        return ""
    deflated = base64.b64encode(zlib.compress(json.dumps(drawings).encode(), 9)).decode()
    return f'<script type="text/plain" id="dtree-drawings">{deflated}</script>\n'
