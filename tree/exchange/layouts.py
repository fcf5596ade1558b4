"""A sheet → the decision tables on it: plain sheets, and the tables of SSVC.

The first row that is not empty names the columns. Results stand in the last column, or in those
that the head says: "THEN Step", "Output: Step", or a row above that parts *if* from *then*. What is
read of WHO's workbooks stands in `who_workbook`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..loading.sheets import Sheet, column_name
from ..model.errors import Problem, TreeError, allowed, shown
from ..model.letters import alike, visible
from .cells import column_of
from .decision_table import DecisionTable, HitPolicy, Input, Output, Rule, Test

_IF = r"if|when|given|conditions?|inputs?|criteri(?:a|on)"
_THEN = r"then|outputs?|results?|conclusions?|actions?|outcomes?|decisions?"
_NOTE = r"notes?|comments?|annotations?|remarks?|explanations?|references?(?:\(s\))?|sources?"
_NUMBERED = r"row|rule|no\.?|nr\.?|number|id|#"
# "IF Age", "Output: Step", "Notes".
_MARKED = re.compile(rf"(?:({_IF})|({_THEN}))\s*(?::|\s)\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_ALONE = {
    "input": re.compile(rf"(?:{_IF})(?:\(s\))?", re.IGNORECASE),
    "output": re.compile(rf"(?:{_THEN})(?:\(s\))?", re.IGNORECASE),
    "note": re.compile(_NOTE, re.IGNORECASE),
    "number": re.compile(_NUMBERED, re.IGNORECASE),
}
# How SSVC names its columns: "Exploitation v1.1.0", "In KEV v1.0.0 (cisa)".
_SSVC = re.compile(r"(.+?) v\d+\.\d+\.\d+(?: \([\w.#/-]+\))?")
# DMN's letter for a policy, at the head of the numbers of the rules, with its sign for adding up.
_POLICY = re.compile(r"([a-z])([+#<>]?)", re.IGNORECASE)
_POLICIES = {
    "u": HitPolicy.UNIQUE,
    "a": HitPolicy.ANY,
    "f": HitPolicy.FIRST,
    "p": HitPolicy.PRIORITY,
    "o": HitPolicy.EVERY,
    "r": HitPolicy.EVERY,
    "c": HitPolicy.EVERY,
}


@dataclass(frozen=True)
class SheetReading:
    """How a sheet is read. `outputs`: the names of the columns of results, () for what the head
    says; `policy`: which of several rules counts, None for what the head says, else unique;
    `above`: whether an empty cell means what stands above it, and not any answer.
    """

    outputs: tuple[str, ...] = ()
    policy: HitPolicy | None = None
    above: bool = False


AS_IT_SAYS = SheetReading()


@dataclass(frozen=True)
class _Head:
    """The columns by what they hold, and the first row below their names."""

    names: tuple[str, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    notes: tuple[int, ...]
    first: int
    policy: HitPolicy | None = None
    verbatim: bool = False  # every cell is an answer, as in SSVC


def plain_table(sheet: Sheet, file: str, how: SheetReading = AS_IT_SAYS) -> DecisionTable:
    """The decision table of a sheet: one row a rule.

    >>> sheet = Sheet("Tea", (("Cold?", "Drink"), ("yes", "tea"), ("no", "water")))
    >>> table = plain_table(sheet, "tea.csv")
    >>> [(rule.place, str(rule.tests[0]), rule.results) for rule in table.rules]
    [('Row 2', 'yes', ('tea',)), ('Row 3', 'no', ('water',))]

    Raises TreeError where no column holds conditions, or none results.
    """
    head = _head(sheet, file, how)
    rows = _filled(sheet, head, how.above)
    columns = [_tests([row[place] for _, row in rows], head.verbatim) for place in head.inputs]
    rules = tuple(
        Rule(
            f"Row {number + 1}",
            tuple(column[at] for column in columns),
            tuple(row[place] for place in head.outputs),
            tuple(row[place] for place in head.notes if row[place]),
            (number + 1, 1),
        )
        for at, (number, row) in enumerate(rows)
    )
    return DecisionTable(
        sheet.name,
        tuple(_input(head.names[place]) for place in head.inputs),
        tuple(Output(head.names[place]) for place in head.outputs),
        rules,
        how.policy or head.policy or HitPolicy.UNIQUE,
        at=(head.first, 1),
    )


def _tests(cells: Sequence[str], verbatim: bool) -> tuple[Test | None, ...]:
    if verbatim:
        return tuple(Test((cell,)) if cell else None for cell in cells)
    return column_of(cells).tests


def _input(name: str) -> Input:
    """An input, its unit apart: "Age [years]".

    >>> _input("Age [years]")
    Input(name='Age', values=(), unit='years', about='')
    """
    found = re.fullmatch(r"(.+?)\s*\[([^\]]+)\]", name, re.DOTALL)
    return Input(found.group(1), unit=found.group(2)) if found else Input(name)


def _filled(sheet: Sheet, head: _Head, above: bool) -> list[tuple[int, list[str]]]:
    """The rows of rules with their numbers; where an empty cell means so, with what is above."""
    found: list[tuple[int, list[str]]] = []
    for number, row in enumerate(sheet.rows[head.first :], head.first):
        if not any(row[place] for place in (*head.inputs, *head.outputs)):
            continue
        cells = list(row)
        if above and found:
            for place in (*head.inputs, *head.outputs):
                cells[place] = cells[place] or found[-1][1][place]
        found.append((number, cells))
    return found


def _head(sheet: Sheet, file: str, how: SheetReading) -> _Head:
    first = next((at for at, row in enumerate(sheet.rows) if any(row)), None)
    if first is None:
        raise TreeError([Problem(file, 1, 1, "nothing is written here")])
    above: Sequence[str] = [""] * len(sheet.rows[first])
    if _is_above(sheet, first):
        above, first = _spread(sheet.rows[first]), first + 1
    cells = [visible(cell) for cell in sheet.rows[first]]
    kinds, names = [], []
    for over, cell in zip(above, cells, strict=True):
        kind, name = _kind(over, cell)
        kinds.append(kind)
        names.append(name)
    policy = None
    if (letters := next((place for place, cell in enumerate(cells) if cell), None)) is not None:
        policy = _policy(sheet, first, letters, file)
        kinds[letters] = "number" if policy else kinds[letters]
    unmarked = [_SSVC.fullmatch(name) for name, kind in zip(names, kinds, strict=True) if not kind]
    verbatim = bool(unmarked) and all(unmarked)
    if verbatim:
        names = [found.group(1) if (found := _SSVC.fullmatch(name)) else name for name in names]
    inputs, outputs, notes = _parted(kinds, names, how, file, first)
    return _Head(tuple(names), inputs, outputs, notes, first + 1, policy, verbatim)


def _policy(sheet: Sheet, head: int, place: int, file: str) -> HitPolicy | None:
    """The policy that stands at the head of the numbers of the rules, None where nothing does."""
    found = _POLICY.fullmatch(visible(sheet.rows[head][place]))
    numbers = [row[place] for row in sheet.rows[head + 1 :] if row[place]]
    if not found or not all(each.isdecimal() for each in numbers):
        return None
    rising = [int(each) for each in numbers]
    if rising != sorted(set(rising)):
        return None
    if not found.group(2) and found.group(1).lower() in _POLICIES:
        return _POLICIES[found.group(1).lower()]
    if not numbers:
        return None
    message = f"the hit policy {shown(found.group())} is not read: "
    if found.group(2) and found.group(1).lower() == "c":
        message += "a tree adds nothing up"
    else:
        letters = ", ".join(_POLICIES).upper()
        message += f"allowed: {letters}; a column that numbers the rules is called 'No.'"
    raise TreeError([Problem(file, head + 1, place + 1, message)])


def _is_above(sheet: Sheet, first: int) -> bool:
    """Whether a row does not name columns, but parts conditions from results."""
    words = [cell for cell in sheet.rows[first] if cell]
    kinds = [_ALONE[kind].fullmatch(visible(w)) for w in words for kind in ("input", "output")]
    below = first + 1 < len(sheet.rows) and any(sheet.rows[first + 1])
    marked = sum(map(bool, kinds))
    return bool(below and marked >= 2 and marked >= len(set(words)) - 1)


def _spread(row: Sequence[str]) -> list[str]:
    """A row of heads, each of which reaches to the next."""
    found, last = [], ""
    for cell in row:
        last = cell or last
        found.append(last)
    return found


def _kind(above: str, cell: str) -> tuple[str, str]:
    """What a column holds, "" where its head does not say, and its name."""
    if _ALONE["note"].fullmatch(cell):
        return "note", cell
    if _ALONE["number"].fullmatch(cell):
        return "number", cell
    if above:
        return next(
            (k for k in ("input", "output") if _ALONE[k].fullmatch(visible(above))), ""
        ), cell
    if found := _MARKED.fullmatch(cell):
        return ("input" if found.group(1) else "output"), found.group(3)
    return "", cell


def _parted(
    kinds: Sequence[str], names: Sequence[str], how: SheetReading, file: str, row: int
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The places of inputs, outputs and notes."""
    named = [place for place, name in enumerate(names) if name and kinds[place] != "number"]
    notes = [place for place in named if kinds[place] == "note"]
    rest = [place for place in named if place not in notes]
    problems = []
    if how.outputs:
        places = {alike(names[place]): place for place in named}
        outputs = [places[alike(name)] for name in how.outputs if alike(name) in places]
        for name in how.outputs:
            if alike(name) not in places:
                message = f"no column {shown(name)}: {allowed(name, [names[p] for p in named])}"
                problems.append(Problem(file, row + 1, 1, message))
    else:
        outputs = [place for place in rest if kinds[place] == "output"] or rest[-1:]
    inputs = [place for place in rest if place not in outputs and kinds[place] != "output"]
    notes = [place for place in notes if place not in outputs]
    seen: dict[str, int] = {}
    for place in (*inputs, *outputs):
        if (first := seen.setdefault(alike(names[place]), place)) != place:
            columns = f"{column_name(first)} and {column_name(place)}"
            message = f"two columns are called {shown(names[place])}: {columns}"
            problems.append(Problem(file, row + 1, place + 1, message))
    if not inputs and not problems:
        message = (
            "no column of conditions: a decision table has conditions at the left, results last"
        )
        problems.append(Problem(file, row + 1, 1, message))
    if problems:
        raise TreeError(problems)
    return tuple(inputs), tuple(outputs), tuple(notes)
