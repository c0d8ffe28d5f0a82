"""One program a data folder (一个数据文件夹只由一个程序打开): a lock file beside the database, never the database itself.

The system lets go of the lock when a program ends, however it ends, so nothing has to be tidied up after a crash. What
is written in the file tells whether the last one ended in good order.
"""

import os
import sys
from contextlib import suppress
from io import FileIO
from pathlib import Path

from mediator.domain.errors import Refusal, trouble

NAME = "mediator.lock"
_AT_WORK = b"at work\n"
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Taken(Refusal):
    """Another program is at work on the same data folder (数据已被打开)."""


class Hold:
    """A data folder held by this program, until ``release``."""

    def __init__(self, file: FileIO, *, log_missing: bool) -> None:
        self.file = file
        self.log_missing = log_missing
        """The last program did not end in good order, and yet the log it must have left is not there."""
        self.told = False
        """Whether somebody is at work, who was told so."""

    def begin(self) -> None:
        """Note that the database is open from now on, by somebody who is told if the log is missing."""
        self.told = True
        with suppress(OSError):  # on a full disk the next start simply cannot tell
            _write(self.file, _AT_WORK)

    def rest(self) -> None:
        """Note that the database was closed in good order."""
        with suppress(OSError):
            _write(self.file, b"")

    def release(self) -> None:
        """Let go, once the database is closed; a program that was killed never comes here.

        Where nobody came in, what the last one left is left for the next.
        """
        if not self.file.closed:
            if self.told:
                self.rest()
            self.file.close()


def hold(folder: Path) -> Hold:
    """Take a data folder for this program; Taken if another program has it.

    SQLite takes its log (mediator.db-wal) away when it closes in good order. Where the last program was cut off and the
    log is gone all the same, somebody took it away, and with it what was saved last.
    """
    file = _held(folder)
    if file is None:
        raise Taken(f"数据文件夹“{folder}”已经在另一个窗口里打开，请到那个窗口里工作，或先关闭它。")
    return Hold(file, log_missing=_missing(folder, file))


def log_missing(folder: Path) -> bool:
    """The same for a command, which takes nothing; False while another program is at work."""
    if not (folder / NAME).exists():
        return False
    file = _held(folder)
    if file is None:
        return False
    try:
        return _missing(folder, file)
    finally:
        file.close()


def _missing(folder: Path, file: FileIO) -> bool:
    database = folder / "mediator.db"
    log = database.with_name("mediator.db-wal")
    return file.read(len(_AT_WORK)) == _AT_WORK and database.exists() and not log.exists()


def closed_in_order(folder: Path) -> None:
    """A command has closed the database: if nobody else is at work, what an older program left no longer counts."""
    if (folder / NAME).exists():
        with suppress(Refusal):
            file = _held(folder)
            if file is not None:
                held = Hold(file, log_missing=False)
                held.rest()
                file.close()


LOG_MISSING = (
    "上次程序没有正常退出，而数据文件夹里的日志文件 mediator.db-wal 不见了，最后保存的内容可能丢失；"
    "请核对最近办的案件，如有缺失，请从备份恢复。"
)
"""What people are told then."""


def _held(folder: Path) -> FileIO | None:
    """The lock file, locked; None if somebody else has it."""
    try:
        file = FileIO(folder / NAME, "r+", opener=_open)
    except OSError as error:
        raise Refusal(f"数据文件夹“{folder}”用不了：{trouble(error)}。") from None
    try:
        _lock(file)
    except OSError:
        file.close()
        return None
    return file


def _open(path: str, _flags: int) -> int:
    return os.open(path, _FLAGS, 0o600)


def _write(file: FileIO, words: bytes) -> None:
    file.seek(0)
    file.truncate()
    file.write(words)
    os.fsync(file.fileno())


def _lock(file: FileIO) -> None:
    """OSError if somebody else has it."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(2**20)  # beyond what is written, so that it can be read
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
