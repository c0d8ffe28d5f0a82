"""结账: what bars it is named, doubts are explained, and then the figures stand as they are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from mediator.domain import periods
from mediator.domain.figures import Closing
from mediator.services import draft_office, drafts
from mediator.tallies.checks import Judgement, Verdict
from mediator.ui import books
from mediator.ui.closing_dialog import ClosingDialog
from mediator.ui.desk import Desk
from mediator.ui.explain_pane import ExplainPane
from mediator.ui.fit import fit_content
from mediator.ui.parts import label, scrolled

_SAYS = "结账以后，这一期的数字和案件名单就定下来了。以后案件再改，这张表不变，改动另出更正单。"


class CloseDialog(ClosingDialog):
    """Closing one table for one period; ``zero`` says that nothing was counted (零报告).

    What is explained here stands ``beside`` the table too: there it is kept, also where the period is not closed now.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, code: str, title: str, period: tuple[date, date],
        checks: Sequence[Judgement], beside: ExplainPane, *, zero: bool,
    ) -> None:  # fmt: skip
        super().__init__(parent, desk, "结账")
        self.code, self.period = code, period
        failed = any(check.verdict is Verdict.FAILED for check in checks)
        doubtful = any(check.verdict is Verdict.DOUBTFUL for check in checks)
        self.doubts = ExplainPane()
        self.doubts.show_checks(checks, notes=beside.notes())
        for sentence, box in self.doubts.boxes.items():
            box.textChanged.connect(partial(beside.write, sentence))
        words = [label(f"{title}，{periods.days(*period)}", "section", wrap=True), label(_SAYS, wrap=True)]
        if zero:
            words.append(label("本期没有发生，这次结账是零报告，同样要签字盖章。", "warning", wrap=True))
        if failed:
            words.append(label("下面标“不符”的必须先改正有关案件，现在还不能结账：", "error", wrap=True))
        elif doubtful:
            words.append(label("下面几项请核实，逐条写明情况：", wrap=True))
        below = [scrolled(self.doubts)] if failed or doubtful else []
        self.fill(*words, *below, does="结账", act=self._close, leave="先不结")
        self.main.setEnabled(not failed)
        fit_content(self, 44)
        if self.doubts.boxes:
            next(iter(self.doubts.boxes.values())).setFocus()

    @property
    @override
    def dirty(self) -> bool:
        return False

    def _close(self) -> None:
        notes, now = self.doubts.notes(), books.moment(self.desk.today)
        self.enter(
            "正在结账……",
            lambda s: self._put(s, now, notes),
        )

    def _put(self, session: Session, now: datetime, notes: Mapping[str, str]) -> Closing:
        drafts.drop(session, draft_office.closing_place(self.code, *self.period))
        return books.close(session, self.code, *self.period, by=self.desk.who, now=now, notes=notes)
