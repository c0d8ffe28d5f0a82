"""Nothing is changed past the history: it sees what goes through the session, so statements of one's own are few and named."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_cases import MARCH, NOW, put
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import mediator
from mediator.domain.audit import Change, Entry
from mediator.domain.base import Base
from mediator.domain.codes import Level, Turn
from mediator.domain.errors import Refusal
from mediator.domain.figures import Claim, Price
from mediator.domain.people import Staff
from mediator.services import numbers, subsidy_closings
from mediator.services.transaction import transaction

BY = "陈志华"
ROOT = Path(mediator.__file__).parent
ALLOWED = {
    ("services/destruction.py", "delete", "Case"): "gone for good, and told by an entry each",
    ("services/destruction.py", "delete", "Content"): "bytes that nothing speaks of any more",
    (
        "services/key_age.py",
        "insert",
        "Counter",
    ): "how far the key file has come: the entries beside it tell why",
    ("services/practice/rows.py", "insert", "model"): "practice data, in a folder that is just being made",
}
"""Statements of one's own on what the history keeps, and why the history does without."""
UNKEPT = {mapper.class_.__name__ for mapper in Base.registry.mappers if not mapper.class_.kept}
STATEMENTS = ("insert", "update", "delete")
_CHANGES = re.compile(r'\s*(?:update|delete\s+from|insert\s+(?:or\s+\w+\s+)?into)\s+"?(\w+)', re.IGNORECASE)


def statements(path: Path) -> Iterator[tuple[str, str, str]]:
    """Where a module changes rows of a model by a statement: the file, the kind, and the model or what stands for it."""
    tree = ast.parse(path.read_text("utf-8"))
    ours = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name in STATEMENTS
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called, on = node.func, node.args[0]
        name = ours.get(called.id, "") if isinstance(called, ast.Name) else ""
        if isinstance(called, ast.Attribute) and called.attr in STATEMENTS:
            if isinstance(called.value, ast.Name) and called.value.id in ("sa", "sqlalchemy"):
                name = called.attr
            elif isinstance(called.value, ast.Attribute) and called.value.attr == "__table__":
                name, on = called.attr, called.value.value
        if name:
            yield path.relative_to(ROOT).as_posix(), name, ast.unparse(on)


def words(path: Path) -> Iterator[tuple[str, str]]:
    """SQL in words that changes rows of a table the history keeps."""
    tables = {m.class_.__tablename__ for m in Base.registry.mappers if m.class_.kept}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = _CHANGES.match(node.value)
            if said and said[1] in tables:
                yield path.relative_to(ROOT).as_posix(), said[0]


def test_no_statement_goes_past_the_history_but_those_named() -> None:
    found = {one for path in ROOT.rglob("*.py") for one in statements(path) if one[2] not in UNKEPT}
    assert found == set(ALLOWED)
    assert [one for path in ROOT.rglob("*.py") for one in words(path)] == []


@pytest.mark.parametrize("code", [
    "from sqlalchemy import delete\ndelete(Claim)", "from sqlalchemy import insert as put\nput(Claim)",
    "from sqlalchemy.dialects.sqlite import insert\ninsert(Claim)", "Claim.__table__.update(1)",
    "import sqlalchemy as sa\nsa.update(Claim)",
])  # fmt: skip
def test_such_a_statement_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "x.py").write_text(code, "utf-8")
    assert [one[2] for one in statements(tmp_path / "x.py")] == ["Claim"]


def test_such_words_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "x.py").write_text(
        'text(""" update "case" set x""")\ntext("DELETE FROM party")\ntext("delete from draft")', "utf-8"
    )
    assert len(list(words(tmp_path / "x.py"))) == 2


def newest(engine: Engine) -> list[Change]:
    with Session(engine) as session:
        entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert entry is not None
        return list(entry.changes)


def test_every_claim_is_kept_when_made_moved_and_taken_back(engine: Engine) -> None:
    """A period is closed, corrected with one case less, and closed claims follow."""
    with transaction(engine, BY) as session:
        session.add(Price(level=Level.GENERAL, valid_from=MARCH[0].replace(year=2025), settled=100_00))
        made = [put(session, "03-15", lead=BY) for _ in range(3)]
        ids = [case.id for case in made]
    with transaction(engine, BY) as session:
        first = subsidy_closings.close(session, *MARCH, by=BY, now=NOW)
    added = [one for one in newest(engine) if one.table == "claim"]
    assert {one.case_id for one in added} == set(ids)
    assert {one.turn for one in added} == {Turn.ADDED}
    with transaction(engine, BY) as session:
        session.get_one(type(made[0]), ids[0]).concluded_on = NOW.date()
    with transaction(engine, BY) as session:
        again = subsidy_closings.correct(
            session, session.get_one(type(first), first.id), reason="算错了一件。", by=BY, now=NOW
        )
    turns = {(one.case_id, one.turn) for one in newest(engine) if one.table == "claim"}
    assert turns == {(ids[0], Turn.REMOVED), (ids[1], Turn.CHANGED), (ids[2], Turn.CHANGED)}
    with Session(engine) as session:
        assert set(session.scalars(select(Claim.closing_id))) == {again.id}


def test_every_number_taken_is_kept(engine: Engine) -> None:
    for last in (1, 2):
        with transaction(engine, BY) as session:
            assert numbers.take(session, "𪚥", 2026) == last
        (change,) = newest(engine)
        assert (change.table, f'"last":{last}' in change.after) == ("counter", True)
    with transaction(engine, BY) as session:
        assert [numbers.take(session, "䶮", 2026) for _ in range(3)] == [1, 2, 3]
    assert len(newest(engine)) == 1


def test_a_name_used_twice_is_a_sentence(engine: Engine) -> None:
    with pytest.raises(Refusal, match="已经用过了"), transaction(engine, BY) as session:
        session.add_all([Staff(name="龘某"), Staff(name="龘某")])
