"""What is printed or leaves the house is in the audit: what it is and where to, never whom it is about."""

import ast
from pathlib import Path

import pytest
from audit_trail import BY, NAME, worked
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import mediator
from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.services import carrying, outgoing
from mediator.services.carrying import Transaction
from mediator.services.transaction import transaction
from mediator.ui.desk import Desk

HOUSE = Path(mediator.__file__).parent


@pytest.fixture
def do(engine: Engine) -> Transaction:
    return Desk(engine, BY).alone


def last(engine: Engine) -> Entry:
    with Session(engine) as session:
        return session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()


def test_a_file_kept_is_noted_with_its_case_and_what_it_lies_on(
    engine: Engine, do: Transaction, tmp_path: Path
) -> None:
    case_id = worked(engine)
    with Session(engine) as session:
        number = session.get_one(Case, case_id).number
    path = carrying.keep(do, tmp_path / f"{NAME}.pdf", b"%PDF", "调解协议书", number=number)
    assert path.read_bytes() == b"%PDF"
    entry = last(engine)
    assert (entry.action, entry.case_id, entry.by) == (Action.EXPORTED, case_id, BY)
    assert entry.detail == f"调解协议书 {number}" and entry.medium == outgoing.HERE
    assert NAME not in entry.detail + entry.medium


def test_what_cannot_be_written_is_not_noted(engine: Engine, do: Transaction, tmp_path: Path) -> None:
    worked(engine)
    before = last(engine).id
    with pytest.raises(Refusal):
        carrying.keep(do, tmp_path / "没有" / "卷宗.pdf", b"%PDF", "卷宗")
    assert last(engine).id == before


def test_what_cannot_be_noted_is_not_left_lying(engine: Engine, tmp_path: Path) -> None:
    def full(verb: object, /) -> object:
        with transaction(engine, BY) as session:
            verb(session)  # type: ignore[operator]
            raise Refusal("磁盘已满。")

    with pytest.raises(Refusal, match="磁盘已满"):
        carrying.keep(full, tmp_path / "卷宗.pdf", b"%PDF", "卷宗")  # type: ignore[arg-type]
    assert list(tmp_path.glob("卷宗*")) == []
    (tmp_path / "卷宗.pdf").write_bytes(b"of before")
    left = set(tmp_path.iterdir())
    with pytest.raises(Refusal, match="磁盘已满"):
        carrying.keep(full, tmp_path / "卷宗.pdf", b"%PDF", "卷宗")  # type: ignore[arg-type]
    assert (tmp_path / "卷宗.pdf").read_bytes() == b"of before" and set(tmp_path.iterdir()) == left


def calls(tree: ast.AST) -> set[str]:
    """The last two names of everything that is called: files.write, session.add."""
    return {
        f"{node.func.value.id}.{node.func.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    }  # fmt: skip


def test_no_command_writes_a_file_without_noting_it() -> None:
    """Every command that puts something of the data into a file says so; a handbook and a new key pair are none of them."""
    writing = {"files.write", "files.write_all", "files.write_aside"}
    silent = [
        path.name
        for path in (HOUSE / "commands").glob("*.py")
        if calls(tree := ast.parse(path.read_text("utf-8"))) & writing
        and "outgoing.exported" not in calls(tree)
    ]
    assert sorted(silent) == ["account.py", "handbook.py"]


def test_no_screen_writes_or_prints_past_the_audit() -> None:
    """Files are written through ``carrying.keep``, pages printed by the preview alone."""
    for path in (HOUSE / "ui").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not names & {"write_bytes", "write_text", "fsync"}, path
        called = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert path.name == "preview.py" or "print_pages" not in called, path
        assert "open" not in called, path
