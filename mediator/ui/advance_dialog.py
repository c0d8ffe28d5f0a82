"""Taking a step (办理下一步): the day, the result where there is one to choose, the reason where one is asked for."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.records import Event
from mediator.domain.stages import Move
from mediator.services import cases, completeness, progress
from mediator.ui import tell
from mediator.ui.boxes_dialog import Box, BoxesDialog
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, editor
from mediator.ui.form_dialog import reason_box
from mediator.ui.parts import label, named
from mediator.ui.words_list import WordsList


class AdvanceDialog(BoxesDialog):
    """One step of one case; closes only when the step was taken.

    Before a file is archived, what it still lacks is listed; it can be archived all the same.
    """

    def __init__(self, parent: QWidget | None, desk: Desk, case: Case, move: Move) -> None:
        super().__init__(parent, move.label)
        self.desk, self.case, self.move_ = desk, case, move
        self.day = editor(field_of(Event.on))
        self.day.show(desk.today)
        self.outcome = Choice()
        self.outcome.offer("请选择", None)
        for entry in move.outcomes:
            self.outcome.offer(entry.label, entry)
        self.reason = reason_box()
        boxes: dict[str, Box] = {"on": self.day}
        boxes |= {"outcome": self.outcome} if move.outcomes else {}
        boxes |= {"reason": self.reason} if move.reason(case) else {}
        self.keep_boxes(desk, f"case:{case.id}/step:{move.to.value}", boxes)
        self.lacking = self._lacking()
        self.known = QCheckBox("我已知道，仍要归档")
        self.fill(
            label(f"{case.number}：{move.label}", "section", wrap=True),
            label(move.basis, "quiet", wrap=True),
            *named("日期", self.day.widget),
            *(named("调解结果", self.outcome) if move.outcomes else ()),
            *(named("原因", self.reason) if move.reason(case) else ()),
            *(self._warnings() if self.lacking else ()),
            does=move.label, act=self._take,
        )  # fmt: skip
        if self.lacking:
            self.main.setEnabled(False)
            self.known.toggled.connect(self.main.setEnabled)
        (self.outcome if move.outcomes else self.day.widget).setFocus()

    def _lacking(self) -> list[str]:
        """What the file lacks, where it is to be archived."""
        if self.move_.to is not Stage.ARCHIVED:
            return []
        return self.desk.read(lambda s: completeness.check(s, cases.load(s, self.case.id)))

    def _warnings(self) -> tuple[QWidget, ...]:
        words = f"卷宗还有 {len(self.lacking)} 处不齐"
        shown = WordsList(words)
        shown.addItems(self.lacking)
        shown.setMinimumHeight(shown.fontMetrics().height() * min(3 * len(self.lacking), 9))
        return label(words, "warning"), shown, self.known

    def _take(self) -> None:
        with tell.refusals(self):
            on = self.day.field.read(self.day.raw())
            if not isinstance(on, date):
                raise Refusal("请填写日期。")
            self.desk.do(lambda s: self._put(s, on))
            self.accept()

    def _put(self, session: Session, on: date) -> None:
        self.drop_in(session)
        progress.advance(
            session, cases.load(session, self.case.id), self.move_.to, by=self.desk.who, on=on,
            today=self.desk.today, outcome=self.outcome.chosen(), reason=self.reason.toPlainText(),
            seen=self.move_.start,
        )  # fmt: skip
