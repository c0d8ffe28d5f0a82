"""A dialog in which a closing (结账、更正) is entered: in the background, because it counts every case of the period."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from mediator.domain.figures import Closing
from mediator.ui import later
from mediator.ui.desk import Desk
from mediator.ui.form_dialog import FormDialog


class ClosingDialog(FormDialog):
    """It stays until it is known what came of it; what was refused is told over it, and what was typed is still there."""

    def __init__(self, parent: QWidget, desk: Desk, title: str) -> None:
        super().__init__(parent, title, wide=40)
        self.desk = desk
        self.closing: Closing | None = None
        """What was entered."""
        self.working = False

    def enter(self, doing: str, verb: Callable[[Session], Closing]) -> None:
        """Enter a closing; ``doing`` are the words on the button meanwhile."""
        does = self.main.text()
        self._work(True, doing)
        later.run(
            self,
            lambda: self.desk.alone(verb),
            self._entered,
            lambda: self._work(False, does),
        )

    @override
    def reject(self) -> None:
        if not self.working:
            super().reject()

    def _work(self, on: bool, words: str) -> None:
        self.working = on
        self.main.setText(words)
        for each in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            each.setEnabled(not on)
        if not on:
            self.main.setFocus()

    def _entered(self, closing: Closing) -> None:
        self.closing = closing
        self.desk.changed.emit()
        self.accept()
