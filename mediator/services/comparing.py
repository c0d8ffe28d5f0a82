"""A table beside other periods (环比、同比): the last one and the same one of last year, each as closed or as counted now.

What was there at a time that nobody recorded cannot be counted afterwards: for tables of offices and staff, and for periods
before the first record, there is nothing to compare with unless the period was closed.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediator.domain import periods
from mediator.domain.case import Case
from mediator.domain.figures import Screening
from mediator.services import closing_chain, offices
from mediator.services.frozen import frozen
from mediator.services.judging import judged
from mediator.tallies import count as counting
from mediator.tallies import register
from mediator.tallies.figures import BEFORE, LAST_YEAR, Figures
from mediator.tallies.population import OFFICES, STAFF
from mediator.tallies.tally import Tally

_OF_TODAY = (OFFICES, STAFF)
"""What is counted as it is today, whatever the period."""


def compared(session: Session, tally: Tally) -> Figures:
    """A table with the last period and the same one of last year beside it, and all that the checks say."""
    cut_off = offices.own(session).cut_off
    before = known(session, tally.table.code, *periods.previous(tally.since, tally.until, cut_off))
    last_year = known(session, tally.table.code, *periods.year_before(tally.since, tally.until, cut_off))
    absent = [name for name, found in ((BEFORE, before), (LAST_YEAR, last_year)) if found is None]
    remarks = (f"{'、'.join(absent)}没有数据，不作比较。",) if absent else ()
    return replace(judged(session, tally), before=before, last_year=last_year, remarks=remarks)


def known(session: Session, code: str, since: date, until: date) -> Tally | None:
    """A table for another period, as closed or as counted now; None if nothing is known of that time."""
    closing = closing_chain.standing(session, code, since, until)
    if closing is not None:
        return frozen(closing)
    table = register.of(code, until)
    if all(column.of in _OF_TODAY for column in table.columns):
        return None
    tally = counting.count(session, table, offices.own(session).basis, since, until)
    first = first_day(session)
    return None if tally.is_zero and (first is None or until < first) else tally


def first_day(session: Session) -> date | None:
    """The day on which the records begin; None if there are none."""
    starts = (session.scalar(select(func.min(day))) for day in (Case.registered_on, Screening.screened_on))
    return min((start for start in starts if start), default=None)
