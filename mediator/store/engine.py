"""The encrypted database (SQLCipher) through SQLAlchemy: how it is opened and with which settings."""

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from mediator.domain.errors import Damaged, Refusal

PAGES_IN_MEMORY_KIB = 32_000
_KEYS: "WeakKeyDictionary[Engine, bytes]" = WeakKeyDictionary()


def connect(path: Path, key: bytes) -> Engine:
    """Open the database at a path with its raw data key; nothing is read yet."""
    engine = create_engine(URL.create("sqlite", database=str(path)), module=sqlcipher, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:
        # The level first: else a wrong key writes error lines to standard error.
        connection.execute("pragma cipher_log_level = NONE")
        connection.set_key(f"x'{key.hex()}'")
        # A commit that returned must survive a cut of power: NORMAL does not keep that promise in WAL mode.
        for setting in (
            "journal_mode = wal", "synchronous = full", "foreign_keys = on", "trusted_schema = off",
            "cell_size_check = on", "busy_timeout = 10000", f"cache_size = -{PAGES_IN_MEMORY_KIB}",
        ):  # fmt: skip
            connection.execute(f"pragma {setting}")

    _KEYS[engine] = key
    return engine


def key_of(engine: Engine) -> bytes:
    """The data key of an open database: who has it open may let others in."""
    return _KEYS[engine]


def folder_of(engine: Engine) -> Path:
    """The data folder that an open database lies in."""
    assert engine.url.database is not None
    return Path(engine.url.database).parent


def check_opens(engine: Engine, path: Path) -> None:
    """Read the first page; Refusal in a sentence if the file is not ours or cannot be used, Damaged if it is damaged."""
    try:
        whole = _is_whole(engine, path)
    except (OSError, OperationalError):
        engine.dispose()
        raise Refusal(
            f"数据文件“{path}”现在用不了，请检查读写权限和磁盘空间，关闭占用它的程序后再试。"
        ) from None
    except DatabaseError:
        whole = False
    if whole:
        return
    engine.dispose()
    if _is_plain(path):
        raise Refusal(f"“{path}”不是本程序的数据，没有改动它；请另选数据文件夹。")
    raise Damaged(f"数据文件“{path}”打不开，可能已损坏或与密钥不符；没有改动它，请从备份恢复。")


def _is_whole(engine: Engine, path: Path) -> bool:
    """Whether there is something in the file and its first page.

    SQLite takes a file of no byte, or one, for a new database and throws away the log beside it.
    """
    if path.stat().st_size <= 1:
        return False
    with engine.connect() as connection:
        return bool(connection.scalar(text("select count(*) from sqlite_master")))


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"
