"""Covers (遮挡): a plain sheet over everything in a window, so that nobody reads what stands there."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from typing_extensions import override

from mediator.ui.lock_screen import Screen
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


class Covers(QObject):
    """The covers over all windows of the program; what comes up while they lie is covered before it can be seen."""

    came_up = Signal()
    """Another window came up, and may lie over the screen that hides everything."""

    def lie(self) -> None:
        """Cover every window; what has popped up is closed."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)
        self._app().installEventFilter(self)

    def lift(self) -> None:
        """Take the covers away again; some are gone with their windows."""
        self._app().removeEventFilter(self)
        for cover in _covers():
            cover.hide()
            cover.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and self._cover(watched):
            self.came_up.emit()
        return False

    def _cover(self, window: QWidget) -> bool:
        """Lay a cover over a window that has none; the screen that hides everything is left free."""
        kinds = (Qt.WindowType.Window, Qt.WindowType.Dialog)
        if not window.isWindow() or window.windowType() not in kinds or isinstance(window, Screen):
            return False
        if any(one.parent() is window for one in _covers()):
            return False
        Cover(window)
        return True

    @staticmethod
    def _app() -> QCoreApplication:
        app = QApplication.instance()
        assert app is not None
        return app


def _covers() -> list[Cover]:
    """The covers that lie now."""
    tops = QApplication.topLevelWidgets()
    return [one for top in tops for one in top.findChildren(Cover) if not one.isHidden()]
