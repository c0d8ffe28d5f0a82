"""The data folder (数据文件夹): the encrypted database and its key file."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from mediator.domain.errors import Refusal
from mediator.store import keyfile
from mediator.store.engine import check_opens, connect
from mediator.store.schema import bring_up_to_date


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

    @property
    def exists(self) -> bool:
        """Whether data has been set up here."""
        try:
            return any(path.exists() for path in (self.database, *keyfile.copies(self.keys)))
        except OSError:
            raise Refusal(f"文件夹“{self.path}”用不了，请检查路径和权限，或另选一个文件夹。") from None


def create(
    folder: Folder, login: str, password: str, furnish: Callable[[Engine], None] = lambda engine: None
) -> Engine:
    """Set up a new folder with its first user and what ``furnish`` puts into it.

    Refusal if there is data already or it cannot be written. Wholly or not at all: the key file is the point from which the folder is set up. Killed before, there is nothing but
    leavings for the next ``create`` to clear; killed after, ``open_folder`` gives the database its name.
    """
    if folder.exists:
        raise Refusal(f"文件夹“{folder.path}”里已经有数据，请直接登录，或另选一个空文件夹。")
    keyfile.check_password(password)
    key = keyfile.new_key()
    slot = keyfile.lock(login, password, key)
    try:
        folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(folder)
        _build(folder.begun, key, furnish)
        keyfile.write(folder.keys, [slot])
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
    if not folder.exists:
        raise Refusal(f"文件夹“{folder.path}”里没有数据，请先运行一次首次设置，或检查文件夹是否选对。")
    if not folder.database.exists():
        if not folder.begun.exists():
            raise Refusal(f"文件夹“{folder.path}”里缺少数据文件 mediator.db，请从备份恢复。")
        _name(folder)
    engine = connect(folder.database, keyfile.unlock(folder.keys, login, password))
    check_opens(engine, folder.database)
    bring_up_to_date(engine)
    with suppress(OSError):  # a full disk is no reason to keep people out; it is tried again the next time
        keyfile.mend(folder.keys)
    return engine


def change_password(folder: Folder, login: str, old: str, new: str) -> None:
    """Give a user a new password; the old one must be right."""
    key = keyfile.unlock(folder.keys, login, old)
    keyfile.check_password(new)
    fresh = keyfile.lock(login, new, key)
    others = [slot for slot in keyfile.read(folder.keys) if slot.login != fresh.login]
    keyfile.write(folder.keys, [*others, fresh])


def add_login(folder: Folder, login: str, password: str, by: str, by_password: str) -> None:
    """Let one more user open the folder; needs the password of one who can."""
    key = keyfile.unlock(folder.keys, by, by_password)
    keyfile.check_password(password)
    fresh = keyfile.lock(login, password, key)
    if fresh.login in keyfile.logins(folder.keys):
        raise Refusal(f"用户名“{fresh.login}”已经有人用了，请换一个。")
    keyfile.write(folder.keys, [*keyfile.read(folder.keys), fresh])


def remove_login(folder: Folder, login: str) -> None:
    """Take the folder away from a user; the last one cannot be taken away."""
    slots = keyfile.read(folder.keys)
    left = [slot for slot in slots if slot.login != login]
    if not left:
        raise Refusal(f"“{login}”是唯一能登录的人，不能取消；请先让另一位同事也能登录。")
    if len(left) < len(slots):
        keyfile.write(folder.keys, left)


def _build(database: Path, key: bytes, furnish: Callable[[Engine], None]) -> None:
    engine = connect(database, key)
    try:
        bring_up_to_date(engine)
        furnish(engine)
    finally:
        engine.dispose()


def _name(folder: Folder) -> None:
    """Give the finished database of a new folder its name."""
    os.replace(folder.begun, folder.database)
    keyfile.settle(folder.path)


def _clear(folder: Folder) -> None:
    """Take away what a set-up that came to nothing has left, the keys first."""
    for path in (*keyfile.files(folder.keys), *folder.path.glob(folder.begun.name + "*")):
        path.unlink(missing_ok=True)
