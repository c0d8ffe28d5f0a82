"""The people of the office (工作人员), as the settings show them."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.domain.roles import Power
from mediator.services import access, drafts, names
from mediator.services.cases import fill


def everyone(session: Session) -> list[Staff]:
    """All who work or worked at the office, those still there first."""
    return list(session.scalars(select(Staff).order_by(Staff.left_on.is_not(None), Staff.name)))


def put(
    session: Session, raw: Mapping[str, object], known: int | None,
    was: Mapping[str, object] | None = None,
) -> Staff:  # fmt: skip
    """Enter a person, or change the one of that id; ``was`` is what was seen before typing, as in ``cases.fill``."""
    access.need(session, Power.SETTINGS)
    person = session.get_one(Staff, known) if known is not None else Staff()
    before, left = person.name, person.left_on
    fill(person, raw, was)
    if not person.name:
        raise Refusal("请填写姓名。")
    if person.name != before:
        names.check_free(session, person.name, known)
    if person.login and person.left_on is not None and person.left_on != left:
        raise Refusal(
            f"{person.name}有账号，离岗日期不能直接填写；请到离岗那天点“办离岗…”，交接案件，同时停用账号。"
        )
    session.add(person)
    session.flush()
    if before and before != person.name:
        drafts.hand_over(session, before, person.name)
    return person


def login_of(session: Session, name: str) -> str:
    """The log-in name of a person of the office."""
    return session.scalars(select(Staff.login).where(Staff.name == name)).first() or name
