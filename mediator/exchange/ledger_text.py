"""Tables as text (csv): in which characters, with which mark between the columns."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from mediator.domain.errors import Refusal
from mediator.exchange.ledger_sheets import Row, Sheet, filled

MOST_BYTES = 20 * 2**20
_MARKS = ",\t;|"
_LOOKED_AT = 30
_KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""How csv files keep a spreadsheet from turning long numbers into figures."""


def read_text(data: bytes) -> Sheet:
    """A text file as one sheet; Refusal says what is wrong with it."""
    if len(data) > MOST_BYTES:
        raise Refusal("太大，不像手工登记的台账；请按年份分成几个文件后再导入。")
    text = _decode(data)
    mark = max(_MARKS, key=lambda mark: _width(text, mark))
    try:
        return Sheet("", filled(enumerate(_lines(text, mark), 1)))
    except csv.Error:
        raise Refusal("里的引号不成对，或格子太长；请用表格软件打开核对，另存为 xlsx 再导入。") from None


def _decode(data: bytes) -> str:
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if utf16 else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal("不是能读的文字表格；请用表格软件打开后另存为 xlsx 再导入。")


def _width(text: str, mark: str) -> int:
    """The most columns this mark makes in the first lines."""
    lines = csv.reader(islice(StringIO(text, newline=""), _LOOKED_AT), delimiter=mark)
    try:
        return max((len(line) for line in lines), default=0)
    except csv.Error:
        return 0


def _lines(text: str, mark: str) -> Iterator[Row]:
    for line in csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True):
        yield tuple(_unwrapped(cell) for cell in line)


def _unwrapped(cell: str) -> str:
    match = _KEPT_AS_TEXT.fullmatch(cell)
    return match[1] if match else cell
