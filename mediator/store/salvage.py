"""Rows that can still be read (抢救), taken out of a damaged database one table after another.

One unreadable page hides the rows on it, and an error spoils the connection: so a span of rows that cannot be read is
halved until what can be read is read and single rows are left that cannot.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import LargeBinary, Table

from mediator.store.models import metadata
from mediator.store.wholeness import open_database

AHEAD = 4096
"""How many ids beyond the last page that can be read are tried, where a table does not tell its last id."""
_AT_ONCE = 500

Row = tuple[Any, ...]


class Wreck:
    """A damaged database that is read as far as it goes."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self.key = path, key
        self.connection = open_database(path, key)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def ask(self, query: str, *values: int) -> list[Row] | None:
        """What a query finds; None if that cannot be read."""
        try:
            return list(self.connection.execute(query, values))
        except sqlcipher.DatabaseError:
            self.connection.close()  # after an error it answers nothing any more
            self.connection = open_database(self.path, self.key)
            return None

    def columns(self, table: Table) -> list[str] | None:
        """The columns that a table has there; None if there is nothing to be read."""
        found = self.ask(f'pragma table_info("{table.name}")')
        return [str(row[1]) for row in found] if found else None

    def rows(self, table: Table, columns: list[str]) -> Iterator[tuple[list[Row], int]]:
        """The rows that can be read, in portions, each with how many ids before them could not be."""
        wanted = ", ".join(f'"{name}"' for name in columns)
        query = f'select {wanted} from "{table.name}" not indexed where id between ? and ? order by id'
        at_once = _AT_ONCE if not any(isinstance(column.type, LargeBinary) for column in table.columns) else 1
        spans = [(1, self._last(table))]
        while spans:
            first, last = spans.pop()
            if last < first:
                continue
            found = self.ask(query, first, last) if last - first < at_once else None
            if found is not None:
                yield found, 0
            elif first == last:
                yield [], 1
            else:
                middle = (first + last) // 2
                spans += [(middle + 1, last), (first, middle)]

    def _last(self, table: Table) -> int:
        """The highest id there may be in a table."""
        by_index = [f'indexed by "{index.name}"' for index in table.indexes]
        for how in ("not indexed", *by_index):
            found = self.ask(f'select max(id) from "{table.name}" {how}')
            if found is not None:
                return int(found[0][0] or 0)
        # The last page of the table is damaged: whatever is asked for beyond the page before finds no answer.
        steps = [1 << n for n in range(22)]
        seek = f'select 1 from "{table.name}" not indexed where id = ?'
        answered = [step for step in steps if self.ask(seek, step) is not None]
        return 2 * max(answered, default=1) + AHEAD


def salvage(wreck: Wreck, target: Any, tell: Callable[[int, int], None]) -> dict[str, tuple[int, int]]:
    """Write what can be read into an empty database; return how many rows of each table came over, and how many did not.

    Rows whose table cannot be read at all count as one that is missing.
    """
    came: dict[str, tuple[int, int]] = {}
    tables = metadata.sorted_tables
    target.execute("pragma foreign_keys = off")
    for number, table in enumerate(tables):
        tell(number, len(tables))
        there = wreck.columns(table)
        if there is None:
            came[table.name] = (0, 1)
            continue
        columns = [column.name for column in table.columns if column.name in there]
        came[table.name] = _bring(wreck, target, table, columns)
    return came


def settle_the_lost(target: Any) -> dict[str, int]:
    """Settle what refers to a row that could not be read: where it may stand alone it does, else it goes as well.

    How many rows went, by table; they still lie in the damaged file, which is kept.
    """
    gone: dict[str, int] = {}
    while lost := set(target.execute("pragma foreign_key_check").fetchall()):
        target.execute("begin immediate")
        for name, row, _above, number in lost:
            column = next(
                key[3] for key in target.execute(f'pragma foreign_key_list("{name}")') if key[0] == number
            )
            if metadata.tables[name].columns[column].nullable:
                target.execute(f'update "{name}" set "{column}" = null where rowid = ?', (row,))
            else:
                target.execute(f'delete from "{name}" where rowid = ?', (row,))
                gone[name] = gone.get(name, 0) + 1
        target.execute("commit")
    return gone


def _bring(wreck: Wreck, target: Any, table: Table, columns: list[str]) -> tuple[int, int]:
    came = missing = 0
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    target.execute("begin immediate")
    for rows, unread in wreck.rows(table, columns):
        target.executemany(f'insert into "{table.name}" ({names}) values ({places})', rows)
        came, missing = came + len(rows), missing + unread
    target.execute("commit")
    return came, missing
