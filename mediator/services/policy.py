"""The rules the office chose for its safety (安全设置): one row, with sensible defaults until somebody changes it."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.roles import Power
from mediator.domain.safety import Policy
from mediator.services import access
from mediator.services.cases import fill
from mediator.store import place
from mediator.store.engine import folder_of


def own(session: Session) -> Policy:
    """The rules of this office; the defaults while nobody chose any."""
    return session.scalars(select(Policy)).first() or Policy()


def amend(session: Session, raw: Mapping[str, object], was: Mapping[str, object] | None = None) -> Policy:
    """Change the rules; backups may not be made to lie in the data folder.

    ``was`` is what the person saw before typing, as in ``cases.fill``.
    """
    access.need(session, Power.SETTINGS)
    policy = own(session)
    session.add(policy)
    session.flush()  # before it is filled: a new row takes its defaults for whatever is empty
    fill(policy, raw, was)
    bind = session.get_bind()
    if policy.backup_folder and Policy.backup_folder.key in raw and isinstance(bind, Engine):
        place.check_backups(Path(policy.backup_folder), folder_of(bind))
    session.flush()
    return policy


def lock_after(session: Session) -> int:
    """After how many minutes without a touch the window locks itself."""
    minutes = own(session).lock_after
    return 5 if minutes is None else max(1, minutes)
