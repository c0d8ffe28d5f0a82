"""延期: a later time limit, by consent of the parties."""

from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from mediator.domain.calendar import months_later
from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.services import cases, progress
from mediator.ui import tell
from mediator.ui.boxes_dialog import Box, BoxesDialog
from mediator.ui.desk import Desk
from mediator.ui.editors import editor
from mediator.ui.form_dialog import reason_box
from mediator.ui.forms import Beside
from mediator.ui.merge_dialog import Raw, merged
from mediator.ui.parts import label, named


class ExtendDialog(BoxesDialog):
    """Put off the time limit of one case."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case) -> None:
        super().__init__(parent, "延期")
        self.desk, self.case = desk, case
        self.until = editor(field_of(Case.due_on))
        self.until.show(months_later(case.due_on or desk.today, 1))
        self.reason = reason_box()
        self.was = {Case.due_on.key: case.due_on}
        """The time limit the person saw."""
        boxes: dict[str, Box] = {"until": self.until, "reason": self.reason}
        stood = Beside(lambda: self.was[Case.due_on.key], lambda: None, self._put_back)
        self.keep_boxes(desk, f"case:{case.id}/extend", boxes, stood=stood)
        self.fill(
            label(f"现在的调解期限是 {case.due_on}", "section"),
            label("双方同意才可以延长（人民调解工作若干规定第三十三条）。", "quiet", wrap=True),
            *named("延长到", self.until.widget),
            *named("原因，和各方是否同意", self.reason),
            does="延期", act=self._save,
        )  # fmt: skip

    def _put_back(self, raw: object, _seen: object) -> None:
        on = field_of(Case.due_on).read(raw)
        self.was = {Case.due_on.key: on if isinstance(on, date) else None}

    def _save(self) -> None:
        with tell.refusals(self):
            until = self.until.field.read(self.until.raw())
            if not isinstance(until, date):
                raise Refusal("请填写延长到哪一天。")
            merged(self, {Case.due_on.key: until}, self.was, self._put)
            self.accept()

    def _put(self, raw: Raw, was: Raw | None) -> None:
        until, reason = raw.get(Case.due_on.key), self.reason.toPlainText()
        if not isinstance(until, date):
            return  # what another made of it is to stand

        def verb(session: Session) -> None:
            self.drop_in(session)
            case = cases.load(session, self.case.id)
            progress.extend(session, case, until, by=self.desk.who, reason=reason, was=was)

        self.desk.do(verb)
