"""Figures that were reported are tied to one another: months to quarters, tables to tables, a period to the one before it."""

from datetime import date, datetime

import pytest
from made_cases import MARCH, NOW, day, put
from sqlalchemy.orm import Session

from mediator.domain.codes import Basis, Kind
from mediator.domain.errors import Missing, Refusal
from mediator.domain.figures import Closing, Screening
from mediator.services import closed_periods, closings, figures, judging, offices, questioned
from mediator.tallies.checks import Adds, Judgement, Verdict
from mediator.tallies.justice import JUSTICE
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.table import Table

Period = tuple[date, date]
JANUARY, FEBRUARY = (day("01-01"), day("01-31")), (day("02-01"), day("02-28"))
QUARTER, APRIL = (day("01-01"), day("03-31")), (day("04-01"), day("04-30"))
LATE = "已结账的各期后来有案件补录或者改动的，请先出更正单，或者写明原因"
THEN = "那张表已经结账的，请接着更正它，或者写明原因"


def close(session: Session, table: Table, period: Period, **notes: str) -> Closing:
    return closings.close(session, table, *period, by="陈志华", now=datetime(2026, 6, 1, 9), notes=notes)


def judged(session: Session, table: Table, period: Period) -> list[Judgement]:
    return judging.judgements(session, figures.count(session, table, *period))


def adds(session: Session, table: Table, period: Period) -> list[Judgement]:
    return [one for one in judged(session, table, period) if isinstance(one.check, Adds)]


def questioned_for(session: Session, table: Table, period: Period, check: Judgement) -> list[str]:
    tally = figures.count(session, table, *period)
    assert questioned.can_name(tally, check)
    return [row.number for row in questioned.behind_check(session, tally, check)]


# Long periods and short ones


def test_a_quarter_is_compared_with_the_months_that_were_closed(session: Session) -> None:
    put(session, "01-20", accepted="01-04")
    for month in (JANUARY, FEBRUARY, MARCH):
        assert adds(session, JUSTICE, QUARTER) == [], "a month is still open"
        close(session, JUSTICE, month)
    [held] = adds(session, JUSTICE, QUARTER)
    assert (held.verdict, held.words) == (
        Verdict.PASSED, "“调解案件总数”1 件等于其中已结账的 3 期之和 1 件",
    )  # fmt: skip
    late = put(session, "01-31", accepted="01-05")
    [doubt] = adds(session, JUSTICE, QUARTER)
    words = f"“调解案件总数”2 件不等于其中已结账的 3 期之和 1 件，另有 6 项也不相等，{LATE}"
    assert (doubt.verdict, doubt.words) == (Verdict.DOUBTFUL, words)
    assert questioned_for(session, JUSTICE, QUARTER, doubt) == [late.number]
    with pytest.raises(Missing) as missing:
        close(session, JUSTICE, QUARTER)
    assert missing.value.gaps == [words]
    first = closings.standing(session, JUSTICE, *JANUARY)
    assert first is not None
    closings.correct(session, first, reason="补录一件。", by="陈志华", now=datetime(2026, 6, 2, 9))
    assert [one.verdict for one in adds(session, JUSTICE, QUARTER)] == [Verdict.PASSED]
    close(session, JUSTICE, QUARTER)


def test_a_case_that_only_changed_its_kind_is_found_too(session: Session) -> None:
    moved = put(session, "01-20", accepted="01-04")
    put(session, "01-21", accepted="01-04", kind=Kind.FAMILY)
    for month in (JANUARY, FEBRUARY, MARCH):
        close(session, JUSTICE, month)
    moved.kind = Kind.OTHER
    session.flush()
    [doubt] = adds(session, JUSTICE, QUARTER)
    assert doubt.words.startswith("“邻里纠纷”0 件不等于其中已结账的 3 期之和 1 件，另有 1 项也不相等")
    assert questioned_for(session, JUSTICE, QUARTER, doubt) == [moved.number]


