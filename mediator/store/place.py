"""Where a data folder may lie (数据文件夹放在哪里): on a disk of this machine, and nowhere else.

SQLite keeps what was saved only where locks and syncs are real: a network share has no such locks, a stick is pulled out, and
a program that copies a folder to a cloud tears the database from its log (sqlite.org/howtocorrupt.html).
"""

import os
import re
import shutil
from pathlib import Path

from mediator.domain.errors import Refusal
from mediator.store import drives

LEAST_FREE = 500 * 2**20
"""Bytes; with less left on the disk, people are warned: saving goes on, but copies soon find no room."""
_CLOUDS = (
    "OneDrive", "坚果云", "我的坚果云", "Nutstore", "Nutstore Files", "WPS云盘", "WPSDrive", "WPS Cloud Files", "百度网盘",
    "BaiduNetdisk", "BaiduNetdiskWorkspace", "百度网盘同步空间", "BaiduSyncdisk", "阿里云盘", "aDrive", "Dropbox", "Google Drive",
    "iCloudDrive", "iCloud Drive", "腾讯微云", "微云同步助手", "夸克网盘", "天翼云盘", "和彩云",
)  # fmt: skip


def check(folder: Path, root: Path = Path("/")) -> None:
    """Refuse a data folder that would lie where it is not safe; ``root`` is where /proc and /sys are looked for."""
    whole = drives.followed(folder)
    reason = ""
    if drives.shared(whole, root):
        reason = "在网络共享上，断网或多人同时打开会损坏数据"
    elif drives.removable(whole, root):
        reason = "在 U 盘或移动盘上，拔下来会损坏数据"
    elif cloud := _cloud(whole):
        reason = f"在“{cloud}”的同步文件夹里，同步会损坏数据，也会把数据传到网上"
    if reason:
        raise Refusal(
            f"数据文件夹“{folder}”{reason}，不能用；请改用本机硬盘上的文件夹，备份可以放在 U 盘上。"
        )


def check_backups(place: Path, data: Path) -> None:
    """Refuse a place for backups that lies in the data folder: what befalls the one befalls the other."""
    if drives.followed(place).is_relative_to(drives.followed(data)):
        raise Refusal(
            f"“{place}”是数据文件夹本身，或在它里面，数据丢了备份也一起丢；请选 U 盘，或另一块硬盘上的文件夹。"
        )


def words_of_space(folder: Path) -> str:
    """A warning if the disk that a folder lies on is nearly full; empty if there is room."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return ""
    if free >= LEAST_FREE:
        return ""
    return f"数据所在的磁盘快满了，只剩 {free // 2**20} MB；请尽快删去不要的文件，腾出空间，满了就存不上了。"


def _cloud(folder: Path) -> str:
    """The cloud in whose folder this one lies, by its name; empty if it lies in none."""
    for part in folder.parts:
        for cloud in _CLOUDS:
            if re.fullmatch(re.escape(cloud) + r"( ?[-(（].*)?", part, re.IGNORECASE):
                return cloud
    given = [os.environ.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")]
    return "OneDrive" if any(place and folder.is_relative_to(place) for place in given) else ""
