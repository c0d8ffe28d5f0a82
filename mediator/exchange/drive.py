"""Our files on drives (U盘): found, and read with a limit. Writing is ``store/durable.py``."""

import os
from pathlib import Path

from mediator.domain.errors import Refusal, trouble
from mediator.exchange.package import LARGEST, START, SUFFIX

_MOST_ENTRIES = 10_000


def packages_on(place: Path) -> list[Path]:
    """The packages at a place: the file itself, or our files that lie directly in the folder or on the drive, by name.

    Links are passed over. Refusal if the place cannot be read.
    """
    try:
        if place.is_dir():
            return _ours(place)
        place.stat()
    except OSError as error:
        raise _unreadable(place, error) from error
    return [place]


def read_small(path: Path) -> bytes:
    """The bytes of a file that may be a package; Refusal if it cannot be read or is too large to be one."""
    try:
        if not path.is_file():
            raise Refusal(f"找不到文件“{path}”，请确认盘已经插好、文件还在。")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > LARGEST:
        raise Refusal(f"“{path.name}”太大，不是上报包，请核对文件。")
    return data


def _unreadable(place: Path, error: OSError) -> Refusal:
    return Refusal(f"“{place}”用不了：{trouble(error)}。")


def _ours(folder: Path) -> list[Path]:
    found = []
    with os.scandir(folder) as entries:
        for entry, _ in zip(entries, range(_MOST_ENTRIES), strict=False):
            if entry.name.lower().endswith(SUFFIX) and entry.is_file(follow_symlinks=False):
                with open(entry.path, "rb") as file:
                    if file.read(len(START)) == START:
                        found.append(folder / entry.name)
    return sorted(found)
