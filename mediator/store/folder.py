"""The data folder (数据文件夹): the encrypted database and its key file."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from mediator.domain.errors import Damaged, Refusal
from mediator.domain.wording import clean_line
from mediator.store import damage, durable, keyfile, passwords, recovery, wal
from mediator.store.engine import check_opens, connect
from mediator.store.keyfile import Keys, Kind, Slot
from mediator.store.schema import behind, bring_up_to_date

DAMAGED = "-损坏-"
"""Between the name of a data folder and the moment, for what is kept of it as it is."""


@dataclass(frozen=True)
class Folder:
    """Where one office's data lies."""

    path: Path

    @property
    def database(self) -> Path:
        """The encrypted database file."""
        return self.path / "mediator.db"

    @property
    def keys(self) -> Path:
        """The key file."""
        return self.path / "keys.json"

    @property
    def begun(self) -> Path:
        """The database while the folder is being set up."""
        return self.path / "mediator.db.new"

    def rekeyed(self, key_id: str) -> Path:
        """The database under a new data key, until it takes the place of the old one (换密钥)."""
        return self.path / f"mediator.db.{key_id}"

    def before(self, key_id: str) -> Path:
        """Where the old database and its key file are kept when a new data key came: a data folder of its own."""
        return self.path / f"换密钥之前-{key_id}"

    @property
    def exists(self) -> bool:
        """Whether data has been set up here."""
        try:
            return any(path.exists() for path in (self.database, *keyfile.copies(self.keys)))
        except OSError:
            raise Refusal(f"文件夹“{self.path}”用不了，请检查路径和权限，或另选一个文件夹。") from None


def create(
    folder: Folder, login: str, password: str, furnish: Callable[[Engine], None] = lambda engine: None, *,
    recovery_key: str = "", open_to_all: bool = False,
) -> Engine:  # fmt: skip
    """Set up a new folder with its first user and what ``furnish`` puts into it.

    ``recovery_key`` is the one on paper, if there is one; ``open_to_all`` lets any password be: everybody knows that
    of practice data. Refusal if there is data already or it cannot be written. Wholly or not at all: the key file is
    the point from which the folder is set up. Killed before, there is nothing but leavings for the next ``create`` to
    clear; killed after, ``open_folder`` gives the database its name.
    """
    if folder.exists:
        raise Refusal(f"文件夹“{folder.path}”里已经有数据，请直接登录，或另选一个空文件夹。")
    if not open_to_all:
        passwords.check(password, login)
    key = keyfile.new_key()
    slots = [keyfile.lock(login, password, key)]
    if recovery_key:
        slots.append(paper_slot(recovery_key, key))
    try:
        folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(folder)
        _build(folder.begun, key, furnish)
        keyfile.write(folder.keys, slots, key)
        _name(folder)
    except BaseException as error:
        with suppress(OSError):
            _clear(folder)
        if not isinstance(error, (OSError, DBAPIError)):
            raise
        words = "请检查权限和磁盘空间，或换一个文件夹"
        raise Refusal(f"文件夹“{folder.path}”写不进去，{words}。") from None
    return connect(folder.database, key)


def open_folder(folder: Folder, login: str, password: str) -> Engine:
    """Open a folder with a user's password; Refusal says what stands in the way."""
    return _opened(folder, lambda: keyfile.unlock(folder.keys, login, password))


def open_with(folder: Folder, kind: Kind, private: X25519PrivateKey) -> Engine:
    """Open a folder with the recovery key, or with the key of a superior."""
    return _opened(folder, lambda: keyfile.unlock_with(folder.keys, kind, private))


def paper_slot(recovery_key: str, key: bytes) -> Slot:
    """The slot of a recovery key."""
    return keyfile.seal(Kind.RECOVERY, "", recovery.private(recovery_key).public_key(), key)


def reset_password(folder: Folder, login: str, new: str, key: bytes, *names: str) -> None:
    """Give a user a new password; needs the data key. ``names`` may not be all of it."""
    passwords.check(new, login, *names)
    put(folder, key, keyfile.lock(login, new, key))


def add_login(folder: Folder, login: str, password: str, key: bytes, *names: str) -> None:
    """Let one more user open the folder; needs the data key."""
    passwords.check(password, login, *names)
    if clean_line(login) in keyfile.logins(folder.keys):
        raise Refusal(f"用户名“{clean_line(login)}”已经有人用了，请换一个。")
    put(folder, key, keyfile.lock(login, password, key))


def put(folder: Folder, key: bytes, *fresh: Slot) -> None:
    """Write slots, all at once, in place of those they follow: of the same user, the paper before, the superior before."""
    others = [slot for slot in checked(folder, key).slots if not any(_follows(one, slot) for one in fresh)]
    keyfile.write(folder.keys, [*others, *fresh], key)


def put_back(folder: Folder, before: Keys, key: bytes) -> None:
    """Write the slots again that stood there before, where they are others by now."""
    if keyfile.read(folder.keys).slots != before.slots:
        keyfile.write(folder.keys, before.slots, key)


def confirm(folder: Folder, key: bytes, after: int = 0) -> None:
    """Take the list of slots as it is for right, whoever wrote it; it comes ``after`` so many writings."""
    keyfile.write(folder.keys, keyfile.read(folder.keys).slots, key, after=after)


