"""The cases behind a number (数字背后的案件)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from mediator.services.listing import Row
from mediator.ui.fit import fit
from mediator.ui.parts import button, column, label, row
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("卷号", 13), Heading("申请人", 0), Heading("被申请人", 0), Heading("纠纷类型", 8), Heading("阶段", 5),
    Heading("登记日期", 6),
)  # fmt: skip
MOST = 1000


class BehindDialog(QDialog):
    """The cases, to read and to open; ``name`` says what list it is."""

    case_wanted = Signal(int)

    def __init__(
        self, parent: QWidget, title: str, definition: str, rows: Sequence[Row], name: str = "数字背后的案件"
    ) -> None:
        super().__init__(parent)
        self.rows = rows
        self.setWindowTitle(name)
        self.table = WordsTable(name, HEADINGS, "这一项没有案件。")
        self.table.show_lines([line(entry) for entry in rows])
        self.open_button = button("打开这个案件", self._open, role="main")
        self.open_button.setEnabled(bool(rows))
        self.close_button = button("关闭", self.reject)
        self.table.activated.connect(lambda _index: self._open())
        there = f"共 {len(rows)} 件" if len(rows) < MOST else f"案件太多，只列出 {MOST} 件"
        self.setLayout(
            column(
                label(title, "title", wrap=True),
                label(definition, "quiet", wrap=True),
                label(f"{there}；选中一件，双击或按回车键打开。" if rows else ""),
                self.table,
                row(1, self.close_button, self.open_button),
                margins=18,
            )
        )
        fit(self, 62, 36)
        self.table.choose(0)
        self.table.setFocus()

    def _open(self) -> None:
        chosen = self.table.chosen()
        if chosen >= 0:
            self.accept()
            self.case_wanted.emit(self.rows[chosen].id)


def line(entry: Row) -> Line:
    """A case in a list of cases."""
    return Line((
        entry.number, entry.applicants, entry.respondents, entry.kind.label if entry.kind else "",
        entry.stage.label, entry.registered_on.isoformat(),
    ))  # fmt: skip
