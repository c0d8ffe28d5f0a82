"""A new data key: everybody comes in as before but the one who left, and whatever happens one folder opens."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from reading import contents, enter_a_case, numbers
from sqlalchemy import Engine, text

from mediator.domain.errors import Refusal
from mediator.store import keyfile, recovery, rekey
from mediator.store.engine import check_opens, connect, key_of
from mediator.store.folder import Folder, add_login, open_folder, open_with, paper_slot, put
from mediator.store.keyfile import Kind

LEAVER = "不再可靠的 钱龘"
SECOND = "一个很长很长的密码 2"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock on what was put aside is let go at once: the tests look into it."""
    monkeypatch.setattr(rekey, "_HELD_S", 0.01)


@pytest.fixture
def full(folder: Folder, key: bytes) -> tuple[Folder, str]:
    """The folder with a second user, a recovery key and two cases; and the recovery key."""
    add_login(folder, LEAVER, SECOND, key)
    written = recovery.new()
    put(folder, key, paper_slot(written, key))
    return folder, written


def opened(folder: Folder, password: str) -> Engine:
    return open_folder(folder, "chen", password)


def logical(engine: Engine) -> dict[str, Any]:
    """Everything in a database, table by table."""
    with engine.connect() as connection:
        names = list(
            connection.scalars(text("select name from sqlite_master where type = 'table' order by name"))
        )
        return {n: sorted(map(repr, connection.exec_driver_sql(f'select * from "{n}"'))) for n in names}


def test_everybody_else_opens_the_same_data_as_before(full: tuple[Folder, str], password: str) -> None:
    folder, written = full
    engine = opened(folder, password)
    enter_a_case(engine)
    before, old = logical(engine), key_of(engine)
    paper = recovery.new()
    fresh = rekey.rekey(folder, engine, without=LEAVER, paper=paper)
    assert logical(fresh) == before
    assert key_of(fresh) != old
    enter_a_case(fresh)
    fresh.dispose()
    with pytest.raises(keyfile.Wrong):
        open_folder(folder, LEAVER, SECOND)
    with pytest.raises(keyfile.Wrong):
        open_with(folder, Kind.RECOVERY, recovery.private(written))
    for engine in (opened(folder, password), open_with(folder, Kind.RECOVERY, recovery.private(paper))):
        assert len(numbers(engine)) == 2
        engine.dispose()
    with pytest.raises(Refusal, match="与密钥不符"):
        check_opens(connect(folder.database, old), folder.database)


def test_what_was_is_kept_aside_as_a_folder_that_opens(full: tuple[Folder, str], password: str) -> None:
    folder, _written = full
    engine = opened(folder, password)
    enter_a_case(engine)
    rekey.rekey(folder, engine, without=LEAVER).dispose()
    [aside] = folder.path.glob("换密钥之前-*")
    before = open_folder(Folder(aside), LEAVER, SECOND)
    assert len(numbers(before)) == 1
    before.dispose()


def test_it_can_be_done_twice(full: tuple[Folder, str], password: str) -> None:
    folder, _written = full
    engine = opened(folder, password)
    number = enter_a_case(engine)
    engine = rekey.rekey(folder, rekey.rekey(folder, engine))
    assert numbers(engine) == [number]
    engine.dispose()
    assert len(list(folder.path.glob("换密钥之前-*"))) == 2
    open_folder(folder, LEAVER, SECOND).dispose()


def test_the_only_one_who_can_log_in_stays(folder: Folder, password: str) -> None:
    engine = opened(folder, password)
    with pytest.raises(Refusal, match="唯一能登录"):
        rekey.rekey(folder, engine, without="chen")
    engine.dispose()


def test_while_another_program_has_it_open_nothing_is_done(folder: Folder, key: bytes, password: str) -> None:
    engine, other = opened(folder, password), connect(folder.database, key)
    with other.connect() as connection:
        connection.scalar(text("select count(*) from office"))
        engine.dispose()
        before = folder.keys.read_bytes()
        with pytest.raises(Refusal, match="另一个程序占用"):
            rekey.rekey(folder, engine)
    other.dispose()
    assert folder.keys.read_bytes() == before
    assert not list(folder.path.glob("换密钥之前-*"))
    opened(folder, password).dispose()


class Cut(BaseException):
    """The process ends here."""


