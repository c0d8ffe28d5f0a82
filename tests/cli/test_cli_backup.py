"""mediator backup, restore, check."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from running import FIRST, PASSWORD, Runs, page_around, refused

from mediator.domain.codes import Action
from mediator.services.transaction import transaction
from mediator.store import history, one, swap, wal
from mediator.store.folder import Folder, open_folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "移动 盘"
    made.mkdir()
    return made


def test_what_was_backed_up_is_restored(
    at: Runs, run: Runs, folder: Folder, settled: str, place: Path, tmp_path: Path
) -> None:
    made = at("backup", "--to", place, "--json").document
    assert made["verified"] is True and made["cases"] == 1 and Path(made["path"]).parent == place
    assert at("case", "show", FIRST, "--json").document["summary"]
    words = at("backup", "--to", place)
    assert "备份已验证" in words.out and "1 件案件" in words.out
    fresh = tmp_path / "新 电脑"
    restored = run("restore", made["path"], "--data", fresh, "--json")
    assert restored.document["cases"] == 1 and restored.document["last_case"] == FIRST
    was, now = (
        run("case", "show", FIRST, "--data", path, "--json").document for path in (folder.path, fresh)
    )
    assert was == now
    refused(run("restore", made["path"], "--data", fresh), "已经有东西")
    refused(run("restore", place, "--data", tmp_path / "另一个"), "2 个备份", str(place))
    shutil.rmtree(made["path"])
    assert run("restore", place, "--data", tmp_path / "另一个").out.startswith("已恢复到")


def test_what_cannot_be_done_is_refused(
    at: Runs, run: Runs, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(at("backup", "--to", tmp_path / "没有" / "x"), "找不到这个位置")
    refused(run("restore", tmp_path, "--data", tmp_path / "x"), "没有备份")
    made = at("backup", "--to", place, "--json").document
    monkeypatch.setenv("MEDIATOR_PASSWORD", PASSWORD + "x")
    refused(run("restore", made["path"], "--data", tmp_path / "x"), "密码不对")
    assert not (tmp_path / "x").exists()
    monkeypatch.setenv("MEDIATOR_PASSWORD", PASSWORD)
    database = Path(made["path"]) / "backup.db"
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(data)
    refused(run("restore", made["path"], "--data", tmp_path / "x"), "已经损坏", "另一个备份")
    assert not (tmp_path / "x").exists()


def test_a_wrong_place_for_what_is_salvaged_leaves_no_copy_behind(
    at: Runs, folder: Folder, tmp_path: Path
) -> None:
    refused(at("check", "--salvage", tmp_path / "没有" / "x"), "不是文件夹")
    refused(at("check", "--salvage", tmp_path / "OneDrive" / "x"), "OneDrive")
    assert not list(folder.path.parent.glob("*-损坏-*"))


def test_no_folder_is_made_where_none_may_lie(run: Runs, tmp_path: Path) -> None:
    (tmp_path / "office.json").write_text(
        '{"name": "滨江村调委会", "region": "000000", "case_pattern": "({年})第{号}号"}', "utf-8"
    )
    for given in (("office", "set", tmp_path / "office.json"), ("demo", "--cases", "1")):
        refused(run(*given, "--data", tmp_path / "OneDrive" / "a"), "OneDrive")
    assert not (tmp_path / "OneDrive").exists()


def test_a_log_that_was_taken_away_is_told_once(at: Runs, folder: Folder, settled: str) -> None:
    (folder.path / one.NAME).write_bytes(b"at work\n")
    refused(at("check", "--salvage", folder.path.with_name("没有") / "x"), "不是文件夹")
    assert "mediator.db-wal 不见了" in at("check").err
    assert "不见了" not in at("check").err


def test_nothing_is_changed_while_other_data_are_to_take_the_place(
    at: Runs, folder: Folder, settled: str
) -> None:
    (folder.path.with_name("恢复的")).mkdir()
    swap.plan(folder.path, folder.path.with_name("恢复的"), datetime(2026, 11, 22))
    held = one.hold(folder.path)
    refused(at("check"), "已经安排换用另一份数据")
    held.release()


def test_whole_data_are_said_to_be_whole(at: Runs, settled: str) -> None:
    assert at("check").out == "数据完好：1 件案件，每一页都读得出来，记录前后相连。\n"
    assert at("check", "--json").document == {"whole": True, "troubles": [], "cases": 1}


def test_damaged_data_are_told_and_salvaged(at: Runs, settled: str, folder: Folder, tmp_path: Path) -> None:
    data = bytearray(folder.database.read_bytes())
    data[-3000] ^= 1
    folder.database.write_bytes(data)
    spoiled = page_around(folder.database, len(data) - 3000)
    ran = at("check", "--json")
    assert ran.status == 1 and ran.document["whole"] is False and "页读不出来" in ran.document["troubles"][0]
    assert "请不要再改动数据，从备份恢复。" in ran.err
    saved = at("check", "--salvage", tmp_path / "抢救", "--json").document
    assert saved["cases"] == 1 and Path(saved["kept"]).parent == folder.path.parent
    assert page_around(folder.database, len(data) - 3000) == spoiled


def test_a_damaged_log_is_named_and_what_was_saved_before_can_be_had(
    at: Runs, settled: str, folder: Folder, tmp_path: Path
) -> None:
    engine = open_folder(folder, "chen", PASSWORD)
    for n in range(3):
        with transaction(engine, "陈志华") as session:
            history.note(session, Action.CLOCK, f"第{n}次")
    left = {path: path.read_bytes() for path in folder.path.iterdir() if not path.name.endswith("-shm")}
    engine.dispose()
    log = wal.path_of(folder.database)
    harmed = bytearray(left[log])
    harmed[-99] ^= 1
    for path, data in (left | {log: bytes(harmed)}).items():
        path.write_bytes(data)
    ran = at("check")
    assert (
        ran.status == 1
        and "日志文件 mediator.db-wal 已损坏" in ran.err
        and "从最近验证过的备份恢复" in ran.err
    )
    assert log.read_bytes() == harmed
    saved = at("check", "--salvage", tmp_path / "较早", "--json").document
    assert saved["missing"] == [] and saved["kept"] in ran.err
