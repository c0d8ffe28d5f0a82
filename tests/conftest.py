"""The surroundings of every test, in place before Qt is loaded: no screen, own home, the carried fonts."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from mediator.store.folder import Folder


def leave_home() -> None:
    """Give the program and its libraries a home that goes away, so that no test touches the user's files.

    Only the fonts are the real ones: they are fetched once a machine.
    """
    os.environ.setdefault("MEDIATOR_FONTS", str(user_cache_path("mediator") / "fonts"))
    home = Path(tempfile.mkdtemp(prefix="mediator-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        os.environ[name] = str(home)
    for name in ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        os.environ[f"XDG_{name}"] = str(folder)


leave_home()
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["MEDIATOR_CARRIED_FONTS_ONLY"] = "1"
os.environ["LC_ALL"] = "C.UTF-8"  # Qt warns of any locale that is not UTF-8

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=50, database=None)
settings.load_profile("ci")


PASSWORD = "滨江 practice 01"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the wizard leaves it, made once; tests get copies."""
    from sqlalchemy.orm import Session

    from mediator.domain.codes import Role
    from mediator.services import offices
    from mediator.store.folder import Folder, create

    path = tmp_path_factory.mktemp("furnished") / "data"
    engine = create(Folder(path), "chen", PASSWORD)
    with Session(engine) as session, session.begin():
        offices.found(
            session,
            {
                "name": "滨江社区人民调解委员会",
                "region": "000000",
                "case_pattern": "({年})滨江人调字第{号3}号",
            },
        )
        offices.person(session, "陈志华", login="chen").held = frozenset(Role)
    engine.dispose()
    return path


@pytest.fixture
def password() -> str:
    """The password of the first user, "chen"."""
    return PASSWORD


@pytest.fixture
def folder(furnished: Path, tmp_path: Path) -> "Folder":
    """A data folder of one's own, with an office and its first user."""
    from mediator.store.folder import Folder

    path = tmp_path / "数据 文件夹"
    shutil.copytree(furnished, path)
    return Folder(path)


@pytest.fixture(scope="session")
def data_key(furnished: Path) -> bytes:
    """The key of the database in every copy of the folder, unlocked once: the password makes that slow by design."""
    from mediator.store import keyfile
    from mediator.store.folder import Folder

    return keyfile.unlock(Folder(furnished).keys, "chen", PASSWORD)


@pytest.fixture
def engine(folder: "Folder", data_key: bytes) -> Iterator["Engine"]:
    """The folder's encrypted database, open."""
    from mediator.store.engine import connect

    opened = connect(folder.database, data_key)
    yield opened
    opened.dispose()


@pytest.fixture
def session(engine: "Engine") -> Iterator["Session"]:
    """An open session; what it does is dropped at the end unless the test commits."""
    from sqlalchemy.orm import Session

    with Session(engine) as opened:
        yield opened
