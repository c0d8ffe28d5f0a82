"""The small practice folder the campaigns work on, and what a worker sees of its own copy."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from alembic.config import Config
from PIL import Image
from sqlalchemy import Connection, Engine

from mediator.exchange import package as packing
from mediator.services import backups, closings, documents, frozen, setup
from mediator.services.demo import OFFICE
from mediator.services.transaction import transaction
from mediator.store import keyfile, rekey, schema
from mediator.store.engine import connect
from mediator.store.folder import Folder
from mediator.tallies.justice import JUSTICE
from mediator.tallies.tally import Reporter

BY = "陈志华"
PASSWORDS = tuple(f"滨江 practice 江边小路 {n:02d}" for n in range(200))
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 14, 32)
CASES = 40
MONTHS = 24
PACKAGES = 60
_HEAD = schema.HEAD
_NEXT = '''"""A colour for every person of the office."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="红"))
'''


@dataclass(frozen=True)
class Ground:
    """One copy of everything: the data folder, the drive beside it, and what is sent to it."""

    root: Path

    @property
    def folder(self) -> Folder:
        return Folder(self.root / "数据 文件夹")

    @property
    def drive(self) -> Path:
        """Where backups and packages go."""
        return self.root / "U 盘"

    @property
    def post(self) -> Path:
        """Packages of offices below."""
        return self.root / "来件"

    def key(self) -> bytes:
        """The data key as the folder was furnished with it."""
        return bytes.fromhex((self.root / "key").read_text())

    def engine(self) -> Engine:
        """The database as it was furnished."""
        return connect(self.folder.database, self.key())

    def copy(self, to: Path) -> "Ground":
        """The same elsewhere."""
        shutil.copytree(self.root, to)
        return Ground(to)


def cheap() -> None:
    """Log-ins that cost next to nothing, and locks let go at once: many are tried."""
    keyfile.MEMORY_KIB, keyfile.ROUNDS = 8, 1
    rekey._HELD_S = 0


def month(number: int, since: int) -> tuple[date, date]:
    """The month so many after January of a year."""
    first = date(since + number // 12, number % 12 + 1, 1)
    after = date(since + (number + 1) // 12, (number + 1) % 12 + 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)


def case_of(word: str) -> dict[str, Any]:
    """What a case is registered with."""
    return {
        "registered_on": "2026-03-01", "kind": "neighbour", "summary": f"{word}漏水，𪚥氏不服。" * 60,
        "parties": [{"side": "applicant", "name": f"王𬎆{word}"}, {"side": "respondent", "name": "阿依古丽·买买提"}],
    }  # fmt: skip


def picture(number: int) -> bytes:
    """A small picture unlike any other."""
    file = BytesIO()
    Image.new("RGB", (40, 30), (number % 256, number // 256 % 256, 77)).save(file, "PNG")
    return file.getvalue()


def furnish(root: Path) -> Ground:
    """Make the practice folder: cases to go on with, closed months to send, packages to take in, a backup."""
    cheap()
    ground = Ground(root)
    for path in (ground.drive, ground.post):
        path.mkdir(parents=True)
    engine = setup.found(ground.folder.path, BY, PASSWORDS[0], OFFICE)
    for number in range(CASES):
        with transaction(engine, BY) as session:
            documents.register(session, case_of(f"第{number}件"), by=BY, today=TODAY)
    for number in range(MONTHS):
        with transaction(engine, BY) as session:
            closing = closings.close(session, JUSTICE, *month(number, 2021), by=BY, now=NOW)
            tally = frozen.reported(closing)
    for number in range(PACKAGES):
        whose = Reporter(f"{number + 1:032x}", f"下级第 {number} 调委会 𪚥", tally.reporter.region)
        data = packing.seal(replace(tally, reporter=whose), 1, NOW)
        (ground.post / f"{number:03d}.tjb").write_bytes(data)
    backups.back_up(engine, ground.folder.path, ground.drive, by=BY, now=NOW.replace(year=2025))
    from mediator.store.engine import key_of

    (root / "key").write_text(key_of(engine).hex())
    engine.dispose()
    place = root / "migrations"
    home = Path(schema.__file__).parent / "migrations"
    shutil.copytree(home, place, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "versions" / "next.py").write_text(_NEXT.format(head=_HEAD))
    return ground


@contextmanager
def later(ground: Ground) -> Iterator[None]:
    """The program of a year from now, with one migration more."""
    today = schema.alembic_config

    def alembic_config(connection: Connection | None) -> Config:
        config = today(connection)
        config.set_main_option("script_location", str(ground.root / "migrations"))
        return config

    schema.alembic_config, schema.HEAD = alembic_config, "next"
    try:
        yield
    finally:
        schema.alembic_config, schema.HEAD = today, _HEAD


def canonical(value: object) -> str:
    """JSON always written the same way."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
