"""The lock: nothing to read while it is on, everything as it was afterwards, or a fresh window for somebody else."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic, time
from typing import Any

import pytest
from driving import BY, answer, settle, type_in
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action, Role
from mediator.services import accounts, offices, policy
from mediator.services.transaction import transaction
from mediator.store import keyfile
from mediator.store.folder import Folder
from mediator.ui.cover import Cover
from mediator.ui.desk import Desk
from mediator.ui.drafts_dialog import DraftsDialog
from mediator.ui.extend_dialog import ExtendDialog
from mediator.ui.lock_screen import BlankScreen, LockScreen
from mediator.ui.sealed import BreakGlassDialog
from mediator.ui.waiting import WaitingDialog
from mediator.ui.window import Window

MA, WORD = "马秀英·买买提", "xiu ying de mi ma 1"
PASSWORD = "滨江 practice 01"
CHILD = "周小满"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@pytest.fixture
def window(qtbot: QtBot, engine: Engine, folder: Folder) -> Iterator[Window]:
    with transaction(engine, BY) as session:
        accounts.add(session, folder.path, MA, WORD)
    made = Window(Desk(engine, BY), folder.path, practice=False)
    qtbot.addWidget(made, before_close_func=lambda w: setattr(w, "_may_leave", lambda: True))
    made.resize(1176, 700)
    made.show()
    yield made
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog):
            top.done(0)


def screen(window: Window) -> LockScreen:
    assert window.guard.locked is not None
    return window.guard.locked


def enter(window: Window, name: str, password: str) -> None:
    shown = screen(window)
    shown.list.setCurrentRow([who for _login, who in shown.users].index(name))
    shown.password.setText(password)
    shown.enter_button.click()


def covered(top: QWidget) -> bool:
    """Whether a sheet lies over the whole of it, on top."""
    return any(one.isVisible() and one.geometry() == top.rect() for one in top.findChildren(Cover))


def told(engine: Engine) -> list[tuple[str, Action, str]]:
    with Session(engine) as session:
        rows = session.scalars(select(Entry).order_by(Entry.id))
        passed = (Action.SAVED, Action.ACCOUNT, Action.CHECKED)
        return [(e.by, e.action, e.detail) for e in rows if e.action not in passed]


def test_while_it_is_locked_there_is_nothing_to_read(window: Window) -> None:
    window.guard.lock("手动")
    assert covered(window)
    shown = screen(window)
    assert shown.isVisible() and shown.isModal() and shown.geometry().contains(window.geometry())
    assert shown.users[shown.list.currentRow()][1] == BY
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    shown.close()
    window.resize(1000, 650)
    QApplication.processEvents()
    assert shown.isVisible() and covered(window)
    window.guard.lock("手动")
    assert screen(window) is shown


def test_who_comes_back_finds_what_was_typed(window: Window, engine: Engine) -> None:
    window.new_case()
    type_in(window.case.form, summary="填到一半")
    box = window.case.form.editors["summary"].widget
    box.setFocus()
    window.guard.lock("手动")
    enter(window, BY, "不对")
    assert "用户名或密码不对" in screen(window).words.text() and covered(window)
    enter(window, BY, PASSWORD)
    assert window.guard.locked is None and not covered(window)
    assert window.case.form.editors["summary"].raw() == "填到一半" and window.case.form.dirty
    assert told(engine)[:2] == [(BY, Action.LOCKED, "手动"), (BY, Action.UNLOCKED, "")]
    assert told(engine)[2][1] is Action.LOG_IN_FAILED and "chen 输错密码 1 次" in told(engine)[2][2]


def test_a_dialog_that_is_open_is_covered_and_comes_back(window: Window, qtbot: QtBot) -> None:
    case = settle(window.desk, "王𬎆", "2026-10-02", None)
    window.open_case(case.id)
    QApplication.processEvents()  # drafts are offered now or never
    dialog = ExtendDialog(window, window.desk, case)
    qtbot.addWidget(dialog, before_close_func=lambda d: d.done(0))
    seen: list[bool] = []

    def act() -> None:
        dialog.reason.setPlainText("对方出差")
        window.guard.lock("手动")
        seen.append(covered(dialog) and covered(window))
        enter(window, BY, PASSWORD)
        seen.append(not covered(dialog) and dialog.isVisible())
        seen.append(dialog.reason.toPlainText() == "对方出差")
        dialog.done(0)

    QTimer.singleShot(0, act)
    dialog.exec()
    assert seen == [True, True, True]


def test_another_person_goes_on_in_the_same_window(window: Window, engine: Engine, qtbot: QtBot) -> None:
    window.new_case()
    type_in(window.case.form, summary="这是别人填的")
    dialog = ExtendDialog(window, window.desk, settle(window.desk, "王𬎆", "2026-10-02", None))
    old = window.centralWidget()
    after: list[bool] = []

    def act() -> None:
        window.guard.lock("手动")
        enter(window, MA, WORD)

    QTimer.singleShot(0, act)
    began = monotonic()
    after.append(bool(dialog.exec()))
    qtbot.waitUntil(lambda: window.guard.locked is None)
    assert monotonic() - began < 3
    assert (window.desk.who, after) == (MA, [False])
    assert window.centralWidget() is not old and not covered(window) and not dialog.isVisible()
    assert window.pages.currentWidget() is window.cases and not window.case.form.dirty
    assert told(engine) == [
        (BY, Action.LOCKED, "手动"), (BY, Action.LOGGED_OUT, f"换成{MA}"), (MA, Action.LOGGED_IN, ""),
    ]  # fmt: skip
    assert not window.settings.people.account.reset_button.isEnabled()
    offered: list[str] = []

    def go_on(dialog: Any) -> None:
        assert isinstance(dialog, DraftsDialog)
        offered.extend(difference.typed for difference in dialog.found[0].differences)
        dialog.go_button.click()

    window.guard.lock("手动")
    enter(window, BY, PASSWORD)
    answer(go_on)
    qtbot.waitUntil(lambda: window.case.form.editors["summary"].raw() == "这是别人填的")
    assert offered == ["这是别人填的"] and window.pages.currentWidget() is window.case
    assert window.settings.people.add_button.isEnabled()


def test_while_something_is_being_made_nobody_else_goes_on(window: Window, qtbot: QtBot) -> None:
    let = Event()
    waiting = WaitingDialog("备份", "请稍候……", lambda _tell: let.wait(5))
    waiting.show()
    window.guard.lock("手动")
    enter(window, MA, WORD)
    assert "做完以前不能换人" in screen(window).words.text()
    enter(window, BY, PASSWORD)
    assert window.guard.locked is None and waiting.isVisible()
    let.set()
    qtbot.waitUntil(lambda: not waiting.isVisible())


def test_five_wrong_tries_and_a_restart(window: Window, engine: Engine, folder: Folder, qtbot: QtBot) -> None:
    window.guard.lock("手动")
    for _ in range(5):
        enter(window, MA, "不对")
    enter(window, MA, WORD)
    assert "请等 1 分钟" in screen(window).words.text()
    again = Window(Desk(engine, BY), folder.path, practice=False)
    qtbot.addWidget(again)
    again.show()
    again.guard.lock("手动")
    enter(again, MA, WORD)
    assert "请等 1 分钟" in screen(again).words.text()
    enter(again, BY, PASSWORD)
    assert again.guard.locked is None


def test_a_locked_window_is_closed_without_a_question(window: Window, engine: Engine) -> None:
    window.new_case()
    type_in(window.case.form, summary="填到一半")
    window.guard.lock("手动")
    window.close()
    assert not window.isVisible()
    assert told(engine)[-1][1] is Action.LOGGED_OUT


# The keys and the clock


def key(window: Window, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key that comes in from outside, as those of a keyboard do: into what lies on top."""
    handle = (QApplication.activeModalWidget() or window).windowHandle()
    QTest.keyClick(handle, pressed, held)


