"""The desktop's own lock and sleep (系统锁屏、休眠), where the desktop tells of them over D-Bus (Linux).

Elsewhere the clock tells (``watch``): a machine that slept has not been touched for that long.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot

_SLEEP = (
    "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
)  # fmt: skip
_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)
_UKUI = ("org.ukui.ScreenSaver", "/", "org.ukui.ScreenSaver", "lock")
"""The desktop of 银河麒麟."""


class Listener(QObject):
    """Calls back when the machine goes to sleep or the desktop locks itself; where nobody tells, nothing happens."""

    def __init__(self, parent: QObject, then: Callable[[], object]) -> None:
        super().__init__(parent)
        self.then = then
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return
        system: Any = QDBusConnection.systemBus()  # its stub does not know what SLOT gives
        session: Any = QDBusConnection.sessionBus()
        if system.isConnected():
            system.connect(*_SLEEP, self, SLOT("changed(bool)"))
        if session.isConnected():
            for service, path in _SAVERS:
                session.connect(service, path, service, "ActiveChanged", self, SLOT("changed(bool)"))
            session.connect(*_UKUI, self, SLOT("happened()"))

    @Slot(bool)
    def changed(self, on: bool) -> None:
        """It happened, or it is over."""
        if on:
            self.then()

    @Slot()
    def happened(self) -> None:
        """It happened."""
        self.then()
