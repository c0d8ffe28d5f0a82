"""The file of a ledger: what it is by its first bytes, and its sheets."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mediator.domain.errors import Refusal
from mediator.exchange import ledger_apart
from mediator.exchange.ledger_sheets import Sheet

MOST_BYTES = 50 * 2**20

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

    @cached_property
    def heads(self) -> list[Sheet]:
        """The sheets, at least the first rows of every one; read in a process apart, like all that is in the file."""
        return ledger_apart.heads(self.data, text=not self.data.startswith(b"PK"))

    def sheet(self, name: str) -> Sheet:
        """One sheet, whole."""
        known = next((head for head in self.heads if head.name == name and head.whole), None)
        return known or ledger_apart.whole(self.data, name)


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
