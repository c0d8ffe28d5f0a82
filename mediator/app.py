"""The window's start: the only place that joins fonts, look, data folder and pages."""

import os
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QThreadPool, QTimer, QTranslator
from PySide6.QtWidgets import QApplication
from sqlalchemy import Engine

from mediator import log, paths
from mediator.domain.errors import Refusal
from mediator.services import setup
from mediator.ui import style, tell
from mediator.ui.desk import Desk
from mediator.ui.editors import CHINESE
from mediator.ui.window import Window

SYSTEM_FAMILIES = [
    "Noto Sans SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
]
SMALL_SCREEN = 1500
"""Pixels; on a narrower screen the window takes all of it."""


def run(data: Path | None, *, practice: bool, user: str = "") -> int:
    """Open the window on a data folder and stay until it is closed; return the exit status."""
    log.start()
    app = make_app()
    sys.excepthook = _crash
    folder = data or (paths.practice() if practice else paths.data())
    entered = _enter_practice(folder) if practice else _enter(folder, user)
    if entered is None:
        return 0
    engine, who = entered
    window = Window(Desk(engine, who), folder, practice=practice)
    small = window.screen().availableGeometry().width() < SMALL_SCREEN
    window.showMaximized() if small else window.show()
    if os.environ.get("MEDIATOR_BENCH_READY"):
        QTimer.singleShot(0, lambda: _report_ready(app))
    status = app.exec()
    QThreadPool.globalInstance().waitForDone()
    engine.dispose()
    return status


def make_app() -> QApplication:
    """Qt, in Chinese, with the program's fonts and look."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("mediator")
    app.setApplicationDisplayName("人民调解")
    QLocale.setDefault(CHINESE)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    from mediator.paper.fonts import ui_faces

    style.dress(app, [*style.load_fonts([str(face) for face in ui_faces()]), *SYSTEM_FAMILIES])
    return app


def _enter(folder: Path, user: str) -> tuple[Engine, str] | None:
    """Set up or log in; None if the person went away."""
    from mediator.ui.login import Login
    from mediator.ui.wizard import Wizard

    password = os.environ.get("MEDIATOR_PASSWORD")
    if user and password and setup.is_set_up(folder):
        try:
            return setup.enter(folder, user, password)
        except Refusal as refusal:
            tell.refused(None, refusal)
    dialog = Login(folder, user) if setup.is_set_up(folder) else Wizard(folder)
    dialog.exec()
    return (dialog.engine, dialog.who) if dialog.engine is not None else None


def _enter_practice(folder: Path) -> tuple[Engine, str] | None:
    """Practice mode: invented cases in a folder of its own, made at the first use."""
    from mediator.services import demo
    from mediator.services.transaction import troubles
    from mediator.store.folder import Folder

    try:
        if not setup.is_set_up(folder):
            with troubles():
                demo.make(Folder(folder))
        return setup.enter(folder, demo.LOGIN, demo.PASSWORD)
    except Refusal as refusal:
        tell.refused(None, refusal)
        return None


def _crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    tell.crashed(log.bug(error))


def _report_ready(app: QApplication) -> None:
    """For the benchmark: say that the window can be used, and how much memory it takes, in kB."""
    with open("/proc/self/status", encoding="ascii") as status:
        memory = next(line.split()[1] for line in status if line.startswith("VmRSS"))
    print(f"ready {memory}", flush=True)
    app.quit()
