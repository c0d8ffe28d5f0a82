"""Restoring (恢复): a new data folder made of a backup.

The folder at work is never touched: what was restored stands beside it, and takes its place only when somebody says so
(``use``), and only at the next start. The one replaced is kept and can take its place again in the same way.
"""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.services import access, offices
from mediator.services.backup_contents import PAPER
from mediator.services.backups import Progress, nothing_told
from mediator.services.transaction import transaction
from mediator.store import durable, history, place, swap
from mediator.store.backup import check
from mediator.store.engine import check_opens, connect
from mediator.store.folder import Folder
from mediator.store.manifest import Copy
from mediator.store.schema import bring_up_to_date

finish, replaced = swap.finish, swap.replaced


def new_name(folder: Path, now: datetime) -> Path:
    """A new folder beside the data at work for what is restored."""
    return folder.with_name(f"{folder.name}-恢复-{now:%Y%m%d-%H%M%S}")


def restore(
    copy: Copy, key: bytes, target: Path, *, login: str = "", now: datetime | None = None,
    tell: Progress = nothing_told,
) -> Path:  # fmt: skip
    """Make a new data folder of a backup, verified, with an entry that says so; wholly or not at all.

    Refusal if the backup is damaged, the folder is there already or lies where none may be.
    """
    now = now or datetime.now().replace(microsecond=0)
    place.check(target)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refusal(f"“{target}”里已经有东西，恢复要放在一个新的文件夹里；请换一个名字。")
    part = target.with_name(f"{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True, mode=0o700)
        _bring(copy, part, tell)
        check(Folder(part).database, key, copy.manifest, lambda done: tell(60 + done * 9 // 10, 100))
        _note(Folder(part).database, key, copy, login)
        for file in part.iterdir():
            durable.sync(file)
        if target.exists():
            target.rmdir()
        os.rename(part, target)
        durable.sync_folder(target.parent)
    except OSError as error:
        raise durable.refusal(target, error) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    tell(100, 100)
    return target


def use(engine: Engine, current: Path, fresh: Path, *, by: str, now: datetime | None = None) -> Path:
    """Have a restored folder take the place of the one at work at the next start; return where that will be kept."""
    now = now or datetime.now().replace(microsecond=0)
    if not Folder(fresh).exists:
        raise Refusal(f"“{fresh}”里没有数据，不能换用；请重新恢复一次。")
    with transaction(engine, by) as session:
        access.need(session, Power.SETTINGS)
        history.note(session, Action.RESTORED, f"下次启动时改用“{fresh.name}”，这一份留作备查")
    return swap.plan(current, fresh, now)


def use_unopened(current: Path, fresh: Path, *, now: datetime | None = None) -> Path:
    """The same where the data at work are so damaged that nobody can open them."""
    return swap.plan(current, fresh, now or datetime.now().replace(microsecond=0))


def _bring(copy: Copy, part: Path, tell: Progress) -> None:
    """Copy the files of a backup, each as its manifest has it."""
    names = {copy.database.name: Folder(part).database.name}
    told = _counted(2 * copy.manifest.size, tell)
    for name, piece in copy.manifest.files.items():
        if durable.copy(copy.path / name, part, names.get(name, name), told) != piece.sha256:
            raise Refusal(f"备份“{copy.path}”里的 {name} 已经损坏，没有恢复；请改用另一个备份。")


def _note(database: Path, key: bytes, copy: Copy, login: str) -> None:
    """Bring what was restored up to date, and write into its audit where it came from."""
    engine = connect(database, key)
    try:
        check_opens(engine, database)
        bring_up_to_date(engine)
        with Session(engine) as session:
            by = login if login == PAPER else offices.name_of(session, login)
        with transaction(engine, by) as session:
            made = f"{copy.manifest.made_at:%Y-%m-%d %H:%M}"
            history.note(session, Action.RESTORED, f"从备份 {copy.path.name} 恢复，备份做于 {made}")
    finally:
        engine.dispose()


def _counted(size: int, tell: Progress) -> Callable[[int], None]:
    done = 0

    def more(read: int) -> None:
        nonlocal done
        done += read
        tell(done * 60 // max(size, 1), 100)

    return more
