"""The data folder (数据文件夹): the encrypted database and its key file."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

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
    def exists(self) -> bool:
        """Whether data has been set up here."""
        return self.database.exists() or self.keys.exists()


def create(folder: Folder, login: str, password: str) -> Engine:
    """Set up a new, empty folder with its first user; Refusal if there is data already or it cannot be written."""
    if folder.exists:
        raise Refusal(f"文件夹“{folder.path}”里已经有数据,请直接登录,或另选一个空文件夹。")
    keyfile.check_password(password)
    key = keyfile.new_key()
    try:
        folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = connect(folder.database, key)
        bring_up_to_date(engine)
        keyfile.write(folder.keys, [keyfile.lock(login, password, key)])
    except OSError as error:
        raise Refusal(f"文件夹“{folder.path}”写不进去({error.strerror}),请换一个文件夹。") from None
    return engine


def open_folder(folder: Folder, login: str, password: str) -> Engine:
    """Open a folder with a user's password; Refusal says what stands in the way."""
    if not folder.exists:
        raise Refusal(f"文件夹“{folder.path}”里没有数据,请先运行一次首次设置,或检查文件夹是否选对。")
    if not folder.database.exists():
        raise Refusal(f"文件夹“{folder.path}”里缺少数据文件 mediator.db,请从备份恢复。")
    engine = connect(folder.database, keyfile.unlock(folder.keys, login, password))
    check_opens(engine, folder.database)
    bring_up_to_date(engine)
    return engine


def change_password(folder: Folder, login: str, old: str, new: str) -> None:
    """Give a user a new password; the old one must be right."""
    key = keyfile.unlock(folder.keys, login, old)
    keyfile.check_password(new)
    others = [slot for slot in keyfile.read(folder.keys) if slot.login != login]
    keyfile.write(folder.keys, [*others, keyfile.lock(login, new, key)])


def add_login(folder: Folder, login: str, password: str, by: str, by_password: str) -> None:
    """Let one more user open the folder; needs the password of one who can."""
    key = keyfile.unlock(folder.keys, by, by_password)
    keyfile.check_password(password)
    if login in keyfile.logins(folder.keys):
        raise Refusal(f"用户名“{login}”已经有人用了,请换一个。")
    keyfile.write(folder.keys, [*keyfile.read(folder.keys), keyfile.lock(login, password, key)])
