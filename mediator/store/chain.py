"""The chain of audit entries (审计记录): what binds each to the one before and to what it changed, read as it lies there.

The texts that are hashed are made by the database itself, in one statement: so whatever writes an entry and whatever
checks a million of them have the same definition. Anybody else computes the same from an export (resources/verify_audit.py).
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

START = ""
"""What stands for the hash before the first entry."""
ENTRY = """json_array(
    id, cast(at as text), clock_suspect + 0, cast("by" as text), cast(action as text), case_id + 0, cast(detail as text),
    cast(reason as text), cast(medium as text), undoes + 0, cast(changes_digest as text)
)"""
"""As they are declared; the casts are for hands that put something else there, at which the database would stop."""
CHANGE = """json_array(
    cast("table" as text), row_id + 0, cast(turn as text), cast("before" as text), cast("after" as text)
)"""
_AT_ONCE = 1000

Row = tuple[int, str, str, str, str]
"""Number of an entry, what it tells, salt and digest of its changes, its hash."""


def link(before: str, told: str) -> str:
    """SHA-256 that chains an entry to the hash of the one before."""
    return hashlib.sha256(f"entry 1\n{before}\n{told}".encode()).hexdigest()


def digest(salt: str, told: Iterable[str]) -> str:
    """SHA-256 of the changes of one entry, of which there is one at least."""
    made = hashlib.sha256(f"changes 1\n{salt}".encode())
    for one in told:
        made.update(f"\n{one}".encode())
    return made.hexdigest()


def hash_of(connection: Connection, number: int, before: str) -> str:
    """The hash that an entry ought to have."""
    told = connection.exec_driver_sql(f"select {ENTRY} from entry where id = ?", (number,)).scalar_one()
    return link(before, told)


def digest_of(connection: Connection, number: int) -> str:
    """The digest that the changes of an entry ought to have; empty if it has none."""
    salt = connection.exec_driver_sql("select salt from entry where id = ?", (number,)).scalar_one()
    asked = f"select entry_id, {CHANGE} from change where entry_id = ? order by id"
    return next((digest(salt, told) for _, told in _by_entry(_rows(connection, asked, number))), "")


def entries(connection: Connection, since: int, until: int) -> Iterator[Row]:
    """The entries from one to another, both included, in order."""
    asked = f"select id, {ENTRY}, salt, changes_digest, hash from entry where id between ? and ? order by id"
    return _rows(connection, asked, since, until)


def changes(connection: Connection, since: int, until: int) -> Iterator[tuple[int, Iterator[str]]]:
    """What was changed by the entries from one to another, by entry, to be taken up one after the other.

    They lie in the order of their entries.
    """
    asked = "select id from change where entry_id >= ? order by entry_id, id limit 1"
    first = connection.exec_driver_sql(asked, (since,)).scalar()
    if first is None:
        return iter(())
    asked = f"select entry_id, {CHANGE} from change where id >= ? and entry_id <= ? order by id"
    return _by_entry(_rows(connection, asked, first, until))


def ends(connection: Connection) -> tuple[int, int]:
    """The number of the newest entry, and the highest ever given out: the same unless entries were taken away."""
    asked = "select (select max(id) from entry), (select seq from sqlite_sequence where name = 'entry')"
    last, given = connection.exec_driver_sql(asked).one()
    return last or 0, given or 0


@contextmanager
def one_moment(connection: Connection) -> Iterator[None]:
    """All that is read inside is as of one moment, whoever writes meanwhile; nothing may be written inside."""
    driver = driver_of(connection)
    if driver.in_transaction:
        yield
        return
    connection.exec_driver_sql("begin")
    try:
        yield
    finally:
        if driver.in_transaction:
            connection.exec_driver_sql("rollback")


def hash_at(connection: Connection, number: int) -> str | None:
    """The hash that an entry has; that before the first for 0, None where there is no such entry."""
    if number == 0:
        return START
    found = connection.exec_driver_sql("select hash from entry where id = ?", (number,)).scalar()
    return None if found is None else str(found)


def number_of(connection: Connection, beginning: str) -> int | None:
    """The entry whose hash begins like this; None if there is none."""
    asked = "select id from entry where hash >= ? and hash < ? order by id limit 1"
    found = connection.exec_driver_sql(asked, (beginning, beginning + "g")).scalar()
    return None if found is None else int(found)


def driver_of(connection: Connection) -> Any:
    """The driver's own connection."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    return driver


def _by_entry(rows: Iterator[Any]) -> Iterator[tuple[int, Iterator[str]]]:
    return ((number, map(itemgetter(1), group)) for number, group in groupby(rows, itemgetter(0)))


def _rows(connection: Connection, statement: str, *values: int) -> Iterator[Any]:
    """The rows as the driver gives them: SQLAlchemy's own would double the time."""
    cursor = driver_of(connection).cursor()
    try:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows
    finally:
        cursor.close()
