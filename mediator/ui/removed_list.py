"""删除的内容: rows that were removed from cases, and from what the office keeps for itself, to be found again."""

from PySide6.QtWidgets import QDialog, QWidget

from mediator.domain.case import Case
from mediator.services import cases, recycle
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.parts import button, column, row
from mediator.ui.reveal_button import RevealButton
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_HEADINGS = (
    Heading("删除时间", 9), Heading("经手人", 5), Heading("卷号", 13), Heading("种类", 7), Heading("内容", 0),
)  # fmt: skip


class RemovedList(QWidget):
    """The newest first; of one case, or of all and of the office."""

    def __init__(self, desk: Desk, case: Case | None = None) -> None:
        super().__init__()
        self.desk, self.case = desk, case
        self.gone: list[recycle.Gone] = []
        self.table = WordsTable("删除的内容", _HEADINGS, "近一年没有删除过内容。")
        self.back_button = button("找回选中的一条", self._put_back, role="main")
        self.reveal = RevealButton(
            desk, lambda: "回收站里删除的内容", lambda: case.id if case is not None else None
        )
        self.reveal.turned.connect(self.refresh)
        self.setLayout(column(self.table, row(self.reveal, 1, self.back_button), margins=12))
        self.refresh()

    def refresh(self) -> None:
        """Read again what was removed."""
        case_id = self.case.id if self.case is not None else None
        masked = self.reveal.masked
        self.gone = self.desk.read(lambda s: recycle.removed(s, self.desk.today, case_id, masked=masked))
        self.table.show_lines([_line(one) for one in self.gone])
        self.reveal.offer(bool(self.gone))
        self.back_button.setEnabled(bool(self.gone))
        self.table.choose(0)

    def _put_back(self) -> None:
        chosen = self.table.chosen()
        if not 0 <= chosen < len(self.gone):
            return
        one = self.gone[chosen]
        with tell.refusals(self):
            reason = self._ask(one.case_id) if one.case_id is not None else ""
            if reason is not None:
                self.desk.do(lambda s: recycle.put_back(s, one.change_id, by=self.desk.who, reason=reason))
                self.refresh()

    def _ask(self, case_id: int) -> str | None:
        """The reason where the case is closed, none where it is not; None if the person thinks better of it."""
        case = self.desk.read(lambda s: cases.load(s, case_id))
        if not case.finished:
            return ""
        return tell.ask_reason(self, f"{case.number} 已经{case.stage.label}，找回要写明原因：") or None


class RemovedDialog(QDialog):
    """What was removed from one case."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"删除的内容：{case.number}")
        self.list = RemovedList(desk, case)
        self.setLayout(column(self.list, row(1, button("关闭", self.accept)), margins=18))
        fit(self, 56, 28)


def _line(one: recycle.Gone) -> Line:
    return Line((f"{one.at:%Y-%m-%d %H:%M}", one.by, one.number, one.title, one.words))
