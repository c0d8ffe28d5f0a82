"""Closing freezes a period: what is edited later shows as differences and is reported by a correction, never silently."""

import json
from collections.abc import Callable, Iterator, Sized
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_cases import MARCH, NOW, day, put
from openpyxl import load_workbook
from sqlalchemy import Engine, event, inspect, text, true
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import Basis, Kind, Level, Outcome, Performance, Referrer, Source
from mediator.domain.errors import Missing, Refusal
from mediator.domain.figures import Closing, Screening
from mediator.exchange import package as packing
from mediator.paper import text as plain
from mediator.services import (
    case_lists,
    closing_chain,
    closings,
    correction_slips,
    figures,
    frozen,
    judging,
    offices,
    packages,
)
from mediator.tallies import count as counting
from mediator.tallies import register, shape
from mediator.tallies.justice import JUSTICE
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.table import Column, Table, Unit
from mediator.tallies.team import TEAM

BY = "陈志华"
LATER = datetime(2026, 4, 20, 15, 0, 7)
YEAR = day("01-01")
many = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def given_values(engine: Engine) -> Iterator[list[int]]:
    """How many values each statement is given."""
    found: list[int] = []

    def note(_connection: object, _cursor: object, _words: str, values: Sized, *_: object) -> None:
        found.append(len(values))

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def close(session: Session, table: Table = JUSTICE, **more: object) -> Closing:
    return closings.close(session, table, *MARCH, by=BY, now=NOW, **more)  # type: ignore[arg-type]


def correct(session: Session, closing: Closing, reason: str = "漏记一件。", **more: object) -> Closing:
    return closings.correct(session, closing, reason=reason, by=BY, now=LATER, **more)  # type: ignore[arg-type]


def told(found: list[closings.Difference]) -> dict[str, tuple[int, int]]:
    return {d.heading.name + ("+" if d.so_far else ""): (d.was, d.now) for d in found}


def test_a_closed_table_stays_as_it_was_and_differences_name_the_cases(session: Session) -> None:
    kept = put(session, kind=Kind.FAMILY, headcount=3)
    goes = put(session, amount=50_05, outcome=Outcome.WRITTEN)
    closing = close(session)
    assert (closing.serial, closing.closed_by, closing.closed_at) == (1, BY, NOW)
    assert closings.differences(session, closing) == []

    goes.concluded_on = day("04-01")
    comes = put(session, "03-31", kind=Kind.FAMILY, outcome=Outcome.NONE)
    kept.headcount = 4
    session.flush()

    assert figures.shown(session, JUSTICE, *MARCH).values["settled"] == 2
    assert figures.count(session, JUSTICE, *MARCH).values["settled"] == 1
    found = closings.differences(session, closing)
    assert told(found) == {
        "total": (2, 2), "people": (5, 6), "settled": (2, 1), "amount": (50_05, 0), "type_community": (2, 2),
        "source_application": (2, 2), "kind_family": (1, 2), "kind_neighbour": (1, 0), "written": (1, 0),
    }  # fmt: skip
    by_name = {d.heading.name: d for d in found}
    assert (by_name["total"].gone, by_name["total"].come) == ((goes.uid,), (comes.uid,))
    assert (by_name["settled"].gone, by_name["settled"].come) == ((goes.uid,), ())
    assert [row.number for row in closings.behind(session, closing, "total")] == [goes.number, kept.number]
    assert [row.number for row in closings.behind(session, closing, "total", limit=1)] == [goes.number]
    assert closings.behind(session, closing, "oral") == closings.behind(session, closing, "kind_family")
    assert closings.numbers(session, by_name["total"].gone) == {goes.uid: goes.number}


def test_an_open_period_is_shown_as_counted_now(session: Session) -> None:
    put(session)
    assert closings.standing(session, JUSTICE, *MARCH) is None
    assert figures.shown(session, JUSTICE, *MARCH) == figures.count(session, JUSTICE, *MARCH)
    closing = close(session)
    assert closings.standing(session, JUSTICE, *MARCH) is closing
    assert closings.standing(session, JUSTICE, MARCH[0], day("03-30")) is None
    assert closings.standing(session, TEAM, *MARCH) is None


