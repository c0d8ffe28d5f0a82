"""Whether two databases hold the same (内容是否一样): a hash over every value of every row, table by table.

It is of what is meant, not of the bytes of the file: those differ with the key and with every update of the shape.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

_AT_ONCE = 1000
_OWN = ("alembic_version", "case_words")
"""What every database makes for itself: the version of its shape, the index of words."""

Shape = Mapping[str, list[str]]
"""The columns of tables."""


def tables(connection: Any) -> list[str]:
    """Every table that holds rows of its own, those behind an index of words too."""
    asked = (
        "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
        " and name not like 'sqlite_stat%'"
    )
    return sorted(name for (name,) in connection.execute(asked))


def shape(connection: Any) -> dict[str, list[str]]:
    """All of a database."""
    return {name: _columns(connection, name) for name in tables(connection)}


def common(old: Any, new: Any, rewritten: Collection[tuple[str, str]] = ()) -> dict[str, list[str]]:
    """What an older and a newer database both have to tell, but for what an update says that it rewrites.

    ``rewritten`` names columns, or with "*" a whole table.
    """
    there = shape(new)
    return {
        name: [one for one in columns if one in there[name] and (name, one) not in rewritten]
        for name, columns in shape(old).items()
        if name in there and (name, "*") not in rewritten and not name.startswith(("sqlite_", *_OWN))
    }


def hashes(connection: Any, of: Shape, up_to: Mapping[str, int] | None = None) -> dict[str, str]:
    """SHA-256 of the rows of each table in their order; of those up to a row, where that is given."""
    return {
        name: _hash(connection, name, columns, (up_to or {}).get(name))
        for name, columns in of.items()
        if columns
    }


def last_rows(connection: Any, of: Shape) -> dict[str, int]:
    """The highest row of each table that numbers its rows."""
    return {
        name: connection.execute(f'select coalesce(max(rowid), 0) from "{name}"').fetchone()[0]
        for name in of
        if _numbers_rows(connection, name)
    }


def _columns(connection: Any, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'pragma table_info("{table}")')]


def _numbers_rows(connection: Any, table: str) -> bool:
    asked = "select wr from pragma_table_list where name = ? and schema = 'main'"
    return not connection.execute(asked, (table,)).fetchone()[0]


def _hash(connection: Any, table: str, columns: list[str], up_to: int | None) -> str:
    named = ", ".join(f'"{name}"' for name in columns)
    where = "" if up_to is None else f" where rowid <= {up_to:d}"
    order = " order by rowid" if _numbers_rows(connection, table) else ""
    cursor = connection.execute(f'select {named} from "{table}"{where}{order}')
    whole = hashlib.sha256(named.encode())
    while rows := cursor.fetchmany(_AT_ONCE):
        for row in rows:
            whole.update(repr(row).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()
