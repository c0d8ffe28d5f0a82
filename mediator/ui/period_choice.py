"""Which period (报告期): a month, quarter, half-year or year by the office's own days, or any days."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from mediator.domain import periods
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape
from mediator.domain.periods import Period, Span
from mediator.services import offices
from mediator.tallies.tally import check_period
from mediator.ui.desk import Desk
from mediator.ui.editors import Editor, editor
from mediator.ui.flow import FlowLayout
from mediator.ui.parts import button, label, row
from mediator.ui.periods import following, last_whole, span_of
from mediator.ui.style import ACCENT, ACCENT_PALE

CHECKED = f"""
QPushButton {{ padding: 6px 10px; }}
QPushButton:focus {{ padding: 5px 9px; }}
QPushButton:checked {{ background: {ACCENT_PALE}; border: 2px solid {ACCENT}; padding: 5px 9px; font-weight: 600; }}
"""
"""Small buttons of which one is chosen."""
_NAME = "2026年第四季度"
"""The name that needs most room."""


class PeriodPane(QWidget):
    """The last whole month to begin with; other things can stand before it and after it in the same lines."""

    entered = Signal()
    """Enter was pressed in a day field."""

    def __init__(
        self,
        desk: Desk,
        *,
        words: str = "报告期",
        before: Sequence[QWidget] = (),
        after: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.desk = desk
        self.cut_off = desk.read(offices.own).cut_off
        self.since = editor(Field("开始日期", Shape.DAY, f"{words}的第一天，算在内。"))
        self.until = editor(Field("结束日期", Shape.DAY, f"{words}的最后一天，算在内。"))
        self.spans = {span: self._span_button(words, span) for span in Span}
        self.name = label("", "section")
        self.name.setMinimumWidth(self.name.fontMetrics().horizontalAdvance(_NAME) + 8)
        self.back = button("上一期", partial(self._step, False), tip=f"往前一个{words}")
        self.on = button("下一期", partial(self._step, True), tip=f"往后一个{words}")
        self._lay_out(words, before, after)
        for made in (self.since, self.until):
            made.edited.connect(self._edited)
            assert isinstance(made.widget, QLineEdit)
            made.widget.returnPressed.connect(self.entered)
        self.take(Span.MONTH)

    def period(self) -> Period:
        """The period chosen; Refusal, with the field marked, if a day is wrong or missing."""
        since, until = self._day(self.since), self._day(self.until)
        try:
            check_period(since, until)
        except Refusal as refusal:
            self.since.mark(str(refusal))
            raise
        return since, until

    def take(self, span: Span) -> None:
        """Choose the last whole month, quarter, half-year or year."""
        self.choose(*last_whole(span, self.desk.today, self.cut_off))

    def choose(self, since: date, until: date) -> None:
        """Choose a period."""
        for made, day in ((self.since, since), (self.until, until)):
            made.show(day)
        self._edited()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the office where it has come to close its months on another day."""
        super().showEvent(event)
        cut_off = self.desk.read(offices.own).cut_off
        if cut_off != self.cut_off:
            span = next((span for span, made in self.spans.items() if made.isChecked()), None)
            self.cut_off = cut_off
            if span is not None:
                self.take(span)
            self._edited()

    def _span_button(self, words: str, span: Span) -> QPushButton:
        made = button(span.label, partial(self.take, span), tip=f"选上一个完整的{span.label}")
        made.setAccessibleName(f"{words}：{span.label}")
        made.setCheckable(True)
        made.setStyleSheet(CHECKED)
        return made

    def _lay_out(self, words: str, before: Sequence[QWidget], after: Sequence[QWidget]) -> None:
        letter = self.fontMetrics().horizontalAdvance("0")
        for made in (self.since, self.until):
            made.widget.setMinimumWidth(letter * 11 + 56)
        for each in (self.back, self.on):
            each.setStyleSheet(CHECKED)
        spans = _beside(label(f"{words}："), row(*self.spans.values(), gap=6))
        steps = _beside(self.back, self.on, self.name)
        days = _beside(
            _caption("从", self.since.widget), self.since.widget,
            _caption("到", self.until.widget), self.until.widget,
        )  # fmt: skip
        self.setLayout(FlowLayout(*before, spans, steps, days, *after, gap=10))

    def _step(self, on: bool) -> None:
        try:
            since, until = self.period()
            period = (following if on else periods.previous)(since, until, self.cut_off)
        except (Refusal, ValueError, OverflowError):
            return  # the days are marked, or lie at the end of the calendar
        self.choose(*period)

    def _edited(self) -> None:
        """Show what the days typed are called."""
        for made in (self.since, self.until):
            made.mark("")
        period = self._typed()
        span = span_of(*period, self.cut_off) if period else None
        for each, button_of in self.spans.items():
            button_of.setChecked(each is span)
        named = periods.name(*period, self.cut_off).partition("（")[0] if period else ""
        self.name.setText("自选日期" if "日" in named else named)

    def _typed(self) -> Period | None:
        """The period typed, if it is one."""
        try:
            since, until = (made.field.read(made.raw()) for made in (self.since, self.until))
        except Refusal:
            return None
        if isinstance(since, date) and isinstance(until, date) and since <= until:
            return since, until
        return None

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


def _beside(*things: QWidget | object) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(*things, gap=8))  # type: ignore[arg-type]
    return holder
