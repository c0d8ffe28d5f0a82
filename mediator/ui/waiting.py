"""Waiting (请稍候): something made in the background before there is anything to show."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QProgressBar

from mediator.ui import work
from mediator.ui.parts import column, label


class WaitingDialog(QDialog):
    """What is being made, and how far it is; ``job`` is given a function to tell how many are done, of how many.

    It closes by itself, and cannot be closed before; ``error`` is what went wrong, if anything did.
    """

    told = Signal(int, int)

    def __init__(self, title: str, words: str, job: Callable[[Callable[[int, int], None]], object]) -> None:
        super().__init__(None)
        self.error: Exception | None = None
        self.working = True
        self.setWindowTitle(title)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(words)
        self.setLayout(column(label(words), self.progress, margins=28))
        self.told.connect(self._show)
        work.start(lambda: job(self.told.emit), lambda _made: self._end(), self._fail)

    def reject(self) -> None:
        """Stay until it is done."""
        if not self.working:
            super().reject()

    def _show(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def _fail(self, error: Exception) -> None:
        self.error = error
        self._end()

    def _end(self) -> None:
        self.working = False
        self.accept()
