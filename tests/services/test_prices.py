"""Who changes the price list is told which closed accounts (以案定补结账) have cases at the price."""

from datetime import date, datetime

import pytest
from made_cases import MARCH, NOW, day, put
from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.codes import Level
from mediator.domain.errors import Refusal
from mediator.domain.figures import Price
from mediator.services import closing_chain, prices, subsidy_closings

APRIL = day("04-01"), day("04-30")
BOTH = "2026年3月1日至3月31日、2026年4月1日至4月30日的《以案定补核算表》已经结账"


def raw(level: str = "general", settled: str = "100", valid_from: str = "2026-01-01") -> dict[str, object]:
    return {"level": level, "settled": settled, "unsettled": "", "valid_from": valid_from}


@pytest.fixture
def closed(session: Session) -> int:
    """March and April closed, each with a case at the price of that id; May closed without any."""
    price = prices.put(session, raw())
    prices.put(session, raw("hard", "300"))
    for on in ("03-10", "04-10"):
        put(session, on, lead="陈志华", headcount=3)
    put(session, "04-11", lead="马𬎆英", headcount=4)
    for period in (MARCH, APRIL, (day("05-01"), day("05-31"))):
        subsidy_closings.close(session, *period, by="陈志华", now=datetime(2026, 6, 2, 9, 0))
    return price.id


def test_a_changed_price_names_the_closed_periods_with_cases_at_it(session: Session, closed: int) -> None:
    words = prices.warning(session, raw(settled="120"), closed)
    assert words.startswith(BOTH) and "另出更正单" in words
    assert prices.warning(session, None, closed) == words, "dropping it changes them as well"
    assert prices.warning(session, raw("major"), closed) == words, "the level it had"
    only = prices.warning(session, raw(valid_from="2026-04-01"))
    assert only.startswith("2026年4月1日至4月30日的") and "3月" not in only


def test_what_touches_no_closed_case_is_entered_without_a_word(session: Session, closed: int) -> None:
    assert prices.warning(session, raw(), closed) == "", "nothing changes"
    assert prices.warning(session, raw(valid_from="2026-04-12")) == "", "after the last case"
    assert prices.warning(session, raw("simple")) == "", "no case of that level"
    hard = session.scalars(select(Price.id).where(Price.level == Level.HARD)).one()
    assert prices.warning(session, raw("hard", "400"), hard) == ""


def test_a_price_that_is_followed_by_another_touches_only_what_lies_before(
    session: Session, closed: int
) -> None:
    prices.put(session, raw(settled="150", valid_from="2026-04-01"))
    words = prices.warning(session, raw(settled="120"), closed)
    assert words.startswith("2026年3月1日至3月31日的")
    session.get_one(Price, closed).valid_from = date(2026, 1, 1)
    with pytest.raises(Refusal, match="已经不在了"):
        prices.warning(session, raw(), 999)


def test_a_correction_counts_once(session: Session, closed: int) -> None:
    prices.put(session, raw(settled="120"), closed)
    first = closing_chain.history(session, "subsidy", *MARCH)[0]
    subsidy_closings.correct(session, first, reason="标准补发。", by="陈志华", now=NOW)
    assert prices.warning(session, raw(settled="130"), closed).count("3月31日") == 1
