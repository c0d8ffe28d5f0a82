"""The price list (补贴标准) as the office enters it: what a case of a level is paid from a day on."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediator.domain.codes import Level
from mediator.domain.errors import Refusal
from mediator.domain.fields import fields_of
from mediator.domain.figures import Price
from mediator.domain.periods import Period, days
from mediator.domain.roles import Power
from mediator.services import access, closing_chain, merging, subsidies, subsidy_closings
from mediator.services.cases import fill


def listed(session: Session) -> list[Price]:
    """All prices: the newest list first, its levels from simple to major."""
    order = list(Level)
    found = session.scalars(select(Price))
    return sorted(found, key=lambda price: (-price.valid_from.toordinal(), order.index(price.level)))


def put(
    session: Session, raw: Mapping[str, object], known: int | None = None,
    was: Mapping[str, object] | None = None,
) -> Price:  # fmt: skip
    """Enter a price, or change the one of that id; Refusal if it says nothing or the level has one from that day.

    ``was`` is what was seen before typing, as in ``cases.fill``; Gone if somebody took the price away.
    """
    access.need(session, Power.SETTINGS)
    price = _of_id(session, known) if known is not None else Price()
    with session.no_autoflush:
        fill(price, raw, was)
        if price.level is None:
            raise Refusal("请选择难易程度。")
        if price.valid_from is None:
            raise Refusal("请填写执行日期：从哪一天起按这个标准。")
        if price.settled is None and price.unsettled is None:
            raise Refusal("请填写每件补贴多少元。")
        same = (Price.level == price.level, Price.valid_from == price.valid_from)
        if any(found != price.id for found in session.scalars(select(Price.id).where(*same))):
            raise Refusal(f"{price.level.label}从 {price.valid_from} 起已经有一条标准了，请改那一条。")
    session.add(price)
    session.flush()
    return price


def warning(session: Session, raw: Mapping[str, object] | None, known: int | None = None) -> str:
    """What is to be said before a price is entered or changed (``raw``) or dropped (None): which closed accounts have cases at it.

    Empty if there are none, or if nothing changes.
    """
    before = _of_id(session, known) if known is not None else None
    after = None if raw is None else Price()
    if after is not None:
        if before is not None:
            fill(after, {key: getattr(before, key) for key in fields_of(Price)})
        fill(after, raw or {})
    if before and after and _terms(before) == _terms(after):
        return ""
    touched = dict.fromkeys(
        period for price in (before, after) if price for period in _closed_at(session, price, known)
    )
    if not touched:
        return ""
    named = "、".join(days(*period) for period in sorted(touched))
    return (
        f"{named}的《{subsidies.TITLE}》已经结账，里面有归这条标准管的案件。"
        "标准一改，这些期重新统计的金额会和结账时不同，要另出更正单。"
    )


def drop(session: Session, known: int, was: Mapping[str, object] | None = None) -> None:
    """Take away a price entered by mistake, if it is still as it was seen; closed accounts keep what they were paid."""
    access.need(session, Power.SETTINGS)
    price = _of_id(session, known)
    merging.unchanged(price, was, "删除")
    session.delete(price)
    session.flush()


def _terms(price: Price) -> tuple[object, ...]:
    return price.level, price.valid_from, price.settled, price.unsettled


def _closed_at(session: Session, price: Price, known: int | None) -> Iterator[Period]:
    """The closed periods in whose account stands a case of the level that ended while the price is in force."""
    if price.level is None or price.valid_from is None:
        return
    later = select(func.min(Price.valid_from)).where(
        Price.level == price.level, Price.valid_from > price.valid_from, Price.id != (known or 0)
    )
    end = session.scalar(later) or date.max
    closings = closing_chain.history(session, subsidies.CODE)
    for closing in {(each.since, each.until): each for each in reversed(closings)}.values():
        if closing.until < price.valid_from or closing.since >= end:
            continue
        entries = subsidy_closings.frozen(closing).entries
        if any(e.level is price.level and price.valid_from <= e.concluded_on < end for e in entries):
            yield closing.since, closing.until


def _of_id(session: Session, known: int) -> Price:
    price = session.get(Price, known)
    if price is None:
        merging.gone(session, Price, known)
    return price
