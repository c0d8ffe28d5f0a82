"""Which table for which period (统计表和报告期): the same choice wherever figures are counted, carried or summed."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape
from mediator.tallies.register import TABLES, by_code
from mediator.tallies.table import Table
from mediator.tallies.tally import check_period
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, Editor, editor
from mediator.ui.flow import FlowLayout
from mediator.ui.parts import button, label, row
from mediator.ui.periods import PERIODS, Period
from mediator.ui.style import ACCENT, ACCENT_PALE

Report = tuple[Table, date, date]

_SHEET = f"""
QPushButton {{ padding: 6px 10px; }}
QPushButton:focus {{ padding: 5px 9px; }}
QPushButton:checked {{ background: {ACCENT_PALE}; border: 2px solid {ACCENT}; padding: 5px 9px; font-weight: 600; }}
"""


class ReportPane(QWidget):
    """A table and a period to choose; the last whole month to begin with."""

    entered = Signal()
    """Enter was pressed in a day field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tables = Choice()
        self.tables.setAccessibleName("统计表")
        for table in TABLES:
            self.tables.addItem(table.title, table.code)
        self.since = editor(Field("开始日期", Shape.DAY, "报告期的第一天，算在内。"))
        self.until = editor(Field("结束日期", Shape.DAY, "报告期的最后一天，算在内。"))
        self.quick = {words: self._quick_button(words) for words in PERIODS}
        self._lay_out()
        for made in (self.since, self.until):
            made.edited.connect(self._edited)
            assert isinstance(made.widget, QLineEdit)
            made.widget.returnPressed.connect(self.entered)
        self.quick["上月"].click()

    def report(self) -> Report:
        """The table and the period chosen; Refusal, with the field marked, if a day is wrong or missing."""
        since, until = self._day(self.since), self._day(self.until)
        try:
            check_period(since, until)
        except Refusal as refusal:
            self.since.mark(str(refusal))
            raise
        return by_code(self.tables.currentData()), since, until

    def choose(self, table: str, since: date, until: date) -> None:
        """Choose the table with a code, and a period."""
        self.tables.setCurrentIndex(self.tables.findData(table))
        self._put((since, until))

    def _quick_button(self, words: str) -> QPushButton:
        made = button(words, partial(self._take, words), tip=f"报告期选{words}")
        made.setAccessibleName(f"报告期：{words}")
        made.setCheckable(True)
        made.setStyleSheet(_SHEET)
        return made

    def _lay_out(self) -> None:
        quick = QWidget()
        quick.setLayout(row(*self.quick.values(), gap=6))
        letter = self.fontMetrics().horizontalAdvance("0")
        for made in (self.since, self.until):
            made.widget.setMinimumWidth(letter * 11 + 56)
        first = _beside(_caption("统计表：", self.tables), self.tables)
        days = _beside(
            _caption("从", self.since.widget), self.since.widget,
            _caption("到", self.until.widget), self.until.widget,
        )  # fmt: skip
        second = _beside(label("报告期："), quick)
        self.setLayout(FlowLayout(first, second, days, gap=10))

    def _take(self, words: str) -> None:
        self._put(PERIODS[words](self.desk.today))

    def _put(self, period: Period) -> None:
        for made, day in zip((self.since, self.until), period, strict=True):
            made.show(day)
        self._edited()

    def _edited(self) -> None:
        for made in (self.since, self.until):
            made.mark("")
        typed = self.since.raw(), self.until.raw()
        for words, period in PERIODS.items():
            self.quick[words].setChecked(typed == tuple(day.isoformat() for day in period(self.desk.today)))

    def _day(self, made: Editor) -> date:
        try:
            value = made.field.read(made.raw())
            if not isinstance(value, date):
                raise Refusal(f"请填写{made.field.label}，例如 {self.desk.today}。")
        except Refusal as refusal:
            made.mark(str(refusal))
            made.widget.setFocus()
            raise
        return value


def _caption(words: str, buddy: QWidget) -> QLabel:
    made = label(words)
    made.setBuddy(buddy)
    return made


def _beside(*things: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(*things, gap=8))
    return holder