def remove_login(folder: Folder, login: str, key: bytes) -> None:
    """Take the folder away from a user; the last one cannot be taken away."""
    keys = checked(folder, key)
    left = [slot for slot in keys.slots if slot.kind != Kind.USER.value or slot.login != login]
    if not any(slot.kind == Kind.USER.value for slot in left):
        raise Refusal(f"“{login}”是唯一能登录的人，不能取消；请先让另一位同事也能登录。")
    if len(left) < len(keys.slots):
        keyfile.write(folder.keys, left, key)


def drop_superior(folder: Folder, key: bytes) -> None:
    """Take the folder away from the superior."""
    left = [slot for slot in checked(folder, key).slots if slot.kind != Kind.SUPERIOR.value]
    keyfile.write(folder.keys, left, key)


def checked(folder: Folder, key: bytes) -> Keys:
    """The key file; Refusal if somebody without the data key has changed the list of slots in it."""
    if not keyfile.whole(folder.keys, key):
        raise Refusal(
            "密钥文件里能登录的人和上次保存的不一样，可能被人动过；请系统管理员先在“设置—人员和账号”里核对名单。"
        )
    return keyfile.read(folder.keys)


def take_over(folder: Folder, key_id: str) -> None:
    """Put the database under the new data key in the place of the old one, which goes to ``before``.

    The log of the old one goes first: it must never lie beside the new one.
    """
    fresh, old, aside = folder.rekeyed(key_id), folder.database, folder.before(key_id)
    if not fresh.exists():
        return
    if old.exists():
        aside.mkdir(exist_ok=True)
        put_aside(folder, aside)
    os.replace(fresh, old)
    keyfile.settle(folder.path)


def put_aside(folder: Folder, aside: Path) -> None:
    """Move the database into another folder as it is, its log first."""
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            os.replace(f"{folder.database}{suffix}", aside / f"{folder.database.name}{suffix}")
    keyfile.settle(aside)


def copy_aside(path: Path, moment: datetime | None = None) -> Path:
    """Copy a damaged data folder, untouched, to one beside it, and return that. Nobody may have it open.

    It bears the moment at which the data were last written, so the same damage is copied once. Refusal if there is no room.
    """
    written = [
        file.stat().st_mtime for file in path.iterdir() if file.name in ("mediator.db", "mediator.db-wal")
    ]
    moment = moment or datetime.fromtimestamp(max(written))
    kept = path.with_name(f"{path.name}{DAMAGED}{moment:%Y%m%d-%H%M%S}")
    part = kept.with_name(f"{kept.name}.part")
    if kept.exists():
        return kept
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        for file in sorted(path.iterdir()):
            if file.is_file() and not file.is_symlink():
                durable.copy(file, part, file.name)
        os.rename(part, kept)
        durable.sync_folder(kept.parent)
    except OSError as error:
        raise durable.refusal(kept, error) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return kept


def _follows(fresh: Slot, slot: Slot) -> bool:
    return slot.kind == fresh.kind and (slot.kind != Kind.USER.value or slot.login == fresh.login)


def _opened(folder: Folder, unlock: Callable[[], bytes]) -> Engine:
    if not folder.exists:
        raise Refusal(f"文件夹“{folder.path}”里没有数据，请先运行一次首次设置，或检查文件夹是否选对。")
    _finish(folder)
    key = unlock()
    _log_whole(folder)
    engine = connect(folder.database, key)
    check_opens(engine, folder.database)
    try:
        damage.look_again(folder.path, folder.database, key)
    except Damaged:
        engine.dispose()
        raise
    older = behind(engine)
    if older is not None:
        from mediator.store.upgrade import upgrade

        engine.dispose()
        engine = upgrade(folder, key, older)
    bring_up_to_date(engine)
    with suppress(OSError):  # a full disk is no reason to keep people out; it is tried again the next time
        keyfile.mend(folder.keys)
    return engine


def _finish(folder: Folder) -> None:
    """Give the database its name where a set-up, or the change to a new data key, was cut off after its key file."""
    if folder.begun.exists() and not folder.database.exists():
        _name(folder)
    if any(folder.path.glob("mediator.db.[0-9]*")):
        take_over(folder, keyfile.read(folder.keys).key_id)
    if not folder.database.exists():
        raise Refusal(f"文件夹“{folder.path}”里缺少数据文件 mediator.db，请从备份恢复。")


def _log_whole(folder: Folder) -> None:
    """Damaged if saves that were kept cannot be read from the log any more: SQLite would go on without them in silence."""
    if not wal.damaged(folder.database):
        return
    words = "日志文件 mediator.db-wal 已损坏，最后保存的内容读不出来"
    try:
        kept = copy_aside(folder.path)
    except Refusal as why:
        raise Damaged(f"{words}；数据没有改动，但没能留一份原样：{why}") from None
    raise Damaged(
        f"{words}；数据没有改动，原样留了一份在“{kept}”，请从最近验证过的备份恢复，或用较早的状态继续。", kept
    )


def _build(database: Path, key: bytes, furnish: Callable[[Engine], None]) -> None:
    engine = connect(database, key)
    try:
        bring_up_to_date(engine)
        furnish(engine)
    finally:
        engine.dispose()
        wal.forget(database)


def _name(folder: Folder) -> None:
    """Give the finished database of a new folder its name."""
    os.replace(folder.begun, folder.database)
    keyfile.settle(folder.path)


def _clear(folder: Folder) -> None:
    """Take away what a set-up that came to nothing has left, the keys first."""
    for path in (*keyfile.files(folder.keys), *folder.path.glob(folder.begun.name + "*")):
        path.unlink(missing_ok=True)
