"""Whoever is told that two numbers do not agree is told because of which cases."""

from dataclasses import replace
from datetime import date

from made_cases import MARCH, NOW, put
from sqlalchemy import update
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Kind, Outcome
from mediator.services import closings, comparing, figures, judging, questioned
from mediator.services.listing import Row
from mediator.tallies.checks import Between, Judgement, Verdict
from mediator.tallies.justice import JUSTICE
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.table import Table
from mediator.tallies.tally import Tally

APRIL = date(2026, 4, 1), date(2026, 4, 30)


def wrong(
    session: Session, table: Table, words: str, period: tuple[date, date] = MARCH
) -> tuple[Tally, Judgement]:
    """A table as counted now, and the one check that does not hold and says these words."""
    tally = figures.count(session, table, *period)
    (found,) = [check for check in judging.judgements(session, tally) if words in check.words]
    assert found.verdict is not Verdict.PASSED
    assert questioned.can_name(tally, found)
    return tally, found


def numbers(rows: list[Row]) -> list[str]:
    return sorted(row.number for row in rows)


def test_a_case_that_counts_in_the_total_and_in_no_part_is_named(session: Session) -> None:
    put(session, kind=Kind.FAMILY)
    lost = [put(session, kind=None), put(session, kind=None, outcome=Outcome.NONE)]
    put(session, "04-01", kind=None)
    tally, check = wrong(session, JUSTICE, "“婚姻家庭纠纷”至“其他纠纷”18 项之和 1 件")
    found = questioned.behind_check(session, tally, check)
    assert numbers(found) == sorted(case.number for case in lost)
    assert len(questioned.behind_check(session, tally, check, limit=1)) == 1


def test_between_tables_the_cases_are_named_that_only_one_of_them_counts(session: Session) -> None:
    put(session)
    goes = put(session, "03-31", kind=Kind.FAMILY)
    closings.close(session, JUSTICE, *MARCH, by="陈志华", now=NOW)
    come = [put(session, "03-01"), put(session, "03-12", outcome=Outcome.WRITTEN)]
    session.execute(update(Case).where(Case.id == goes.id).values(concluded_on=date(2026, 4, 1)))
    tally, check = wrong(session, POLITICAL, "不等于《人民调解案件情况统计表》“调解案件总数”2 件")
    found = questioned.behind_check(session, tally, check)
    assert numbers(found) == sorted(case.number for case in (goes, *come))


def test_where_one_table_may_count_less_only_what_it_alone_counts_is_named(session: Session) -> None:
    goes = put(session)
    closings.close(session, JUSTICE, *MARCH, by="陈志华", now=NOW)
    come = [put(session), put(session)]
    session.execute(update(Case).where(Case.id == goes.id).values(concluded_on=date(2026, 4, 1)))
    lenient = replace(POLITICAL, cross=(Between("justice", "total", "handled", at_most=True),))
    tally, check = wrong(session, lenient, "大于《人民调解案件情况统计表》“调解案件总数”1 件")
    assert numbers(questioned.behind_check(session, tally, check)) == [case.number for case in come]


def test_between_periods_the_cases_are_named_that_were_not_there_at_the_end_of_the_last(
    session: Session,
) -> None:
    put(session, None, accepted="03-20")
    closings.close(session, POLICE, *MARCH, by="陈志华", now=NOW)
    late = put(session, None, accepted="03-21")
    tally, check = wrong(session, POLICE, "“上期接转”2 件不等于上期", APRIL)
    assert check.verdict is Verdict.DOUBTFUL
    assert numbers(questioned.behind_check(session, tally, check)) == [late.number]


def test_the_case_is_named_that_adds_to_one_number_and_not_to_the_other(session: Session) -> None:
    empty = put(session, headcount=0)
    put(session, headcount=1)
    tally, check = wrong(session, JUSTICE, "“调解案件总数”2 件大于“涉及当事人数”1 人")
    assert numbers(questioned.behind_check(session, tally, check)) == [empty.number]


def test_where_no_case_came_or_went_those_behind_the_first_number_are_named(session: Session) -> None:
    """The same cases in both tables, but one of them says another amount by now."""
    paid = put(session, amount=50_05, outcome=Outcome.WRITTEN)
    put(session)
    closings.close(session, JUSTICE, *MARCH, by="陈志华", now=NOW)
    assert paid.agreement is not None
    paid.agreement.amount = 50_06
    session.flush()
    tally, check = wrong(session, POLICE, "《人民调解案件情况统计表》“协议涉及金额”")
    assert numbers(questioned.behind_check(session, tally, check)) == [paid.number]


def test_what_holds_and_what_is_no_case_names_none(session: Session) -> None:
    put(session)
    tally = figures.count(session, JUSTICE, *MARCH)
    for check in judging.judgements(session, tally):
        assert check.verdict is Verdict.PASSED
        assert not questioned.can_name(tally, check)
    read = Judgement("读到的话", Verdict.FAILED, ("total",))
    assert not questioned.can_name(tally, read)
    assert questioned.behind_check(session, tally, read) == []


def test_behind_a_closed_number_stand_the_cases_of_the_closing(session: Session) -> None:
    was = put(session)
    closings.close(session, JUSTICE, *MARCH, by="陈志华", now=NOW)
    put(session, "03-02")
    closed = figures.shown(session, JUSTICE, *MARCH)
    assert numbers(questioned.behind_number(session, closed, "total", MARCH[0])) == [was.number]
    now = figures.count(session, JUSTICE, *MARCH)
    assert len(questioned.behind_number(session, now, "total", MARCH[0])) == 2
    assert len(questioned.behind_number(session, now, "total", MARCH[0], limit=1)) == 1
    beside = comparing.compared(session, figures.count(session, JUSTICE, *APRIL))
    assert beside.before is not None
    assert numbers(questioned.behind_number(session, beside.before, "total", MARCH[0])) == [was.number]


def test_cases_are_found_by_their_life_long_identities_as_far_as_they_are_there(session: Session) -> None:
    cases = [put(session) for _ in range(3)]
    wanted = [cases[2].uid, "f" * 32, cases[0].uid]
    assert [row.id for row in questioned.of_uids(session, wanted)] == [cases[2].id, cases[0].id]
    assert [row.id for row in questioned.of_uids(session, wanted, limit=1)] == [cases[0].id]
