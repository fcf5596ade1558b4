"""From one format to another: a guide in, a guide out, or both.

What comes in becomes a guide first, and is checked as any guide; what goes out is made of a guide.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..authoring.guide_folder import TEXT_FILE, files_of, new_folder
from ..guide import Guide
from ..loading.files import write
from ..loading.sheets import ENDINGS, Sheet, sheets_of
from ..model.errors import AnswerError, Problem, TreeError, allowed, shown
from ..model.tags import tag_problem
from ..opening import check_text, load, loads
from . import dmn_in, dmn_out, fhir, guide_json, markdown, mermaid, ssvc, table_sheet
from .decision_table import DecisionTable, HitPolicy
from .layouts import AS_IT_SAYS, SheetReading, plain_table
from .table_guide import MadeGuide, guide_of
from .who_workbook import who_tables

Written = tuple[bytes, tuple[str, ...]]
MOST_BYTES = 20_000_000


@dataclass(frozen=True)
class Conversion:
    """What was written, and what of the source is not in it. Prints in a few lines."""

    target: Path
    lost: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"{self.target}: written"
        return "\n".join([head, *(f"not in it: {line}" for line in self.lost)])


def _fhir(guide: Guide, version: str) -> Written:
    made, lost = fhir.bundle(guide, version)
    return _json(made), lost


def _json(made: object) -> bytes:
    return json.dumps(made, ensure_ascii=False, indent=2).encode() + b"\n"


# What a guide can be written as: by ending, and where several share one, by name.
WRITERS: dict[str, dict[str, Callable[[Guide], Written]]] = {
    ".csv": {"table": table_sheet.write_csv},
    ".xlsx": {"table": table_sheet.write_xlsx},
    ".dmn": {"dmn": dmn_out.write},
    ".json": {
        "ssvc": ssvc.write,
        "fhir": functools.partial(_fhir, version="R4"),
        "fhir-r5": functools.partial(_fhir, version="R5"),
        "guide": lambda guide: (_json(guide_json.data(guide)), ()),
    },
    ".md": {"markdown": lambda guide: (markdown.document(guide).encode(), markdown.LOST)},
    ".mmd": {"mermaid": lambda guide: (mermaid.flowchart(guide).encode(), mermaid.LOST)},
}
READ = (*ENDINGS, ".dmn", ".json")


def convert(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    to: str = "",
    title: str = "",
    language: str = "",
    sheet: str = "",
    outputs: tuple[str, ...] = (),
    policy: str = "",
    above: bool = False,
    force: bool = False,
) -> Conversion:
    """Convert a guide to another format, another format to a guide, or one format to another.

    `source`: the folder or the name of a guide, or a file: a decision table as .csv, .xlsx, .dmn or
    SSVC's .json, or a guide as .json. `target`: a folder for a guide, or a file, whose ending says
    its format; `to`: which one, where several have that ending, such as "ssvc".

    Of a table: `title` and `language` of its guide; `sheet`: its sheet, by default all that hold a
    table; `outputs`: the columns of its results, by default the last one or what the head says;
    `policy`: which of several rows that hold counts: "unique" (the default), "any", "first",
    "priority", or "every"; `above`: an empty cell means what stands above it, and not any answer.
    `force`: replace the file if there is one; a guide that is there is never replaced.

    Raises TreeError and AnswerError with all that is wrong, and then writes nothing.
    """
    place = Path(target)
    writer = _writer(place, to)
    how = SheetReading(outputs, _policy(policy), above)
    if language and (problem := tag_problem(language)):
        raise ValueError(problem)
    made: MadeGuide | None = None
    if Path(source).suffix.lower() in READ and not os.path.isdir(source):
        made = _guide_in(Path(source))
        if made is None:
            tables = read_tables(Path(source), sheet, how)
            made = guide_of(tables, title, language, str(source))
        guide = _checked(made, str(source))
    else:
        guide = load(source)
    lost = made.lost if made else ()
    if writer is None:
        return Conversion(_guide_written(place, Path(source), guide, made), lost)
    data, more = writer(guide)
    write(place, data, force=force)
    return Conversion(place, (*lost, *more))


def _policy(name: str) -> HitPolicy | None:
    if name and name not in tuple(HitPolicy):
        raise AnswerError([f"no policy {shown(name)}: {allowed(name, map(str, HitPolicy))}"])
    return HitPolicy(name) if name else None


def _writer(target: Path, to: str) -> Callable[[Guide], Written] | None:
    """What writes the file, or None where the target is a folder."""
    ending = target.suffix.lower()
    if not ending and not to:
        return None
    if ending not in WRITERS:
        raise AnswerError(
            [
                f"{target}: a file cannot end in {ending!r}: {allowed(ending, [*WRITERS])}; "
                "a name without an ending makes the folder of a guide"
            ]
        )
    choices = WRITERS[ending]
    if to and to not in choices:
        raise AnswerError(
            [f"no format {shown(to)} with the ending {ending}: {allowed(to, choices)}"]
        )
    if not to and len(choices) > 1:
        raise AnswerError([f"several formats end in {ending}: say which: {', '.join(choices)}"])
    return choices[to] if to else next(iter(choices.values()))


def read_tables(
    source: Path, sheet: str = "", how: SheetReading = AS_IT_SAYS
) -> tuple[DecisionTable, ...]:
    """The decision tables of a file, as `convert` reads them."""
    file, ending = str(source), source.suffix.lower()
    if ending not in READ:
        message = f"unknown ending {ending!r}: {allowed(ending, READ)}"
        raise TreeError([Problem(file, 0, 0, message)])
    if source.stat().st_size > MOST_BYTES:
        message = f"{source.stat().st_size:,} bytes, more than {MOST_BYTES:,}"
        raise TreeError([Problem(file, 0, 0, message)])
    data = source.read_bytes()
    if ending in (".json", ".dmn"):
        return ssvc.read(data, file) if ending == ".json" else dmn_in.read(data, file)
    return tuple(_on_sheets(_chosen(sheets_of(data, file), sheet, file), file, how))


def _guide_in(source: Path) -> MadeGuide | None:
    """The guide in a file that `convert` wrote as JSON, or None where it is another file."""
    if source.suffix.lower() != ".json" or source.stat().st_size > MOST_BYTES:
        return None
    data = source.read_bytes()
    if ssvc.is_ssvc(data):
        return None
    try:
        found = json.loads(data)
        text, yaml = guide_json.from_data(found)
        cases = ("the cases to practise on",) if found["cases"] else ()
        return MadeGuide(text, yaml, cases, found["text"]["file"])
    except (ValueError, RecursionError) as error:
        message = f"not readable as JSON: {error}"
        raise TreeError([Problem(str(source), 0, 0, message)]) from None
    except TreeError as error:
        raise TreeError([replace(each, file=str(source)) for each in error.problems]) from None


def _chosen(sheets: list[Sheet], name: str, file: str) -> list[Sheet]:
    if not name:
        return sheets
    found = [sheet for sheet in sheets if sheet.name == name]
    if not found:
        message = f"no sheet {shown(name)}: {allowed(name, [sheet.name for sheet in sheets])}"
        raise TreeError([Problem(file, 0, 0, message)])
    return found


def _on_sheets(sheets: list[Sheet], file: str, how: SheetReading) -> list[DecisionTable]:
    """The tables of WHO's kind on any sheet; where there are none, those of the filled sheets."""
    worded = [(sheet, tables) for sheet in sheets if (tables := who_tables(sheet))]
    for sheet, _ in worded:
        sheet.checked()
    if worded:
        return [table for _, tables in worded for table in tables]
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise TreeError([Problem(file, 1, 1, "nothing is written here")])
    tables, problems = list[DecisionTable](), list[Problem]()
    for each in filled:
        try:
            tables.append(plain_table(each.checked(), file, how))
        except TreeError as error:
            named = f"sheet {each.name!r}: " if len(filled) > 1 else ""
            problems += [replace(p, message=named + p.message) for p in error.problems]
    if problems and len(filled) > 1:
        names = ", ".join(shown(sheet.name) for sheet in filled)
        problems.append(Problem(file, 0, 0, f"say which sheet holds the table: {names}"))
    if problems:
        raise TreeError(problems)
    return tables


def _checked(made: MadeGuide, file: str) -> Guide:
    """The guide that was made, as `check` lets it through."""
    report = check_text(made.text, made.guide)
    if not report.ok:
        raise TreeError([Problem(file, 0, 0, f"as a guide: {p.message}") for p in report.errors])
    return loads(made.text, made.guide)


def _guide_written(target: Path, source: Path, guide: Guide, made: MadeGuide | None) -> Path:
    if made is None:
        message = f"{source}: is a guide already; say what to write it as: {', '.join(WRITERS)}"
        raise AnswerError([message])
    files = files_of(made.text.encode(), made.guide)
    files[made.text_file] = files.pop(TEXT_FILE)
    new_folder(target, source, files)
    return target
