"""Checks with other tables and with the last period; and stock and flow, which hold for whatever days cases have."""

from dataclasses import replace
from datetime import date, timedelta

import made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import Made, entered
from sqlalchemy import Engine

from mediator.domain.codes import Basis
from mediator.tallies.across import across
from mediator.tallies.checks import AtMost, StockFlow, Sum, Verdict
from mediator.tallies.count import astray, count
from mediator.tallies.justice import JUSTICE
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.register import OLDER, TABLES
from mediator.tallies.table import Table
from mediator.tallies.tally import Reporter, Tally

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
        "相符：“协议涉及金额”150 分等于《人民调解案件情况统计表》“协议涉及金额”150 分",
    ]
    wrong = across(found, {"justice": tally(JUSTICE, total=7, settled=6, amount=150)}, None)[1]
    assert (wrong.columns, wrong.check) == (("settled",), POLICE.cross[1])
    assert len(words(tally(POLITICAL, handled=7), tally(JUSTICE, total=7))) == 3


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
