"""Data folders whose log-in costs next to nothing, so that many can be tried."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from mediator.store import keyfile
from mediator.store.folder import Folder


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
