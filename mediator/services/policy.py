"""The rules the office chose for its safety (安全设置): one row, with sensible defaults until somebody changes it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.roles import Power
from mediator.domain.safety import Policy
from mediator.services import access
from mediator.services.cases import fill


def own(session: Session) -> Policy:
    """The rules of this office; the defaults while nobody chose any."""
    return session.scalars(select(Policy)).first() or Policy()


def amend(session: Session, raw: Mapping[str, object]) -> Policy:
    """Change the rules."""
    access.need(session, Power.SETTINGS)
    policy = own(session)
    session.add(policy)
    session.flush()  # before it is filled: a new row takes its defaults for whatever is empty
    fill(policy, raw)
    session.flush()
    return policy


def lock_after(session: Session) -> int:
    """After how many minutes without a touch the window locks itself."""
    minutes = own(session).lock_after
    return 5 if minutes is None else max(1, minutes)
