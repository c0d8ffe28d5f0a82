"""Opening a case that may be sensitive (敏感案件): its own people go in, others are asked why (破例查看)."""

from PySide6.QtWidgets import QWidget

from mediator.services import sensitive
from mediator.services.sensitive import Sealed
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.form_dialog import FormDialog, reason_box
from mediator.ui.parts import label, named, run


def let_in(parent: QWidget, desk: Desk, case_id: int) -> bool:
    """Whether the person at work may look at a case now; that they do is written down where it is sensitive."""
    with tell.refusals(parent):
        try:
            desk.alone(lambda s: sensitive.view(s, case_id))
        except Sealed as sealed:
            if not run(BreakGlassDialog(parent, desk, sealed)):
                return False
            desk.alone(lambda s: sensitive.view(s, case_id))
        return True
    return False


class BreakGlassDialog(FormDialog):
    """Why somebody must look at a case that is not theirs; it holds for the day."""

    def __init__(self, parent: QWidget, desk: Desk, sealed: Sealed) -> None:
        super().__init__(parent, "破例查看敏感案件", wide=36)
        self.desk, self.sealed = desk, sealed
        self.reason = reason_box("查看的理由")
        words = f"查看的理由（至少 {sensitive.LEAST_REASON} 个字）"
        self.fill(
            label(f"{sealed.number} 是敏感案件，只有本案的调解员、登记人和负责人能打开。", wrap=True),
            *named(words, self.reason),
            label("写明理由后今天可以查看。谁在什么时候为什么看过，都记入审计记录，负责人会看到。", "warning", wrap=True),
            does="破例查看", act=self._open,
        )  # fmt: skip
        self.reason.setFocus()

    @property
    def dirty(self) -> bool:
        """A reason not given is not worth keeping."""
        return False

    def _open(self) -> None:
        reason = self.reason.toPlainText()
        with tell.refusals(self):
            self.desk.alone(lambda s: sensitive.override(s, self.sealed.case_id, reason))
            self.accept()
