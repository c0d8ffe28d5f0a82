"""Screenings (排查) as the office enters them: each is one 次 in the tables."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.figures import Screening
from mediator.domain.roles import Power
from mediator.services import access, merging
from mediator.services.cases import fill

_RIGHTS = (Power.WORK, Power.CLOSE)


def listed(session: Session) -> list[Screening]:
    """All screenings, the newest first."""
    return list(
        session.scalars(select(Screening).order_by(Screening.screened_on.desc(), Screening.id.desc()))
    )


def put(
    session: Session, raw: Mapping[str, object], known: int | None = None,
    was: Mapping[str, object] | None = None, *, today: date,
) -> Screening:  # fmt: skip
    """Enter a screening, or change the one of that id; Refusal without a day, before it was held, or without an area.

    ``was`` is what was seen before typing, as in ``cases.fill``; Gone if somebody took the screening away.
    """
    access.need(session, *_RIGHTS)
    screening = _of_id(session, known) if known is not None else Screening()
    with session.no_autoflush:
        fill(screening, raw, was)
    if screening.screened_on is None:
        raise Refusal("请填写排查日期。")
    if screening.screened_on > today:
        raise Refusal(f"排查日期 {screening.screened_on} 晚于今天，请核对。")
    if not screening.area:
        raise Refusal("请填写排查范围，例如哪条街、哪几栋楼。")
    session.add(screening)
    session.flush()
    return screening


def drop(session: Session, known: int, was: Mapping[str, object] | None = None) -> None:
    """Take away a screening entered by mistake, if it is still as it was seen; closed tables keep their figures."""
    access.need(session, *_RIGHTS)
    screening = _of_id(session, known)
    merging.unchanged(screening, was, "删除")
    session.delete(screening)
    session.flush()


def _of_id(session: Session, known: int) -> Screening:
    screening = session.get(Screening, known)
    if screening is None:
        merging.gone(session, Screening, known)
    return screening
