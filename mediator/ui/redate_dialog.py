"""更正日期: the day on which a stage was reached, put right with a reason."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import SETTLED, UNSETTLED, Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.records import Event
from mediator.domain.stages import DAYS
from mediator.services import cases, progress
from mediator.ui import tell
from mediator.ui.boxes_dialog import Box, BoxesDialog
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, editor
from mediator.ui.form_dialog import reason_box
from mediator.ui.forms import Beside
from mediator.ui.merge_dialog import Raw, merged
from mediator.ui.parts import named

_ENDS = {Stage.SETTLED: SETTLED, Stage.UNSETTLED: UNSETTLED}


class RedateDialog(BoxesDialog):
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
        self.was = {attribute.key: getattr(case, attribute.key) for attribute in DAYS.values()}
        """The days the person saw."""
        boxes: dict[str, Box] = {"which": self.which, "on": self.on, "reason": self.reason}
        stood = Beside(lambda: dict(self.was), lambda: None, self._put_back)
        self.keep_boxes(desk, f"case:{case.id}/redate", boxes, stood=stood)
        self.fill(
            *named("哪一个日期", self.which), *named("应为", self.on.widget), *named("原因", self.reason),
            does="更正", act=self._save,
        )  # fmt: skip

    def _put_back(self, raw: Mapping[str, object], _seen: object) -> None:
        self.was = {
            attribute.key: field_of(attribute).read(raw.get(attribute.key)) for attribute in DAYS.values()
        }

    def _save(self) -> None:
        with tell.refusals(self):
            on, stage = self.on.field.read(self.on.raw()), self.which.chosen()
            if not isinstance(on, date) or stage is None:
                raise Refusal("请选择要更正的日期，并填写正确的日期。")
            merged(self, {DAYS[stage].key: on}, self.was, partial(self._put, stage))
            self.accept()

    def _put(self, stage: Stage, raw: Raw, was: Raw | None) -> None:
        on, reason = raw.get(DAYS[stage].key), self.reason.toPlainText()
        if not isinstance(on, date):
            return  # what another made of it is to stand

        def verb(session: Session) -> None:
            self.drop_in(session)
            progress.redate(
                session, cases.load(session, self.case.id), stage, on,
                by=self.desk.who, reason=reason, today=self.desk.today, was=was,
            )  # fmt: skip

        self.desk.do(verb)


def _reached(case: Case, stage: Stage) -> bool:
    """Of the two ways mediation can end, the one the case took."""
    return stage not in (Stage.SETTLED, Stage.UNSETTLED) or case.outcome in _ENDS[stage]
