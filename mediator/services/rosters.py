"""Lists that are always current (动态清单): what is open, overdue, to be paid; each declared with its columns, one statement.

Which columns such lists have is nowhere laid down; these are sensible ones. They are shown by the page and kept as files.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.domain.case import Case, stands
from mediator.domain.errors import Refusal
from mediator.exchange.roster_sheet import Cell, Sheet
from mediator.services import offices, sensitive

PAGE = 100
NUMBER = "卷号"
MOST = 20_000
"""Rows of a file; a list that is longer says so."""


def said(today: date, value: Any) -> Cell:
    """A value in words: a code by its label, a day as 2026-03-05, nothing as nothing."""
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Column:
    """A column: what stands over it, the expressions it is made of, and the words made of their values."""

    label: str
    width: float
    """Share of the width."""
    values: tuple[Any, ...]
    words: Callable[..., Cell] = said
    """Called with today and the values."""
    printed: bool = True
    """Whether it is shown where room is scarce, as in a small window; papers and files have every column."""
    phones: bool = False
    """Whether telephones stand in it: on the screen they are masked, in files never."""


@dataclass(frozen=True)
class Roster:
    """清单: one list."""

    code: str
    title: str
    definition: str
    """口径: what stands in it, one sentence."""
    case_id: SQLColumnExpression[Any]
    """Which case a row opens, if any."""
    source: FromClause
    columns: tuple[Column, ...]
    where: Callable[[date], ColumnElement[bool]]
    order: tuple[Any, ...]


@dataclass(frozen=True)
class Row:
    """One line of a list, in words."""

    case_id: int | None
    cells: tuple[Cell, ...]


def page(session: Session, roster: Roster, today: date, *, limit: int = PAGE, offset: int = 0) -> list[Row]:
    """Some rows of a list, in its order."""
    found = session.execute(statement(roster, today).limit(limit).offset(offset))
    rows = [_row(roster, today, tuple(row)) for row in found]
    hidden = sensitive.hidden_among(session, [row.case_id for row in rows if row.case_id])
    return [_veiled(roster, row, hidden[row.case_id]) if row.case_id in hidden else row for row in rows]


def number_of(session: Session, roster: Roster, today: date) -> int:
    """How many rows a list has."""
    counted = select(func.count()).select_from(roster.source).where(_listed(roster, today))
    return session.scalar(counted) or 0


def statement(roster: Roster, today: date) -> Select[*tuple[Any, ...]]:
    """The one statement of a list; the caller limits it."""
    values = [value for column in roster.columns for value in column.values]
    chosen = select(roster.case_id, *values).select_from(roster.source)
    return chosen.where(_listed(roster, today)).order_by(*roster.order)


def _listed(roster: Roster, today: date) -> ColumnElement[bool]:
    """What is listed; of cases those that were not declared void (作废)."""
    wanted = roster.where(today)
    return wanted & stands() if roster.case_id is Case.id else wanted


def sheet(session: Session, roster: Roster, today: date, *, limit: int = MOST) -> Sheet:
    """A list as it stands today, numbered, ready to be written as a file."""
    found = page(session, roster, today, limit=limit)
    rows: list[tuple[Cell, ...]] = [(n, *row.cells) for n, row in enumerate(found, 1)]
    number = number_of(session, roster, today) if len(found) == limit else len(found)
    cut = f"，只列出前 {limit} 条" if number > limit else ""
    return Sheet(
        roster.code,
        roster.title,
        (f"填报单位：{offices.own(session).name}", f"截至 {in_words(today)}，共 {number} 条{cut}"),
        ("序号", *(column.label for column in roster.columns)),
        (sum(column.width for column in roster.columns) / 16, *(column.width for column in roster.columns)),
        tuple(rows),
        (f"口径：{roster.definition}",),
    )


def by_code(rosters: tuple[Roster, ...], code: str) -> Roster:
    """The list with that code; Refusal names those there are."""
    for roster in rosters:
        if roster.code == code:
            return roster
    known = "、".join(f"{roster.code}（{roster.title}）" for roster in rosters)
    raise Refusal(f"没有代码为“{code[:40]}”的清单，可选的有：{known}。")


def _row(roster: Roster, today: date, values: tuple[Any, ...]) -> Row:
    cells, place = [], 1
    for column in roster.columns:
        end = place + len(column.values)
        cells.append(column.words(today, *values[place:end]))
        place = end
    return Row(values[0], tuple(cells))


def _veiled(roster: Roster, row: Row, words: str) -> Row:
    """A row of a case that is hidden from the person at work (敏感案件): only its number is said."""
    shown = [
        cell if column.label == NUMBER else "" for column, cell in zip(roster.columns, row.cells, strict=True)
    ]
    shown[next(n for n, column in enumerate(roster.columns) if column.label != NUMBER)] = words
    return Row(row.case_id, tuple(shown))
