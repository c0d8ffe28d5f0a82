"""Checks with other tables and with the last period; and stock and flow, which hold for whatever days cases have."""

from dataclasses import replace
from datetime import date, timedelta

import made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import Made, entered
from sqlalchemy import Engine

from mediator.domain.codes import Basis
from mediator.tallies.across import across, added, adds_up
from mediator.tallies.checks import AtMost, StockFlow, Sum, Verdict
from mediator.tallies.count import astray, count
from mediator.tallies.justice import JUSTICE, JUSTICE_15
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.register import OLDER, TABLES
from mediator.tallies.table import Table
from mediator.tallies.tally import Reporter, Tally
from mediator.tallies.team import TEAM

MARCH = date(2026, 3, 1), date(2026, 3, 31)
shared_memory = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def tally(table: Table, **values: int) -> Tally:
    zero = {column.name: 0 for column in table.columns}
    return Tally(table, Basis.CONCLUDED, Reporter("office-1", "䶮村调委会", ""), *MARCH, zero | values)


def february(**values: int) -> Tally:
    return replace(tally(POLICE, **values), since=date(2026, 2, 1), until=date(2026, 2, 28))


def words(found: Tally, *others: Tally, before: Tally | None = None) -> list[str]:
    made = across(found, {other.table.code: other for other in others}, before)
    return [f"{one.verdict.label}：{one.words}" for one in made]


def test_the_same_number_in_two_tables_is_compared() -> None:
    found = tally(POLICE, concluded=7, settled=5, amount=150)
    assert words(found, tally(JUSTICE, total=7, settled=6, amount=150)) == [
        "相符：“本期办结”7 件等于《人民调解案件情况统计表》“调解案件总数”7 件",
        "不符：“化解”5 件不等于《人民调解案件情况统计表》“调解成功”6 件",
        "相符：“协议涉及金额”1.50 元等于《人民调解案件情况统计表》“协议涉及金额”1.50 元",
    ]
    wrong = across(found, {"justice": tally(JUSTICE, total=7, settled=6, amount=150)}, None)[1]
    assert (wrong.columns, wrong.check) == (("settled",), POLICE.cross[1])
    assert len(words(tally(POLITICAL, handled=7), tally(JUSTICE, total=7))) == 3


def test_screenings_held_together_are_at_most_all_screenings() -> None:
    held = across(tally(POLITICAL, screenings=3), {"justice": tally(JUSTICE, screenings=4)}, None)[-1]
    assert (held.verdict, held.words) == (
        Verdict.PASSED, "“开展集中排查”3 次不大于《人民调解案件情况统计表》“排查纠纷”4 次",
    )  # fmt: skip
    wrong = across(tally(POLITICAL, screenings=5), {"justice": tally(JUSTICE, screenings=4)}, None)[-1]
    assert (wrong.verdict, wrong.words) == (
        Verdict.FAILED, "“开展集中排查”5 次大于《人民调解案件情况统计表》“排查纠纷”4 次",
    )  # fmt: skip


def test_a_check_of_another_table_is_told_from_this_side_and_does_not_bar() -> None:
    then = "，那张表已经结账的，请接着更正它，或者写明原因"
    assert words(tally(JUSTICE, total=7, settled=6), tally(POLICE, concluded=7, settled=5)) == [
        "相符：“调解案件总数”7 件等于《派出所调解工作月报》“本期办结”7 件",
        f"请核实：“调解成功”6 件不等于《派出所调解工作月报》“化解”5 件{then}",
        "相符：“协议涉及金额”0.00 元等于《派出所调解工作月报》“协议涉及金额”0.00 元",
    ]
    political = tally(POLITICAL, screenings=3)
    assert words(tally(JUSTICE, screenings=4), political)[-1] == (
        "相符：“排查纠纷”4 次不小于《矛盾纠纷排查情况表》“开展集中排查”3 次"
    )
    assert words(tally(JUSTICE, screenings=2), political)[-1] == (
        f"请核实：“排查纠纷”2 次小于《矛盾纠纷排查情况表》“开展集中排查”3 次{then}"
    )
    by_acceptance = [replace(each, basis=Basis.ACCEPTED) for each in (tally(JUSTICE), tally(POLICE))]
    assert words(*by_acceptance) == []


def test_what_the_last_period_left_is_what_this_one_begins_with() -> None:
    found = tally(POLICE, opening=4)
    assert words(found, before=february(closing=4)) == [
        "相符：“上期接转”4 件等于上期“继续调解（期末未结）”4 件"
    ]
    assert words(found, before=february(closing=3)) == [
        "请核实：“上期接转”4 件不等于上期“继续调解（期末未结）”3 件，"
        "上期报出以后有案件补录或者改动的，请先出更正单，或者写明原因"
    ]


