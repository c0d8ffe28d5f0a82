"""Bringing an older data folder to today's shape (升级数据): a copy is migrated and checked, then takes the old one's place.

The old database is never migrated itself: it goes aside as it was, with its key file, into a data folder of its own that
the program of that day still opens. Every page, the structure and the belonging of every row of it are looked at before
anything is begun: so what goes aside is as good as a verified backup, and takes no room. Killed before the swap, the old
one opens as ever and the copy is made anew; killed in it, ``open_folder`` gives the finished copy its name.
"""

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.domain.errors import Damaged, Refusal, trouble
from mediator.store import chain, durable, history, sameness, wholeness
from mediator.store.engine import connect
from mediator.store.folder import Folder, put_aside
from mediator.store.rekey import alone, keep_keys
from mediator.store.schema import bring_up_to_date, rewritten

_PAGES_AT_ONCE = 4096
_NOT_DONE = "数据没有升级，原来的数据没有动"


def upgrade(folder: Folder, key: bytes, version: str) -> Engine:
    """Bring a folder of an older ``version`` to today's shape and open it; Refusal if that could not be done."""
    try:
        with closing(alone(folder, key, "升级数据")) as old:
            durable.make_room(folder.path, folder.database.stat().st_size)
            wrong = wholeness.damage(old)
            if wrong:
                raise Damaged(f"数据文件已损坏（{'；'.join(wrong)}），{_NOT_DONE}；请从备份恢复。")
            _clear(folder.begun)
            _copy(old, folder.begun, key)
            aside = _aside(folder, version)
            _migrate(folder.begun, key, f"数据从版本 {version} 升级，升级以前的另存为“{aside.name}”")
            _compare(old, folder.begun, key, version)
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


def _migrate(fresh: Path, key: bytes, words: str) -> None:
    """Migrate the copy in one transaction and tell its audit; what was chained to one another before is so after."""
    engine = connect(fresh, key)
    try:
        with engine.connect() as connection:
            broken = _broken(connection)
        bring_up_to_date(engine)
        with engine.connect() as connection:
            if _broken(connection) != broken:
                raise Refusal(_differs(["审计记录接不上"]))
        with Session(engine) as session, session.begin():
            history.note(session, Action.MIGRATED, words)
            history.write(session, "", datetime.now())
        with engine.connect() as connection:
            connection.execute(text("pragma wal_checkpoint(truncate)"))
    finally:
        engine.dispose()


def _compare(old: Any, fresh: Path, key: bytes, version: str) -> None:
    """See that the copy is sound, and that what the updates do not say they rewrite is to the last value what it was."""
    with closing(wholeness.open_database(fresh, key)) as made:
        wrong = [
            *wholeness.damage(made),
            *(one for one in wholeness.orphans(made) if one not in wholeness.orphans(old)),
            *(f"“{wholeness.title(name)}”少了" for name in _lost(old, made, rewritten(version))),
            *(f"“{wholeness.title(name)}”和升级以前不一样" for name in _changed(old, made, version)),
        ]
        if _guards(old) - _guards(made):
            wrong.append("防止改动审计记录的保护少了")
        made.execute("pragma journal_mode = delete")
    if wrong:
        raise Refusal(_differs(wrong))
    durable.sync(fresh)


def _lost(old: Any, made: Any, rewrites: set[tuple[str, str]]) -> list[str]:
    """The tables that have fewer rows or columns than before, though no update says so."""
    before, after, there = wholeness.counts(old), wholeness.counts(made), sameness.shape(made)
    return [
        name
        for name, columns in sameness.shape(old).items()
        if name in before and (name, "*") not in rewrites
        and (
            after.get(name, 0) < before[name]
            or any(one not in there.get(name, ()) and (name, one) not in rewrites for one in columns)
        )
    ]  # fmt: skip


def _changed(old: Any, made: Any, version: str) -> list[str]:
    shape = sameness.common(old, made, rewritten(version))
    last = sameness.last_rows(old, shape)
    before, after = (sameness.hashes(one, shape, last) for one in (old, made))
    return [name for name, digest in before.items() if after[name] != digest]


def _guards(connection: Any) -> set[str]:
    return {name for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'")}


def _broken(connection: Connection) -> int | None:
    """The first audit entry that is not chained to the one before; None if all are."""
    before, last = chain.START, chain.ends(connection)[0]
    for number, told, _salt, _digest, kept in chain.entries(connection, 1, last):
        if chain.link(before, told) != kept:
            return number
        before = kept
    return None


def _differs(wrong: list[str]) -> str:
    return f"{_NOT_DONE}：升级后的数据核对不符（{'；'.join(wrong)}）。请把这句话告诉维护人员。"


def _aside(folder: Folder, version: str) -> Path:
    """A folder beside the data that does not exist yet."""
    names = (f"升级之前-{version}" + (f"-{n}" if n else "") for n in range(1000))
    return next(path for name in names if not (path := folder.path / name).exists())


def _clear(fresh: Path) -> None:
    for path in fresh.parent.glob(fresh.name + "*"):
        path.unlink(missing_ok=True)
