"""延期: a later time limit, by consent of the parties."""

from datetime import date

from PySide6.QtWidgets import QWidget

from mediator.domain.calendar import months_later
from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.services import cases, progress
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.editors import editor
from mediator.ui.form_dialog import FormDialog, reason_box
from mediator.ui.parts import label, named


class ExtendDialog(FormDialog):
    """Put off the time limit of one case."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case) -> None:
        super().__init__(parent, "延期")
        self.desk, self.case = desk, case
        self.until = editor(field_of(Case.due_on))
        self.until.show(months_later(case.due_on or desk.today, 1))
        self.reason = reason_box()
        self.fill(
            label(f"现在的调解期限是 {case.due_on}", "section"),
            label("双方同意才可以延长（人民调解工作若干规定第三十三条）。", "quiet", wrap=True),
            *named("延长到", self.until.widget),
            *named("原因，和各方是否同意", self.reason),
            does="延期", act=self._save,
        )  # fmt: skip

    def _save(self) -> None:
        with tell.refusals(self):
            until = self.until.field.read(self.until.raw())
            if not isinstance(until, date):
                raise Refusal("请填写延长到哪一天。")
            reason = self.reason.toPlainText()
            self.desk.do(
                lambda s: progress.extend(
                    s, cases.load(s, self.case.id), until, by=self.desk.who, reason=reason
                )
            )
            self.accept()
