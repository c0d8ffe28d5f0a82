"""结账记录: every closing and correction there is, to go back to its period or to see its slip again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from mediator.domain import periods
from mediator.services import closing_chain
from mediator.ui import books, tell
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.parts import button, column, label, row
from mediator.ui.preview import show_paper
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("报告期", 13), Heading("统计表", 0), Heading("结账或更正", 7), Heading("时间", 8), Heading("经手人", 5),
    Heading("备注", 5),
)  # fmt: skip
_BROKEN = "⚠ 有 {} 次结账的内容和结账时不一样，可能被别的程序改过，请和备份核对。"


class ClosingsDialog(QDialog):
    """The newest first."""

    period_wanted = Signal(str, object, object)
    """Show the table with this code for the days from … until …."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle("结账记录")
        self.closings = desk.read(closing_chain.history)
        broken = desk.read(closing_chain.broken)
        self.table = WordsTable("结账记录", HEADINGS, "还没有结过账。统计好一张表，点“结账…”。")
        self.table.show_lines([self._line(n) for n in range(len(self.closings))])
        self.open_button = button("打开这一期", self._open, role="main")
        self.slip_button = button("看更正单", self._slip, picture="print")
        self.table.activated.connect(lambda _index: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._enable())
        warning = [label(_BROKEN.format(len(broken)), "error", wrap=True)] if broken else []
        buttons = row(self.slip_button, 1, button("关闭", self.reject), self.open_button)
        self.setLayout(column(*warning, self.table, buttons, margins=18))
        fit(self, 62, 36)
        self.table.choose(0)
        self._enable()

    def _line(self, number: int) -> Line:
        closing = self.closings[number]
        return Line(
            (
                periods.days(closing.since, closing.until), books.title(closing), closing_chain.called(closing),
                f"{closing.closed_at:%Y-%m-%d %H:%M}", closing.closed_by,
                "零报告" if books.is_zero(closing) else "",
            ),
            tip=closing.reason,
        )  # fmt: skip

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
        with tell.refusals(self):
            show_paper(self, self.desk.read(lambda s: books.slip(s, closing)))
