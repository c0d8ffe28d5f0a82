"""Cases declared void (作废案件): entered by mistake or twice. They are counted and listed nowhere; their number is never given again."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Action, Stage
from mediator.domain.errors import Refusal
from mediator.domain.figures import Claim
from mediator.domain.roles import Power
from mediator.services import access, sensitive
from mediator.services.cases import touch
from mediator.store import history, search

LEAST_REASON = 4
"""Characters of a reason."""


def discard(session: Session, case: Case, *, reason: str, today: date) -> Case:
    """Put a case away as entered by mistake; Refusal if it is archived, was claimed for pay, or no reason is given."""
    access.need(session, Power.DISCARD)
    if case.discarded_on is not None:
        raise Refusal(f"{case.number} 已经作废了。")
    if case.stage is Stage.ARCHIVED:
        raise Refusal(f"{case.number} 已经归档，不能作废；确实要作废，请先退回上一步。")
    if session.scalar(select(Claim.id).where(Claim.case_id == case.id)) is not None:
        raise Refusal(f"{case.number} 已经申报过补贴，不能作废；请先更正补贴的核算表。")
    if len(reason.strip()) < LEAST_REASON:
        raise Refusal("作废案件要写明原因，例如“与某卷号重复登记”。")
    case.discarded_on, case.discard_reason = today, reason.strip()
    history.note(session, Action.DISCARDED, case.number, case_id=case.id, reason=reason.strip())
    session.flush()
    search.forget(session, case.id)
    return case


def take_back(session: Session, case: Case, *, reason: str) -> Case:
    """Count and list a case again that was declared void."""
    access.need(session, Power.DISCARD)
    if case.discarded_on is None:
        raise Refusal(f"{case.number} 没有作废，不用恢复。")
    case.discarded_on, case.discard_reason = None, ""
    history.note(
        session, Action.RESTORED_ROW, f"恢复作废的案件 {case.number}", case_id=case.id, reason=reason
    )
    touch(session, case)
    return case


@dataclass(frozen=True)
class Void:
    """作废的案件, as the person at work may see it."""

    case_id: int
    number: str
    discarded_on: date
    name: str
    """卷名, or the words that stand there instead (敏感案件)."""
    reason: str
    """Empty where the name is hidden: who writes a reason names people."""


def all_of(session: Session) -> list[Void]:
    """The cases declared void, the latest first; no name of those hidden from the person at work."""
    chosen = select(Case).where(Case.discarded_on.is_not(None)).order_by(Case.discarded_on.desc())
    found = list(session.scalars(chosen))
    hidden = sensitive.hidden_among(session, [case.id for case in found])
    return [
        Void(
            case.id, case.number, case.discarded_on, hidden.get(case.id) or case.full_name,
            "" if case.id in hidden else case.discard_reason,
        )
        for case in found
        if case.discarded_on
    ]  # fmt: skip
