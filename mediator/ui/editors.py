"""One editor (输入框) a field, made from the field's declaration.

An editor gives what was typed, raw; the field itself reads it, so that the window, the command line and ledgers agree.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QLocale, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from mediator.domain.amounts import yuan
from mediator.domain.codes import Code
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape, Value
from mediator.ui.line_edit import ENTER, LineEdit
from mediator.ui.style import icon, repolish
from mediator.ui.text_edit import TextEdit

_SHORTEST = 9
"""Latin letters a list of a form has room for where the form is narrow."""
CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)


class Editor(QObject):
    """What stands on the screen for a field, how to take what was typed and how to show a value."""

    edited = Signal()

    def __init__(
        self, field: Field, widget: QWidget, raw: Callable[[], object], put: Callable[[Value], object]
    ) -> None:
        super().__init__(widget)
        self.field = field
        self.widget = widget
        self.raw = raw
        self._put = put
        widget.setAccessibleName(field.label)
        widget.setToolTip(field.help)

    def show(self, value: Value) -> None:
        """Show a stored value without calling it an edit."""
        blocked = self.blockSignals(True)
        self._put(value)
        self.blockSignals(blocked)
        self.mark("")

    def type(self, raw: object) -> None:
        """Put back what was typed, just as it was typed, whether it can be read or not."""
        box = self.widget
        if isinstance(box, QLineEdit):
            box.setText(str(raw))
        elif isinstance(box, QPlainTextEdit):
            box.setPlainText(str(raw))
        else:
            with suppress(Refusal):
                self._put(self.field.read(raw))

    def mark(self, wrong: str) -> None:
        """Mark the editor as wrong with a reason, or as right with none."""
        self.widget.setProperty("wrong", "true" if wrong else "false")
        repolish(self.widget)
        self.widget.setAccessibleDescription(wrong or self.field.help)

    def lock(self, on: bool) -> None:
        """Let the value only be read, words also selected, or be changed again."""
        if isinstance(self.widget, QLineEdit | QPlainTextEdit):
            self.widget.setReadOnly(on)
        else:
            self.widget.setEnabled(not on)
            self.widget.setProperty("locked", "true" if on else "false")
        repolish(self.widget)


def editor(field: Field) -> Editor:
    """The editor for a field."""
    return _MAKERS[field.shape](field)


def _words(value: Value) -> str:
    return "" if value is None else str(value)


def _line(field: Field, words: Callable[[Value], str] = _words, hint: str = "") -> Editor:
    box = LineEdit()
    box.setPlaceholderText(hint)
    if field.suggestions:
        completer = QCompleter(list(field.suggestions), box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.setCompleter(completer)

    def put(value: Value) -> None:
        box.setText(words(value))
        box.setCursorPosition(0)

    made = Editor(field, box, box.text, put)
    box.textChanged.connect(lambda _text: made.edited.emit())
    return made


def _fen(field: Field) -> Editor:
    return _line(
        field, lambda v: yuan(v).removesuffix(".00") if isinstance(v, int) else "", "元，例如 15000 或 1.5万"
    )


def _day(field: Field) -> Editor:
    made = _line(field, lambda v: v.isoformat() if isinstance(v, date) else "", "例如 2026-03-05")
    _offer_calendar(made, "yyyy-MM-dd")
    return made


def _moment(field: Field) -> Editor:
    made = _line(
        field,
        lambda v: v.strftime("%Y-%m-%d %H:%M") if isinstance(v, datetime) else "",
        "例如 2026-03-05 14:00",
    )
    _offer_calendar(made, "yyyy-MM-dd 09:00")
    return made


def _offer_calendar(made: Editor, form: str) -> None:
    box = made.widget
    assert isinstance(box, QLineEdit)
    action = box.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
    action.setToolTip("从日历上选（Alt+↓）")
    action.triggered.connect(lambda: _open_calendar(made, box, form))
    keys = QShortcut(QKeySequence("Alt+Down"), box, context=Qt.ShortcutContext.WidgetShortcut)
    keys.activated.connect(action.trigger)


def _open_calendar(made: Editor, box: QLineEdit, form: str) -> None:
    """Let a day be chosen under the line, or over it where there is no room under it."""
    if box.isReadOnly():
        return
    calendar = QCalendarWidget(box)
    calendar.setWindowFlags(Qt.WindowType.Popup)
    calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    calendar.setLocale(CHINESE)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    chosen = _day_typed(made)
    if chosen:
        calendar.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))

    def take(day: QDate) -> None:
        box.setText(day.toString(form))
        calendar.close()

    calendar.clicked.connect(take)
    calendar.activated.connect(take)
    room, size = box.screen().availableGeometry(), calendar.sizeHint()
    spot = box.mapToGlobal(QPoint(0, box.height()))
    if spot.y() + size.height() > room.bottom():
        spot.setY(max(room.top(), spot.y() - box.height() - size.height()))
    spot.setX(max(room.left(), min(spot.x(), room.right() - size.width())))
    calendar.move(spot)
    calendar.show()
    calendar.setFocus()


def _day_typed(made: Editor) -> date | None:
    try:
        value = made.field.read(made.raw())
    except Refusal:
        return None
    return value if isinstance(value, date) else None


def _text(field: Field) -> Editor:
    paper = TextEdit()
    paper.setMinimumHeight(paper.fontMetrics().lineSpacing() * (7 if field.most > 20_000 else 3) + 22)
    made = Editor(field, paper, paper.toPlainText, lambda value: paper.setPlainText(_words(value)))
    paper.textChanged.connect(made.edited)
    return made


def _flag(field: Field) -> Editor:
    box = QCheckBox(field.label)
    made = Editor(field, box, box.isChecked, lambda value: box.setChecked(bool(value)))
    box.toggled.connect(lambda _on: made.edited.emit())
    return made


class Choice(QComboBox):
    """A list to choose from: the wheel turns the page, not the choice, and Enter opens the list.

    Values are kept here, as Qt would turn the entries of code lists into bare text.
    """

    def __init__(self) -> None:
        super().__init__()
        self._values: list[object] = []
        self.setMaxVisibleItems(20)

    def allow_typing(self) -> None:
        """Let other words be typed than those offered."""
        self.setLineEdit(LineEdit())

    def offer(self, words: str, value: object) -> None:
        """Add an entry at the end."""
        self._values.append(value)
        self.addItem(words)

    def clear_offers(self) -> None:
        """Take every entry away."""
        self._values.clear()
        self.clear()

    def withhold(self, value: object) -> None:
        """Do not offer an entry here."""
        at = self._values.index(value)
        del self._values[at]
        self.removeItem(at)

    def chosen(self) -> Any:
        """The value chosen."""
        return self._values[self.currentIndex()] if self._values else None

    def choose(self, value: object) -> None:
        """Choose a value; the first entry if it is not offered."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def choose_code(self, raw: object) -> None:
        """Choose by what a draft holds of a value: the code of an entry; nothing is chosen anew if it is not offered."""
        for value in self._values:
            if (value.value if isinstance(value, Code) else "" if value is None else value) == raw:
                self.choose(value)

    def offers(self, value: object) -> bool:
        """Whether the value can be chosen."""
        return value in self._values

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list on Enter, as on a space."""
        if event.key() in ENTER and not self.isEditable():
            self.showPopup()
        else:
            super().keyPressEvent(event)


def _code(field: Field) -> Editor:
    box = Choice()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_SHORTEST)
    assert field.codes is not None
    box.offer("（未选）", None)
    for entry in field.codes.offered():
        box.offer(entry.label, entry)

    def put(value: Value) -> None:
        if isinstance(value, Code) and not box.offers(value):
            box.offer(value.label, value)  # since retired, but it stands here
        box.choose(value)

    made = Editor(field, box, box.chosen, put)
    box.currentIndexChanged.connect(lambda _index: made.edited.emit())
    return made


_MAKERS: dict[Shape, Callable[[Field], Editor]] = {
    Shape.LINE: _line, Shape.NAME: _line, Shape.COUNT: _line, Shape.TEXT: _text, Shape.DAY: _day,
    Shape.MOMENT: _moment, Shape.FEN: _fen, Shape.FLAG: _flag, Shape.CODE: _code,
}  # fmt: skip
