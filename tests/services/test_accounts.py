"""Accounts: who gets in, what they may do, and what the audit tells of it."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from made_cases import put
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Duty, Role, Stage
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.domain.records import Assignment
from mediator.services import accounts, key_changes, leaving, offices, recovery, setup
from mediator.services.transaction import reading, transaction
from mediator.store import folder as store
from mediator.store import keyfile, tries
from mediator.store import superior as pair
from mediator.store.engine import key_of
from mediator.store.folder import Folder

BOSS, LI, MA = "陈志华", "李䶮", "马秀英·买买提"
WORD, OTHER = "一句很长的话 one two", "另一句很长的话 three"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@pytest.fixture
def path(folder: Folder) -> Path:
    return folder.path


@pytest.fixture
def two(path: Path, engine: Engine) -> Engine:
    """The office with a second account, a mere mediator's."""
    with transaction(engine, BOSS) as session:
        accounts.add(session, path, LI, WORD)
    return engine


def told(engine: Engine, action: Action = Action.ACCOUNT, *, ahead: bool = False) -> list[tuple[str, str]]:
    """What the audit has; what was announced is not looked at unless one wants it."""
    with Session(engine) as session:
        rows = select(Entry.by, Entry.detail).where(Entry.action == action).order_by(Entry.id)
        return [
            (by, detail) for by, detail in session.execute(rows) if ahead or not detail.startswith("先记")
        ]


def state(engine: Engine, path: Path, name: str) -> str:
    with reading(engine, BOSS) as session:
        return next(one.state for one in accounts.listed(session, path) if one.person.name == name)


def test_one_more_is_let_in_as_a_mediator(path: Path, two: Engine) -> None:
    opened, who = setup.enter(path, LI, WORD)
    assert who == LI
    with reading(opened, who) as session:
        assert accounts.find(session, LI).held == {Role.MEDIATOR}
    opened.dispose()
    assert told(two) == [(BOSS, f"给{LI}开了账号（调解员）")]
    with pytest.raises(Refusal, match="已经有账号"), transaction(two, BOSS) as session:
        accounts.add(session, path, LI, OTHER)


@pytest.mark.parametrize("password", ["short", LI + LI, "滨江社区人民调解委员会 1", "1234567890"])
def test_a_bad_password_lets_nobody_in(path: Path, engine: Engine, password: str) -> None:
    with pytest.raises(Refusal, match="密码"), transaction(engine, BOSS) as session:
        accounts.add(session, path, LI, password)
    assert setup.logins(path) == ["chen"]
    with reading(engine, BOSS) as session:
        assert LI not in session.scalars(select(Staff.name))


def test_only_an_administrator_touches_accounts(path: Path, two: Engine) -> None:
    verbs = (
        lambda s: accounts.add(s, path, MA, OTHER), lambda s: accounts.reset(s, path, BOSS, OTHER),
        lambda s: accounts.disable(s, path, BOSS), lambda s: accounts.set_roles(s, path, LI, frozenset(Role)),
        lambda s: leaving.leave(s, path, BOSS, date.today()), lambda s: accounts.confirm_list(s, path),
        lambda s: recovery.adopt(s, path, recovery.new()), lambda s: recovery.drop_superior(s, path),
    )  # fmt: skip
    before = (path / "keys.json").read_bytes()
    for verb in verbs:
        with pytest.raises(Refusal, match="您的账号不能"), transaction(two, LI) as session:
            verb(session)
    with pytest.raises(Refusal, match="您的账号不能"):
        leaving.change_key(path, two, LI)
    assert (path / "keys.json").read_bytes() == before


