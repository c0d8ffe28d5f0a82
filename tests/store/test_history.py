"""History: whatever is changed through a transaction is kept, chained, and cannot be taken back unseen."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import Action, Kind, Side, Turn
from mediator.domain.errors import Refusal
from mediator.domain.people import Party, Representative
from mediator.services import cases, offices
from mediator.services.demo import OFFICE
from mediator.services.transaction import reading, transaction
from mediator.store import chain, history
from mediator.store.engine import connect
from mediator.store.schema import bring_up_to_date

BY = "王𬎆"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(tmp_path / "kept.db", bytes(range(32)))
    bring_up_to_date(engine)
    with transaction(engine, BY) as session:
        offices.found(session, OFFICE)
    yield engine
    engine.dispose()


def entered(engine: Engine) -> int:
    with transaction(engine, BY) as session:
        case = Case(registered_on=date(2026, 3, 1), kind=Kind.NEIGHBOUR, summary="漏水")
        case.parties.append(Party(name="䶮·阿不都", side=Side.APPLICANT, phone="13000000000"))
        return cases.enter(session, case, by=BY, today=date(2026, 3, 2)).id


def last(engine: Engine) -> tuple[Entry, list[Change]]:
    with Session(engine) as session:
        entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert entry is not None
        return entry, list(entry.changes)


def test_a_gesture_is_one_entry_with_what_it_changed(engine: Engine) -> None:
    case_id = entered(engine)
    with transaction(engine, "赵丽娟") as session:
        case = cases.load(session, case_id)
        cases.amend(session, case, {"summary": "楼上漏水"}, by="赵丽娟")
        case.parties[0].phone = ""
    entry, changes = last(engine)
    assert (entry.by, entry.action, entry.case_id) == ("赵丽娟", Action.SAVED, case_id)
    by_table = {change.table: change for change in changes}
    assert by_table.keys() == {"case", "party"}
    assert all(change.turn is Turn.CHANGED and change.case_id == case_id for change in changes)
    assert json.loads(by_table["case"].before)["summary"] == "漏水"
    assert json.loads(by_table["case"].after)["summary"] == "楼上漏水"
    assert json.loads(by_table["party"].before) == {"phone": "13000000000"}
    assert json.loads(by_table["party"].after) == {"phone": ""}


def test_what_was_entered_and_what_was_removed_is_kept_whole(engine: Engine) -> None:
    case_id = entered(engine)
    _, changes = last(engine)
    party = next(change for change in changes if change.table == "party")
    assert party.turn is Turn.ADDED
    assert json.loads(party.after)["name"] == "䶮·阿不都"
    with transaction(engine, BY) as session:
        person = cases.load(session, case_id).parties[0]
        person.representatives.append(Representative(name="钱龘"))
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        case.parties.clear()
    _, changes = last(engine)
    gone = {change.table: change for change in changes if change.turn is Turn.REMOVED}
    assert gone.keys() == {"party", "representative"}
    assert json.loads(gone["representative"].before)["name"] == "钱龘"
    assert {change.case_id for change in changes} == {case_id}


def test_every_kept_model_is_watched(engine: Engine) -> None:
    """No model slips through: those that are not kept are named here."""
    unkept = {mapper.class_.__name__ for mapper in Base.registry.mappers if not mapper.class_.kept}
    assert unkept == {"Entry", "Change", "Draft", "Backup", "OwnKey"}


def test_nothing_changed_leaves_no_entry_and_what_failed_leaves_none(engine: Engine) -> None:
    case_id = entered(engine)
    before, _ = last(engine)
    with transaction(engine, BY) as session:
        cases.load(session, case_id)
    with pytest.raises(Refusal), transaction(engine, BY) as session:
        cases.load(session, case_id).summary = "不该留下"
        session.flush()
        raise Refusal("不行。")
    assert last(engine)[0].id == before.id


def test_the_chain_binds_every_entry_to_the_one_before(engine: Engine) -> None:
    entered(engine)
    with transaction(engine, BY) as session:
        history.note(session, Action.PRINTED, "调解协议书", medium="打印机")
        history.note(session, Action.EXPORTED, "调解协议书")
    with Session(engine) as session:
        entries = session.scalars(select(Entry).order_by(Entry.id)).all()
        before = chain.START
        for entry in entries:
            assert entry.hash == chain.hash_of(session.connection(), entry.id, before)
            assert entry.changes_digest == chain.digest_of(session.connection(), entry.id)
            assert bool(entry.changes_digest) == bool(entry.changes)
            before = entry.hash
        assert [entry.action for entry in entries[-2:]] == [Action.PRINTED, Action.EXPORTED]


def test_what_would_be_noted_in_vain_is_refused_outright(engine: Engine) -> None:
    with pytest.raises(RuntimeError), reading(engine, BY) as session:
        history.note(session, Action.PRINTED, "调解协议书")


@pytest.mark.parametrize("statement", [
    "update entry set by = '别人' where id = 1", "delete from entry", "update change set after = '{}'",
])  # fmt: skip
def test_the_database_refuses_to_change_what_was_written(engine: Engine, statement: str) -> None:
    entered(engine)
    with pytest.raises(IntegrityError, match="only added"), engine.begin() as connection:
        connection.execute(text(statement))


def test_a_clock_that_went_back_is_marked(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        history.watch(session)
        history.note(session, Action.LOGGED_IN)
        entry = history.write(session, BY, datetime(1970, 1, 1, 8))[0]
        assert entry.clock_suspect
