"""更正日期: the day on which a stage was reached, put right with a reason."""

from datetime import date

from PySide6.QtWidgets import QWidget

from mediator.domain.case import Case
from mediator.domain.codes import SETTLED, UNSETTLED, Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.records import Event
from mediator.domain.stages import DAYS
from mediator.services import cases, progress
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, editor
from mediator.ui.form_dialog import FormDialog, reason_box
from mediator.ui.parts import named

_ENDS = {Stage.SETTLED: SETTLED, Stage.UNSETTLED: UNSETTLED}


class RedateDialog(FormDialog):
    """Which day, what it should be, and why."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case) -> None:
        super().__init__(parent, "更正日期")
        self.desk, self.case = desk, case
        self.which = Choice()
        for stage, attribute in DAYS.items():
            day = getattr(case, attribute.key)
            if day is not None and _reached(case, stage):
                self.which.offer(f"{field_of(attribute).label}（{day}）", stage)
        self.on = editor(field_of(Event.on))
        self.reason = reason_box()
        self.fill(
            *named("哪一个日期", self.which), *named("应为", self.on.widget), *named("原因", self.reason),
            does="更正", act=self._save,
        )  # fmt: skip

    def _save(self) -> None:
        with tell.refusals(self):
            on, stage = self.on.field.read(self.on.raw()), self.which.chosen()
            if not isinstance(on, date) or stage is None:
                raise Refusal("请选择要更正的日期，并填写正确的日期。")
            reason = self.reason.toPlainText()
            self.desk.do(
                lambda s: progress.redate(
                    s, cases.load(s, self.case.id), stage, on,
                    by=self.desk.who, reason=reason, today=self.desk.today,
                )
            )  # fmt: skip
            self.accept()


def _reached(case: Case, stage: Stage) -> bool:
    """Of the two ways mediation can end, the one the case took."""
    return stage not in (Stage.SETTLED, Stage.UNSETTLED) or case.outcome in _ENDS[stage]
