import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running import CASE, FIRST, PASSWORD, STEPS, USER, Ran, Runs, put

from mediator.cli import main
from mediator.store.engine import connect
from mediator.store.folder import Folder

_BUT_LOG_INS = {"entry": " where action not like 'log%'", "counter": " where series <> 'key-file'"}


@pytest.fixture(autouse=True)
def log_closed() -> Iterator[None]:
    """A log that a test began is closed after it."""
    yield
    for handler in logging.getLogger("mediator").handlers:
        handler.close()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Runs the command line as the first user."""
    monkeypatch.setenv("MEDIATOR_USER", USER)
    monkeypatch.setenv("MEDIATOR_PASSWORD", PASSWORD)

    def one(*words: object) -> Ran:
        capsys.readouterr()
        status = main([str(word) for word in words])
        return Ran(status, *capsys.readouterr())

    return one


@pytest.fixture
def at(run: Runs, folder: Folder) -> Runs:
    """The same, on a data folder of one's own with an office."""

    def one(*words: object) -> Ran:
        return run("--data", folder.path, *words)

    return one


@pytest.fixture(scope="session")
def road(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a case that came to a written agreement by the command line alone; made once."""
    place = tmp_path_factory.mktemp("road")
    shutil.copytree(furnished, place / "data")
    commands: list[tuple[object, ...]] = [("new", put(place / "case.json", CASE))]
    for stage, document in STEPS:
        commands.append(("advance", FIRST, stage, put(place / f"{stage}.json", document)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDIATOR_USER", USER)
        patch.setenv("MEDIATOR_PASSWORD", PASSWORD)
        for words in commands:
            assert main(["--data", str(place / "data"), "case", *map(str, words)]) == 0
    return place / "data"


@pytest.fixture
def settled(folder: Folder, road: Path) -> str:
    """The number of the case, which now stands in the folder."""
    shutil.copytree(road, folder.path, dirs_exist_ok=True)
    return FIRST


@pytest.fixture
def snapshot(folder: Folder, data_key: bytes) -> Callable[[], list[str]]:
    """All that is in the database but the log-ins: the same again says that nothing was changed."""

    def all_of_it() -> list[str]:
        assert not list(folder.path.glob("*-wal")), "a command left the database open"
        engine = connect(folder.database, data_key)
        with engine.connect() as connection:
            asked = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            tables = connection.exec_driver_sql(asked).scalars().all()
            found = [
                f"{table} {tuple(row)}"
                for table in sorted(tables)
                for row in connection.exec_driver_sql(f'select * from "{table}"{_BUT_LOG_INS.get(table, "")}')
            ]
        engine.dispose()
        return found

    return all_of_it
