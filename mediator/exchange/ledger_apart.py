"""The sheets of a ledger as they come out of the room apart in which the file is read: JSON there and back."""

from datetime import date, datetime, time, timedelta
from typing import Any

from mediator.domain.errors import Refusal
from mediator.exchange import sandbox
from mediator.exchange.ledger_sheets import Cell, Row, Sheet, Span, look, read_workbook
from mediator.exchange.ledger_text import read_text

_DAMAGED = "已损坏，打不开；请用表格软件重新另存为 xlsx 再导入。"
_MOMENTS: dict[str, Any] = {
    "at": datetime.fromisoformat, "day": date.fromisoformat, "time": time.fromisoformat,
    "span": lambda seconds: timedelta(seconds=seconds),
}  # fmt: skip
"""What JSON has no word for stands as a pair: what it is, and how it is written."""


def heads(data: bytes, *, text: bool) -> list[Sheet]:
    """The sheets of a file: whole where that costs little, else their first rows."""
    return _sheets(sandbox.run(_text if text else _look, data))


def whole(data: bytes, name: str) -> Sheet:
    """One sheet of a workbook, whole; Refusal if it cannot be read."""
    return next(iter(_sheets(sandbox.run(_sheet, data, name))))


def _text(data: bytes) -> list[Any]:
    return [_plain(read_text(data))]


def _look(data: bytes) -> list[Any]:
    return [_plain(sheet) for sheet in look(data)]


def _sheet(data: bytes, name: str) -> list[Any]:
    return [_plain(sheet) for sheet in read_workbook(data, only=name)[:1]]


def _plain(sheet: Sheet) -> dict[str, Any]:
    rows = [[number, [_written(cell) for cell in row]] for number, row in sheet.rows.items()]
    return {**vars(sheet), "rows": rows, "hidden_rows": sorted(sheet.hidden_rows)}


def _written(cell: Cell) -> Any:
    match cell:
        case datetime():
            return ["at", cell.isoformat()]
        case date():
            return ["day", cell.isoformat()]
        case time():
            return ["time", cell.isoformat()]
        case timedelta():
            return ["span", cell.total_seconds()]
    return cell


def _sheets(told: Any) -> list[Sheet]:
    """What was told, believed only as far as it has the shape of sheets."""
    try:
        return [_read(one) for one in told]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise Refusal(_DAMAGED) from None


def _read(one: dict[str, Any]) -> Sheet:
    rows: dict[int, Row] = {int(n): tuple(_cell(cell) for cell in row) for n, row in one["rows"]}
    return Sheet(
        str(one["name"]), rows, bool(one["hidden"]), frozenset(int(n) for n in one["hidden_rows"]),
        tuple(Span(*(int(n) for n in span)) for span in one["spans"]), bool(one["whole"]), int(one["formulas"]),
        int(one["links"]),
    )  # fmt: skip


def _cell(told: Any) -> Cell:
    if isinstance(told, list):
        kind, words = told
        read: Cell = _MOMENTS[kind](words)
        return read
    if told is None or isinstance(told, str | int | float):
        return told
    raise TypeError(told)
