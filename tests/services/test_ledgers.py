"""Ledgers taken in: once, whole, in order, and never twice."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Duty, EventKind, Outcome, Performance, Sex, Stage
from mediator.domain.errors import Refusal
from mediator.domain.identity import check_digit
from mediator.domain.office import Batch, Counter
from mediator.domain.people import Staff
from mediator.exchange.ledger import Ledger, read_ledger
from mediator.services import cases, ledgers, listing, progress

TODAY = date(2026, 11, 21)
BY = "陈志华"
SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "ledger-community-2026.xlsx"
ID = "00000019620315001" + check_digit("00000019620315001")
HEADINGS = [
    "序号",
    "受理日期",
    "申请人",
    "身份证号",
    "被申请人",
    "纠纷类型",
    "简要情况",
    "调解员",
    "调解结果",
    "协议日期",
    "涉及金额",
    "是否履行",
]
LEAK = [
    "2026.3.1",
    "王𬎆",
    ID,
    "㛃文、某某公司",
    "邻里",
    "楼上漏水",
    "马秀英、陈志华",
    "调解成功",
    "2026.3.5",
    "1.5万",
    "是",
]
DEBT = [
    "2025年12月30日",
    "阿依古丽•买买提",
    "",
    "𪚥大福",
    "合同",
    "欠货款",
    "马秀英",
    "正在调解",
    "",
    "800",
    "",
]
NOISE = ["2026-01-04", "䶮某", "", "龙某", "邻里", "深夜噪音", "", "未达成，引导诉讼", "", "", ""]


def ledger(tmp_path: Path, *rows: list[Any], name: str = "台账.csv") -> Ledger:
    path = tmp_path / name
    with path.open("w", encoding="gb18030", newline="") as file:
        lines = [[n, *row] for n, row in enumerate(rows, 1)]
        csv.writer(file).writerows([["滨江社区登记台账"], HEADINGS, *lines, ["合计", len(rows)]])
    return read_ledger(path, today=TODAY)


def take(session: Session, read: Ledger) -> ledgers.Preview:
    return ledgers.take_in(session, read, by=BY, today=TODAY)


def many(session: Session, model: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_rows_become_cases_numbered_in_order_of_acceptance(session: Session, tmp_path: Path) -> None:
    taken = take(session, ledger(tmp_path, LEAK, DEBT, NOISE))
    assert taken.sentence == "已导入 3 行。"
    assert dict(taken.numbers) == {
        3: "(2026)滨江人调字第002号", 4: "(2025)滨江人调字第001号", 5: "(2026)滨江人调字第001号",
    }  # fmt: skip
    assert [cases.get(session, taken.numbers[row]).stage for row in (3, 4, 5)] == [
        Stage.PERFORMED, Stage.MEDIATING, Stage.UNSETTLED,
    ]  # fmt: skip


def test_a_case_taken_in_has_everything_the_row_told(session: Session, tmp_path: Path) -> None:
    taken = take(session, ledger(tmp_path, LEAK))
    session.commit()
    case = cases.get(session, taken.numbers[3])
    assert [(p.name, p.sex) for p in case.parties] == [("王𬎆", Sex.MALE), ("㛃文", None), ("某某公司", None)]
    assert case.parties[0].birth_on == date(1962, 3, 15)
    assert [(a.staff.name, a.staff.mediates, a.duty) for a in case.assignments] == [
        ("马秀英", True, Duty.LEAD), ("陈志华", True, Duty.ASSIST),
    ]  # fmt: skip
    assert (case.outcome, case.accepted_on, case.concluded_on) == (
        Outcome.WRITTEN,
        date(2026, 3, 1),
        date(2026, 3, 5),
    )
    assert case.agreement is not None
    assert (case.agreement.amount, case.agreement.performance) == (1_500_000, Performance.FULL)
    assert (case.headcount, case.due_on) == (3, None)
    assert [row.id for row in listing.find(session, listing.Wanted(words="某公"))] == [case.id]
    batch = session.scalars(select(Batch)).one()
    assert (batch.file_name, batch.rows, batch.taken_by, case.batch_id) == ("台账.csv", 1, BY, batch.id)


def test_an_open_case_gets_its_time_limit(session: Session, tmp_path: Path) -> None:
    taken = take(session, ledger(tmp_path, DEBT))
    case = cases.get(session, taken.numbers[3])
    assert (case.due_on, case.claimed, case.agreement) == (date(2026, 1, 30), 80_000, None)


def test_staff_are_found_by_name_or_made_once(session: Session, tmp_path: Path) -> None:
    before = many(session, Staff)
    take(session, ledger(tmp_path, LEAK, DEBT))
    assert many(session, Staff) == before + 1


def test_the_road_behind_a_case_can_be_gone_back(session: Session, tmp_path: Path) -> None:
    taken = take(session, ledger(tmp_path, LEAK))
    case = cases.get(session, taken.numbers[3])
    first, *moves = case.events
    assert first.kind is EventKind.REGISTERED
    assert all("据台账“台账.csv”第 3 行" in move.detail for move in moves)
    for stage in (Stage.SETTLED, Stage.MEDIATING, Stage.ACCEPTED, Stage.REGISTERED):
        progress.step_back(session, case, by=BY, reason="台账记错了")
        assert case.stage is stage
    assert (case.outcome, case.concluded_on, case.accepted_on) == (None, None, None)


def test_the_same_file_again_adds_nothing_and_says_so(session: Session, tmp_path: Path) -> None:
    read = ledger(tmp_path, LEAK, DEBT, NOISE)
    numbers = dict(take(session, read).numbers)
    counted = {model: many(session, model) for model in (Case, Batch, Staff, Counter)}
    again = take(session, read)
    assert again.sentence == "3 行都已在册，没有新增。"
    assert (again.fresh, dict(again.known), dict(again.numbers)) == ((), numbers, {})
    assert counted == {model: many(session, model) for model in counted}


def test_a_longer_file_adds_only_what_is_new(session: Session, tmp_path: Path) -> None:
    take(session, ledger(tmp_path, LEAK, NOISE))
    longer = take(session, ledger(tmp_path, DEBT, LEAK, NOISE, name="台账（改）.csv"))
    assert longer.sentence == "已导入 1 行，2 行已在册。"
    assert list(longer.numbers) == [3]
    assert many(session, Case) == 3


def test_a_row_written_twice_counts_once(session: Session, tmp_path: Path) -> None:
    read = ledger(tmp_path, LEAK, NOISE, LEAK)
    found = ledgers.preview(session, read)
    assert dict(found.repeated) == {5: 3}
    assert found.sentence == "可以导入 2 行，1 行与本文件前面的行相同。"
    take(session, read)
    assert take(session, read).sentence == "3 行都已在册，没有新增。"
    assert many(session, Case) == 2


def test_a_preview_changes_nothing(session: Session, tmp_path: Path) -> None:
    staff = many(session, Staff)
    ledgers.preview(session, ledger(tmp_path, LEAK))
    assert (many(session, Case), many(session, Batch), many(session, Staff)) == (0, 0, staff)
    assert not session.new


def test_refused_rows_are_left_out_and_counted(session: Session, tmp_path: Path) -> None:
    read = ledger(tmp_path, LEAK, ["2026.2.30", *DEBT[1:]])
    assert take(session, read).sentence == "已导入 1 行，1 行不能导入。"
    assert take(session, read).sentence == "没有新增，1 行已在册，1 行不能导入。"
    assert str(read.refused[0]).startswith("第 4 行（序号 2）：")


def test_all_rows_or_none(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_on_the_last(session: Session, case: Case, *, by: str, today: date) -> Case:
        if case.summary == LEAK[5]:
            raise Refusal("停。")
        return cases.enter(session, case, by=by, today=today)

    session.commit()
    monkeypatch.setattr(ledgers, "enter", fail_on_the_last)
    with pytest.raises(Refusal, match="停"):
        take(session, ledger(tmp_path, NOISE, DEBT, LEAK))
    assert many(session, Case) == 2
    session.rollback()
    assert (many(session, Case), many(session, Batch), many(session, Counter)) == (0, 0, 0)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is not part of the project")
def test_the_sample_ledger_is_taken_in_once(session: Session) -> None:
    read = read_ledger(SAMPLE, today=TODAY)
    taken = take(session, read)
    assert taken.sentence == "已导入 64 行。"
    assert taken.numbers[67] == "(2026)滨江人调字第064号"
    assert many(session, Case) == 64
    assert take(session, read).sentence == "64 行都已在册，没有新增。"
