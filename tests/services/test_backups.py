"""When a backup is due, what is noted of it, which old ones go, and how old it is said to be."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from made_cases import put
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action, BackupKind
from mediator.domain.errors import Refusal
from mediator.domain.safety import Backup, Policy
from mediator.services import backup_ages, backups
from mediator.services.backup_ages import Level, age
from mediator.services.transaction import transaction
from mediator.store import backup, drives, keyfile, manifest
from mediator.store.engine import key_of
from mediator.store.folder import Folder

BY = "陈志华"
NOW = datetime(2026, 11, 22, 14, 32)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "备份 盘"
    made.mkdir()
    return made


def register(engine: Engine) -> None:
    with transaction(engine, BY) as session:
        put(session, parties=("王𬎆", "滨江路之九曲十八弯物业"))


def choose(engine: Engine, place: Path, **more: int) -> None:
    with transaction(engine, BY) as session:
        chosen = backups.choose(session, place)
        for key, value in more.items():
            setattr(chosen, key, value)


def rows(engine: Engine) -> list[Backup]:
    with Session(engine) as session:
        return backups.made(session)


def said(engine: Engine) -> list[tuple[Action, str, str]]:
    with Session(engine) as session:
        found = session.scalars(select(Entry).order_by(Entry.id))
        return [(entry.action, entry.detail, entry.by) for entry in found]


def test_what_was_made_is_noted_with_who_and_where(engine: Engine, folder: Folder, place: Path) -> None:
    register(engine)
    row = backups.back_up(engine, folder.path, place, by=BY, now=NOW)
    (copy,) = manifest.listed(place)
    assert (row.name, row.place, row.cases, row.kind) == (copy.path.name, str(place), 1, BackupKind.BY_HAND)
    assert row.verified_at and row.medium == "" and row.size == copy.manifest.size > 0
    assert row.up_to == copy.manifest.entry_id > 0
    action, detail, by = said(engine)[-1]
    assert (action, by) == (Action.BACKED_UP, BY) and "已验证" in detail and copy.path.name in detail


def test_one_that_failed_is_noted_and_counts_for_nothing(
    engine: Engine, folder: Folder, tmp_path: Path
) -> None:
    register(engine)
    with pytest.raises(Refusal, match="找不到"):
        backups.back_up(engine, folder.path, tmp_path / "拔掉了" / "x", by=BY, now=NOW)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refusal):
        backups.back_up(engine, folder.path, tmp_path / "file", by=BY, now=NOW)
    assert rows(engine) == []
    with pytest.raises(Refusal, match="数据文件夹本身"):
        backups.back_up(engine, folder.path, folder.path, by=BY, now=NOW)


def test_it_is_due_when_something_changed_and_time_has_passed(
    engine: Engine, folder: Folder, place: Path
) -> None:
    def due(now: datetime, *, leaving: bool = False) -> bool:
        with Session(engine) as session:
            return backups.due(session, now, leaving=leaving)

    register(engine)
    assert not due(NOW, leaving=True), "no folder was chosen"
    choose(engine, place, backup_hours=3)
    assert due(NOW)
    assert backups.automatic(engine, folder.path, by=BY, now=NOW) is not None
    assert backups.automatic(engine, folder.path, by=BY, now=NOW + timedelta(days=3), leaving=True) is None
    register(engine)
    assert not due(NOW + timedelta(hours=2, minutes=59))
    assert due(NOW + timedelta(hours=3))
    assert due(NOW - timedelta(days=1)), "the clock went back"
    row = backups.automatic(engine, folder.path, by=BY, now=NOW + timedelta(minutes=5), leaving=True)
    assert row is not None and row.kind is BackupKind.AUTOMATIC and row.cases == 2
    assert len(manifest.listed(place)) == 2


def test_looking_and_backing_up_are_no_changes(engine: Engine, folder: Folder, place: Path) -> None:
    from mediator.store import history

    choose(engine, place)
    backups.automatic(engine, folder.path, by=BY, now=NOW)
    with transaction(engine, BY) as session:
        history.note(session, Action.PRINTED, "协议书")
    with Session(engine) as session:
        assert not backups.due(session, NOW + timedelta(days=2), leaving=True)
    with transaction(engine, BY) as session:
        history.note(session, Action.ACCOUNT, "修改密码")
    with Session(engine) as session:
        assert backups.due(session, NOW + timedelta(days=2)), "the key file is another"


def test_before_a_great_change_there_is_always_one(engine: Engine, folder: Folder, place: Path) -> None:
    register(engine)
    first = backups.before(engine, folder.path, "导入台账", by=BY, now=NOW)
    assert first is not None and Path(first.place) == folder.path / backups.HERE
    assert first.kind is BackupKind.BEFORE
    assert backups.before(engine, folder.path, "导入台账", by=BY, now=NOW) is None
    register(engine)
    choose(engine, place)
    second = backups.before(engine, folder.path, "导入台账", by=BY, now=NOW)
    assert second is not None and Path(second.place) == place
    backup.remove(manifest.found(Path(second.place) / second.name))
    assert backups.before(engine, folder.path, "导入台账", by=BY, now=NOW) is not None, (
        "somebody took it away"
    )


def test_old_ones_go_with_their_rows_and_those_of_others_stay(
    engine: Engine, folder: Folder, place: Path
) -> None:
    register(engine)
    foreign = backups.back_up(engine, folder.path, place, now=NOW - timedelta(days=300))
    path = place / foreign.name
    text = (path / "manifest.json").read_text("utf-8")
    copy = manifest.found(path).manifest
    other = manifest.Manifest(**{**vars(copy), "office_uid": "f" * 32})
    assert text
    (path / "manifest.json").write_bytes(other.write())
    for n in range(8, 0, -1):
        backups.back_up(engine, folder.path, place, now=NOW - timedelta(days=20, minutes=n))
    backups.back_up(engine, folder.path, place, now=NOW)
    left = [one.manifest.made_at for one in manifest.listed(place)]
    assert left == [
        NOW, NOW - timedelta(days=20, minutes=1), NOW - timedelta(days=20, minutes=2), NOW - timedelta(days=300),
    ]  # fmt: skip
    assert {row.name for row in rows(engine)} == {one.path.name for one in manifest.listed(place)}
    with Session(engine) as session:
        assert len(session.scalars(select(Backup)).all()) == 10, "what a lost drive once held is still known"


def test_one_made_with_a_wrong_date_neither_stops_the_others_nor_calls_for_more(
    engine: Engine, folder: Folder, place: Path
) -> None:
    choose(engine, place)
    register(engine)
    backups.back_up(engine, folder.path, place, now=datetime(2099, 1, 1))
    for n in range(8, 0, -1):
        register(engine)
        backups.back_up(engine, folder.path, place, now=NOW - timedelta(days=20, minutes=n))
    register(engine)
    assert backups.automatic(engine, folder.path, now=NOW) is not None
    register(engine)
    assert backups.automatic(engine, folder.path, now=NOW + timedelta(minutes=1)) is None
    assert [one.manifest.made_at for one in manifest.listed(place)] == [
        datetime(2099, 1, 1), NOW, NOW - timedelta(days=20, minutes=1), NOW - timedelta(days=20, minutes=2),
    ]  # fmt: skip
    assert [backup_ages.state(row, NOW) for row in rows(engine)][-1] == "时间不对，在以后"
    with Session(engine) as session:
        assert age(session, NOW, {row.id for row in rows(engine)[:1]}).words.startswith("上次备份：20 天前")


def test_a_manifest_that_anybody_can_write_displaces_no_true_backup(
    engine: Engine, folder: Folder, place: Path
) -> None:
    register(engine)
    for n in range(3, 0, -1):
        backups.back_up(engine, folder.path, place, now=NOW - timedelta(days=30 + n))
    (first, *_) = true = manifest.listed(place)
    for n in range(30):
        forged = place / f"{first.path.name}-{n}"
        shutil.copytree(first.path, forged)
        about = manifest.Manifest(**{**vars(first.manifest), "made_at": NOW - timedelta(days=2 + n)})
        (forged / "manifest.json").write_bytes(about.write())
    backups.back_up(engine, folder.path, place, now=NOW)
    assert all(copy.path.exists() for copy in true)


def test_one_that_is_no_earlier_state_of_these_data_stays(
    engine: Engine, folder: Folder, place: Path
) -> None:
    register(engine)
    for n in range(8, 0, -1):
        backups.back_up(engine, folder.path, place, now=NOW - timedelta(days=20, minutes=n))
    goes = manifest.listed(place)[-1]
    other = manifest.Manifest(**{**vars(goes.manifest), "entry_hash": "f" * 64})
    (goes.path / "manifest.json").write_bytes(other.write())
    with Session(engine) as session:
        row = session.scalars(select(Backup).where(Backup.name == goes.path.name)).one()
        assert not backups._own(session, manifest.found(goes.path), other.office_uid, row)
        assert backups._own(session, goes, other.office_uid, row)


def test_what_is_gone_counts_for_nothing(engine: Engine, folder: Folder, place: Path) -> None:
    choose(engine, place)
    register(engine)
    old = backups.back_up(engine, folder.path, place, now=NOW)
    new = backups.back_up(engine, folder.path, place, now=NOW + timedelta(minutes=1))
    shutil.rmtree(place / new.name)
    gone = backups.missing(rows(engine))
    assert gone == {new.id}
    with Session(engine) as session:
        told = age(session, NOW + timedelta(minutes=2), gone)
    assert told.level is Level.ERROR and f"“{new.name}”不见了" in told.advice
    shutil.rmtree(place / old.name)
    with Session(engine) as session:
        told = age(session, NOW, backups.missing(rows(engine)))
    assert told.words == "没有能用的备份"
    assert backups.automatic(engine, folder.path, now=NOW + timedelta(minutes=3)) is not None


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"{")])
def test_where_the_key_file_is_gone_it_is_written_again_before_a_backup(
    engine: Engine, folder: Folder, place: Path, password: str, spoil: Callable[[Path], object]
) -> None:
    keyfile.read(folder.keys)
    for path in keyfile.copies(folder.keys):
        spoil(path)
    row = backups.back_up(engine, folder.path, place, by=BY, now=NOW)
    assert keyfile.unlock(place / row.name / "keys.json", "chen", password) == key_of(engine)
    assert keyfile.unlock(folder.keys, "chen", password) == key_of(engine)
    assert (Action.ACCOUNT, "密钥文件不见了或已损坏，照程序里还记得的重新写好", BY) in said(engine)


def test_what_nobody_could_open_is_no_backup(engine: Engine, folder: Folder, place: Path) -> None:
    key = key_of(engine)
    (slot,) = keyfile.read(folder.keys).slots
    for slots, signed in (([slot], bytes(32)), ([], key)):
        keyfile.write(folder.keys, slots, signed)
        with pytest.raises(Refusal, match="密钥文件里能登录的人"):
            backups.back_up(engine, folder.path, place, now=NOW)
    assert not list(place.iterdir()) and rows(engine) == []
    for path in keyfile.copies(folder.keys):
        path.unlink()
    keyfile._seen.clear()
    with pytest.raises(Refusal, match="密钥文件不见了"):
        backups.back_up(engine, folder.path, place, now=NOW)


def test_one_that_only_lost_its_manifest_is_kept_and_named(
    engine: Engine, folder: Folder, place: Path
) -> None:
    row = backups.back_up(engine, folder.path, place, now=NOW)
    (place / row.name / "manifest.json").unlink()
    (place / row.name / backup.README).unlink()
    os.utime(place / row.name, (0, 0))
    backups.back_up(engine, folder.path, place, now=NOW + timedelta(minutes=1))
    assert (place / row.name / "backup.db").exists()
    assert [backup_ages.state(one, NOW) for one in rows(engine)][-1] == "说明文件丢了"


def test_nothing_goes_when_the_new_one_failed(
    engine: Engine, folder: Folder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        backups.back_up(engine, folder.path, place, now=NOW - timedelta(days=20, minutes=n))
    before = manifest.listed(place)

    def unsound(*_values: object) -> None:
        raise Refusal("备份没有通过核对。")

    monkeypatch.setattr(backup, "check", unsound)
    with pytest.raises(Refusal, match="没有通过核对"):
        backups.back_up(engine, folder.path, place, now=NOW)
    assert manifest.listed(place) == before
    assert "没有做成" in said(engine)[-1][1]


def test_a_drive_has_a_shelf_of_its_own(tmp_path: Path) -> None:
    assert backups.shelf(Path("/")) == Path("/") / backups.SHELF
    assert backups.shelf(tmp_path) == tmp_path


def test_stopped_by_hand_is_neither_made_nor_failed(engine: Engine, folder: Folder, place: Path) -> None:
    class StoppedError(Exception):
        pass

    def tell(done: int, of: int) -> None:
        raise StoppedError

    before = said(engine)
    with pytest.raises(StoppedError):
        backups.back_up(engine, folder.path, place, by=BY, tell=tell)
    assert said(engine) == before and rows(engine) == [] and not list(place.iterdir())


def test_how_old_it_is_said_to_be(
    engine: Engine, folder: Folder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(now: datetime) -> tuple[Level, str, str]:
        with Session(engine) as session:
            found = age(session, now)
        return found.level, found.words, found.advice

    assert told(NOW)[:2] == (Level.GOOD, "还没有备份")
    register(engine)
    assert told(NOW)[:2] == (Level.ERROR, "还没有备份")
    backups.back_up(engine, folder.path, place, now=NOW)
    level, words, advice = told(NOW)
    assert (level, words) == (Level.WARNING, "上次备份：今天 14:32（已验证）\nU 盘：还没有备份")
    monkeypatch.setattr(drives, "medium", lambda where: "KING（3F2A-11C0）")
    stick = backups.back_up(engine, folder.path, place, now=NOW + timedelta(seconds=5))
    assert stick.medium == "KING（3F2A-11C0）" and backup_ages.where(stick) == "U 盘 KING（3F2A-11C0）"
    assert told(NOW + timedelta(days=1))[:2] == (
        Level.GOOD, "上次备份：昨天 14:32（已验证）\nU 盘：昨天 14:32（已验证）",
    )  # fmt: skip
    assert told(NOW + timedelta(days=40))[0] is Level.GOOD, "nothing changed since"
    register(engine)
    assert told(NOW + timedelta(days=6))[0] is Level.GOOD
    level, words, advice = told(NOW + timedelta(days=7, seconds=5))
    assert level is Level.WARNING and "U 盘：7 天前" in words and "已经 7 天" in advice
    assert told(NOW + timedelta(days=14, seconds=5))[0] is Level.ERROR
    level, _, advice = told(NOW - timedelta(days=3))
    assert level is Level.WARNING and "时钟" in advice
    choose(engine, place, remind_days=30)
    level, _, advice = told(NOW + timedelta(days=14))
    assert level is Level.ERROR and str(place) in advice


def test_what_was_chosen_is_one_row(engine: Engine, place: Path) -> None:
    for where in (place, place / "x"):
        choose(engine, where)
    with Session(engine) as session:
        assert [policy.backup_folder for policy in session.scalars(select(Policy))] == [str(place / "x")]
