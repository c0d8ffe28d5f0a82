"""Whether anybody is there (有人在用): the last key or press of the mouse, and the two keys that hide everything."""

from time import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from typing_extensions import override

TICK_MS = 5_000
_TOUCHES = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
}  # fmt: skip


class Watch(QObject):
    """Looks at what comes into the windows of the program; the clock on the wall tells also that the machine slept."""

    idle = Signal()
    lock_wanted = Signal()
    blank_wanted = Signal()

    def __init__(self, parent: QObject, minutes: int) -> None:
        """``minutes`` without a touch are too many; 0: it does not matter."""
        super().__init__(parent)
        self.minutes = minutes
        self.touched_at = time()
        self.asleep = False
        """Whether touches count for nothing: the screen is blank."""
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.look)
        self._tick.start()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self.follow)
        for window in QGuiApplication.allWindows():
            self.follow(window)

    def touch(self) -> None:
        """Somebody is there."""
        self.touched_at = time()

    def look(self) -> None:
        """See whether nobody has been there for too long; a clock that was put back begins anew."""
        gone = time() - self.touched_at
        if gone < 0:
            self.touch()
        elif self.minutes and gone >= self.minutes * 60:
            self.idle.emit()

    def follow(self, window: QWindow | None) -> None:
        """Look at what comes into one more window."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _TOUCHES:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_F9:
                self.blank_wanted.emit()
                return True
            if event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.lock_wanted.emit()
                return True
        if not self.asleep:
            self.touch()
        return False
