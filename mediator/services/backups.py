"""Backups (备份): when one is due, where it goes, what is kept of it, and which old ones may go.

Making one takes seconds and goes on while people work; nothing here opens a session of its own but to look and to note.
"""

import os
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, exists, select, update
from sqlalchemy.orm import Session

from mediator import __version__
from mediator.domain.audit import Change, Entry
from mediator.domain.codes import Action, BackupKind
from mediator.domain.errors import Damaged, Refusal
from mediator.domain.safety import Backup, Policy
from mediator.services import checkpoints, policy
from mediator.services.transaction import reading, transaction
from mediator.store import backup, chain, damage, drives, durable, history, keyfile, thinning
from mediator.store import place as places
from mediator.store.backup import Source
from mediator.store.engine import key_of
from mediator.store.folder import Folder
from mediator.store.manifest import NAME, Copy, found, listed

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


class Unprotected(Refusal):
    """No backup could be made before a great change (事前备份没有做成); who knows that may go on without one."""

    def __init__(self, what: str, why: Refusal) -> None:
        super().__init__(f"{what}以前要先备份，备份没有做成：{why}")


def nothing_told(_done: int, _of: int) -> None:
    """Where nobody looks on."""


def made(session: Session, limit: int = 200) -> list[Backup]:
    """The backups made that were not thinned out since, the one made last first, whatever the clock said."""
    return list(
        session.scalars(select(Backup).where(Backup.place != "").order_by(Backup.id.desc()).limit(limit))
    )


def newest(
    session: Session, *, carried: bool, gone: Collection[int] = (), now: datetime | None = None
) -> Backup | None:
    """The newest verified backup: on a drive that is carried about, or on this machine; but for those that are gone.

    Given ``now``, one dated later counts only where there is no other.
    """
    where = (Backup.medium != "") if carried else (Backup.medium == "")
    past = _newest(session, where & (Backup.made_at <= now), gone) if now else None
    return past or _newest(session, where, gone)


def missing(rows: Iterable[Backup]) -> frozenset[int]:
    """Those backups, by id, that do not lie any more where they were put; it may take long where a disk sleeps."""
    return frozenset(row.id for row in rows if not there(row))


def there(row: Backup) -> bool:
    """Whether a backup still lies where it was put; of a drive that is not plugged in nobody can tell."""
    place = Path(row.place)
    if row.medium and not (place.is_dir() and medium(place) == row.medium):
        return True
    return (place / row.name / NAME).is_file()


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


def due(session: Session, now: datetime, *, leaving: bool = False, gone: Collection[int] = ()) -> bool:
    """Whether an automatic backup is to be made: a folder is chosen, something changed, and time enough has passed.

    On leaving the program no time has to have passed. Backups that are ``gone`` do not count.
    """
    chosen = policy.own(session)
    place = Path(chosen.backup_folder)
    last = _newest(session, Backup.place.in_([str(place), str(place / SHELF)]), gone)
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
    try:
        keys_again(engine, folder, by=by)
        with transaction(engine, by) as session:
            point = checkpoints.checkpoint(session, now).document
        source = Source(Folder(folder).database, Folder(folder).keys, key_of(engine), __version__, point)
        copy = backup.make(source, at, now, tell)
    except Refusal as refusal:
        if isinstance(refusal, Damaged):
            damage.keep(folder, ["做备份时发现"])
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
        if not due(session, now, leaving=leaving, gone=missing(made(session))):
            return None
        place = Path(policy.own(session).backup_folder)
    return back_up(engine, folder, place, kind=BackupKind.AUTOMATIC, by=by, now=now, tell=tell)


