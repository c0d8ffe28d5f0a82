"""What runs in the guest that loses its power, as its first and only program: python -m tests.faults.cut_guest FOLDER.

The orders lie in FOLDER/order.json on the host. What is told goes out over a serial line, past the guest's own cache, so
that the host knows of it whatever becomes of the guest. Everything is changed on disks that the guest mounts itself.
"""

import ctypes
import json
import os
import shutil
import sys
import traceback
import tty
from contextlib import suppress
from pathlib import Path
from typing import Any

PLACE = Path("/mnt")
_LINE = "/dev/ttyS0"
_LIBC = ctypes.CDLL(None, use_errno=True)
_FINIT_MODULE = 313
"""Number of the system call on x86-64, the only machine there is a guest for."""
_POWER_OFF = 0x4321FEDC


def disks_of(lane: dict[str, Any]) -> Path:
    """Mount the disks of one deed: its data on ext4, and a FAT stick for what it carries, where it has one.

    The drive is a folder on the stick, not its root: there backups would lie a folder deeper.
    """
    root = PLACE / str(lane["name"])
    root.mkdir()
    _mount(lane["disk"], root, "ext4")
    if lane["stick"]:
        drive, files = root / "g" / lane["stick_at"], root / "stick/files"
        for folder in (root / "g", root / "stick"):
            folder.mkdir(exist_ok=True)
        _mount(lane["stick"], root / "stick", "vfat", "utf8=1")
        files.mkdir(exist_ok=True)
        if not drive.is_symlink():
            drive.symlink_to("../stick/files")
    return root / "g"


def fill(folder: Path, lanes: list[dict[str, Any]]) -> None:
    """Lay the practice ground on new disks."""
    for lane in lanes:
        shutil.copytree(folder / "ground", disks_of(lane), dirs_exist_ok=True)


def fetch(folder: Path, lanes: list[dict[str, Any]]) -> None:
    """Mount the disks as after the power has come back, and copy out what lies there.

    On FAT a file may bear a size and yet not be readable: its copy is short, and judged as such.
    """
    out = PLACE / "out"
    out.mkdir()
    _mount("none", out, "hostfs", str(folder))
    for lane in lanes:
        with suppress(shutil.Error):
            shutil.copytree(disks_of(lane), out / lane["name"])


def lose(_folder: Path, lanes: list[dict[str, Any]]) -> None:
    """Do deeds until the power is gone."""
    from tests.faults import cut_work  # the other orders have no need of the whole program

    cut_work.lose(os.open(_LINE, os.O_WRONLY | os.O_NOCTTY), [disks_of(lane) for lane in lanes], lanes)


def say(line: int, **words: object) -> None:
    """One whole line in one go: all deeds share it."""
    data = json.dumps(words).encode() + b"\n"
    assert os.write(line, data) == len(data)


def main() -> None:
    """Carry out the orders."""
    tty.setraw(os.open(_LINE, os.O_RDWR | os.O_NOCTTY))
    folder = Path(sys.argv[1])
    order = json.loads((folder / "order.json").read_bytes())
    _mount("proc", Path("/proc"), "proc")
    _mount("sys", Path("/sys"), "sysfs")
    _mount("tmp", PLACE, "tmpfs")
    os.environ["TMPDIR"] = str(PLACE)
    for module in order["modules"]:
        _load(module)
    {"fill": fill, "fetch": fetch, "lose": lose}[order["do"]](folder, order["lanes"])


def _mount(what: str, where: Path, kind: str, options: str = "") -> None:
    if _LIBC.mount(what.encode(), str(where).encode(), kind.encode(), 0, options.encode()):
        error = ctypes.get_errno()
        raise OSError(error, f"{what} {kind}: {os.strerror(error)}")


def _load(module: str) -> None:
    with open(module, "rb") as file:
        if _LIBC.syscall(_FINIT_MODULE, file.fileno(), b"", 0):
            raise OSError(ctypes.get_errno(), module)


if __name__ == "__main__":
    try:
        main()
    except BaseException:
        say(os.open(_LINE, os.O_WRONLY | os.O_NOCTTY), crashed=traceback.format_exc())
    os.sync()
    _LIBC.reboot(_POWER_OFF)
