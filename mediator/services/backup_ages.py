"""How old the last verified backup is (备份多久了), in words that are always in sight."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.safety import Backup
from mediator.services import backups, policy

GONE, NO_MANIFEST = "找不到了", "说明文件丢了"


class Level(Enum):
    """How urgent it is."""

    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Age:
    """What is said of the backups, and how urgent it is."""

    level: Level
    words: str
    """A line or two."""
    advice: str
    """What to do about it, or why all is well."""
    short: str
    """The same as the words, in the narrowest lines."""


def age(session: Session, now: datetime, gone: Collection[int] = ()) -> Age:
    """How old the last backups are; what changed nothing since makes none older, and those that are gone do not count."""
    local, carried = (backups.newest(session, carried=which, gone=gone, now=now) for which in (False, True))
    if local is None and carried is None and backups.made(session, 1):
        advice = "做过的备份不见了，或不能用了，现在一个能用的也没有；请查明原因，插好 U 盘，马上备份一次。"
        return Age(Level.ERROR, "没有能用的备份", advice, "没有能用的备份")
    if local is None and carried is None:
        if session.scalar(select(Case.id).limit(1)) is None:
            return Age(Level.GOOD, "还没有备份", "登记案件以后，请记得备份。", "还没有备份")
        advice = "还没有做过备份。硬盘坏了，数据就没有了；请插好 U 盘，马上备份一次。"
        return Age(Level.ERROR, "还没有备份", advice, "还没有备份")
    level, advice = _judged(session, local, carried, now)
    lost = _lost(session, gone, local, carried)
    if lost:
        level, advice = Level.ERROR, f"{lost}{'' if level is Level.GOOD else advice}"
    here, carried_at = (when(row.made_at, now) if row else "" for row in (local, carried))
    words = [f"上次备份：{here}（已验证）"] if local else []
    words.append(f"U 盘：{carried_at}（已验证）" if carried else "U 盘：还没有备份")
    short = ["上次备份", f"{here} 已验证"] if local else ["备份已验证"]
    short.append(f"U 盘：{carried_at}" if carried else "U 盘：没有")
    return Age(level, "\n".join(words), advice, "\n".join(short))


def _lost(session: Session, gone: Collection[int], *left: Backup | None) -> str:
    """That the newest backup, the one that would be gone back to, does not lie there any more."""
    rows = [row for row in map(partial(session.get, Backup), gone) if row is not None]
    newest = max(rows, key=lambda row: row.id, default=None)
    if newest is None or newest.id < max((row.id for row in left if row is not None), default=0):
        return ""
    return f"最新的备份“{newest.name}”不见了；请查明是谁删的，马上再备份一次。"


def _judged(
    session: Session, local: Backup | None, carried: Backup | None, now: datetime
) -> tuple[Level, str]:
    """Red when a stick is twice as old as the office allows or this machine's is two days behind; amber from the day on."""
    chosen = policy.own(session)
    remind = chosen.remind_days or 7
    if carried is None:
        return Level.WARNING, "还没有备份到 U 盘。电脑坏了或丢了，数据就没有了；请插好 U 盘备份一次。"
    if carried.made_at > now:
        return Level.WARNING, "上次备份的时间比现在还晚，电脑的时钟可能不对，请核对日期和时间。"
    days = (now - carried.made_at).days
    if days >= remind and backups.changed_since(session, carried):
        late = days >= 2 * remind
        return (
            Level.ERROR if late else Level.WARNING,
            f"已经 {days} 天没有备份到 U 盘了，请插好 U 盘备份一次。",
        )
    behind = local is not None and (now - local.made_at).days >= 2 and backups.changed_since(session, local)
    if chosen.backup_folder and behind:
        return Level.ERROR, f"自动备份两天没有做成，请检查备份文件夹“{chosen.backup_folder}”。"
    return Level.GOOD, "备份都已验证：用密码重新打开过，逐页核对过。"


def when(at: datetime, now: datetime) -> str:
    """A moment as people say it today."""
    days = (now.date() - at.date()).days
    if days < 0 or days > 99:
        return f"{at:%Y-%m-%d}"
    return f"今天 {at:%H:%M}" if not days else f"昨天 {at:%H:%M}" if days == 1 else f"{days} 天前"


def where(row: Backup) -> str:
    """Where a backup lies, as people say it."""
    return f"U 盘 {row.medium}" if row.medium else "本机"


def state(row: Backup, now: datetime) -> str:
    """What a backup is worth, in words: whether it is there at all, and whether it was looked through; asks the disk."""
    folder = Path(row.place) / row.name
    if not backups.there(row):
        return NO_MANIFEST if folder.is_dir() else GONE
    if row.made_at > now:
        return "时间不对，在以后"
    checked = "已验证" if row.verified_at else "没有通过核对"
    return f"{checked}，{row.drilled_at:%m-%d} 演练过" if row.drilled_at else checked
