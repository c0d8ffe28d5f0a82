"""A database in memory, for tests that fill one many times."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from mediator.store.models import metadata


@pytest.fixture(scope="session")
def memory() -> Iterator[Engine]:
    """An empty database in memory with all tables; who writes into it rolls back."""
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    yield engine
    engine.dispose()
