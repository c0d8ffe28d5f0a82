"""An account without a role: nothing is open to it, and it is told who can give one."""

import pytest
from made_cases import put
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from mediator.domain.codes import Role
from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.services import access, accounts, cases, offices, setup
from mediator.services.transaction import reading, transaction
from mediator.store import keyfile
from mediator.store.folder import Folder

BOSS, LI, WORD = "陈志华", "李䶮", "一句很长的话 one two"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@pytest.fixture
def bare(folder: Folder, engine: Engine) -> Engine:
    """The office with a second account that has no role (any more)."""
    with transaction(engine, BOSS) as session:
        accounts.add(session, folder.path, LI, WORD)
        accounts.find(session, LI).held = frozenset()
    return engine


def test_an_account_without_a_role_is_not_let_in_and_told_who_gives_one(bare: Engine, folder: Folder) -> None:
    refused = f"{LI}的账号还没有角色，不能登录；请系统管理员（{BOSS}）在“设置—人员和账号”里给一个角色。"
    for verb in (
        lambda: setup.enter(folder.path, LI, WORD),
        lambda: setup.enter(folder.path, LI, WORD, how="命令行"),
        lambda: setup.again(folder.path, bare, LI, WORD),
    ):
        with pytest.raises(Refusal) as why:
            verb()
        assert str(why.value) == refused
    with reading(bare, BOSS) as session:
        state = {one.person.name: one.state for one in accounts.listed(session, folder.path)}
    assert state == {BOSS: "能登录", LI: "还没有角色"}
    with transaction(bare, BOSS) as session:
        accounts.set_roles(session, folder.path, LI, frozenset({Role.MEDIATOR}))
    opened, who = setup.enter(folder.path, LI, WORD)
    opened.dispose()
    assert who == LI


def test_who_lost_every_role_while_at_work_may_do_nothing(bare: Engine) -> None:
    with transaction(bare, BOSS) as session:
        case_id = put(session).id
    with reading(bare, LI) as session:
        assert not any(access.may(session, power) for power in Power)
        with pytest.raises(Refusal, match="不能办理案件，要由调解员、负责人"):
            cases.load(session, case_id)
    with reading(bare, "不在名单里的人") as session:
        assert not any(access.may(session, power) for power in Power)


def test_the_staff_without_an_account_need_no_role(bare: Engine) -> None:
    with transaction(bare, BOSS) as session:
        case = put(session, lead="马秀英·买买提")
        assert [one.name for one in case.mediators] == ["马秀英·买买提"]
        assert offices.person(session, "马秀英·买买提").held == frozenset()


def test_where_nobody_has_a_role_whoever_has_a_password_gets_at_the_data(
    bare: Engine, folder: Folder
) -> None:
    """As in data saved out of damage, of which the roles are gone."""
    with Session(bare) as session, session.begin():
        session.execute(text("update staff set roles = ''"))
    opened, who = setup.enter(folder.path, LI, WORD)
    with reading(opened, who) as session:
        assert all(access.may(session, power) for power in Power)
    opened.dispose()
