"""Files a command reads and writes: read with a limit, written whole or not at all."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.domain.errors import Refusal, trouble

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LARGEST = 8 * 2**20
"""Bytes of a JSON file that is read; the longest case a person can enter has a tenth of that."""


def read_json(path: Path) -> dict[str, object]:
    """A JSON object from a file; Refusal says what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Refusal(f"文件“{path}”读不出来：{trouble(error)}。") from None
    if len(data) > LARGEST:
        raise Refusal(f"文件“{path}”太大，超过 {LARGEST // 2**20} MB；请核对是否选对了文件。")
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refusal(f"文件“{path}”不是 UTF-8 编码的 JSON；请对照说明改正。") from None
    if not isinstance(document, dict):
        raise Refusal(f"文件“{path}”里应是一个 JSON 对象，写在花括号里；请对照说明改正。")
    return document


def write(path: Path, parts: Iterable[bytes]) -> Path:
    """Write a file aside and put it in place when it is whole; a file of that name is replaced."""
    return write_all([(path, parts)])[0]


def write_all(files: Iterable[tuple[Path, Iterable[bytes]]]) -> list[Path]:
    """Write several files aside and put them in place when all are whole; else none is left."""
    with staging() as aside:
        for path, parts in files:
            write_aside(aside, path, parts)
    return list(aside)


@contextmanager
def staging() -> Iterator[dict[Path, Path]]:
    """Files that are written aside and put in place at the end, unless something goes wrong: then none is left.

    Open it before the transaction that the files tell of, so that they appear only once that is done.
    """
    aside: dict[Path, Path] = {}
    path = Path()
    try:
        yield aside
        for path, part in aside.items():
            part.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        for part in aside.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def write_aside(aside: dict[Path, Path], path: Path, parts: Iterable[bytes]) -> None:
    """Write one file aside, to disk."""
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # unlike those of Path, these never raise
            raise Refusal(f"“{path}”不是普通文件，不能写；请换一个文件名。")
        aside[path] = path.with_name(path.name + ".part")
        with aside[path].open("wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _unwritable(path, error) from None


def keep(session: "Session", path: Path, what: str, content: bytes) -> Path:
    """Write a file wherever it is to stand, its folder made if it is not there, and say in the audit what it is.

    Inside the transaction: what cannot be written is not told either.
    """
    from mediator.services import outgoing

    make(path.parent)
    outgoing.exported(session, what, path)
    return write(path, [content])


def suffix(path: Path) -> str:
    """The suffix of a file to be written, small and without its dot; Refusal if a folder stands there."""
    if os.path.isdir(path):
        raise Refusal(f"“{path}”是一个文件夹；请在后面写明文件名。")
    return path.suffix.lower().removeprefix(".")


def saved(path: Path | None) -> list[str]:
    """Where a file was written, in words, if one was asked for."""
    return [f"已存成“{path}”。"] if path else []


def make(folder: Path) -> Path:
    """A folder to write into, made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise Refusal(f"“{folder}”不是文件夹，写不进去；请核对路径。") from None
    except OSError as error:
        raise _unwritable(folder, error) from None
    return folder


def _unwritable(path: Path, error: OSError) -> Refusal:
    return Refusal(f"“{path}”写不进去：{trouble(error)}。")


def _no_number(text: str) -> object:
    raise ValueError(text)
