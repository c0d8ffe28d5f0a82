"""Restoring (恢复): a new data folder made of a backup.

The folder at work is never touched: what was restored stands beside it, and takes its place only when somebody says so
(``use``), and only at the next start. The one replaced is kept and can take its place again in the same way.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, exists, func, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action
from mediator.domain.errors import Damaged, Refusal
from mediator.domain.people import Staff
from mediator.domain.roles import Power
from mediator.services import access, backups, offices
from mediator.services.backup_contents import PAPER
from mediator.services.backups import Progress, nothing_told
from mediator.services.transaction import reading, transaction
from mediator.store import durable, history, keyfile, place, swap
from mediator.store.backup import check
from mediator.store.engine import check_opens, connect
from mediator.store.folder import Folder
from mediator.store.keyfile import Keys, Kind
from mediator.store.manifest import Copy
from mediator.store.schema import bring_up_to_date

finish, replaced, closed = swap.finish, swap.replaced, swap.closed
_PLANNED = "下次启动时改用"


def new_name(folder: Path, now: datetime) -> Path:
    """A new folder beside the data at work for what is restored."""
    return folder.with_name(f"{folder.name}-恢复-{now:%Y%m%d-%H%M%S}")


def restore(
    copy: Copy, key: bytes, target: Path, *, login: str = "", present: Path | None = None,
    now: datetime | None = None, tell: Progress = nothing_told,
) -> Path:  # fmt: skip
    """Make a new data folder of a backup, verified, with an entry that says so; wholly or not at all.

    Where the ``present`` data are under the same data key, those log in who can now, with the passwords of now.
    Refusal if the backup is damaged, the folder is there already or lies where none may be.
    """
    now = now or datetime.now().replace(microsecond=0)
    place.check(target)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refusal(f"“{target}”里已经有东西，恢复要放在一个新的文件夹里；请换一个名字。")
    part = None
    try:
        part = beside(target)
        _bring(copy, part, tell)
        check(Folder(part).database, key, copy.manifest, lambda done: tell(60 + done * 9 // 10, 100))
        known = _note(Folder(part).database, key, copy, login)
        if present is not None:
            _let_in(Folder(part), Folder(present), key, known)
        for file in part.iterdir():
            durable.sync(file)
        if target.exists():
            target.rmdir()
        os.rename(part, target)
        durable.sync_folder(target.parent)
    except OSError as error:
        raise durable.refusal(target, error) from None
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
    tell(100, 100)
    return target


def beside(target: Path) -> Path:
    """A new folder of our own beside a target, in which to make it: what bears a like name there is somebody else's."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(".part", f"{target.name}.", target.parent))


def who_again(other: Path, folder: Path, *, laid: bool = True) -> str:
    """Who could log in to other data, a folder or a backup, and cannot to those at work; in words, empty if nobody.

    ``laid``: under the same data key the slots of now would be laid in.
    """
    with suppress(Refusal):
        then, now = keyfile.read(Folder(other).keys), keyfile.read(Folder(folder).keys)
        same = then.key_id == now.key_id
        can = {slot.login for slot in now.of(Kind.USER)}
        again = [slot.login for slot in then.of(Kind.USER) if slot.login not in can]
        if same and (laid or not again):
            return ""
        whose = f"“{'”“'.join(again)}”又能登录（现在不能了），" if again else ""
        old = "；数据密钥也是换过以前的，那时的恢复密钥又能用" if not same else ""
        return (
            f"注意：换用以后，{whose}大家都用那时的密码登录{old}。"
            "请在换用以后马上到“设置—人员和账号”停用不该有的账号，再换一次数据密钥。\n\n"
        )
    return ""


def use(engine: Engine, current: Path, fresh: Path, *, by: str, now: datetime | None = None) -> Path:
    """Have a restored folder take the place of the one at work at the next start; return where that will be kept."""
    now = now or datetime.now().replace(microsecond=0)
    if not Folder(fresh).exists:
        raise Refusal(f"“{fresh}”里没有数据，不能换用；请重新恢复一次。")
    with reading(engine, by) as session:
        access.need(session, Power.SETTINGS)
    # Into damaged data nothing is written any more.
    with suppress(Damaged), transaction(engine, by) as session:
        history.note(session, Action.RESTORED, f"{_PLANNED}“{fresh.name}”，这一份留作备查")
    return swap.plan(current, fresh, now)


def call_off(engine: Engine, current: Path, *, by: str) -> None:
    """What was planned is not done after all: people go on with the data at work."""
    swap.drop(current)
    with suppress(Refusal), transaction(engine, by) as session:
        history.note(session, Action.RESTORED, "没有换用，继续用这一份")


def before_closing(engine: Engine, current: Path) -> str:
    """Drop what is planned if something was changed since, and say so; empty if nothing was, or nothing is planned."""
    if not swap.planned(current):
        return ""
    with suppress(Refusal), reading(engine, "") as session:
        asked = select(func.max(Entry.id)).where(
            Entry.action == Action.RESTORED, Entry.detail.startswith(_PLANNED)
        )
        since = session.scalar(asked) or 0
        if session.scalar(select(exists().where(backups.worth_keeping(since)))):
            swap.drop(current)
            return "安排换用以后数据又有改动，所以没有换用，现在的数据照旧；要换用请重新安排一次。"
    return ""


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


def _let_in(fresh: Folder, present: Folder, key: bytes, known: set[str]) -> None:
    """Lay the slots of now into a restored folder, if they are for its data key and let somebody in who is known there."""
    now = _slots_for(fresh, present, key)
    if now is not None and known & {slot.login for slot in now.of(Kind.USER)}:
        keyfile.write(fresh.keys, now.slots, key, after=now.generation)


def _slots_for(fresh: Folder, present: Folder, key: bytes) -> Keys | None:
    with suppress(Refusal):
        now = keyfile.read(present.keys)
        if now.key_id == keyfile.read(fresh.keys).key_id and now.is_signed(key):
            return now
    return None


def _note(database: Path, key: bytes, copy: Copy, login: str) -> set[str]:
    """Bring what was restored up to date, and write into its audit where it came from; return who may log in there."""
    engine = connect(database, key)
    try:
        check_opens(engine, database)
        bring_up_to_date(engine)
        with Session(engine) as session:
            by = login if login == PAPER else offices.name_of(session, login)
        with transaction(engine, by) as session:
            made = f"{copy.manifest.made_at:%Y-%m-%d %H:%M}"
            history.note(session, Action.RESTORED, f"从备份 {copy.path.name} 恢复，备份做于 {made}")
            at_work = session.scalars(select(Staff.login).where(Staff.left_on.is_(None)))
            return {name for name in at_work if name}
    finally:
        engine.dispose()


def _counted(size: int, tell: Progress) -> Callable[[int], None]:
    done = 0

    def more(read: int) -> None:
        nonlocal done
        done += read
        tell(done * 60 // max(size, 1), 100)

    return more
