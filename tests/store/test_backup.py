"""A backup is whole and verified, or there is none; whatever happens on the way, older ones stay as they are."""

import errno
import json
import os
import random
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from reading import NAMES, contents, enter_a_case
from sqlalchemy import Engine

from mediator.domain.errors import Damaged, Refusal
from mediator.store import backup, durable, keyfile, manifest, wholeness
from mediator.store.backup import Source, make
from mediator.store.engine import connect
from mediator.store.folder import Folder
from mediator.store.manifest import Copy, found, listed
from mediator.store.wholeness import open_database

NOW = datetime(2026, 11, 22, 8, 30, 12)


@pytest.fixture
def source(folder: Folder, key: bytes) -> Source:
    return Source(folder.database, folder.keys, key, "0.6")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "移动 硬盘𪚥"
    made.mkdir()
    return made


@pytest.fixture
def engine(folder: Folder, key: bytes) -> Any:
    opened = connect(folder.database, key)
    enter_a_case(opened)
    yield opened
    opened.dispose()


def everything(path: Path, key: bytes, *, read_only: bool = False) -> dict[str, list[Any]]:
    """All rows of all tables, but for those of the word index."""
    with closing(open_database(path, key, read_only=read_only)) as connection:
        return {
            name: connection.execute(f'select * from "{name}" order by rowid').fetchall()
            for name in wholeness.counts(connection)
        }


def test_a_backup_holds_all_there_is_and_opens_with_the_password(
    source: Source, engine: Engine, place: Path, key: bytes, password: str
) -> None:
    made = make(source, place, NOW)
    assert made.path.name.isascii() and made.path.name.endswith("-20261122-083012")
    assert listed(place) == [made] == [found(made.path)] == [found(made.path / "manifest.json")]
    assert everything(made.database, key, read_only=True) == everything(source.database, key)
    assert keyfile.unlock(made.keys, "chen", password) == key
    assert made.manifest.cases == 1 and made.manifest.counts["party"] == 2
    assert (made.manifest.made_at, made.manifest.office_name) == (NOW, "滨江社区人民调解委员会")
    assert {path.name for path in made.path.iterdir()} == {
        "backup.db", "keys.json", "keys.copy.json", "manifest.json", "阅读说明.txt",
    }  # fmt: skip


def test_nothing_in_a_backup_can_be_read_without_the_key(source: Source, engine: Engine, place: Path) -> None:
    made = make(source, place, NOW)
    whole = b"".join(contents(made.path).values())
    for name in NAMES:
        assert name.encode() not in whole


def test_a_backup_can_be_read_where_nothing_may_be_written(
    source: Source, engine: Engine, place: Path, key: bytes
) -> None:
    made = make(source, place, NOW)
    before = contents(made.path)
    everything(made.database, key, read_only=True)
    backup.check(made.database, key, made.manifest)
    assert contents(made.path) == before


