"""Rows on their way into a new database, many at a time (批量写入)."""

from typing import Any

from sqlalchemy import Connection, insert

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.figures import Price, Screening
from mediator.domain.people import Party, Representative, Staff
from mediator.domain.records import Assignment, Event, Investigation, Revisit, Session
from mediator.store.search import index_all

Row = dict[str, Any]
"""One row by column name, every column of its table filled."""

_MODELS: tuple[type[Base], ...] = (
    Staff, Screening, Price, Case, Party, Representative, Assignment, Investigation, Session, Agreement, Item, Instalment,
    Revisit, Event,
)  # fmt: skip


def _blank(model: type[Base]) -> Row:
    defaults = {column.name: column.default for column in model.__table__.columns}
    return {name: default.arg if default is not None else None for name, default in defaults.items()}


class Sheet:
    """Collects rows, gives each its id, and writes them out."""

    def __init__(self) -> None:
        self._blanks = {model: _blank(model) for model in _MODELS}
        self._rows: dict[type[Base], list[Row]] = {model: [] for model in _MODELS}
        self._ids = dict.fromkeys(_MODELS, 0)
        self._words: list[tuple[int, str]] = []

    def add(self, model: type[Base], **values: Any) -> Row:
        """A new row; what is not given stands as the model has it from the start."""
        self._ids[model] += 1
        row = {**self._blanks[model], **values, "id": self._ids[model]}
        self._rows[model].append(row)
        return row

    def index(self, case_id: int, words: str) -> None:
        """What a case can be found by."""
        self._words.append((case_id, words))

    def write(self, connection: Connection) -> None:
        """Write what has come together, and begin anew."""
        for model, rows in self._rows.items():
            if rows:
                connection.execute(insert(model), rows)
                rows.clear()
        if self._words:
            index_all(connection, self._words)
            self._words.clear()
