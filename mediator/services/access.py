"""Who may do what (权限), asked where it matters.

A session knows whose it is (``transaction.BY``). One that belongs to nobody, as in a program that works on a folder of
its own, is not asked.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.codes import Role
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.domain.roles import MAY, Power, powers
from mediator.services.transaction import BY


def at_work(session: Session) -> Staff | None:
    """The person whose session this is; None if it is nobody's."""
    by = session.info.get(BY, "")
    return session.scalars(select(Staff).where(Staff.name == by)).first() if by else None


def may(session: Session, power: Power) -> bool:
    """Whether the person at work may do this; whoever was given no role yet works as a mediator."""
    if not session.info.get(BY):
        return True
    person = at_work(session)
    held = person.held if person is not None else frozenset[Role]()
    return power in powers(held or frozenset({Role.MEDIATOR}))


def need(session: Session, power: Power) -> None:
    """Refuse what the person at work may not do, and say who may."""
    if not may(session, power):
        raise Refusal(why_not(power))


def why_not(power: Power) -> str:
    """Why somebody may not do a thing, and who may."""
    who = "、".join(role.label for role in Role if power in MAY[role])
    return f"您的账号不能{power.value}，要由{who}来做；账号的角色由系统管理员在“设置”里给。"
