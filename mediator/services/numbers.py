"""Giving out numbers (编号), inside the transaction that uses them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.numbering import number
from mediator.domain.office import Counter
from mediator.services.offices import own
from mediator.store import history

CASES = "case"


def take(session: Session, series: str, year: int) -> int:
    """The next running number of a series in a year; a rolled-back transaction gives it back.

    From here on nobody else writes, so that no number is given twice.
    """
    history.lock(session)
    asked = select(Counter).where(Counter.series == series, Counter.year == year)
    counter = session.scalars(asked).first()
    if counter is None:
        session.add(Counter(series=series, year=year, last=1))
        session.flush()
        return 1
    counter.last += 1
    return counter.last


def case_number(session: Session, year: int) -> str:
    """The next 卷号 after the office's pattern."""
    return number(own(session).case_pattern, year, take(session, CASES, year))
