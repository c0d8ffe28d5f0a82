"""经过: what happened to a case, step by step."""

from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Stage
from mediator.domain.records import Event
from mediator.ui.desk import Desk
from mediator.ui.parts import LEFT, button, column, row, run
from mediator.ui.redate_dialog import RedateDialog

HEADINGS = ("记录时间", "经手人", "事项", "发生日期", "说明")


class HistoryPane(QWidget):
    """The history of a case, newest last; nothing in it can be changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.table = QTableWidget(0, len(HEADINGS))
        self.table.setHorizontalHeaderLabels(list(HEADINGS))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName("案件经过")
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(LEFT)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(HEADINGS) - 1, QHeaderView.ResizeMode.Stretch)
        self.redate = button("更正日期", self._redate, tip="受理、告知、结果、结案的日期记错了时用")
        self.setLayout(column(self.table, row(self.redate, 1), margins=12))

    def show_case(self, case: Case) -> None:
        """Show the history of a case."""
        self.case = case
        self.redate.setEnabled(case.stage not in (Stage.REGISTERED, Stage.ARCHIVED))
        self.table.setRowCount(len(case.events))
        for n, event in enumerate(case.events):
            on = event.on.isoformat() if event.on else ""
            cells = (f"{event.at:%Y-%m-%d %H:%M}", event.by, _what(event), on, _why(event))
            for at, words in enumerate(cells):
                self.table.setItem(n, at, QTableWidgetItem(words))
        self.table.resizeRowsToContents()
        self.table.scrollToBottom()

    def _redate(self) -> None:
        if self.case is not None:
            run(RedateDialog(self, self.desk, self.case))


def _what(event: Event) -> str:
    if event.kind is EventKind.REGISTERED or event.stage_to is None:
        return event.kind.label
    return f"{event.kind.label}“{event.stage_to.label}”"


def _why(event: Event) -> str:
    return "；".join(part for part in (event.detail, f"原因：{event.reason}" if event.reason else "") if part)
