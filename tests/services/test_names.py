"""Somebody renamed is still found in the log, and nobody else is taken for them."""

from datetime import date
from pathlib import Path

import pytest
from audit_trail import colleague
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Role, Sensitivity
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.services import (
    accounts,
    audit,
    cases,
    documents,
    names,
    offices,
    sensitive,
    setup,
    staff,
    undoing,
)
from mediator.services.sensitive import Sealed
from mediator.services.transaction import reading, transaction
from mediator.store import keyfile
from mediator.store.folder import Folder

BOSS, WORD = "陈志华", "一句很长的话 one two"
BEFORE, AFTER, AGAIN = "李䶮", "李䶮·阿不都", "李氏·阿不都"
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@pytest.fixture
def path(folder: Folder) -> Path:
    return folder.path


@pytest.fixture
def two(path: Path, engine: Engine) -> Engine:
    """The office with a second account, whose holder logged in."""
    with transaction(engine, BOSS) as session:
        accounts.add(session, path, BEFORE, WORD)
    setup.enter(path, BEFORE, WORD)[0].dispose()
    return engine


def rename(engine: Engine, name: str, to: str) -> None:
    with transaction(engine, BOSS) as session:
        staff.put(session, {"name": to}, accounts.find(session, name).id)


def last(engine: Engine, path: Path) -> dict[str, bool]:
    """By name whether a log-in is known."""
    with reading(engine, BOSS) as session:
        return {one.person.name: one.last_at is not None for one in accounts.listed(session, path)}


def test_the_last_log_in_stays_known_however_often_somebody_is_renamed(path: Path, two: Engine) -> None:
    assert last(two, path) == {BOSS: False, BEFORE: True}
    rename(two, BEFORE, AFTER)
    rename(two, AFTER, AGAIN)
    assert last(two, path) == {BOSS: False, AGAIN: True}
    opened, who = setup.enter(path, BEFORE, WORD)
    opened.dispose()
    assert who == AGAIN
    with Session(two) as session:
        person = session.scalars(select(Staff).where(Staff.name == AGAIN)).one()
        assert set(names.of(session, person)) == {BEFORE, AFTER, AGAIN}
        assert {entry.by for entry in session.scalars(select(Entry))} >= {BOSS, BEFORE, AGAIN}
        assert not audit.look_through(session).wrong


def sensitive_case(engine: Engine, by: str) -> int:
    with transaction(engine, by) as session:
        raw = {"registered_on": "2026-03-01", "parties": [{"side": "applicant", "name": "周小满"}]}
        case = documents.register(session, raw, by=by, today=TODAY)
        case.sensitivity = Sensitivity.MINOR
        return case.id


def test_who_registered_a_sensitive_case_still_opens_it_and_takes_back_their_step(two: Engine) -> None:
    case_id = sensitive_case(two, BEFORE)
    with transaction(two, BEFORE) as session:
        cases.amend(session, cases.load(session, case_id), {"summary": "写错了。"}, by=BEFORE)
    rename(two, BEFORE, AFTER)
    with transaction(two, AFTER) as session:
        case = cases.load(session, case_id)
        step = undoing.last(session, case)
        assert step is not None and undoing.why_not(session, case, step, AFTER) == ""
        assert "要由本人撤销" in undoing.why_not(session, case, step, BOSS)
    third = colleague(two, "旁人")
    with reading(two, third) as session, pytest.raises(Sealed):
        cases.load(session, case_id)


def test_a_reason_given_under_the_earlier_name_holds_for_the_day(two: Engine) -> None:
    case_id = sensitive_case(two, BOSS)
    with transaction(two, BEFORE) as session:
        sensitive.override(session, case_id, "派出所来人核对住址，值班员不在")
    rename(two, BEFORE, AFTER)
    with reading(two, AFTER) as session:
        assert cases.load(session, case_id).parties[0].name == "周小满"


def test_a_name_under_which_something_was_done_is_given_to_nobody_else(path: Path, two: Engine) -> None:
    case_id = sensitive_case(two, BEFORE)
    rename(two, BEFORE, AFTER)
    with pytest.raises(Refusal, match=f"“{BEFORE}”是{AFTER}以前的姓名"), transaction(two, BOSS) as session:
        staff.put(session, {"name": BEFORE, "mediates": True}, None)
    with pytest.raises(Refusal, match="请加以区别"):
        rename(two, BOSS, BEFORE)
    with transaction(two, BOSS) as session:
        assert offices.person(session, BEFORE).name == AFTER, (
            "who is named in an old ledger is the same person"
        )
    rename(two, AFTER, BEFORE)
    with reading(two, BEFORE) as session:
        assert session.get_one(Case, case_id).number and cases.load(session, case_id).id == case_id


def test_a_name_given_by_mistake_may_be_given_to_whom_it_belongs(path: Path, two: Engine) -> None:
    rename(two, BEFORE, "钱龘")
    rename(two, "钱龘", BEFORE)
    with transaction(two, BOSS) as session:
        accounts.add(session, path, "钱龘", "又一句很长的话 four")
    assert last(two, path) == {BOSS: False, BEFORE: True, "钱龘": False}
    setup.enter(path, "钱龘", "又一句很长的话 four")[0].dispose()
    with Session(two) as session:
        person = session.scalars(select(Staff).where(Staff.name == BEFORE)).one()
        assert names.of(session, person) == [BEFORE]
        assert accounts.find(session, "钱龘").held == {Role.MEDIATOR}
