"""One gesture, one transaction: what was asked is done wholly or not at all, and trouble becomes a sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from weakref import WeakSet

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from mediator.domain.codes import Action
from mediator.domain.errors import Damaged, Refusal, Stale
from mediator.services import key_age
from mediator.store import history, wal
from mediator.store.engine import folder_of

BY = "by"
"""Where a session keeps the name of the person at work."""

_DAMAGED = "数据文件已损坏，没有改动它；请从备份恢复"
_TROUBLES = {
    sqlite3.SQLITE_FULL: "磁盘已满，没有存上；请腾出空间再试，刚才填的内容还在",
    sqlite3.SQLITE_BUSY: "数据正被另一个程序占用，没有存上；请稍等再试",
    sqlite3.SQLITE_LOCKED: "数据正被另一个程序占用，没有存上；请稍等再试",
    sqlite3.SQLITE_READONLY: "数据文件是只读的，没有存上；请检查文件夹的权限",
    sqlite3.SQLITE_CANTOPEN: "数据文件打不开；请检查文件夹的权限",
    sqlite3.SQLITE_IOERR: "数据文件读写出错，没有存上；请检查磁盘后再试",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}

_stopped: WeakSet[Engine] = WeakSet()
_UNIQUE = "UNIQUE constraint failed"
"""What the driver says; it gives no extended code."""


@contextmanager
def transaction(engine: Engine, by: str) -> Iterator[Session]:
    """A session that commits at the end, or drops everything if something is raised inside.

    What it changed is written into the history (改动历史) with the name of the person, in the same transaction.
    """
    if engine in _stopped:
        raise Damaged("数据文件已损坏，没有存上，程序不再写入；请关闭程序，从备份恢复。")
    with _watched(engine):
        with Session(engine, expire_on_commit=False, info={BY: by}) as session, session.begin():
            history.watch(session)
            yield session
            entries = history.write(session, by, datetime.now())
            if any(entry.action is Action.ACCOUNT for entry in entries):
                key_age.remember(session, folder_of(engine))
        wal.note(engine)


@contextmanager
def reading(engine: Engine, by: str) -> Iterator[Session]:
    """A session that only looks things up."""
    info = {BY: by, history.LOOKS: True}
    with _watched(engine), Session(engine, expire_on_commit=False, info=info) as session:
        yield session


def stop(engine: Engine) -> None:
    """Let nothing more be written to a database that is damaged: what is still right in it stays so."""
    _stopped.add(engine)


@contextmanager
def _watched(engine: Engine) -> Iterator[None]:
    try:
        with troubles():
            yield
    except Damaged:
        stop(engine)
        raise


@contextmanager
def troubles() -> Iterator[None]:
    """What goes wrong around the database becomes a Refusal; what is wrong with the program stays a bug."""
    try:
        yield
    except StaleDataError:
        raise Stale("这个案件刚刚被别人改过，您的改动没有存上；请记下改动，刷新后再改。") from None
    except IntegrityError as error:
        if not str(error.orig).startswith(_UNIQUE):
            raise
        raise Refusal("这个编号或名称已经用过了，没有存上；请换一个再试。") from None
    except DatabaseError as error:
        words = _TROUBLES.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)
        if words is None:
            raise
        raise (Damaged if words is _DAMAGED else Refusal)(words + "。") from None
