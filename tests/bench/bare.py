"""The bare driver: the same statements as the program sends, without anything around them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, event

from mediator.services.demo import LOGIN, PASSWORD
from mediator.store import keyfile
from mediator.store.engine import PAGES_IN_MEMORY_KIB
from mediator.store.folder import Folder

Statement = tuple[str, Any]


@contextmanager
def opened(folder: Folder) -> Iterator[Any]:
    """A connection with the settings of the program."""
    connection = sqlcipher.connect(folder.database)
    key = keyfile.unlock(folder.keys, LOGIN, PASSWORD)
    connection.set_key(f"x'{key.hex()}'")
    for setting in ("journal_mode = wal", "synchronous = full", f"cache_size = -{PAGES_IN_MEMORY_KIB}"):
        connection.execute(f"pragma {setting}")
    try:
        yield connection
    finally:
        connection.close()


def replay(connection: Any, statements: list[Statement]) -> None:
    """Send statements once more, fetch what they find, and commit."""
    for words, parameters in statements:
        connection.execute(words, parameters).fetchall()
    connection.commit()


class Tape:
    """Writes down the statements that the program sends."""

    def __init__(self, engine: Engine) -> None:
        self._statements: list[Statement] = []
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, words: str, parameters: Any, *_rest: Any) -> None:
        self._statements.append((words, parameters))

    def cut(self) -> list[Statement]:
        """What was sent since the last cut."""
        statements, self._statements = self._statements, []
        return statements
