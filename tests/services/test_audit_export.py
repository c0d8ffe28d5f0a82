"""The exported chain, and the little program beside it that anybody can check it with."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from audit_trail import BY, NAME, worked
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.services import audit_export, checkpoints
from mediator.services.audit_export import CHECKPOINT, ENTRIES, LIST, VERIFIER
from mediator.services.transaction import reading, transaction


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "审计 U 盘"
    made.mkdir()
    return made


def exported(engine: Engine, place: Path) -> Path:
    with transaction(engine, BY) as session:
        point = checkpoints.checkpoint(session)
    with transaction(engine, BY) as session:
        return audit_export.export(session, point, place)


@pytest.fixture
def folder_out(engine: Engine, place: Path) -> Path:
    worked(engine)
    worked(engine)
    return exported(engine, place)


def verified(folder: Path, *others: object) -> tuple[int, str]:
    """What the program beside the export says, run as an auditor runs it: alone, without anything of ours."""
    words = [sys.executable, "-I", str(folder / VERIFIER), str(folder), *map(str, others)]
    ran = subprocess.run(words, capture_output=True, check=False, timeout=60, cwd=folder)
    assert not ran.stderr, ran.stderr.decode()
    return ran.returncode, ran.stdout.decode()


def lines(folder: Path) -> list[str]:
    return (folder / ENTRIES).read_text("utf-8").splitlines(keepends=True)


def put(folder: Path, made: list[str]) -> None:
    (folder / ENTRIES).write_text("".join(made), "utf-8")


def test_a_good_export_is_found_good(engine: Engine, folder_out: Path) -> None:
    status, said = verified(folder_out)
    assert status == 0 and "✓ 完好：共 8 条" in said
    point = checkpoints.read(folder_out / CHECKPOINT)
    assert point.key in said and checkpoints.shortened(point.head) in said
    assert (folder_out / LIST).read_bytes().startswith(b"%PDF")
    with reading(engine, BY) as session:
        last = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert last is not None and last.action is Action.EXPORTED and last.detail == "审计记录（8 条）"


def test_it_tells_nothing_of_what_was_typed(engine: Engine, folder_out: Path) -> None:
    everything = b"".join(path.read_bytes() for path in folder_out.glob("*.json*")).decode()
    assert NAME not in everything and "13000000000" not in everything and "钱龘" not in everything
    with Session(engine) as session:
        salts = [entry.salt for entry in session.scalars(select(Entry)) if entry.salt]
        assert session.scalars(select(Change)).first() is not None
    assert salts and not any(salt in everything for salt in salts)  # a phone could be guessed with the salt


def _edit(made: list[str]) -> list[str]:
    made[2] = made[2].replace("调解协议书", "回访记录")
    return made


def _edit_with_hash(made: list[str]) -> list[str]:
    row = json.loads(made[2]) | {"by": "别人"}
    return [*made[:2], json.dumps(row, ensure_ascii=False) + "\n", *made[3:]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_edit, "第 3 条被改动过"),
        (_edit_with_hash, "第 3 条被改动过"),
        (lambda made: made[:-1], "只有 7 条：后面的记录被删去了"),
        (lambda made: [], "只有 0 条"),
        (lambda made: made[1:], "第 1 条的位置上是第 2 条"),
        (lambda made: [*made[:3], *made[4:]], "第 4 条的位置上是第 5 条"),
        (lambda made: [made[0], made[2], made[1], *made[3:]], "第 2 条的位置上是第 3 条"),
        (lambda made: [*made[:3], made[2], *made[3:]], "第 4 条的位置上是第 3 条"),
        (lambda made: [*made[:3], "{}\n", *made[3:]], "第 4 行读不出来"),
        (lambda made: [*made[:3], "\n", *made[3:]], "第 4 行读不出来"),
        (lambda made: [*made[:-1], made[-1][:40]], "第 8 行读不出来"),
    ],
)
def test_an_edited_shortened_or_reordered_export_is_found(
    folder_out: Path, change: Callable[[list[str]], list[str]], words: str
) -> None:
    put(folder_out, change(lines(folder_out)))
    status, said = verified(folder_out)
    assert status == 1 and "✗ 不可信" in said and words in said


@pytest.mark.parametrize(
    ("change", "words"),
    [({"size": 7}, "签名不对"), ({"head": "0" * 64}, "签名不对"), ({"key": "00" * 32}, "签名不对"),
     ({"signature": "11" * 64}, ""), ({"signature": "ff" * 64}, ""), ({"size": "x"}, "读不出来"), ({"key": 5}, "")],
)  # fmt: skip
def test_an_altered_checkpoint_is_found(folder_out: Path, change: dict[str, object], words: str) -> None:
    document = json.loads((folder_out / CHECKPOINT).read_text("utf-8")) | change
    (folder_out / CHECKPOINT).write_text(json.dumps(document), "utf-8")
    status, said = verified(folder_out)
    assert status == 1 and "✗ 不可信" in said and words in said


def test_bytes_that_are_no_text_are_refused_in_a_sentence(folder_out: Path) -> None:
    (folder_out / ENTRIES).write_bytes(b"\xff\xfe" * 99)
    assert verified(folder_out)[0] == 1
    (folder_out / ENTRIES).unlink()
    assert verified(folder_out)[0] == 1


def test_a_later_export_passes_through_an_earlier_one(
    engine: Engine, folder_out: Path, tmp_path: Path
) -> None:
    early = checkpoints.read(folder_out / CHECKPOINT)
    code = checkpoints.shortened(early.head)
    worked(engine)
    elsewhere = tmp_path / "后来"
    elsewhere.mkdir()
    later = exported(engine, elsewhere)
    assert verified(later, code, folder_out / CHECKPOINT)[0] == 0
    assert "这里只有 8 条" in verified(folder_out, later / CHECKPOINT)[1]
    status, said = verified(later, "AAAA-AAAA-AAAA-AAAA")
    assert status == 1 and "没有一条记录的校验码" in said


def test_what_cannot_be_written_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    worked(engine)
    with pytest.raises(Refusal):
        exported(engine, tmp_path / "没有这个盘")
    with reading(engine, BY) as session:
        assert session.scalars(select(Entry).where(Entry.action == Action.EXPORTED)).first() is None