def test_a_password_is_reset_and_ones_own_is_changed(path: Path, two: Engine) -> None:
    with transaction(two, BOSS) as session:
        accounts.reset(session, path, LI, OTHER)
    with pytest.raises(keyfile.Wrong):
        setup.enter(path, LI, WORD)
    with transaction(two, LI) as session:
        accounts.change_own(session, path, OTHER, WORD)
    with pytest.raises(keyfile.Wrong), transaction(two, LI) as session:
        accounts.change_own(session, path, OTHER, "第三句很长的话 four")
    setup.enter(path, LI, WORD)[0].dispose()
    assert told(two)[1:] == [(BOSS, f"重设了{LI}的密码"), (LI, "改了自己的密码")]


def test_a_disabled_account_opens_nothing_until_it_gets_a_new_password(path: Path, two: Engine) -> None:
    with transaction(two, BOSS) as session:
        accounts.disable(session, path, LI)
    assert state(two, path, LI) == "已停用"
    with pytest.raises(keyfile.Wrong):
        setup.enter(path, LI, WORD)
    with transaction(two, BOSS) as session:
        accounts.reset(session, path, LI, OTHER)
    assert state(two, path, LI) == "能登录"
    setup.enter(path, LI, OTHER)[0].dispose()


def test_roles_are_ticked_and_the_last_administrator_stays(path: Path, two: Engine) -> None:
    both = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
    with transaction(two, BOSS) as session:
        accounts.set_roles(session, path, LI, both)
    assert "同时担任系统管理员和安全审计员" in told(two)[-1][1]
    with transaction(two, LI) as session:
        accounts.set_roles(session, path, BOSS, frozenset({Role.LEADER}))
    with pytest.raises(Refusal, match="至少给"), transaction(two, LI) as session:
        accounts.set_roles(session, path, BOSS, frozenset())
    verbs: list[Callable[[Session], object]] = [
        lambda s: accounts.set_roles(s, path, LI, frozenset({Role.MEDIATOR})),
        lambda s: accounts.disable(s, path, LI),
        lambda s: leaving.leave(s, path, LI, date.today()),
    ]
    for verb in verbs:
        with pytest.raises(Refusal, match="唯一能登录的系统管理员"), transaction(two, LI) as session:
            verb(session)
    with reading(two, LI) as session:
        assert accounts.find(session, LI).held == both


def test_the_last_log_in_is_shown(path: Path, two: Engine) -> None:
    setup.enter(path, LI, WORD)[0].dispose()
    with reading(two, BOSS) as session:
        last = {one.person.name: one.last_at for one in accounts.listed(session, path)}
    came = last[LI]
    assert came is not None and datetime.now() - came < timedelta(minutes=1)
    assert last[BOSS] is None


# Wrong passwords


def test_wrong_passwords_are_told_at_the_next_log_in_and_count_for_nobody_else(
    path: Path, two: Engine
) -> None:
    for _ in range(tries.FREE):
        with pytest.raises(keyfile.Wrong):
            setup.enter(path, LI, OTHER)
    with pytest.raises(Refusal, match="请等 1 分钟"):
        setup.enter(path, LI, WORD)
    with pytest.raises(Refusal, match="请等 1 分钟"):
        setup.again(path, two, LI, WORD)
    with pytest.raises(keyfile.Wrong):
        setup.enter(path, "我的密码打错了地方", WORD)
    assert "打错了地方" not in tries.file(path).read_text("utf-8")
    assert setup.again(path, two, "chen", "滨江 practice 01") == BOSS
    setup.enter(path, "chen", "滨江 practice 01")[0].dispose()
    [(by, words)] = told(two, Action.LOG_IN_FAILED)
    assert by == BOSS and words.startswith(f"{LI} 输错密码 5 次：") and words.count("、") == 4
    setup.enter(path, "chen", "滨江 practice 01")[0].dispose()
    assert len(told(two, Action.LOG_IN_FAILED)) == 1
    with pytest.raises(Refusal, match="请等 1 分钟"):
        setup.enter(path, LI, WORD)


def test_who_has_left_is_not_known_again(path: Path, two: Engine) -> None:
    with Session(two) as session, session.begin():
        accounts.find(session, LI).left_on = date.today()
    for verb in (lambda: setup.enter(path, LI, WORD), lambda: setup.again(path, two, LI, WORD)):
        with pytest.raises(Refusal, match="已经离岗"):
            verb()


