"""Driving screens as a person does: dialogs answered as they come up, buttons pressed, names looked for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pypdfium2
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Role, Stage
from mediator.services import agreements, cases, documents, offices, parts, progress
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.forms import FormPane

TODAY = date(2026, 11, 21)
BY = "陈志华"
LOOK_AGAIN_MS = 20
Screen = TypeVar("Screen", bound=QWidget)
awaited: list[Callable[[], None]] = []
"""What looks out for dialogs that have not come up yet; what is taken off looks no more."""


class StillDesk(Desk):
    """A desk whose day is always the same."""

    @property
    def today(self) -> date:
        return TODAY


class Modals(QObject):
    """Answers whatever modal dialog comes up, so that no test can hang; message boxes are read and closed.

    One that is at work in the background is left alone until it is done.
    """

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.acts: list[Callable[[Any], object]] = []
        self.answers: list[str] = []
        """Words of the buttons to press in the next message boxes; without any they are just closed."""
        self.timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self.timer.timeout.connect(self._look)
        self.timer.start()

    def choose(self, path: Path) -> None:
        """Choose a path in the next file dialog."""

        def act(dialog: QFileDialog) -> None:
            edit = dialog.findChild(QLineEdit, "fileNameEdit")
            assert isinstance(edit, QLineEdit)
            edit.setText(str(path))
            dialog.accept()

        self.acts.append(act)

    def cancel(self) -> None:
        """Leave the next dialog."""
        self.acts.append(lambda dialog: dialog.reject())

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.said += _message(box)
            press(box, self.answers.pop(0)) if self.answers else box.done(0)
        elif isinstance(box, QDialog) and not _works(box):
            act = self.acts.pop(0) if self.acts else self._unexpected
            try:
                act(box)
            finally:
                if box.isVisible() and not _works(box):
                    box.done(0)

    def _unexpected(self, box: QDialog) -> None:
        self.said.append(f"unexpected dialog {box.windowTitle()}")


def _works(dialog: QDialog) -> bool:
    """Whether a dialog is at work, and closes by itself."""
    return bool(getattr(dialog, "working", False))


def colleague(engine: Engine, name: str, role: Role = Role.MEDIATOR) -> str:
    """Let somebody else work in a role; past the history, so that it holds no more than what a test does. Their name."""
    with Session(engine) as session, session.begin():
        offices.person(session, name).held = frozenset({role})
    return name


def put_up(qtbot: QtBot, screen: Screen, width: int = 0, height: int = 0) -> Screen:
    """A screen shown, as large as this in pixels or as it likes to be; it goes away with the test."""
    qtbot.addWidget(screen)
    if width:
        screen.resize(width, height)
    screen.show()
    return screen


def answer(act: Callable[[Any], object] = lambda box: None) -> list[str]:
    """Act on the next modal dialog; the list fills with the words of a message. What is left open is closed."""
    return _meet(QDialog, act, _message)


def when(kind: type[QDialog], act: Callable[[Any], object] = lambda box: None) -> list[str]:
    """Act on the next modal dialog of a kind, whatever comes up first; the list fills with its words or title."""
    return _meet(kind, act, lambda box: _message(box) or [box.windowTitle()])


def read_message() -> list[str]:
    """Close the next message box, also one over another dialog; the list fills with the words it showed."""
    return when(QMessageBox)


def press_in_box(words: str) -> None:
    """Press a button of the next message box."""
    when(QMessageBox, lambda box: press(box, words))


def _meet(
    kind: type[QDialog], act: Callable[[Any], object], words: Callable[[QDialog], list[str]]
) -> list[str]:
    seen: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if look not in awaited:
            return
        if not isinstance(box, kind):
            QTimer.singleShot(LOOK_AGAIN_MS, look)
            return
        awaited.remove(look)
        seen.extend(words(box))
        try:
            act(box)
        finally:
            if box.isVisible():
                box.done(0)

    awaited.append(look)
    QTimer.singleShot(0, look)
    return seen


def _message(box: QDialog) -> list[str]:
    return [box.text() + box.informativeText()] if isinstance(box, QMessageBox) else []


def type_in(form: FormPane, **typed: Any) -> None:
    """Type into the fields of a form, or choose in them."""
    for key, value in typed.items():
        widget = form.editors[key].widget
        if isinstance(widget, Choice):
            widget.choose(value)
        elif isinstance(widget, QPlainTextEdit):
            widget.setPlainText(value)
        else:
            assert isinstance(widget, QLineEdit)
            widget.setText(value)


def press(parent: QWidget, words: str) -> None:
    """Press the button with these words."""
    QApplication.processEvents()
    found = [b for b in parent.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(parent)]
    assert found, f"no button {words}"
    assert found[0].isEnabled(), f"button {words} is off"
    found[0].click()


def choose_in(box: QComboBox, words: str) -> None:
    """Choose an entry of a list with the keyboard."""
    number = box.findText(words)
    assert number > 0, f"no entry {words}"
    box.setCurrentIndex(number - 1)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == words


def unnamed(screen: QWidget) -> list[str]:
    """The controls of a screen without a name for screen readers, and those to choose or type in without a caption."""
    captioned = {found.buddy() for found in screen.findChildren(QLabel)}
    wrong = []
    for control in screen.findChildren(QWidget):
        inner = isinstance(control.parent(), QComboBox)
        if isinstance(control, QPushButton) and not (control.text() or control.accessibleName()):
            wrong.append(f"button {control.objectName()}")
        if isinstance(control, QLineEdit | QComboBox | QListWidget | QTableView) and not inner:
            if not control.accessibleName():
                wrong.append(f"{type(control).__name__} without a name")
            if isinstance(control, QLineEdit | QComboBox) and control not in captioned:
                wrong.append(f"{control.accessibleName()} without a caption")
    return wrong


def needed_width(screen: QWidget) -> int:
    """The least width at which nothing on a screen is cut off, in pixels: what scrolls does so only downwards."""
    inner = [area.widget() for area in screen.findChildren(QScrollArea)]
    return max([screen.minimumSizeHint().width(), *(w.minimumSizeHint().width() for w in inner)])


def settle(desk: Desk, name: str, day: str, outcome: Outcome | None, kind: str = "neighbour") -> Case:
    """A case accepted on a day and ended on it with an outcome; without one it is still being mediated."""

    def verb(session: Any) -> Case:
        sides = [{"side": "applicant", "name": name}, {"side": "respondent", "name": "滨江物业服务有限公司"}]
        raw = {"registered_on": day, "kind": kind, "summary": "楼上漏水。", "parties": sides}
        case = documents.register(session, raw, by=BY, today=TODAY)
        parts.put(session, case, "assignments", {"staff": BY, "duty": "lead"}, by=BY)
        parts.put(session, case, "sessions", {"held_at": f"{day}T14:00", "record": "谈过。"}, by=BY)
        if outcome and outcome.settled:
            item = {"kind": "money", "debtor": "respondent", "creditor": "applicant", "amount": "1.5万"}
            agreements.put(session, case, {"items": [item]}, by=BY)
        road = [Stage.ACCEPTED, Stage.INFORMED, Stage.ASSIGNED, Stage.MEDIATING]
        if outcome:
            road.append(Stage.SETTLED if outcome.settled else Stage.UNSETTLED)
        on = date.fromisoformat(day)
        for stage in road:
            chosen = outcome if stage in (Stage.SETTLED, Stage.UNSETTLED) else None
            progress.advance(
                session,
                case,
                stage,
                by=BY,
                on=on,
                today=TODAY,
                outcome=chosen,
                reason="谈不拢" if chosen else "",
            )
        return case

    return desk.do(verb)


def reload(desk: Desk, case: Case) -> Case:
    """The case as it is stored now."""
    return desk.read(lambda s: cases.load(s, case.id))


def amend(desk: Desk, case: Case, summary: str) -> None:
    """Tell the facts of a case otherwise."""
    desk.do(lambda s: cases.amend(s, cases.load(s, case.id), {"summary": summary}, by=BY))


def words_of(pdf: bytes) -> str:
    """All that a PDF says, without spaces and line ends."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    finally:
        document.close()
    return "".join("".join(pages).split())


def words_in(pdf: bytes, *words: str) -> bool:
    """Whether a PDF says all of this, blanks left aside."""
    plain = words_of(pdf)
    return all("".join(word.split()) in plain for word in words)
