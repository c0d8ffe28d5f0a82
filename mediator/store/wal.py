"""The log of what was saved last (mediator.db-wal, 日志): whether all that was kept can still be read, before SQLite opens it.

SQLite takes its log as far as the chain of checksums holds and says nothing of the rest. A chain that ends early is
mostly a save that was cut off before anybody was told that it is kept. It is damage where another save follows that was
begun after one was complete, or where ``note`` had noted more than can be read now. The encryption covers the pages
only: what stands around them is plain, and the checksums are over the bytes as they lie there.

The file format: https://sqlite.org/fileformat2.html#the_write_ahead_log
"""

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""In which order of bytes the checksums are."""
_HEADER = struct.Struct(">4I8s8s")
_FRAME = struct.Struct(">II8s8s")
"""Before each page: its number, the size of the database if a save ends here and else 0, the salt, the checksum."""
_NOTE = struct.Struct(">8sI")
_PAGE = 4096
_LOOKS = 3
"""What looks damaged is looked at again: another program may just be writing."""
Sum = tuple[int, int]


@dataclass(frozen=True)
class Head:
    """How the log begins."""

    order: str
    page: int
    """Bytes of a page."""
    salt: bytes
    """What every frame of this generation of the log bears; those of the one before have another."""
    sum: Sum | None
    """The checksum at which the chain begins; None if the header is damaged."""


def path_of(database: Path) -> Path:
    """Where the log of a database lies."""
    return database.with_name(f"{database.name}-wal")


def note(engine: Engine) -> None:
    """Note how far the log is kept, once a save is: a kill leaves the note, and a cut of power an older one at worst.

    What cannot be noted is not: the save is kept all the same.
    """
    database = Path(engine.url.database or "")
    with suppress(OSError, SQLAlchemyError, struct.error):
        with engine.connect() as connection:
            frames: int = connection.exec_driver_sql("pragma wal_checkpoint(noop)").one()[1]
        if frames < 1:
            return
        with path_of(database).open("rb") as file:
            page = _head(file.read(_HEADER.size)).page
            file.seek(_HEADER.size + (frames - 1) * (_FRAME.size + page))
            _number, size, salt, _sum = _FRAME.unpack(file.read(_FRAME.size))
        if size:  # else another save has just begun the log anew and got that far
            _write(_note_of(database), _signed(_NOTE.pack(salt, frames)))


def forget(database: Path) -> None:
    """The database was closed in good order, and its log is gone."""
    _note_of(database).unlink(missing_ok=True)


def damaged(database: Path) -> bool:
    """Whether saves that were kept can no longer be read from the log; nobody may have the database open for writing."""
    return all(_damaged(database) for _ in range(_LOOKS))


def _damaged(database: Path) -> bool:
    noted = _noted(database)
    try:
        with path_of(database).open("rb") as file:
            head = _head(file.read(_HEADER.size))
            return _lacks(head, _frames(file, head.page), noted)
    except (FileNotFoundError, struct.error):
        return False  # none, or one that nothing was written to yet


def _lacks(head: Head, frames: Iterator[tuple[bytes, bytes]], noted: tuple[bytes, int]) -> bool:
    """Whether a log lacks a save that was kept.

    Each save waits until it is on the disk before the next may begin. So where one frame is chained to another with
    which a save ended, that save was kept, whatever became of the frames before.
    """
    chain, sound, kept, seen = head.sum, head.sum is not None, 0, 0
    before, ended = b"", False
    for seen, (top, page) in enumerate(frames, 1):
        _number, size, salt, stored = _FRAME.unpack(top)
        of_now = head.sum is None or salt == head.salt
        if sound and chain is not None:
            chain = _sum(head.order, top[:8] + page, chain)
            sound = of_now and _bytes(chain) == stored
        if sound:
            kept = seen if size else kept
        elif ended and of_now and _follows(head.order, before, top, page):
            return True
        before, ended = top, bool(size) and of_now
    salt, count = noted
    return count > kept and (salt == head.salt if head.sum else seen > 0)


def _follows(order: str, before: bytes, top: bytes, page: bytes) -> bool:
    """Whether a frame is chained to the one before as that stands there."""
    *_, salt, stored = _FRAME.unpack(before)
    first, second = struct.unpack(">2I", stored)
    return salt == top[8:16] and _bytes(_sum(order, top[:8] + page, (first, second))) == top[16:]


def _head(header: bytes) -> Head:
    magic, _version, page, _number, salt, stored = _HEADER.unpack(header)
    order = _MAGIC.get(magic, "<")
    made = _sum(order, header[:24], (0, 0))
    if magic not in _MAGIC or _bytes(made) != stored:
        return Head(order, _PAGE, salt, None)
    return Head(order, page, salt, made)


def _frames(file: BinaryIO, page: int) -> Iterator[tuple[bytes, bytes]]:
    """The frames that are there whole: what stands before each page, and the page."""
    while len(frame := file.read(_FRAME.size + page)) == _FRAME.size + page:
        yield frame[: _FRAME.size], frame[_FRAME.size :]


def _sum(order: str, data: bytes, since: Sum) -> Sum:
    """SQLite's checksum, gone on with."""
    first, second = since
    for one, other in struct.iter_unpack(f"{order}2I", data):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


def _bytes(made: Sum) -> bytes:
    return struct.pack(">2I", *made)


def _note_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-saved")


def _noted(database: Path) -> tuple[bytes, int]:
    """The salt and number of the frame with which the last save ended; no frame if that is not known."""
    with suppress(OSError, struct.error):
        data = _note_of(database).read_bytes()
        if _signed(data[: _NOTE.size]) == data:
            salt, frames = _NOTE.unpack(data[: _NOTE.size])
            return salt, frames
    return b"", 0


def _signed(noted: bytes) -> bytes:
    return noted + zlib.crc32(noted).to_bytes(4, "big")


def _write(path: Path, data: bytes) -> None:
    """Write over what stands there, at once, so that a kill never leaves half."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(handle, data)
    finally:
        os.close(handle)
