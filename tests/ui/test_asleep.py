"""The desktop says that it locks itself: heard on a bus of the test's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from mediator.ui.asleep import Listener
app, heard = QCoreApplication([]), []
listener, bus = Listener(app, lambda: heard.append(1)), QDBusConnection.sessionBus()
signals = (
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [False]),
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    ("/", "org.ukui.ScreenSaver", "lock", []),
    ("/", "org.ukui.ScreenSaver", "unlock", []),
)
for _path, name, _what, _values in signals:
    bus.registerService(name)
def send():
    for path, name, what, values in signals:
        message = QDBusMessage.createSignal(path, name, what)
        message.setArguments(values)
        bus.send(message)
QTimer.singleShot(50, send)
QTimer.singleShot(5_000, app.quit)
look = QTimer(app, interval=20)
look.timeout.connect(lambda: len(heard) >= 3 and QTimer.singleShot(100, app.quit))
look.start()
app.exec()
print(len(heard))
"""


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="there is no bus to be had")
def test_the_lock_of_the_desktop_is_heard() -> None:
    ran = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", SCRIPT],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout == "3\n", ran.stderr


def test_without_a_bus_nothing_is_heard_and_nothing_breaks() -> None:
    script = "from PySide6.QtCore import QCoreApplication\nfrom mediator.ui.asleep import Listener\napp = QCoreApplication([])\nListener(app, app.quit)"
    where = {
        **os.environ,
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    ran = subprocess.run(
        [sys.executable, "-c", script], env=where, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
