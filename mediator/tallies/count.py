"""Counting: a whole table in one statement, and what is behind any of its numbers by the same expression."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, or_, select, true
from sqlalchemy.orm import Session

from mediator.domain.codes import Basis
from mediator.domain.office import Office
from mediator.domain.periods import Span, containing
from mediator.tallies.checks import AtMost, Check
from mediator.tallies.table import Column, Table
from mediator.tallies.tally import Reporter, Tally, check_period


def statement(
    table: Table, basis: Basis, since: date, until: date, year: date | None = None
) -> Select[*tuple[Any, ...]]:
    """One statement with one row: every column for a period, both days included, and once more for the year from ``year``."""
    check_period(since, until)
    starts = [since] if year is None else [since, year]
    found: list[ColumnElement[int]] = []
    parts: list[Subquery] = []
    for start in starts:
        mine = [_aggregates(family, basis, start, until) for family in families(table)]
        by_name = {column.name: column for part in mine for column in part.c}
        found += [by_name[column.name].label(None) for column in table.columns]
        parts += mine
    joined: Any = parts[0]
    for part in parts[1:]:
        joined = joined.join(part, true())
    return select(*found).select_from(joined)


def count(
    session: Session, table: Table, basis: Basis, since: date, until: date, *, year: date | None = None
) -> Tally:
    """Count a table for the office of this data folder.

    ``year``: where the year so far begins, for what was reported before the office chose another day (统计截止日).
    """
    office = session.scalars(select(Office)).one()
    begins = (year or containing(Span.YEAR, until, office.cut_off)[0]) if table.yearly else None
    row = tuple(session.execute(statement(table, basis, since, until, begins)).one())
    names = [column.name for column in table.columns]
    values, so_far = row[: len(names)], row[len(names) :]
    reporter = Reporter(office.uid, office.name, office.region)
    return Tally(
        table, basis, reporter, since, until, dict(zip(names, values, strict=True)),
        year=begins, so_far=dict(zip(names, so_far, strict=True)) if begins else {},
    )  # fmt: skip


def drill(table: Table, name: str, basis: Basis, since: date, until: date) -> Select[int]:
    """The ids of what is behind a number, in order; of a sum, those that have something to add.

    They are ids of cases only where ``Column.opens_cases``. The caller pages it with ``limit`` and ``offset`` or puts it into
    an ``in_``; for a number of the year so far ``since`` is the day the year began. Refusal if there is no such column.
    """
    check_period(since, until)
    column = table.column(name)
    within = column.of.condition(column.scope, basis, since, until)
    ids = select(column.of.key).select_from(column.of.source).where(within, adds_to(column))
    return ids.order_by(column.of.day(column.scope, basis), column.of.key)


def adds_to(column: Column) -> ColumnElement[bool]:
    """That a thing of the period has something to add to a column."""
    return column.where if column.measure is None else column.where & (func.coalesce(column.measure, 0) > 0)


def astray(table: Table, check: Check, basis: Basis, since: date, until: date) -> Select[int]:
    """The ids of what makes a check fail: what counts in a total but in none of its parts, or in two of them, and the like.

    Whatever the check compares, it is what adds more to one side than to the other. They are ids of cases where the columns of
    the check open cases (they all count one kind of thing); for a judgement on the year so far ``since`` is the day the year
    began. Refusal if a column is not in the table.
    """
    check_period(since, until)
    left, right = ([table.column(name) for name in side] for side in check.sides)
    of = left[0].of
    scopes = dict.fromkeys(column.scope for column in (*left, *right))
    within = or_(*(of.condition(scope, basis, since, until) for scope in scopes))
    first, second = (_added(side, basis, since, until) for side in (left, right))
    wrong = first > second if isinstance(check, AtMost) else first != second
    return select(of.key).select_from(of.source).where(within, wrong).order_by(of.key)


def _added(columns: Iterable[Column], basis: Basis, since: date, until: date) -> ColumnElement[int]:
    """What one row adds to some columns together."""
    added: ColumnElement[int] = literal(0)
    for column in columns:
        within = column.of.condition(column.scope, basis, since, until) & column.where
        share = 1 if column.measure is None else func.coalesce(column.measure, 0)
        added = added + case((within, share), else_=0)
    return added


def families(table: Table) -> list[list[Column]]:
    """The columns that are counted together: of one kind of thing, by one scope, so that the index on its day is used."""

    def family(column: Column) -> tuple[str, str]:
        return column.of.name, column.scope.value

    return [list(columns) for _, columns in groupby(sorted(table.columns, key=family), family)]


def _aggregates(columns: list[Column], basis: Basis, since: date, until: date) -> Subquery:
    """One row over one family of columns."""
    population, scope = columns[0].of, columns[0].scope
    numbers = [_number(column).label(column.name) for column in columns]
    within = population.condition(scope, basis, since, until)
    return select(*numbers).select_from(population.source).where(within).subquery()


def _number(column: Column) -> ColumnElement[int]:
    if column.measure is None:
        return func.count().filter(column.where)
    return func.coalesce(func.sum(column.measure).filter(column.where), 0)
