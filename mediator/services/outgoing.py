"""What is printed or leaves the house (打印、带出) is written into the audit: what it is and where to, never whom it is about."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Action
from mediator.store import drives, history

HERE = "本机磁盘"
ELSEWHERE = "网络位置"


def medium(place: Path) -> str:
    """What a file lies on: label and serial of a drive that can be pulled out, another machine, or this one."""
    if drives.shared(drives.followed(place)):
        return ELSEWHERE
    return drives.medium(place) or HERE


def printed(session: Session, what: str, printer: str, *, number: str = "") -> None:
    """Say that something is printed; ``what`` is the kind of paper, ``number`` that of its case."""
    _note(session, Action.PRINTED, what, printer or "打印机", number)


def exported(session: Session, what: str, place: Path, *, number: str = "") -> None:
    """Say that something is written as a file; ``what`` is the kind of thing, ``number`` that of its case."""
    _note(session, Action.EXPORTED, what, medium(place), number)


def _note(session: Session, action: Action, what: str, medium: str, number: str) -> None:
    case_id = session.scalar(select(Case.id).where(Case.number == number)) if number else None
    words = f"{what} {number}" if number else what
    history.note(session, action, words, case_id=case_id, medium=medium)
