"""回收站: what was removed, cases declared void, and files whose time of keeping is over."""

from PySide6.QtWidgets import QTabWidget, QWidget

from mediator.services import cases, discards
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.destruction_pane import DestructionPane
from mediator.ui.parts import button, column, row
from mediator.ui.removed_list import RemovedList
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_VOID = (Heading("作废日期", 7), Heading("卷号", 11), Heading("卷名", 0), Heading("原因", 0))


class RecyclePane(QWidget):
    """Three lists, a tab each."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.removed = RemovedList(desk)
        self.void = VoidList(desk)
        self.destruction = DestructionPane(desk)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("回收站和销毁")
        self.tabs.addTab(self.removed, "删除的内容")
        self.tabs.addTab(self.void, "作废的案件")
        self.tabs.addTab(self.destruction, "到期销毁")
        self.tabs.currentChanged.connect(lambda _n: self.refresh())
        self.setLayout(column(self.tabs))

    def refresh(self) -> None:
        """Read the list shown again."""
        for each in (self.removed, self.void, self.destruction):
            if each is self.tabs.currentWidget():
                each.refresh()


class VoidList(QWidget):
    """The cases declared void, the latest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.cases: list[discards.Void] = []
        self.table = WordsTable("作废的案件", _VOID, "没有作废的案件。登记错了的案件，在案件的“经过”里作废。")
        self.back_button = button("恢复选中的案件", self._take_back, role="main")
        self.setLayout(column(self.table, row(1, self.back_button), margins=12))
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self.cases = self.desk.read(discards.all_of)
        self.table.show_lines(
            [Line((f"{one.discarded_on}", one.number, one.name, one.reason)) for one in self.cases]
        )
        self.back_button.setEnabled(bool(self.cases))
        self.table.choose(0)

    def _take_back(self) -> None:
        chosen = self.table.chosen()
        if not 0 <= chosen < len(self.cases):
            return
        case = self.cases[chosen]
        reason = tell.ask_reason(self, f"恢复作废的案件 {case.number}，请写明原因：")
        if reason:
            with tell.refusals(self):
                self.desk.do(lambda s: discards.take_back(s, cases.load(s, case.case_id), reason=reason))
                self.refresh()
