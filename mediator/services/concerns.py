"""What people are told as soon as the program is open, and while they work (提醒): the disk, the clock, the key file."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.services import accounts, clock, leaving
from mediator.store import keyfile, place
from mediator.store.folder import Folder
from mediator.store.keyfile import Kind


@dataclass(frozen=True)
class Concern:
    """提醒: something that does not stop the work, but that somebody should see to."""

    words: str
    """What is the matter, and what to do."""
    of_clock: bool = False
    """Whether somebody may say that the clock is right."""


_KEYS_AGAIN = (
    "密钥文件不见了或已损坏，程序照还记得的重新写好了；请查一查数据文件夹是不是被人动过，再马上备份一次。"
)

_NO_PAPER = "换数据密钥以后还没有恢复密钥：密码都忘了，数据就打不开了。请系统管理员在“设置—安全”里做一张，锁进保险柜。"


def look(session: Session, path: Path, now: datetime) -> list[Concern]:
    """What there is to tell now; usually nothing."""
    found = (
        Concern(clock.doubt(session, now), of_clock=True),
        Concern(_of_keys(session, path)),
        Concern(_KEYS_AGAIN if keyfile.was_written_again(Folder(path).keys) else ""),
        Concern(_of_paper(session, path)),
        Concern(place.words_of_space(path)),
    )
    return [one for one in found if one.words]


def _of_paper(session: Session, path: Path) -> str:
    """That the recovery key went with the old data key and there is no new one."""
    with suppress(Refusal):
        if keyfile.read(Folder(path).keys).of(Kind.RECOVERY):
            return ""
        told = Entry.action == Action.ACCOUNT, Entry.detail.startswith(leaving.NEW_KEY)
        return _NO_PAPER if session.scalar(select(Entry.id).where(*told).limit(1)) else ""
    return ""


def _of_keys(session: Session, path: Path) -> str:
    """What is doubtful about the key file, also that it cannot be read."""
    try:
        return accounts.doubt(session, path)
    except Refusal as refusal:
        return str(refusal)
