"""Covers (遮挡): a plain sheet over everything in a window, so that nobody reads what stands there."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from mediator.ui.style import ACCENT_PALE


class Cover(QWidget):
    """A sheet over one window, as large as it whatever becomes of it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, ACCENT_PALE)
        self.setPalette(palette)
        self.setAccessibleName("屏幕已遮住")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.raise_()
        self.show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        elif event.type() == QEvent.Type.ChildAdded:
            self.raise_()
        return False


def cover_all() -> list[Cover]:
    """Cover every window of the program; what has popped up is closed."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    return [
        Cover(window)
        for window in QApplication.topLevelWidgets()
        if window.isVisible() and window.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)
    ]


def uncover(covers: list[Cover]) -> None:
    """Take covers away again."""
    for cover in covers:
        cover.hide()
        cover.deleteLater()
    covers.clear()
