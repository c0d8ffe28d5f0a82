"""A key file of before that is put back is valid in itself; the database knows that there was a newer one."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.errors import Refusal
from mediator.services import accounts, backups, concerns, key_age, restores, setup
from mediator.services.transaction import transaction
from mediator.store import keyfile, manifest
from mediator.store.engine import key_of
from mediator.store.folder import Folder

BY, LI = "陈志华", "李䶮"
OLD, NEW = "jiu de mi ma 2026", "xin de mi ma 2027"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """New locks are cheap."""
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@pytest.fixture
def kept(engine: Engine, folder: Folder, tmp_path: Path) -> Path:
    """The key file that opens with somebody's old password; by now they have another."""
    with transaction(engine, BY) as session:
        accounts.add(session, folder.path, LI, OLD)
    kept = tmp_path / "抄走的"
    kept.mkdir()
    for copy in keyfile.copies(folder.keys):
        shutil.copyfile(copy, kept / copy.name)
    with transaction(engine, BY) as session:
        accounts.reset(session, folder.path, LI, NEW)
    with transaction(engine, BY) as session:
        accounts.disable(session, folder.path, LI)
    return kept


def put_back(folder: Folder, kept: Path) -> None:
    for copy in keyfile.copies(folder.keys):
        shutil.copyfile(kept / copy.name, copy)


def doubt(engine: Engine, folder: Folder) -> str:
    with Session(engine) as session:
        return accounts.doubt(session, folder.path)


def noted(engine: Engine) -> int:
    with Session(engine) as session:
        details = session.scalars(select(Entry.detail)).all()
    return sum("较早的一份" in words for words in details)


def log_in(folder: Folder, login: str, password: str) -> None:
    setup.enter(folder.path, login, password)[0].dispose()


def test_what_is_in_order_is_left_alone(engine: Engine, folder: Folder, kept: Path, password: str) -> None:
    assert doubt(engine, folder) == ""
    log_in(folder, "chen", password)
    with pytest.raises(Refusal):
        log_in(folder, LI, OLD)
    assert doubt(engine, folder) == "" and not noted(engine)


def test_an_older_one_put_back_is_named_at_the_opening(
    engine: Engine, folder: Folder, kept: Path, password: str
) -> None:
    put_back(folder, kept)
    assert keyfile.whole(folder.keys, key_of(engine)), "it is signed as it should be"
    log_in(folder, LI, OLD)
    words = doubt(engine, folder)
    assert "较早的一份" in words and f"chen、{LI}" in words and "系统管理员" in words and "重设密码" in words
    with Session(engine) as session:
        assert words in [one.words for one in concerns.look(session, folder.path, datetime.now())]
    log_in(folder, "chen", password)
    assert noted(engine) == 1, "told once, not at every log-in"


@pytest.mark.parametrize("times", [0, 5])
def test_new_passwords_alone_do_not_settle_it_but_somebody_who_looks_does(
    engine: Engine, folder: Folder, kept: Path, password: str, tmp_path: Path, times: int
) -> None:
    newest = tmp_path / "最新的"
    newest.mkdir()
    for copy in keyfile.copies(folder.keys):
        shutil.copyfile(copy, newest / copy.name)
    put_back(folder, kept)
    log_in(folder, "chen", password)
    for number in range(times):
        with transaction(engine, BY) as session:
            accounts.reset(session, folder.path, LI, f"{NEW} {number}")
    assert doubt(engine, folder)
    with transaction(engine, BY) as session:
        accounts.confirm_list(session, folder.path)
    assert doubt(engine, folder) == ""
    log_in(folder, "chen", password)
    assert doubt(engine, folder) == ""
    put_back(folder, newest)
    assert doubt(engine, folder), "what was the newest before is older now"


def test_one_exchanged_while_the_program_is_open_is_seen_too(
    engine: Engine, folder: Folder, kept: Path
) -> None:
    put_back(folder, kept)
    for number in range(3):
        with transaction(engine, BY) as session:
            accounts.reset(session, folder.path, LI, f"{NEW} {number}")
    assert doubt(engine, folder)


def test_what_is_restored_agrees_with_itself(
    engine: Engine, folder: Folder, kept: Path, password: str, tmp_path: Path
) -> None:
    place = tmp_path / "盘"
    place.mkdir()
    made = manifest.found(place / backups.back_up(engine, folder.path, place, by=BY).name)
    with transaction(engine, BY) as session:
        accounts.reset(session, folder.path, LI, NEW)
    fresh = restores.restore(made, key_of(engine), folder.path.with_name("恢复的"), login="chen")
    opened, _who = setup.enter(fresh, "chen", password)
    assert doubt(opened, Folder(fresh)) == ""
    opened.dispose()


def test_a_change_that_came_to_nothing_leaves_no_doubt(engine: Engine, folder: Folder, kept: Path) -> None:
    with pytest.raises(ZeroDivisionError), transaction(engine, BY) as session:
        accounts.reset(session, folder.path, LI, NEW)
        raise ZeroDivisionError
    assert doubt(engine, folder) == ""
    with Session(engine) as session:
        assert keyfile.read(folder.keys).generation > key_age.known(session)
