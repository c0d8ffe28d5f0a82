"""Taking back the last step, finding removed rows again, declaring cases void, destroying what is past its time."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from audit_trail import colleague
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Basis, Outcome, Retention, Role, Source, Stage
from mediator.domain.errors import Refusal
from mediator.domain.people import Party, Representative
from mediator.domain.stages import extensions
from mediator.domain.stages import steps as taken
from mediator.services import (
    cases,
    destruction,
    discards,
    documents,
    listing,
    offices,
    parts,
    policy,
    progress,
    recycle,
    rosters,
    sensitive,
    setup,
    steps,
    subsidies,
    undoing,
)
from mediator.services.demo import OFFICE
from mediator.services.roster_list import ROSTERS
from mediator.services.transaction import reading, transaction
from mediator.tallies import register
from mediator.tallies.count import count

BY = "王𬎆"
TODAY = date(2026, 11, 21)
PASSWORD = "一条很长的江边小路 2026"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = setup.found(tmp_path / "desk", BY, PASSWORD, OFFICE)
    yield engine
    engine.dispose()


@pytest.fixture
def case_id(engine: Engine) -> int:
    raw: dict[str, Any] = {
        "registered_on": "2026-03-01",
        "kind": "neighbour",
        "parties": [
            {"name": "䶮·阿不都热合曼", "phone": "13000000000",
             "representatives": [{"name": "钱龘", "proxy": "guardian"}]},
            {"name": "𪚥氏", "side": "respondent"},
        ],
    }  # fmt: skip
    with transaction(engine, BY) as session:
        return documents.register(session, raw, by=BY, today=TODAY).id


def changed(engine: Engine, case_id: int, raw: dict[str, object], by: str = BY) -> None:
    with transaction(engine, by) as session:
        cases.amend(session, cases.load(session, case_id), raw, by=by)


def undone(engine: Engine, case_id: int, by: str = BY) -> None:
    with transaction(engine, by) as session:
        case = cases.load(session, case_id)
        entry = undoing.last(session, case)
        assert entry is not None
        undoing.undo(session, case, entry.id, by=by)


def road(case: Case) -> list[Stage | None]:
    return [step.stage_to for step in taken(case)]


def remove_party(engine: Engine, case_id: int, number: int = 0) -> None:
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        parts.drop(session, case, "parties", case.parties[number].id, by=BY)


def test_a_changed_field_is_as_it_was(engine: Engine, case_id: int) -> None:
    changed(engine, case_id, {"summary": "楼上漏水", "claimed": "2100.50", "occurred_on": "2026-02-27"})
    changed(engine, case_id, {"summary": "写错了", "claimed": "1", "kind": "other", "occurred_on": ""})
    undone(engine, case_id)
    with reading(engine, BY) as session:
        case = cases.load(session, case_id)
        assert (case.summary, case.claimed, case.kind, case.occurred_on) == (
            "楼上漏水", 210_050, case.kind.NEIGHBOUR, date(2026, 2, 27),  # type: ignore[union-attr]
        )  # fmt: skip
        words = [steps.in_words(entry) for entry in steps.of_case(session, case_id)]
        assert words[0].startswith("修改案件：纠纷类型、发生日期、争议金额、纠纷简要情况")
        assert "楼上" not in "".join(words)


def test_steps_are_taken_back_one_after_another_and_an_undoing_too(engine: Engine, case_id: int) -> None:
    for words in ("一", "二", "三"):
        changed(engine, case_id, {"summary": words})
    seen = []
    for _ in range(3):
        undone(engine, case_id)
        with reading(engine, BY) as session:
            seen.append(cases.load(session, case_id).summary)
    assert seen == ["二", "一", ""]
    with pytest.raises(Refusal, match="登记"):
        undone(engine, case_id)


def test_a_removed_party_comes_back_with_those_who_act_for_it(engine: Engine, case_id: int) -> None:
    remove_party(engine, case_id)
    with reading(engine, BY) as session:
        gone = recycle.removed(session, TODAY)
        assert {one.title for one in gone} == {"当事人", "代理人或监护人"}
        party = next(one for one in gone if one.title == "当事人")
        assert "䶮·阿不都热合曼" in party.words
        assert listing.find(session, listing.Wanted(words="阿不都")) == []
    with transaction(engine, BY) as session:
        recycle.put_back(session, party.change_id, by=BY)
    with reading(engine, BY) as session:
        people = cases.load(session, case_id).parties
        assert [[r.name for r in party.representatives] for party in people] == [["钱龘"], []]
        assert recycle.removed(session, TODAY) == []
        assert len(listing.find(session, listing.Wanted(words="阿不都"))) == 1
    with pytest.raises(Refusal, match="已经在了"), transaction(engine, BY) as session:
        recycle.put_back(session, party.change_id, by=BY)


def test_undoing_a_removal_is_the_same(engine: Engine, case_id: int) -> None:
    remove_party(engine, case_id)
    undone(engine, case_id)
    with reading(engine, BY) as session:
        assert [r.name for r in cases.load(session, case_id).parties[0].representatives] == ["钱龘"]


def test_somebody_elses_step_stays(engine: Engine, case_id: int) -> None:
    changed(engine, case_id, {"summary": "别人写的"}, by=colleague(engine, "马秀英"))
    with pytest.raises(Refusal, match="马秀英做的"):
        undone(engine, case_id)


def test_a_step_that_is_no_longer_the_last_stays(engine: Engine, case_id: int) -> None:
    changed(engine, case_id, {"summary": "一"})
    with reading(engine, BY) as session:
        entry = undoing.last(session, cases.load(session, case_id))
    changed(engine, case_id, {"summary": "二"})
    assert entry is not None
    with pytest.raises(Refusal, match="又有改动"), transaction(engine, BY) as session:
        undoing.undo(session, cases.load(session, case_id), entry.id, by=BY)


def test_what_a_step_left_behind_is_told_with_both_values(engine: Engine, case_id: int) -> None:
    changed(engine, case_id, {"claimed": "2100", "summary": "漏水"})
    with reading(engine, BY) as session:
        entry = steps.of_case(session, case_id)[0]
        said = {one.label: (one.before, one.after) for change in entry.changes for one in steps.told(change)}
    assert said["争议金额"] == ("", "2100.00")
    assert said["纠纷简要情况"] == ("", "漏水")


# What may not be taken back


def offered(engine: Engine, case_id: int, by: str = BY) -> str:
    """Why the last step cannot be taken back."""
    with reading(engine, by) as session:
        case = cases.load(session, case_id)
        return undoing.why_not(session, case, undoing.last(session, case), by)


def moved(engine: Engine, case_id: int, stage: Stage, **columns: object) -> None:
    """Put a case to a stage, past the road and with no trace in the history."""
    with Session(engine) as session, session.begin():
        case = session.get_one(Case, case_id)
        case.stage = stage
        for key, value in columns.items():
            setattr(case, key, value)


def accepted(engine: Engine, case_id: int) -> None:
    changed(engine, case_id, {"summary": "楼上漏水"})
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        documents.advance(session, case, Stage.ACCEPTED, {}, by=BY, today=TODAY)


def lines(engine: Engine, case_id: int) -> list[tuple[str, str, str]]:
    """经过 as people read it, the first left out."""
    with reading(engine, BY) as session:
        return [(e.kind.label, e.detail, e.reason) for e in cases.load(session, case_id).events[1:]]


def test_a_void_case_is_left_as_it_is(engine: Engine, case_id: int) -> None:
    changed(engine, case_id, {"summary": "改过"})
    with transaction(engine, BY) as session:
        discards.discard(session, cases.load(session, case_id), reason="与上一件重复登记", today=TODAY)
    assert "已经作废" in offered(engine, case_id)
    with pytest.raises(Refusal, match="已经作废"):
        undone(engine, case_id)
    with reading(engine, BY) as session:
        assert cases.load(session, case_id).summary == "改过"
    with transaction(engine, BY) as session:
        discards.take_back(session, cases.load(session, case_id), reason="没有重复")
    assert "再作废一次" in offered(engine, case_id)


def test_a_closed_case_asks_for_the_reason_and_keeps_every_line(engine: Engine, case_id: int) -> None:
    moved(engine, case_id, Stage.CLOSED)
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        cases.amend(session, case, {"summary": "补写"}, by=BY, reason="漏写")
    with pytest.raises(Refusal, match="写明原因"):
        undone(engine, case_id)
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        entry = undoing.last(session, case)
        assert entry is not None
        undoing.undo(session, case, entry.id, by=BY, reason="补写错了")
    assert lines(engine, case_id) == [
        ("修改", "纠纷简要情况", "漏写"), ("撤销", "修改：纠纷简要情况", "补写错了"),
    ]  # fmt: skip
    with reading(engine, BY) as session:
        newest = steps.of_case(session, case_id)[0]
        assert (newest.action, newest.reason) == (Action.UNDONE, "补写错了")
        assert cases.load(session, case_id).summary == ""


def test_an_archived_case_gives_back_nothing_but_the_archiving(engine: Engine, case_id: int) -> None:
    changed(engine, case_id, {"summary": "改过"})
    moved(engine, case_id, Stage.ARCHIVED)
    assert "已经归档" in offered(engine, case_id)
    moved(engine, case_id, Stage.CLOSED)
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        progress.advance(session, case, Stage.ARCHIVED, by=BY, on=TODAY, today=TODAY)
    assert offered(engine, case_id) == ""


def test_a_step_taken_back_stays_in_the_history_and_off_the_road(engine: Engine, case_id: int) -> None:
    accepted(engine, case_id)
    undone(engine, case_id)
    with reading(engine, BY) as session:
        case = cases.load(session, case_id)
        assert (case.stage, case.accepted_on, road(case)) == (Stage.REGISTERED, None, [])
    assert lines(engine, case_id) == [("转入", "", ""), ("撤销", "转入“受理”", "")]
    accepted(engine, case_id)
    with transaction(engine, BY) as session:
        progress.step_back(session, cases.load(session, case_id), by=BY, reason="弄错了")
    accepted(engine, case_id)
    undone(engine, case_id)
    undone(engine, case_id)
    with reading(engine, BY) as session:
        case = cases.load(session, case_id)
        assert (case.stage, road(case)) == (Stage.ACCEPTED, [Stage.ACCEPTED])
    undone(engine, case_id)
    with reading(engine, BY) as session:
        assert road(cases.load(session, case_id)) == []


def test_a_time_limit_put_off_by_mistake_is_not_told_in_papers(engine: Engine, case_id: int) -> None:
    accepted(engine, case_id)
    for until in (date(2027, 1, 21), date(2027, 3, 21)):
        with transaction(engine, BY) as session:
            progress.extend(session, cases.load(session, case_id), until, by=BY, reason="各方同意")
    undone(engine, case_id)
    with reading(engine, BY) as session:
        case = cases.load(session, case_id)
        assert [line.on for line in extensions(case)] == [case.due_on] == [date(2027, 1, 21)]


def test_who_was_entered_as_staff_stays_and_only_the_duty_is_taken_back(engine: Engine, case_id: int) -> None:
    """Also where an account was made of it since, and where it works on another case by now."""
    with transaction(engine, BY) as session:
        parts.put(session, cases.load(session, case_id), "assignments", {"staff": "新同事"}, by=BY)
    with transaction(engine, BY) as session:
        entry = undoing.last(session, cases.load(session, case_id))
        assert entry is not None
        assert undoing.stays(entry) == ["新同事"]
        offices.person(session, "新同事").held = frozenset({Role.LEADER})
    undone(engine, case_id)
    with reading(engine, BY) as session:
        assert cases.load(session, case_id).assignments == []
        assert offices.person(session, "新同事").held == {Role.LEADER}


def test_a_row_that_something_speaks_of_by_now_is_not_taken_back(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        raw = {"side": "respondent", "name": "又一位𪚥氏"}
        party_id = parts.put(session, cases.load(session, case_id), "parties", raw, by=BY).id
    with Session(engine) as session, session.begin():
        session.add(Representative(party_id=party_id, name="后来的代理人"))
    with pytest.raises(Refusal, match="后来在别处也用到了"):
        undone(engine, case_id)
    with Session(engine) as session, session.begin():
        session.execute(delete(Representative).where(Representative.party_id == party_id))
        session.get_one(Party, party_id).phone = "13000000000"
    with pytest.raises(Refusal, match="后来又改过"):
        undone(engine, case_id)


def test_a_step_about_several_cases_is_the_last_of_each_and_stays(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        raw = {"registered_on": "2026-03-02", "kind": "other", "parties": [{"name": "䶮某"}]}
        second = documents.register(session, raw, by=BY, today=TODAY).id
    changed(engine, case_id, {"summary": "先改"})
    with transaction(engine, BY) as session:
        for each in (case_id, second):
            cases.amend(session, cases.load(session, each), {"remark": "一起改"}, by=BY)
    assert "几个案件" in offered(engine, case_id) and "几个案件" in offered(engine, second)
    changed(engine, case_id, {"summary": "后改"})
    undone(engine, case_id)
    with reading(engine, BY) as session:
        case = cases.load(session, case_id)
        assert (case.summary, case.remark) == ("先改", "一起改")


def test_a_line_in_the_history_alone_is_nothing_to_take_back(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        sensitive.decline(session, cases.load(session, case_id))
    assert "没有可以撤销的内容" in offered(engine, case_id)


# Cases declared void


def test_a_case_declared_void_is_listed_and_found_nowhere_and_comes_back(
    engine: Engine, case_id: int
) -> None:
    with transaction(engine, BY) as session:
        discards.discard(session, cases.load(session, case_id), reason="与上一件重复登记", today=TODAY)
    with reading(engine, BY) as session:
        assert listing.find(session, listing.Wanted()) == []
        assert listing.number_of(session, listing.Wanted()) == 0
        assert listing.number_of(session, listing.Wanted(words="阿不都")) == 0
        assert [case.case_id for case in discards.all_of(session)] == [case_id]
    with transaction(engine, BY) as session:
        discards.take_back(session, cases.load(session, case_id), reason="没有重复")
    with reading(engine, BY) as session:
        assert len(listing.find(session, listing.Wanted(words="阿不都"))) == 1


def test_voiding_needs_a_reason_and_the_right_role(engine: Engine, case_id: int) -> None:
    with pytest.raises(Refusal, match="原因"), transaction(engine, BY) as session:
        discards.discard(session, cases.load(session, case_id), reason=" 错 ", today=TODAY)
    with transaction(engine, BY) as session:
        offices.person(session, "马秀英").held = frozenset({Role.MEDIATOR})
    with pytest.raises(Refusal, match="不能作废案件"), transaction(engine, "马秀英") as session:
        discards.discard(session, cases.load(session, case_id), reason="与上一件重复登记", today=TODAY)


def test_a_void_case_is_changed_no_more(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        discards.discard(session, cases.load(session, case_id), reason="与上一件重复登记", today=TODAY)
    with pytest.raises(Refusal, match="已经作废"):
        changed(engine, case_id, {"summary": "再写"})


# What is past its time


@pytest.fixture
def archived(engine: Engine, case_id: int) -> int:
    with transaction(engine, BY) as session:
        policy.amend(session, {"short_years": "10"})
        case = session.get_one(Case, case_id)
        case.stage, case.archived_on, case.retention = Stage.ARCHIVED, date(2015, 5, 1), Retention.SHORT
    return case_id


def test_only_what_is_past_its_time_is_due(engine: Engine, archived: int) -> None:
    with reading(engine, BY) as session:
        assert [one.case_id for one in destruction.due(session, date(2026, 1, 1))] == [archived]
        assert destruction.due(session, date(2025, 12, 31)) == []
    with transaction(engine, BY) as session:
        policy.amend(session, {"short_years": ""})
    with reading(engine, BY) as session:
        assert destruction.due(session, TODAY) == []


def test_destruction_takes_two_people_and_leaves_only_the_number(engine: Engine, archived: int) -> None:
    with reading(engine, BY) as session:
        number = cases.load(session, archived).number
    for checked_by in ("", BY):
        with pytest.raises(Refusal, match="两个人"), transaction(engine, BY) as session:
            destruction.destroy(
                session, [archived], checked_by=checked_by, reason="县档案馆批复", today=TODAY
            )
    with transaction(engine, BY) as session:
        done = destruction.destroy(
            session, [archived], checked_by="马秀英", reason="县档案馆批复", today=TODAY
        )
    assert done == [number]
    with reading(engine, BY) as session:
        assert list(session.scalars(select(Case))) == []
        assert list(session.scalars(select(Party))) == []
        assert session.scalars(select(Change).where(Change.case_id == archived)).all() == []
        entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert entry is not None and entry.action is Action.DESTROYED and number in entry.detail
        everything = "".join(str(row) for row in session.execute(text("select before, after from change")))
        assert "阿不都" not in everything and "13000000000" not in everything


def test_what_is_not_due_is_not_destroyed(engine: Engine, case_id: int) -> None:
    with pytest.raises(Refusal, match="还没有满"), transaction(engine, BY) as session:
        destruction.destroy(session, [case_id], checked_by="马秀英", reason="批复", today=TODAY)
    with Session(engine) as session:
        assert session.get(Case, case_id) is not None


def test_a_void_case_is_counted_nowhere(engine: Engine, case_id: int) -> None:
    """Every column of every table and every list, with and without it."""
    with transaction(engine, BY) as session:
        case = session.get_one(Case, case_id)
        case.accepted_on, case.concluded_on, case.outcome = date(2026, 3, 2), date(2026, 3, 9), Outcome.ORAL
        case.source, case.due_on = Source.INITIATIVE, date(2026, 4, 2)
    year = date(2026, 1, 1), date(2026, 12, 31)

    def figures() -> list[int]:
        with reading(engine, BY) as session:
            found = [
                value
                for table in register.TABLES
                for basis in Basis
                for value in count(session, table, basis, *year).values.values()
            ]
            lists = [rosters.number_of(session, roster, TODAY) for roster in ROSTERS]
            pay = subsidies.count(session, *year)
            return [*found, *lists, len(pay.entries)]

    with_it = figures()
    with transaction(engine, BY) as session:
        discards.discard(session, cases.load(session, case_id), reason="与上一件重复登记", today=TODAY)
    without = figures()
    assert sum(with_it) > sum(without)
    with transaction(engine, BY) as session:
        session.execute(delete(Case))
    assert figures() == without
