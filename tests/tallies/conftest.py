"""A database in memory, for tests that fill one many times; and practice data, made once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from mediator.services import demo
from mediator.store.folder import Folder, open_folder
from mediator.store.models import metadata


@pytest.fixture(scope="session")
def memory() -> Iterator[Engine]:
    """An empty database in memory with all tables; who writes into it rolls back."""
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Practice data, only to be read."""
    folder = Folder(tmp_path_factory.mktemp("practice"))
    demo.make(folder, cases=220, seed=11)
    engine = open_folder(folder, demo.LOGIN, demo.PASSWORD)
    with Session(engine) as session:
        yield session
    engine.dispose()
