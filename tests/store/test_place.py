"""A data folder lies on a disk of this machine, and nowhere else; on a made-up system."""

import sys
from pathlib import Path

import pytest

from mediator.domain.errors import Refusal
from mediator.store import drives, place

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="reads the files Linux keeps on its drives")

LINE = "36 27 {device} / {point} rw,noatime shared:1 - {kind} {source} rw"


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A root with a system disk on USB, a data disk, a stick and places on other machines."""
    root = tmp_path / "root"
    blocks = {
        "8:1": ("pci0/usb1/1-1/sda", "sda1", "0"), "8:17": ("pci0/ata1/sdb", "sdb1", "0"),
        "8:33": ("pci0/usb2/2-1/sdc", "sdc1", "1"), "8:48": ("pci0/ata2/sdd", "", "1"), "8:2": ("pci0/usb1/1-1/sda", "sda2", "0"),
    }  # fmt: skip
    (root / "sys/dev/block").mkdir(parents=True)
    for number, (disk, part, mark) in blocks.items():
        device = root / "sys/devices" / disk
        device.mkdir(parents=True, exist_ok=True)
        (device / "removable").write_text(f"{mark}\n")
        if part:
            device = device / part
            device.mkdir()
            (device / "partition").write_text("1\n")
        (root / "sys/dev/block" / number).symlink_to(device)
    mounts = [
        ("8:1", "/", "ext4", "/dev/sda1"), ("8:2", "/home", "ext4", "/dev/sda2"), ("8:17", "/data", "xfs", "/dev/sdb1"),
        ("8:33", "/media/chen/KING\\040优盘", "vfat", "/dev/sdc1"), ("8:48", "/mnt/card", "exfat", "/dev/sdd"),
        ("0:50", "/mnt/share", "cifs", "//srv/x"), ("0:51", "/mnt/nfs", "nfs4", "srv:/x"), ("0:52", "/mnt/9", "9p", "x"),
        ("0:53", "/home/chen/云", "fuse.rclone", "x"), ("0:54", "/mnt/ssh", "fuse.sshfs", "x"), ("0:55", "/mnt/dav", "davfs", "x"),
        ("0:60", "/run", "tmpfs", "tmpfs"), ("0:61", "/over", "overlay", "overlay"),
    ]  # fmt: skip
    (root / "proc/self").mkdir(parents=True)
    lines = [LINE.format(device=d, point=p, kind=k, source=s) for d, p, k, s in mounts]
    (root / "proc/self/mountinfo").write_text("\n".join([*lines, "nonsense"]) + "\n", "utf-8")
    for kind, name in (("by-label", "KING\\x20优盘"), ("by-uuid", "3F2A-11C0")):
        (root / "dev/disk" / kind).mkdir(parents=True)
        (root / "dev/sdc1").touch()
        (root / "dev/disk" / kind / name).symlink_to(root / "dev/sdc1")
    return root


@pytest.mark.parametrize(
    "folder", ["/home/chen/data", "/data/调解", "/run/x", "/over/x", "/opt/One Drive", "/srv/dropboxes"]
)
def test_a_disk_of_this_machine_will_do(system: Path, folder: str) -> None:
    place.check(Path(folder), system)
    assert drives.medium(Path(folder), system) == ""


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("/mnt/share/data", "网络共享"),
        ("/mnt/nfs", "网络共享"),
        ("/mnt/9/x", "网络共享"),
        ("/home/chen/云/data", "网络共享"),
        ("/mnt/ssh/x", "网络共享"),
        ("/mnt/dav/x", "网络共享"),
        ("/media/chen/KING 优盘/data", "U 盘"),
        ("/mnt/card/x", "U 盘"),
        ("/data/OneDrive/x", "OneDrive"),
        ("/data/onedrive - 滨江司法所/x", "OneDrive"),
        ("/data/我的坚果云/x", "坚果云"),
        ("/data/Nutstore Files/1/x", "Nutstore"),
        ("/data/WPS云盘/x", "WPS云盘"),
        ("/data/百度网盘/x", "百度网盘"),
        ("/data/阿里云盘/x", "阿里云盘"),
        ("/data/Dropbox (Personal)/x", "Dropbox"),
    ],
)
def test_other_places_are_refused_with_the_reason(system: Path, folder: str, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        place.check(Path(folder), system)
    said = str(refusal.value)
    assert words in said and folder in said and said.count("。") == 1 and "请改用本机硬盘" in said


def test_the_folder_of_a_cloud_by_another_name(
    system: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "文档"))
    with pytest.raises(Refusal, match="OneDrive"):
        place.check(tmp_path / "文档" / "x", system)


def test_a_link_does_not_hide_where_a_folder_lies(system: Path, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(Refusal, match="Dropbox"):
        place.check(tmp_path / "data" / "x", system)


def test_a_stick_is_called_by_its_label_and_serial(system: Path) -> None:
    assert drives.medium(Path("/media/chen/KING 优盘/备份"), system) == "KING 优盘（3F2A-11C0）"
    assert drives.medium(Path("/mnt/card/x"), system) == "card"


def test_a_system_that_tells_nothing_refuses_nothing(tmp_path: Path) -> None:
    place.check(tmp_path, tmp_path / "none")


def test_this_machine_may_be_worked_on(tmp_path: Path) -> None:
    place.check(tmp_path)


def test_little_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, words in ((150 * 2**20, "只剩 150 MB"), (place.LEAST_FREE, "")):
        monkeypatch.setattr("shutil.disk_usage", lambda where, free=free: type("Usage", (), {"free": free}))
        assert words in place.words_of_space(tmp_path) and bool(words) == bool(place.words_of_space(tmp_path))
