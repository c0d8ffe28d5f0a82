"""The lists that are always current: who stands in them, in which order, and what they look like as files."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from made_cases import day, put
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.case import Case
from mediator.domain.codes import ItemKind, Outcome, Performance, Side, Source, Stage
from mediator.domain.errors import Refusal
from mediator.domain.figures import Screening
from mediator.domain.people import Party
from mediator.paper import text as plain
from mediator.services import rosters, sheets
from mediator.services.roster_list import DISPUTES, DUE, EVENTS, OVERDUE, ROSTERS, WORKING
from mediator.services.rosters import Roster

TODAY = day("04-10")


def cells(session: Session, roster: Roster, label: str) -> list[object]:
    """One column of a list."""
    place = [column.label for column in roster.columns].index(label)
    return [row.cells[place] for row in rosters.page(session, roster, TODAY)]


def working(session: Session, stage: Stage, due: str | None, **fields: object) -> Case:
    return put(session, None, stage=stage, due_on=day(due) if due else None, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("roster", ROSTERS, ids=lambda roster: roster.code)
def test_every_list_is_empty_without_cases_and_can_be_kept(session: Session, roster: Roster) -> None:
    assert rosters.page(session, roster, TODAY) == []
    assert rosters.number_of(session, roster, TODAY) == 0
    sheet = rosters.sheet(session, roster, TODAY)
    assert "没有符合条件的内容。" in plain.write(sheets.as_paper(sheet))
    assert len(sheet.heads) == len(sheet.widths) == len(roster.columns) + 1
    assert roster.definition.endswith("。")
    assert rosters.by_code(ROSTERS, roster.code) is roster
    with pytest.raises(Refusal, match=r"没有代码为“moon”的清单，可选的有：open（在办案件清单）、"):
        rosters.by_code(ROSTERS, "moon")


def test_open_and_overdue_cases_stand_by_their_due_day(session: Session) -> None:
    parties = ("周文谦", "阿依古丽·买买提")
    late = working(session, Stage.MEDIATING, "04-07", parties=parties, lead="马𬎆英")
    today = working(session, Stage.ACCEPTED, "04-10")
    halted = working(session, Stage.SUSPENDED, "04-01")
    soon = working(session, Stage.INFORMED, "04-15")
    unset = working(session, Stage.ASSIGNED, None)
    new = working(session, Stage.REGISTERED, None, accepted=None)
    put(session, stage=Stage.SETTLED, due_on=day("04-01"))
    put(session, None, stage=Stage.REFUSED, accepted=None)
    cases = [halted, late, today, soon, unset, new]
    assert cells(session, WORKING, "卷号") == [case.number for case in cases]
    assert cells(session, WORKING, "剩余天数") == [
        "中止", "逾期 3 天", "今天到期", "还有 5 天", "未定期限", "待受理",
    ]  # fmt: skip
    assert cells(session, OVERDUE, "卷号") == [late.number]
    assert rosters.page(session, OVERDUE, TODAY)[0].cells == (
        late.number, "周文谦", "阿依古丽·买买提", "邻里", "马𬎆英", "调解", "2026-03-02", "2026-04-07", "逾期 3 天",
    )  # fmt: skip
    assert rosters.page(session, OVERDUE, TODAY)[0].case_id == late.id
    assert rosters.number_of(session, WORKING, TODAY) == 6
    pages = [rosters.page(session, WORKING, TODAY, limit=4, offset=n) for n in (0, 4, 8)]
    assert [row.case_id for page in pages for row in page] == [case.id for case in cases]


def owing(session: Session, *parts: Instalment, stage: Stage = Stage.SETTLED, **item: object) -> Case:
    """A case with an agreement of one item."""
    case = put(session, parties=("周文谦", "张三", "李四", "王𬎆"), stage=stage)
    for party in case.parties[1:]:
        party.phone = f"1300000000{party.id % 10}"
    fields = {"kind": ItemKind.MONEY, "debtor_side": Side.RESPONDENT, "creditor_side": Side.APPLICANT} | item
    case.agreement = Agreement(items=[Item(instalments=list(parts), **fields)])
    session.flush()
    return case


def test_what_is_still_to_be_paid_or_done(session: Session) -> None:
    def part(
        due: str | None, amount: int | None = None, paid: int | None = None, on: str | None = None
    ) -> Instalment:
        return Instalment(
            due_on=day(due) if due else None, amount=amount, paid=paid, paid_on=day(on) if on else None
        )

    crowd = owing(session, part("05-30", 8_00))
    for n in range(2, 9):
        crowd.parties.append(Party(name=f"阿依古丽{n}", side=Side.RESPONDENT, phone=f"1300000001{n}"))
    money = owing(
        session, part("04-30", 50_00), part("04-09", 100_00, 30_50, "04-01"), part("03-01", 9, 9, "03-01")
    )
    act = owing(session, part(None), kind=ItemKind.ACT, act="修好漏水的水管")
    owing(session, part("04-01", 50_00), stage=Stage.ARCHIVED)
    kept = owing(session, part("04-01", 50_00))
    kept.agreement.performance = Performance.FULL  # type: ignore[union-attr]
    failed = owing(session, part("04-01", 50_00))
    failed.outcome = Outcome.NONE
    one = owing(session, part("04-20", 7_00))
    one.agreement.items[0].debtor = one.parties[2]  # type: ignore[union-attr]
    session.flush()
    rows = [row.cells for row in rosters.page(session, DUE, TODAY)]
    phones = "、".join(party.phone for party in money.parties[1:])
    yuan = Decimal
    assert rows[0] == (
        money.number, "张三等 3 人", phones, "周文谦", "付款", "2026-04-09", "逾期 1 天", yuan("100.00"), yuan("69.50"),
    )  # fmt: skip
    assert [(row[1], row[4], row[6], row[8]) for row in rows[1:]] == [
        ("李四", "付款", "还有 10 天", yuan("7.00")),
        ("张三等 3 人", "付款", "还有 20 天", yuan("50.00")),
        ("张三等 10 人", "付款", "还有 50 天", yuan("8.00")),
        ("张三等 3 人", "修好漏水的水管", "未定期限", ""),
    ]
    assert str(rows[3][2]).count("、") == 2 and str(rows[3][2]).endswith("等 10 个"), (
        "the first three are enough"
    )
    assert rows[-1][0] == act.number
    assert rosters.number_of(session, DUE, TODAY) == 5


def test_what_is_due_first_is_found_without_sorting_all(session: Session) -> None:
    words = (
        rosters.statement(DUE, TODAY)
        .limit(100)
        .compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    )
    plan = [row[3] for row in session.execute(text(f"explain query plan {words}"))]
    assert any("ix_instalment_due_on" in step for step in plan)
    assert not any("FOR ORDER BY" in step for step in plan if "group_concat" not in step)


def test_what_was_found_on_rounds_and_through_the_grid(session: Session) -> None:
    session.add(
        Screening(screened_on=day("04-02"), area="滨江路", people="网格员方正", found=2, note="两户争执。")
    )
    session.add(Screening(screened_on=date(2025, 4, 9), area="滨江路"))
    session.flush()
    own = put(session, accepted="03-03", source=Source.INITIATIVE, summary="漏\n水" * 30, stage=Stage.SETTLED)
    grid = put(session, accepted="04-02", source=Source.REFERRAL, referrer_name="滨江街道网格中心")
    put(session, accepted="04-03", source=Source.REFERRAL, referrer_name="滨江派出所")
    assert cells(session, EVENTS, "卷号") == ["", grid.number, own.number]
    assert cells(session, EVENTS, "类别") == ["排查", "纠纷", "纠纷"]
    assert cells(session, EVENTS, "办理情况") == ["发现 2 件", "登记", "达成协议"]
    assert cells(session, EVENTS, "情况")[2] == ("漏 水" * 30)[:40] + "……"
    assert [row.case_id for row in rosters.page(session, EVENTS, TODAY)] == [None, grid.id, own.id]


def test_disputes_that_are_not_closed_yet(session: Session) -> None:
    later = put(
        session, accepted="03-09", stage=Stage.REVISITED, parties=("甲", "乙", "丙", "丁"), headcount=41
    )
    later.parties.append(Party(name="旁人", side=Side.THIRD))
    first = put(session, None, accepted="03-02", kind=None, stage=Stage.REGISTERED)
    for stage in (Stage.CLOSED, Stage.ARCHIVED, Stage.REFUSED):
        put(session, stage=stage)
    assert cells(session, DISPUTES, "卷号") == [first.number, later.number]
    assert cells(session, DISPUTES, "当事人") == ["", "甲与乙等 3 人"]
    assert cells(session, DISPUTES, "纠纷类型") == ["未定", "邻里"]
    assert cells(session, DISPUTES, "涉及人数") == [2, 41]
    assert cells(session, DISPUTES, "办理阶段") == ["登记", "回访"]


def test_a_list_as_files(session: Session) -> None:
    case = working(session, Stage.MEDIATING, "04-07", parties=("=cmd|'/c calc'!A1", "𪚥氏"))
    case.number = "000123456789012345"
    session.flush()
    sheet = rosters.sheet(session, WORKING, TODAY)
    assert sheet.about == ("填报单位：滨江社区人民调解委员会", "截至 2026年4月10日，共 1 条")
    page = load_workbook(BytesIO(sheets.write(sheet, "xlsx"))).worksheets[0]
    row = next(row for row in page.iter_rows(min_row=5) if row[0].value == 1)
    assert (row[1].value, row[1].data_type, row[1].number_format) == ("000123456789012345", "s", "@")
    assert (row[2].value, row[2].data_type) == ("=cmd|'/c calc'!A1", "s")
    assert page.freeze_panes == "A5"
    rows = list(csv.DictReader(StringIO(sheets.write(sheet, "csv").decode("utf-8-sig"))))
    assert (rows[0]["卷号"], rows[0]["申请人"]) == ("000123456789012345", "'=cmd|'/c calc'!A1")
    assert (rows[0]["填报单位"], rows[0]["口径"]) == ("滨江社区人民调解委员会", WORKING.definition)
    words = plain.write(sheets.as_paper(sheet))
    assert "2026-04-07" in words and all(head in words for head in sheet.heads)
    assert "口径：已经登记、还没有调解结果的案件，先到期的在前。" in words
    assert sheets.write(sheet, "pdf").startswith(b"%PDF")
    assert sheets.write(sheet, "docx").startswith(b"PK")
    assert "在办案件清单" in sheets.write(sheet, "json").decode()


def test_a_long_list_says_that_there_is_more_and_is_not_printed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        working(session, Stage.MEDIATING, "04-07")
    sheet = rosters.sheet(session, WORKING, TODAY, limit=2)
    assert len(sheet.rows) == 2
    assert sheet.about[1] == "截至 2026年4月10日，共 3 条，只列出前 2 条"
    assert rosters.sheet(session, WORKING, TODAY, limit=3).about[1].endswith("共 3 条")
    monkeypatch.setattr(sheets, "MOST_ON_PAPER", 1)
    with pytest.raises(Refusal, match="有 2 行，印出来太长；请存成 xlsx"):
        sheets.write(sheet, "pdf")
