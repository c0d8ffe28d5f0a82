"""The window's start: the only place that joins fonts, look, data folder and pages."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QThreadPool, QTimer, QTranslator
from PySide6.QtWidgets import QApplication
from sqlalchemy import Engine

from mediator import log, paths
from mediator.domain.errors import Refusal
from mediator.services import audit, restores, setup
from mediator.store import one, place, swap
from mediator.ui import one_window, style, tell
from mediator.ui.clipboard import Clipboard
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
    with suppress(OSError):
        log.start()
    app = make_app()
    sys.excepthook = _crash
    try:
        return _open(app, data or (paths.practice() if practice else paths.data()), user, practice=practice)
    except Exception as error:
        _crash(type(error), error, error.__traceback__)
        return 1


def _open(app: QApplication, folder: Path, user: str, *, practice: bool) -> int:
    """One program a folder: a second start raises the window of the first and ends."""
    with setup.usable(folder):
        swap.finish(folder)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not practice:
            place.check(folder)
    try:
        hold = one.hold(folder)
    except one.Taken:
        if one_window.ring(folder):
            return 0
        raise
    bell = one_window.Bell(folder)
    try:
        entered = _enter_practice(folder) if practice else _enter(folder, user)
        return 0 if entered is None else _work(app, folder, hold, *entered, practice=practice)
    finally:
        bell.deleteLater()
        hold.release()


def _work(
    app: QApplication, folder: Path, hold: one.Hold, engine: Engine, who: str, *, practice: bool
) -> int:
    """Stay at work until the window is closed."""
    hold.begin()
    desk = Desk(engine, who)
    window = Window(desk, folder, practice=practice)
    small = window.screen().availableGeometry().width() < SMALL_SCREEN
    window.showMaximized() if small else window.show()
    QTimer.singleShot(0, window, window.offer_drafts)
    for words in filter(None, (one.LOG_MISSING if hold.log_missing else "", desk.read(audit.at_start))):
        tell.refused(window, Refusal(words))
    if os.environ.get("MEDIATOR_BENCH_READY"):
        QTimer.singleShot(0, lambda: _report_ready(app))
    status = app.exec()
    QThreadPool.globalInstance().waitForDone()
    moved = restores.before_closing(window.desk.engine, folder)
    window.desk.engine.dispose()
    restores.closed(folder)
    if moved:
        tell.refused(None, Refusal(moved))
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

    Clipboard(app)
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


def _enter_practice(folder: Path) -> tuple[Engine, str]:
    """Practice mode: invented cases in a folder of its own, made at the first use."""
    from mediator.services import demo
    from mediator.services.transaction import troubles
    from mediator.store.folder import Folder
    from mediator.ui.waiting import WaitingDialog

    def make(progress: Callable[[int, int], None]) -> None:
        with troubles():
            demo.make(Folder(folder), progress=progress)

    if not setup.is_set_up(folder):
        waiting = WaitingDialog("人民调解", "正在准备练习案件，请稍候……", make)
        waiting.exec()
        if waiting.error is not None:
            raise waiting.error
    return setup.enter(folder, demo.LOGIN, demo.PASSWORD)


def _crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell what was raised and not told anywhere else: a refusal as such, anything else as a bug."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
    elif isinstance(error, Refusal):
        tell.refused(QApplication.activeWindow(), error)
    else:
        tell.crashed(log.bug(error))


def _report_ready(app: QApplication) -> None:
    """For the benchmark: say that the window can be used, and stay until a line is sent."""
    print("ready", flush=True)
    sys.stdin.readline()
    app.quit()
