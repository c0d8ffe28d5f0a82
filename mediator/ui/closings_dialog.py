"""结账记录: every closing and correction with its reason, to go back to its period or to see its slip again."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from mediator.domain import periods
from mediator.domain.figures import Closing
from mediator.services import closing_chain
from mediator.ui import books
from mediator.ui.closing_steps import slip_name
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.keep_tally import preview
from mediator.ui.parts import button, column, label, row
from mediator.ui.sheet_table import SheetTable

HEADS = ("报告期", "统计表", "结账或更正", "时间", "经手人", "备注")
UNCUT = ("报告期", "结账或更正", "时间")
UNDER = (("报告期", "统计表"), ("结账或更正", "备注"), ("时间", "经手人"))
"""Columns of which the second stands under the first where there is too little room."""
_BROKEN = "⚠ 有 {} 次结账的内容和结账时不一样，可能被别的程序改过，请和备份核对。"
_MISSING = "⚠ 有 {} 次结账的记录不见了，可能被别的程序删过，请和备份核对。"


class ClosingsDialog(QDialog):
    """The newest first."""

    period_wanted = Signal(str, object, object)
    """Show the table with this code for the days from … until …."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle("结账记录")
        self.closings = desk.read(closing_chain.history)
        doubts = (
            (_BROKEN, len(desk.read(closing_chain.broken))),
            (_MISSING, desk.read(closing_chain.missing)),
        )
        self.table = SheetTable("结账记录", "还没有结过账。统计好一张表，点“结账…”。")
        self.table.show_rows(HEADS, [_cells(one) for one in self.closings], free=1, uncut=UNCUT, under=UNDER)
        self.open_button = button("打开这一期", self._open, role="main")
        self.slip_button = button("看更正单", self._slip, picture="print")
        self.table.activated.connect(lambda _index: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._enable())
        warnings = [label(words.format(count), "error", wrap=True) for words, count in doubts if count]
        buttons = row(self.slip_button, 1, button("关闭", self.reject), self.open_button)
        self.setLayout(column(*warnings, self.table, buttons, margins=18))
        fit(self, 70, 36)
        self.table.choose(0)
        self._enable()

    def _enable(self) -> None:
        chosen = self.table.chosen()
        there = 0 <= chosen < len(self.closings)
        self.open_button.setEnabled(there)
        self.slip_button.setEnabled(there and self.closings[chosen].serial > 1)

    def _open(self) -> None:
        chosen = self.table.chosen()
        if 0 <= chosen < len(self.closings):
            closing = self.closings[chosen]
            self.accept()
            self.period_wanted.emit(closing.table, closing.since, closing.until)

    def _slip(self) -> None:
        closing = self.closings[self.table.chosen()]
        self.slip_button.setEnabled(False)
        made = partial(self.desk.read, lambda s: books.slip(s, closing))
        preview(self, self.desk, made, slip_name(closing), self._enable)


def _cells(closing: Closing) -> tuple[str, ...]:
    remark = "零报告" if books.is_zero(closing) else " ".join(closing.reason.split())
    return (
        periods.days(closing.since, closing.until), books.title(closing), closing_chain.called(closing),
        f"{closing.closed_at:%Y-%m-%d %H:%M}", closing.closed_by, remark,
    )  # fmt: skip
