"""统计: a table counted for a period, its checks, and the cases behind every number."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from mediator.services import figures
from mediator.tallies.tally import Tally
from mediator.ui import later, tell
from mediator.ui.behind_dialog import MOST, BehindDialog
from mediator.ui.checks_pane import ChecksPane
from mediator.ui.desk import Desk
from mediator.ui.figures_table import FiguresTable
from mediator.ui.halves import Halves
from mediator.ui.keep_tally import KeepPane
from mediator.ui.parts import button, card, column, label, row, scrolled
from mediator.ui.report_choice import ReportPane


class FiguresPage(QWidget):
    """Counting on the screen."""

    case_wanted = Signal(int)
    carry_wanted = Signal(str, object, object)
    """Carry out the table with this code for the days from … until …."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tally: Tally | None = None
        self.choice = ReportPane(desk)
        self.count_button = button("统计", self.count, role="main")
        self.table = FiguresTable()
        self.item = label("口径", "section", wrap=True)
        self.definition = label("选中一行，这里说明这个数字是怎么算的。", "quiet", wrap=True)
        self.behind_button = button("看这个数字的案件", self.open_behind, picture="search")
        self.checks = ChecksPane()
        self.keep = KeepPane("xlsx", "pdf", "json")
        self.carry_button = button("报送这张表", self._carry, picture="carry")
        self.shown = label("", "quiet", wrap=True)
        self.stale = self._stale_band()
        self._lay_out()
        self._connect()
        self._enable(False)

    def count(self) -> None:
        """Count the table chosen, in the background; what is shown stays until the new numbers are there."""
        with tell.refusals(self):
            table, since, until = self.choice.report()
            self.count_button.setEnabled(False)
            self.count_button.setText("正在统计…")
            self.stale.hide()
            later.run(
                self,
                lambda: self.desk.read(lambda s: figures.count(s, table, since, until)),
                self._show,
                self._counted,
            )

    def open_behind(self) -> None:
        """Open the cases behind the number whose row is chosen."""
        tally, figure = self.tally, self.table.figure()
        if tally is None or figure is None:
            return
        rows = self.desk.read(
            lambda s: figures.behind(
                s, tally.table, figure.name, tally.basis, tally.since, tally.until, limit=MOST
            )
        )
        shown = f"{figure.label}：{figure.shown(tally.values[figure.name])} {figure.unit.shown}"
        dialog = BehindDialog(self, shown, f"{tally.period}，{tally.definition(figure)}", rows)
        dialog.case_wanted.connect(self.case_wanted)
        dialog.exec()
        dialog.deleteLater()

    def _stale_band(self) -> QFrame:
        again = button("重新统计", self.count, picture="refresh")
        band = card(row(label("案件有改动，请重新统计。", "warning"), again, margins=6), "band")
        band.hide()
        return band

    def _lay_out(self) -> None:
        choice = row(self.choice, self.count_button, margins=12)
        choice.setStretch(0, 1)
        choice.setAlignment(self.count_button, Qt.AlignmentFlag.AlignBottom)
        words = column(self.item, self.definition, row(self.behind_button, 1), margins=14, gap=8)
        checks = column(label("核对", "section"), self.checks, margins=14, gap=8)
        beside = QWidget()
        beside_layout = column(card(words), card(checks), 1)
        beside_layout.setContentsMargins(0, 0, 6, 0)
        beside.setLayout(beside_layout)
        actions = row(self.keep, self.carry_button)
        actions.setStretch(0, 1)
        head = row(label("统计", "title"), self.shown, self.stale)
        head.setStretch(1, 1)
        layout = column(head, card(choice), Halves(self.table, scrolled(beside), (6, 5)), actions, margins=18)
        layout.setStretch(2, 1)
        inside = QWidget()
        inside.setLayout(layout)
        self.setLayout(column(scrolled(inside)))

    def _connect(self) -> None:
        self.choice.entered.connect(self.count)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._explain())
        self.table.words.modelReset.connect(self._explain)
        self.table.activated.connect(lambda _index: self.open_behind())
        self.desk.changed.connect(self._changed)

    def _counted(self) -> None:
        self.count_button.setEnabled(True)
        self.count_button.setText("统计")

    def _show(self, tally: Tally) -> None:
        self.tally = tally
        self.table.show_tally(tally)
        self.checks.show_checks(tally)
        self.shown.setText(f"{tally.table.title}，{tally.period}，{tally.basis.label}统计")
        self._enable(True)

    def _enable(self, on: bool) -> None:
        self.keep.offer(self.tally)
        self.carry_button.setEnabled(on)
        self.behind_button.setEnabled(on)

    def _explain(self) -> None:
        tally, figure = self.tally, self.table.figure()
        if tally is None or figure is None:
            return
        self.item.setText(f"口径：{figure.label}")
        self.definition.setText(tally.definition(figure))

    def _changed(self) -> None:
        counting = not self.count_button.isEnabled()
        self.stale.setVisible(counting or self.tally is not None)

    def _carry(self) -> None:
        assert self.tally is not None
        self.carry_wanted.emit(self.tally.table.code, self.tally.since, self.tally.until)
