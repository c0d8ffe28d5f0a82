"""Damage is told, writing stops, and what can still be read is taken out; never is anything repaired in place."""

import random
import shutil
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from made_cases import put
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action
from mediator.domain.errors import Damaged, Refusal
from mediator.domain.people import Party
from mediator.services import backups, checkups, listing, salvage
from mediator.services.transaction import reading, transaction
from mediator.store import wholeness
from mediator.store.engine import connect, key_of
from mediator.store.folder import Folder, open_folder

BY = "陈志华"
NOW = datetime(2026, 11, 22, 14, 32)
CASES = 120


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with transaction(engine, BY) as session:
        for n in range(CASES):
            put(session, summary=f"第{n}次漏水。" * 200, parties=(f"王𬎆{n}", "滨江路物业"))
    return engine


def damage(path: Path, *pages: int) -> None:
    data = bytearray(path.read_bytes())
    for page in pages:
        data[page * 4096 + 17] ^= 1
    path.write_bytes(data)


def test_whole_data_are_said_to_be_whole(filled: Engine, folder: Folder) -> None:
    told: list[tuple[int, int]] = []
    found = checkups.check(filled, folder.path, by=BY, tell=lambda done, of: told.append((done, of)))
    assert not found.troubles and found.cases == CASES and f"{CASES} 件案件" in found.words
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    with Session(filled) as session:
        last = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert last is not None and (last.action, last.by) == (Action.CHECKED, BY)
        moment = last.at
        assert not checkups.due(session, moment + timedelta(days=6))
        assert checkups.due(session, moment + timedelta(days=7))


def test_a_damaged_page_is_found_and_writing_stops(filled: Engine, folder: Folder, password: str) -> None:
    filled.dispose()
    damage(folder.database, 40)
    engine = open_folder(folder, "chen", password)
    before = folder.database.read_bytes()
    found = checkups.check(engine, folder.path, by=BY)
    assert found.damaged and "1 页读不出来" in found.words
    with pytest.raises(Damaged, match="不再写入"), transaction(engine, BY) as session:
        put(session)
    engine.dispose()
    assert folder.database.read_bytes() == before


def test_damage_met_at_work_stops_writing_too(filled: Engine, folder: Folder, password: str) -> None:
    filled.dispose()
    pages = folder.database.stat().st_size // 4096
    damage(folder.database, *range(120, pages))
    engine = open_folder(folder, "chen", password)
    with pytest.raises(Damaged, match="请从备份恢复"), reading(engine, BY) as session:
        session.scalars(select(Case)).all()
    with pytest.raises(Damaged, match="不再写入"), transaction(engine, BY):
        pass
    engine.dispose()


def test_a_broken_chain_and_a_lost_row_are_told(filled: Engine, folder: Folder) -> None:
    with filled.begin() as connection:
        connection.execute(text("drop trigger entry_stays"))
        connection.execute(text("update entry set detail = '没有做过' where id = 1"))
    assert "审计记录第 1 条被改动过" in checkups.check(filled, folder.path).words
    with closing(wholeness.open_database(folder.database, key_of(filled))) as connection:
        connection.execute("pragma foreign_keys = off")
        connection.execute('delete from "case" where id = 3')
    found = checkups.check(filled, folder.path)
    assert "“当事人”里有 2 行" in found.words
    assert not found.damaged, "the file is sound: work and backups go on"
    with transaction(filled, BY) as session:
        session.get_one(Case, 5).summary = "改过"
    backups.before(filled, folder.path, "导入台账", by=BY)


def test_damage_found_is_not_forgotten_at_the_next_start(
    filled: Engine, folder: Folder, password: str
) -> None:
    filled.dispose()
    whole = folder.database.read_bytes()
    damage(folder.database, 40)
    engine = open_folder(folder, "chen", password)
    checkups.check(engine, folder.path, by=BY)
    engine.dispose()
    before = folder.database.read_bytes()
    with pytest.raises(Damaged, match=r"1 页读不出来.*上次核对时就发现了"):
        open_folder(folder, "chen", password)
    assert folder.database.read_bytes() == before
    folder.database.write_bytes(whole)  # it was a loose plug
    open_folder(folder, "chen", password).dispose()
    folder.database.write_bytes(before)
    open_folder(folder, "chen", password).dispose()


