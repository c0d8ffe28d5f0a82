"""The file of a ledger: what it is by its first bytes, and its sheets."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mediator.domain.errors import Refusal
from mediator.exchange.ledger_sheets import Sheet, read_workbook
from mediator.exchange.ledger_text import read_text

MOST_BYTES = 50 * 2**20
HEAD_ROWS = 40
"""How far down a sheet the headings are looked for."""

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCK = "EncryptedPackage".encode("utf-16-le")
_TEXTS = (".csv", ".txt", ".tsv")


@dataclass(frozen=True)
class Book:
    """A ledger's file in memory: read once, so that what is hashed is what is taken in."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.data).hexdigest()

    def heads(self) -> list[Sheet]:
        """The first rows of every sheet."""
        if self._is_text:
            return [read_text(self.data)]
        return _guarded(lambda: read_workbook(self.data, limit=HEAD_ROWS))

    def sheet(self, name: str) -> Sheet:
        """One sheet, whole."""
        if self._is_text:
            return read_text(self.data)
        return _guarded(lambda: read_workbook(self.data, only=name))[0]

    @property
    def _is_text(self) -> bool:
        return not self.data.startswith(b"PK")


def open_book(path: Path) -> Book:
    """Read a ledger's file; Refusal if it cannot be read or is of a kind that is not taken in."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise Refusal("读不出来；请核对文件是否还在、是否正被占用。") from None
    if len(data) > MOST_BYTES:
        raise Refusal("太大，不像手工登记的台账；请按年份分成几个文件后再导入。")
    _check_kind(data, path.suffix.lower())
    return Book(path.name, data)


def _check_kind(data: bytes, suffix: str) -> None:
    if not data.strip():
        raise Refusal("是空的；请核对是否选对了文件。")
    if data.startswith(_OLD) and _LOCK in data:
        raise Refusal("有密码保护；请先在表格软件里取消密码再导入。")
    if data.startswith(b"PK") and suffix != ".xlsm":
        return
    if data.startswith((_OLD, b"PK")):
        raise Refusal("是旧格式（.xls）或带宏（.xlsm）的表格；请用表格软件另存为 xlsx 再导入。")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Refusal("内容是网页，不是表格；请用表格软件打开后另存为 xlsx 再导入。")
    if suffix not in _TEXTS:
        raise Refusal("既不是 xlsx 也不是 csv，或者已经损坏；请用表格软件打开后另存为 xlsx 再导入。")


def _guarded(read: Callable[[], list[Sheet]]) -> list[Sheet]:
    """Whatever a damaged workbook makes its readers raise becomes one sentence."""
    try:
        return read()
    except Refusal:
        raise
    except Exception:
        raise Refusal("已损坏，打不开；请用表格软件重新另存为 xlsx 再导入。") from None
