"""Before a great change there is a backup of all there is, or somebody says that it goes on without one."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from made_cases import put
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action
from mediator.domain.errors import Damaged, Refusal
from mediator.services import backups, policy, restores
from mediator.services.transaction import stop, transaction
from mediator.store import manifest, swap
from mediator.store.folder import Folder

BY = "陈志华"
NOW = datetime(2026, 11, 22, 14, 32)


def register(engine: Engine) -> None:
    with transaction(engine, BY) as session:
        put(session, parties=("王𬎆", "滨江路之九曲十八弯物业"))


def said(engine: Engine) -> list[tuple[Action, str]]:
    with Session(engine) as session:
        return [(entry.action, entry.detail) for entry in session.scalars(select(Entry).order_by(Entry.id))]


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda where: type("Usage", (), {"free": 300_000}))


def test_where_the_place_chosen_is_gone_it_is_made_here(
    engine: Engine, folder: Folder, tmp_path: Path
) -> None:
    with transaction(engine, BY) as session:
        backups.choose(session, tmp_path / "拔掉了" / "x")
    made = backups.before(engine, folder.path, "导入台账", by=BY, now=NOW)
    assert made is not None and Path(made.place) == folder.path / backups.HERE
    assert manifest.found(Path(made.place) / made.name).manifest.entry_id == made.up_to


def test_without_room_anywhere_it_is_refused_and_not_passed_over(
    engine: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(engine)
    full(monkeypatch)
    with pytest.raises(
        backups.Unprotected, match=r"^导入台账以前要先备份，备份没有做成：“.*”用不了：空间不够，请删"
    ):
        backups.before(engine, folder.path, "导入台账", by=BY, now=NOW)
    assert "没有做成" in said(engine)[-1][1] and not manifest.listed(folder.path / backups.HERE)
    backups.gone_without(engine, "导入台账", by=BY)
    assert said(engine)[-1] == (Action.BACKED_UP, "没有备份，照样导入台账")


def test_of_damaged_data_there_is_none_and_that_is_no_choice(engine: Engine, folder: Folder) -> None:
    register(engine)
    stop(engine)
    with pytest.raises(Damaged):
        backups.before(engine, folder.path, "导入台账", by=BY, now=NOW)


def test_one_that_is_torn_does_not_count(engine: Engine, folder: Folder) -> None:
    first = backups.before(engine, folder.path, "导入台账", by=BY, now=NOW)
    assert first is not None and backups.before(engine, folder.path, "导入台账", by=BY, now=NOW) is None
    database = Path(first.place) / first.name / manifest.DATABASE
    database.write_bytes(database.read_bytes()[:-4096])
    assert backups.before(engine, folder.path, "导入台账", by=BY, now=NOW) is not None


def test_backups_cannot_be_made_to_lie_in_the_data_folder(engine: Engine, folder: Folder) -> None:
    link = folder.path.with_name("别名")
    link.symlink_to(folder.path)
    for where in (folder.path, folder.path / "里面", folder.path / backups.HERE, link / "里面"):
        with pytest.raises(Refusal, match="另一块硬盘"), transaction(engine, BY) as session:
            policy.amend(session, {"backup_folder": str(where)})
    with pytest.raises(Refusal, match="数据文件夹本身"):
        backups.back_up(engine, folder.path, folder.path / "里面")
    with transaction(engine, BY) as session:
        policy.amend(session, {"backup_folder": str(folder.path.with_name(f"{folder.path.name} 备份"))})
        policy.amend(session, {"backup_folder": ""})


def test_damaged_data_can_still_give_way_to_what_was_restored(engine: Engine, folder: Folder) -> None:
    fresh = folder.path.with_name("恢复的")
    shutil.copytree(folder.path, fresh)
    stop(engine)
    restores.use(engine, folder.path, fresh, by=BY, now=NOW)
    assert swap.planned(folder.path)