def test_the_year_so_far_is_what_the_closed_periods_before_it_had_and_this_one(session: Session) -> None:
    put(session, "01-20", accepted="01-04")
    close(session, POLITICAL, JANUARY)
    assert [one.verdict for one in adds(session, POLITICAL, FEBRUARY)] == [Verdict.PASSED]
    late = put(session, "01-25", accepted="01-04")
    put(session, "02-09", accepted="02-02")
    [doubt] = adds(session, POLITICAL, FEBRUARY)
    words = "年度累计：“排查数”3 件不等于本年以前已结账的 1 期和本期之和 2 件，另有 5 项也不相等，"
    assert (doubt.verdict, doubt.words) == (Verdict.DOUBTFUL, words + LATE)
    assert doubt.so_far
    assert questioned_for(session, POLITICAL, FEBRUARY, doubt) == [late.number]
    with pytest.raises(Missing):
        close(session, POLITICAL, FEBRUARY)
    close(session, POLITICAL, FEBRUARY, **{doubt.words: "一月漏记一件，随后更正。"})
    assert adds(session, POLITICAL, MARCH)[0].words.startswith(
        "年度累计：“排查数”3 件不等于本年以前已结账的 2 期和本期之和 2 件"
    )


def test_figures_that_only_no_case_explains_name_the_number(session: Session) -> None:
    session.add(Screening(screened_on=day("01-05"), area="䶮村"))
    for month in (JANUARY, FEBRUARY, MARCH):
        close(session, JUSTICE, month)
    session.add(Screening(screened_on=day("01-06"), area="䶮村"))
    session.flush()
    [doubt] = adds(session, JUSTICE, QUARTER)
    assert doubt.words == f"“排查纠纷”2 次不等于其中已结账的 3 期之和 1 次，{LATE}"


def test_what_is_there_at_the_end_of_a_month_does_not_add_up_to_a_quarter(session: Session) -> None:
    put(session, None, accepted="01-04")
    for month in (JANUARY, FEBRUARY, MARCH):
        close(session, POLICE, month)
    [held] = adds(session, POLICE, QUARTER)
    assert held.words == "“本期受理”1 件等于其中已结账的 3 期之和 1 件"


def test_periods_counted_by_another_day_are_not_added(session: Session) -> None:
    put(session, "02-20", accepted="01-04")
    for month in (JANUARY, FEBRUARY, MARCH):
        close(session, JUSTICE, month)
        close(session, POLICE, month)
    offices.own(session).basis = Basis.ACCEPTED
    session.flush()
    assert adds(session, JUSTICE, QUARTER) == []
    assert len(adds(session, POLICE, QUARTER)) == 1, "no column of it goes by that day"


def test_the_periods_that_make_up_another_lie_end_to_end(session: Session) -> None:
    put(session)
    weeks = (day("01-01"), day("01-09")), (day("01-10"), day("01-31"))
    for period in ((day("01-01"), day("02-15")), *weeks, JANUARY, (day("02-02"), day("02-28"))):
        close(session, JUSTICE, period)

    def made_up(since: date, until: date, *, whole: bool) -> list[Period]:
        found = closed_periods.making_up(session, "justice", since, until, whole=whole)
        return [(closing.since, closing.until) for closing in found]

    assert made_up(*JANUARY, whole=False) == [*weeks]
    assert made_up(*weeks[0], whole=True) == [weeks[0]]
    assert made_up(*weeks[0], whole=False) == []
    assert made_up(day("01-01"), day("02-28"), whole=False) == [], "a day is not covered"
    assert closed_periods.making_up(session, "police", *JANUARY, whole=True) == []


# Tables beside one another


def test_a_table_closed_before_speaks_when_the_other_is_closed(session: Session) -> None:
    put(session, accepted="03-01")
    close(session, POLITICAL, MARCH)
    come = put(session, "03-31")
    [doubt] = [one for one in judged(session, JUSTICE, MARCH) if one.words.startswith("“调解案件总数”")][-1:]
    words = f"“调解案件总数”2 件不等于《矛盾纠纷排查情况表》“调处数”1 件，{THEN}"
    assert (doubt.verdict, doubt.words) == (Verdict.DOUBTFUL, words)
    assert questioned_for(session, JUSTICE, MARCH, doubt) == [come.number]
    with pytest.raises(Missing) as missing:
        close(session, JUSTICE, MARCH)
    assert missing.value.gaps == [
        words,
        words.replace("调解案件总数", "调解成功").replace("调处数", "成功数"),
    ]


