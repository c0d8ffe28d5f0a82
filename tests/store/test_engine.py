"""The encrypted database: its settings, and that nobody reads it without the key."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from reading import ID, NAMES, enter_a_case, numbers
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from mediator.store.engine import connect
from mediator.store.folder import Folder, create, open_folder

pytestmark = pytest.mark.usefixtures("cheap")


def settings_of(engine: Engine) -> dict[str, Any]:
    asked = (
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "trusted_schema",
        "cell_size_check",
        "busy_timeout",
        "temp_store",
    )
    with engine.connect() as connection:
        return {name: connection.scalar(text(f"pragma {name}")) for name in asked}


EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": 10_000,
    "temp_store": 0,
}


def test_every_connection_has_the_settings_that_keep_a_promise(folder: Folder, password: str) -> None:
    engine = open_folder(folder, "chen", password)
    with engine.connect():
        assert settings_of(engine) == EXPECTED
    assert settings_of(engine) == EXPECTED
    with engine.connect() as connection:
        assert connection.scalar(text("pragma cipher_version"))
        options = set(connection.scalars(text("pragma compile_options")))
        assert "TEMP_STORE=2" in options, "what is sorted must not go to a file in clear"
        assert connection.execute(text("pragma cipher_integrity_check")).all() == []
    engine.dispose()


def test_a_folder_just_set_up_has_them_too(tmp_path: Path, password: str) -> None:
    engine = create(Folder(tmp_path / "data"), "chen", password)
    assert settings_of(engine) == EXPECTED
    engine.dispose()


def test_nothing_of_a_case_stands_in_any_file(folder: Folder, engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("pragma wal_autocheckpoint = 0"))
        enter_a_case(engine)
    log = folder.database.with_name("mediator.db-wal").read_bytes()
    assert len(log) > 10_000
    with engine.connect() as connection:
        connection.execute(text("pragma wal_checkpoint(full)"))
    kept = folder.database.read_bytes()
    for data in (log, kept):
        for word in (*NAMES, ID, "漏水", "create table", "case_words", "陈志华"):
            assert word.encode() not in data
            assert word.encode("utf-16-le") not in data
    assert not kept.startswith(b"SQLite")


def test_the_same_data_would_be_seen_without_the_cipher(tmp_path: Path) -> None:
    """The check above can fail."""
    with sqlite3.connect(tmp_path / "plain.db") as plain:
        plain.execute("create table party (name text)")
        plain.execute("insert into party values (?)", (NAMES[0],))
    plain.close()
    assert NAMES[0].encode() in (tmp_path / "plain.db").read_bytes()


@pytest.mark.parametrize("driver", [sqlite3, sqlcipher])
def test_the_file_does_not_open_without_a_key(folder: Folder, driver: Any) -> None:
    connection = driver.connect(str(folder.database))
    if driver is sqlcipher:
        connection.execute("pragma cipher_log_level = NONE")
    with pytest.raises(driver.DatabaseError):
        connection.execute("select * from sqlite_master")
    connection.close()


def test_a_wrong_key_reads_nothing_and_loses_nothing_that_waits_in_the_log(
    folder: Folder, key: bytes, password: str
) -> None:
    engine = connect(folder.database, key)
    number = enter_a_case(engine)
    copy = Folder(folder.path.with_name("as after a crash"))
    shutil.copytree(folder.path, copy.path)
    engine.dispose()
    assert (copy.path / "mediator.db-wal").stat().st_size
    wrong = connect(copy.database, bytes(32))
    with pytest.raises(DatabaseError), wrong.connect() as connection:
        connection.execute(text("select * from sqlite_master"))
    wrong.dispose()
    right = open_folder(copy, "chen", password)
    assert numbers(right) == [number]
    right.dispose()
