"""The lock and the privacy key with dialogs open: all are covered, none is lost, none stays for somebody else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from driving import BY, LOOK_AGAIN_MS, settle, type_in
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.errors import Refusal
from mediator.services import accounts, drafts
from mediator.services.transaction import transaction
from mediator.store import keyfile
from mediator.store.folder import Folder
from mediator.ui import file_choice, tell
from mediator.ui.case_panes import RepresentativeDialog
from mediator.ui.cover import Cover
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.extend_dialog import ExtendDialog
from mediator.ui.lock_screen import Screen
from mediator.ui.parts import run
from mediator.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("raise", "grabbing the keyboard", extend=True)
"""What menus do, and a screen that is none cannot."""
MA, WORD = "马秀英·买买提", "xiu ying de mi ma 1"
PASSWORD = "滨江 practice 01"
STUCK_MS = 15_000


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@pytest.fixture
def window(qtbot: QtBot, engine: Engine, folder: Folder) -> Iterator[Window]:
    """A window at the parties of a case."""
    with transaction(engine, BY) as session:
        accounts.add(session, folder.path, MA, WORD)
    made = Window(Desk(engine, BY), folder.path, practice=False)
    qtbot.addWidget(made, before_close_func=lambda w: setattr(w, "_may_leave", lambda: True))
    made.resize(1176, 700)
    made.show()
    made.open_case(settle(made.desk, "王𬎆", "2026-10-02", None).id)
    made.case.tabs.setCurrentWidget(made.case.parties)
    QApplication.processEvents()  # drafts are offered now or never
    stuck = QTimer(made, interval=STUCK_MS)
    left: list[str] = []
    stuck.timeout.connect(lambda: left.extend(close_all()))
    stuck.start()
    yield made
    close_all()
    assert left == []


def close_all() -> list[str]:
    """Close whatever dialog is open, so that nothing hangs."""
    dialogs = [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()]
    for dialog in dialogs:
        dialog.done(0)
    return [dialog.windowTitle() for dialog in dialogs]


def enter(window: Window, name: str, password: str) -> None:
    shown = window.guard.locked
    assert shown is not None
    shown.list.setCurrentRow([who for _login, who in shown.users].index(name))
    shown.password.setText(password)
    shown.enter_button.click()


def open_windows() -> list[QWidget]:
    """Whatever stands on the screen by itself, but for the screen that hides everything."""
    return [top for top in QApplication.topLevelWidgets() if top.isVisible() and not isinstance(top, Screen)]


def bare() -> list[QWidget]:
    """What can be read of it."""
    return [
        top
        for top in open_windows()
        if not any(one.isVisible() and one.geometry() == top.rect() for one in top.findChildren(Cover))
    ]


def meet(act: Callable[[], object], ready: Callable[[], object]) -> None:
    """Do something once there is what it is to be done with."""

    def look() -> None:
        if ready():
            act()
        else:
            QTimer.singleShot(LOOK_AGAIN_MS, look)

    QTimer.singleShot(0, look)


def two_dialogs(window: Window) -> None:
    """A dialog from a dialog: who acts for a party, and a question about what was typed."""
    pane = window.case.parties

    def ask() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RepresentativeDialog)
        type_in(dialog.form, name="林淑芬")
        dialog.reject()

    meet(ask, lambda: isinstance(QApplication.activeModalWidget(), RepresentativeDialog))
    pane._edit(None)


def a_menu(window: Window) -> None:
    menu = QMenu(window)
    menu.addAction("王𬎆的材料")
    menu.exec(window.mapToGlobal(window.rect().center()))


def a_list(window: Window) -> None:
    box = window.case.parties.form.editors["side"].widget
    assert isinstance(box, Choice)
    QToolTip.showText(window.mapToGlobal(window.rect().center()), "王𬎆", window)
    box.showPopup()
    while QApplication.activePopupWidget() is not None:
        QApplication.processEvents()


OPENS: dict[str, tuple[Callable[[Window], object], int]] = {
    "two dialogs": (two_dialogs, 3),
    "a file chooser": (lambda w: file_choice.ask_for_file(w, "选照片", "照片", ".jpg"), 2),
    "a message": (lambda w: tell.refused(w, Refusal("王𬎆的案件不能这样办。")), 2),
    "a question in words": (lambda w: tell.ask_reason(w, "为什么要改王𬎆的案件："), 2),
    "a menu": (a_menu, 1),
    "a list": (a_list, 1),
}
"""What may be open, and how many windows are to be covered then."""


def there(name: str) -> bool:
    """Whether it has come up."""
    if name in ("a menu", "a list"):
        return QApplication.activePopupWidget() is not None
    return len(open_windows()) == OPENS[name][1]


@pytest.mark.parametrize("name", list(OPENS))
@pytest.mark.parametrize("hide", ["lock", "blank"])
def test_whatever_is_open_is_hidden_and_comes_back(window: Window, name: str, hide: str) -> None:
    opens, many = OPENS[name]
    seen: list[Any] = []

    def act() -> None:
        (window.guard.turn_blank if hide == "blank" else lambda: window.guard.lock("手动"))()
        QApplication.processEvents()
        seen.append((bare(), len(open_windows()), QApplication.activePopupWidget()))
        (window.guard.turn_blank if hide == "blank" else lambda: enter(window, BY, PASSWORD))()
        QApplication.processEvents()
        seen.append(len(bare()))
        for top in open_windows():
            if isinstance(top, QDialog):
                top.done(0)

    meet(act, lambda: there(name))
    opens(window)
    assert seen == [([], many, None), many]


@pytest.mark.parametrize("name", list(OPENS))
def test_nothing_of_it_stays_for_somebody_else(window: Window, qtbot: QtBot, name: str) -> None:
    def act() -> None:
        window.guard.lock("手动")
        enter(window, MA, WORD)

    meet(act, lambda: there(name))
    QTimer.singleShot(0, lambda: OPENS[name][0](window))  # within the loop of the program, as every press
    qtbot.waitUntil(lambda: window.desk.who == MA and window.guard.locked is None)
    assert window.desk.who == MA and open_windows() == [window] == bare()
    kept = Desk(window.desk.engine, BY).read(drafts.all_of)
    assert ["林淑芬" in drafts.typed(draft).values() for draft in kept] == [True] * (name == "two dialogs")


def test_what_a_closed_dialog_leaves_behind_is_closed_too(window: Window, qtbot: QtBot) -> None:
    """As when nothing was written in a dialog that asks for a reason: that is told in a box of its own."""
    said: list[bool] = []

    def ask() -> None:
        said.append(run(ExtendDialog(window, window.desk, window.case.case)))  # type: ignore[arg-type]
        tell.refused(window, Refusal("没有写原因，没有保存。"))
        tell.done(window, "下一句。")
        said.append(True)

    def act() -> None:
        window.guard.lock("手动")
        enter(window, MA, WORD)

    meet(act, lambda: isinstance(QApplication.activeModalWidget(), ExtendDialog))
    QTimer.singleShot(0, ask)
    qtbot.waitUntil(lambda: window.desk.who == MA and window.guard.locked is None)
    assert said == [False, True] and open_windows() == [window] == bare()


@pytest.mark.parametrize("hide", ["lock", "blank"])
def test_what_comes_up_meanwhile_waits_behind_the_covers(window: Window, qtbot: QtBot, hide: str) -> None:
    """As when a work that took long is done and says so."""
    seen: list[Any] = []

    def back() -> None:
        screen = window.guard.locked or window.guard.blank
        seen.append((bare(), len(open_windows()), QApplication.activeModalWidget() is screen))
        (window.guard.turn_blank if hide == "blank" else lambda: enter(window, BY, PASSWORD))()
        QApplication.processEvents()
        box = QApplication.activeModalWidget()
        seen.append((len(bare()), box in open_windows()))
        assert isinstance(box, QDialog)
        box.done(0)

    (window.guard.turn_blank if hide == "blank" else lambda: window.guard.lock("手动"))()
    meet(lambda: QTimer.singleShot(50, back), lambda: len(open_windows()) == 2)
    tell.done(window, "王𬎆的卷宗做好了。")
    assert seen == [([], 2, True), (2, True)]


def test_a_window_that_went_away_meanwhile_is_not_missed(window: Window) -> None:
    dialog = ExtendDialog(window, window.desk, window.case.case)  # type: ignore[arg-type]
    dialog.show()
    dialog.reason.setFocus()
    window.guard.lock("手动")
    shiboken6.delete(dialog)
    enter(window, BY, PASSWORD)
    assert window.guard.locked is None and open_windows() == [window] == bare()


def test_data_that_cannot_be_read_are_locked_all_the_same(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trouble(*_given: object) -> None:
        raise Refusal("数据文件已损坏，没有改动它；请从备份恢复。")

    monkeypatch.setattr(accounts, "users", trouble)
    window.guard.lock("手动")
    assert window.guard.locked is not None and bare() == []
    assert [login for login, _name in window.guard.locked.users] == ["chen", MA]
