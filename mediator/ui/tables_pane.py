"""报表: a table counted for a period, checked and closed, and the cases behind every number."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from mediator.domain import periods
from mediator.domain.figures import Closing
from mediator.domain.safety import Draft
from mediator.services import analysis
from mediator.services.printouts import Printout
from mediator.tallies.checks import Judgement
from mediator.tallies.figures import BEFORE, LAST_YEAR, Figures, Item, meaning
from mediator.tallies.population import SCREENINGS
from mediator.tallies.table import Column, Heading
from mediator.tallies.tally import Tally
from mediator.ui import closing_steps, counted, later, questioned, tell
from mediator.ui.checks_pane import ChecksPane
from mediator.ui.closing_band import ClosingBand
from mediator.ui.closing_steps import Shown
from mediator.ui.counted import Counted
from mediator.ui.desk import Desk
from mediator.ui.explaining import Explaining
from mediator.ui.figures_table import FiguresTable
from mediator.ui.halves import Halves
from mediator.ui.keep_tally import KeepPane, of_figures, preview
from mediator.ui.parts import bring_up, button, card, column, label, row, scrolled
from mediator.ui.report_choice import ReportPane

_COMPARED_LINES = 11
"""Rows the table has room for when it stands over its explanations."""


class TablesPane(QWidget):
    """Choose, count, close, carry out: the work of every month."""

    case_wanted = Signal(int)
    screenings_wanted = Signal()
    carry_wanted = Signal(str, object, object)
    """Carry out the table with this code for the days from … until …."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.counted: Counted | None = None
        self.compare = QCheckBox("和往期比较")
        self.compare.setToolTip(f"在数字旁边列出{BEFORE}、环比、{LAST_YEAR}、同比")
        self.count_button = button("统计", self.count, role="main")
        self.compare.setMinimumHeight(self.count_button.sizeHint().height())
        self.choice = ReportPane(desk, self.compare, self.count_button)
        self.band = ClosingBand()
        self.remark = label("", "quiet", wrap=True)
        self.remark.hide()
        self.table = FiguresTable()
        self.item = label("口径", "section", wrap=True)
        self.definition = label("选中一行，这里说明这个数字是怎么算的。", "quiet", wrap=True)
        self.behind_button = button("看这个数字的案件", self.open_behind, picture="search")
        self.checks = ChecksPane()
        self.explaining = Explaining(self.checks.open, desk)
        self.keep = KeepPane(desk, "xlsx", more=("pdf", "docx", "csv", "json"), prints=True)
        self.report_button = button(
            "研判报告…", self._analyse, tip="写好这一期的分析研判报告，数字和图都取自报表"
        )
        self.carry_button = button("报送这张表", self._carry, picture="carry")
        self._lay_out()
        self._connect()
        self._enable(False)

    @property
    def tally(self) -> Tally | None:
        """The table shown, as it was closed or as it was counted."""
        return self.counted.tally if self.counted else None

    def count(self) -> None:
        """Count the table chosen, in the background; what is shown stays until the new numbers are there."""
        with tell.refusals(self):
            table, since, until = self.choice.report()
            compare = self.compare.isChecked()
            self.count_button.setEnabled(False)
            self.count_button.setText("正在统计…")
            self.band.tell_stale(False)
            later.run(
                self,
                lambda: self.desk.read(lambda s: counted.read(s, table, since, until, compare=compare)),
                self._show,
                self._ended,
            )

    def open_behind(self) -> None:
        """Open the cases behind the number that is chosen, of this period or of the one it is compared with."""
        chosen = self.table.number_chosen()
        if chosen is None:
            return
        tally, figure, since, value = chosen
        if _counts_screenings(tally, figure):
            self.screenings_wanted.emit()
        else:
            questioned.show_number(self, self.desk, tally, figure, since, value, self.case_wanted.emit)

    def _lay_out(self) -> None:
        words = column(self.item, self.definition, row(self.behind_button, 1), margins=14, gap=8)
        checks = column(label("核对", "section"), self.checks, margins=14, gap=8)
        beside = QWidget()
        beside_layout = column(card(words), card(checks), 1)
        beside_layout.setContentsMargins(0, 0, 6, 0)
        beside.setLayout(beside_layout)
        self.halves = Halves(self.table, scrolled(beside), (3, 2))
        actions = row(self.keep, self.report_button, self.carry_button)
        actions.setStretch(0, 1)
        layout = column(card(column(self.choice, margins=12)), self.band, self.remark, self.halves)
        layout.setStretch(3, 1)
        inside = QWidget()
        inside.setLayout(layout)
        self.area = scrolled(inside)
        self.setLayout(column(self.area, actions, margins=12))

    def _connect(self) -> None:
        self.choice.entered.connect(self.count)
        self.compare.toggled.connect(lambda _on: self._compare())
        self.band.again_wanted.connect(self.count)
        self.band.close_wanted.connect(self._close)
        self.band.changes_wanted.connect(self._see_changes)
        self.band.slip_wanted.connect(self._see_slip)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._explain())
        self.table.words.modelReset.connect(self._explain)
        self.table.activated.connect(lambda _index: self.open_behind())
        self.checks.open.cases_wanted.connect(self._open_questioned)
        self.desk.changed.connect(self._changed)

    def _ended(self) -> None:
        self.count_button.setEnabled(True)
        self.count_button.setText("统计")

    def _show(self, made: Counted) -> None:
        self.counted = made
        tally = made.tally
        closed = made.closing is not None
        self.explaining.show_period(
            tally.table.code, tally.since, tally.until,
            lambda: self.checks.show_checks(made.figures.checks, tally, closed=closed), closed=closed,
        )  # fmt: skip
        cut_off = self.choice.period.cut_off
        period = periods.name(tally.since, tally.until, cut_off)
        what = f"{tally.table.title}，{period}，{tally.counted_by}"
        self.band.show_state(what, made.closing, made.changes, zero=made.tally.is_zero)
        self._show_table()
        self._enable(True)
        QTimer.singleShot(0, self, self._bring_up)

    def _bring_up(self) -> None:
        """Have what was counted in sight where the window is low."""
        bring_up(self.area, self.band)

    def _show_table(self) -> None:
        made = self.counted
        assert made is not None
        compare = made.compared and self.compare.isChecked()
        lines = _COMPARED_LINES if compare else 6
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * lines)
        self.halves.stack(compare)
        self.remark.setText("".join(made.figures.remarks))
        self.remark.setVisible(compare and bool(made.figures.remarks))
        self.table.show_figures(made.figures, compare=compare)
        self.keep.offer(of_figures(made.figures if compare else made.figures.alone))

    def _compare(self) -> None:
        """Put the other periods beside the figures shown, or take them away."""
        made = self.counted
        if made is None:
            return
        if made.compared or not self.compare.isChecked():
            self._show_table()
        else:
            later.run(self, lambda: self.desk.read(lambda s: counted.beside(s, made.tally)), self._put_beside)

    def _put_beside(self, figures: Figures) -> None:
        if self.counted is not None and self.counted.tally is figures.tally:
            self.counted = replace(self.counted, figures=figures, compared=True)
            self._show_table()

    def _enable(self, on: bool) -> None:
        self.report_button.setEnabled(on)
        self.carry_button.setEnabled(on)
        self.behind_button.setEnabled(on)
        self._explain()

    def _explain(self) -> None:
        tally, item = self.tally, self.table.item()
        if tally is None or item is None:
            return
        self.item.setText(f"口径：{item.label}{self.table.where_chosen()}")
        self.definition.setText(meaning(tally, item))
        screened = _counts_screenings(tally, item)
        self.behind_button.setText("看排查记录" if screened else "看这个数字的案件")
        self.behind_button.setEnabled(
            screened or (self.table.number_chosen() is not None and _opens(tally, item))
        )

    def _open_questioned(self, check: Judgement) -> None:
        if self.tally is not None:
            pane = self.checks.open
            questioned.show_check(pane, self.desk, self.tally, check, self.case_wanted.emit)

    def _changed(self) -> None:
        counting = not self.count_button.isEnabled()
        self.band.tell_stale(counting or self.counted is not None)

    def show_period(self, code: str, since: date, until: date) -> None:
        """Show a table for a period again."""
        self.choice.choose(code, since, until)
        self.count()

    def correct(self, closing: Closing, draft: Draft) -> None:
        """Go on with the correction of a closing."""
        closing_steps.correct(self.band, self.desk, closing, self._read_again, draft)

    def _close(self) -> None:
        made = self.counted
        assert made is not None
        tally = made.tally
        shown = Shown(
            tally.table.code, tally.table.title, tally.since, tally.until, made.tally.is_zero,
            self.checks.open,
        )  # fmt: skip
        closing_steps.close(self.band, self.desk, shown, self._read_again)

    def _see_changes(self) -> None:
        closing_steps.see_changes(self.band, self.desk, self.case_wanted.emit, self._read_again)

    def _see_slip(self) -> None:
        if self.band.closing:
            closing_steps.show_slip(self.band, self.desk, self.band.closing)

    def _read_again(self, closing: Closing) -> None:
        """Show a period as it stands now that it was closed or corrected."""
        self.explaining.entered()
        self.show_period(closing.table, closing.since, closing.until)

    def _analyse(self) -> None:
        """Make the report (研判报告) of the period shown, in the background, and show it."""
        tally = self.tally
        assert tally is not None
        since, until, today = tally.since, tally.until, self.desk.today
        self.report_button.setEnabled(False)
        preview(
            self,
            self.desk,
            lambda: Printout(self.desk.read(lambda s: analysis.report(s, since, until, today))),
            f"研判报告-{periods.days(since, until)}",
            lambda: self.report_button.setEnabled(True),
        )

    def _carry(self) -> None:
        assert self.tally is not None
        self.carry_wanted.emit(self.tally.table.code, self.tally.since, self.tally.until)


def _opens(tally: Tally, item: Item) -> bool:
    """Whether what stands behind a number are cases."""
    found = _column(tally, item)
    return isinstance(item, Heading) and (found is None or found.opens_cases)


def _counts_screenings(tally: Tally, item: Item) -> bool:
    found = _column(tally, item)
    return found is not None and found.of is SCREENINGS


def _column(tally: Tally, item: Item) -> Column | None:
    """The column behind a number, where this program has it."""
    return next((column for column in tally.table.columns if column.name == item.name), None)
