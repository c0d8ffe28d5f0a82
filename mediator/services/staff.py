"""The people of the office (工作人员), as the settings show them."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.domain.roles import Power
from mediator.services import access
from mediator.services.cases import fill


def everyone(session: Session) -> list[Staff]:
    """All who work or worked at the office, those still there first."""
    return list(session.scalars(select(Staff).order_by(Staff.left_on.is_not(None), Staff.name)))


def put(session: Session, raw: Mapping[str, object], known: int | None) -> Staff:
    """Enter a person, or change the one of that id."""
    access.need(session, Power.SETTINGS)
    person = session.get_one(Staff, known) if known is not None else Staff()
    fill(person, raw)
    if not person.name:
        raise Refusal("请填写姓名。")
    session.add(person)
    session.flush()
    return person


def login_of(session: Session, name: str) -> str:
    """The log-in name of a person of the office."""
    return session.scalars(select(Staff.login).where(Staff.name == name)).first() or name
