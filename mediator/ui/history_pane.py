"""经过: what happened to a case, step by step."""

from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from mediator.domain.case import Case
from mediator.domain.codes import EventKind
from mediator.domain.records import Event
from mediator.ui.parts import LEFT, column

HEADINGS = ("记录时间", "经手人", "事项", "发生日期", "说明")


class HistoryPane(QWidget):
    """The history of a case, newest last; nothing in it can be changed."""

    def __init__(self) -> None:
        super().__init__()
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
        self.setLayout(column(self.table, margins=12))

    def show_case(self, case: Case) -> None:
        """Show the history of a case."""
        self.table.setRowCount(len(case.events))
        for n, event in enumerate(case.events):
            on = event.on.isoformat() if event.on else ""
            cells = (f"{event.at:%Y-%m-%d %H:%M}", event.by, _what(event), on, _why(event))
            for at, words in enumerate(cells):
                self.table.setItem(n, at, QTableWidgetItem(words))
        self.table.resizeRowsToContents()
        self.table.scrollToBottom()


def _what(event: Event) -> str:
    if event.kind is EventKind.REGISTERED or event.stage_to is None:
        return event.kind.label
    return f"{event.kind.label}“{event.stage_to.label}”"


def _why(event: Event) -> str:
    return ";".join(part for part in (event.detail, f"原因:{event.reason}" if event.reason else "") if part)