def test_what_cannot_be_compared_is_left_out() -> None:
    found, justice = tally(POLICE), tally(JUSTICE)
    assert words(found) == words(found, tally(POLITICAL)) == []
    by_acceptance = [replace(each, basis=Basis.ACCEPTED) for each in (found, justice)]
    assert words(*by_acceptance) == []
    for other in (
        replace(justice, since=date(2026, 2, 1)),
        replace(justice, reporter=Reporter("office-2", "", "")),
        replace(justice, basis=Basis.ACCEPTED),
    ):
        assert words(found, other) == []
    for before in (replace(february(), until=date(2026, 2, 27)), replace(february(), table=JUSTICE), justice):
        assert words(found, before=before) == []
    assert words(found, replace(justice, table=replace_columns(JUSTICE))) == []


def replace_columns(table: Table) -> Table:
    """An edition without any of the columns."""
    return Table(table.code, table.title, 9, table.valid_from, ())


@shared_memory
@given(made=made.made(), period=made.periods(), length=st.integers(0, 40))
def test_stock_and_flow_hold_and_go_on_from_period_to_period(
    memory: Engine, made: Made, period: tuple[date, date], length: int
) -> None:
    since, until = period
    begin = until + timedelta(1)
    after = begin, begin + timedelta(length)
    with entered(memory, made) as session:
        now = count(session, POLICE, Basis.CONCLUDED, since, until)
        then = count(session, POLICE, Basis.CONCLUDED, *after)
        both = count(session, POLICE, Basis.CONCLUDED, since, after[1])
        justice = count(session, JUSTICE, Basis.CONCLUDED, since, until)
        political = count(session, POLITICAL, Basis.CONCLUDED, since, until)
    assert not now.failures()
    assert {one.verdict for one in across(now, {"justice": justice}, None)} == {Verdict.PASSED}
    assert {one.verdict for one in across(political, {"justice": justice}, None)} == {Verdict.PASSED}
    assert [one.verdict for one in across(then, {}, now)] == [Verdict.PASSED]
    for name in ("accepted", "concluded", "people", "amount", "ended"):
        assert both.values[name] == now.values[name] + then.values[name]


@shared_memory
@given(made=made.made(), period=made.periods(), length=st.integers(0, 40), basis=st.sampled_from(Basis))
def test_what_happens_in_two_periods_adds_up_to_both(
    memory: Engine, made: Made, period: tuple[date, date], length: int, basis: Basis
) -> None:
    begin = period[1] + timedelta(1)
    last = begin + timedelta(length)
    with entered(memory, made) as session:
        for table in (*TABLES, *OLDER):
            first, then, both = (
                count(session, table, basis, *days) for days in (period, (begin, last), (period[0], last))
            )
            adding = [column.name for column in table.columns if adds_up(column)]
            for name in adding:
                assert both.values[name] == first.values[name] + then.values[name], name
            judgement = added(both, [first, then])
            assert (judgement is None) == (table is TEAM)
            assert judgement is None or judgement.verdict is Verdict.PASSED


def test_what_is_there_does_not_add_up() -> None:
    assert [column.name for column in POLICE.columns if not adds_up(column)] == ["due", "opening", "closing"]
    assert not any(adds_up(column) for column in TEAM.columns)
    assert all(adds_up(column) for column in (*JUSTICE.columns, *POLITICAL.columns))


def test_periods_that_were_counted_otherwise_are_not_added() -> None:
    whole, part = tally(JUSTICE, total=2), tally(JUSTICE, total=1)
    assert added(whole, [part, part]) is not None
    assert added(whole, []) is None
    for other in (
        replace(part, basis=Basis.ACCEPTED),
        replace(part, reporter=Reporter("office-2", "", "")),
        replace(part, table=JUSTICE_15),
    ):
        assert added(whole, [part, other]) is None
    police = tally(POLICE, accepted=2)
    assert added(police, [replace(police, basis=Basis.ACCEPTED)]) is not None, "it has no column by that day"


def test_a_column_that_a_part_does_not_have_is_left_out() -> None:
    part = tally(JUSTICE)
    part = replace(part, values={name: value for name, value in part.values.items() if name != "total"})
    found = added(tally(JUSTICE, total=9, people=4), [part])
    assert found is not None
    assert found.words.startswith("“涉及当事人数”4 人不等于其中已结账的 1 期之和 0 人，已结账的各期")


@shared_memory
@given(
    made=made.made(),
    period=made.periods(),
    basis=st.sampled_from(Basis),
    table=st.sampled_from((*TABLES, *OLDER)),
)
def test_a_check_that_fails_always_finds_what_is_astray(
    memory: Engine, made: Made, period: tuple[date, date], basis: Basis, table: Table
) -> None:
    with entered(memory, made) as session:
        tally = count(session, table, basis, *period)
        for one in tally.checks():
            assert isinstance(one.check, Sum | AtMost | StockFlow)
            start = (tally.year or tally.since) if one.so_far else tally.since
            found = session.scalars(astray(table, one.check, basis, start, tally.until)).all()
            assert found or one.verdict is Verdict.PASSED, one.words