def test_ctrl_l_locks_and_f9_blanks(window: Window) -> None:
    key(window, Qt.Key.Key_F9)
    blank = window.guard.blank
    assert isinstance(blank, BlankScreen) and blank.isVisible() and covered(window)
    QTest.keyClick(blank, Qt.Key.Key_Escape)
    assert window.guard.blank is blank
    key(window, Qt.Key.Key_F9)
    assert window.guard.blank is None and not covered(window)
    key(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert screen(window).isVisible()
    key(window, Qt.Key.Key_F9)
    assert window.guard.blank is None and covered(window)


def test_nobody_there_for_too_long_locks(window: Window, engine: Engine) -> None:
    watch = window.guard.watch
    assert watch.minutes == 5
    watch.touched_at = time() - 4 * 60
    watch.look()
    assert window.guard.locked is None
    key(window, Qt.Key.Key_A)
    assert time() - watch.touched_at < 5
    watch.touched_at = time() + 9_999
    watch.look()
    assert window.guard.locked is None and time() - watch.touched_at < 5
    watch.touched_at = time() - 5 * 60
    watch.look()
    assert screen(window).isVisible()
    assert told(engine) == [(BY, Action.LOCKED, "久不操作")]


def test_a_blank_screen_becomes_a_locked_one_whatever_is_pressed(window: Window) -> None:
    key(window, Qt.Key.Key_F9)
    began = window.guard.watch.touched_at = time() - 299
    key(window, Qt.Key.Key_A)
    assert window.guard.watch.touched_at == began
    window.guard.watch.touched_at -= 2
    window.guard.watch.look()
    assert screen(window).isVisible() and window.guard.blank is None and covered(window)


def test_the_minutes_are_those_of_the_office(window: Window) -> None:
    window.settings.tabs.setCurrentWidget(window.settings.safety)
    type_in(window.settings.safety.form, lock_after="12")
    window.settings.safety.save()
    assert window.guard.watch.minutes == 12
    window.desk.do(lambda s: policy.amend(s, {"lock_after": "3"}))
    window.guard.read_rules()
    assert window.guard.watch.minutes == 3


def test_practice_does_not_lock_by_itself(qtbot: QtBot, engine: Engine, folder: Folder) -> None:
    made = Window(Desk(engine, BY), folder.path, practice=True)
    qtbot.addWidget(made)
    made.show()
    assert not made.badge.isVisible()
    made.guard.watch.touched_at = 0
    made.guard.watch.look()
    assert made.guard.locked is None
    made.guard.lock("手动")
    assert any("practice" in one.text() for one in screen(made).findChildren(type(screen(made).words)))


# Who may what


def as_(window: Window, engine: Engine, qtbot: QtBot, folder: Path, role: Role) -> Window:
    with transaction(engine, BY) as session:
        accounts.set_roles(session, folder, MA, frozenset({role}))
    made = Window(Desk(engine, MA), folder, practice=False)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("role", "grey", "first"), [
    (Role.MEDIATOR, {"报送与汇总"}, "cases"), (Role.LEADER, set(), "cases"),
    (Role.STATISTICIAN, {"案件", "工作文书"}, "figures"), (Role.RECEIVER, {"案件", "工作文书"}, "figures"),
    (Role.AUDITOR, {"案件", "工作文书", "报送与汇总"}, "figures"),
    (Role.ADMINISTRATOR, {"案件", "工作文书", "报送与汇总"}, "figures"),
])  # fmt: skip
def test_pages_that_are_not_theirs_are_grey(
    window: Window, engine: Engine, folder: Folder, qtbot: QtBot, role: Role, grey: set[str], first: str
) -> None:
    made = as_(window, engine, qtbot, folder.path, role)
    off = {one for one in made._nav.buttons() if not one.isEnabled()}
    assert {one.text() for one in off} == grey
    assert all(one.toolTip().startswith("您的账号不能") for one in off)
    assert made.pages.currentWidget() is getattr(made, first)
    tabs = made.carry.tabs
    assert tabs.isTabEnabled(1) is (role is Role.RECEIVER)
    assert tabs.isTabEnabled(0) is (role in (Role.LEADER, Role.STATISTICIAN))
    made.new_case()
    assert (made.pages.currentWidget() is made.case) is ("案件" not in grey)


