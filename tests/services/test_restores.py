"""What a backup holds is told, restored beside the data at work, and put in their place and back again."""

import os
import random
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from made_cases import put
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Role
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.services import accounts, backup_ages, backup_contents, backups, drills, restores
from mediator.services.transaction import transaction
from mediator.store import durable, keyfile, manifest, swap, wholeness
from mediator.store.engine import key_of
from mediator.store.folder import Folder, open_folder
from mediator.store.manifest import Copy

BY = "陈志华"
NOW = datetime(2026, 11, 22, 14, 32)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "备份 盘"
    made.mkdir()
    return made


@pytest.fixture
def copy(engine: Engine, folder: Folder, place: Path) -> Copy:
    """A backup of three cases, after which two were entered and one was changed."""
    for name in ("王𬎆", "阿依古丽·买买提江", "滨"):
        register(engine, name)
    row = backups.back_up(engine, folder.path, place, by=BY, now=NOW)
    for name in ("后来的甲", "后来的乙"):
        register(engine, name)
    with transaction(engine, BY) as session:
        session.get_one(Case, 2).summary = "改过"
        session.get_one(Case, 4).summary = "新的也改过"
    return manifest.found(place / row.name)


def register(engine: Engine, name: str) -> None:
    with transaction(engine, BY) as session:
        put(session, parties=(name, "物业"))


def everything(path: Path, key: bytes, *, read_only: bool = False) -> dict[str, list[Any]]:
    with closing(wholeness.open_database(path, key, read_only=read_only)) as connection:
        return {
            name: connection.execute(f'select * from "{name}" order by rowid').fetchall()
            for name in wholeness.counts(connection)
        }


def test_a_backup_tells_what_it_holds_and_what_would_be_lost(
    engine: Engine, copy: Copy, place: Path, password: str
) -> None:
    assert (
        backup_contents.at(place)
        == [copy]
        == backup_contents.at(copy.path)
        == backup_contents.at(copy.path / "manifest.json")
    )
    assert backup_contents.logins(copy) == ["chen"]
    with pytest.raises(Refusal, match="密码不对"):
        backup_contents.unlock(copy, "chen", password + "x")
    key = backup_contents.unlock(copy, "chen", password)
    found = backup_contents.inside(copy, key)
    assert (found.office, found.cases, found.last_case) == ("滨江社区人民调解委员会", 3, "(2026)第3号")
    assert found.last_by == BY and found.last_at is not None
    with Session(engine) as session:
        lost = backup_contents.lost(session, copy, key)
    assert (lost.cases, lost.changed, lost.related) == (2, 1, True)
    assert "新登记了 2 件，改动过 1 件" in lost.words


def test_nothing_is_lost_where_nothing_was_done_since(
    engine: Engine, folder: Folder, place: Path, password: str
) -> None:
    register(engine, "王")
    made = manifest.found(place / backups.back_up(engine, folder.path, place, by=BY).name)
    with Session(engine) as session:
        lost = backup_contents.lost(session, made, key_of(engine))
    assert (lost.cases, lost.changed) == (0, 0)
    assert "什么也不会少" in lost.words
    with transaction(engine, BY) as session:
        session.add(Staff(name="新来的"))
    with Session(engine) as session:
        assert "案件没有变化，别的改动有 1 处" in backup_contents.lost(session, made, key_of(engine)).words


def test_another_line_of_the_same_data_is_compared_by_cases(
    engine: Engine, folder: Folder, copy: Copy, place: Path, password: str
) -> None:
    """A backup of what was restored from an older one and then gone on with."""
    key = key_of(engine)
    fresh = restores.restore(copy, key, folder.path.with_name("恢复的"), login="chen")
    other = open_folder(Folder(fresh), "chen", password)
    register(other, "另一条路上的")
    aside = place / "另一个"
    aside.mkdir()
    made = manifest.found(aside / backups.back_up(other, fresh, aside, by=BY).name)
    other.dispose()
    with Session(engine) as session:
        lost = backup_contents.lost(session, made, key)
    assert not lost.related and lost.cases == 1 and "请仔细核对" in lost.words


def test_what_is_restored_is_what_was_backed_up(
    engine: Engine, folder: Folder, copy: Copy, password: str
) -> None:
    key, told = key_of(engine), []
    live = everything(folder.database, key)
    target = folder.path.with_name("恢复 的")
    restores.restore(copy, key, target, login="chen", tell=lambda done, of: told.append(done))
    assert told == sorted(told) and told[-1] == 100
    was, now = everything(copy.database, key, read_only=True), everything(Folder(target).database, key)
    assert now.pop("entry")[:-1] == was.pop("entry")
    assert {n: r for n, r in now.items() if n != "sqlite_sequence"} == {
        n: r for n, r in was.items() if n != "sqlite_sequence"
    }
    opened = open_folder(Folder(target), "chen", password)
    with Session(opened) as session:
        last = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert last is not None and (last.action, last.by) == (Action.RESTORED, BY)
        assert copy.path.name in last.detail
    opened.dispose()
    assert everything(folder.database, key) == live
    assert not list(folder.path.parent.glob("*.part"))