# The list of slots


def test_a_list_that_somebody_changed_is_told_and_taken_for_right_by_an_administrator(
    path: Path, two: Engine
) -> None:
    with reading(two, BOSS) as session:
        assert accounts.doubt(session, path) == ""
    body = json.loads((path / "keys.json").read_text())
    body["slots"].pop()
    del body["digest"]
    for copy in keyfile.copies(path / "keys.json"):
        copy.write_text(json.dumps(body | {"digest": keyfile._digest(body)}))
    with reading(two, BOSS) as session:
        assert "现在的名单是：chen" in accounts.doubt(session, path)
    with pytest.raises(Refusal, match="先在“设置—人员和账号”里核对"), transaction(two, BOSS) as session:
        accounts.reset(session, path, LI, OTHER)
    with transaction(two, BOSS) as session:
        accounts.confirm_list(session, path)
    with reading(two, BOSS) as session:
        assert accounts.doubt(session, path) == ""


# Leaving


@pytest.fixture
def busy(two: Engine) -> Engine:
    """李䶮 leads two open cases, keeps the record in a third, and led one that is closed; 马秀英 is in the second."""
    with Session(two) as session, session.begin():
        ma = offices.person(session, MA)
        for n, stage in enumerate((Stage.MEDIATING, Stage.ACCEPTED, Stage.SETTLED, Stage.CLOSED)):
            case = put(session, None, lead=LI, stage=stage, parties=("王𬎆", "䶮·阿不都"))
            if n == 1:
                case.assignments.append(Assignment(staff=ma, duty=Duty.RECORD))
            if n == 2:
                case.assignments[0].duty = Duty.RECORD
    return two


def staffed(engine: Engine) -> list[list[tuple[str, Duty]]]:
    with Session(engine) as session:
        cases = session.scalars(select(Case).order_by(Case.id))
        return [sorted((a.staff.name, a.duty) for a in case.assignments) for case in cases]


def test_who_leaves_hands_over_the_open_cases_in_the_same_step(path: Path, busy: Engine) -> None:
    with reading(busy, BOSS) as session:
        assert len(leaving.open_cases(session, LI)) == 3
        assert leaving.heirs(session, LI) == [BOSS, MA]
    with pytest.raises(Refusal, match="还有 3 件没有办结"), transaction(busy, BOSS) as session:
        leaving.leave(session, path, LI, date.today())
    with transaction(busy, BOSS) as session:
        leaving.leave(session, path, LI, date.today(), MA)
    assert staffed(busy) == [
        [(MA, Duty.LEAD)], [(MA, Duty.LEAD)], [(MA, Duty.RECORD)], [(LI, Duty.LEAD)],
    ]  # fmt: skip
    assert setup.logins(path) == ["chen"]
    assert told(busy)[-1] == (BOSS, f"{LI}离岗，3 件未办结的案件交给{MA}")
    with Session(busy) as session:
        events = [case.events[-1].detail for case in session.scalars(select(Case)) if case.events]
        assert events == [f"{LI}离岗，由{MA}接办"] * 3
        person = accounts.find(session, LI)
        assert (person.login, person.left_on) == (None, date.today())


