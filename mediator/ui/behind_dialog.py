"""The cases behind a number (数字背后的案件)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from mediator.services.listing import MOST, Row
from mediator.ui.fit import fit
from mediator.ui.parts import button, column, label, row
from mediator.ui.sheet_table import SheetTable

HEADS = ("卷号", "申请人", "被申请人", "纠纷类型", "阶段", "登记日期")
UNCUT = ("卷号", "登记日期")
UNDER = (("申请人", "被申请人"), ("纠纷类型", "阶段"))
"""Columns of which the second stands under the first where there is too little room."""


class BehindDialog(QDialog):
    """The cases, to read and to open; ``name`` says what list it is."""

    case_wanted = Signal(int)

    def __init__(
        self, parent: QWidget, title: str, definition: str, rows: Sequence[Row], name: str = "数字背后的案件"
    ) -> None:
        super().__init__(parent)
        self.rows = rows
        self.setWindowTitle(name)
        self.table = SheetTable(name, "这一项没有案件。")
        self.table.show_rows(HEADS, [cells(entry) for entry in rows], free=1, uncut=UNCUT, under=UNDER)
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


def cells(entry: Row) -> tuple[str, ...]:
    """A case in a list of cases, under ``HEADS``."""
    return (
        entry.number, entry.applicants, entry.respondents, entry.kind.label if entry.kind else "",
        entry.stage.label, entry.registered_on.isoformat(),
    )  # fmt: skip
