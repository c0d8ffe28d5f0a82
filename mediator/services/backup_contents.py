"""What a backup holds (看看备份里面): whose it is, what was done last in it, and what going back to it would lose."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.case import Case
from mediator.domain.codes import Turn
from mediator.domain.errors import Refusal
from mediator.domain.wording import clean_line
from mediator.services import offices, policy, setup
from mediator.services.backup_lineage import damage
from mediator.services.backups import HERE, SHELF, worth_keeping
from mediator.services.transaction import reading
from mediator.store import keyfile, recovery
from mediator.store.keyfile import Kind
from mediator.store.manifest import Copy, found, listed
from mediator.store.wholeness import open_database, readable

__all__ = ["PAPER", "Copy", "Inside", "Lost", "at", "inside", "known_places", "logins", "lost", "unlock"]
PAPER = "纸上的恢复密钥"
"""Stands for a log-in name where the recovery key is given in place of a password."""


@dataclass(frozen=True)
class Inside:
    """What a backup holds, as far as it tells which one it is."""

    office: str
    cases: int
    last_case: str
    """Number of the case entered last, empty if there is none."""
    last_at: datetime | None
    """When something was done last, and by whom."""
    last_by: str


@dataclass(frozen=True)
class Lost:
    """What stands in the data at work and would be missing after going back to a backup."""

    cases: int
    """Cases entered since, in 件."""
    changed: int
    """Cases changed since, in 件."""
    others: int
    """Times that something else was changed since: settings, people, figures."""
    related: bool
    """Whether the backup is an earlier state of these data; if not, only cases are compared."""

    @property
    def words(self) -> str:
        """The same in a sentence."""
        if not self.related:
            return f"现在有、备份里没有的案件有 {self.cases} 件，请仔细核对后再决定。"
        if not self.others + self.cases + self.changed:
            return "备份以后没有改动，恢复后什么也不会少。"
        if not self.cases + self.changed:
            return f"备份以后案件没有变化，别的改动有 {self.others} 处（设置、人员、统计等），恢复后会没有，要重新做。"
        return f"备份以后新登记了 {self.cases} 件，改动过 {self.changed} 件，恢复后这些都会没有，要重新填。"


def known_places(folder: Path, engine: Engine | None) -> list[Path]:
    """Where backups of a data folder are known to lie, as far as it can be opened."""
    places = [folder / HERE]
    if engine is not None:
        with suppress(Refusal), reading(engine, "") as session:
            chosen = policy.own(session).backup_folder
            places = [*([Path(chosen)] if chosen else []), *places]
    return [place for place in places if at(place)]


def at(where: Path) -> list[Copy]:
    """The backups at a place: a drive, a folder, or a backup itself; the newest first."""
    with suppress(Refusal):
        return [found(where)]
    copies = [*listed(where), *listed(where / SHELF)]
    return sorted(copies, key=lambda copy: copy.manifest.made_at, reverse=True)


def logins(copy: Copy) -> list[str]:
    """Whose passwords open a backup, and the paper."""
    kept = keyfile.read(copy.keys)
    return [*(slot.login for slot in kept.of(Kind.USER)), *([PAPER] if kept.of(Kind.RECOVERY) else [])]


def unlock(copy: Copy, login: str, password: str, folder: Path | None = None) -> bytes:
    """The data key of a backup, by a password of that day or the recovery key; Refusal if it is wrong.

    Wrong passwords are counted like those at the log-in, in the data ``folder`` at work, else beside the backup.
    """
    if login == PAPER:
        return keyfile.unlock_with(copy.keys, Kind.RECOVERY, recovery.private(password))
    login = clean_line(login)
    with setup.counted(folder or copy.path, login, copy.keys):
        return keyfile.unlock(copy.keys, login, password)


def inside(copy: Copy, key: bytes) -> Inside:
    """Look into a backup without changing anything."""
    with _reading(copy, key) as kept:
        case = kept.execute('select number from "case" order by id desc limit 1').fetchone()
        entry = kept.execute('select at, "by" from entry order by id desc limit 1').fetchone()
    last_at = datetime.fromisoformat(entry[0]) if entry else None
    about = copy.manifest
    return Inside(about.office_name, about.cases, case[0] if case else "", last_at, entry[1] if entry else "")


def lost(session: Session, copy: Copy, key: bytes) -> Lost:
    """What would be lost of the data at work."""
    head, number = copy.manifest.entry_hash, copy.manifest.entry_id
    known = session.scalar(select(Entry.hash).where(Entry.id == number)) or ""
    if offices.own(session).uid != copy.manifest.office_uid or known != head:
        with _reading(copy, key) as kept:
            there = {uid for (uid,) in kept.execute('select uid from "case"')}
        return Lost(len(set(session.scalars(select(Case.uid))) - there), 0, 0, related=False)
    since = worth_keeping(number)
    new = session.scalars(
        select(Change.row_id).where(since, Change.table == "case", Change.turn == Turn.ADDED)
    ).all()
    touched = select(func.count(Change.case_id.distinct())).where(since, Change.case_id.not_in(new))
    others = select(func.count(Change.entry_id.distinct())).where(since, Change.case_id.is_(None))
    return Lost(len(new), session.scalar(touched) or 0, session.scalar(others) or 0, related=True)


@contextmanager
def _reading(copy: Copy, key: bytes) -> Iterator[Any]:
    with (
        readable(damage(copy)),
        closing(open_database(copy.database, key, read_only=True)) as kept,
    ):
        yield kept
