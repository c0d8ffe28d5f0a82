"""The price list (补贴标准) as the office enters it: what a case of a level is paid from a day on."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.codes import Level
from mediator.domain.errors import Refusal
from mediator.domain.figures import Price
from mediator.services.cases import fill


def listed(session: Session) -> list[Price]:
    """All prices: the newest list first, its levels from simple to major."""
    order = list(Level)
    found = session.scalars(select(Price))
    return sorted(found, key=lambda price: (-price.valid_from.toordinal(), order.index(price.level)))


def put(session: Session, raw: Mapping[str, object], known: int | None = None) -> Price:
    """Enter a price, or change the one of that id; Refusal if it says nothing or the level has one from that day."""
    price = _of_id(session, known) if known is not None else Price()
    with session.no_autoflush:
        fill(price, raw)
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


def drop(session: Session, known: int) -> None:
    """Take away a price entered by mistake; closed accounts keep what they were paid."""
    session.delete(_of_id(session, known))
    session.flush()


def _of_id(session: Session, known: int) -> Price:
    price = session.get(Price, known)
    if price is None:
        raise Refusal("这条补贴标准已经不在了，请刷新后再试。")
    return price
