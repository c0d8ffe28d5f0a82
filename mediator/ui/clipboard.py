"""Numbers of people on the clipboard (剪贴板): kept out of clipboard histories, and taken off it after a short while.

Whatever is copied out of the program passes here, out of whichever field, list or page.
"""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from mediator.domain.masking import has_number

STAYS_S = 20
"""Seconds that a copied number stays, time enough to put it in somewhere."""
LONGEST = 60
"""Characters of what is taken for a copied number; of a longer text only the histories are kept out."""
HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    "ExcludeClipboardContentFromMonitorProcessing": b"\1\0\0\0",
    "CanIncludeInClipboardHistory": b"\0\0\0\0",
    "CanUploadToCloudClipboard": b"\0\0\0\0",
}
"""What the histories of KDE and Windows go by; on Windows each is a number of four bytes."""


class Clipboard(QObject):
    """Looks on while the program copies; lives as long as the program.

    ``mine`` says whether what lies on the clipboard is the program's own, where the platform cannot tell.
    """

    def __init__(self, parent: QObject, mine: Callable[[], bool] | None = None) -> None:
        super().__init__(parent)
        self.board: QClipboard = QGuiApplication.clipboard()
        self.mine = mine or self.board.ownsClipboard
        self.words = ""
        """What is to be taken off."""
        self.timer = QTimer(self, singleShot=True, interval=STAYS_S * 1000)
        self.timer.timeout.connect(self.clear)
        self.changed = QTimer(self, singleShot=True, interval=0)
        """Nothing is put on the clipboard while it still tells of a change."""
        self.changed.timeout.connect(self._look)
        self.board.dataChanged.connect(self.changed.start)
        app = QGuiApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.clear)

    def clear(self) -> None:
        """Take the number off, unless something else was copied since."""
        self.timer.stop()
        words, self.words = self.words, ""
        if words and self.board.text() == words:
            self.board.clear()

    def _look(self) -> None:
        words = self.board.text()
        if not words or not self.mine() or self.board.mimeData().hasFormat(next(iter(HINTS))):
            return
        if not has_number(words):
            self.words = ""
            return
        self.words = words if len(words.strip()) <= LONGEST else ""
        self.board.setMimeData(secret(words))
        if self.words:
            self.timer.start()


def clear_now() -> None:
    """Take a copied number off at once: the screen is locked."""
    app = QGuiApplication.instance()
    for one in app.findChildren(Clipboard) if app is not None else []:
        one.clear()


def secret(words: str) -> QMimeData:
    """Words for the clipboard that no history is to keep."""
    data = QMimeData()
    data.setText(words)
    for name, value in HINTS.items():
        data.setData(name, QByteArray(value))
    return data
