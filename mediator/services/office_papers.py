"""Papers of the office (工作文书) on their way: begun and not yet issued."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.papers import IssuedPaper, Particulars


def begun(session: Session) -> list[Particulars]:
    """What was filled in for papers that were never issued, the newest first."""
    issued = exists().where(IssuedPaper.particulars_id == Particulars.id)
    rows = select(Particulars).where(Particulars.case_id.is_(None), ~issued).order_by(Particulars.id.desc())
    return list(session.scalars(rows))


def drop(session: Session, wanted: int) -> None:
    """Throw away what was filled in for a paper that was never issued; Refusal if it was, or is gone."""
    kept = next((one for one in begun(session) if one.id == wanted), None)
    if kept is None:
        raise Refusal("这份文书已经出具，或者已经不在了，不能删除；请刷新后再看。")
    session.delete(kept)
    session.flush()