def test_what_cannot_be_handed_over_leaves_everything_as_it_was(path: Path, busy: Engine) -> None:
    with Session(busy) as session, session.begin():
        first = session.get_one(Case, 1)
        first.assignments.append(Assignment(staff=offices.person(session, MA), recusal="邻居"))
    before = staffed(busy)
    for to, on, words in (
        (MA, date.today(), "已经回避"), (LI, date.today(), "另选一位"), ("没有这个人", date.today(), "没有“没有这个人”"),
        (BOSS, date.today() + timedelta(1), "还没有到"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=words), transaction(busy, BOSS) as session:
            leaving.leave(session, path, LI, on, to)
    assert staffed(busy) == before
    assert setup.logins(path) == ["chen", LI]


def test_a_new_data_key_shuts_out_who_left_and_nobody_else(path: Path, busy: Engine) -> None:
    with transaction(busy, BOSS) as session:
        leaving.leave(session, path, LI, date.today(), MA)
    fresh = leaving.change_key(path, busy, BOSS)
    assert told(fresh)[-1][0] == BOSS
    with pytest.raises(Refusal, match="数据换过密钥"):
        setup.again(path, busy, "chen", "滨江 practice 01")
    assert setup.again(path, fresh, "chen", "滨江 practice 01") == BOSS
    fresh.dispose()


# Ways back


def test_the_paper_gives_a_new_password_and_is_used_up(path: Path, two: Engine) -> None:
    first, second = recovery.new(), recovery.new()
    with transaction(two, BOSS) as session:
        recovery.adopt(session, path, first)
    assert recovery.ways_back(path).paper_on
    for bad in ("", "7K3M"):
        with pytest.raises(Refusal, match="恢复密钥应有"):
            recovery.check(path, bad)
    with pytest.raises(Refusal, match="打不开这里的数据"):
        recovery.check(path, second)
    recovery.check(path, first.lower())
    before = (path / "keys.json").read_bytes()
    for login, word in ((LI, "short"), (LI, LI * 4), ("没有这个人", OTHER)):
        with pytest.raises(Refusal):
            recovery.come_back(path, first, login, word, second)
    assert (path / "keys.json").read_bytes() == before
    opened, who = recovery.come_back(path, first, LI, OTHER, second)
    assert who == LI
    opened.dispose()
    setup.enter(path, LI, OTHER)[0].dispose()
    with pytest.raises(Refusal, match="打不开这里的数据"):
        recovery.check(path, first)
    recovery.check(path, second)
    assert told(two)[-1] == (LI, f"用恢复密钥重设了{LI}的密码，并换了新的恢复密钥")


def test_what_is_typed_back_must_be_what_stands_on_the_paper() -> None:
    written = recovery.new()
    recovery.check_typed(written, written.lower().replace("-", " "))
    with pytest.raises(Refusal, match="和纸上的不一样"):
        recovery.check_typed(written, recovery.new())


def test_the_paper_says_all_it_should() -> None:
    written = recovery.new()
    made = recovery.printout(written, "滨江社区人民调解委员会", date(2026, 11, 21))
    from mediator.paper import text

    words = text.write(made.paper)
    for group in written.split("-"):
        assert group in words
    assert "滨江社区人民调解委员会" in words and "2026年11月21日" in words
    [code] = made.pictures.values()
    assert code.startswith(b"\x89PNG")


def test_a_superior_is_off_until_it_is_set_and_opens_with_its_file(path: Path, two: Engine) -> None:
    private, public = pair.new_pair("上级的一句长密码 9")
    with pytest.raises(Refusal, match="打不开这里的数据"):
        recovery.come_back_by_superior(path, private, "上级的一句长密码 9", LI, OTHER)
    with transaction(two, BOSS) as session:
        recovery.set_superior(session, path, "滨江区司法局", public)
    assert recovery.ways_back(path).superior == "滨江区司法局"
    recovery.come_back_by_superior(path, private, "上级的一句长密码 9", LI, OTHER)[0].dispose()
    setup.enter(path, LI, OTHER)[0].dispose()
    with transaction(two, BOSS) as session:
        recovery.drop_superior(session, path)
    assert recovery.ways_back(path).superior == ""
    with pytest.raises(Refusal, match="打不开这里的数据"):
        recovery.come_back_by_superior(path, private, "上级的一句长密码 9", LI, OTHER)


def test_a_password_change_that_was_not_saved_did_not_happen(two: Engine, path: Path) -> None:
    """The key file is written inside the transaction; when that fails, the old password is the one that opens."""

    class Full(Exception):
        pass

    with pytest.raises(Full), transaction(two, LI) as session:
        accounts.change_own(session, path, WORD, "第三句很长的话 four")
        raise Full
    assert keyfile.unlock(Folder(path).keys, LI, WORD)
    with pytest.raises(Refusal):
        keyfile.unlock(Folder(path).keys, LI, "第三句很长的话 four")


# No change of the key file without an entry


def test_every_change_of_the_key_file_is_told_before_it_is_made(
    path: Path, two: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = keyfile.write

    def seen(*given: Any, **named: Any) -> None:
        written.append(told(two, ahead=True)[-1][1])
        write(*given, **named)

    paper, (_private, public) = recovery.new(), pair.new_pair("上级的一句长密码 9")
    verbs: list[tuple[str, Callable[[Session], object]]] = [
        (BOSS, lambda s: accounts.add(s, path, MA, WORD)),
        (BOSS, lambda s: accounts.reset(s, path, MA, OTHER)),
        (LI, lambda s: accounts.change_own(s, path, WORD, OTHER)),
        (BOSS, lambda s: accounts.disable(s, path, MA)),
        (BOSS, lambda s: leaving.leave(s, path, LI, date.today())),
        (BOSS, lambda s: recovery.adopt(s, path, paper)),
        (BOSS, lambda s: recovery.set_superior(s, path, "滨江区司法局", public)),
        (BOSS, lambda s: recovery.drop_superior(s, path)),
        (BOSS, lambda s: accounts.confirm_list(s, path)),
    ]
    with monkeypatch.context() as looked_on:
        looked_on.setattr(keyfile, "write", seen)
        for by, verb in verbs:
            with transaction(two, by) as session:
                verb(session)
        recovery.come_back(path, paper, "chen", "第三句很长的话 four", recovery.new())[0].dispose()
    fresh = leaving.change_key(path, two, BOSS)
    ahead, after = told(fresh, ahead=True)[-2:]
    assert ahead[1].startswith(f"先记：{after[1]}（改前密钥文件 ")
    fresh.dispose()
    assert len(written) == len(verbs) + 1
    assert len(set(written)) == len(written) and all(words.startswith("先记：") for words in written)


def test_what_was_cut_off_is_settled_at_the_next_log_in(path: Path, two: Engine) -> None:
    folder, before = Folder(path), len(told(two))
    key_changes.ahead(two, path, LI, "改了自己的密码")
    key_changes.ahead(two, path, BOSS, f"重设了{LI}的密码")
    store.reset_password(folder, LI, OTHER, key_of(two))
    key_changes.ahead(two, path, BOSS, "换了恢复密钥")
    opened, _who = setup.enter(path, LI, OTHER)
    first, second, third = told(opened)[before:]
    assert first[0] == second[0] == third[0] == LI
    assert f"{LI}改了自己的密码，当时程序中断，密钥文件没有改" in first[1]
    assert f"{BOSS}重设了{LI}的密码，当时程序中断，密钥文件已经改好" in second[1]
    assert "换了恢复密钥" in third[1] and "没有做成" in third[1]
    with transaction(opened, LI) as session:
        accounts.change_own(session, path, OTHER, WORD)
    opened.dispose()
    setup.enter(path, LI, WORD)[0].dispose()
    assert told(two)[before + 3 :] == [(LI, "改了自己的密码")]


def test_a_slot_that_a_cut_off_left_can_be_given_its_account(path: Path, engine: Engine) -> None:
    key_changes.ahead(engine, path, BOSS, f"给{LI}开了账号（调解员）")
    store.add_login(Folder(path), LI, OTHER, key_of(engine))
    with transaction(engine, BOSS) as session:
        accounts.add(session, path, LI, WORD)
    setup.enter(path, LI, WORD)[0].dispose()
    with pytest.raises(Refusal, match="已经有人用了"), transaction(engine, BOSS) as session:
        accounts.add(session, path, "chen", OTHER)
