"""Work in the background for one screen: what is refused is told there, and a screen that is gone is left alone."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from mediator.domain.errors import Refusal
from mediator.ui import tell, work

T = TypeVar("T")


def run(
    owner: QWidget, job: Callable[[], T], done: Callable[[T], None], ended: Callable[[], None] = lambda: None
) -> None:
    """Do ``job`` off the window's thread; then ``ended``, whatever came of it, and ``done`` if it was done."""

    def finish(result: T) -> None:
        if isValid(owner):
            ended()
            done(result)

    def fail(error: Exception) -> None:
        if not isValid(owner):
            return
        ended()
        if not isinstance(error, Refusal):
            raise error
        tell.refused(owner, error)

    work.start(job, finish, fail)
