"""Making a backup (备份): a whole copy in a folder of its own, opened again and found whole before it counts.

The order is what makes it safe: keys, database, all of it read back and checked, and the manifest last. Whatever happens
on the way, there is no new backup and every older one is as it was. The copy is taken by SQLite itself from one
moment of the database, however much is saved meanwhile: the file of a living database is never opened otherwise.
"""

import errno
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from mediator.domain.errors import Damaged, Refusal
from mediator.store import durable, keyfile, wholeness
from mediator.store.keyfile import Kind
from mediator.store.manifest import DATABASE, NAME, PREFIX, Copy, Manifest, Piece
from mediator.store.wholeness import open_database

PAGES_AT_ONCE = 512
"""2 MiB; between two such pieces the work can be stopped."""
LEAVINGS_HOURS = 24
"""After so long, a folder without a manifest is what an attempt that was cut off has left."""
_NEXT_TO_NOTHING = 2**16
"""Bytes free on a disk that is full: SQLite calls it an error of reading and writing where a log finds no room."""
README = "阅读说明.txt"
_WORDS = """这是“{office}”人民调解案件数据的备份，制作于 {at}。

恢复：在人民调解程序里打开“设置”，点“恢复…”，选这个文件夹，输入当时的用户名和密码。
也可以在命令行里用：mediator restore 这个文件夹 --data 新的数据文件夹

数据是加密的，没有密码打不开。请不要改名、修改或删去这个文件夹里的文件，少一个就不能恢复。
"""
_DAMAGED = "数据文件已损坏，没有做成备份，没有改动它；请从以前的备份恢复。"

Progress = Callable[[int, int], None]
"""Told how much is done, of how much; what it raises ends the work, and nothing is left of it."""


@dataclass(frozen=True)
class Source:
    """What is backed up."""

    database: Path
    keys: Path
    key: bytes
    program: str
    """Version of the program."""
    checkpoint: Mapping[str, str | int] = field(default_factory=dict)
    """How far the chain of audit entries has come, signed: it goes into the manifest."""


def make(source: Source, place: Path, now: datetime, tell: Progress = lambda done, of: None) -> Copy:
    """Make a verified backup in a place; Refusal if it could not be made or is not whole, and then nothing is left."""
    folder = None
    try:
        with closing(open_database(source.database, source.key)) as live:
            live.execute("begin")  # from here on it sees one moment, whatever others save
            office_uid, office_name = live.execute("select uid, name from office").fetchone()
            folder = _folder(place, office_uid, now)
            files = {
                copy.name: _keep_keys(copy, folder) for copy in keyfile.copies(source.keys) if copy.exists()
            }
            check_keys(folder / source.keys.name, source.key)
            manifest = Manifest(
                office_uid, office_name, now, source.program, _schema(live), wholeness.counts(live), *_head(live), files,
                source.checkpoint,
            )  # fmt: skip
            size = _copy_database(live, source, folder, tell)
            if wholeness.bad_pages(live):  # a page that cannot be read is copied as zeros, and nobody is told
                raise Damaged(_DAMAGED)
        files[DATABASE] = Piece(size, durable.digest(folder / DATABASE, _share(tell, size, 47, 55)))
        check(folder / DATABASE, source.key, manifest, lambda part: tell(55 + part, 100))
        with suppress(Refusal):  # on a drive that takes no Chinese names it goes without
            durable.write(
                folder, README, _WORDS.format(office=office_name, at=f"{now:%Y-%m-%d %H:%M}").encode()
            )
        durable.write(folder, NAME, manifest.write())
        _keep_folder(folder)
        tell(100, 100)
        return Copy(folder, manifest)
    except BaseException as error:
        told = _in_words(error, place) if isinstance(error, OSError | sqlcipher.DatabaseError) else None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if told:
            raise told from error
        raise


def check(
    database: Path, key: bytes, manifest: Manifest, tell: Callable[[int], None] = lambda part: None
) -> None:
    """Open a copy as it lies there and see that it is whole and holds what its manifest says; Refusal if not."""
    parts = iter((7, 43))
    with closing(open_database(database, key, read_only=True)) as copy:
        wrong = wholeness.damage(copy, lambda: tell(next(parts)))
        if not wrong and (wholeness.counts(copy), *_head(copy)) != (
            dict(manifest.counts), manifest.entry_id, manifest.entry_hash,
        ):  # fmt: skip
            wrong = ["行数与备份时对不上"]
        if not wrong and not _passes(copy, manifest.checkpoint):
            wrong = ["审计记录与备份说明里的检查点对不上"]
    if wrong:
        raise Refusal(f"备份没有通过核对：{'；'.join(wrong)}。盘可能坏了，请换一个盘再备份。")


