"""Papers of the office (工作文书) on their way: begun and not yet issued."""

from collections.abc import Mapping

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.papers import IssuedPaper, Particulars
from mediator.domain.roles import Power
from mediator.services import access, merging


def begun(session: Session) -> list[Particulars]:
    """What was filled in for papers that were never issued, the newest first."""
    issued = exists().where(IssuedPaper.particulars_id == Particulars.id)
    rows = select(Particulars).where(Particulars.case_id.is_(None), ~issued).order_by(Particulars.id.desc())
    return list(session.scalars(rows))


def drop(session: Session, wanted: int, was: Mapping[str, object] | None = None) -> None:
    """Throw away what was filled in for a paper that was never issued; Refusal if it was, or is gone.

    Stale if it is not as it was ``particulars.seen`` any more.
    """
    access.need(session, Power.WORK, Power.CLOSE)
    kept = next((one for one in begun(session) if one.id == wanted), None)
    if kept is None:
        raise Refusal("这份文书已经出具，或者已经不在了，不能删除；请刷新后再看。")
    merging.unchanged(kept, was, "删除")
    session.delete(kept)
    session.flush()
