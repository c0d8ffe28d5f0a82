"""The tables this program can count."""

from mediator.domain.errors import Refusal
from mediator.tallies.justice import JUSTICE
from mediator.tallies.table import Table

TABLES: tuple[Table, ...] = (JUSTICE,)


def by_code(code: str) -> Table:
    """The table with that code; Refusal if this program has none."""
    for table in TABLES:
        if table.code == code:
            return table
    known = "、".join(f"{table.code}({table.title})" for table in TABLES)
    raise Refusal(f"没有代码为“{code[:40]}”的统计表，本程序有：{known}；如果它是新增的表，请先升级程序。")
