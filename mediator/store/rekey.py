"""A new data key (换密钥): the whole database written anew under it, for when somebody left who is not trusted.

Who once had the data key may have kept it; only a new one shuts them out. The old file is kept aside as it was, in a
data folder of its own. Wholly or not at all: the new key file is the point from which the new database holds; killed
before, the old one opens as ever; killed after, ``open_folder`` puts the new one in its place.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Timer
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from mediator.domain.errors import Refusal, trouble
from mediator.store import durable, keyfile, sameness, wholeness
from mediator.store.engine import connect, key_of
from mediator.store.folder import Folder, checked, paper_slot, take_over
from mediator.store.keyfile import Kind

Progress = Callable[[str], object]
_HELD_S = 15
"""How long the old database stays locked when it was put aside: who waits to write into it (10 s) must not come in."""


def rekey(
    folder: Folder, engine: Engine, *, without: str = "", paper: str = "", superior: str = "",
    tell: Progress = lambda words: None,
) -> Engine:  # fmt: skip
    """Give the data a new key that the users' passwords open as before, but for one user; return the database opened anew.

    The paper of before opens it no more: somebody may have a copy. ``paper`` is the recovery key that takes its place,
    ``superior`` the name of the superior whose key is to open the data still. Refusal if another program has the data
    open, the new file is not the same as the old, or there is no room.
    """
    old, key, key_id = key_of(engine), keyfile.new_key(), keyfile.new_id()
    kept = {
        Kind.USER.value: lambda slot: slot.login != without,
        Kind.SUPERIOR.value: lambda slot: slot.login == superior,
    }
    slots = [slot for slot in checked(folder, old).slots if slot.kind in kept and kept[slot.kind](slot)]
    papers = [paper_slot(paper, key)] if paper else []
    if not any(slot.kind == Kind.USER.value for slot in slots):
        raise Refusal(f"“{without}”是唯一能登录的人，不能取消；请先让另一位同事也能登录。")
    engine.dispose()
    connection = alone(folder, old)
    try:
        _clear(folder)
        durable.make_room(folder.path, folder.database.stat().st_size)
        tell("正在用新密钥重写数据……")
        _export(connection, folder.rekeyed(key_id), key)
        tell("正在核对新数据……")
        _compare(connection, folder.rekeyed(key_id), key)
        keep_keys(folder, folder.before(key_id))
        connection.execute("pragma journal_mode = delete")
        keyfile.write(folder.keys, [*(slot.resealed(key) for slot in slots), *papers], key, key_id=key_id)
    except BaseException as error:
        connection.close()
        if keyfile.read(folder.keys).key_id != key_id:
            _clear(folder)
        raise _told(error) from error
    _swap(folder, connection, key_id)
    return connect(folder.database, key)


def alone(folder: Folder, key: bytes, what: str = "换密钥") -> Any:
    """A connection that lets nobody else in; Refusal if somebody is in already."""
    connection = sqlcipher.connect(str(folder.database), isolation_level=None, check_same_thread=False)
    try:
        connection.execute("pragma cipher_log_level = NONE")
        connection.set_key(f"x'{key.hex()}'")
        connection.execute("pragma locking_mode = exclusive")
        connection.execute("begin exclusive")
        connection.execute("commit")
    except sqlcipher.OperationalError:
        connection.close()
        raise Refusal(f"数据正被另一个程序占用，不能{what}；请关掉别处打开的本程序，稍后再试。") from None
    return connection


def _export(connection: Any, fresh: Path, key: bytes) -> None:
    connection.execute("attach database ? as fresh key ?", (str(fresh), f"x'{key.hex()}'"))
    connection.execute("pragma fresh.synchronous = full")
    connection.execute("select sqlcipher_export('fresh')")
    version = connection.execute("pragma main.user_version").fetchone()[0]
    connection.execute(f"pragma fresh.user_version = {version}")
    connection.execute("detach database fresh")
    durable.sync(fresh)
    durable.sync_folder(fresh.parent)


def _compare(old: Any, fresh: Path, key: bytes) -> None:
    """See that the new file opens with its key alone, is sound, and holds the same to the last value of every row."""
    with closing(sqlcipher.connect(str(fresh), isolation_level=None)) as new:
        new.execute("pragma cipher_log_level = NONE")
        new.set_key(f"x'{key.hex()}'")
        if wholeness.damage(new) or _all(new) != _all(old):
            raise Refusal("用新密钥重写的数据和原来的不一样，没有换；原来的数据没有动，请检查磁盘后再试。")


def _all(connection: Any) -> tuple[list[Any], dict[str, str]]:
    """What is declared in a database, its triggers too, and what stands in every table."""
    declared = connection.execute("select type, name, tbl_name, sql from sqlite_master order by 1, 2")
    return declared.fetchall(), sameness.hashes(connection, sameness.shape(connection))


def keep_keys(folder: Folder, aside: Path) -> None:
    """A copy of the key file for the database that goes aside, so that it can still be opened."""
    aside.mkdir(mode=0o700)
    kept = Folder(aside)
    for copy in keyfile.copies(kept.keys):
        shutil.copyfile(folder.keys, copy)
        durable.sync(copy)
    durable.sync_folder(aside)


def _swap(folder: Folder, connection: Any, key_id: str) -> None:
    if os.name == "nt":  # there an open file cannot be renamed, and nobody can have it open behind our back
        connection.close()
    else:
        release = Timer(_HELD_S, connection.close)
        release.daemon = True
        release.start()
    try:
        take_over(folder, key_id)
    except OSError:
        raise Refusal("新密钥已经生效，但旧文件正被占用；请关闭本程序再打开，就会接着换完。") from None


def _clear(folder: Folder) -> None:
    """Take away what a change that came to nothing has left."""
    for path in folder.path.glob("mediator.db.[0-9]*"):
        path.unlink(missing_ok=True)
    for path in folder.path.glob("换密钥之前-*"):
        if not Folder(path).database.exists():
            shutil.rmtree(path, ignore_errors=True)


def _told(error: BaseException) -> BaseException:
    """Trouble of the disk as a sentence; anything else as it is."""
    if isinstance(error, OSError):
        return Refusal(f"没有换密钥，原来的数据没有动：{trouble(error)}。")
    if isinstance(error, sqlcipher.OperationalError):
        return Refusal("没有换密钥，原来的数据没有动：数据文件读写出错，请检查磁盘空间后再试。")
    return error
