"""What a command does before it changes much, and what it warns of: a backup first, wrong passwords, the clock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from running import PASSWORD, Ran, Runs, refused

from mediator.domain.codes import Action
from mediator.services import backups, policy
from mediator.services.transaction import reading, transaction
from mediator.store import history, manifest, place, tries
from mediator.store.engine import connect
from mediator.store.folder import Folder
from mediator.store.manifest import Copy


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of one row."""
    file = tmp_path / "台账.csv"
    file.write_text(
        "受理日期,申请人,被申请人,纠纷类型,调解结果\n2026-01-04,王𬎆,阿依古丽·买买提,邻里纠纷,未达成协议\n",
        "utf-8",
    )
    return file


def here(folder: Folder) -> list[Copy]:
    return manifest.listed(folder.path / backups.HERE)


def full(patch: pytest.MonkeyPatch, free: int = 300_000) -> None:
    patch.setattr("shutil.disk_usage", lambda where: type("Usage", (), {"free": free}))


def test_a_ledger_is_taken_in_after_a_backup_and_only_then(
    at: Runs, settled: str, folder: Folder, ledger: Path
) -> None:
    assert at("intake", ledger, "--dry-run").status == 0 and not here(folder)
    assert at("intake", ledger).status == 0
    (copy,) = here(folder)
    assert copy.manifest.cases == 1
    assert at("intake", ledger).status == 0 and len(here(folder)) == 1, "nothing was new"


def test_without_room_for_it_one_goes_on_only_knowingly(
    at: Runs, settled: str, folder: Folder, ledger: Path, snapshot: Callable[[], list[str]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        full(patch)
        ran = at("intake", ledger)
        assert ran.status == 1 and "空间不够" in ran.err
        assert ran.err.endswith("要不备份就导入台账，请加上 --without-backup。\n")
        assert len(at("case", "list").out.splitlines()) == 1
        ran = at("intake", ledger, "--without-backup")
        assert ran.status == 0 and "备份没有做成" in ran.err
        assert not here(folder)
    assert len(at("case", "list").out.splitlines()) == 2
    assert "没有备份，照样导入台账" in at("audit", "list", "--action", "backed_up").out


def test_a_new_data_key_comes_after_a_backup(at: Runs, settled: str, folder: Folder, data_key: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        full(patch)
        ran = at("account", "new-key")
        assert ran.status == 1 and "换数据密钥以前要先备份" in ran.err
        assert not list(folder.path.glob("换密钥之前-*"))
    assert at("account", "new-key").status == 0
    (copy,) = here(folder)
    assert copy.manifest.cases == 1 and list(folder.path.glob("换密钥之前-*"))


def test_a_place_chosen_with_the_backup_is_kept(
    at: Runs, folder: Folder, tmp_path: Path, data_key: bytes
) -> None:
    place = tmp_path / "另一块硬盘"
    place.mkdir()
    assert at("backup", "--to", place, "--always").status == 0
    engine = connect(folder.database, data_key)
    with reading(engine, "") as session:
        assert policy.own(session).backup_folder == str(place)
    engine.dispose()
    refused(at("backup", "--to", folder.path / "x", "--always"), "在它里面")


def test_guesses_at_a_backup_and_at_damaged_data_are_counted(
    at: Runs, run: Runs, settled: str, folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "盘"
    place.mkdir()
    made = at("backup", "--to", place, "--json").document["path"]
    ways: tuple[tuple[Path, Callable[[], Ran]], ...] = (
        (Path(made), lambda: run("restore", made, "--data", tmp_path / "新")),
        (folder.path, lambda: at("check", "--salvage", tmp_path / "抢救")),
    )
    for where, guess in ways:
        monkeypatch.setenv("MEDIATOR_PASSWORD", PASSWORD + "x")
        for _ in range(tries.FREE):
            refused(guess(), "密码不对")
        monkeypatch.setenv("MEDIATOR_PASSWORD", PASSWORD)
        refused(guess(), "“chen”已经输错 5 次密码，请等 1 分钟")
        tries.file(where).unlink()
        assert guess().status == 0


def test_the_checkpoint_of_a_backup_is_read_back(at: Runs, run: Runs, settled: str, tmp_path: Path) -> None:
    place = tmp_path / "盘"
    place.mkdir()
    copy = manifest.found(Path(at("backup", "--to", place, "--json").document["path"]))
    read = run("restore", copy.path, "--data", tmp_path / "一", "--json")
    assert read.document["checkpoint"] == copy.manifest.checkpoint and not read.document["checkpoint_trouble"]
    about = manifest.Manifest(**{**vars(copy.manifest), "checkpoint": {}})
    (copy.path / manifest.NAME).write_bytes(about.write())
    ran = run("restore", copy.path, "--data", tmp_path / "二", "--json")
    assert "没有签过名的检查点" in ran.err and ran.document["checkpoint_trouble"] in ran.err


def test_the_clock_and_the_disk_are_warned_of_and_the_clock_is_confirmed(
    at: Runs, settled: str, folder: Folder, data_key: bytes
) -> None:
    engine = connect(folder.database, data_key)
    with transaction(engine, "") as session:
        history.note(session, Action.LOGGED_OUT)
        history.write(session, "", datetime.now() + timedelta(days=40))
    engine.dispose()
    ran = at("case", "list")
    assert ran.status == 0 and "还早，可能不对" in ran.err and "用 check --clock-is-right 确认" in ran.err
    assert "数据完好" in at("check", "--clock-is-right").out
    assert at("case", "list").err == ""
    refused(at("check", "--clock-is-right"), "不用确认")
    with pytest.MonkeyPatch.context() as patch:
        full(patch, place.LEAST_FREE - 1)
        assert "快满了" in at("case", "list").err
