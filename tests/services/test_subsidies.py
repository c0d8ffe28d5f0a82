"""Pay per case: each case once, at the price of its day, to the one who led it; nothing is claimed twice unseen."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_cases import MARCH, NOW, day, mediator, put
from openpyxl import load_workbook
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import SETTLED, Duty, Kind, Level, Outcome
from mediator.domain.errors import Missing, Refusal
from mediator.domain.figures import Claim, Closing, Price
from mediator.domain.records import Assignment
from mediator.paper import text as plain
from mediator.services import (
    closing_chain,
    sheets,
    subsidies,
    subsidy_closings,
    subsidy_doubts,
    subsidy_slips,
)

APRIL = day("04-01"), day("04-30")
MAY = datetime(2026, 5, 2, 9, 0)
LATER = datetime(2026, 5, 20, 9, 0)
BY = "陈志华"
CHEN, MA = "陈志华", "马𬎆英"


def price(
    session: Session, level: Level, since: str, settled: int | None, unsettled: int | None = None
) -> None:
    session.add(
        Price(level=level, valid_from=date.fromisoformat(since), settled=settled, unsettled=unsettled)
    )
    session.flush()


@pytest.fixture
def prices(session: Session) -> None:
    price(session, Level.SIMPLE, "2025-01-01", 50_00)
    price(session, Level.GENERAL, "2025-01-01", 100_00, 30_00)
    price(session, Level.GENERAL, "2026-03-16", 120_50)
    price(session, Level.GENERAL, "2026-04-01", 999_00)


def close(session: Session, period: tuple[date, date] = MARCH, now: datetime = NOW, **more: Any) -> Closing:
    return subsidy_closings.close(session, *period, by=BY, now=now, **more)


def correct(session: Session, closing: Closing, reason: str = "核对档案时发现。", **more: Any) -> Closing:
    return subsidy_closings.correct(session, closing, reason=reason, by=BY, now=LATER, **more)


def claims(session: Session) -> dict[str, tuple[int, int]]:
    """What is claimed now: by the number of the case, in which closing and how much."""
    rows = select(Case.number, Claim.closing_id, Claim.amount).join(Case, Case.id == Claim.case_id)
    return {row[0]: (row[1], row[2]) for row in session.execute(rows)}


def test_cases_by_mediator_level_and_price_of_the_day(session: Session, prices: None) -> None:
    put(session, "03-15", lead=MA, outcome=Outcome.WRITTEN)
    put(session, "03-16", lead=MA)
    put(session, "03-31", lead=MA)
    put(session, "03-01", lead=MA, outcome=Outcome.NONE)
    put(session, "03-16", lead=MA, outcome=Outcome.NONE)
    put(session, "03-04", lead=CHEN, level=Level.SIMPLE, outcome=Outcome.PARTIAL)
    put(session, "03-05", lead=CHEN, level=Level.MAJOR)
    put(session, "04-01", lead=CHEN)
    put(session, "02-28", lead=CHEN)
    put(session, None, lead=CHEN)
    account = subsidies.count(session, *MARCH)
    yuan = Decimal
    assert subsidies.sheet(account).rows == (
        (CHEN, "简易", "调解成功", 1, yuan("50.00"), yuan("50.00")),
        (CHEN, "重大", "调解成功", 1, "无标准", yuan("0.00")),
        (CHEN, "小计", "", 2, "", yuan("50.00")),
        (MA, "一般", "调解成功", 1, yuan("100.00"), yuan("100.00")),
        (MA, "一般", "调解成功", 2, yuan("120.50"), yuan("241.00")),
        (MA, "一般", "未成功", 1, "无标准", yuan("0.00")),
        (MA, "一般", "未成功", 1, yuan("30.00"), yuan("30.00")),
        (MA, "小计", "", 5, "", yuan("371.00")),
        ("合计", "", "", 7, "", yuan("421.00")),
    )
    assert account.amount == 421_00
    checked = subsidies.checked(session, account)
    assert checked.doubts == ("难易程度为重大、调解成功的 1 件没有补贴标准，按 0 元计",)


def test_a_case_counts_for_the_one_who_leads_and_did_not_step_aside(session: Session, prices: None) -> None:
    case = put(session, lead=CHEN)
    case.assignments[0].recusal = "与申请人是亲属"
    for duty, name in ((Duty.ASSIST, "赵丽娟"), (Duty.LEAD, MA), (Duty.LEAD, "方正"), (Duty.RECORD, CHEN)):
        case.assignments.append(Assignment(staff=mediator(session, name), duty=duty))
    unled = put(session)
    put(session, outcome=Outcome.WITHDRAWN, level=Level.SIMPLE)
    session.flush()
    account = subsidies.checked(session, subsidies.count(session, *MARCH))
    assert [(e.number, e.mediator) for e in account.entries] == [(case.number, MA)]
    assert account.doubts == (f"{unled.number}没有记主持调解员，没有计入",)


def test_people_stand_in_the_order_of_names_whatever_they_earn(session: Session, prices: None) -> None:
    for name, pieces in (("丙", 1), ("甲", 3), ("乙", 9)):
        for _ in range(pieces):
            put(session, lead=name)
    names = [row[0] for row in subsidies.sheet(subsidies.count(session, *MARCH)).rows]
    assert list(dict.fromkeys(names)) == [*sorted(["丙", "甲", "乙"]), "合计"]


LIKE = ("周文谦", "阿依古丽·买买提")


def test_cases_that_look_like_one_dispute_are_named(session: Session, prices: None) -> None:
    def look(period: tuple[date, date] = MARCH) -> list[str]:
        return list(subsidies.checked(session, subsidies.count(session, *period)).doubts)

    one = put(session, "01-20", accepted="01-05", parties=LIKE, lead=CHEN)
    two = put(session, "03-10", accepted="03-03", parties=LIKE[::-1], lead=MA)
    put(session, "03-10", accepted="03-03", parties=LIKE, kind=Kind.FAMILY, lead=MA)
    put(session, "03-10", accepted="03-03", parties=LIKE[:1], lead=MA)
    put(session, None, accepted="03-04", parties=LIKE, lead=MA)
    assert look() == [f"{one.number}和{two.number}当事人、纠纷类型都相同，登记日期相差 57 天，可能是同一纠纷"]
    assert look(APRIL) == []
    two.registered_on = day("04-05")
    session.flush()
    assert len(look()) == 1
    two.registered_on = day("04-06")
    session.flush()
    assert look() == []
    two.registered_on = one.registered_on
    session.flush()
    assert look()[0].endswith("当事人、纠纷类型都相同，同一天登记，可能是同一纠纷")


def test_of_cases_long_before_or_after_the_parties_are_not_read(session: Session, prices: None) -> None:
    put(session, "03-10", accepted="03-03", parties=LIKE, lead=CHEN)
    put(session, "03-11", accepted="01-08", parties=LIKE[:1], lead=MA)
    put(session, "04-10", accepted="04-03", lead=MA)
    account = subsidies.count(session, *MARCH)
    assert account.registered == (day("01-08"), day("03-03"))
    looked = subsidy_doubts.alike(*MARCH, (day("01-08"), day("03-03")))
    words = looked.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    plan = [row[3] for row in session.execute(text(f"explain query plan {words}"))]
    days = "(registered_on>? AND registered_on<?)"
    assert any("ix_case_registered_on" in step and step.endswith(days) for step in plan)
    assert not any(step.startswith("SCAN party") for step in plan)
    assert subsidies.count(session, day("06-01"), day("06-30")).registered is None


def test_what_is_claimed_in_one_period_is_not_counted_in_another(session: Session, prices: None) -> None:
    case = put(session, lead=CHEN)
    free = put(session, lead=CHEN, outcome=Outcome.NONE, level=Level.SIMPLE)
    march = close(session)
    assert claims(session) == {case.number: (march.id, 100_00)}
    case.concluded_on = free.concluded_on = day("04-02")
    free.outcome = Outcome.ORAL
    session.flush()
    account = subsidies.checked(session, subsidies.count(session, *APRIL))
    assert [entry.number for entry in account.entries] == [free.number]
    doubt = f"{case.number}已在2026年3月1日至3月31日申报过补贴，这次不再计入"
    assert account.doubts == (doubt,)
    with pytest.raises(Missing) as missing:
        close(session, APRIL, MAY)
    assert missing.value.gaps == [doubt]
    april = close(session, APRIL, MAY, notes={doubt: "结果日期更正到 4 月，3 月已发。"})
    assert claims(session) == {case.number: (march.id, 100_00), free.number: (april.id, 50_00)}


def test_a_closed_account_stays_and_a_correction_moves_the_claims(session: Session, prices: None) -> None:
    stays, goes, changes = (put(session, lead=name) for name in (CHEN, CHEN, MA))
    first = close(session)
    with pytest.raises(Refusal, match=r"《以案定补核算表》2026年3月1日至3月31日已在"):
        close(session)
    with pytest.raises(Refusal, match="不需要更正"):
        correct(session, first)
    goes.concluded_on = day("04-02")
    changes.level = Level.SIMPLE
    comes = put(session, lead=MA)
    assert subsidy_closings.shown(session, *MARCH).amount == 300_00
    with pytest.raises(Refusal, match="要写明原因"):
        correct(session, first, " ")
    found = subsidy_closings.differences(session, first)
    assert [(c.entry.number, c.was and c.was.amount, c.now and c.now.amount) for c in found] == [
        (changes.number, 100_00, 50_00), (comes.number, None, 100_00), (goes.number, 100_00, None),
    ]  # fmt: skip
    body = first.body
    second = correct(session, first)
    assert (first.body, second.serial, second.reason) == (body, 2, "核对档案时发现。")
    assert claims(session) == {
        stays.number: (second.id, 100_00), changes.number: (second.id, 50_00), comes.number: (second.id, 100_00),
    }  # fmt: skip
    assert subsidy_closings.shown(session, *MARCH).amount == 250_00
    assert [e.number for e in subsidies.count(session, *APRIL).entries] == [goes.number]
    with pytest.raises(Refusal, match="从最近一次更正起更正"):
        correct(session, first)
    assert closing_chain.broken(session) == []

    lines = plain.write(subsidy_slips.slip(first, second)).splitlines()
    assert lines[0] == "以案定补更正单"
    assert lines[5:9] == [
        f"{changes.number} | 马𬎆英，一般，调解成功 | 马𬎆英，简易，调解成功 | 100.00 | 50.00 | -50.00",
        f"{comes.number} | 没有计入 | 马𬎆英，一般，调解成功 | 0.00 | 100.00 | +100.00",
        f"{goes.number} | 陈志华，一般，调解成功 | 没有计入 | 100.00 | 0.00 | -100.00",
        "合计 |  |  | 300.00 | 250.00 | -50.00",
    ]
    assert "更正原因：核对档案时发现。" in lines


def test_a_price_added_later_does_not_touch_what_is_closed(session: Session, prices: None) -> None:
    put(session, lead=CHEN)
    first = close(session)
    price(session, Level.GENERAL, "2026-03-01", 1_00)
    assert subsidy_closings.shown(session, *MARCH).amount == 100_00
    assert [c.now and c.now.amount for c in subsidy_closings.differences(session, first)] == [1_00]


def test_a_period_without_cases_is_closed_too(session: Session) -> None:
    closing = close(session)
    assert subsidy_closings.frozen(closing).entries == ()
    assert claims(session) == {}
    with pytest.raises(Refusal, match="才结束"):
        close(session, APRIL)
    with pytest.raises(Refusal, match="晚于"):
        close(session, MARCH[::-1])


def test_the_account_as_files(session: Session, prices: None) -> None:
    put(session, lead="=1+1")
    put(session, lead=CHEN, level=Level.MAJOR)
    account = subsidies.checked(session, subsidies.count(session, *MARCH))
    sheet = subsidies.sheet(account)
    page = load_workbook(BytesIO(sheets.write(sheet, "xlsx"))).worksheets[0]
    rows = [row for row in page.iter_rows(values_only=True) if row[0] == "=1+1"]
    assert rows[0] == ("=1+1", "一般", "调解成功", 1, 100, 100)
    places = str(page.cell(page.max_row, 1).value)
    assert places.startswith("核算人：____") and places.count("____________") == 3
    assert "'=1+1,一般,调解成功,1,100.00,100.00" in sheets.write(sheet, "csv").decode("utf-8-sig")
    words = plain.write(sheets.as_paper(sheet))
    assert "请核实：难易程度为重大、调解成功的 1 件没有补贴标准，按 0 元计。" in words
    assert "口径：调解结果日期在核算期内的案件，一件只计一次" in words
    assert words.endswith("核算人：________\n审核人：________\n负责人（签字并盖章）：________\n")
    details = subsidies.details(account)
    assert [row[1:] for row in details.rows] == [
        ("(2026)第1号", "一般", "调解成功", "2026-03-10", Decimal("100.00")),
        ("(2026)第2号", "重大", "调解成功", "2026-03-10", Decimal("0.00")),
    ]
    with pytest.raises(Refusal, match=r"\.exe"):
        sheets.write(sheet, "exe")


drawn_cases = st.fixed_dictionaries(
    {
        "concluded_on": st.none() | st.dates(day("02-20"), day("04-10")),
        "level": st.sampled_from(Level),
        "outcome": st.none() | st.sampled_from(Outcome),
    }
)
drawn_prices = st.dictionaries(
    st.tuples(st.sampled_from(Level), st.dates(day("02-01"), day("04-10"))),
    st.tuples(*[st.none() | st.integers(0, 10**6)] * 2),
    max_size=8,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(drawn_cases, st.sampled_from(["", CHEN, MA])), max_size=12), drawn_prices)
def test_the_account_agrees_with_a_reckoning_by_hand(
    session: Session, cases: list[tuple[dict[str, Any], str]],
    listed: dict[tuple[Level, date], tuple[int | None, int | None]],
) -> None:  # fmt: skip
    for fields, lead in cases:
        put(session, lead=lead, **fields)
    for (level, since), (settled, unsettled) in listed.items():
        price(session, level, since.isoformat(), settled, unsettled)
    wanted: dict[str, int] = defaultdict(int)
    for fields, lead in cases:
        on, outcome = fields["concluded_on"], fields["outcome"]
        if lead and outcome and on and MARCH[0] <= on <= MARCH[1]:
            known = [since for level, since in listed if level is fields["level"] and since <= on]
            pair = listed[fields["level"], max(known)] if known else (0, 0)
            wanted[lead] += pair[0 if outcome in SETTLED else 1] or 0
    found: dict[str, int] = defaultdict(int)
    for entry in subsidies.count(session, *MARCH).entries:
        found[entry.mediator] += entry.amount
    assert found == wanted
    closing = close(session, notes=_notes(session))
    assert session.scalar(select(func.coalesce(func.sum(Claim.amount), 0))) == sum(wanted.values())
    assert subsidy_closings.differences(session, closing) == []
    session.rollback()


def _notes(session: Session) -> dict[str, str]:
    account = subsidies.checked(session, subsidies.count(session, *MARCH))
    return dict.fromkeys(account.doubts, "已核实。")
