"""What kind of drive a folder lies on (盘): on another machine, one that can be pulled out, and what it is called."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

_SHARED = {
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "ncpfs", "davfs", "davfs2", "ceph", "glusterfs",
    "sshfs", "rclone", "gvfsd-fuse", "s3fs", "curlftpfs",
}  # fmt: skip
"""File systems that lie on another machine; those of FUSE without their "fuse."."""
_MOUNT = re.compile(r"\S+ \S+ (?P<device>\S+) \S+ (?P<point>\S+) .*? - (?P<kind>\S+) ")
"""A line of /proc/self/mountinfo; proc(5)."""
_REMOVABLE, _REMOTE = 2, 4
"""What GetDriveType answers on Windows."""


@dataclass(frozen=True)
class Mount:
    """One line of what is mounted."""

    point: Path
    kind: str
    device: str
    """Major and minor number."""


def shared(folder: Path, root: Path = Path("/")) -> bool:
    """Whether a folder lies on another machine; ``root`` is where /proc and /sys are looked for."""
    if sys.platform == "win32":
        return folder.anchor.startswith("\\\\") or _drive_type(folder) == _REMOTE
    mount = _mount_of(folder, _mounts(root))
    return mount is not None and mount.kind.removeprefix("fuse.") in _SHARED


def removable(folder: Path, root: Path = Path("/")) -> bool:
    """Whether a folder lies on a drive that can be pulled out; the one the system runs from is none."""
    if sys.platform == "win32":
        return _drive_type(folder) == _REMOVABLE
    mounts = _mounts(root)
    mount = _mount_of(folder, mounts)
    return mount is not None and _pulled_out(mount, mounts, root)


def medium(folder: Path, root: Path = Path("/")) -> str:
    """Label and serial of the drive that a folder lies on, if it can be pulled out; empty for a disk of this machine."""
    whole = followed(folder)
    if not removable(whole, root):
        return ""
    if sys.platform == "win32":
        return _volume(whole.anchor)
    mount = _mount_of(whole, _mounts(root))
    if mount is None:
        return ""
    label, serial = (
        _link_to(root / "dev/disk" / kind, mount.device, root) for kind in ("by-label", "by-uuid")
    )
    return _named(label or mount.point.name, serial)


def followed(folder: Path) -> Path:
    """The path with its links followed, as far as it is there."""
    try:
        return folder.absolute().resolve()
    except OSError:
        return folder.absolute()


def _mounts(root: Path) -> list[Mount]:
    try:
        lines = (root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    found = [match for line in lines if (match := _MOUNT.match(line))]
    return [Mount(Path(_unescaped(m["point"])), m["kind"], m["device"]) for m in found]


def _mount_of(folder: Path, mounts: list[Mount]) -> Mount | None:
    """The mount a folder lies on: the deepest above it, the last of those at one point."""
    above = [mount for mount in mounts if folder.is_relative_to(mount.point)]
    return max(reversed(above), key=lambda mount: len(mount.point.parts), default=None)


def _pulled_out(mount: Mount, mounts: list[Mount], root: Path) -> bool:
    """Whether a drive can be pulled out: its own mark, or that it hangs on USB; not the one the system runs from."""
    block = (root / "sys/dev/block" / mount.device).resolve()
    system = next((one.device for one in mounts if one.point == Path("/")), "")
    if _disk(block) == _disk((root / "sys/dev/block" / system).resolve()):
        return False
    marks = [one / "removable" for one in (block, block.parent)]
    return "/usb" in str(block) or any(mark.is_file() and mark.read_text().strip() == "1" for mark in marks)


def _disk(block: Path) -> Path:
    return block.parent if (block / "partition").exists() else block


def _link_to(names: Path, device: str, root: Path) -> str:
    """The name under which a device stands in a folder of /dev/disk."""
    wanted = (root / "sys/dev/block" / device).resolve().name
    links = names.iterdir() if names.is_dir() else ()
    found = next((link.name for link in links if link.resolve().name == wanted), "")
    return re.sub(r"\\x([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), found)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _drive_type(folder: Path) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor))


def _volume(drive: str) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes

    label, serial = ctypes.create_unicode_buffer(261), ctypes.c_uint32()
    ctypes.windll.kernel32.GetVolumeInformationW(drive, label, 261, ctypes.byref(serial), None, None, None, 0)
    return _named(label.value or drive, f"{serial.value >> 16:04X}-{serial.value & 0xFFFF:04X}")


def _named(label: str, serial: str) -> str:
    return f"{label}（{serial}）" if serial else label
