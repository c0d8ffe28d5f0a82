"""Waiting (请稍候): something made in the background before there is anything to show."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QProgressBar

from mediator.ui import work
from mediator.ui.parts import button, column, label, row


class Stopped(Exception):
    """Somebody stopped the work; what was done until then stays done."""


class WaitingDialog(QDialog):
    """What is being made, and how far it is; ``job`` is given a function to tell how many are done, of how many.

    It closes by itself, and before only where the work may be stopped in the middle: then the function that is told
    raises Stopped. ``error`` is what went wrong, if anything did.
    """

    told = Signal(int, int)

    def __init__(
        self, title: str, words: str, job: Callable[[Callable[[int, int], None]], object], *,
        stoppable: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(None)
        self.error: Exception | None = None
        self.working = True
        self.stopped = False
        self.began = monotonic()
        self.setWindowTitle(title)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(words)
        self.left = label("", "quiet")
        self.stop_button = button("停下", self.stop)
        self.stop_button.setVisible(stoppable)
        self.left.setVisible(stoppable)
        self.setLayout(column(label(words), self.progress, self.left, row(1, self.stop_button), margins=28))
        self.told.connect(self._show)
        work.start(lambda: job(self._tell), lambda _made: self._end(), self._fail)

    def stop(self) -> None:
        """Have the work end after the piece it is at."""
        self.stopped = True
        self.stop_button.setEnabled(False)
        self.stop_button.setText("正在停下…")

    def reject(self) -> None:
        """Stay until it is done."""
        if not self.working:
            super().reject()

    def _tell(self, done: int, of: int) -> None:
        """Called by the work, on its own thread."""
        if self.stopped:
            raise Stopped
        self.told.emit(done, of)

    def _show(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.left.setText(f"{done} / {of}{_time_left(monotonic() - self.began, done, of)}")

    def _fail(self, error: Exception) -> None:
        self.error = error
        self._end()

    def _end(self) -> None:
        self.working = False
        self.accept()


def _time_left(taken: float, done: int, of: int) -> str:
    """How long it will still take, in words, once that can be told; ``taken`` in seconds."""
    if not done or taken < 2 or done >= of:
        return ""
    left = taken / done * (of - done)
    return f"，大约还要 {round(left / 60)} 分钟" if left > 90 else f"，大约还要 {max(round(left), 1)} 秒"
