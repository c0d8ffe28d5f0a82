"""Long work that people wait for and may stop (等一件事做完): what is refused is told, what was stopped is not."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from mediator.domain.errors import Refusal
from mediator.ui import tell
from mediator.ui.parts import run
from mediator.ui.waiting import Stopped, WaitingDialog

T = TypeVar("T")


def waited(
    parent: QWidget | None, title: str, words: str, job: Callable[[Callable[[int, int], None]], T], *,
    stoppable: bool = True,
) -> T | None:  # fmt: skip
    """What a job came to; None if it was stopped or refused. The job is given a function to tell how far it is."""
    made: list[T] = []
    waiting = WaitingDialog(title, words, lambda told: made.append(job(told)), stoppable=stoppable)
    run(waiting)
    if isinstance(waiting.error, Refusal):
        tell.refused(parent, waiting.error)
    elif waiting.error is not None and not isinstance(waiting.error, Stopped):
        raise waiting.error
    return made[0] if made else None
