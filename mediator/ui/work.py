"""Long work off the window's thread: a plain function, and a callback with its result."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class _Signals(QObject):
    finished = Signal(object)
    failed = Signal(object)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self.work = work
        self.signals = _Signals()

    def run(self) -> None:
        try:
            result = self.work()
        except Exception as error:  # handed over to the window's thread
            self.signals.failed.emit(error)
        else:
            self.signals.finished.emit(result)


_running: set[_Job] = set()


def start(work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
    """Run ``work`` in the background, then call ``done`` with its result, or ``failed``, on the window's thread."""
    job = _Job(work)
    job.setAutoDelete(False)
    _running.add(job)

    def end(then: Callable[[Any], None]) -> Callable[[Any], None]:
        def ended(value: Any) -> None:
            _running.discard(job)
            then(value)

        return ended

    job.signals.finished.connect(end(done))
    job.signals.failed.connect(end(failed))
    QThreadPool.globalInstance().start(job)
