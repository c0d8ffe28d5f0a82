"""A disk that fills up at every size (campaign C8): a sentence, and nothing lost."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults import oracle
from tests.faults.kill import Found, Worker, copied, judge
from tests.faults.practice import Ground

DEEDS = ("save", "draft", "backup", "send")
ROUNDS = {"save": 40, "draft": 60, "backup": 4, "send": 24}


def can_mount() -> bool:
    """Whether small disks can be made here: that takes the rights of root."""
    with tempfile.TemporaryDirectory() as place:
        return (
            os.name == "posix"
            and os.geteuid() == 0
            and not _mount(Path(place), 1)
            and not _unmount(Path(place))
        )


def disk(ground: Ground, deed: str, rooms_kib: list[int], worker: Worker) -> Found:
    """Do a deed on disks with so much room left until one is full, and judge what lies there."""
    was, found = oracle.before(ground), Found()
    size = 64 + 4 * sum(-(-path.stat().st_size // 4096) for path in ground.root.rglob("*") if path.is_file())
    for room in rooms_kib:
        with _disk(ground, size + room) as own:
            worker.order(deed, own, most=ROUNDS[deed])
            said = worker.all_said()
            with copied_out(own, ground) as judged:
                judge(found, judged, was, deed, said, f"{deed} with {room} KiB")
    return found


def files(ground: Ground, deed: str, sizes_kib: list[int], worker: Worker) -> Found:
    """The same where no file may be larger than so much: what can be tried without rights."""
    was, found = oracle.before(ground), Found()
    for size in sizes_kib:
        with copied(ground) as own:
            worker.order(deed, own, most=ROUNDS[deed], file_size=size * 1024)
            judge(found, own, was, deed, worker.all_said(), f"{deed} with files of {size} KiB")
    return found


@contextmanager
def copied_out(own: Ground, ground: Ground) -> Iterator[Ground]:
    """What lies on a full disk, where there is room to look into it."""
    with tempfile.TemporaryDirectory(dir=ground.root.parent) as place:
        yield own.copy(Path(place) / "g")


@contextmanager
def _disk(ground: Ground, kib: int) -> Iterator[Ground]:
    with tempfile.TemporaryDirectory(dir=ground.root.parent) as place:
        assert not _mount(Path(place), kib)
        try:
            shutil.copytree(ground.root, Path(place) / "g")
            yield Ground(Path(place) / "g")
        finally:
            _unmount(Path(place))


def _mount(place: Path, kib: int) -> int:
    return subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(place)], capture_output=True, check=False
    ).returncode


def _unmount(place: Path) -> int:
    return subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False).returncode
