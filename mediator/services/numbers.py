"""Giving out numbers (编号), inside the transaction that uses them."""

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from mediator.domain.numbering import number
from mediator.domain.office import Counter
from mediator.services.offices import own

CASES = "case"


def take(session: Session, series: str, year: int) -> int:
    """The next running number of a series in a year; a rolled-back transaction gives it back."""
    entry = insert(Counter).values(series=series, year=year, last=1)
    bump = entry.on_conflict_do_update(
        index_elements=[Counter.series, Counter.year], set_={"last": Counter.last + 1}
    )
    return session.execute(bump.returning(Counter.last)).scalar_one()


def case_number(session: Session, year: int) -> str:
    """The next 卷号 after the office's pattern."""
    return number(own(session).case_pattern, year, take(session, CASES, year))
