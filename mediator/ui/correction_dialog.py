"""更正: why the figures of a closed period are other ones now; what is said here is printed on the slip (更正单)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from mediator.domain import periods
from mediator.domain.figures import Closing
from mediator.services.closing_chain import notes_of
from mediator.tallies.checks import Judgement, Verdict
from mediator.ui import books, screens
from mediator.ui.closing_dialog import ClosingDialog
from mediator.ui.desk import Desk
from mediator.ui.explain_pane import ExplainPane
from mediator.ui.fit import fit_content
from mediator.ui.forms import Beside, FormPane
from mediator.ui.parts import column, label, scrolled

_HOW = "原因印在更正单上，一般写一句就够；各项原因不同的，一行写一项，例如“调解成功：漏记一件口头协议”。"


class CorrectionDialog(ClosingDialog):
    """The reason, and an explanation of every doubt about the new figures."""

    def __init__(self, parent: QWidget, desk: Desk, closing: Closing, checks: Sequence[Judgement]) -> None:
        super().__init__(parent, desk, "出更正单")
        self.corrected = closing
        failed = any(check.verdict is Verdict.FAILED for check in checks)
        self.doubts = ExplainPane()
        self.doubts.show_checks(checks, notes=notes_of(closing))
        self.reason = FormPane(screens.CORRECTION)
        self.reason.show_row(Closing(reason=""))
        self.reason.beside["notes"] = Beside(
            self.doubts.typed, self.doubts.seen, lambda raw, seen: self.doubts.put_back(raw, seen or {})
        )
        self.doubts.edited.connect(self.reason.edited)
        self.keep_typed(self.reason, desk, f"closings/correct:{closing.id}")
        inside = QWidget()
        wrong = (
            [label("下面标“不符”的必须先改正有关案件，现在还不能更正：", "error", wrap=True)]
            if failed
            else []
        )
        inside.setLayout(column(self.reason, label(_HOW, "quiet", wrap=True), *wrong, self.doubts, 1))
        title = f"{books.title(closing)}，{periods.days(closing.since, closing.until)}"
        self.fill(label(title, "section", wrap=True), scrolled(inside), does="出更正单", act=self._correct)
        self.main.setEnabled(not failed)
        fit_content(self, 44)

    def _correct(self) -> None:
        reason = str(self.reason.raw()["reason"])
        if not reason.strip():
            self.reason.complain("reason", "请先写明更正原因，再点“出更正单”。")
            self.reason.editors["reason"].widget.setFocus()
            return
        notes, now = self.doubts.notes(), books.moment(self.desk.today)
        self.enter(
            "正在更正……",
            lambda s: self._put(s, reason, now, notes),
        )

    def _put(self, session: Session, reason: str, now: datetime, notes: Mapping[str, str]) -> Closing:
        self.drop_in(session)
        return books.correct(session, self.corrected, reason=reason, by=self.desk.who, now=now, notes=notes)
