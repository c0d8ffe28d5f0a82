"""Where a backup comes from: its signed checkpoint is read back, and what is not of these data is named."""

import shutil
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from audit_trail import BY
from made_cases import put
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.exchange import ed25519
from mediator.services import backup_lineage, backups, checkpoints, offices
from mediator.services.backup_contents import Copy
from mediator.services.checkpoints import Checkpoint
from mediator.services.transaction import transaction
from mediator.store import backup, manifest, wholeness
from mediator.store.engine import connect, key_of
from mediator.store.folder import Folder
from mediator.store.manifest import Manifest

NOW = datetime(2026, 11, 22, 14, 32)


def worked(engine: Engine) -> None:
    """Two cases are registered, one after the other."""
    for name in ("王𬎆", "阿依古丽·买买提江"):
        with transaction(engine, BY) as session:
            put(session, parties=(name, "滨江路物业"))


@pytest.fixture
def copy(engine: Engine, folder: Folder, tmp_path: Path) -> Copy:
    """A backup of a desk at which something was done, after which more was done."""
    worked(engine)
    place = tmp_path / "备份 盘"
    place.mkdir()
    made = backups.back_up(engine, folder.path, place, by=BY, now=NOW)
    worked(engine)
    return manifest.found(place / made.name)


def standing(engine: Engine, copy: Copy) -> str:
    with Session(engine) as session:
        found = backup_lineage.standing(session, copy)
    assert found.holds == ("已核对" in found.words)
    return found.words


def written(copy: Copy, **other: Any) -> Copy:
    """The backup with another manifest, its digest right: whoever has the stick can do that."""
    about: Manifest = replace(copy.manifest, **other)
    (copy.path / manifest.NAME).write_bytes(about.write())
    return manifest.found(copy.path)


def test_the_checkpoint_is_signed_and_tells_the_head_of_the_chain(engine: Engine, copy: Copy) -> None:
    point = checkpoints.of(copy.manifest.checkpoint)
    assert (point.size, point.head) == (copy.manifest.entry_id, copy.manifest.entry_hash)
    assert (point.log, point.at) == (copy.manifest.office_uid, "2026-11-22T14:32:00")
    assert ed25519.holds(point.key, point.message, point.signature)
    assert backup_lineage.trouble(copy, key_of(engine)) == ""
    assert f"到第 {point.size} 条都接得上" in standing(engine, copy)
    with Session(engine) as session:
        assert checkpoints.passing(session, checkpoints.read(copy.path / manifest.NAME)).holds


def forged(point: Checkpoint) -> dict[str, str | int]:
    """The same point signed by a stranger."""
    public, private = ed25519.new_pair()
    return replace(point, key=public, signature=ed25519.sign(private, point.message)).document


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda point: {}, "没有签过名的检查点"),
        (lambda point: replace(point, key="", signature="").document, "没有签过名的检查点"),
        (lambda point: replace(point, at="2026-11-23T08:00:00").document, "签名不对"),
        (lambda point: replace(point, size=point.size - 1).document, "签名不对"),
        (forged, "签名不对"),
        (lambda point: {"size": "4"}, "没有签过名的检查点"),
    ],
)
def test_a_checkpoint_that_was_meddled_with_is_named(
    engine: Engine, copy: Copy, change: Callable[[Checkpoint], dict[str, str | int]], words: str
) -> None:
    point = checkpoints.of(copy.manifest.checkpoint)
    found = backup_lineage.trouble(written(copy, checkpoint=change(point)), key_of(engine))
    assert words in found and "查明来历" in found


@pytest.mark.parametrize("lie", [[], {"size": 1.5}, {"size": None}, "x", {"log": ["a"]}])
def test_a_checkpoint_that_makes_no_sense_is_no_manifest(copy: Copy, lie: Any) -> None:
    with pytest.raises(Refusal, match="不是备份"):
        written(copy, checkpoint=lie)


def test_what_does_not_pass_through_its_own_checkpoint_is_not_restored(engine: Engine, copy: Copy) -> None:
    point = checkpoints.of(copy.manifest.checkpoint)
    other = replace(copy.manifest, checkpoint=replace(point, head="0" * 64).document)
    backup.check(copy.database, key_of(engine), copy.manifest)
    with pytest.raises(Refusal, match="检查点对不上"):
        backup.check(copy.database, key_of(engine), other)


def test_records_exchanged_inside_a_backup_are_named(engine: Engine, copy: Copy) -> None:
    with closing(wholeness.open_database(copy.database, key_of(engine))) as kept:
        kept.execute("drop trigger entry_stays")
        kept.execute("update entry set hash = ? where id = ?", ("0" * 64, copy.manifest.entry_id))
    assert "和它自己的检查点对不上" in backup_lineage.trouble(copy, key_of(engine))


def test_a_backup_of_another_office_is_named(engine: Engine, copy: Copy) -> None:
    with transaction(engine, BY) as session:
        offices.own(session).uid = uuid.uuid4().hex
    assert "另一个单位（滨江社区人民调解委员会）" in standing(engine, copy)


def test_a_backup_that_is_newer_or_went_another_way_is_named(
    engine: Engine, folder: Folder, copy: Copy, tmp_path: Path
) -> None:
    """The data were put back to the backup and gone on with; the newest backup of before belongs to neither."""
    beside = tmp_path / "后来的"
    beside.mkdir()
    later = manifest.found(beside / backups.back_up(engine, folder.path, beside, by=BY).name)
    shutil.copyfile(copy.database, tmp_path / "mediator.db")
    other = connect(tmp_path / "mediator.db", key_of(engine))
    assert "比现在的数据新" in standing(other, later)
    worked(other)
    worked(other)
    assert "不是现在这份数据早先的样子" in standing(other, later)
    assert "已核对" in standing(other, copy) and backup_lineage.trouble(later, key_of(engine)) == ""
    other.dispose()