def before(
    engine: Engine, folder: Path, what: str, *, by: str = "", now: datetime | None = None, tell: Progress = nothing_told
) -> Backup | None:  # fmt: skip
    """Make a backup before something that changes much (``what``, a verb in words); None if none is needed.

    Where the office chose no folder, or that one cannot be used now, it goes into the data folder: on the same disk, but
    there to go back to. Unprotected if it could not be made there either; of damaged data none is made.
    """
    with reading(engine, by) as session:
        if not needed(session):
            return None
        chosen = policy.own(session).backup_folder
    for place in [*([Path(chosen)] if chosen else []), folder / HERE]:
        try:
            return back_up(engine, folder, place, kind=BackupKind.BEFORE, by=by, now=now, tell=tell)
        except Damaged:
            raise
        except Refusal as refusal:
            why = refusal
    raise Unprotected(what, why)


def needed(session: Session) -> bool:
    """Whether a great change has to wait for a backup: the newest one on this machine is not all there is, or is gone."""
    last = newest(session, carried=False)
    if last is not None and not changed_since(session, last):
        with suppress(Refusal):
            found(Path(last.place) / last.name)
            return False
    return True


def gone_without(engine: Engine, what: str, *, by: str) -> None:
    """Write into the audit that somebody goes on knowing that there is no backup."""
    with transaction(engine, by) as session:
        history.note(session, Action.BACKED_UP, f"没有备份，照样{what}")


def choose(session: Session, place: Path) -> Policy:
    """From now on automatic backups go to this folder."""
    return policy.amend(session, {"backup_folder": str(place)})


def keys_again(engine: Engine, folder: Path, *, by: str) -> bool:
    """Where the key file is gone, write it again as it was last seen, and note it; whether that was done.

    Refusal if it cannot be: a backup without one opens for nobody.
    """
    if not keyfile.written_again(Folder(folder).keys, key_of(engine)):
        return False
    with transaction(engine, by) as session:
        history.note(session, Action.ACCOUNT, "密钥文件不见了或已损坏，照程序里还记得的重新写好")
    return True


def _newest(session: Session, where: ColumnElement[bool], gone: Collection[int] = ()) -> Backup | None:
    """The one made last: a clock that was wrong says nothing of the order."""
    found = select(Backup).where(
        Backup.verified_at.is_not(None), Backup.place != "", Backup.id.not_in(gone), where
    )
    return session.scalars(found.order_by(Backup.id.desc()).limit(1)).first()


def _ready(folder: Path, place: Path) -> Path:
    """The place, there and fit for backups."""
    if place != folder / HERE:
        places.check_backups(place, folder)
    try:
        place.mkdir(exist_ok=True)
    except OSError as error:
        raise durable.refusal(place, error) from None
    return place


def _thin(engine: Engine, place: Path, office_uid: str, now: datetime, by: str) -> None:
    """Take away what need not be kept in a place, now that there is a newer verified one.

    Only what this office made and verified, and what is an earlier state of these data, counts and goes: anybody can lay
    a manifest there. Their rows stay, with no place: what a drive once held is asked for when it is lost.
    """
    with reading(engine, by) as session:
        mine = {row.name: row for row in session.scalars(select(Backup).where(Backup.place != ""))}
        copies = [copy for copy in listed(place) if _own(session, copy, office_uid, mine.get(copy.path.name))]
    backup.clear_leavings(place, office_uid, now, mine)
    gone = thinning.expendable([mine[copy.path.name].made_at for copy in copies], now)
    removed = []
    for copy in copies:
        if mine[copy.path.name].made_at in gone:
            with suppress(OSError):
                backup.remove(copy)
                removed.append(copy.path.name)
    if removed:
        with transaction(engine, by) as session:
            session.execute(update(Backup).where(Backup.name.in_(removed)).values(place=""))


def _own(session: Session, copy: Copy, office_uid: str, row: Backup | None) -> bool:
    """Whether a backup is in the register as verified, and an earlier state of the data at work."""
    about = copy.manifest
    return (
        row is not None
        and row.verified_at is not None
        and (about.office_uid, about.entry_id) == (office_uid, row.up_to)
        and chain.hash_at(session.connection(), about.entry_id) == about.entry_hash
    )