def test_a_sensitive_case_asks_others_why(
    window: Window, engine: Engine, folder: Folder, qtbot: QtBot
) -> None:
    case = settle(window.desk, CHILD, "2026-10-02", None)
    window.open_case(case.id)
    assert not window.case.sensitive.isVisible()
    type_in(window.case.form, sensitivity=None)
    with transaction(engine, BY) as session:
        from mediator.services import cases

        cases.amend(session, cases.load(session, case.id), {"sensitivity": "minor"}, by=BY)
    made = as_(window, engine, qtbot, folder.path, Role.MEDIATOR)
    made.cases.stage.choose("全部阶段")
    assert [row.applicants for row in made.cases.model.rows] == ["【敏感案件】"]

    def give_up(dialog: Any) -> None:
        assert isinstance(dialog, BreakGlassDialog)
        dialog.reject()

    answer(give_up)
    made.open_case(case.id)
    assert made.pages.currentWidget() is made.cases

    def say_why(dialog: Any) -> None:
        dialog.reason.setPlainText("派出所来人核对住址，值班员不在")
        dialog.main.click()

    answer(say_why)
    made.open_case(case.id)
    assert made.pages.currentWidget() is made.case
    assert CHILD in made.case.name.text() and "敏感案件" in made.case.sensitive.words.text()
    with Session(engine) as session:
        kept = session.scalars(select(Entry).where(Entry.case_id == case.id, Entry.by == MA)).all()
        assert [entry.action for entry in kept] == [Action.OVERRODE, Action.VIEWED]


def test_a_minor_makes_it_proposed(window: Window) -> None:
    case = settle(window.desk, CHILD, "2026-10-02", None)
    with transaction(window.desk.engine, BY) as session:
        from mediator.services import parts
        from mediator.services.cases import load

        one = load(session, case.id)
        parts.put(session, one, "parties", {"birth_on": "2015-05-01"}, by=BY, row=one.parties[0].id)
    window.open_case(case.id)
    band = window.case.sensitive
    assert band.isVisible() and CHILD in band.words.text()
    band.accept_button.click()
    assert band.words.text().startswith("敏感案件：涉及未成年人")
    assert not band.accept_button.isVisible()


def test_lines_of_the_lock_screen_are_named(window: Window) -> None:
    window.guard.lock("手动")
    for box in (screen(window).list, screen(window).password):
        assert box.accessibleName()
    assert all(
        edit.echoMode() is QLineEdit.EchoMode.Password for edit in screen(window).findChildren(QLineEdit)
    )
    assert window.desk.read(offices.own).name
