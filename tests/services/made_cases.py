"""Cases for counting, put straight into the database: lopsided, with rare characters in their names."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import Duty, Kind, Outcome, Side
from mediator.domain.people import Party, Staff
from mediator.domain.records import Assignment
from mediator.services import offices

NOW = datetime(2026, 4, 2, 9, 30)
MARCH = date(2026, 3, 1), date(2026, 3, 31)


def day(text: str) -> date:
    """A day of 2026 written 03-05."""
    return date.fromisoformat(f"2026-{text}")


def put(session: Session, concluded: str | None = "03-10", *, accepted: str | None = "03-02",
        amount: int | None = None, parties: tuple[str, ...] = (), lead: str = "", **fields: Any) -> Case:  # fmt: skip
    """One case of two people, an oral agreement between neighbours unless it says otherwise."""
    n = (session.scalar(select(func.count()).select_from(Case)) or 0) + 1
    facts: dict[str, Any] = {
        "uid": f"{n:032x}", "number": f"(2026)第{n}号", "name": "王𬎆与𪚥氏·㛃纠纷", "changed_at": NOW,
        "kind": Kind.NEIGHBOUR, "outcome": Outcome.ORAL if concluded else None, "headcount": 2,
        "registered_on": day(accepted or "01-05"), "accepted_on": day(accepted) if accepted else None,
        "concluded_on": day(concluded) if concluded else None,
    }  # fmt: skip
    case = Case(**facts | fields)
    if amount is not None:
        case.agreement = Agreement(amount=amount)
    for place, name in enumerate(parties):
        case.parties.append(Party(name=name, side=Side.RESPONDENT if place else Side.APPLICANT))
    if lead:
        case.assignments.append(Assignment(staff=mediator(session, lead), duty=Duty.LEAD))
    session.add(case)
    session.flush()
    return case


def mediator(session: Session, name: str) -> Staff:
    """The mediator of that name."""
    return offices.person(session, name)
