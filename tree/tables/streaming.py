"""A file of patients → the same file with what the text says of each, some rows at a time."""

from __future__ import annotations

import codecs
import csv
import errno
import io
import itertools
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pandas as pd

from ..loading.files import written
from ..loading.sources import endless
from ..model.errors import AnswerError, Problem, TreeError, shown
from ..model.parts import Reading
from ..model.text import counted
from .bad_answers import LENIENT, check_columns
from .classifier import Classifier
from .progress import waiting
from .spelling import Mapped

CELLS = 200_000  # that are read together
MOST_LETTERS = 1_000_000  # of one cell
LONGEST = 10 * MOST_LETTERS  # letters of one line
SEPARATORS = ",;\t"


def classify_file(
    reading: Reading,
    source: Path,
    target: Path,
    mapping: Mapped | None = None,
    errors: str = "raise",
    force: bool = False,
) -> int:
    """Write a CSV file again with what the text says of each row; returns how many there are.

    The file may be larger than memory. Its columns are separated by comma, semicolon or tab,
    and stay as they are. The target is written whole or not at all. Raises TreeError, with
    line and column, for a file that is no such table, and AnswerError for answers that fit no
    value, which `errors="coerce"` takes as unknown, with a warning.
    """
    if endless(source.stat()):
        raise OSError(errno.EINVAL, "is a pipe or a device; write it to a file first", str(source))
    classifier = Classifier(reading, mapping, rows_are="line")
    with source.open("rb") as raw, written(target, force) as out:
        table = CsvTable(str(source), raw)
        asked, results = classifier.patterns.factors, classifier.results
        try:
            missing = check_columns(reading, asked, table.header, results)
        except AnswerError as error:
            raise AnswerError([f"{source}:1: {line}" for line in error.messages]) from None
        missing = [f"{source}:1: {line}" for line in missing]
        if errors == "raise" and missing:
            raise AnswerError([*missing, LENIENT])
        text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        if table.marked:
            text.write("\ufeff")
        writer = csv.writer(text, delimiter=table.separator, lineterminator="\n")
        writer.writerow([*table.header, *results])
        count = 0
        with waiting(source.stat().st_size, "B") as done:
            for block in table.blocks():
                _write(classifier, table.header, block, writer, errors)
                count += len(block.rows)
                done(table.read())
        messages = [f"{source}: {m}" for m in classifier.bad_answers.messages(classifier.places)]
        if messages and errors == "raise":
            raise AnswerError([*messages, LENIENT])
        if missing or messages:
            warning = "\n".join(["taken as unknown:", *missing, *messages])
            warnings.warn(warning, UserWarning, stacklevel=2)
        text.detach()
    return count


@dataclass(frozen=True)
class Block:
    """Some rows, and the line on which each begins."""

    rows: list[list[str]]
    lines: list[int]


class CsvTable:
    """A CSV file that is being read: its header, then its rows block by block.

    Raises TreeError where it is no table in UTF-8 with as many cells in each row as in the
    header.
    """

    def __init__(self, file: str, raw: IO[bytes]) -> None:
        self.file, self.raw = file, raw
        self.marked = raw.read(3) == codecs.BOM_UTF8
        raw.seek(0)
        self._read = 0
        self._line = 1
        self._text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        csv.field_size_limit(MOST_LETTERS)
        with self._problems():
            head = next(self._lines(), "")
            self.separator = max(SEPARATORS, key=head.count)
            lines = itertools.chain([head], self._lines())
            self._reader = csv.reader(lines, delimiter=self.separator, strict=True)
            self.header = next(self._reader, [])
        if not any(self.header):
            raise self._problem(1, "nothing is written here; names of columns expected")
        for number, name in enumerate(self.header):
            if name in self.header[:number]:
                raise self._problem(number + 1, f"the column {shown(name)} appears twice")

    def blocks(self) -> Iterator[Block]:
        """The rows, with their lines."""
        rows, many = self._rows(), max(CELLS // len(self.header), 1)
        with self._problems():
            while found := list(itertools.islice(rows, many)):
                yield Block([row for _, row in found], [line for line, _ in found])

    def read(self) -> int:
        """How many bytes more were read since this was asked last."""
        before, self._read = self._read, self.raw.tell()
        return self._read - before

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        width = len(self.header)
        self._line = self._reader.line_num + 1
        for row in self._reader:
            # An empty line is no row.
            if row:
                if len(row) != width:
                    message = f"{counted(len(row), 'cell')} in this row, and {width} in the first"
                    raise self._problem(min(len(row), width) + 1, message)
                yield self._line, row
            self._line = self._reader.line_num + 1

    def _lines(self) -> Iterator[str]:
        while line := self._text.readline(LONGEST):
            if len(line) == LONGEST:
                raise csv.Error(f"a line of more than {LONGEST} letters")
            yield line

    @contextmanager
    def _problems(self) -> Iterator[None]:
        """What cannot be read becomes a problem of the file."""
        try:
            yield
        except UnicodeDecodeError:
            self._line, column, byte = _undecoded(self.file)
            message = f"not UTF-8: byte 0x{byte:02X}; save it as CSV UTF-8"
            raise self._problem(column, message) from None
        except csv.Error as error:
            raise self._problem(1, f"not readable as CSV: {error}") from None

    def _problem(self, column: int, message: str) -> TreeError:
        return TreeError([Problem(self.file, self._line, column, message)])


def _undecoded(file: str) -> tuple[int, int, int]:
    """Line and column, in bytes, of the first byte that is not UTF-8, and the byte."""
    with open(file, "rb") as raw:
        for line, content in enumerate(raw, 1):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError as error:
                return line, error.start + 1, content[error.start]
    return 1, 1, 0


def _write(
    classifier: Classifier, header: Sequence[str], block: Block, writer: object, errors: str
) -> None:
    cells = dict(zip(header, zip(*block.rows, strict=True), strict=True))
    known = {id: cells[id] for id in classifier.places if id in cells}
    table = pd.DataFrame(known, index=pd.Index(block.lines), dtype=object)
    ends = classifier.ends(table)
    # Of a file that will not be kept the rest is only looked at.
    if classifier.bad_answers and errors == "raise":
        return
    results = zip(*classifier.result_words(ends), strict=True)
    writer.writerows(  # type: ignore[attr-defined]  # csv's writer has no name
        (*row, *result) for row, result in zip(block.rows, results, strict=True)
    )


def words(pairs: Sequence[str]) -> dict[object, object]:
    """WORD=VALUE, as a mapping. Raises AnswerError for what is not of this form.

    >>> words(["ja=yes", "rain:?=unknown"])
    {'ja': 'yes', 'rain': {'?': 'unknown'}}
    """
    of_all: dict[object, object] = {}
    of_factor: dict[object, dict[str, str]] = {}
    wrong = []
    for pair in pairs:
        word, equals, value = pair.rpartition("=")
        factor, colon, rest = word.partition(":")
        if not equals:
            wrong.append(f"{shown(pair)} is not of the form WORD=VALUE or FACTOR:WORD=VALUE")
        elif colon:
            of_factor.setdefault(factor, {})[rest] = value
        else:
            of_all[word] = value
    wrong += [
        f"{shown(word)} cannot be a word for all factors and a factor with words of its own"
        for word in of_all
        if word in of_factor
    ]
    if wrong:
        raise AnswerError(wrong)
    return {**of_all, **of_factor}
