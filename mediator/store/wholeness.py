"""Whether a database is whole (数据核对): every page, the structure, and that every row belongs somewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from mediator.domain.errors import Damaged
from mediator.store.models import metadata

WAIT_SECONDS = 10.0
_UNREADABLE = "数据文件有一部分读不出来"


def open_database(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A connection of one's own to a database; ``read_only`` is for a file that nobody is writing to.

    Read only, nothing at all is written: no lock, no log, no index of the log.
    """
    uri = path.absolute().as_uri() + ("?mode=ro&immutable=1" if read_only else "?mode=rw")
    connection = sqlcipher.connect(
        uri, uri=True, isolation_level=None, timeout=WAIT_SECONDS, check_same_thread=False
    )
    connection.execute("pragma cipher_log_level = NONE")
    connection.set_key(f"x'{key.hex()}'")
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma cell_size_check = on")
    return connection


@contextmanager
def readable(words: str) -> Iterator[None]:
    """What cannot be read inside is Damaged, in these words."""
    try:
        yield
    except sqlcipher.DatabaseError:
        raise Damaged(words) from None


def troubles(connection: Any, tell: Callable[[], None] = lambda: None) -> list[str]:
    """What is wrong with a database, a clause each; none if it is whole. ``tell`` is called after each part."""
    return _looked(connection, (_pages, _structure, _belonging), tell)


def damage(connection: Any, tell: Callable[[], None] = lambda: None) -> list[str]:
    """What is wrong with the file itself, a clause each: then nothing more may be written to it."""
    return _looked(connection, (_pages, _structure), tell)


def orphans(connection: Any) -> list[str]:
    """The rows that belong to nothing, a clause a table: a fault of what was written, the file is sound all the same."""
    return _looked(connection, (_belonging,), lambda: None)


def _looked(
    connection: Any, looks: tuple[Callable[[Any], list[str]], ...], tell: Callable[[], None]
) -> list[str]:
    found = []
    for look in looks:
        try:
            found += look(connection)
        except sqlcipher.DatabaseError:
            found.append(_UNREADABLE)
        tell()
    return list(dict.fromkeys(found))


def counts(connection: Any) -> dict[str, int]:
    """How many rows every table has."""
    tables = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    names = [name for (name,) in connection.execute(tables) if not name.startswith("case_words")]
    return {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}


def bad_pages(connection: Any) -> int:
    """How many pages of the file are not as they were written, by the code (HMAC) that each has.

    What looks bad is looked at again: a page just being written is not bad the next time.
    """
    for _ in range(3):
        bad = connection.execute("pragma cipher_integrity_check").fetchall()
        if not bad:
            break
    return len(bad)


def _pages(connection: Any) -> list[str]:
    bad = bad_pages(connection)
    return [f"有 {bad} 页读不出来，或被改动过"] if bad else []


def _structure(connection: Any) -> list[str]:
    said = connection.execute("pragma integrity_check").fetchall()
    return [] if said == [("ok",)] else [f"数据的结构有 {len(said)} 处损坏"]


def _belonging(connection: Any) -> list[str]:
    lost: dict[str, int] = {}
    for table, *_ in connection.execute("pragma foreign_key_check"):
        lost[table] = lost.get(table, 0) + 1
    return [f"“{title(table)}”里有 {n} 行找不到它所属的记录" for table, n in lost.items()]


def title(table: str) -> str:
    """What people call what a table holds."""
    titles = {one.local_table.name: one.class_.title for one in _mappers()}
    return titles.get(table) or table


def _mappers() -> Any:
    from mediator.domain.base import Base

    assert metadata.tables
    return Base.registry.mappers
