"""Counting: a whole table in one statement, and the cases behind any of its numbers by the same expression."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, outerjoin

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import Basis
from mediator.domain.office import Office
from mediator.tallies.table import Column, Table
from mediator.tallies.tally import Reporter, Tally, check_period

_DAYS: dict[Basis, InstrumentedAttribute[date | None]] = {
    Basis.CONCLUDED: Case.concluded_on,
    Basis.ACCEPTED: Case.accepted_on,
}
"""The day that puts a case into a period."""

_CASES = outerjoin(Case, Agreement, Agreement.case_id == Case.id)
"""What a column may speak of: the case and, where there is one, its agreement."""


def statement(table: Table, basis: Basis, since: date, until: date) -> Select[*tuple[Any, ...]]:
    """One statement with one row: every column of the table for a period, both days included."""
    check_period(since, until)
    numbers = [_number(column).label(column.name) for column in table.columns]
    return select(*numbers).select_from(_CASES).where(*_within(basis, since, until))


def count(session: Session, table: Table, basis: Basis, since: date, until: date) -> Tally:
    """Count a table for the office of this data folder."""
    office = session.scalars(select(Office)).one()
    row = session.execute(statement(table, basis, since, until)).one()
    reporter = Reporter(office.uid, office.name, office.region)
    return Tally(table, basis, reporter, since, until, dict(row._mapping))


def drill(table: Table, name: str, basis: Basis, since: date, until: date) -> Select[int]:
    """The ids of the cases behind a number, by day; of a sum, those that have something to add.

    The caller pages it with ``limit`` and ``offset`` or puts it into an ``in_``. Refusal if there is no such column.
    """
    check_period(since, until)
    column = table.column(name)
    ids = select(Case.id).select_from(_CASES).where(*_within(basis, since, until), column.where)
    if column.measure is not None:
        ids = ids.where(func.coalesce(column.measure, 0) > 0)
    return ids.order_by(_DAYS[basis], Case.id)


def _number(column: Column) -> ColumnElement[int]:
    if column.measure is None:
        return func.count().filter(column.where)
    return func.coalesce(func.sum(column.measure).filter(column.where), 0)


def _within(basis: Basis, since: date, until: date) -> list[ColumnElement[bool]]:
    inside: list[ColumnElement[bool]] = [_DAYS[basis].between(since, until)]
    return [*inside, Case.outcome.is_not(None)] if basis is Basis.CONCLUDED else inside
