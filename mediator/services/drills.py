"""The monthly drill (恢复演练): the newest backup is restored for trial, looked through and wiped again, by itself."""

import random
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.safety import Backup
from mediator.services import backups
from mediator.services.transaction import reading, transaction
from mediator.store import backup, durable, history, keyfile, sampling
from mediator.store.backup import check
from mediator.store.engine import key_of
from mediator.store.folder import Folder
from mediator.store.manifest import Copy, found
from mediator.store.wholeness import open_database, readable

EVERY_DAYS = 30
SAMPLE = 50
"""Cases compared row by row, in 件."""
PRIVATE = "drill"
"""Folder inside the data folder, encrypted like it, gone when the drill is over."""


class Worthless(Refusal):
    """The backup itself is damaged or opens for nobody (备份不能用): it counts as verified no more."""


def due(session: Session, folder: Path, now: datetime) -> bool:
    """Whether a month has passed since a backup was last restored for trial, and there is one to restore."""
    last = session.scalar(select(func.max(Backup.drilled_at)))
    if last is not None and timedelta() <= now - last < timedelta(days=EVERY_DAYS):
        return False
    return newest(session, folder) is not None


def newest(session: Session, folder: Path) -> Backup | None:
    """The newest verified backup that lies there now; one from before the data key was changed needs its own passwords.

    One whose key file cannot be read is the newest all the same: then the drill is not passed.
    """
    keys = keyfile.read(Folder(folder).keys).key_id
    for row in backups.made(session):
        place = Path(row.place) / row.name
        if row.verified_at and backups.there(row) and place.is_dir():
            try:
                if keyfile.read(Folder(place).keys).key_id != keys:
                    continue
            except Refusal:
                pass
            return row
    return None


def run(
    engine: Engine, folder: Path, *, by: str = "", now: datetime | None = None,
    tell: backups.Progress = backups.nothing_told,
) -> str:  # fmt: skip
    """Restore the newest backup for trial; return in words what was found. Refusal if it could not be used."""
    now = now or datetime.now().replace(microsecond=0)
    with reading(engine, by) as session:
        row = newest(session, folder)
    if row is None:
        raise Refusal("没有可以演练的备份；请先做一次备份，放在 U 盘上的要插好 U 盘。")
    private = folder / PRIVATE
    try:
        words = _tried(_copy_of(row), key_of(engine), Folder(folder).database, private, tell)
    except Refusal as refusal:
        with suppress(Refusal), transaction(engine, by) as session:
            history.note(session, Action.DRILLED, f"没有通过：{row.name}，{refusal}", medium=row.medium)
            kept = session.get(Backup, row.id)
            if kept is not None and isinstance(refusal, Worthless):
                kept.verified_at = None
        if isinstance(refusal, Worthless):
            raise Worthless(f"演练没有通过：{refusal}") from None
        raise
    finally:
        shutil.rmtree(private, ignore_errors=True)
    with transaction(engine, by) as session:
        kept = session.get(Backup, row.id)
        if kept is not None:
            kept.drilled_at = now
        history.note(session, Action.DRILLED, f"{row.name}：{words}", medium=row.medium)
    return words


def _copy_of(row: Backup) -> Copy:
    try:
        return found(Path(row.place) / row.name)
    except Refusal as refusal:
        raise Worthless(str(refusal)) from None


def _tried(copy: Copy, key: bytes, live: Path, private: Path, tell: backups.Progress) -> str:
    shutil.rmtree(private, ignore_errors=True)
    try:
        private.mkdir(mode=0o700)
    except OSError as error:
        raise durable.refusal(private, error) from None
    _check_keys(copy, key)
    size = copy.manifest.files[copy.database.name].size
    digest = durable.copy(copy.database, private, live.name, _counted(size, tell))
    if digest != copy.manifest.files[copy.database.name].sha256:
        raise Worthless(f"备份“{copy.path}”与做的时候不一样，已经损坏；请马上重新备份，换一个盘。")
    check(private / live.name, key, copy.manifest)
    with (
        readable("现在的数据有一部分读不出来，没法与备份比较；请核对数据。"),
        closing(open_database(live, key)) as now,
        closing(open_database(private / live.name, key, read_only=True)) as then,
    ):
        compared, different = _compared(now, then, copy.manifest.entry_id)
    tell(100, 100)
    if different:
        raise Refusal(
            f"备份“{copy.path}”里有 {different} 件案件与现在的数据不一样，请马上重新备份，并核对数据。"
        )
    return f"演练通过：恢复了 {copy.manifest.cases} 件案件，抽查 {compared} 件，内容一致"


def _compared(now: Any, then: Any, entry_id: int) -> tuple[int, int]:
    """How many cases were compared, of those nobody changed since, and how many of them are not the same."""
    now.execute("begin")
    ids = sampling.untouched(now, entry_id)
    chosen = random.sample(ids, min(SAMPLE, len(ids)))
    shape = sampling.common(now, then)
    return len(chosen), sum(
        sampling.rows_of(now, n, shape) != sampling.rows_of(then, n, shape) for n in chosen
    )


def _check_keys(copy: Copy, key: bytes) -> None:
    """See that people could open it: the key files are as they were made, and are keys to these data."""
    try:
        backup.check_keys(copy.keys, key)
    except Refusal:
        raise Worthless(
            f"备份“{copy.path}”里的密钥文件读不出来或不对，恢复了也没有人能打开；请马上重新备份。"
        ) from None
    for name, piece in copy.manifest.files.items():
        if name != copy.database.name and durable.digest(copy.path / name) != piece.sha256:
            raise Worthless(
                f"备份“{copy.path}”里的 {name} 与做的时候不一样，已经损坏；请马上重新备份，换一个盘。"
            )


def _counted(size: int, tell: backups.Progress) -> Callable[[int], None]:
    done = 0

    def more(read: int) -> None:
        nonlocal done
        done += read
        tell(done * 70 // max(2 * size, 1), 100)

    return more
