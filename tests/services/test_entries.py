"""Looking for audit entries, and having them on paper: lists of them, and the timeline of a case."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from audit_trail import BY, NAME, OTHER, TODAY, worked
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Action, Role
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.paper import text
from mediator.services import cases, entries, entries_paper, ledgers, offices, steps, timeline
from mediator.services.entries import Row, Wanted
from mediator.services.printouts import Printout, as_pdf
from mediator.services.transaction import reading, transaction
from mediator.store import history

LEDGER = """序号,受理时间,申请人,被申请人,纠纷类型,调解结果
1,2026-03-02,䶮某,钱龘,邻里纠纷,达成书面协议
2,2026-03-05,𪚥氏,王𬎆,婚姻家庭纠纷,未达成协议
"""


@pytest.fixture
def case_id(engine: Engine) -> int:
    """Two cases; then sixty log-ins, two a day, the clock wrong at one of them."""
    worked(engine)
    case_id = worked(engine)
    for n in range(60):
        at = datetime(2027, 1, 1, 8) + timedelta(hours=12 * n)
        with Session(engine) as session, session.begin():
            history.watch(session)
            history.note(session, Action.LOGGED_IN)
            history.write(session, "王𬎆", at if n != 30 else datetime(1970, 1, 1))
    return case_id


def look(engine: Engine, wanted: Wanted, before: int | None = None, limit: int = 100) -> list[Row]:
    with reading(engine, BY) as session:
        return entries.page(session, entries.look_for(session, wanted), before, limit)


def test_the_newest_are_first_and_pages_go_on_where_the_last_ended(engine: Engine, case_id: int) -> None:
    first = look(engine, Wanted(), limit=50)
    second = look(engine, Wanted(), first[-1].id, 50)
    assert [row.id for row in first + second] == list(range(68, 0, -1))
    assert look(engine, Wanted(), 1) == []


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(by=OTHER), [7, 6, 3, 2]),
        (Wanted(by="没有这个人"), []),
        (Wanted(action=Action.PRINTED), [7, 3]),
        (Wanted(by=BY, action=Action.SAVED), [5, 1]),
        (Wanted(number="002"), [7, 6, 5]),
        (Wanted(number="%"), []),
        (Wanted(by=OTHER, action=Action.PRINTED, number="001"), [3]),
        (Wanted(since=date(2027, 1, 2), until=date(2027, 1, 3)), [14, 13, 12, 11]),
        (Wanted(until=date(1970, 1, 1)), [39]),
        (Wanted(since=date(2027, 1, 29)), [68, 67, 66, 65]),
        (Wanted(by="王𬎆", until=date(2027, 1, 1)), [39, 10, 9]),
        (Wanted(since=date(2030, 1, 1)), []),
    ],
)
def test_what_is_looked_for_is_found(engine: Engine, case_id: int, wanted: Wanted, ids: list[int]) -> None:
    assert [row.id for row in look(engine, wanted)] == ids


def test_a_row_tells_what_was_done_and_no_value(engine: Engine, case_id: int) -> None:
    rows = {row.id: row for row in look(engine, Wanted())}
    assert (rows[7].by, rows[7].action, rows[7].medium) == (OTHER, Action.PRINTED, "财务室 HP")
    assert rows[7].number == "(2026)滨江人调字第002号" and rows[7].words == f"调解协议书 {rows[7].number}"
    assert "争议金额" in rows[6].words and "2100" not in rows[6].words
    assert "时钟可疑" in rows[39].when and "时钟可疑" not in rows[38].when
    assert not any(NAME in row.words for row in rows.values())


def test_everybody_who_did_anything_is_offered(engine: Engine, case_id: int) -> None:
    with reading(engine, BY) as session:
        assert entries.people(session) == sorted([BY, OTHER, "王𬎆"])


def test_who_may_not_see_the_audit_sees_none(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        offices.person(session, OTHER).held = frozenset({Role.MEDIATOR})
    with reading(engine, OTHER) as session, pytest.raises(Refusal, match="查看审计记录"):
        entries.look_for(session, Wanted())


def test_an_entry_with_very_many_changes_is_told_in_short(engine: Engine) -> None:
    with transaction(engine, BY) as session:
        session.add_all([Staff(name=f"人{n}") for n in range(500)])
    (row, *_rest) = look(engine, Wanted())
    assert row.words == "增加工作人员等"


def test_the_list_on_paper_says_what_it_shows(engine: Engine, case_id: int) -> None:
    with reading(engine, BY) as session:
        paper = entries_paper.paper(session, Wanted(by="王𬎆", since=date(2027, 1, 1)), most=7)
        empty = entries_paper.paper(session, Wanted(by="没有"))
    words = text.write(paper)
    assert "经手人王𬎆，2027年1月1日起；最近的 7 条，以前的没有列出" in words
    assert "登录" in words and "审计记录校验码" in words
    assert "没有符合条件的记录" in text.write(empty)
    assert as_pdf([Printout(paper)]).startswith(b"%PDF")


def test_the_timeline_tells_who_did_what_to_one_case(engine: Engine, case_id: int) -> None:
    with transaction(engine, OTHER) as session:
        cases.amend(session, cases.load(session, case_id), {"claimed": "3"}, by=OTHER)
    with reading(engine, BY) as session:
        case = session.get_one(Case, case_id)
        words = text.write(timeline.paper(session, case, TODAY))
    assert f"卷号：{case.number}" in words and "到2026年11月21日为止，共 4 条。" in words
    assert words.index("增加案件") < words.index("调解协议书")
    assert words.count("争议金额") == 2
    assert NAME not in words and "2100" not in words and "登录" not in words
    assert "制表人" in words and "审计记录校验码" in words


def test_the_timeline_of_a_case_from_a_ledger_begins_with_it(engine: Engine, tmp_path: Path) -> None:
    from mediator.exchange.ledger import read_ledger

    file = tmp_path / "台账.csv"
    file.write_text(LEDGER, "utf-8")
    with transaction(engine, BY) as session:
        ledgers.take_in(session, read_ledger(file, today=TODAY), by=BY, today=TODAY)
    with reading(engine, BY) as session:
        for case in session.scalars(select(Case)):
            (entry,) = steps.of_case(session, case.id)
            assert entry.action is Action.IMPORTED
            assert entry.detail == "台账“台账.csv”，2 件"
            assert {change.case_id for change in entry.changes} == {case.id}