def counted(monkeypatch: pytest.MonkeyPatch, at: int, end: Callable[[], object]) -> list[str]:
    """End at the so-manieth call that makes something lasting; lists those done."""
    done: list[str] = []

    def wrap(owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def call(*values: Any, **named: Any) -> Any:
            if len(done) == at:
                end()
            done.append(name)
            return real(*values, **named)

        monkeypatch.setattr(owner, name, call)

    for name in ("fsync", "replace", "mkdir"):
        wrap(os, name)
    for name in ("alone", "_export", "_compare", "keep_keys"):
        wrap(rekey, name)
    return done


POINTS = 26
"""More than a change has; see the last test."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
@pytest.mark.parametrize("at", range(POINTS))
def test_killed_anywhere_one_folder_opens_with_all_that_was_saved(
    full: tuple[Folder, str], password: str, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    folder, _written = full
    child = os.fork()
    if not child:
        try:
            engine = opened(folder, password)
            enter_a_case(engine)
            counted(monkeypatch, at, lambda: os._exit(9))
            rekey.rekey(folder, engine, without=LEAVER)
        except BaseException:
            os._exit(3)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9)
    engine = opened(folder, password)
    assert len(numbers(engine)) == 1
    with engine.connect() as connection:
        assert connection.scalar(text("pragma integrity_check")) == "ok"
    enter_a_case(engine)
    rekey.rekey(folder, engine, without=LEAVER).dispose()
    assert not list(folder.path.glob("mediator.db.2*"))
    for aside in folder.path.glob("换密钥之前-*"):
        open_folder(Folder(aside), "chen", password).dispose()
    engine = opened(folder, password)
    assert len(numbers(engine)) == 2
    engine.dispose()


def test_there_are_no_more_points_than_are_tried(
    full: tuple[Folder, str], password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _written = full
    engine = opened(folder, password)
    done = counted(monkeypatch, 10_000, lambda: None)
    rekey.rekey(folder, engine).dispose()
    assert POINTS // 2 < len(done) <= POINTS


@pytest.mark.parametrize("point", ["_export", "_compare", "keep_keys"])
def test_a_full_disk_leaves_everything_as_it_was(
    full: tuple[Folder, str], password: str, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    folder, _written = full
    engine = opened(folder, password)
    number = enter_a_case(engine)

    def no_room(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as short, pytest.raises(Refusal, match="磁盘已满"):
        short.setattr(rekey, point, no_room)
        rekey.rekey(folder, engine)
    assert numbers(engine) == [number]
    engine.dispose()
    assert {name.split("/")[0] for name in contents(folder.path)} <= {
        "mediator.db", "mediator.db-wal", "mediator.db-shm", "keys.json", "keys.copy.json"
    }  # fmt: skip
    open_folder(folder, LEAVER, SECOND).dispose()


def test_a_copy_that_differs_is_not_taken(
    full: tuple[Folder, str], password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _written = full
    engine = opened(folder, password)
    number = enter_a_case(engine)
    real = rekey._export

    def lossy(connection: Any, fresh: Path, key: bytes) -> None:
        real(connection, fresh, key)
        other = sqlcipher.connect(str(fresh))
        other.set_key(f"x'{key.hex()}'")
        other.execute("delete from party where id = (select max(id) from party)")
        other.commit()
        other.close()

    with monkeypatch.context() as spoilt, pytest.raises(Refusal, match="不一样，没有换"):
        spoilt.setattr(rekey, "_export", lossy)
        rekey.rekey(folder, engine)
    assert numbers(engine) == [number]
    engine.dispose()


def test_no_room_is_said_before_anything_is_written(
    folder: Folder, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(folder, password)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 10}))
    with pytest.raises(Refusal, match="磁盘已满"):
        rekey.rekey(folder, engine)
    engine.dispose()
    assert not list(folder.path.glob("mediator.db.2*"))


def test_it_is_finished_also_where_the_clock_said_1970(
    full: tuple[Folder, str], password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _written = full
    with monkeypatch.context() as cut:
        cut.setattr(keyfile, "new_id", lambda: "19700101-000007-ab12")
        cut.setattr(rekey, "_swap", lambda _folder, connection, _key_id: connection.close())
        with pytest.raises(Refusal, match="与密钥不符"):
            check_opens(rekey.rekey(folder, opened(folder, password)), folder.database)
    opened(folder, password).dispose()
    assert not list(folder.path.glob("mediator.db.1*")) and len(list(folder.path.glob("换密钥之前-*"))) == 1