def test_what_cannot_be_closed(session: Session) -> None:
    put(session)
    with pytest.raises(Refusal, match=r"2026-04-03 才结束，《人民调解案件情况统计表》现在还不能结账"):
        closings.close(session, JUSTICE, MARCH[0], day("04-03"), by=BY, now=NOW)
    with pytest.raises(Refusal, match="晚于"):
        closings.close(session, JUSTICE, MARCH[1], MARCH[0], by=BY, now=NOW)
    close(session)
    with pytest.raises(Refusal, match=r"2026年3月1日至3月31日已在 2026-04-02 09:30 结过账"):
        close(session)
    assert len(closing_chain.history(session)) == 1


def test_a_hard_check_that_fails_bars_and_is_named_with_both_numbers(session: Session) -> None:
    put(session, kind=None)
    put(session)
    with pytest.raises(Refusal, match=r"“调解案件总数”2 件不等于“婚姻家庭纠纷”至“其他纠纷”18 项之和 1 件"):
        close(session)
    assert closing_chain.history(session) == []


DOUBT = "“调解案件总数”3 件大于“涉及当事人数”2 人，多半是有案件没有填涉及人数"


def test_a_soft_check_asks_for_a_written_explanation_that_travels_with_the_table(session: Session) -> None:
    for headcount in (0, 0, 2):
        put(session, headcount=headcount)
    with pytest.raises(Missing) as missing:
        close(session)
    assert missing.value.gaps == [DOUBT]
    with pytest.raises(Missing):
        close(session, notes={DOUBT: " \u200b "})
    with pytest.raises(Refusal, match="不是《人民调解案件情况统计表》这次要核实的"):
        close(session, notes={DOUBT: "两件是一人来访。", "总数太大": "没有"})
    with pytest.raises(Refusal, match="1001 个字"):
        close(session, notes={DOUBT: "长" * 1001})

    closing = close(session, notes={DOUBT: "两件是一人来访，\n对方没有到场。"})
    note = "两件是一人来访， 对方没有到场。"
    shown = figures.shown(session, JUSTICE, *MARCH)
    assert shown.notes == {DOUBT: note}
    assert f"核对：{DOUBT}（请核实）；说明：两件是一人来访， 对方没有到场。" in plain.write(
        figures.as_paper(judging.judged(session, shown))
    )
    book = load_workbook(BytesIO(figures.write(judging.judged(session, shown), "xlsx")))
    cells = [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert f"{DOUBT}；说明：{note}" in cells
    sent, data = packages.seal(session, JUSTICE, *MARCH, by=BY, now=LATER)
    assert packing.open_package(data).tally == frozen.reported(closing)
    assert packing.open_package(data).tally.notes == {DOUBT: note}
    assert shape.from_json(shape.to_json(shown)).notes == {DOUBT: note}
    assert packages.seal(session, JUSTICE, *MARCH, by=BY, now=LATER) == (sent, data)


@pytest.mark.parametrize(
    "notes",
    [None, {}, [1], [{"words": "x"}], [{"words": "x", "note": ""}], [{"words": "", "note": "y"}],
     [{"words": "x", "note": "y\nz"}], [{"words": "x", "note": "长" * 1001}], [{"words": 1, "note": "y"}]],
    ids=str,
)  # fmt: skip
def test_notes_that_are_not_right_are_refused(session: Session, notes: object) -> None:
    document = shape.to_json(figures.count(session, JUSTICE, *MARCH))
    assert "notes" not in document
    with pytest.raises(Refusal, match="核实说明"):
        shape.from_json(document | {"notes": notes})


def test_an_explanation_holds_until_its_figures_change(session: Session) -> None:
    cases = [put(session, headcount=0) for _ in range(3)]
    cases[0].headcount = 2
    session.flush()
    closing = close(session, notes={DOUBT: "一人来访。"})
    cases[1].kind = Kind.FAMILY
    session.flush()
    second = correct(session, closing)
    assert closing_chain.notes_of(second) == {DOUBT: "一人来访。"}
    put(session, headcount=0)
    other = DOUBT.replace("3 件", "4 件")
    with pytest.raises(Missing) as missing:
        correct(session, second)
    assert missing.value.gaps == [other]
    third = correct(session, second, notes={other: "又一件。"})
    assert closing_chain.notes_of(third) == {other: "又一件。"}


def test_a_period_without_a_case_is_closed_as_a_zero_report(session: Session) -> None:
    closing = close(session)
    assert frozen.frozen(closing).is_zero
    assert set(frozen.frozen(closing).values.values()) == {0}
    assert "本期没有发生，为零报告。" in plain.write(
        figures.as_paper(judging.judged(session, figures.shown(session, JUSTICE, *MARCH)))
    )
    put(session)
    assert not figures.count(session, JUSTICE, *MARCH).is_zero
    assert told(closings.differences(session, closing))["total"] == (0, 1)


def test_a_correction_is_a_closing_of_its_own_with_a_reason(session: Session) -> None:
    case = put(session)
    first = close(session)
    before = {c.key: getattr(first, c.key) for c in Closing.__mapper__.column_attrs}
    for reason in ("", " \n\u200b"):
        with pytest.raises(Refusal, match="要写明原因"):
            correct(session, first, reason)
    with pytest.raises(Refusal, match="和结账时一样，不需要更正"):
        correct(session, first)
    case.outcome = Outcome.WRITTEN
    session.flush()
    with pytest.raises(Refusal, match="1001 个字"):
        correct(session, first, "长" * 1001)
    second = correct(session, first, " 口头协议后来\u200b补成书面的。\n")
    assert (second.serial, second.reason, second.closed_at) == (2, "口头协议后来补成书面的。", LATER)
    assert closings.standing(session, JUSTICE, *MARCH) is second
    assert figures.shown(session, JUSTICE, *MARCH).values["written"] == 1
    assert {c.key: getattr(first, c.key) for c in Closing.__mapper__.column_attrs} == before
    assert told(closings.between(session, first, second)) == {"oral": (1, 0), "written": (0, 1)}
    case.outcome = Outcome.PARTIAL
    put(session)
    with pytest.raises(Refusal, match="从最近一次更正起更正"):
        correct(session, first)
    assert correct(session, second).serial == 3
    assert closing_chain.called(second) == "第一次更正"


def test_the_slip_has_both_figures_the_difference_and_the_reason(session: Session) -> None:
    case = put(session, amount=100_00, outcome=Outcome.WRITTEN)
    goes = put(session, kind=Kind.MEDICAL)
    first = close(session)
    case.agreement.amount = 100_50  # type: ignore[union-attr]
    goes.kind = Kind.FAMILY
    session.flush()
    second = correct(session, first, "医疗纠纷：登记时选错了类型。\n核对档案时发现以上差错")
    paper = correction_slips.slip(session, first, second)
    lines = plain.write(paper).splitlines()
    assert lines[:5] == [
        "统计数据更正单",
        "填报单位：滨江社区人民调解委员会",
        "统计表：人民调解案件情况统计表（表式版本 1，按调解结果日期统计）",
        "报告期：2026年3月1日至3月31日",
        "第一次更正，2026年4月20日由陈志华经手，代替2026年4月2日结账的数字。",
    ]
    assert lines[5:11] == [
        "组别 | 项目 | 单位 | 原报数 | 更正数 | 增减 | 更正原因",
        "调解情况 | 协议涉及金额 | 元 | 100.00 | 100.50 | +0.50 | ",
        "案件分类情况 | 婚姻家庭纠纷 | 件 | 0 | 1 | +1 | ",
        "案件分类情况 | 医疗纠纷 | 件 | 1 | 0 | -1 | 登记时选错了类型。",
        "更正原因：核对档案时发现以上差错。",
        "金额按元列出，统计表里折成万元。",
    ]
    whole = "\n".join(lines)
    assert f"涉及案件：{goes.number}，不再计入“医疗纠纷”，计入“婚姻家庭纠纷”。" in whole
    assert "金额按元列出，统计表里折成万元。" in whole
    assert first.digest[:16] in whole and second.digest[:16] in whole
    assert lines[-6:] == [
        "制表人：________", "审核人：________", "负责人：________", "滨江社区人民调解委员会", "（印章）", "2026年4月20日",
    ]  # fmt: skip
    with pytest.raises(Refusal, match="不是同一张表"):
        correction_slips.slip(session, first, close(session, TEAM))


def test_a_slip_says_that_a_zero_report_was_none(session: Session) -> None:
    first = close(session)
    put(session)
    slip = correction_slips.slip(session, first, correct(session, first))
    assert "原报为零报告，更正后有数。" in plain.write(slip)


@pytest.mark.parametrize(
    "tampering",
    [
        "update closing set body = replace(body, '\"value\": 1', '\"value\": 2') where id = 1",
        "update closing set reason = 'x' where id = 2",
        'update closing set notes = \'{"a": "b"}\' where id = 1',
        "update closing set cases = '{}' where id = 2",
        "update closing set closed_by = '别人' where id = 1",
        "update closing set until = '2026-03-30' where id = 3",
        "delete from closing where id = 1",
        "delete from closing where id = 2",
        "delete from closing where id = 3",
        "delete from closing",
    ],
)
def test_the_chain_shows_that_a_closing_was_changed_or_taken_away(session: Session, tampering: str) -> None:
    put(session)
    first = close(session)
    put(session)
    second = correct(session, first)
    third = close(session, TEAM)
    assert closing_chain.broken(session) == []
    assert len({c.digest for c in (first, second, third)}) == 3
    assert closing_chain.missing(session) == 0
    session.execute(text(tampering))
    session.expire_all()
    assert closing_chain.broken(session) or "where id" not in tampering or "id = 3" in tampering
    gone = 3 if tampering == "delete from closing" else 1
    assert closing_chain.missing(session) == (gone if tampering.startswith("delete") else 0)


def test_another_day_of_counting_does_not_disturb_what_is_closed(session: Session) -> None:
    put(session, accepted="02-10")
    put(session, accepted="03-02", kind=Kind.FAMILY)
    closing = close(session)
    offices.own(session).basis = Basis.ACCEPTED
    session.flush()
    assert figures.count(session, JUSTICE, *MARCH).values["total"] == 1
    assert figures.shown(session, JUSTICE, *MARCH).values["total"] == 2
    assert closings.differences(session, closing) == []


def test_a_name_changed_later_is_not_on_the_closed_table(session: Session) -> None:
    close(session)
    offices.own(session).name = "䶮村人民调解委员会"
    session.flush()
    assert figures.shown(session, JUSTICE, *MARCH).reporter.name == "滨江社区人民调解委员会"


DRONES = Column(
    "kind_drone", "无人机纠纷", "案件分类情况", Unit.CASES, "新的一类。", part_of="total",
    where=(Case.kind == Kind.FAMILY) & (Case.level == Level.MAJOR),
)  # fmt: skip


def test_a_code_that_came_later_changes_no_closed_table(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(session)
    closing = close(session)
    was = shape.to_json(figures.shown(session, JUSTICE, *MARCH))
    columns = tuple(replace(c, label="改了名") if c.name == "total" else c for c in JUSTICE.columns)
    newer = replace(JUSTICE, columns=(*columns, DRONES))
    monkeypatch.setattr(register, "TABLES", (newer, POLITICAL, POLICE, TEAM))

    shown = figures.shown(session, newer, *MARCH)
    assert shape.to_json(shown) == was
    assert "无人机纠纷" not in plain.write(figures.as_paper(judging.judged(session, shown)))
    assert closings.differences(session, closing) == []
    reported = frozen.reported(closing)
    assert (reported.table, reported.values["total"]) == (newer, 1)
    assert "kind_drone" not in reported.values, "nobody counted it, so it is not 0"
    put(session, kind=Kind.FAMILY, level=Level.MAJOR)
    assert told(closings.differences(session, closing))["kind_drone"] == (0, 1)


def test_an_edition_this_program_no_longer_has_can_still_be_looked_at(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(session)
    closing = close(session)
    monkeypatch.setattr(register, "TABLES", (replace(JUSTICE, edition=2), POLITICAL, POLICE, TEAM))
    monkeypatch.setattr(register, "OLDER", ())
    kept = frozen.frozen(closing)
    assert (kept.table.title, kept.table.edition, kept.values["total"]) == ("人民调解案件情况统计表", 1, 1)
    with pytest.raises(Refusal, match="第 1 版"):
        closings.differences(session, closing)


def test_a_table_fits_the_others_as_they_were_closed(session: Session) -> None:
    put(session, accepted="02-20")
    justice = close(session)
    put(session)
    with pytest.raises(Refusal, match=r"“本期办结”2 件不等于《人民调解案件情况统计表》“调解案件总数”1 件"):
        close(session, POLICE)
    correct(session, justice)
    police = close(session, POLICE)
    words = [check.words for check in frozen.frozen(police).checks()]
    assert "“本期办结”2 件等于《人民调解案件情况统计表》“调解案件总数”2 件" in words
    april = (day("04-01"), day("04-30"))
    put(session, "04-08", accepted="03-29")
    with pytest.raises(Missing) as missing:
        closings.close(session, POLICE, *april, by=BY, now=datetime(2026, 5, 2, 9, 0))
    assert missing.value.gaps[0].startswith("“上期接转”1 件不等于上期“继续调解（期末未结）”0 件，")


def test_the_year_so_far_is_frozen_and_differs_by_itself(session: Session) -> None:
    january = put(session, "01-20", accepted="01-04")
    put(session)
    closing = close(session, POLITICAL)
    assert figures.shown(session, POLITICAL, *MARCH).so_far["settled"] == 2
    january.outcome = Outcome.NONE
    session.flush()
    assert told(closings.differences(session, closing)) == {"settled+": (2, 1)}
    second = correct(session, closing)
    assert frozen.frozen(second).so_far["settled"] == 1
    assert frozen.reported(second) == figures.count(session, POLITICAL, *MARCH)
    slip = plain.write(correction_slips.slip(session, closing, second))
    assert "总况 | 成功数（年度累计） | 件 | 2 | 1 | -1\n" in slip
    assert f"涉及案件：{january.number}，不再计入“成功数（年度累计）”。" in slip


def test_what_is_sent_and_rolled_up_is_what_was_closed(session: Session) -> None:
    case = put(session)
    closing = close(session)
    case.outcome = Outcome.WRITTEN
    session.flush()
    _, data = packages.seal(session, JUSTICE, *MARCH, by=BY, now=LATER)
    assert packing.open_package(data).tally.values["oral"] == 1
    total, parts = packages.roll_up(session, JUSTICE, *MARCH)
    assert (total.values["oral"], parts[0].values["written"]) == (1, 0)
    correct(session, closing)
    sent, data = packages.seal(session, JUSTICE, *MARCH, by=BY, now=LATER)
    assert (sent.serial, packing.open_package(data).tally.values["written"]) == (2, 1)
    assert packing.open_package(data).tally.notes == {}


def test_screenings_are_frozen_too(session: Session) -> None:
    session.add(Screening(screened_on=day("03-05"), prevented=3))
    session.flush()
    closing = close(session)
    session.add(Screening(screened_on=day("03-06"), prevented=2))
    session.flush()
    found = closings.differences(session, closing)
    assert told(found) == {"screenings": (1, 2), "prevented": (3, 5)}
    assert {(d.gone, d.come, d.others) for d in found} == {((), (), (0, 1))}


def test_a_screening_in_place_of_another_is_a_change_though_the_figures_are_the_same(
    session: Session,
) -> None:
    kept, goes = (Screening(screened_on=day("03-05"), area="䶮村", prevented=3) for _ in range(2))
    session.add_all((kept, goes))
    session.flush()
    closing = close(session)
    session.delete(goes)
    session.flush()
    session.add(Screening(screened_on=day("03-05"), area="䶮村", prevented=3))
    session.flush()
    found = closings.differences(session, closing)
    assert told(found) == {"screenings": (2, 2), "prevented": (6, 6)}
    assert {d.others for d in found} == {(1, 1)}
    slip = plain.write(correction_slips.slip(session, closing, correct(session, closing)))
    assert "“排查纠纷”背后的记录减少 1 条，增加 1 条。" in slip


def test_a_mediator_in_place_of_another_is_a_change(session: Session) -> None:
    closing = close(session, TEAM)
    offices.person(session, BY).mediates = False
    offices.person(session, "䶮光").mediates = True
    session.flush()
    assert {(d.heading.name, d.was, d.now, d.others) for d in closings.differences(session, closing)} == {
        ("mediators", 1, 1, (1, 1)), ("part_time", 1, 1, (1, 1)),
    }  # fmt: skip


def test_the_lists_of_a_closing_are_not_read_with_it(session: Session) -> None:
    put(session)
    close(session)
    session.expunge_all()
    closing = closings.standing(session, JUSTICE, *MARCH)
    assert closing is not None
    assert "cases" in inspect(closing).unloaded
    session.expunge(closing)
    assert closings.differences(session, closing) == [], "nor is it held against one that left its session"


def test_the_cases_of_the_year_so_far_are_kept(session: Session) -> None:
    january = put(session, "01-20", accepted="01-04")
    march = put(session)
    closing = close(session, POLITICAL)
    january.concluded_on = date(2025, 12, 31)
    comes = put(session, "01-21", accepted="01-04")
    put(session, "04-01")
    found = {d.label: d for d in closings.differences(session, closing)}
    assert "调处数" not in found, "nothing has changed in the period itself"
    year = found["调处数（年度累计）"]
    assert (year.was, year.now, year.gone, year.come) == (2, 2, (january.uid,), (comes.uid,))
    behind = closings.behind(session, closing, "handled", so_far=True)
    assert [row.number for row in behind] == [march.number, january.number]
    assert [row.number for row in closings.behind(session, closing, "handled")] == [march.number]


def test_only_the_cases_that_are_shown_are_looked_up(session: Session, given_values: list[int]) -> None:
    cases = [put(session) for _ in range(9)]
    closing = close(session)
    given_values.clear()
    found = closings.behind(session, closing, "total", limit=2)
    assert [row.id for row in found] == [cases[8].id, cases[7].id]
    assert max(given_values) < 9


# Any cases, any table

days = st.dates(date(2026, 2, 20), date(2026, 4, 10))
facts = st.fixed_dictionaries(
    {
        "accepted_on": st.none() | days,
        "concluded_on": st.none() | days,
        "registered_on": days,
        "kind": st.none() | st.sampled_from(Kind),
        "source": st.sampled_from(Source),
        "referrer": st.none() | st.sampled_from(Referrer),
        "level": st.sampled_from(Level),
        "outcome": st.none() | st.sampled_from(Outcome),
        "headcount": st.integers(0, 600),
    }
)
agreements = st.none() | st.fixed_dictionaries(
    {
        "amount": st.none() | st.integers(0, 10**12),
        "performance": st.none() | st.sampled_from(Performance),
        "confirm_applied_on": st.none() | days,
        "confirmed_on": st.none() | days,
    }
)


def enter(session: Session, drawn: list[tuple[dict[str, object], dict[str, object] | None]]) -> list[Case]:
    made = []
    for fields, agreement in drawn:
        case = put(session, **fields)  # type: ignore[arg-type]
        case.agreement = Agreement(**agreement) if agreement else None
        made.append(case)
    session.flush()
    return made


@many
@given(st.lists(st.tuples(facts, agreements), max_size=12), st.sampled_from(Basis))
def test_the_cases_kept_are_those_that_each_number_opens(
    session: Session, drawn: list[tuple[dict[str, object], dict[str, object] | None]], basis: Basis
) -> None:
    uids = {case.id: case.uid for case in enter(session, drawn)}
    for table in (*register.TABLES, *register.OLDER):
        members = case_lists.counted(session, table, basis, *MARCH, YEAR)
        assert case_lists.read(case_lists.written(members)) == members
        for column, (since, so_far) in product(table.columns, ((MARCH[0], False), (YEAR, True))):
            ids = session.scalars(counting.drill(table, column.name, basis, since, MARCH[1])).all()
            opened = [uids[i] if column.opens_cases else f"{column.of.name}:{i}" for i in sorted(ids)]
            assert members.of(column.name, so_far=so_far) == opened, column.label
        whole = case_lists.counted(session, table, basis, *MARCH, MARCH[0])
        for column in table.columns:
            assert whole.of(column.name, so_far=True) == whole.of(column.name) == members.of(column.name)
    session.rollback()


Change = Callable[[Case], object]
changes: st.SearchStrategy[Change] = st.sampled_from(
    [
        lambda case: setattr(case, "outcome", Outcome.NONE),
        lambda case: setattr(case, "kind", Kind.OTHER),
        lambda case: setattr(case, "concluded_on", day("04-01")),
        lambda case: setattr(case, "concluded_on", day("03-31")),
        lambda case: setattr(case, "headcount", case.headcount + 1),
        lambda case: None,
    ]
)


@many
@given(st.lists(st.tuples(facts, changes), max_size=10), st.integers(0, 2))
def test_differences_lead_from_what_was_closed_to_what_is_now(
    session: Session, drawn: list[tuple[dict[str, object], Change]], new: int
) -> None:
    made = enter(session, [({**fields, "kind": fields["kind"] or Kind.FAMILY}, None) for fields, _ in drawn])
    for case in made:
        case.source, case.referrer, case.headcount = Source.INITIATIVE, None, case.headcount + 1
    session.flush()
    closing = close(session)
    before = counting.count(session, JUSTICE, closing.basis, *MARCH).values
    for case, (_, change) in zip(made, drawn, strict=True):
        change(case)
    for _ in range(new):
        put(session, kind=Kind.LAND)
    session.flush()
    after = counting.count(session, JUSTICE, closing.basis, *MARCH).values
    found = {d.heading.name: d for d in closings.differences(session, closing)}
    for column in JUSTICE.columns:
        difference = found.get(column.name)
        assert (difference is not None) >= (before[column.name] != after[column.name])
        if difference:
            assert (difference.was, difference.now) == (before[column.name], after[column.name])
            assert not set(difference.gone) & set(difference.come)
            if column.measure is None and column.opens_cases:
                assert difference.now - difference.was == len(difference.come) - len(difference.gone)
    session.rollback()


def test_more_columns_than_one_number_has_room_for(session: Session) -> None:
    put(session, kind=Kind.LAND)
    many_columns = tuple(replace(DRONES, name=f"n{n}", where=true()) for n in range(130))
    table = replace(JUSTICE, columns=(*JUSTICE.columns, *many_columns))
    members = case_lists.counted(session, table, Basis.CONCLUDED, *MARCH)
    assert [len(names) for names in members.groups] == [130 + 7]


def test_the_list_of_cases_is_compact(session: Session) -> None:
    for n in range(40):
        put(session, kind=Kind.FAMILY if n % 3 else Kind.LAND)
    closing = close(session, POLITICAL)
    assert closing.cases.count('"') // 2 == 40 + 3 + len(json.loads(closing.cases)["columns"])
