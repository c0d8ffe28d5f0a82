"""到期销毁: the list of files whose time of keeping is over, printed to be looked through, then destroyed by two people."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from mediator.services import destruction
from mediator.services.printouts import Printout
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.form_dialog import FormDialog, reason_box
from mediator.ui.keep_tally import preview
from mediator.ui.parts import button, column, label, named, row, run
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_HEADINGS = (Heading("卷号", 0), Heading("归档日期", 8), Heading("保管期限", 6), Heading("期满日期", 8))
_EMPTY = "没有保管期满的案卷。短期、长期各是几年，照本地档案部门的规定在“安全设置”里填；没有填的不列。"


class DestructionPane(QWidget):
    """What is due; all of it is destroyed together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.due: list[destruction.Due] = []
        self.table = WordsTable("保管期满的案卷", _HEADINGS, _EMPTY)
        self.print_button = button("打印销毁清册", self._print, picture="print")
        self.destroy_button = button("批准销毁…", self._destroy)
        hint = "先打印清册，逐卷鉴定、签字盖章，再由负责人批准。销毁以后不能恢复，只留下卷号。"
        self.setLayout(
            column(
                label(hint, "quiet", wrap=True),
                self.table,
                row(self.print_button, 1, self.destroy_button),
                margins=12,
            )
        )
        self.refresh()

    def refresh(self) -> None:
        """Read again what is due."""
        self.due = self.desk.read(lambda s: destruction.due(s, self.desk.today))
        self.table.show_lines([
            Line((one.number, f"{one.archived_on}", one.retention.label, f"{one.kept_until}")) for one in self.due
        ])  # fmt: skip
        self.print_button.setEnabled(bool(self.due))
        self.destroy_button.setEnabled(bool(self.due))

    def _print(self) -> None:
        listed = list(self.due)
        made = partial(self.desk.read, lambda s: Printout(destruction.paper(s, listed)))
        preview(self, self.desk, made, destruction.TITLE)

    def _destroy(self) -> None:
        if run(DestroyDialog(self, self.desk, self.due)):
            self.refresh()


class DestroyDialog(FormDialog):
    """Who looked through the files, and on what ground they are destroyed."""

    def __init__(self, parent: QWidget, desk: Desk, due: list[destruction.Due]) -> None:
        super().__init__(parent, "批准销毁", wide=36)
        self.desk, self.due_cases = desk, due
        self.checker = QLineEdit()
        self.reason = reason_box("销毁的依据")
        words = f"将销毁 {len(due)} 卷，连同当事人、笔录、文书、材料和改动历史。销毁以后不能恢复。批准人：{desk.who}。"
        self.fill(
            label(words, "warning", wrap=True), *named("鉴定人（不能是批准人）", self.checker),
            *named("销毁的依据", self.reason), does="销毁", act=self._act,
        )  # fmt: skip

    def _act(self) -> None:
        checker, reason = self.checker.text(), self.reason.toPlainText()
        ids = [one.case_id for one in self.due_cases]
        if not tell.ask(self, f"再问一次：真的要销毁这 {len(ids)} 卷吗？", "销毁"):
            return
        with tell.refusals(self):
            self.desk.do(
                lambda s: destruction.destroy(
                    s, ids, checked_by=checker, reason=reason, today=self.desk.today
                )
            )
            self.accept()
