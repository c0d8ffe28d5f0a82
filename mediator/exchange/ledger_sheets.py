"""Workbooks (xlsx) read as rows of cells, values only."""

import re
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, NamedTuple
from xml.parsers import expat

from mediator.domain.errors import Refusal
from mediator.exchange import ledger_archive

MOST_ROWS = 100_000
MOST_COLUMNS = 256
HEAD_ROWS = 40
"""How far down a sheet the headings are looked for."""
LITTLE = 10 * 2**20
"""Bytes, unpacked: of a workbook no larger all sheets are read at once, a second or two."""

UNWORKED = "=?"
"""Stands in a cell whose formula was saved without its result."""

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Row = tuple[Cell, ...]

_LAST_ROW = 2**20
_PLACE = re.compile(r"([A-Z]{1,3})\d+")
_SPAN = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True)
class Sheet:
    """工作表: the rows that hold anything, by the row number people see."""

    name: str
    rows: dict[int, Row]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    spans: tuple["Span", ...] = ()
    whole: bool = True
    """Whether all rows are here, or only the first ones."""
    formulas: int = 0
    """Cells that hold a formula; of a sheet that is not whole they are not counted."""
    links: int = 0
    """Parts of the workbook that would fetch something from elsewhere or start another program; none is opened."""

    def joined(self, columns: Collection[int]) -> set[int]:
        """The rows that share a cell of one of these columns with the row above or below."""
        rows: set[int] = set()
        reached = 0
        for span in sorted(self.spans):
            if any(span.left <= column <= span.right for column in columns):
                rows.update(range(max(span.first, reached + 1), span.last + 1))
                reached = max(reached, span.last)
        return rows


class Span(NamedTuple):
    """A cell merged over several rows; columns counted from 0."""

    first: int
    last: int
    left: int
    right: int


@dataclass
class _Scan:
    """What openpyxl leaves out when it reads row by row: hidden rows, merged cells, formulas without a result."""

    hidden: set[int] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    formulas: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    row: int = 0
    column: int = 0
    worded: bool = False
    worked: int = 0
    """Cells with a formula."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of one element as it begins."""
        tag = name.rpartition(" ")[2]
        if tag == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self.column = _column(place[1]) if place else self.column + 1
            self.worded = attributes.get("t") == "str"
        elif tag == "f":
            self.worked += 1
            if not self.worded:
                self.formulas[self.row].add(self.column)
        elif tag == "row":
            self.row, self.column = int(float(attributes.get("r", self.row + 1))), 0
            if self.row > _LAST_ROW:
                raise ValueError(self.row)  # openpyxl would count up to it
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.add(self.row)
        elif tag == "mergeCell" and (span := _SPAN.fullmatch(attributes.get("ref", ""))):
            first, last = int(span[2]), min(int(span[4]), _LAST_ROW)
            if first < last:
                self.spans.append(Span(first, last, _column(span[1]) - 1, _column(span[3]) - 1))


def look(data: bytes) -> list[Sheet]:
    """The sheets of a workbook: whole if it is small, else the rows in which the headings are looked for."""
    small = ledger_archive.check(data).unpacked <= LITTLE
    return read_workbook(data, limit=None if small else HEAD_ROWS)


def read_workbook(data: bytes, *, only: str | None = None, limit: int | None = None) -> list[Sheet]:
    """The sheets of a workbook, or only one; of each no more than the first ``limit`` rows if it is given.

    Raises Refusal for what must not be opened, and whatever the readers raise for what is damaged. The program itself
    reads no workbook: see ``ledger_apart``.
    """
    from openpyxl import load_workbook

    links = ledger_archive.check(data).links
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of ornaments it does not know
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        wanted = [sheet for sheet in book.worksheets if only in (None, sheet.title)]
        return [_read_sheet(sheet, limit, links) for sheet in wanted]


def _read_sheet(sheet: Any, limit: int | None, links: int) -> Sheet:
    """Read one sheet; Any, because the stubs know neither the rows nor the source of one opened for reading."""
    scan = _Scan()
    if limit is None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = scan.start
        with sheet._get_source() as source:
            parser.ParseFile(source)
    sheet.reset_dimensions()  # a size stated too small would cut rows off
    lines = enumerate(sheet.iter_rows(max_row=limit, values_only=True), 1)
    rows = filled((n, _with_formulas(line, scan.formulas.get(n))) for n, line in lines)
    hidden = sheet.sheet_state != "visible"
    return Sheet(
        sheet.title, rows, hidden, frozenset(scan.hidden), tuple(scan.spans), limit is None, scan.worked, links
    )  # fmt: skip


def filled(lines: Iterable[tuple[int, Row]]) -> dict[int, Row]:
    """The lines that hold anything, without their empty ends; Refusal if they are too many or too wide."""
    rows: dict[int, Row] = {}
    for number, line in lines:
        width = next((n for n in range(len(line), 0, -1) if not _is_blank(line[n - 1])), 0)
        if width > MOST_COLUMNS:
            raise Refusal(f"超过 {MOST_COLUMNS} 栏，不像台账；请删去用不着的栏再导入。")
        if width:
            rows[number] = line[:width]
        if len(rows) > MOST_ROWS:
            raise Refusal(f"超过 {MOST_ROWS:,} 行；请按年份分成几个文件再导入。")
    return rows


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _with_formulas(line: Row, formulas: set[int] | None) -> Row:
    if not formulas:
        return line
    return tuple(UNWORKED if cell is None and n in formulas else cell for n, cell in enumerate(line, 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
