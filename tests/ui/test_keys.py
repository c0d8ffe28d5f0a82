"""The window without a mouse, and read aloud: Enter, the calendar, captions and names of every page and dialog."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driving import put_up, reload, unnamed
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediator.domain.agreement import Instalment, Item
from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.stages import MOVES
from mediator.store.folder import Folder
from mediator.ui.advance_dialog import AdvanceDialog
from mediator.ui.case_panes import RepresentativeDialog
from mediator.ui.desk import Desk
from mediator.ui.extend_dialog import ExtendDialog
from mediator.ui.form_dialog import FormDialog
from mediator.ui.intake_dialog import IntakeDialog
from mediator.ui.item_dialog import ItemDialog
from mediator.ui.login import Login
from mediator.ui.material_dialogs import AddMaterialsDialog
from mediator.ui.pay_dialog import PayDialog
from mediator.ui.people_dialogs import LoginForDialog, PasswordDialog
from mediator.ui.phrase_choice import PhraseChoice
from mediator.ui.redate_dialog import RedateDialog
from mediator.ui.window import Window
from mediator.ui.wizard import Wizard

SETTLE = next(move for move in MOVES if move.to is Stage.SETTLED)
STOP = next(move for move in MOVES if move.to is Stage.UNSETTLED)
Make = Callable[[Window, Case], QDialog]


def _part(case: Case) -> tuple[Item, Instalment]:
    assert case.agreement is not None
    return case.agreement.items[0], case.agreement.items[0].instalments[0]


DIALOGS: dict[str, Make] = {
    "AdvanceDialog": lambda w, c: AdvanceDialog(w, w.desk, c, SETTLE),
    "AdvanceDialog with a reason": lambda w, c: AdvanceDialog(w, w.desk, c, STOP),
    "ExtendDialog": lambda w, c: ExtendDialog(w, w.desk, c),
    "RedateDialog": lambda w, c: RedateDialog(w, w.desk, c),
    "ItemDialog": lambda w, c: ItemDialog(w, w.desk, c, _part(c)[0], lambda *_given: None),
    "PayDialog": lambda w, c: PayDialog(w, w.desk, c, *_part(c)),
    "RepresentativeDialog": lambda w, _c: RepresentativeDialog(w.case.parties, w.desk, None, True),
    "PasswordDialog": lambda w, _c: PasswordDialog(w, w.desk, w.settings.folder),
    "LoginForDialog": lambda w, _c: LoginForDialog(w, w.desk, w.settings.folder),
    "Login": lambda w, _c: Login(w.settings.folder),
    "Wizard": lambda w, _c: Wizard(w.settings.folder / "x"),
    "IntakeDialog": lambda w, _c: IntakeDialog(w.desk, w.settings.folder, w),
    "PhraseChoice": lambda w, _c: PhraseChoice(w, [("邻里纠纷", "三日内修好。")]),
    "AddMaterialsDialog": lambda w, c: AddMaterialsDialog(w, w.desk, c, [Path("吊顶.jpg")]),
}

OWN_BUTTONS = ("Wizard", "IntakeDialog")
"""The wizard leads on by steps (tested with it); a ledger is never taken in by a mere Enter."""


@pytest.fixture
def case(desk: Desk, case: Case) -> Case:
    """With all its parts."""
    return reload(desk, case)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, folder: Folder, case: Case) -> Window:
    made = put_up(qtbot, Window(desk, folder.path, practice=False), 1176, 700)
    made.open_case(case.id)
    return made


@pytest.fixture(params=DIALOGS)
def dialog(request: pytest.FixtureRequest, qtbot: QtBot, window: Window, case: Case) -> QDialog:
    made = DIALOGS[request.param](window, case)
    qtbot.addWidget(made, before_close_func=lambda _made: made.done(0))
    made.show()
    return made


def test_every_page_is_named(window: Window) -> None:
    for page in (
        window.cases,
        window.case,
        window.figures,
        window.office_papers,
        window.carry,
        window.settings,
    ):
        assert unnamed(page) == [], type(page).__name__


def test_every_dialog_is_named(dialog: QDialog) -> None:
    assert unnamed(dialog) == []


@pytest.mark.parametrize("dialog", [name for name in DIALOGS if name not in OWN_BUTTONS], indirect=True)
def test_enter_does_it_but_never_from_words_of_several_lines(dialog: QDialog, qtbot: QtBot) -> None:
    assert isinstance(dialog, FormDialog)
    done: list[bool] = []
    dialog.main.clicked.disconnect()
    dialog.main.clicked.connect(lambda _on: done.append(True))
    dialog.main.setEnabled(True)
    for box in dialog.findChildren(QPlainTextEdit):
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert not done
    lines = [w for w in dialog.findChildren(QWidget) if w.inherits("QLineEdit") and w.isVisibleTo(dialog)]
    assert lines
    lines[0].setFocus()
    QTest.keyClick(lines[0], Qt.Key.Key_Return)
    assert done == [True]


def test_enter_ends_a_word_being_composed_and_nothing_else(window: Window, qtbot: QtBot) -> None:
    dialog = put_up(qtbot, RepresentativeDialog(window.case.parties, window.desk, None, True))
    name = dialog.form.editors["name"].widget
    QApplication.sendEvent(name, QInputMethodEvent("wang", []))
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    done = QInputMethodEvent("", [])
    done.setCommitString("王")
    QApplication.sendEvent(name, done)
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.values["name"] == "王"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_calendar_opens_and_chooses_by_keys(window: Window, case: Case, qtbot: QtBot) -> None:
    dialog = put_up(qtbot, ExtendDialog(window, window.desk, case))
    dialog.activateWindow()
    box: Any = dialog.until.widget
    box.setText("2026-10-01")
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    QTest.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = box.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.activated.emit(calendar.selectedDate().addDays(1))
    assert box.text() == "2026-10-02"
    dialog.done(0)


def test_words_grow_with_the_letters_of_the_desktop(qtbot: QtBot) -> None:
    from mediator.ui import style

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    font, sheet, before = app.font(), app.styleSheet(), style.icon_size()
    larger = app.font()
    larger.setPointSize(18)
    app.setFont(larger)
    try:
        style.dress(app, font.families() or [font.family()])
        assert app.font().pointSize() == 18
        assert "font-size: 25pt" in app.styleSheet()
        assert style.icon_size().width() > before.width()
    finally:
        app.setFont(font)
        app.setStyleSheet(sheet)


def test_a_ledger_is_not_taken_in_by_a_mere_enter(window: Window, case: Case, qtbot: QtBot) -> None:
    dialog = put_up(qtbot, DIALOGS["IntakeDialog"](window, case))
    assert not [button for button in dialog.findChildren(QPushButton) if button.isDefault()]
