"""A data folder that cannot be opened is refused in one sentence and never harmed."""

import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from reading import contents, enter_a_case
from sqlalchemy import text

from mediator.domain.errors import Refusal
from mediator.store import keyfile
from mediator.store.folder import Folder, create, open_folder

pytestmark = pytest.mark.usefixtures("cheap")


def write_plain(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("create table party (id integer)")
    other.close()


def replace_by_a_file(folder: Folder, _password: str) -> None:
    shutil.rmtree(folder.path)
    folder.path.write_text("x")


def lose_the_keys(folder: Folder, _password: str) -> None:
    for copy in keyfile.copies(folder.keys):
        copy.unlink()


def tear_the_keys(folder: Folder, _password: str) -> None:
    for copy in keyfile.copies(folder.keys):
        copy.write_bytes(copy.read_bytes()[:90])


def make_the_keys_folders(folder: Folder, _password: str) -> None:
    lose_the_keys(folder, "")
    for copy in keyfile.copies(folder.keys):
        copy.mkdir()


def cut(size: float) -> Callable[[Folder, str], object]:
    """A file cut to so many bytes or to a share of them, or cut of so many bytes."""

    def spoil(folder: Folder, _password: str) -> None:
        data = folder.database.read_bytes()
        folder.database.write_bytes(data[: int(size * len(data) if 0 < size < 1 else size)])

    return spoil


def flip(at: int) -> Callable[[Folder, str], object]:
    def spoil(folder: Folder, _password: str) -> None:
        data = bytearray(folder.database.read_bytes())
        data[at] ^= 1
        folder.database.write_bytes(data)

    return spoil


SPOILERS: dict[str, tuple[Callable[[Folder, str], object], str]] = {
    "nothing there": (lambda folder, _: shutil.rmtree(folder.path), "没有数据"),
    "a file in its place": (replace_by_a_file, "没有数据"),
    "no database": (lambda folder, _: folder.database.unlink(), r"缺少数据文件 mediator\.db"),
    "no keys": (lose_the_keys, r"密钥文件打不开.*keys\.json"),
    "torn keys": (tear_the_keys, "密钥文件打不开"),
    "folders for keys": (make_the_keys_folders, "密钥文件打不开"),
    "plain SQLite": (lambda folder, _: write_plain(folder.database), "不是本程序的数据"),
    "another program's file": (lambda f, _: f.database.write_bytes(b"PK\x03\x04" * 5_000), "已损坏"),
    "random bytes": (lambda f, _: f.database.write_bytes(random.Random(1).randbytes(40_960)), "已损坏"),
    "zeros": (lambda folder, _: folder.database.write_bytes(bytes(81_920)), "已损坏"),
    **{f"cut to {size}": (cut(size), "已损坏") for size in (0, 1, 15, 16, 100, 4_095, 4_096, 8_192, 0.5, -4_096)},
    **{f"byte {at}": (flip(at), "已损坏") for at in (0, 15, 16, 100, 4_000, 4_095)},
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILERS)
def test_a_spoilt_folder_is_refused_in_one_sentence_and_not_touched(
    folder: Folder, password: str, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    spoil, words = SPOILERS[name]
    spoil(folder, password)
    before = contents(folder.path.parent)
    for _ in range(2):
        with pytest.raises(Refusal, match=words) as refusal:
            open_folder(folder, "chen", password)
        said = str(refusal.value)
        assert said.endswith("。") and said.count("。") == 1 and "\n" not in said
    assert contents(folder.path.parent) == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("log", ["mediator.db-wal", "mediator.db-shm"])
def test_a_log_that_makes_no_sense_takes_nothing_with_it(folder: Folder, password: str, log: str) -> None:
    folder.path.joinpath(log).write_bytes(random.Random(2).randbytes(33_000))
    engine = open_folder(folder, "chen", password)
    with engine.connect() as connection:
        assert connection.scalar(text("pragma integrity_check")) == "ok"
        assert connection.scalar(text("select count(*) from office")) == 1
    engine.dispose()


def test_an_empty_database_does_not_lose_the_log_beside_it(folder: Folder, password: str) -> None:
    """SQLite throws the log of an empty file away: it must not be let near."""
    engine = open_folder(folder, "chen", password)
    enter_a_case(engine)
    log = folder.database.with_name("mediator.db-wal").read_bytes()
    engine.dispose()
    folder.database.write_bytes(b"")
    folder.database.with_name("mediator.db-wal").write_bytes(log)
    with pytest.raises(Refusal, match="已损坏"):
        open_folder(folder, "chen", password)
    assert folder.database.with_name("mediator.db-wal").read_bytes() == log


@contextmanager
def nobody() -> Iterator[None]:
    """For a while, be a user who may write nowhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def locked_away(folder: Folder) -> Iterator[Folder]:
    """The folder where it can be read by everybody and written by nobody."""
    place = Path(tempfile.mkdtemp(prefix="只读 "))
    locked = Folder(place / "data")
    shutil.copytree(folder.path, locked.path)
    for path in (locked.keys, locked.database):
        path.chmod(0o444)
    locked.path.chmod(0o555)
    place.chmod(0o555)
    yield locked
    place.chmod(0o755)
    locked.path.chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in another way there")
def test_a_folder_that_cannot_be_written_is_refused(locked_away: Folder, password: str) -> None:
    before = contents(locked_away.path.parent)
    with nobody():
        with pytest.raises(Refusal, match="用不了"):
            open_folder(locked_away, "chen", password)
        with pytest.raises(Refusal, match="写不进去"):
            create(Folder(locked_away.path / "deeper"), "chen", password)
        with pytest.raises(Refusal, match="写不进去"):
            create(Folder(locked_away.path.parent / "beside"), "chen", password)
    assert contents(locked_away.path.parent) == before


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in another way there")
def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(
    locked_away: Folder, password: str
) -> None:
    locked_away.path.chmod(0o000)
    with nobody():
        for ask in (lambda: locked_away.exists, lambda: open_folder(locked_away, "chen", password)):
            with pytest.raises(Refusal, match="用不了"):
                ask()
        with pytest.raises(Refusal, match="用不了"):
            create(locked_away, "chen", password)


def test_a_file_where_the_database_should_come_is_refused(tmp_path: Path, password: str) -> None:
    (tmp_path / "mediator.db.new").mkdir()
    with pytest.raises(Refusal, match="写不进去"):
        create(Folder(tmp_path), "chen", password)
    assert [path.name for path in tmp_path.iterdir()] == ["mediator.db.new"]


def test_a_name_too_long_is_refused(tmp_path: Path, password: str) -> None:
    with pytest.raises(Refusal, match="用不了"):
        create(Folder(tmp_path / ("长" * 300)), "chen", password)


def test_a_folder_in_use_by_somebody_who_lets_nobody_in(
    folder: Folder, key: bytes, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlcipher, "connect", partial(sqlcipher.connect, timeout=0.1))
    other = sqlcipher.connect(str(folder.database))
    other.set_key(f"x'{key.hex()}'")
    other.execute("pragma locking_mode = exclusive")
    other.execute("begin exclusive")
    other.execute("create table x (y)")
    with pytest.raises(Refusal, match="用不了"):
        open_folder(folder, "chen", password)
    other.rollback()
    other.close()
    open_folder(folder, "chen", password).dispose()
