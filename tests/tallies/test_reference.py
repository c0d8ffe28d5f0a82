"""Every cell of every table is what an independent counter finds in the dump, on made-up cases and on practice data."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import made
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import Made, dumped, entered
from reference import Behind, Period, Rows, recount, year_begins
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.codes import Basis
from mediator.services import demo, offices
from mediator.tallies.count import count, drill
from mediator.tallies.lines import LINES, Line
from mediator.tallies.population import OFFICES
from mediator.tallies.register import OLDER, TABLES
from mediator.tallies.table import Column, Table
from mediator.tallies.tally import Reporter, Tally, add

EVERY = (*TABLES, *OLDER)
by_edition = pytest.mark.parametrize("table", EVERY, ids=lambda table: f"{table.code}-{table.edition}")
bases = st.sampled_from(Basis)
shared_memory = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def found(rows: Rows, table: Table, basis: Basis, since: date, until: date) -> Behind:
    period = Period(basis.value, since.isoformat(), until.isoformat())
    return recount(rows, table.code, table.edition, period)


def numbers(behind: Behind, table: Table) -> dict[str, int]:
    assert set(behind) <= {column.name for column in table.columns}
    return {column.name: sum(behind.get(column.name, {}).values()) for column in table.columns}


def check_cells(session: Session, rows: Rows, tally: Tally) -> Behind:
    """The cells of the period and of the year so far; what stands behind those of the period."""
    table, until = tally.table, tally.until
    behind = found(rows, table, tally.basis, tally.since, until)
    assert tally.values == numbers(behind, table)
    year = date.fromisoformat(year_begins(until.isoformat(), offices.own(session).cut_off))
    so_far = numbers(found(rows, table, tally.basis, year, until), table) if table.yearly else {}
    assert (tally.year, tally.so_far) == (year if table.yearly else None, so_far)
    return behind


def check_drill(session: Session, tally: Tally, column: Column, behind: Behind) -> None:
    ids = session.scalars(drill(tally.table, column.name, tally.basis, tally.since, tally.until)).all()
    assert sorted(ids) == sorted(behind.get(column.name, {})), column.label


@by_edition
@shared_memory
@given(made=made.made(), period=made.periods(), basis=bases, pick=st.integers(0, 60))
def test_made_up_cases(
    memory: Engine, table: Table, made: Made, period: tuple[date, date], basis: Basis, pick: int
) -> None:
    with entered(memory, made) as session:
        tally = count(session, table, basis, *period)
        behind = check_cells(session, dumped(session), tally)
        check_drill(session, tally, table.columns[pick % len(table.columns)], behind)


@by_edition
@shared_memory
@given(made=made.made(), period=made.periods(), basis=bases, shares=st.lists(st.integers(0, 2)))
def test_offices_added_up_are_the_whole(
    memory: Engine, table: Table, made: Made, period: tuple[date, date], basis: Basis, shares: list[int]
) -> None:
    def counted(name: str, part: Made) -> Tally:
        with entered(memory, part) as session:
            return replace(count(session, table, basis, *period), reporter=Reporter(name, name, ""))

    def share(number: int) -> Made:
        dealt = [
            [row for n, row in enumerate(rows) if (shares[n] if n < len(shares) else 0) == number]
            for rows in (made.cases, made.screenings, made.staff)
        ]
        return Made(made.office, *dealt)

    whole = counted("whole", made)
    total = add([counted(f"office-{n}", share(n)) for n in range(3)], whole.reporter)
    own = {column.name for column in table.columns if column.of is OFFICES}
    assert total.values == {n: v * 3 if n in own else v for n, v in whole.values.items()}
    assert total.so_far == whole.so_far
    assert (total.year, total.reporter) == (whole.year, whole.reporter)


@pytest.fixture(scope="module")
def rows(practice: Session) -> Rows:
    with Session(practice.get_bind()) as session:
        return dumped(session)


@by_edition
def test_practice_data_for_a_year(practice: Session, rows: Rows, table: Table) -> None:
    for basis in Basis:
        tally = count(practice, table, basis, date(2025, 1, 1), date(2025, 12, 31))
        behind = check_cells(practice, rows, tally)
        for column in table.columns:
            check_drill(practice, tally, column, behind)


@by_edition
def test_practice_data_month_by_month(practice: Session, rows: Rows, table: Table) -> None:
    since, flows = date(2026, 1, 1), Counter[str]()
    while since < date(2026, 11, 1):
        until = (since + timedelta(31)).replace(day=1) - timedelta(1)
        tally = count(practice, table, Basis.CONCLUDED, since, until)
        check_cells(practice, rows, tally)
        flows.update(tally.values)
        since = until + timedelta(1)
    if table.yearly:
        assert tally.so_far == flows


def test_practice_data_leave_no_column_empty_that_could_be_full(rows: Rows) -> None:
    """One office has one type; to ten of the 19 kinds nothing leads; there are no crowds, and nothing before the first day."""
    empty: dict[str, set[str]] = {}
    for table in EVERY:
        counted = found(rows, table, Basis.CONCLUDED, demo.SINCE, demo.UNTIL)
        empty.setdefault(table.code, set()).update(c.name for c in table.columns if not counted.get(c.name))
    types = {f"type_{type}" for type in ("village", "township", "street", "enterprise", "society")}
    nothing_leads = {
        f"{total}_{line.name.lower()}"
        for total in ("found", "handled")
        for line in set(Line) - set(LINES.values())
    }
    assert len(nothing_leads) == 20
    assert empty == {
        "justice": types,
        "political": {*nothing_leads, "size_50", "size_100", "size_500"},
        "police": {"opening"},
        "team": {*types, "type_professional"},
    }
