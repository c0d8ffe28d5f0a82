"""汇总: the office's own figures and the tables received, beside one another and added up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mediator.services import packages
from mediator.tallies.figures import items, quantity, unit, written
from mediator.tallies.tally import Tally, told_apart
from mediator.ui import later, tell
from mediator.ui.desk import Desk
from mediator.ui.figures_table import item_words, span_groups
from mediator.ui.frozen_column import FrozenColumn
from mediator.ui.keep_tally import KeepPane, of_sum
from mediator.ui.parts import button, card, column, label, row, scrolled
from mediator.ui.report_choice import ReportPane
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_FIXED = (
    Heading("组别", 6, top=True), Heading("项目", 11), Heading("单位", 2), Heading("合计", 6, number=True),
)  # fmt: skip
_WIDEST = 14
"""Letters of an office's name that its column has room for."""


class SumPane(QWidget):
    """A table with a column for the sum and one for every office in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.total: Tally | None = None
        self.choice = ReportPane(desk)
        self.sum_button = button("汇总", self.add_up, role="main")
        self.offices = label("合计包括本单位自己的案件，和收到的下级上报包。", "quiet", wrap=True)
        self.table = WordsTable(
            "汇总结果", _FIXED, "先在“接收”里收下级的上报包，再选好表和报告期，点“汇总”。"
        )
        self.kept_in_sight = FrozenColumn(self.table, 1)
        self.keep = KeepPane(desk, "xlsx", "pdf")
        self._lay_out()
        self.choice.entered.connect(self.add_up)

    def add_up(self) -> None:
        """Sum the table chosen, in the background."""
        with tell.refusals(self):
            table, since, until = self.choice.report()
            self.sum_button.setEnabled(False)
            later.run(
                self,
                lambda: self.desk.read(lambda s: packages.roll_up(s, table, since, until)),
                self._show,
                lambda: self.sum_button.setEnabled(True),
            )

    def _lay_out(self) -> None:
        choice = row(self.choice, self.sum_button, margins=12)
        choice.setStretch(0, 1)
        choice.setAlignment(self.sum_button, Qt.AlignmentFlag.AlignBottom)
        inside = QWidget()
        layout = column(card(choice), self.offices, self.table, row(self.keep), margins=12)
        layout.setStretch(2, 1)
        inside.setLayout(layout)
        self.setLayout(column(scrolled(inside)))

    def _show(self, by_itself: tuple[Tally, list[Tally]]) -> None:
        self.total, parts = by_itself
        rows = items(self.total)
        names = told_apart(parts)
        columns = [Heading(name, min(max(len(name) + 1, 4), _WIDEST), number=True) for name in names]
        lines = [
            Line((
                item.group, item_words(item, rows), unit(item),
                *(written(item, quantity(item, tally.values)) for tally in (self.total, *parts)),
            ))
            for item in rows
        ]  # fmt: skip
        self.table.head((*_FIXED, *columns), lines)
        span_groups(self.table, rows)
        self.offices.setText(_in_words(self.total, names))
        self.keep.offer(of_sum(self.total, parts))


def _in_words(total: Tally, names: list[str]) -> str:
    below = (
        f"和下级 {len(names) - 1} 个单位（{'、'.join(names[1:])}）"
        if len(names) > 1
        else "，还没有收到下级的"
    )
    return f"{total.period}：合计含本单位（{names[0]}）{below}。"