def check_keys(keys: Path, key: bytes) -> None:
    """Read the key file in a backup and see that people can open the data with it; Refusal if not."""
    kept = keyfile.read(keys)
    if not kept.of(Kind.USER) or not kept.is_signed(key):
        raise Refusal(
            "密钥文件里能登录的人和上次保存的不一样，可能被人动过；请系统管理员先在“设置—人员和账号”里核对名单，再备份。"
        )


def clear_leavings(place: Path, office_uid: str, now: datetime, known: Collection[str] = ()) -> None:
    """Take away what attempts of this office that were cut off have left in a place.

    A backup that was once whole and has lost its manifest alone is none: it is ``known``, or was finished but for that.
    """
    before = (now - timedelta(hours=LEAVINGS_HOURS)).timestamp()
    for folder in place.glob(f"{PREFIX}{office_uid[:8]}-*"):
        with suppress(OSError):
            if folder.is_symlink() or (folder / NAME).exists() or folder.name in known:
                continue
            finished = (folder / DATABASE).exists() and (folder / README).exists()
            if not finished and folder.stat().st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)


def remove(copy: Copy) -> None:
    """Take a backup away: the manifest first, so that no half of one is ever taken for a whole."""
    (copy.path / NAME).unlink()
    durable.sync_folder(copy.path)
    shutil.rmtree(copy.path)


def _folder(place: Path, office_uid: str, now: datetime) -> Path:
    for later in range(100):
        folder = place / f"{PREFIX}{office_uid[:8]}-{now + timedelta(seconds=later):%Y%m%d-%H%M%S}"
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            return folder
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _keep_keys(path: Path, folder: Path) -> Piece:
    data = path.read_bytes()
    durable.write(folder, path.name, data)
    return Piece(len(data), durable.digest(folder / path.name))


def _copy_database(live: Any, source: Source, folder: Path, tell: Progress) -> int:
    part = folder / f"{DATABASE}.part"
    log = source.database.with_name(source.database.name + "-wal")
    size = source.database.stat().st_size + (log.stat().st_size if log.exists() else 0)
    durable.make_room(folder, size)
    part.touch(mode=0o600)

    def progress(_status: int, left: int, of: int) -> None:
        tell((of - left) * 45 // max(of, 1), 100)

    with closing(open_database(part, source.key)) as copy:
        copy.execute("pragma journal_mode = off")
        copy.execute("pragma synchronous = off")
        live.backup(copy, pages=PAGES_AT_ONCE, progress=progress)
        copy.execute("pragma journal_mode = delete")  # so that it can be read where nothing may be written
    durable.sync(part)
    durable.name_at_last(part, folder / DATABASE)
    return (folder / DATABASE).stat().st_size


def _head(connection: Any) -> tuple[int, str]:
    row = connection.execute("select id, hash from entry order by id desc limit 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def _passes(connection: Any, checkpoint: Mapping[str, str | int]) -> bool:
    """Whether the chain of a copy passes through the checkpoint of its manifest, if there is one."""
    size = checkpoint.get("size", 0)
    if not size:
        return True
    row = connection.execute("select hash from entry where id = ?", (size,)).fetchone()
    return row is not None and row[0] == checkpoint.get("head")


def _schema(connection: Any) -> str:
    return str(connection.execute("select version_num from alembic_version").fetchone()[0])


def _keep_folder(folder: Path) -> None:
    durable.sync_folder(folder)
    durable.sync_folder(folder.parent)


def _share(tell: Progress, size: int, since: int, until: int) -> Callable[[int], None]:
    done = 0

    def share(more: int) -> None:
        nonlocal done
        done += more
        tell(since + (until - since) * done // max(size, 1), 100)

    return share


def _in_words(error: OSError | Exception, place: Path) -> Refusal:
    """What went wrong while copying: on this side only damage is told apart, all else is put down to the place."""
    if isinstance(error, OSError):
        return durable.refusal(place, error)
    said = str(error)  # an error of the copying itself carries no number
    if "malformed" in said or "not a database" in said:
        return Damaged(_DAMAGED)
    full = "full" in said
    with suppress(OSError):
        full = full or shutil.disk_usage(place).free < _NEXT_TO_NOTHING
    number = errno.ENOSPC if full else errno.EROFS if "readonly" in said else errno.EIO
    return durable.refusal(place, OSError(number, os.strerror(number)))
