"""Bringing an older data folder to today's shape (升级数据): a copy is migrated and checked, then takes the old one's place.

The old database is never migrated itself: it goes aside as it was, with its key file, into a data folder of its own that
the program of that day still opens. Killed before the swap, the old one opens as ever and the copy is made anew; killed in
it, ``open_folder`` gives the finished copy its name.
"""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from mediator.domain.errors import Refusal, trouble
from mediator.store import durable, wholeness
from mediator.store.engine import connect
from mediator.store.folder import Folder, put_aside
from mediator.store.rekey import alone, keep_keys
from mediator.store.schema import bring_up_to_date

_PAGES_AT_ONCE = 4096
_NOT_DONE = "数据没有升级，原来的数据没有动"


def upgrade(folder: Folder, key: bytes, version: str) -> Engine:
    """Bring a folder of an older ``version`` to today's shape and open it; Refusal if that could not be done."""
    try:
        with closing(alone(folder, key, "升级数据")) as old:
            durable.make_room(folder.path, folder.database.stat().st_size)
            _clear(folder.begun)
            _copy(old, folder.begun, key)
            before = wholeness.counts(old)
            _migrate(folder.begun, key, before)
            aside = _aside(folder, version)
            keep_keys(folder, aside)
            put_aside(folder, aside)
            os.replace(folder.begun, folder.database)
            durable.sync_folder(folder.path)
    except OSError as error:
        raise Refusal(f"{_NOT_DONE}：{trouble(error)}。") from None
    except (sqlcipher.OperationalError, OperationalError):
        raise Refusal(f"{_NOT_DONE}：数据文件读写出错，请检查磁盘空间后再试。") from None
    return connect(folder.database, key)


def _copy(old: Any, fresh: Path, key: bytes) -> None:
    fresh.touch(mode=0o600)
    with closing(wholeness.open_database(fresh, key)) as target:
        old.backup(target, pages=_PAGES_AT_ONCE)


def _migrate(fresh: Path, key: bytes, before: dict[str, int]) -> None:
    """Migrate the copy in one transaction, and see that it is sound and has lost no row of any table there was."""
    engine = connect(fresh, key)
    try:
        bring_up_to_date(engine)
        with engine.connect() as connection:
            connection.execute(text("pragma wal_checkpoint(truncate)"))
    finally:
        engine.dispose()
    with closing(wholeness.open_database(fresh, key)) as made:
        wrong = wholeness.troubles(made)
        after = wholeness.counts(made)
        made.execute("pragma journal_mode = delete")
    lost = [wholeness.title(name) for name, rows in before.items() if after.get(name, rows) < rows]
    if wrong or lost:
        words = "；".join([*wrong, *(f"“{name}”少了" for name in lost)])
        raise Refusal(f"{_NOT_DONE}：升级后的数据核对不符（{words}）。请把这句话告诉维护人员。")
    durable.sync(fresh)


def _aside(folder: Folder, version: str) -> Path:
    """A folder beside the data that does not exist yet."""
    names = (f"升级之前-{version}" + (f"-{n}" if n else "") for n in range(1000))
    return next(path for name in names if not (path := folder.path / name).exists())


def _clear(fresh: Path) -> None:
    for path in fresh.parent.glob(fresh.name + "*"):
        path.unlink(missing_ok=True)