@pytest.mark.parametrize("name", ["backup.db", "keys.json"])
def test_a_damaged_backup_is_not_restored(engine: Engine, folder: Folder, copy: Copy, name: str) -> None:
    path = copy.path / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    target = folder.path.with_name("恢复的")
    with pytest.raises(Refusal, match=f"{name} 已经损坏.*另一个备份"):
        restores.restore(copy, key_of(engine), target)
    assert not target.exists() and not list(target.parent.glob("*.part"))


def test_it_goes_into_a_new_folder_and_nowhere_else(
    engine: Engine, folder: Folder, copy: Copy, tmp_path: Path
) -> None:
    key = key_of(engine)
    with pytest.raises(Refusal, match="已经有东西"):
        restores.restore(copy, key, folder.path)
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(Refusal, match="已经有东西"):
        restores.restore(copy, key, tmp_path / "file")
    with pytest.raises(Refusal, match="OneDrive"):
        restores.restore(copy, key, tmp_path / "OneDrive" / "data")
    (tmp_path / "空的").mkdir()
    assert restores.restore(copy, key, tmp_path / "空的") == tmp_path / "空的"


POINTS: dict[str, tuple[object, str, int]] = {
    "before the first file": (durable, "copy", 0),
    "between two files": (durable, "copy", 2),
    "before it is checked": (restores, "check", 0),
    "before it is noted": (restores, "_note", 0),
    "before it is synced": (durable, "sync", 3),
    "before it has its name": (os, "rename", 0),
    "after": (durable, "sync_folder", 3),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_there_is_a_whole_folder_or_none(
    engine: Engine, folder: Folder, copy: Copy, password: str, point: str
) -> None:
    key = key_of(engine)
    engine.dispose()
    live, target = everything(folder.database, key), folder.path.with_name("恢复的")
    module, name, times = POINTS[point]
    child = os.fork()
    if not child:
        calls, real = iter(range(times)), getattr(module, name)

        def call(*values: Any, **named: Any) -> Any:
            if next(calls, None) is None:
                os._exit(9)
            return real(*values, **named)

        setattr(module, name, call)
        restores.restore(copy, key, target, login="chen")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9, "the point was never reached"
    if not target.exists():
        restores.restore(copy, key, target, login="chen")
    opened = open_folder(Folder(target), "chen", password)
    with Session(opened) as session:
        assert len(session.scalars(select(Case)).all()) == 3
    opened.dispose()
    assert everything(folder.database, key) == live


def test_a_full_disk_leaves_no_half_of_it(
    engine: Engine, folder: Folder, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda where: type("Usage", (), {"free": 300_000}))
    target = folder.path.with_name("恢复的")
    with pytest.raises(Refusal, match="空间不够"):
        restores.restore(copy, key_of(engine), target)
    assert not list(target.parent.glob("恢复的*"))


def test_it_takes_the_place_at_the_next_start_and_gives_it_back(
    engine: Engine, folder: Folder, copy: Copy, password: str
) -> None:
    def cases() -> int:
        opened = open_folder(folder, "chen", password)
        with Session(opened) as session:
            found = len(session.scalars(select(Case)).all())
        opened.dispose()
        return found

    key = key_of(engine)
    fresh = restores.restore(copy, key, folder.path.with_name("恢复的"), login="chen")
    kept = restores.use(engine, folder.path, fresh, by=BY, now=NOW)
    engine.dispose()
    restores.closed(folder.path)
    restores.finish(folder.path)
    assert cases() == 3 and restores.replaced(folder.path) == [kept]
    opened = open_folder(folder, "chen", password)
    restores.use(opened, folder.path, kept, by=BY, now=NOW + timedelta(minutes=1))
    opened.dispose()
    restores.closed(folder.path)
    restores.finish(folder.path)
    assert cases() == 5


def test_what_was_saved_after_planning_does_not_go_with_the_old_data(
    engine: Engine, folder: Folder, copy: Copy, password: str
) -> None:
    fresh = restores.restore(copy, key_of(engine), folder.path.with_name("恢复的"), login="chen")
    restores.use(engine, folder.path, fresh, by=BY, now=NOW)
    assert not restores.before_closing(engine, folder.path) and swap.planned(folder.path)
    register(engine, "安排以后登记的")
    assert "没有换用" in restores.before_closing(engine, folder.path) and not swap.planned(folder.path)

    restores.use(engine, folder.path, fresh, by=BY, now=NOW)
    engine.dispose()
    restores.closed(folder.path)
    other = open_folder(folder, "chen", password)  # somebody else, before the next start
    register(other, "别人登记的")
    other.dispose()
    with pytest.raises(Refusal, match="没有换用"):
        restores.finish(folder.path)
    restores.finish(folder.path)
    again = open_folder(folder, "chen", password)
    with Session(again) as session:
        assert len(session.scalars(select(Case)).all()) == 7
    again.dispose()


def test_what_was_planned_can_be_called_off(engine: Engine, folder: Folder, copy: Copy) -> None:
    fresh = restores.restore(copy, key_of(engine), folder.path.with_name("恢复的"), login="chen")
    restores.use(engine, folder.path, fresh, by=BY, now=NOW)
    restores.call_off(engine, folder.path, by=BY)
    assert not swap.planned(folder.path)
    with Session(engine) as session:
        assert (
            session.scalars(select(Entry.detail).order_by(Entry.id.desc())).first()
            == "没有换用，继续用这一份"
        )


def test_a_folder_of_ones_own_of_a_like_name_is_left_alone(
    engine: Engine, copy: Copy, tmp_path: Path
) -> None:
    mine = tmp_path / "新的.part" / "我的重要文件.docx"
    mine.parent.mkdir()
    mine.write_bytes(b"x")
    restores.restore(copy, key_of(engine), tmp_path / "新的")
    assert mine.read_bytes() == b"x"


def test_under_the_same_key_those_log_in_who_can_now(
    engine: Engine, folder: Folder, place: Path, password: str
) -> None:
    with transaction(engine, BY) as session:
        accounts.add(session, folder.path, "后来离岗的", "li gang de mi ma 2026")
    made = manifest.found(place / backups.back_up(engine, folder.path, place, by=BY, now=NOW).name)
    with transaction(engine, BY) as session:
        accounts.disable(session, folder.path, "后来离岗的")
    with transaction(engine, BY) as session:
        accounts.reset(session, folder.path, BY, "xin de mi ma 2027")
    assert not restores.who_again(made.path, folder.path)
    assert "“后来离岗的”又能登录" in restores.who_again(made.path, folder.path, laid=False)
    key, target = key_of(engine), folder.path.with_name("恢复的")
    restores.restore(made, key, target, login="chen", present=folder.path)
    assert keyfile.logins(Folder(target).keys) == ["chen"] and keyfile.whole(Folder(target).keys, key)
    open_folder(Folder(target), "chen", "xin de mi ma 2027").dispose()
    assert "后来离岗的" in keyfile.logins(made.keys)


def test_under_an_older_key_it_is_said_who_comes_back(
    engine: Engine, folder: Folder, place: Path, password: str
) -> None:
    with transaction(engine, BY) as session:
        accounts.add(session, folder.path, "后来离岗的", "li gang de mi ma 2026")
    made = manifest.found(place / backups.back_up(engine, folder.path, place, by=BY, now=NOW).name)
    key = key_of(engine)
    left = [slot for slot in keyfile.read(folder.keys).slots if slot.login == "chen"]
    keyfile.write(folder.keys, left, key, key_id=keyfile.new_id())
    words = restores.who_again(made.path, folder.path)
    assert "“后来离岗的”又能登录" in words and "数据密钥也是换过以前的" in words
    target = folder.path.with_name("恢复的")
    restores.restore(made, key, target, login="chen", present=folder.path)
    assert len(keyfile.logins(Folder(target).keys)) == 2


def test_only_who_may_change_settings_may_replace_the_data(
    engine: Engine, folder: Folder, copy: Copy
) -> None:
    with transaction(engine, BY) as session:
        session.add(Staff(name="实习的", roles=Role.MEDIATOR.value))
    fresh = restores.restore(copy, key_of(engine), folder.path.with_name("恢复的"), login="chen")
    with pytest.raises(Refusal, match="您的账号不能"):
        restores.use(engine, folder.path, fresh, by="实习的")
    assert not swap.planned(folder.path)
    with pytest.raises(Refusal, match="没有数据"):
        restores.use(engine, folder.path, folder.path.with_name("没有的"), by=BY)


def test_a_drill_restores_compares_and_wipes(engine: Engine, folder: Folder, copy: Copy) -> None:
    def due(now: datetime) -> bool:
        with Session(engine) as session:
            return drills.due(session, folder.path, now)

    assert due(NOW)
    words = drills.run(engine, folder.path, by=BY, now=NOW)
    assert "恢复了 3 件案件，抽查 2 件" in words
    assert not (folder.path / drills.PRIVATE).exists()
    with Session(engine) as session:
        assert [row.drilled_at for row in backups.made(session)] == [NOW]
        last = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert last is not None and last.action is Action.DRILLED and words in last.detail
    assert (
        not due(NOW + timedelta(days=29)) and due(NOW + timedelta(days=30)) and due(NOW - timedelta(days=1))
    )


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[random.Random(2).randrange(len(data))] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(lambda copy: flip(copy.database), "已经损坏"), (lambda copy: copy.database.unlink(), "不是备份")],
)
def test_a_drill_that_fails_says_so(
    engine: Engine, folder: Folder, copy: Copy, spoil: Callable[[Copy], object], words: str
) -> None:
    spoil(copy)
    with pytest.raises(Refusal, match=words):
        drills.run(engine, folder.path, by=BY, now=NOW)
    with Session(engine) as session:
        last = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert last is not None and last.action is Action.DRILLED and "没有通过" in last.detail
        assert not backups.made(session)[0].verified_at, "nobody says any more that it is"
        assert backup_ages.age(session, NOW).words == "没有能用的备份"
    assert not (folder.path / drills.PRIVATE).exists()


