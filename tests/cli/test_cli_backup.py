"""mediator backup, restore, check."""

import shutil
from pathlib import Path

import pytest
from running import FIRST, PASSWORD, Runs, refused

from mediator.store.folder import Folder


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


def test_whole_data_are_said_to_be_whole(at: Runs, settled: str) -> None:
    assert at("check").out == "数据完好：1 件案件，每一页都读得出来，记录前后相连。\n"
    assert at("check", "--json").document == {"whole": True, "troubles": [], "cases": 1}


def test_damaged_data_are_told_and_salvaged(at: Runs, settled: str, folder: Folder, tmp_path: Path) -> None:
    data = bytearray(folder.database.read_bytes())
    data[-3000] ^= 1
    folder.database.write_bytes(data)
    ran = at("check", "--json")
    assert ran.status == 1 and ran.document["whole"] is False and "页读不出来" in ran.document["troubles"][0]
    assert "请不要再改动数据，从备份恢复。" in ran.err
    saved = at("check", "--salvage", tmp_path / "抢救", "--json").document
    assert saved["cases"] == 1 and Path(saved["kept"]).parent == folder.path.parent
    assert folder.database.read_bytes() == bytes(data)
