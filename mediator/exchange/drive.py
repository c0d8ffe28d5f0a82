"""Files on drives (U盘): written so that they are really there when we say so, found, and read with a limit.

On FAT a renamed file is only kept after a power cut if it is synced again under its new name; some drives lie about what they
have written. So every file is written aside, renamed, synced twice and read back past the cache.
"""

import errno
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from mediator.domain.errors import Refusal
from mediator.exchange.package import LARGEST, START, SUFFIX

_MOST_ENTRIES = 10_000
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_AGAIN = os.O_RDWR | getattr(os, "O_BINARY", 0)

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


def write_durable(folder: Path, name: str, data: bytes) -> Path:
    """Write a whole file into a folder and return its path once it has been read back unchanged.

    A file of that name is replaced. Whatever goes wrong is a Refusal, and nothing half-written stays behind.
    """
    part, final = folder / f"{name}.part", folder / name
    try:
        device = folder.stat().st_dev
        _make_room(folder, len(data))
        part.unlink(missing_ok=True)
        _write(part, data, device)
        part.replace(final)
    except OSError as error:
        _forget(part)
        raise _refusal(folder, error) from error
    try:
        _sync(final)
        _sync_folder(folder)
        if _read_back(final) != data or folder.stat().st_dev != device:
            raise Refusal(f"写到“{folder}”的文件读回来不一样，盘可能坏了，请换一个盘再导出。")
    except OSError as error:
        _forget(final)
        raise _refusal(folder, error) from error
    except Refusal:
        _forget(final)
        raise
    return final


def packages_on(place: Path) -> list[Path]:
    """The packages at a place: the file itself, or our files that lie directly in the folder or on the drive, by name.

    Links are passed over. Refusal if the place cannot be read.
    """
    try:
        if place.is_dir():
            return _ours(place)
        place.stat()
    except OSError as error:
        raise _refusal(place, error) from error
    return [place]


def read_small(path: Path) -> bytes:
    """The bytes of a file that may be a package; Refusal if it cannot be read or is too large to be one."""
    try:
        if not path.is_file():
            raise Refusal(f"找不到文件“{path}”，请确认盘已经插好、文件还在。")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise _refusal(path, error) from error
    if len(data) > LARGEST:
        raise Refusal(f"“{path.name}”太大，不是上报包，请核对文件。")
    return data


def _refusal(place: Path, error: OSError) -> Refusal:
    words = _WORDS.get(
        error.errno or 0, f"系统不让读写（{error.strerror or '原因不明'}），请换一个文件夹或换一个盘。"
    )
    return Refusal(f"“{place}”用不了：{words}")


def _make_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size * 6 // 5:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _write(part: Path, data: bytes, device: int) -> None:
    handle = os.open(part, _WRITE, 0o666)
    try:
        if os.fstat(handle).st_dev != device:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync(path: Path) -> None:
    handle = os.open(path, _AGAIN)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Sync the folder's own entries, where the system and the file system can."""
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


def _read_back(path: Path) -> bytes:
    with path.open("rb") as file:
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _ours(folder: Path) -> list[Path]:
    found = []
    with os.scandir(folder) as entries:
        for entry, _ in zip(entries, range(_MOST_ENTRIES), strict=False):
            if entry.name.lower().endswith(SUFFIX) and entry.is_file(follow_symlinks=False):
                with open(entry.path, "rb") as file:
                    if file.read(len(START)) == START:
                        found.append(folder / entry.name)
    return sorted(found)
