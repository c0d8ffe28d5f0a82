"""The drives (盘) plugged into this machine, removable ones first."""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

_MEDIA = ("/media/", "/run/media/", "/mnt/")
"""Where Linux desktops mount what the user plugs in."""


@dataclass(frozen=True)
class Drive:
    """盘: a place to carry files on."""

    path: Path
    label: str
    free: int
    """Bytes."""
    removable: bool


def drives(root: Path = Path("/")) -> list[Drive]:
    """The drives a user may carry files on; ``root`` is where /proc and /sys are looked for."""
    found = _windows() if sys.platform == "win32" else _linux(root)
    return sorted(found, key=lambda drive: (not drive.removable, drive.path))


def _linux(root: Path) -> list[Drive]:
    try:
        lines = (root / "proc/mounts").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    found: dict[Path, Drive] = {}
    for device, mount in (line.split(" ")[:2] for line in lines if line.startswith("/dev/")):
        path = Path(_unescaped(mount))
        removable = _removable(root, Path(_unescaped(device)).name)
        if removable or str(path).startswith(_MEDIA):
            drive = _drive(path, path.name, removable)
            if drive:
                found[path] = drive
    return list(found.values())


def _unescaped(text: str) -> str:
    """A path as /proc/mounts writes it, with blanks and the like as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _removable(root: Path, device: str) -> bool:
    """Whether a block device can be pulled out: its own mark, or that it hangs on USB (hard disks lack the mark)."""
    block = (root / "sys/class/block" / device).resolve()
    if "/usb" in str(block):
        return True
    marks = (block / "removable", block.parent / "removable")
    return any(mark.is_file() and mark.read_text().strip() == "1" for mark in marks)


def _drive(path: Path, label: str, removable: bool) -> Drive | None:
    try:
        return Drive(path, label or str(path), shutil.disk_usage(path).free, removable)
    except OSError:
        return None


def _windows() -> list[Drive]:
    if sys.platform != "win32":
        return []
    import ctypes

    kernel = ctypes.windll.kernel32
    system = Path(os.environ.get("SYSTEMDRIVE", "C:") + "\\")
    found = []
    for path in (Path(f"{letter}:\\") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        kind = kernel.GetDriveTypeW(str(path))
        if kind in (2, 3) and path != system:  # removable, fixed
            label = ctypes.create_unicode_buffer(261)
            kernel.GetVolumeInformationW(str(path), label, 261, None, None, None, None, 0)
            drive = _drive(path, label.value, kind == 2)
            if drive:
                found.append(drive)
    return found
