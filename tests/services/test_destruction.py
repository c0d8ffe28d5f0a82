"""Destroying: two people, each by their own password, where the office has two; and nothing left of it in the index."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Retention, Stage
from mediator.domain.errors import Refusal
from mediator.services import accounts, destruction, documents, policy
from mediator.services.transaction import transaction
from mediator.store import keyfile
from mediator.store.folder import Folder

TODAY = date(2026, 11, 21)
BOSS, MA = "陈志华", "马秀英·买买提"
WORD = "一句很长的话 one two"
RARE = "ж"
"""Begins with a byte that no other word of the index has: those are kept without what they share."""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@pytest.fixture
def due(engine: Engine) -> list[int]:
    """Two cases whose time is over."""
    with transaction(engine, BOSS) as session:
        policy.amend(session, {"short_years": "1"})
        made = []
        for name in (RARE, "王𬎆"):
            raw: dict[str, Any] = {
                "registered_on": "2020-01-01", "kind": "neighbour", "summary": "漏水。",
                "parties": [{"side": "applicant", "name": name}, {"side": "respondent", "name": "钱龘"}],
            }  # fmt: skip
            case = documents.register(session, raw, by=BOSS, today=TODAY)
            case.stage, case.archived_on, case.retention = Stage.ARCHIVED, date(2020, 5, 6), Retention.SHORT
            made.append(case.id)
    return made


def destroy(engine: Engine, ids: list[int], who: destruction.Witness | str) -> None:
    with transaction(engine, BOSS) as session:
        destruction.destroy(session, ids, checked_by=who, reason="县档案馆批复", today=TODAY)


def last(engine: Engine) -> str:
    with Session(engine) as session:
        chosen = select(Entry.detail).where(Entry.action == Action.DESTROYED).order_by(Entry.id.desc())
        return session.scalars(chosen).first() or ""


def test_where_two_can_log_in_the_second_gives_their_own_password(
    engine: Engine, folder: Folder, due: list[int]
) -> None:
    with transaction(engine, BOSS) as session:
        assert destruction.others(session) == []
        accounts.add(session, folder.path, MA, WORD)
    with transaction(engine, BOSS) as session:
        assert destruction.others(session) == [(MA, MA)]
    bad: list[tuple[str, Callable[[], destruction.Witness | str]]] = [
        ("输入自己的登录密码", lambda: MA), ("输入自己的登录密码", lambda: "张三（查无此人）"),
        ("密码不对", lambda: destruction.witness(engine, MA, "猜的一句话 nine")),
        ("不能和批准人是同一个人", lambda: destruction.witness(engine, "chen", "滨江 practice 01")),
    ]  # fmt: skip
    for words, who in bad:
        with pytest.raises(Refusal, match=words):
            destroy(engine, due, who())
    destroy(engine, due[:1], destruction.witness(engine, MA, WORD))
    assert f"鉴定人{MA}，" in last(engine)
    with Session(engine) as session:
        assert session.scalars(select(Case.id)).all() == due[1:]


def test_where_one_can_log_in_that_is_said_in_the_audit(engine: Engine, due: list[int]) -> None:
    destroy(engine, due, MA)
    assert f"鉴定人{MA}（单位只有一个能登录的账号" in last(engine)


def blocks(engine: Engine, word: str) -> int:
    with Session(engine) as session:
        found = session.execute(text("select block from case_words_data")).scalars()
        return sum(word.encode() in block for block in found)


def test_no_word_of_what_was_destroyed_stays_in_the_index(engine: Engine, due: list[int]) -> None:
    assert blocks(engine, RARE[0])
    destroy(engine, due[:1], MA)
    assert not blocks(engine, RARE[0]) and blocks(engine, "𬎆")
