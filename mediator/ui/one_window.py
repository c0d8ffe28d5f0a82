"""One window a data folder (同一份数据只开一个窗口): a second start raises the first window and ends.

The lock itself is a file (``store/one.py``); this is only the bell by which the second start calls the first.
"""

import getpass
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_MS = 1_000


class Bell(QObject):
    """Listens as long as the program runs; whoever rings has the window raised."""

    def __init__(self, folder: Path, rung: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.rung = rung or raise_window
        self.server = QLocalServer(self)
        self.server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self.server.newConnection.connect(self._answer)
        QLocalServer.removeServer(name_of(folder))  # what a crash left: the lock is ours, so it is nobody's
        self.server.listen(name_of(folder))

    def _answer(self) -> None:
        while (caller := self.server.nextPendingConnection()) is not None:
            caller.disconnectFromServer()
            caller.deleteLater()
            self.rung()


def ring(folder: Path) -> bool:
    """Call the window that is open on a folder; whether it answered."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(folder))
    answered = socket.waitForConnected(PATIENCE_MS)
    socket.abort()
    return answered


def name_of(folder: Path) -> str:
    """By what name a folder's window is called: each user of the machine and each folder has their own."""
    who = f"{getpass.getuser()}|{folder.absolute()}"
    return f"mediator-{sha256(who.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def raise_window() -> None:
    """Bring the program to the front: the dialog that is open, else the window."""
    top: QWidget | None = QApplication.activeModalWidget()
    if top is None:
        shown = [one for one in QApplication.topLevelWidgets() if one.isWindow() and one.isVisible()]
        top = shown[0] if shown else None
    if top is not None:
        top.setWindowState(top.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
        top.raise_()
        top.activateWindow()
