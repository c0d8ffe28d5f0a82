"""Checkpoints: signed, printed, and found again in the chain; and not in one that was written anew."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from audit_trail import BY, meddle, worked
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.safety import OwnKey
from mediator.exchange import ed25519
from mediator.services import audit, backups, checkpoints, keys
from mediator.services.checkpoints import Checkpoint, Passing
from mediator.services.transaction import reading, transaction
from mediator.store import chain
from mediator.store.folder import Folder

NOW = datetime(2026, 11, 21, 9, 30, 12)


@pytest.fixture
def point(engine: Engine) -> Checkpoint:
    worked(engine)
    with transaction(engine, BY) as session:
        return checkpoints.checkpoint(session, NOW)


def passing(engine: Engine, point: Checkpoint) -> Passing:
    with reading(engine, BY) as session:
        return checkpoints.passing(session, point)


def written_anew(engine: Engine) -> None:
    """The chain made anew from its second entry on, each hash right: whoever has the data key can do that."""
    meddle(engine, "update entry set reason = '补记' where id = 2")
    before = chain.START
    for number in range(1, 5):
        with Session(engine) as session:
            before = chain.hash_of(session.connection(), number, before)
        meddle(engine, f"update entry set hash = '{before}' where id = {number}")


def test_a_checkpoint_tells_how_far_the_chain_is_and_who_says_so(engine: Engine, point: Checkpoint) -> None:
    assert (point.size, point.at) == (4, "2026-11-21T09:30:12")
    assert ed25519.holds(point.key, point.message, point.signature)
    assert not ed25519.holds(point.key, point.message + b" ", point.signature)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(OwnKey)) == 1
        assert keys.signing(session).public == point.key  # the same from now on


def test_no_key_is_made_where_it_would_be_lost(engine: Engine) -> None:
    with reading(engine, BY) as session, pytest.raises(RuntimeError):
        keys.signing(session)


def test_the_chain_passes_through_it_later_too(engine: Engine, point: Checkpoint) -> None:
    worked(engine)
    assert passing(engine, point) == Passing(
        True, "检查点是 2026-11-21 09:30 的第 4 条，现在的记录经过它：那以前的记录没有被换过。"
    )


def test_a_chain_written_anew_is_whole_but_does_not_pass_through_it(
    engine: Engine, point: Checkpoint
) -> None:
    with reading(engine, BY) as session:
        code = checkpoints.short(session)
    written_anew(engine)
    with reading(engine, BY) as session:
        assert not audit.verify(session).wrong
        assert "被换过" in checkpoints.passing(session, point).words
        assert not checkpoints.passing(session, point).holds
        assert not checkpoints.passing_short(session, code).holds


def test_data_of_before_do_not_reach_it(engine: Engine, point: Checkpoint) -> None:
    meddle(engine, "delete from entry where id = 4")
    told = passing(engine, point)
    assert not told.holds and "没有这么多" in told.words


@pytest.mark.parametrize(
    ("change", "words"),
    [({"log": "f" * 32}, "另一个单位"), ({"size": 3}, "签名不对"), ({"head": "0" * 64}, "签名不对"),
     ({"signature": "zz"}, "签名不对")],
)  # fmt: skip
def test_a_checkpoint_that_was_altered_counts_for_nothing(
    engine: Engine, point: Checkpoint, change: dict[str, object], words: str
) -> None:
    told = passing(engine, replace(point, **change))  # type: ignore[arg-type]
    assert not told.holds and words in told.words


def test_a_checkpoint_signed_by_another_key_counts_for_nothing(engine: Engine, point: Checkpoint) -> None:
    public, private = ed25519.new_pair()
    forged = replace(point, key=public, signature=ed25519.sign(private, point.message))
    assert "不是用本单位的密钥签的" in passing(engine, forged).words


def test_the_code_on_paper_is_found_however_it_is_typed(engine: Engine, point: Checkpoint) -> None:
    with reading(engine, BY) as session:
        code = checkpoints.short(session)
        assert len(code.replace("-", "")) == 16 and code == checkpoints.shortened(point.head)
        for typed in (code, code.lower().replace("-", " "), code.replace("0", "O").replace("1", "l")):
            assert checkpoints.passing_short(session, typed).words.startswith("这是第 4 条的校验码")
        wrong = ("Z" if code[0] != "Z" else "Y") + code[1:]
        assert not checkpoints.passing_short(session, wrong).holds
        with pytest.raises(Refusal, match="现在是 15 个"):
            checkpoints.passing_short(session, code[:-1])


def test_it_is_read_from_a_file_and_from_the_manifest_of_a_backup(
    engine: Engine, folder: Folder, point: Checkpoint, tmp_path: Path
) -> None:
    file = tmp_path / "checkpoint.json"
    file.write_text(json.dumps(point.document), "utf-8")
    assert checkpoints.read(file) == point
    place = tmp_path / "盘"
    place.mkdir()
    made = backups.back_up(engine, folder.path, place, by=BY)
    read = checkpoints.read(Path(made.place) / made.name / "manifest.json")
    assert read.size == made.up_to >= 4 and read.key == point.key
    assert passing(engine, read).holds
    for rubbish in (
        b"",
        b"[]",
        b"{}",
        b'{"log": 1}',
        b"\xff",
        json.dumps(point.document | {"size": "4"}).encode(),
    ):
        file.write_bytes(rubbish)
        with pytest.raises(Refusal, match="没有检查点"):
            checkpoints.read(file)
