"""The desk: the only way from a screen to a session. One gesture, one transaction, one announcement."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.services.transaction import transaction, troubles

T = TypeVar("T")


class Desk(QObject):
    """One person at work on one data folder."""

    changed = Signal()
    """Something was saved; screens that show it read it again."""

    def __init__(self, engine: Engine, who: str) -> None:
        super().__init__()
        self.engine = engine
        self.who = who

    @property
    def today(self) -> date:
        """The day today, by this machine's clock."""
        return date.today()

    def read(self, verb: Callable[[Session], T]) -> T:
        """Look something up; nothing is changed. Refusal if the data cannot be read."""
        with troubles(), Session(self.engine, expire_on_commit=False) as session:
            return verb(session)

    def do(self, verb: Callable[[Session], T]) -> T:
        """Do one thing wholly or not at all, then tell the screens; Refusal if it cannot be saved."""
        result = in_transaction(self.engine, verb)
        self.changed.emit()
        return result


def in_transaction(engine: Engine, verb: Callable[[Session], T]) -> T:
    """Run a verb in a transaction of its own."""
    with transaction(engine) as session:
        return verb(session)
