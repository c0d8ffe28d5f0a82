"""One line to type in, also by way of an input method (输入法)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineEdit(QLineEdit):
    """A line in which Enter, while a word is being composed, ends the word and never sends off the dialog."""

    def __init__(self) -> None:
        super().__init__()
        self.composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is begun and not yet chosen."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter to itself while a word is being composed."""
        if self.composing and event.key() in ENTER:
            event.accept()
        else:
            super().keyPressEvent(event)
