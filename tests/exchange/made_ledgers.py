"""Made-up ledgers, and one row of them read, for the tests of this room."""

import pickle
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from mediator.domain.identity import check_digit
from mediator.exchange import sandbox
from mediator.exchange.ledger import Ledger, read_ledger
from mediator.exchange.ledger_choices import Choices
from mediator.exchange.ledger_layout import find_headings
from mediator.exchange.ledger_reading import Entry, Refused
from mediator.exchange.ledger_rows import read_row

TODAY = date(2026, 11, 21)
GOOD: dict[str, Any] = {
    "受理日期": "2026.3.1", "申请人": "王𬎆", "被申请人": "㛃文", "纠纷类型": "邻里纠纷", "调解结果": "达成口头协议",
    "调解员": "马秀英",
}  # fmt: skip


def here(request: bytes, seconds: float) -> bytes:
    """What a room apart would answer, without the room: for many files in little time, or with other limits."""
    function, args, *_ = pickle.loads(request)
    return sandbox._told(function, args)


def number(seventeen: str) -> str:
    return seventeen + check_digit(seventeen)


def outcome(cells: dict[str, Any], choices: Choices | None = None) -> Entry | Refused:
    """What one row comes to, by its headings."""
    layout = find_headings({1: tuple(cells)}, choices.columns if choices else {})
    assert layout is not None
    return read_row(2, tuple(cells.values()), layout, choices or Choices(), TODAY)


def entry(choices: Choices | None = None, /, **cells: Any) -> Entry:
    found = outcome(GOOD | cells, choices)
    assert isinstance(found, Entry), str(found)
    return found


def reason(**cells: Any) -> str:
    found = outcome(GOOD | cells)
    assert isinstance(found, Refused), found
    return found.reason


def write(path: Path, lines: list[list[Any]]) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def read(tmp_path: Path, *lines: list[Any], choices: Choices | None = None) -> Ledger:
    return read_ledger(write(tmp_path / "台账.xlsx", list(lines)), today=TODAY, choices=choices)
