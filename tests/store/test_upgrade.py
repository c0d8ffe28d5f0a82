"""An older data folder opened by a newer program: a copy is migrated, and the old one stays beside it as it was."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.domain.errors import Damaged, Refusal
from mediator.store import durable, history, upgrade, wholeness
from mediator.store.engine import connect
from mediator.store.folder import Folder, open_folder
from mediator.store.schema import HEAD

NOW = datetime(2026, 11, 22, 8, 30)
NEXT = '''"""A colour for every person of the office."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="红"))
    {more}
'''


def staff(database: Path, key: bytes, columns: str = "name") -> list[tuple[str, ...]]:
    engine = connect(database, key)
    try:
        with engine.connect() as connection:
            return [
                tuple(row) for row in connection.execute(text(f"select {columns} from staff order by id"))
            ]
    finally:
        engine.dispose()


def told(database: Path, key: bytes) -> tuple[str, ...]:
    """The newest audit entry."""
    engine = connect(database, key)
    with engine.connect() as connection:
        row = connection.execute(text("select action, detail from entry order by id desc limit 1")).one()
    engine.dispose()
    return tuple(row)


def test_the_copy_takes_the_place_and_the_old_one_stays_openable(
    folder: Folder, key: bytes, password: str, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = staff(folder.database, key)
    later.write_text(NEXT.format(head=HEAD, more=""))
    open_folder(folder, "chen", password).dispose()
    assert staff(folder.database, key, "name, colour") == [(name, "红") for (name,) in people]
    assert not list(folder.path.glob("mediator.db.new*"))
    assert told(folder.database, key) == (
        Action.MIGRATED.value,
        f"数据从版本 {HEAD} 升级，升级以前的另存为“升级之前-{HEAD}”",
    )
    monkeypatch.undo()
    old = Folder(folder.path / f"升级之前-{HEAD}")
    engine = open_folder(old, "chen", password)  # the program of that day
    engine.dispose()
    assert staff(old.database, key) == people


def said(folder: Folder, password: str) -> str:
    with pytest.raises(Refusal) as trouble:
        open_folder(folder, "chen", password)
    return str(trouble.value)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("op.execute(\"update office set name = ''\")", "“调委会”和升级以前不一样"),
        ("op.execute('drop trigger entry_kept')", "防止改动审计记录的保护少了"),
        ("op.execute('drop table draft')", "“暂存”少了"),
        ("op.execute('alter table draft drop column shown')", "“暂存”少了"),
    ],
)
def test_what_a_migration_does_not_declare_is_to_the_last_value_what_it_was(
    folder: Folder, key: bytes, password: str, later: Path, more: str, words: str
) -> None:
    before = folder.database.read_bytes()
    later.write_text(NEXT.format(head=HEAD, more=more))
    assert words in said(folder, password)
    assert folder.database.read_bytes() == before


def test_an_entry_altered_by_a_migration_breaks_the_chain(
    folder: Folder, key: bytes, password: str, later: Path
) -> None:
    engine = connect(folder.database, key)
    with Session(engine) as session, session.begin():
        history.note(session, Action.CHECKED, "好")
        history.write(session, "", NOW)
    engine.dispose()
    more = "op.execute('drop trigger entry_stays'); op.execute(\"update entry set detail = '没有做过'\")"
    later.write_text(NEXT.format(head=HEAD, more=more))
    assert "审计记录接不上" in said(folder, password)


def test_what_a_migration_says_that_it_rewrites_may_differ(
    folder: Folder, key: bytes, password: str, later: Path
) -> None:
    more = "op.execute(\"update office set name = 'X' || name\")"
    words = NEXT.format(head=HEAD, more=more)
    later.write_text(words.replace("def upgrade", 'REWRITES = [("office", "name")]\n\n\ndef upgrade'))
    open_folder(folder, "chen", password).dispose()


def test_a_row_that_belongs_to_nothing_does_not_stop_the_upgrade(
    folder: Folder, key: bytes, password: str, later: Path
) -> None:
    with closing(wholeness.open_database(folder.database, key)) as connection:
        connection.execute(
            "insert into change (entry_id, \"table\", row_id, turn, before, after) values (99, 'x', 1, 'added', '', '')"
        )
        assert wholeness.orphans(connection)
    later.write_text(NEXT.format(head=HEAD, more=""))
    open_folder(folder, "chen", password).dispose()


@pytest.mark.parametrize("more", ["raise ZeroDivisionError", "op.execute('delete from office')"])
def test_a_migration_that_fails_or_loses_rows_changes_nothing(
    folder: Folder, key: bytes, password: str, later: Path, more: str
) -> None:
    before = folder.database.read_bytes()
    later.write_text(NEXT.format(head=HEAD, more=more))
    with pytest.raises((Refusal, ZeroDivisionError)) as trouble:
        open_folder(folder, "chen", password)
    if trouble.type is Refusal:
        assert "调委会" in str(trouble.value)
    assert folder.database.read_bytes() == before
    assert not list(folder.path.glob("升级之前*"))


def test_a_full_disk_is_a_sentence(
    folder: Folder, password: str, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later.write_text(NEXT.format(head=HEAD, more=""))

    def full(_folder: Path, _size: int) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(durable, "make_room", full)
    with pytest.raises(Refusal, match="磁盘已满"):
        open_folder(folder, "chen", password)
    assert folder.database.exists()


KILLED = """
import os, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from alembic.config import Config
from mediator.store import schema, upgrade
from mediator.store.folder import Folder, open_folder
today = schema.alembic_config
def alembic_config(connection):
    config = today(connection)
    config.set_main_option("script_location", {place!r})
    return config
schema.alembic_config, schema.HEAD = alembic_config, "next"
left = int(sys.argv[1])
def count(frame, event, arg):
    global left
    if frame.f_code.co_filename.endswith("upgrade.py"):
        left -= 1
        if left == 0:
            os._exit(9)
    return count
sys.settrace(count)
open_folder(Folder(Path({folder!r})), "chen", {password!r}).dispose()
print("done")
"""


def test_killed_at_any_line_one_of_the_two_opens(
    folder: Folder, key: bytes, password: str, later: Path, tmp_path: Path
) -> None:
    later.write_text(NEXT.format(head=HEAD, more=""))
    people = staff(folder.database, key)
    root = str(Path(upgrade.__file__).parents[2])
    for line in range(2, 90, 8):
        copy = Folder(tmp_path / f"copy-{line}")
        shutil.copytree(folder.path, copy.path)
        program = KILLED.format(
            root=root, place=str(later.parents[1]), folder=str(copy.path), password=password
        )
        subprocess.run([sys.executable, "-c", program, str(line)], check=False, env=dict(os.environ))
        open_folder(copy, "chen", password).dispose()
        assert [name for name, _ in staff(copy.database, key, "name, colour")] == [name for (name,) in people]


def test_damaged_data_are_not_migrated(folder: Folder, password: str, later: Path) -> None:
    """What goes aside was looked through: it is a backup that can be relied on."""
    later.write_text(NEXT.format(head=HEAD, more=""))
    data = bytearray(folder.database.read_bytes())
    data[-3000] ^= 1
    folder.database.write_bytes(data)
    with pytest.raises(Damaged, match=r"1 页读不出来.*没有升级.*从备份恢复"):
        open_folder(folder, "chen", password)
    assert folder.database.read_bytes() == bytes(data)
    assert not list(folder.path.glob("升级之前*")) and not list(folder.path.glob("mediator.db.new*"))
