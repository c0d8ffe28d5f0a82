"""A new data key shuts out who held the paper or the superior's key too; drafts of a leaver go to somebody; a full disk."""

import errno
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.codes import Role
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.domain.safety import Draft
from mediator.services import (
    accounts,
    concerns,
    drafts,
    leaving,
    offices,
    recovery,
    setup,
    staff,
)
from mediator.services.transaction import reading, transaction
from mediator.store import keyfile, rekey
from mediator.store import superior as pair
from mediator.store.folder import Folder

BOSS, LI, HEIR = "陈志华", "李䶮", "马秀英·买买提"
WORD, OTHER = "一句很长的话 one two", "另一句很长的话 three"
SUPERIOR, SECRET = "滨江区司法局", "上级的一句长密码 9"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)
    monkeypatch.setattr(rekey, "_HELD_S", 0.01)


@pytest.fixture
def path(folder: Folder) -> Path:
    return folder.path


@pytest.fixture
def ways(path: Path, engine: Engine) -> tuple[str, bytes]:
    """A recovery key and the private key of a superior, both of which open the data."""
    paper, (private, public) = recovery.new(), pair.new_pair(SECRET)
    with transaction(engine, BOSS) as session:
        accounts.add(session, path, LI, WORD)
    with transaction(engine, BOSS) as session:
        recovery.adopt(session, path, paper)
    with transaction(engine, BOSS) as session:
        recovery.set_superior(session, path, SUPERIOR, public)
    return paper, private


def by_superior(path: Path, private: bytes) -> None:
    recovery.come_back_by_superior(path, private, SECRET, "chen", OTHER)[0].dispose()


def told(engine: Engine, path: Path) -> str:
    with reading(engine, BOSS) as session:
        return "".join(one.words for one in concerns.look(session, path, datetime.now()))


def test_neither_the_old_paper_nor_the_superior_opens_the_new_data(
    path: Path, engine: Engine, ways: tuple[str, bytes]
) -> None:
    assert "恢复密钥" not in told(engine, path)
    fresh = leaving.change_key(path, engine, BOSS)
    paper, private = ways
    for verb in (
        lambda: recovery.come_back(path, paper, "chen", OTHER, recovery.new()),
        lambda: by_superior(path, private),
    ):
        with pytest.raises(Refusal, match="打不开这里的数据"):
            verb()
    assert recovery.ways_back(path) == recovery.WaysBack("", "")
    assert "还没有恢复密钥" in told(fresh, path)
    with transaction(fresh, BOSS) as session:
        recovery.adopt(session, path, recovery.new())
    assert "还没有恢复密钥" not in told(fresh, path)
    fresh.dispose()


def test_a_new_paper_and_a_superior_named_anew_open_it(
    path: Path, engine: Engine, ways: tuple[str, bytes]
) -> None:
    with pytest.raises(Refusal, match="没有叫“别的局”"):
        leaving.change_key(path, engine, BOSS, superior="别的局")
    paper = recovery.new()
    fresh = leaving.change_key(path, engine, BOSS, paper=paper, superior=SUPERIOR)
    fresh.dispose()
    recovery.check(path, paper)
    with pytest.raises(Refusal, match="打不开这里的数据"):
        recovery.check(path, ways[0])
    by_superior(path, ways[1])


def test_drafts_of_who_leaves_go_to_the_heir_else_to_a_leader(path: Path, engine: Engine) -> None:
    for name in (LI, HEIR):
        with transaction(engine, BOSS) as session:
            accounts.add(session, path, name, WORD)
    with transaction(engine, BOSS) as session:
        accounts.set_roles(session, path, HEIR, frozenset({Role.LEADER}))
        accounts.set_roles(session, path, BOSS, frozenset({Role.ADMINISTRATOR}))
    for to, at, gets in (("", "new-case", HEIR), (BOSS, "phrase", BOSS)):
        leaver = LI if not to else "又一位李"
        if to:
            with transaction(engine, BOSS) as session:
                accounts.add(session, path, leaver, WORD)
        with transaction(engine, leaver) as session:
            drafts.keep(session, at, {"summary": "打到一半"}, {}, datetime.now())
        with transaction(engine, BOSS) as session:
            leaving.leave(session, path, leaver, date.today(), to)
        with Session(engine) as session:
            assert session.scalar(select(Draft.by).where(Draft.place == at)) == gets


