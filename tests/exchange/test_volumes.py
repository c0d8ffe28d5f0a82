"""Drives are told apart by what the system says of them, on a made-up system."""

import sys
from pathlib import Path

import pytest

from mediator.exchange.volumes import drives

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="reads the files Linux keeps on its drives")


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A root with a system disk, an old stick, a USB hard disk with a blank in its name and a card reader."""
    blocks = tmp_path / "sys/class/block"
    blocks.mkdir(parents=True)
    mounts = ["proc /proc proc rw 0 0", "/dev/sda2 / ext4 rw 0 0"]
    places = {
        "sda/sda2": ("pci0/ata1", "0", None),
        "sdb/sdb1": ("pci0/ata2", "1", "STICK"),
        "sdc/sdc1": ("pci0/usb1/1-1", "0", "移动 硬盘𪚥"),
        "sdd": ("pci0/usb2/2-1", "1", "WHOLE"),
        "sde/sde1": ("pci0/ata3", "0", "data"),
    }
    for block, (bus, mark, label) in places.items():
        device = tmp_path / "sys/devices" / bus / block
        device.mkdir(parents=True)
        disk = device if "/" not in block else device.parent
        (disk / "removable").write_text(f"{mark}\n")
        (blocks / device.name).symlink_to(device)
        if label:
            place = tmp_path / "plugged" / label
            place.mkdir(parents=True)
            mounts.append(f"/dev/{device.name} {str(place).replace(' ', chr(92) + '040')} vfat rw 0 0")
    mounts.append("/dev/sdb9 /media/nobody/gone-9f3a vfat rw 0 0")
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc/mounts").write_text("\n".join(mounts) + "\n")
    return tmp_path


def test_what_can_be_pulled_out_is_listed(system: Path) -> None:
    found = drives(system)
    assert {drive.label for drive in found} == {"STICK", "移动 硬盘𪚥", "WHOLE"}
    assert all(drive.removable and drive.path.is_dir() and drive.free > 0 for drive in found)


def test_a_system_that_tells_nothing_has_no_drives(tmp_path: Path) -> None:
    assert drives(tmp_path) == []