def test_the_newest_is_drilled_also_where_its_keys_cannot_be_read(
    engine: Engine, folder: Folder, copy: Copy, place: Path
) -> None:
    row = backups.back_up(engine, folder.path, place, by=BY, now=NOW + timedelta(hours=1))
    for path in (place / row.name).glob("keys*.json"):
        path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(Refusal, match=r"演练没有通过.*密钥文件读不出来"):
        drills.run(engine, folder.path, by=BY, now=NOW)


def test_a_backup_of_an_older_shape_passes_and_what_differs_there_too_is_seen(
    engine: Engine, folder: Folder, copy: Copy
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("alter table party add column colour varchar default '红' not null")
    assert "抽查 2 件，内容一致" in drills.run(engine, folder.path, by=BY, now=NOW)
    with engine.begin() as connection:
        connection.exec_driver_sql("update party set name = '别人' where case_id = 1")
    with pytest.raises(Refusal, match="有 1 件案件与现在的数据不一样"):
        drills.run(engine, folder.path, by=BY, now=NOW)


def test_a_drill_sees_a_case_that_is_not_the_same(engine: Engine, folder: Folder, copy: Copy) -> None:
    """Changed behind everybody's back: no entry tells of it."""
    with engine.begin() as connection:
        connection.exec_driver_sql("update party set name = '别人' where case_id = 1")
    with pytest.raises(Refusal, match="有 1 件案件与现在的数据不一样"):
        drills.run(engine, folder.path, by=BY, now=NOW)


def test_a_backup_from_before_the_data_key_was_changed_is_no_matter_of_a_drill(
    engine: Engine, folder: Folder, copy: Copy
) -> None:
    key = key_of(engine)
    keyfile.write(folder.keys, keyfile.read(folder.keys).slots, key, key_id=keyfile.new_id())
    with Session(engine) as session:
        assert not drills.due(session, folder.path, NOW)


def test_a_backup_that_cannot_be_read_is_said_to_be_damaged(engine: Engine, copy: Copy) -> None:
    data = bytearray(copy.database.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096] ^= 1
    copy.database.write_bytes(data)
    with pytest.raises(Refusal, match=r"已经损坏.*另一个备份"):
        backup_contents.inside(copy, key_of(engine))


def test_without_a_backup_there_is_no_drill(engine: Engine, folder: Folder) -> None:
    with Session(engine) as session:
        assert not drills.due(session, folder.path, NOW)
    with pytest.raises(Refusal, match="请先做一次备份"):
        drills.run(engine, folder.path)


def test_the_paper_key_opens_a_backup_too(engine: Engine, folder: Folder, place: Path) -> None:
    from mediator.store import folder as store
    from mediator.store import recovery

    paper, key = recovery.new(), key_of(engine)
    store.put(folder, key, store.paper_slot(paper, key))
    made = manifest.found(place / backups.back_up(engine, folder.path, place, by=BY).name)
    assert backup_contents.logins(made) == ["chen", backup_contents.PAPER]
    assert backup_contents.unlock(made, backup_contents.PAPER, paper.lower().replace("-", " ")) == key
    with pytest.raises(Refusal):
        backup_contents.unlock(made, backup_contents.PAPER, recovery.new())
    target = restores.restore(made, key, folder.path.with_name("恢复的"), login=backup_contents.PAPER)
    assert keyfile.logins(Folder(target).keys) == ["chen"]