def test_a_full_disk_leaves_the_old_keys_and_says_so(
    path: Path, engine: Engine, ways: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, write = (path / "keys.json").read_bytes(), keyfile._write

    def full(at: Path, words: bytes) -> None:
        if at.name.endswith(".copy.part"):
            at.write_bytes(words[:9])
            raise OSError(errno.ENOSPC, "no room")
        write(at, words)

    monkeypatch.setattr(keyfile, "_write", full)
    with pytest.raises(Refusal, match="磁盘"), transaction(engine, BOSS) as session:
        recovery.adopt(session, path, recovery.new())
    monkeypatch.setattr(keyfile, "_write", write)
    assert (path / "keys.json").read_bytes() == before
    assert sorted(one.name for one in path.glob("keys*")) == ["keys.copy.json", "keys.json"]
    recovery.check(path, ways[0])


def test_there_is_room_to_put_the_old_keys_back_when_the_commit_fails(
    path: Path, engine: Engine, ways: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk with room for nothing more: the key file can be written only once what was held is let go."""
    room, write = keyfile._room(path / "keys.json"), keyfile._write

    def nearly(at: Path, words: bytes) -> None:
        if at != room and not changing and room.exists():
            raise OSError(errno.ENOSPC, "no room")
        write(at, words)

    class Full(Exception):
        pass

    changing = True
    monkeypatch.setattr(keyfile, "_write", nearly)
    with pytest.raises(Full), transaction(engine, BOSS) as session:
        recovery.adopt(session, path, recovery.new())
        assert room.exists()
        changing = False
        raise Full
    recovery.check(path, ways[0])
    assert not room.exists()


def test_where_there_is_no_room_to_put_it_back_nothing_is_changed(
    path: Path, engine: Engine, ways: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (path / "keys.json").read_bytes()

    def full(_keys: Path) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(keyfile, "hold_room", full)
    for verb in (
        lambda s: accounts.add(s, path, HEIR, WORD), lambda s: accounts.reset(s, path, LI, OTHER),
        lambda s: accounts.disable(s, path, LI), lambda s: leaving.leave(s, path, LI, date.today()),
        lambda s: recovery.adopt(s, path, recovery.new()),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="磁盘"), transaction(engine, BOSS) as session:
            verb(session)
    assert (path / "keys.json").read_bytes() == before


def test_what_is_held_is_let_go_when_all_went_well(path: Path, ways: tuple[str, bytes]) -> None:
    assert not keyfile._room(path / "keys.json").exists()


def test_who_has_an_account_leaves_by_the_way_that_shuts_it(path: Path, engine: Engine) -> None:
    with Session(engine) as session:
        boss = session.scalars(select(Staff.id).where(Staff.name == BOSS)).one()
    for day in ("2030-01-01", "2020-01-01"):
        with pytest.raises(Refusal, match="点“办离岗…”"), transaction(engine, BOSS) as session:
            staff.put(session, {"left_on": day}, boss)
    with transaction(engine, BOSS) as session:
        other = offices.person(session, HEIR)
        staff.put(session, {"left_on": "2030-01-01"}, other.id)
    assert setup.enter(path, "chen", "滨江 practice 01")[1] == BOSS


def test_an_administrator_who_has_left_is_no_administrator(path: Path, engine: Engine) -> None:
    with transaction(engine, BOSS) as session:
        accounts.add(session, path, LI, WORD)
    with transaction(engine, BOSS) as session:
        accounts.set_roles(session, path, LI, frozenset({Role.ADMINISTRATOR}))
    with Session(engine) as session, session.begin():
        accounts.find(session, LI).left_on = date.today()
    with pytest.raises(Refusal, match="唯一能登录的系统管理员"), transaction(engine, BOSS) as session:
        accounts.disable(session, path, BOSS)


def test_the_superiors_file_costs_as_much_to_guess_as_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []
    stretched = keyfile.stretched

    def seen(password: str, salt: bytes, *cost: int, **named: int) -> bytes:
        asked.append((*cost, *named.values()))
        return stretched(password, salt, *cost, **named)

    monkeypatch.setattr(keyfile, "stretched", seen)
    private, _public = pair.new_pair(SECRET)
    opened = pair.read_private(private, SECRET)
    assert asked == [(8, 1, 1)] * 2 and opened.private_bytes_raw() not in private
    with pytest.raises(Refusal, match="打不开"):
        pair.read_private(private.replace(private[60:64], b"AAAA"), SECRET)
