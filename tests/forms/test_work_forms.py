"""Papers of the office (工作文书): which cases a listing takes, how typed lines are read, 0, 1 and 200 cases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sample_cases import CASES, TODAY, leak, listed, new, office, refused
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import Duty, Performance, Stage
from mediator.domain.fields import Value
from mediator.domain.people import Staff
from mediator.domain.records import Assignment
from mediator.forms.form import Form, Sheet, blank, gaps, lay
from mediator.forms.register import FORMS
from mediator.forms.work import lines
from mediator.forms.work.answer import ANSWER, RESULT
from mediator.forms.work.book import BOOK
from mediator.forms.work.deposit import DEPOSIT
from mediator.forms.work.hazard import HAZARD
from mediator.forms.work.meeting import MEETING
from mediator.forms.work.screening import SCREENING
from mediator.forms.work.subsidy import SUBSIDY
from mediator.paper import text
from mediator.paper.blocks import Cut, Listing, PageBreak, plain

LISTINGS = [form for form in FORMS if form.among]
every_listing = pytest.mark.parametrize("form", LISTINGS, ids=lambda form: form.code)
FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
PERIOD: dict[str, Value] = {"since": FIRST, "until": LAST}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def keep(session: Session, name: str, **values: Any) -> Case:
    """A case in the database, known by its name."""
    day = values.setdefault("registered_on", date(2026, 1, 5))
    case = new(Case, uid=name, number=name, name=name, changed_at=datetime(2026, 7, 1), **values)
    case.registered_on = day
    session.add(case)
    return case


def found(session: Session, form: Form, answers: dict[str, Value]) -> list[str]:
    """The names of the cases a listing takes."""
    sheet = Sheet(blank(form, office(), TODAY).case, office(), TODAY, None, answers)
    assert form.among is not None
    session.flush()
    return list(session.scalars(select(Case.name).where(form.among(sheet)).order_by(Case.name)))


def test_the_register_takes_both_ends_of_the_period(session: Session) -> None:
    for name, day in (
        ("一", date(2026, 3, 31)),
        ("二", FIRST),
        ("三", LAST),
        ("四", date(2026, 7, 1)),
    ):
        keep(session, name, registered_on=day)
    assert sorted(found(session, BOOK, PERIOD)) == ["三", "二"]
    assert found(session, BOOK, {"since": LAST, "until": FIRST}) == []
    assert found(session, BOOK, {"since": None, "until": LAST}) == []


def test_the_subsidy_takes_what_the_mediator_mediated_and_ended_in_the_period(session: Session) -> None:
    chen, other = new(Staff, name="陈志华"), new(Staff, name="陈志华𬎆")

    def mediated(name: str, ended: date | None, *assignments: Assignment) -> None:
        keep(session, name, concluded_on=ended, assignments=list(assignments))

    def chens(**values: Any) -> Assignment:
        return new(Assignment, staff=chen, **values)

    mediated("a 第一天", FIRST, chens())
    mediated("b 最后一天", LAST, chens(duty=Duty.ASSIST), new(Assignment, staff=other))
    mediated("c 前一天", date(2026, 3, 31), chens())
    mediated("d 后一天", date(2026, 7, 1), chens())
    mediated("e 未结", None, chens())
    mediated("f 已回避", FIRST, chens(recusal="与申请人是亲属"), new(Assignment, staff=other))
    mediated("g 只做记录", FIRST, chens(duty=Duty.RECORD), new(Assignment, staff=other))
    mediated("h 调解兼记录", FIRST, chens(duty=Duty.RECORD), chens())
    mediated("i 别人的", FIRST, new(Assignment, staff=other))
    assert found(session, SUBSIDY, PERIOD | {"mediator": "陈志华"}) == [
        "a 第一天",
        "b 最后一天",
        "h 调解兼记录",
    ]
    assert found(session, SUBSIDY, PERIOD | {"mediator": ""}) == []


def test_the_deposit_takes_a_finished_file_once(session: Session) -> None:
    keep(session, "a 结案", stage=Stage.CLOSED, closed_on=FIRST)
    keep(session, "b 期内结案、期后归档", stage=Stage.ARCHIVED, closed_on=LAST, archived_on=date(2026, 9, 1))
    keep(
        session, "c 期前结案、期内归档", stage=Stage.ARCHIVED, closed_on=date(2026, 3, 31), archived_on=FIRST
    )
    keep(session, "d 不予受理归档", stage=Stage.ARCHIVED, archived_on=LAST)
    keep(session, "e 结案后退回", stage=Stage.REVISITED, closed_on=FIRST)
    keep(session, "f 不予受理未归档", stage=Stage.REFUSED)
    assert found(session, DEPOSIT, PERIOD) == ["a 结案", "b 期内结案、期后归档", "d 不予受理归档"]


@every_listing
def test_a_listing_is_right_with_no_case_one_and_two_hundred(form: Form) -> None:
    none, one, many = (replace(listed(form), cases=[leak() for _ in range(n)]) for n in (0, 1, 200))
    assert not [block for block in lay(form, none).blocks if isinstance(block, Listing)]
    assert "没有符合条件的案件。\n" in text.write(lay(form, none))
    for sheet in (one, many):
        (table,) = (block for block in lay(form, sheet).blocks if isinstance(block, Listing))
        assert [plain(row[0]) for row in table.rows] == [str(n + 1) for n in range(len(sheet.cases))]
        assert str(len(sheet.cases)) in text.write(lay(form, sheet)).split("以上共")[1]


@every_listing
def test_a_blank_listing_has_rows_to_write_in_and_no_total(form: Form) -> None:
    (table,) = (
        block for block in lay(form, blank(form, office(), TODAY)).blocks if isinstance(block, Listing)
    )
    assert len(table.rows) >= 7
    words = text.write(lay(form, blank(form, office(), TODAY)))
    assert "没有符合条件" not in words
    assert not any(figure in words.split("以上共")[1] for figure in "0123456789")


def test_a_case_not_accepted_stands_in_the_register_with_its_day() -> None:
    case = refused()
    case.stage = Stage.ARCHIVED
    words = text.write(lay(BOOK, replace(listed(BOOK), cases=[case])))
    assert "| 合同 | 申请 |  | 不予受理 | 2026-04-09\n" in words


def test_many_parties_are_counted_in_the_register() -> None:
    words = text.write(lay(BOOK, replace(listed(BOOK), cases=[CASES["wages"]()])))
    assert "| 牛建国等12人 | 滨江绿野农业发展有限公司 |" in words


def test_the_subsidy_says_how_a_case_without_agreement_ended() -> None:
    part = leak()
    assert part.agreement is not None
    part.agreement.performance = Performance.PART
    words = text.write(lay(SUBSIDY, replace(listed(SUBSIDY), cases=[part, CASES["ended"]()])))
    assert "| 2026-03-05 | 部分履行 | \n" in words
    assert "|  | 终止调解 | \n" in words


def test_a_period_is_proposed_and_needed() -> None:
    sheet = Sheet(blank(SUBSIDY, office(), TODAY).case, office(), date(2026, 1, 31))
    assert gaps(SUBSIDY, sheet) == ["请填写人民调解员"]
    assert "2025年12月1日至2025年12月31日" in text.write(lay(SUBSIDY, sheet))
    assert "2026年1月1日至2026年1月31日" in text.write(lay(BOOK, sheet))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            "4月8日，3号楼，樊小满、樊大壮，楼上漏水，已劝解",
            ("4月8日", "3号楼", "樊小满、樊大壮", "楼上漏水", "已劝解"),
        ),
        (
            "4月8日,3号楼,樊小满,漏水,要赔3,000元,已劝解",
            ("4月8日", "3号楼", "樊小满", "漏水，要赔3,000元", "已劝解"),
        ),
        ("4月8日 | 3号楼 | | 漏水，吵过 ｜已劝解", ("4月8日", "3号楼", "", "漏水，吵过", "已劝解")),
        ("楼上漏水，两家在吵", ("", "", "", "楼上漏水，两家在吵", "")),
        ("楼上漏水", ("", "", "", "楼上漏水", "")),
    ],
)
def test_a_finding_is_read_as_it_was_typed(line: str, read: tuple[str, ...]) -> None:
    assert lines.parts(line, 5, main=3) == read


def test_a_decision_keeps_its_commas() -> None:
    assert lines.parts("马秀英，5月25日前，核对考勤表，拿出方案", 3, main=2) == (
        "马秀英",
        "5月25日前",
        "核对考勤表，拿出方案",
    )
    assert lines.parts("下周一继续会商", 3, main=2) == ("", "", "下周一继续会商")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("楼道停放电动车，建议清理楼道，另设充电点", ("楼道停放电动车", "建议清理楼道，另设充电点")),
        ("楼道停放电动车。建议清理", ("楼道停放电动车", "建议清理")),
        ("居民建议没人理｜尽快答复", ("居民建议没人理", "尽快答复")),
        ("外墙瓷砖松动,多次反映", ("外墙瓷砖松动，多次反映", "")),
    ],
)
def test_a_risk_and_what_is_advised_are_parted(line: str, read: tuple[str, str]) -> None:
    assert lines.advised(line) == read


def test_empty_lines_are_no_findings() -> None:
    sheet = replace(
        listed(SCREENING), answers={**listed(SCREENING).answers, "findings": "\n  \n楼上漏水\n\n"}
    )
    assert "发现矛盾纠纷和风险隐患1件。" in text.write(lay(SCREENING, sheet))
    nothing = replace(sheet, answers={**sheet.answers, "findings": ""})
    assert "\n本次排查没有发现矛盾纠纷和风险隐患。\n" in text.write(lay(SCREENING, nothing))


def test_the_slip_under_one_risk_is_cut_off_and_for_more_has_its_page() -> None:
    for items, kind in (("楼道堆物", Cut), ("楼道堆物\n外墙松动", PageBreak)):
        sheet = replace(listed(HAZARD), answers={**listed(HAZARD).answers, "items": items})
        blocks = lay(HAZARD, sheet).blocks
        assert [type(block) for block in blocks if isinstance(block, Cut | PageBreak)] == [kind]
        assert text.write(lay(HAZARD, sheet)).count("第2项") == (kind is PageBreak)


def test_a_meeting_that_decided_nothing_leaves_room() -> None:
    sheet = replace(listed(MEETING), answers={**listed(MEETING).answers, "decisions": ""})
    assert gaps(MEETING, sheet) == []
    (table,) = (block for block in lay(MEETING, sheet).blocks if isinstance(block, Listing))
    assert len(table.rows) == 4


def test_an_answer_proposes_how_far_the_case_has_come() -> None:
    said = Sheet(leak(), office(), TODAY).said(RESULT)
    assert (
        said == "2026年3月1日受理；调解2次，最近一次在2026年3月5日；2026年3月5日达成书面协议；协议全部履行。"
    )
    assert Sheet(blank(ANSWER, office(), TODAY).case, office(), TODAY).said(RESULT) == ""
