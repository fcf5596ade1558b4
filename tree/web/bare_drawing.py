"""A drawing in the fewest bytes, for a page that knows the rest."""

from __future__ import annotations

import re

_QUESTION = re.compile(r'<g id="(n\d+)" class="node question">\s*<title>([^<]*)')
_BRANCH = re.compile(r'(<g id="(n\d+)-\d+" class="edge">\s*<title>)([^<]*)')
# Text holds no "<" of its own.
_COLOURED = re.compile(r'(<poly\w+|<path) fill="[^"]*" stroke="[^"]*"([^<>]*?) />')
_GROUND = re.compile(r'(class="graph"[^>]*>\s*)<polygon[^>]*/>')
# A polygon closes by itself.
_CLOSED = re.compile(r'(<polygon[^<>]* points="([^ "]+)[^"]*) \2"')
_POINTS = re.compile(r'(<poly\w+[^<>]* points=")([^"]*)')
_LINE = re.compile(r'(<path[^<>]* d=")([^"]*)')


def undressed(svg: str) -> str:
    """A drawing without what a page knows: colours, and the question in the name of a branch.

    >>> undressed('<path fill="none" stroke="#444444" d="M0,0L9,-4" />')
    '<path d="M0,0l9-4"/>'
    """
    bare = _GROUND.sub(r"\1", _COLOURED.sub(r"\1\2/>", svg))
    bare = bare.replace("scale(1 1) rotate(0) ", "").replace('"0.00 0.00 ', '"0 0 ', 1)
    bare = re.sub(r">\s+<", "><", re.sub(r"\.00(?=[ \"])", "", bare))
    # Said once for all words.
    blanks = ' xml:space="preserve"'
    bare = bare.replace(f"<text{blanks}", "<text").replace("<svg", f"<svg{blanks}", 1)
    bare = bare.replace('<text text-anchor="start"', "<text")
    bare = bare.replace('<g id="graph0" class="graph"', "<g")
    bare = _CLOSED.sub(r'\1"', bare)
    bare = _POINTS.sub(lambda found: found[1] + re.sub("[ ,]-", "-", found[2]), bare)
    bare = _LINE.sub(lambda found: found[1] + relative(found[2]), bare)
    asked = dict(_QUESTION.findall(bare))
    return _BRANCH.sub(lambda m: m[1] + m[3].removeprefix(f"{asked[m[2]]} "), bare)


def relative(path: str) -> str:
    """A line of SVG with each point seen from the one before, which takes fewer letters.

    `path`: begins with M, goes on with L and C, in whole pixels; another one stays as it is.

    >>> relative("M270,-436L12,-436C6,-436 0,-430 0,-424")
    'M270-436h-258c-6,0-12,6-12,12'
    >>> relative("M0,0.5L9,9")
    'M0,0.5L9,9'
    """
    if not re.fullmatch(r"M-?\d+,-?\d+(?:[LC ]-?\d+,-?\d+)*", path):
        return path
    x, y = 0, 0
    drawn = []
    for letter, points in re.findall("([MLC])([^MLC]*)", path):
        found = [tuple(map(int, point.split(","))) for point in points.split()]
        # A curve has two points that pull it, and its end.
        count = 3 if letter == "C" else 1
        for at in range(0, len(found), count):
            steps = [(right - x, down - y) for right, down in found[at : at + count]]
            x, y = found[at + count - 1]
            drawn.append(_command(letter, steps))
    return "".join(drawn)


def _command(letter: str, steps: list[tuple[int, int]]) -> str:
    (right, down), *_more = steps
    if letter == "L" and 0 in (right, down):
        return f"h{right}" if right else f"v{down}"
    numbers = ",".join(str(number) for step in steps for number in step)
    return (letter if letter == "M" else letter.lower()) + numbers.replace(",-", "-")
