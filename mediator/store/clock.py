"""Whether the machine's clock can be believed (时钟): measured by the newest audit entry whose time was not in doubt.

A worn-out battery puts it years back, a slip of the hand years ahead. What is right is for people to say: they put it
right, or say that it is right (an entry of its own), and until then every entry is marked (时钟可疑).
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry

BACK = timedelta(minutes=5)
"""So far back is the clock being set right by the network or by hand."""
AHEAD = timedelta(days=366)
"""So long an office is hardly left alone."""


def believed(session: Session) -> datetime | None:
    """When the newest entry was written whose time was not in doubt; None if there is none."""
    asked = select(Entry.at).where(Entry.clock_suspect.is_(False)).order_by(Entry.id.desc()).limit(1)
    return session.scalar(asked)


def suspect(now: datetime, since: datetime | None) -> bool:
    """Whether a moment cannot well come after the last one that was believed."""
    return since is not None and not -BACK <= now - since <= AHEAD
