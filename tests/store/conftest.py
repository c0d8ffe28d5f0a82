"""Data folders whose log-in costs next to nothing, so that many can be tried."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy import Connection

from mediator.store import keyfile, schema
from mediator.store.folder import Folder

MIGRATIONS = Path(schema.__file__).parent / "migrations"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """New locks are cheap."""
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@cache
def _key(furnished: Path, password: str) -> bytes:
    return keyfile.unlock(Folder(furnished).keys, "chen", password)


@pytest.fixture
def key(furnished: Path, password: str) -> bytes:
    """The data key of the folder."""
    return _key(furnished, password)


@pytest.fixture
def folder(furnished: Path, tmp_path: Path, key: bytes, password: str, cheap: None) -> Folder:
    """A data folder of one's own, with an office and its first user."""
    own = Folder(tmp_path / "数据 文件夹")
    own.path.mkdir()
    shutil.copyfile(Folder(furnished).database, own.database)
    keyfile.write(own.keys, [keyfile.lock("chen", password, key)], key)
    return own


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of a year from now, with one migration more."""
    place = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, place, ignore=shutil.ignore_patterns("__pycache__"))
    today = schema.alembic_config

    def alembic_config(connection: Connection | None) -> Config:
        config = today(connection)
        config.set_main_option("script_location", str(place))
        return config

    monkeypatch.setattr(schema, "alembic_config", alembic_config)
    monkeypatch.setattr(schema, "HEAD", "next")
    return place / "versions" / "next.py"
