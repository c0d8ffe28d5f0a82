"""Driving modal boxes: act on the next one, remember its words, and never leave one open."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton, QWidget

LOOK_AGAIN_MS = 20


def answer(act: Callable[[Any], object] = lambda box: None) -> list[str]:
    """Act on the next modal box; the list fills with the words it showed. What is left open is closed."""
    seen: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if box is None:
            QTimer.singleShot(LOOK_AGAIN_MS, look)
            return
        if isinstance(box, QMessageBox):
            seen.append(box.text() + box.informativeText())
        try:
            act(box)
        finally:
            if isinstance(box, QDialog) and box.isVisible():
                box.reject()

    QTimer.singleShot(0, look)
    return seen


def press(parent: QWidget, words: str) -> None:
    """Press the button with these words."""
    QApplication.processEvents()
    found = [b for b in parent.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(parent)]
    assert found, f"no button {words}"
    found[0].click()
