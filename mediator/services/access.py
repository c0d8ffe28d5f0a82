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
    """Whether the person at work may do this."""
    return not session.info.get(BY) or power in powers(roles(session, at_work(session)))


def roles(session: Session, person: Staff | None) -> frozenset[Role]:
    """The roles somebody works in: those they were given, none if there are none.

    Only where nobody in the office has any, as in data saved out of damage, it is all, as for the first user.
    """
    if person is not None and person.held:
        return person.held
    anybody = session.scalars(select(Staff.id).where(Staff.roles != "")).first()
    return frozenset() if anybody else frozenset(Role)


def need(session: Session, power: Power, *others: Power) -> None:
    """Refuse what the person at work may not do by any of these, and say who may."""
    if not any(may(session, one) for one in (power, *others)):
        raise Refusal(why_not(power, *others))


def check_roles(session: Session, person: Staff | None, name: str) -> None:
    """Refuse an account that was given no role yet, and say who can give one."""
    if not roles(session, person):
        everyone = session.scalars(select(Staff).where(Staff.login.is_not(None), Staff.left_on.is_(None)))
        names = "、".join(one.name for one in everyone if Power.ACCOUNTS in powers(one.held))
        who = f"系统管理员（{names}）" if names else "系统管理员"
        raise Refusal(f"{name}的账号还没有角色，不能登录；请{who}在“设置—人员和账号”里给一个角色。")


def why_not(power: Power, *others: Power) -> str:
    """Why somebody may not do a thing, and who may: whoever has one of these rights."""
    who = "、".join(role.label for role in Role if {power, *others} & MAY[role])
    return f"您的账号不能{power.value}，要由{who}来做；账号的角色由系统管理员在“设置”里给。"
