"""Screenings (排查) as the office enters them: each is one 次 in the tables."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.figures import Screening
from mediator.services.cases import fill


def listed(session: Session) -> list[Screening]:
    """All screenings, the newest first."""
    return list(
        session.scalars(select(Screening).order_by(Screening.screened_on.desc(), Screening.id.desc()))
    )


def put(session: Session, raw: Mapping[str, object], known: int | None = None, *, today: date) -> Screening:
    """Enter a screening, or change the one of that id; Refusal without a day, before it was held, or without an area."""
    screening = _of_id(session, known) if known is not None else Screening()
    with session.no_autoflush:
        fill(screening, raw)
    if screening.screened_on is None:
        raise Refusal("请填写排查日期。")
    if screening.screened_on > today:
        raise Refusal(f"排查日期 {screening.screened_on} 晚于今天，请核对。")
    if not screening.area:
        raise Refusal("请填写排查范围，例如哪条街、哪几栋楼。")
    session.add(screening)
    session.flush()
    return screening


def drop(session: Session, known: int) -> None:
    """Take away a screening entered by mistake; closed tables keep their figures."""
    session.delete(_of_id(session, known))
    session.flush()


def _of_id(session: Session, known: int) -> Screening:
    screening = session.get(Screening, known)
    if screening is None:
        raise Refusal("这条排查记录已经不在了，请刷新后再试。")
    return screening
