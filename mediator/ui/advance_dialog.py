"""Taking a step (办理下一步): the day, the result where there is one to choose, the reason where one is asked for."""

from datetime import date

from PySide6.QtWidgets import QWidget

from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.records import Event
from mediator.domain.stages import Move
from mediator.services import cases, progress
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, editor
from mediator.ui.form_dialog import FormDialog, reason_box
from mediator.ui.parts import label, named


class AdvanceDialog(FormDialog):
    """One step of one case; closes only when the step was taken."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case, move: Move) -> None:
        super().__init__(parent, move.label)
        self.desk, self.case, self.move_ = desk, case, move
        self.day = editor(field_of(Event.on))
        self.day.show(desk.today)
        self.outcome = Choice()
        self.outcome.offer("请选择", None)
        for entry in move.outcomes:
            self.outcome.offer(entry.label, entry)
        self.reason = reason_box()
        self.fill(
            label(f"{case.number}：{move.label}", "section", wrap=True),
            label(move.basis, "quiet", wrap=True),
            *named("日期", self.day.widget),
            *(named("调解结果", self.outcome) if move.outcomes else ()),
            *(named("原因", self.reason) if move.reason(case) else ()),
            does=move.label, act=self._take,
        )  # fmt: skip
        (self.outcome if move.outcomes else self.day.widget).setFocus()

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