def test_an_open_table_does_not_speak(session: Session) -> None:
    put(session)
    assert not any("《" in one.words for one in judged(session, JUSTICE, MARCH))
    close(session, POLICE, MARCH)
    words = [one.words for one in judged(session, JUSTICE, MARCH) if "《" in one.words]
    assert words[0] == "“调解案件总数”1 件等于《派出所调解工作月报》“本期办结”1 件"


def test_two_closed_tables_can_be_corrected_one_after_the_other(session: Session) -> None:
    put(session)
    justice, police = close(session, JUSTICE, MARCH), close(session, POLICE, MARCH)
    put(session)
    now = datetime(2026, 6, 2, 9)
    with pytest.raises(Refusal, match="不等于《人民调解案件情况统计表》“调解案件总数”1 件"):
        closings.correct(session, police, reason="补录。", by="陈志华", now=now)
    with pytest.raises(Missing) as missing:
        closings.correct(session, justice, reason="补录。", by="陈志华", now=now)
    notes = dict.fromkeys(missing.value.gaps, "随后更正。")
    closings.correct(session, justice, reason="补录。", by="陈志华", now=now, notes=notes)
    closings.correct(session, police, reason="补录。", by="陈志华", now=now)
    assert {one.verdict for one in judged(session, JUSTICE, MARCH)} == {Verdict.PASSED}


def test_fewer_screenings_than_were_held_together_are_told(session: Session) -> None:
    kept = Screening(screened_on=day("03-05"), area="䶮村", concentrated=True)
    session.add(kept)
    close(session, POLITICAL, MARCH)
    session.delete(kept)
    session.flush()
    words = [one.words for one in judged(session, JUSTICE, MARCH) if one.verdict is Verdict.DOUBTFUL]
    assert words == [f"“排查纠纷”0 次小于《矛盾纠纷排查情况表》“开展集中排查”1 次，{THEN}"]


# The period before


@pytest.mark.parametrize("before", [MARCH, QUARTER, (day("03-30"), day("03-31"))], ids=str)
def test_the_period_before_is_the_one_that_was_closed_whatever_its_length(
    session: Session, before: Period
) -> None:
    put(session, None, accepted="03-20")
    close(session, POLICE, before)
    late = put(session, None, accepted="03-21")
    [doubt] = [
        one for one in judged(session, POLICE, APRIL) if "上期接转" in one.words and "上期“" in one.words
    ]
    assert doubt.words.startswith("“上期接转”2 件不等于上期“继续调解（期末未结）”1 件，")
    assert questioned_for(session, POLICE, APRIL, doubt) == [late.number]


def test_of_several_closed_before_the_last_word_counts(session: Session) -> None:
    put(session, None, accepted="03-20")
    close(session, POLICE, QUARTER)
    put(session, None, accepted="03-21")
    close(session, POLICE, MARCH)
    found = closed_periods.ending(session, "police", MARCH[1])
    assert found is not None and (found.since, found.until) == MARCH
    first = closings.standing(session, POLICE, *QUARTER)
    assert first is not None
    closings.correct(session, first, reason="补录。", by="陈志华", now=datetime(2026, 6, 2, 9))
    found = closed_periods.ending(session, "police", MARCH[1])
    assert found is not None and (found.since, found.serial) == (QUARTER[0], 2)


def test_an_open_period_before_is_no_check(session: Session) -> None:
    put(session, None, accepted="03-20")
    assert not any("上期“" in one.words for one in judged(session, POLICE, APRIL))


# What was closed stays


def test_the_year_so_far_begins_where_it_began_when_it_was_closed(session: Session) -> None:
    put(session, "01-10", accepted="01-04")
    put(session, concluded_on=date(2025, 12, 22))
    closing = close(session, POLITICAL, MARCH)
    offices.own(session).cut_off = 20
    session.flush()
    assert figures.count(session, POLITICAL, *MARCH).so_far["handled"] == 2
    assert closings.differences(session, closing) == []
    with pytest.raises(Refusal, match="不需要更正"):
        closings.correct(session, closing, reason="x", by="陈志华", now=NOW)
    put(session)
    second = closings.correct(session, closing, reason="补录。", by="陈志华", now=NOW)
    assert closings.today(session, second).year == day("01-01")
    found = [
        (d.was, d.now) for d in closings.between(session, closing, second) if d.heading.name == "handled"
    ]
    assert found == [(0, 1), (1, 2)], "of the period, and of the year so far"
