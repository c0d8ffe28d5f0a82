"""Cases compared row by row between two databases (抽查), whatever tables there are: by the foreign keys alone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from mediator.store import sameness, schema
from mediator.store.models import metadata

Shape = Mapping[str, list[str]]


def common(now: Any, then: Any) -> Shape:
    """By table the columns that both databases have, of which one may be older, and that no update has rewritten since."""
    version = str(then.execute("select version_num from alembic_version").fetchone()[0])
    return sameness.common(then, now, schema.rewritten(version))


def rows_of(connection: Any, case_id: int, shape: Shape) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that hangs on a case, by table."""
    found = {}
    for table in metadata.sorted_tables:
        where = '"id" = :case' if table.name == "case" else _hangs_on_case(table, shape)
        if where and "id" in shape.get(table.name, ()):
            columns = ", ".join(f'"{name}"' for name in shape[table.name])
            query = f'select {columns} from "{table.name}" where {where} order by id'
            found[table.name] = connection.execute(query, {"case": case_id}).fetchall()
    return found


def untouched(connection: Any, entry_id: int) -> list[int]:
    """The cases that nobody has changed since an audit entry, by id."""
    changed = "select case_id from change where entry_id > ? and case_id is not null"
    found = connection.execute(f'select id from "case" where id not in ({changed}) order by id', (entry_id,))
    return [int(row[0]) for row in found]


def _hangs_on_case(table: Table, shape: Shape) -> str:
    """The condition on a table's rows that they belong to one case, through the rows above them; empty if none does."""
    for column in table.columns:
        if column.name not in shape.get(table.name, ()):
            continue
        for key in column.foreign_keys:
            if key.column.table.name == "case":
                return f'"{column.name}" = :case'
            if key.ondelete == "CASCADE" and (above := _hangs_on_case(key.column.table, shape)):
                return f'"{column.name}" in (select id from "{key.column.table.name}" where {above})'
    return ""
