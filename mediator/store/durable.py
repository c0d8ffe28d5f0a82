"""Files that are really there when we say so (写盘): on this machine's disk as on drives that are carried about.

On FAT a renamed file is only kept after a power cut if it is synced again under its new name; some drives lie about what
they have written. So every file is written aside, renamed, synced twice and read back past the cache.
"""

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from mediator.domain.errors import Refusal

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_AGAIN = os.O_RDWR | getattr(os, "O_BINARY", 0)
_PIECE = 2**20
"""Bytes read or written at a time."""

_GONE = "盘断开了或读写出错，请重新插好后再试一次，仍不行就换一个盘。"
_WORDS = {
    errno.ENOSPC: "空间不够，请删去不要的文件，或换一个盘。",
    errno.EDQUOT: "空间不够，请删去不要的文件，或换一个盘。",
    errno.EFBIG: "文件太大，这个盘存不下，请换一个盘。",
    errno.EROFS: "盘是只读的，请关掉盘上的写保护，或换一个盘。",
    errno.EACCES: "没有权限，或盘有写保护，请换一个文件夹或换一个盘。",
    errno.EPERM: "没有权限，或盘有写保护，请换一个文件夹或换一个盘。",
    errno.ENAMETOOLONG: "文件夹的路径太长，请选上一级文件夹。",
    errno.ENOENT: "找不到这个位置，请确认盘已经插好、文件夹还在。",
    errno.ENOTDIR: "这个位置不是文件夹，请另选一个文件夹。",
    errno.ENODEV: _GONE, errno.ENXIO: _GONE, errno.EIO: _GONE, errno.ENOTCONN: _GONE, errno.ESTALE: _GONE,
}  # fmt: skip


def nothing_told(_bytes: int) -> None:
    """Where nobody wants to know how far the work is."""


def write(folder: Path, name: str, data: bytes) -> Path:
    """Write a whole file into a folder and return its path once it has been read back unchanged.

    A file of that name is replaced. Whatever goes wrong is a Refusal, and nothing half-written stays behind.
    """
    return _put(folder, name, [data], len(data))[0]


def pour(folder: Path, name: str, pieces: Iterable[bytes], size: int) -> Path:
    """The same of a file made piece by piece, for which there must be room for about so many bytes."""
    return _put(folder, name, pieces, size)[0]


def copy(source: Path, folder: Path, name: str, tell: Callable[[int], None] = nothing_told) -> str:
    """Copy a file that nobody is writing into a folder, and return its SHA-256 once it has been read back.

    ``tell`` is told how many bytes more are done, twice the size in all; what it raises ends the work cleanly.
    """
    try:
        size = source.stat().st_size
    except OSError as error:
        raise refusal(source, error) from error
    return _put(folder, name, _pieces_or_refusal(source, tell), size, tell)[1]


def _put(
    folder: Path, name: str, data: Iterable[bytes], size: int, tell: Callable[[int], None] = nothing_told
) -> tuple[Path, str]:
    part, final = folder / f"{name}.part", folder / name
    try:
        device = folder.stat().st_dev
        make_room(folder, size)
        part.unlink(missing_ok=True)
        written = _write(part, data, device)
    except BaseException as error:
        _forget(part)
        if isinstance(error, OSError):
            raise refusal(folder, error) from error
        raise
    name_at_last(part, final)
    try:
        if digest(final, tell) != written or folder.stat().st_dev != device:
            raise Refusal(f"写到“{folder}”的文件读回来不一样，盘可能坏了，请换一个盘再导出。")
    except BaseException as error:
        _forget(final)
        if isinstance(error, OSError):
            raise refusal(folder, error) from error
        raise
    return final, written


def name_at_last(part: Path, final: Path) -> None:
    """Give a file that was written aside and synced its name, so that it outlasts a cut of power; else it is gone."""
    try:
        part.replace(final)
    except OSError as error:
        _forget(part)
        raise refusal(final.parent, error) from error
    try:
        sync(final)
        sync_folder(final.parent)
    except OSError as error:
        _forget(final)
        raise refusal(final.parent, error) from error


def digest(path: Path, tell: Callable[[int], None] = nothing_told) -> str:
    """SHA-256 of a file as it lies on the drive, read past the cache."""
    whole = hashlib.sha256()
    for piece in pieces(path, tell):
        whole.update(piece)
    return whole.hexdigest()


def pieces(path: Path, tell: Callable[[int], None] = nothing_told) -> Iterator[bytes]:
    """A file as it lies on the drive, piece by piece."""
    with path.open("rb") as file:
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(_PIECE):
            tell(len(piece))
            yield piece


def _pieces_or_refusal(path: Path, tell: Callable[[int], None]) -> Iterator[bytes]:
    """The same, so that trouble with what is read is not taken for trouble with what is written."""
    try:
        yield from pieces(path, tell)
    except OSError as error:
        raise refusal(path, error) from error


def make_room(folder: Path, size: int) -> None:
    """See that there is room for so many bytes and a fifth more; OSError if not."""
    if shutil.disk_usage(folder).free < size * 6 // 5:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refusal(place: Path, error: OSError) -> Refusal:
    """What the system complains of at a place, as a sentence."""
    words = _WORDS.get(
        error.errno or 0, f"系统不让读写（{error.strerror or '原因不明'}），请换一个文件夹或换一个盘。"
    )
    return Refusal(f"“{place}”用不了：{words}")


def sync(path: Path) -> None:
    """Have what was written to a file kept."""
    handle = os.open(path, _AGAIN)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder kept, where the system and the file system can; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):
            raise
    finally:
        os.close(handle)


def _write(part: Path, data: Iterable[bytes], device: int) -> str:
    whole = hashlib.sha256()
    handle = os.open(part, _WRITE, 0o666)
    try:
        if os.fstat(handle).st_dev != device:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        for piece in data:
            whole.update(piece)
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    return whole.hexdigest()


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
