"""Which cases of a closed period were changed since (结账以后改过内容的案件): where a sum moved though no case came or went.

What came after is told by the order of the audit entries, not by the clock.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.audit import Change
from mediator.domain.case import Case
from mediator.domain.codes import Turn
from mediator.domain.figures import Closing

_COUNTED = ("case", "party", "agreement", "item", "instalment")
"""Tables in which stands what is summed: people and amounts."""


def since(session: Session, closing: Closing, until: Closing | None = None) -> frozenset[str]:
    """The life-long identities of the cases changed after a closing was entered, or between two."""
    first, last = _entered(session, closing), _entered(session, until) if until else None
    if first is None:
        return frozenset()
    within = [Change.entry_id > first, *([Change.entry_id < last] if last is not None else [])]
    chosen = select(Case.uid).join(Change, Change.case_id == Case.id)
    return frozenset(session.scalars(chosen.where(Change.table.in_(_COUNTED), *within).distinct()))


def _entered(session: Session, closing: Closing) -> int | None:
    """The audit entry with which a closing was entered."""
    table = Closing.__tablename__
    there = (Change.table == table, Change.row_id == closing.id, Change.turn == Turn.ADDED)
    return session.scalar(select(Change.entry_id).where(*there))
