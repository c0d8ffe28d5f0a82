"""The desk: the only way from a screen to a session. One gesture, one transaction, one announcement."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.services.transaction import reading, transaction

T = TypeVar("T")


class Desk(QObject):
    """One person at work on one data folder."""

    changed = Signal()
    """Something was saved; screens that show it read it again."""

    backed_up = Signal()
    """A backup was made or tried out: nothing was changed, but screens that tell of backups read them again."""

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
        with reading(self.engine, self.who) as session:
            return verb(session)

    def do(self, verb: Callable[[Session], T]) -> T:
        """Do one thing wholly or not at all, then tell the screens; Refusal if it cannot be saved."""
        result = self.alone(verb)
        self.changed.emit()
        return result

    def alone(self, verb: Callable[[Session], T]) -> T:
        """Do one thing wholly or not at all and tell nobody; for work in the background, which tells when it ends."""
        with transaction(self.engine, self.who) as session:
            return verb(session)
