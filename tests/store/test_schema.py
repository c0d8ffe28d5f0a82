"""Migrations: they lead to the models, wholly or not at all, and leave alone what a newer program wrote."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.services import documents
from mediator.store import schema
from mediator.store.engine import connect
from mediator.store.folder import Folder, open_folder
from mediator.store.models import metadata
from mediator.store.schema import HEAD, bring_up_to_date

MIGRATIONS = Path(schema.__file__).parent / "migrations"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Engine]:
    """An empty encrypted database."""
    engine = connect(tmp_path / "fresh.db", bytes(range(32)))
    yield engine
    engine.dispose()


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith("case_words")


def test_the_migrations_lead_to_the_models(fresh: Engine) -> None:
    bring_up_to_date(fresh)
    with fresh.connect() as connection:
        options = {"include_name": is_ours, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        tables = {name for name in inspect(connection).get_table_names() if not name.startswith("case_words")}
        assert tables == {*metadata.tables, "alembic_version"}
        assert connection.scalar(text("select count(*) from case_words")) == 0


def test_checks_and_foreign_keys_are_those_of_the_models(fresh: Engine) -> None:
    """What the comparison does not look at: what happens to children, and what may not be null."""
    bring_up_to_date(fresh)
    with fresh.connect() as connection:
        for table in metadata.tables.values():
            made = {
                (key["constrained_columns"][0], key["referred_table"], key["options"].get("ondelete"))
                for key in inspect(connection).get_foreign_keys(table.name)
            }
            meant = {(k.parent.name, k.column.table.name, k.ondelete) for k in table.foreign_keys}
            assert made == meant, table.name
            nullable = {c["name"]: c["nullable"] for c in inspect(connection).get_columns(table.name)}
            assert nullable == {c.name: c.nullable for c in table.columns}, table.name


def test_the_newest_file_is_the_head_and_every_file_follows_one() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    assert scripts.get_heads() == [HEAD] == revisions[-1:]
    assert [re.match(r"(\d{4})_\w+\.py$", name)[1] for name in names] == revisions  # type: ignore[index]
    assert [script.down_revision for script in scripts.walk_revisions()][::-1] == [None, *revisions[:-1]]


def test_a_folder_of_today_is_left_as_it_is(folder: Folder, password: str) -> None:
    before = folder.database.read_bytes()
    open_folder(folder, "chen", password).dispose()
    assert folder.database.read_bytes() == before


@pytest.mark.parametrize("version", ["9999", "0002", "10000", "zz", "0001a", ""])
def test_what_a_newer_program_wrote_is_refused_and_left_alone(
    folder: Folder, key: bytes, password: str, version: str
) -> None:
    engine = connect(folder.database, key)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = :v"), {"v": version})
    engine.dispose()
    before = folder.database.read_bytes()
    with pytest.raises(Refusal, match="更新版本的程序") as refusal:
        open_folder(folder, "chen", password)
    assert str(refusal.value).count("。") == 1
    assert folder.database.read_bytes() == before


def test_tables_are_made_wholly_or_not_at_all(fresh: Engine) -> None:
    class Trouble(Exception):
        pass

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "create virtual table" in statement.lower():
            raise Trouble

    event.listen(fresh, "before_cursor_execute", fail)
    with pytest.raises(Trouble):
        bring_up_to_date(fresh)
    event.remove(fresh, "before_cursor_execute", fail)
    with fresh.connect() as connection:
        assert inspect(connection).get_table_names() == []
    bring_up_to_date(fresh)
    with fresh.connect() as connection:
        assert connection.scalar(text("select version_num from alembic_version")) == HEAD
        assert connection.scalar(text("pragma foreign_keys")) == 1


# A later version of the program

NEXT = '''"""A column for every case, by which the table is built anew."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="红"))
    op.execute("update party set note = 'seen'")
    {more}
'''


@pytest.fixture
def old(folder: Folder, key: bytes) -> Iterator[Engine]:
    """A folder of today with a case and two parties in it."""
    engine = connect(folder.database, key)
    raw = {
        "registered_on": "2026-03-01",
        "parties": [{"name": "王𬎆"}, {"name": "㛃某", "side": "respondent"}],
    }
    with Session(engine) as session, session.begin():
        documents.register(session, raw, by="陈志华", today=date(2026, 11, 21))
    yield engine
    engine.dispose()


def names_and_notes(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        return [
            (row[0], row[1]) for row in connection.execute(text("select name, note from party order by id"))
        ]


def test_a_table_built_anew_takes_no_children_along(old: Engine, later: Path) -> None:
    later.write_text(NEXT.format(head=HEAD, more=""))
    bring_up_to_date(old)
    assert names_and_notes(old) == [("王𬎆", "seen"), ("㛃某", "seen")]
    with old.connect() as connection:
        assert connection.scalar(text('select colour from "case"')) == "红"
        assert connection.scalar(text("pragma foreign_keys")) == 1
        assert connection.execute(text("pragma foreign_key_check")).all() == []


def test_a_migration_that_fails_half_way_leaves_the_folder_as_it_was(old: Engine, later: Path) -> None:
    later.write_text(NEXT.format(head=HEAD, more="raise ZeroDivisionError"))
    with pytest.raises(ZeroDivisionError):
        bring_up_to_date(old)
    assert names_and_notes(old) == [("王𬎆", ""), ("㛃某", "")]
    with old.connect() as connection:
        assert "colour" not in {column["name"] for column in inspect(connection).get_columns("case")}
        assert connection.scalar(text("select version_num from alembic_version")) == HEAD
        assert connection.scalar(text("pragma integrity_check")) == "ok"
