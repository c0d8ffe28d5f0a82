"""What audit entries are looked for by: who, what, when, which case."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape
from mediator.services.entries import Wanted
from mediator.ui.editors import Choice, Editor, editor
from mediator.ui.flow import FlowLayout
from mediator.ui.line_edit import LineEdit
from mediator.ui.parts import beside

_PAUSE_MS = 300


class AuditFilters(QWidget):
    """The boxes at the head of the list."""

    changed = Signal()
    """Something else is asked for; with a pause while words are typed."""

    def __init__(self) -> None:
        super().__init__()
        self.by, self.action = Choice(), Choice()
        self.since = editor(Field("日期从", Shape.DAY, "这一天和以后的。"))
        self.until = editor(Field("日期到", Shape.DAY, "这一天和以前的。"))
        self.number = LineEdit()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._lay_out()
        for box in (self.by, self.action):
            box.activated.connect(lambda _index: self.changed.emit())
        for made in (self.since, self.until):
            made.edited.connect(self._pause.start)
        self.number.textChanged.connect(lambda _text: self._pause.start())

    def wanted(self) -> Wanted:
        """What is asked for."""
        self._pause.stop()
        days = _day(self.since), _day(self.until)
        return Wanted(self.by.chosen() or "", self.action.chosen(), *days, self.number.text())

    def offer_people(self, names: Iterable[str]) -> None:
        """Offer those who did anything; who is chosen stays so."""
        chosen = self.by.chosen()
        self.by.clear_offers()
        self.by.offer("全部人员", "")
        for name in names:
            self.by.offer(name, name)
        self.by.choose(chosen)

    def _lay_out(self) -> None:
        self.action.offer("全部操作", None)
        for action in Action.offered():
            self.action.offer(action.label, action)
        self.number.setPlaceholderText("几个字即可")
        self.number.setFixedWidth(self.fontMetrics().horizontalAdvance("永") * 8)
        for made in (self.since, self.until):
            made.widget.setFixedWidth(self.fontMetrics().horizontalAdvance("例如 2026-03-05") + 64)
        self.setLayout(
            FlowLayout(
                beside("经手人", self.by), beside("操作", self.action), beside("日期从", self.since.widget),
                beside("到", self.until.widget, "日期到"), beside("卷号", self.number),
            )
        )  # fmt: skip


def _day(made: Editor) -> date | None:
    """The day typed, with the field marked where it cannot be read."""
    try:
        value = made.field.read(made.raw())
    except Refusal as refusal:
        made.mark(str(refusal))
        return None
    made.mark("")
    return value if isinstance(value, date) else None
