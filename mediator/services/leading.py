"""The mediator who leads a case (主持调解员): one and no more, so that a case is never counted twice among people."""

from sqlalchemy import ScalarSelect, select

from mediator.domain.case import Case
from mediator.domain.codes import Duty
from mediator.domain.people import Staff
from mediator.domain.records import Assignment


def lead_id() -> ScalarSelect[int]:
    """The id of the first who leads and did not step aside (回避), for a statement over cases; null if there is none."""
    leading = (
        Assignment.case_id == Case.id,
        Assignment.duty == Duty.LEAD,
        Assignment.recusal == "",
    )
    first = select(Assignment.staff_id).where(*leading).order_by(Assignment.id).limit(1)
    return first.correlate(Case).scalar_subquery()


def lead_name() -> ScalarSelect[str]:
    """The name of the one who leads, for a statement over cases."""
    return select(Staff.name).where(Staff.id == lead_id()).correlate(Case).scalar_subquery()
