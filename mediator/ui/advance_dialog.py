"""Taking a step (办理下一步): the day, the result where there is one to choose, the reason where one is asked for."""

from datetime import date

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.records import Event
from mediator.domain.stages import Move
from mediator.services import cases, progress
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, editor
from mediator.ui.parts import button, column, label, row


class AdvanceDialog(QDialog):
    """One step of one case; closes only when the step was taken."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case, move: Move) -> None:
        super().__init__(parent)
        self.desk, self.case, self.move_ = desk, case, move
        self.setWindowTitle(move.label)
        self.setMinimumWidth(560)
        self.day = editor(field_of(Event.on))
        self.day.show(desk.today)
        self.outcome = Choice()
        self.outcome.setAccessibleName("调解结果")
        self.outcome.offer("请选择", None)
        for entry in move.outcomes:
            self.outcome.offer(entry.label, entry)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName("原因")
        self.reason.setMaximumHeight(110)
        basis = label(move.basis, "quiet", wrap=True)
        self.setLayout(
            column(
                label(f"{case.number}:{move.label}", "section"),
                basis,
                *self._named("日期", self.day.widget),
                *(self._named("调解结果", self.outcome) if move.outcomes else ()),
                *(self._named("原因", self.reason) if move.reason(case) else ()),
                row(1, button("取消", self.reject), button(move.label, self._take, role="main")),
                margins=20,
            )
        )

    def _named(self, words: str, widget: QWidget) -> tuple[QWidget, QWidget]:
        caption = label(words)
        caption.setBuddy(widget)
        return caption, widget

    def _take(self) -> None:
        with tell.refusals(self):
            on = self.day.field.read(self.day.raw())
            if not isinstance(on, date):
                raise Refusal("请填写日期。")
            self.desk.do(
                lambda s: progress.advance(
                    s, cases.load(s, self.case.id), self.move_.to, by=self.desk.who, on=on,
                    today=self.desk.today, outcome=self.outcome.chosen(), reason=self.reason.toPlainText(),
                )
            )  # fmt: skip
            self.accept()
