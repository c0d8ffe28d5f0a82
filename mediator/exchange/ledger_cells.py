"""Reading single cells: what a spreadsheet made of what was typed, turned back into what was meant."""

import re
from datetime import date, datetime, timedelta

from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape, Value
from mediator.domain.wording import clean, half_width
from mediator.exchange.ledger_sheets import UNWORKED, Cell

BLANKS = frozenset(
    [
        "/",
        "-",
        "—",
        "——",
        "-",
        "--",
        "\\",
        "无",
        "空",
        "暂无",
        "不详",
        "未知",
        "未提供",
        "不涉及",
        "N/A",
        "n/a",
    ]
)
"""What people write where there is nothing to write."""

_ERRORS = frozenset(
    ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"]
)
_EPOCH = date(1899, 12, 30)
_SERIALS = range(29_221, 73_051)
"""Days 1980 to 2099 as a spreadsheet numbers them; other numbers are no days."""
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_LONGEST = 60
_PLAIN_NUMBER = re.compile(r"[\d.,]+")
_COUNTED = re.compile(r"(\d+)(?:\.0*)?\s*(?:人|名|位|个)?")


def text_of(cell: Cell) -> str:
    """What a cell says, empty where it says nothing; Refusal for an error value or a formula without a result."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    text = clean(str(cell))
    if text == UNWORKED:
        raise Refusal("是没有算出结果的公式；请在表格软件里打开并保存一次，或改填数值。")
    if text in _ERRORS:
        raise Refusal(f"是表格的错误值 {text}；请在表格里改正。")
    return "" if half_width(text) in BLANKS else text


def read_cell(field: Field, cell: Cell, *, in_wan: bool = False) -> Value:
    """Read a cell for a field, as its declaration says; amounts become exact 分."""
    text = text_of(cell)
    if field.shape in (Shape.DAY, Shape.FEN, Shape.COUNT) and len(text) > _LONGEST:
        raise Refusal(f"有 {len(text)} 个字，不像日期或数目，请核对。")
    match field.shape:
        case Shape.DAY:
            return field.read(_day(cell, text))
        case Shape.FEN:
            return field.read(text + "万" if in_wan and _PLAIN_NUMBER.fullmatch(half_width(text)) else text)
        case Shape.COUNT:
            counted = _COUNTED.fullmatch(half_width(text))
            return field.read(counted[1] if counted else text)
        case _:
            return field.read(text)


def _day(cell: Cell, text: str) -> object:
    if isinstance(cell, datetime):
        return cell
    serial = _SERIAL.fullmatch(half_width(text))
    if serial and int(serial[1]) in _SERIALS:
        return _EPOCH + timedelta(days=int(serial[1]))
    return text
