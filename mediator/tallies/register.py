"""The tables this program can count, with the editions (表式版本) that were in force before."""

from datetime import date, timedelta

from mediator.domain.errors import Refusal
from mediator.tallies.checks import Between
from mediator.tallies.justice import JUSTICE, JUSTICE_15
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.table import Table
from mediator.tallies.team import TEAM

TABLES: tuple[Table, ...] = (JUSTICE, POLITICAL, POLICE, TEAM)
"""Each in its newest edition."""
OLDER: tuple[Table, ...] = (JUSTICE_15,)
"""Editions no longer in force: for old periods, and to open what was reported in them."""


def by_code(code: str) -> Table:
    """The newest edition of the table with that code; Refusal if this program has none."""
    return editions(code)[-1]


def editions(code: str) -> list[Table]:
    """All editions of the table with that code, the oldest first; Refusal if this program has none."""
    found = [table for table in (*OLDER, *TABLES) if table.code == code]
    if found:
        return sorted(found, key=lambda table: table.edition)
    known = "、".join(f"{table.code}（{table.title}）" for table in TABLES)
    raise Refusal(f"没有代码为“{code[:40]}”的统计表，本程序有：{known}；如果它是新增的表，请先升级程序。")


def of(code: str, until: date) -> Table:
    """The edition for a period that ends on a day: the one in force then, the oldest for what lies before all."""
    oldest, *newer = editions(code)
    return next((table for table in reversed(newer) if table.valid_from <= until), oldest)


def pointing_at(code: str) -> list[str]:
    """The codes of the tables that are checked with the one of that code."""
    return [
        table.code
        for table in TABLES
        if any(isinstance(check, Between) and check.table == code for check in table.cross)
    ]


def validity(table: Table) -> str:
    """适用期: which periods an edition is for, by the day on which they end."""
    after = [each.valid_from for each in editions(table.code) if each.valid_from > table.valid_from]
    last = f"至 {min(after) - timedelta(1)}" if after else "起"
    return f"{table.valid_from} {last}"


def edition(code: str, number: int) -> Table:
    """The edition of that number, to open what was reported in it; Refusal if this program does not know it."""
    known = editions(code)
    for table in known:
        if table.edition == number:
            return table
    title, newest = known[-1].title, known[-1].edition
    if number > newest:
        raise Refusal(f"《{title}》用的是较新的表式（第 {number} 版），请先升级程序。")
    raise Refusal(
        f"《{title}》没有第 {number} 版的表式，文件已损坏或不是本程序导出的，请让上报单位重新导出。"
    )
