"""Backups (备份): when one is due, where it goes, what is kept of it, and which old ones may go.

Making one takes seconds and goes on while people work; nothing here opens a session of its own but to look and to note.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, delete, exists, select
from sqlalchemy.orm import Session

from mediator import __version__
from mediator.domain.audit import Change, Entry
from mediator.domain.codes import Action, BackupKind
from mediator.domain.errors import Refusal
from mediator.domain.safety import Backup, Policy
from mediator.services import policy
from mediator.services.transaction import reading, transaction
from mediator.store import backup, drives, durable, history, thinning
from mediator.store.backup import Source
from mediator.store.engine import key_of
from mediator.store.folder import Folder
from mediator.store.manifest import listed

Progress = Callable[[int, int], None]
medium = drives.medium
SHELF = "mediator-backups"
"""The folder on a drive that backups are laid into."""
HERE = "backups"
"""Where they go in the data folder itself if the office has chosen no other place: better than none before an import."""

_COMING_AND_GOING = (
    Action.LOGGED_IN,
    Action.LOGGED_OUT,
    Action.LOG_IN_FAILED,
    Action.LOCKED,
    Action.UNLOCKED,
)


def nothing_told(_done: int, _of: int) -> None:
    """Where nobody looks on."""


def made(session: Session, limit: int = 200) -> list[Backup]:
    """The backups made, the newest first."""
    return list(
        session.scalars(select(Backup).order_by(Backup.made_at.desc(), Backup.id.desc()).limit(limit))
    )


def newest(session: Session, *, carried: bool) -> Backup | None:
    """The newest verified backup: on a drive that is carried about, or on this machine."""
    return _newest(session, (Backup.medium != "") if carried else (Backup.medium == ""))


def changed_since(session: Session, last: Backup | None) -> bool:
    """Whether anything was changed that a backup does not hold."""
    if last is None:
        return True
    of_accounts = exists().where(
        Entry.id > last.up_to, Entry.action == Action.ACCOUNT
    )  # that is in the key file
    return bool(session.scalar(select(exists().where(worth_keeping(last.up_to)) | of_accounts)))


def worth_keeping(up_to: int) -> ColumnElement[bool]:
    """The changes after an audit entry, but for what coming and going leaves behind."""
    of_doing = select(Entry.id).where(Entry.id > up_to, Entry.action.not_in(_COMING_AND_GOING))
    return Change.entry_id.in_(of_doing)


def due(session: Session, now: datetime, *, leaving: bool = False) -> bool:
    """Whether an automatic backup is to be made: a folder is chosen, something changed, and time enough has passed.

    On leaving the program no time has to have passed.
    """
    chosen = policy.own(session)
    place = Path(chosen.backup_folder)
    last = _newest(session, Backup.place.in_([str(place), str(place / SHELF)]))
    if not chosen.backup_folder or not changed_since(session, last):
        return False
    waited = last is None or not last.made_at <= now < last.made_at + timedelta(
        hours=chosen.backup_hours or 4
    )
    return leaving or waited


def shelf(place: Path) -> Path:
    """Where in a place the backups lie: in a folder of their own on a drive, else in the place itself."""
    return place / SHELF if os.path.ismount(place) or place == Path(place.anchor) else place


def back_up(
    engine: Engine, folder: Path, place: Path, *, kind: BackupKind = BackupKind.BY_HAND, by: str = "",
    now: datetime | None = None, tell: Progress = nothing_told,
) -> Backup:  # fmt: skip
    """Make a verified backup in a place and note it; what it makes superfluous there goes.

    Refusal if it could not be made or is not whole: then nothing of it is left and every older one is as it was.
    ``tell`` is told how much is done of how much; what it raises stops the work.
    """
    now = now or datetime.now().replace(microsecond=0)
    at = _ready(folder, shelf(place))
    source = Source(Folder(folder).database, Folder(folder).keys, key_of(engine), __version__)
    try:
        copy = backup.make(source, at, now, tell)
    except Refusal as refusal:
        with suppress(Refusal), transaction(engine, by) as session:
            history.note(session, Action.BACKED_UP, f"没有做成：{refusal}", medium=drives.medium(at))
        raise
    manifest = copy.manifest
    row = Backup(
        made_at=now, kind=kind, place=str(at), medium=drives.medium(at), name=copy.path.name, cases=manifest.cases,
        size=manifest.size, up_to=manifest.entry_id, verified_at=datetime.now().replace(microsecond=0),
    )  # fmt: skip
    with transaction(engine, by) as session:
        session.add(row)
        history.note(session, Action.BACKED_UP, f"{kind.label}备份，已验证：{copy.path}", medium=row.medium)
    _thin(engine, at, manifest.office_uid, now, by)
    return row


def automatic(
    engine: Engine, folder: Path, *, by: str = "", leaving: bool = False, now: datetime | None = None,
    tell: Progress = nothing_told,
) -> Backup | None:  # fmt: skip
    """Make the backup that is due, in the folder the office chose; None if none is due."""
    now = now or datetime.now().replace(microsecond=0)
    with reading(engine, by) as session:
        if not due(session, now, leaving=leaving):
            return None
        place = Path(policy.own(session).backup_folder)
    return back_up(engine, folder, place, kind=BackupKind.AUTOMATIC, by=by, now=now, tell=tell)


def before(
    engine: Engine, folder: Path, *, by: str = "", now: datetime | None = None, tell: Progress = nothing_told
) -> Backup | None:
    """Make a backup before something that changes much; None if the newest on this machine holds all there is.

    Where the office chose no folder it goes into the data folder: on the same disk, but there to go back to.
    """
    with reading(engine, by) as session:
        last = newest(session, carried=False)
        if last is not None and not changed_since(session, last) and (Path(last.place) / last.name).is_dir():
            return None
        chosen = policy.own(session).backup_folder
    return back_up(
        engine,
        folder,
        Path(chosen) if chosen else folder / HERE,
        kind=BackupKind.BEFORE,
        by=by,
        now=now,
        tell=tell,
    )


def choose(session: Session, place: Path) -> Policy:
    """From now on automatic backups go to this folder."""
    return policy.amend(session, {"backup_folder": str(place)})


def _newest(session: Session, where: ColumnElement[bool]) -> Backup | None:
    found = select(Backup).where(Backup.verified_at.is_not(None), where)
    return session.scalars(found.order_by(Backup.made_at.desc(), Backup.id.desc()).limit(1)).first()


def _ready(folder: Path, place: Path) -> Path:
    """The place, there and fit for backups."""
    if place.absolute() == folder.absolute():
        raise Refusal(f"“{place}”是数据文件夹本身，备份不能放在这里；请选 U 盘，或另一块硬盘上的文件夹。")
    try:
        place.mkdir(exist_ok=True)
    except OSError as error:
        raise durable.refusal(place, error) from None
    return place


def _thin(engine: Engine, place: Path, office_uid: str, now: datetime, by: str) -> None:
    """Take away what need not be kept in a place, now that there is a newer verified one."""
    backup.clear_leavings(place, office_uid, now)
    copies = [copy for copy in listed(place) if copy.manifest.office_uid == office_uid]
    gone = thinning.expendable([copy.manifest.made_at for copy in copies], now)
    removed = []
    for copy in copies:
        if copy.manifest.made_at in gone:
            with suppress(OSError):
                backup.remove(copy)
                removed.append(copy.path.name)
    if removed:
        with transaction(engine, by) as session:
            session.execute(delete(Backup).where(Backup.place == str(place), Backup.name.in_(removed)))