def test_the_copy_is_of_one_moment_while_others_save(
    source: Source, engine: Engine, place: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES_AT_ONCE", 8)
    asked: list[int] = []
    others = connect(source.database, key)

    def tell(done: int, of: int) -> None:
        asked.append(done)
        if len(asked) < 6:
            enter_a_case(others)

    made = make(source, place, NOW, tell)
    others.dispose()
    assert made.manifest.cases == 1
    with closing(open_database(made.database, key, read_only=True)) as copy:
        assert copy.execute('select count(*) from "case"').fetchone() == (1,)
    with closing(open_database(source.database, key)) as live:
        assert live.execute('select count(*) from "case"').fetchone() == (6,)
    assert asked == sorted(asked) and asked[-1] == 100 and len(asked) > 15


def test_it_can_be_stopped_at_any_piece_and_nothing_is_left(
    source: Source, engine: Engine, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES_AT_ONCE", 32)
    older = make(source, place, NOW)
    before = contents(place)

    class StoppedError(Exception):
        pass

    for at in (0, 3, 20, 49, 50, 60, 66, 75, 95, 100):

        def tell(done: int, of: int, at: int = at) -> None:
            if done >= at:
                raise StoppedError

        with pytest.raises(StoppedError):
            make(source, place, NOW + timedelta(hours=1), tell)
        assert contents(place) == before, at
    assert listed(place) == [older]


def failing(code: int, after: int, real: Callable[..., Any]) -> Callable[..., Any]:
    calls = iter(range(after))

    def call(*arguments: Any, **named: Any) -> Any:
        if next(calls, None) is None:
            raise OSError(code, os.strerror(code))
        return real(*arguments, **named)

    return call


@pytest.mark.parametrize(("code", "words"), [(errno.ENOSPC, "空间不够"), (errno.EIO, "请重新插好")])
@pytest.mark.parametrize("call", ["write", "fsync", "replace", "mkdir"])
def test_a_drive_that_fails_at_any_call_leaves_older_backups_alone(
    source: Source,
    engine: Engine,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    code: int,
    words: str,
) -> None:
    make(source, place, NOW)
    before = contents(place)
    failed = 0
    for after in range(100):
        with monkeypatch.context() as patched:
            patched.setattr(os, call, failing(code, after, getattr(os, call)))
            try:
                make(source, place, NOW + timedelta(hours=1))
                break
            except Refusal as refusal:
                assert words in str(refusal) and str(refusal).endswith("。")
        failed += 1
        assert contents(place) == before
        assert len(listed(place)) == 1
    assert failed >= {"write": 4, "fsync": 10, "replace": 4, "mkdir": 1}[call]


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.parametrize("room_kib", [4, 16, 64, 200, 400, 440])
def test_a_disk_that_is_really_full(
    source: Source, engine: Engine, place: Path, monkeypatch: pytest.MonkeyPatch, room_kib: int
) -> None:
    """On a disk of its own; what is free is not told, so that the end comes in mid-write."""
    if os.system(f"mount -t tmpfs -o size={room_kib}k mediator-test '{place}' 2>/dev/null"):
        pytest.skip("no disk can be mounted here")
    try:
        with monkeypatch.context() as patched:
            patched.setattr(durable, "make_room", lambda where, size: None)
            with pytest.raises(Refusal, match="空间不够"):
                make(source, place, NOW)
        assert not list(place.iterdir())
        if room_kib < 440:
            with pytest.raises(Refusal, match="空间不够"):
                make(source, place, NOW)
    finally:
        os.system(f"umount '{place}'")


KILLED_AT: dict[str, tuple[object, str, int]] = {
    "before the keys": (durable, "write", 0),
    "between the keys": (durable, "write", 1),
    "before the database is copied": (durable, "make_room", 2),
    "when it is copied": (durable, "sync", 2),
    "before it has its name": (durable, "name_at_last", 2),
    "when it is read back": (durable, "digest", 5),
    "when it is checked": (backup, "check", 0),
    "before the words": (durable, "write", 2),
    "before the manifest": (durable, "write", 3),
    "when all is written": (backup, "_keep_folder", 0),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
@pytest.mark.parametrize("point", KILLED_AT)
def test_killed_anywhere_there_is_a_whole_backup_or_none(
    source: Source, folder: Folder, place: Path, key: bytes, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    first = make(source, place, NOW)
    before = contents(place)
    module, name, times = KILLED_AT[point]
    real = getattr(module, name)
    child = os.fork()
    if not child:
        calls = iter(range(times))

        def call(*values: Any, **named: Any) -> Any:
            if next(calls, None) is None:
                os._exit(9)
            return real(*values, **named)

        setattr(module, name, call)
        make(source, place, NOW + timedelta(hours=1))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9, "the point was never reached"
    left = listed(place)
    assert len(left) == (2 if point == "when all is written" else 1)
    for copy in left:
        backup.check(copy.database, key, copy.manifest)
    assert {name: data for name, data in contents(place).items() if first.path.name in name} == before
    for folder_left in place.iterdir():
        os.utime(folder_left, (0, 0))
    backup.clear_leavings(place, first.manifest.office_uid, NOW)
    finished = {
        path for path in place.iterdir() if (path / backup.README).exists()
    }  # but for the manifest: whole
    assert {copy.path for copy in left} | finished == set(place.iterdir())
    assert everything(source.database, key)["office"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_killed_at_random_moments(source: Source, engine: Engine, place: Path, key: bytes) -> None:
    engine.dispose()
    chance = random.Random(4)
    first = make(source, place, NOW)
    began = datetime.now()
    make(source, place, NOW + timedelta(hours=1))
    took = (datetime.now() - began).total_seconds()
    for trial in range(12):
        child = os.fork()
        if not child:
            make(source, place, NOW + timedelta(days=1 + trial))
            os._exit(0)
        timer = threading.Timer(chance.uniform(0, took * 1.2), os.kill, (child, signal.SIGKILL))
        timer.start()
        os.waitpid(child, 0)
        timer.cancel()
        timer.join()
        left = listed(place)
        assert left[-1] == first
        for copy in left:
            backup.check(copy.database, key, copy.manifest)
            assert everything(copy.database, key, read_only=True) == everything(source.database, key)


def spoil(copy: Copy, name: str, chance: random.Random) -> None:
    path = copy.path / name
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["backup.db", "keys.json", "manifest.json"])
def test_any_flipped_bit_is_found(source: Source, engine: Engine, place: Path, key: bytes, name: str) -> None:
    made = make(source, place, NOW)
    chance = random.Random(7)
    good = (made.path / name).read_bytes()
    for _ in range(40):
        spoil(made, name, chance)
        if name == "manifest.json":
            assert listed(place) == []
            with pytest.raises(Refusal, match="不是备份，或者已经损坏"):
                found(made.path)
        else:
            piece = made.manifest.files[name]
            assert durable.digest(made.path / name) != piece.sha256
        if name == "backup.db":
            with pytest.raises((Refusal, sqlcipher.DatabaseError)):
                backup.check(made.database, key, made.manifest)
        (made.path / name).write_bytes(good)
    assert listed(place) == [made]


def test_a_drive_that_keeps_something_else_is_found_out(
    source: Source, engine: Engine, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = durable.name_at_last

    def lying(part: Path, final: Path) -> None:
        named(part, final)
        if final.name == manifest.DATABASE:
            data = bytearray(final.read_bytes())
            data[len(data) // 2 : len(data) // 2 + 4096] = bytes(4096)
            final.write_bytes(data)

    monkeypatch.setattr(durable, "name_at_last", lying)
    with pytest.raises(Refusal, match="没有通过核对"):
        make(source, place, NOW)
    assert not list(place.iterdir())


def test_damaged_data_are_not_backed_up_and_said_to_be_damaged(
    source: Source, engine: Engine, place: Path, key: bytes
) -> None:
    engine.dispose()
    with source.database.open("r+b") as file:
        file.seek(source.database.stat().st_size // 2)
        file.write(bytes(5000))
    before = contents(source.database.parent)
    with pytest.raises(Damaged, match="没有改动它"):
        make(source, place, NOW)
    assert not list(place.iterdir())
    assert contents(source.database.parent) == before


@pytest.mark.parametrize("lie", [
    {"counts": {"case": "一"}}, {"counts": 3}, {"files": []}, {"files": {"../backup.db": {"size": 1, "sha256": ""}}},
    {"made_at": "昨天"}, {"format": 2}, {"extra": 1}, {"files": {}},
])  # fmt: skip
def test_a_manifest_that_makes_no_sense_is_none(
    source: Source, engine: Engine, place: Path, lie: dict[str, Any]
) -> None:
    made = make(source, place, NOW)
    body = json.loads((made.path / "manifest.json").read_bytes()) | lie
    del body["digest"]
    body["digest"] = manifest._digest(body)
    (made.path / "manifest.json").write_text(json.dumps(body), "utf-8")
    assert listed(place) == []


def test_two_in_the_same_second_have_folders_of_their_own(
    source: Source, engine: Engine, place: Path
) -> None:
    one, other = make(source, place, NOW), make(source, place, NOW)
    assert one.path != other.path and len(listed(place)) == 2


def test_what_was_cut_off_goes_after_a_day_and_nothing_else(
    source: Source, engine: Engine, place: Path
) -> None:
    made = make(source, place, NOW)
    uid = made.manifest.office_uid
    cut_off, of_others, fresh = (
        place / f"mediator-backup-{name}" for name in (f"{uid[:8]}-1", "zzzzzzzz-1", f"{uid[:8]}-2")
    )
    for path in (cut_off, of_others, fresh):
        path.mkdir()
        (path / "backup.db.part").write_bytes(b"x")
    yesterday = (datetime.now() - timedelta(days=2)).timestamp()
    for path in (cut_off, of_others, made.path):
        os.utime(path, (yesterday, yesterday))
    backup.clear_leavings(place, uid, datetime.now())
    assert {path.name for path in place.iterdir()} == {made.path.name, of_others.name, fresh.name}


def test_a_backup_taken_away_is_gone_whole(source: Source, engine: Engine, place: Path) -> None:
    made = make(source, place, NOW)
    backup.remove(made)
    assert not list(place.iterdir())


def test_a_folder_that_is_a_backup_is_not_worked_in(
    source: Source, engine: Engine, place: Path, password: str
) -> None:
    from mediator.store.folder import open_folder

    made = make(source, place, NOW)
    before = contents(place)
    with pytest.raises(Refusal, match="请从备份恢复"):
        open_folder(Folder(made.path), "chen", password)
    assert contents(place) == before
    shutil.rmtree(made.path)