def test_where_to_salvage_is_looked_at_before_anything_is_copied(
    filled: Engine, folder: Folder, tmp_path: Path
) -> None:
    (tmp_path / "有了").mkdir()
    mine = tmp_path / "新的.part" / "我的重要文件.docx"
    mine.parent.mkdir()
    mine.write_bytes(b"x")
    for target, words in (
        (tmp_path / "OneDrive" / "x", "OneDrive"), (tmp_path / "有了", "已经有了"), (tmp_path / "没有" / "x", "不是文件夹"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=words):
            salvage.check_target(target)
    filled.dispose()
    salvage.rescue(folder.path, key_of(filled), tmp_path / "新的")
    assert mine.read_bytes() == b"x"


def test_data_older_than_their_backup_are_told(filled: Engine, folder: Folder, tmp_path: Path) -> None:
    place = tmp_path / "备份"
    place.mkdir()
    with transaction(filled, BY) as session:
        backups.choose(session, place)
    filled.dispose()
    old = folder.database.read_bytes()
    engine = connect(folder.database, key_of(filled))
    with transaction(engine, BY) as session:
        put(session)
    backups.back_up(engine, folder.path, place, by=BY)
    assert not checkups.check(engine, folder.path).troubles
    engine.dispose()
    folder.database.write_bytes(old)  # as after somebody took the log away
    engine = connect(folder.database, key_of(filled))
    found = checkups.check(engine, folder.path)
    assert "比现在的数据还新" in found.words and not found.damaged
    engine.dispose()


def test_what_can_be_read_is_taken_out_and_the_rest_is_named(
    filled: Engine, folder: Folder, password: str
) -> None:
    key = key_of(filled)
    filled.dispose()
    chance = random.Random(5)
    pages = folder.database.stat().st_size // 4096
    damage(folder.database, *chance.sample(range(110, pages), 12))
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    kept = salvage.put_aside(folder.path, NOW)
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before
    assert kept.name == f"{folder.path.name}-损坏-20261122-143200"
    target = folder.path.with_name("抢救出来的")
    found = salvage.rescue(kept, key, target, login="chen")
    assert {path.name: path.read_bytes() for path in folder.path.iterdir()} == before
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before
    assert found.missing and CASES // 2 < found.cases < CASES
    assert f"抢救出 {found.cases} 件" in found.words and "“案件”最多" in found.words
    engine = open_folder(Folder(target), "chen", password)
    assert not [words for words in checkups.check(engine, target).troubles if "审计" not in words]
    with Session(engine) as session:
        assert session.scalar(select(func.count(Case.id))) == found.cases
        assert (session.scalar(select(func.count(Party.id))) or 0) <= 2 * found.cases
        for case in session.scalars(select(Case).limit(20)):
            assert case.summary == f"第{case.id - 1}次漏水。" * 200
        shown = listing.find(session, listing.Wanted(words="滨江路物业"), limit=1000)
        assert len(shown) > CASES // 3
        last = session.scalars(select(Entry).where(Entry.action == Action.RESTORED)).one()
        assert "抢救" in last.detail and last.by == BY
    engine.dispose()


def test_of_whole_data_everything_comes_over(filled: Engine, folder: Folder, password: str) -> None:
    with transaction(filled, BY) as session:
        put(session, summary="只在日志里")
    assert folder.database.with_name("mediator.db-wal").exists()
    kept = folder.path.with_name("拷贝")
    shutil.copytree(folder.path, kept)  # as a cut of power leaves it
    found = salvage.rescue(kept, key_of(filled), folder.path.with_name("抢救"))
    assert found.cases == CASES + 1 and not found.missing and "全部读出来了" in found.words


@pytest.mark.parametrize("spoil", ["zeros", "first page"])
def test_where_nothing_can_be_read_it_is_said(filled: Engine, folder: Folder, spoil: str) -> None:
    filled.dispose()
    size = folder.database.stat().st_size
    if spoil == "zeros":
        folder.database.write_bytes(bytes(size))
    else:
        damage(folder.database, 0)
    target = folder.path.with_name("抢救")
    with pytest.raises(Refusal, match="一行也读不出来"):
        salvage.rescue(folder.path, key_of(filled), target)
    assert not list(target.parent.glob("抢救*"))


def test_a_damaged_key_file_does_not_get_in_the_way_of_the_copy(filled: Engine, folder: Folder) -> None:
    with pytest.raises(Refusal, match="已经有了"):
        salvage.rescue(folder.path, key_of(filled), folder.path)
