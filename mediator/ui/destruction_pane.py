"""到期销毁: the list of files whose time of keeping is over, printed to be looked through, then destroyed by two people."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mediator.domain.errors import Refusal
from mediator.services import destruction
from mediator.services.printouts import Printout
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog, reason_box
from mediator.ui.keep_tally import preview
from mediator.ui.line_edit import LineEdit
from mediator.ui.parts import button, column, label, named, row, run
from mediator.ui.secret import secret
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_HEADINGS = (Heading("卷号", 0), Heading("归档日期", 8), Heading("保管期限", 6), Heading("期满日期", 8))
_EMPTY = "没有保管期满的案卷。短期、长期各是几年，照本地档案部门的规定在“安全设置”里填；没有填的不列。"
LINES = 8
"""Lines of the list to tick."""


class DestructionPane(QWidget):
    """What is due; which of it is destroyed is ticked when it is approved."""

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
    """Which files, who looked through them and says so with their own password, and on what ground they are destroyed."""

    def __init__(self, parent: QWidget, desk: Desk, due: list[destruction.Due]) -> None:
        super().__init__(parent, "批准销毁", wide=44)
        self.desk, self.due_cases = desk, due
        self.list = QListWidget()
        self.list.setAccessibleName("要销毁的案卷")
        for one in due:
            item = QListWidgetItem(f"{one.number}（{one.retention.label}，{one.kept_until} 期满）")
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setFixedHeight(self.list.fontMetrics().lineSpacing() * LINES + 16)
        self.others = desk.read(destruction.others)
        self.who, self.checker, self.password = Choice(), LineEdit(), secret()
        self.who.offer("（请选择）", "")
        for login, name in self.others:
            self.who.offer(name, login)
        self.reason = reason_box("销毁的依据")
        words = f"选中的案卷连同当事人、笔录、文书、材料和改动历史一起销毁，不能恢复。批准人：{desk.who}。"
        self.fill(
            *named("要销毁的案卷（鉴定后要继续保存的，把勾去掉）", self.list), label(words, "warning", wrap=True),
            label(destruction.LEFT, "quiet", wrap=True), *self._checkers(), *named("销毁的依据", self.reason),
            does="销毁", act=self._act,
        )  # fmt: skip

    def _checkers(self) -> list[QWidget]:
        if self.others:
            return [
                *named("鉴定人（不能是批准人）", self.who),
                *named("请鉴定人输入自己的登录密码", self.password),
            ]
        alone = "本单位只有一个能登录的账号，鉴定人不能另行登录确认；这一点会记入审计记录。"
        return [*named("鉴定人（不能是批准人）", self.checker), label(alone, "quiet", wrap=True)]

    def chosen(self) -> list[int]:
        """The cases that are ticked."""
        return [
            one.case_id
            for n, one in enumerate(self.due_cases)
            if self.list.item(n).checkState() is Qt.CheckState.Checked
        ]

    def _act(self) -> None:
        ids, reason = self.chosen(), self.reason.toPlainText()
        with tell.refusals(self):
            if not ids:
                raise Refusal("一卷也没有选；请在要销毁的案卷前面打勾。")
            checker = self._checker()
            if not tell.ask(self, f"再问一次：真的要销毁这 {len(ids)} 卷吗？", "销毁"):
                return
            self.desk.do(
                lambda s: destruction.destroy(
                    s, ids, checked_by=checker, reason=reason, today=self.desk.today
                )
            )
            self.accept()

    def _checker(self) -> destruction.Witness | str:
        if not self.others:
            return self.checker.text()
        if not self.who.chosen():
            raise Refusal("请选择鉴定人。")
        return destruction.witness(self.desk.engine, self.who.chosen(), self.password.text())
