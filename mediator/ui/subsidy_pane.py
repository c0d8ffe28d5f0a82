"""以案定补: what the mediators are paid for the cases of a period, by the price list; claimed when it is closed."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget
from sqlalchemy.orm import Session

from mediator.domain import periods
from mediator.domain.amounts import figures as money
from mediator.domain.figures import Closing
from mediator.domain.safety import Draft
from mediator.services import closing_chain, prices, questioned, sheets, subsidies, subsidy_closings
from mediator.services.printouts import Printout
from mediator.services.subsidies import Account
from mediator.tallies.checks import Judgement, Verdict
from mediator.ui import books, closing_steps, later, tell
from mediator.ui.closing_band import ClosingBand
from mediator.ui.closing_steps import Shown
from mediator.ui.desk import Desk
from mediator.ui.explain_pane import ExplainPane
from mediator.ui.explaining import Explaining
from mediator.ui.keep_tally import Keepable, KeepPane
from mediator.ui.office_records import price_records
from mediator.ui.parts import bring_up, button, card, column, label, row, run, scrolled
from mediator.ui.period_choice import CHECKED, PeriodPane
from mediator.ui.records_dialog import RecordsDialog
from mediator.ui.sheet_table import SheetTable

_NO_PRICES = "还没有填补贴标准。先点“补贴标准…”，照上级的文件填好，再来核算。"
_TO_DO = "选好核算期，点“核算”。"
_UNDER = (("卷号", "调解员"), ("难易程度", "调解结果"))
"""Columns of which the second stands under the first where there is too little room."""


@dataclass(frozen=True)
class Reckoned:
    """An account as people are to see it, how it is closed, and how much has changed since."""

    account: Account
    closing: Closing | None
    changes: int


class SubsidyPane(QWidget):
    """The account by mediator, and at a press its cases one by one."""

    case_wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.reckoned: Reckoned | None = None
        self.count_button = button("核算", self.count, role="main")
        self.prices_button = button("补贴标准…", self.open_prices, tip="每个难易程度每件补多少元")
        self.period = PeriodPane(desk, words="核算期", after=(self.count_button,))
        self.band = ClosingBand("结账并申报…", "重新核算")
        self.sums = SheetTable("以案定补核算表", _TO_DO)
        self.cases = SheetTable("核算明细", "核算以后，这里逐件列出案件。")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.sums)
        self.stack.addWidget(self.cases)
        self.views = {
            words: self._view_button(words, table)
            for words, table in (("按人汇总", self.sums), ("逐件明细", self.cases))
        }
        self.doubts = ExplainPane()
        self.explaining = Explaining(self.doubts, desk)
        self.definition = label(f"口径：{subsidies.DEFINITION}", "quiet", wrap=True)
        self.keep = KeepPane(desk, "xlsx", more=("pdf", "docx", "csv", "json"), prints=True)
        self.open_button = button("打开这个案件", self.open)
        self._lay_out()
        self._connect()
        self._say_prices()

    def count(self) -> None:
        """Reckon the period chosen, in the background."""
        with tell.refusals(self):
            since, until = self.period.period()
            self.count_button.setEnabled(False)
            later.run(
                self,
                lambda: self.desk.read(lambda s: _reckoned(s, since, until)),
                self._show,
                lambda: self.count_button.setEnabled(True),
            )

    def open(self) -> None:
        """Open the case of the row chosen."""
        chosen = self.cases.chosen()
        if self.reckoned and 0 <= chosen < len(self.reckoned.account.entries):
            uid = self.reckoned.account.entries[chosen].uid
            for found in self.desk.read(partial(questioned.of_uids, uids=[uid])):
                self.case_wanted.emit(found.id)

    def _lay_out(self) -> None:
        views = row(*self.views.values(), gap=8)
        about = row(views, self.definition)
        about.setStretch(1, 1)
        actions = row(self.keep, self.prices_button, self.open_button)
        actions.setStretch(0, 1)
        self.stack.setMinimumHeight(self.sums.verticalHeader().defaultSectionSize() * 7)
        layout = column(card(column(self.period, margins=12)), self.band, self.doubts, about, self.stack)
        layout.setStretch(4, 1)
        inside = QWidget()
        inside.setLayout(layout)
        self.area = scrolled(inside)
        self.setLayout(column(self.area, actions, margins=12))
        self._view(self.sums)

    def _view_button(self, words: str, table: SheetTable) -> QPushButton:
        made = button(words, partial(self._view, table))
        made.setCheckable(True)
        made.setStyleSheet(CHECKED)
        return made

    def _view(self, table: SheetTable) -> None:
        """Show the account in one of its two forms."""
        self.stack.setCurrentWidget(table)
        for made, own in zip(self.views.values(), (self.sums, self.cases), strict=True):
            made.setChecked(own is table)
        self.open_button.setVisible(table is self.cases)
        if self.reckoned:
            self._show_tables(self.reckoned.account)

    def _connect(self) -> None:
        self.period.entered.connect(self.count)
        self.band.again_wanted.connect(self.count)
        self.band.close_wanted.connect(self._close)
        self.band.changes_wanted.connect(self._see_changes)
        self.band.slip_wanted.connect(self._see_slip)
        self.cases.activated.connect(lambda _index: self.open())
        self.desk.changed.connect(self._changed)

    def _show(self, made: Reckoned) -> None:
        self.reckoned = made
        account, closing = made.account, made.closing
        what = f"{subsidies.TITLE}，{periods.name(account.since, account.until, self.period.cut_off)}"
        self.band.show_state(
            f"{what}，{len(account.entries)} 件，共 {money(account.amount)} 元", closing, made.changes,
            zero=not account.entries,
        )  # fmt: skip
        self._show_tables(account)
        checks = [Judgement(words, Verdict.DOUBTFUL) for words in account.doubts]
        notes = closing_chain.notes_of(closing) if closing else {}
        self.explaining.show_period(
            books.SUBSIDY, account.since, account.until,
            lambda: self.doubts.show_checks(checks, notes=notes, closed=closing is not None),
            closed=closing is not None,
        )  # fmt: skip
        QTimer.singleShot(0, self, self._bring_up)

    def _bring_up(self) -> None:
        """Have what was counted in sight where the window is low."""
        bring_up(self.area, self.band)

    def _show_tables(self, account: Account) -> None:
        """Show the form chosen, and offer it to be kept."""
        by_person = self.stack.currentWidget() is self.sums
        made = subsidies.sheet(account) if by_person else subsidies.details(account)
        table = self.sums if by_person else self.cases
        table.say_when_empty("这一期没有要核算的案件。")
        rows = made.rows if account.entries else ()
        table.show_rows(made.heads, rows, free=0, uncut=("卷号", "结果日期"), under=_UNDER)
        table.choose(0)
        self.open_button.setEnabled(bool(account.entries))
        name = f"{made.title}-{periods.days(account.since, account.until)}"
        self.keep.offer(
            Keepable(
                lambda suffix: f"{name}.{suffix}", partial(sheets.write, made),
                lambda: Printout(sheets.as_paper(made)),
            )
        )  # fmt: skip

    def _changed(self) -> None:
        self._say_prices()
        self.band.tell_stale(self.reckoned is not None)

    def _say_prices(self) -> None:
        lacking = not self.desk.read(prices.listed)
        self.sums.say_when_empty(_NO_PRICES if lacking else _TO_DO)

    def show_period(self, since: date, until: date) -> None:
        """Show a period again."""
        self.period.choose(since, until)
        self.count()

    def correct(self, closing: Closing, draft: Draft) -> None:
        """Go on with the correction of a closing."""
        closing_steps.correct(self.band, self.desk, closing, self._read_again, draft)

    def open_prices(self, draft: Draft | None = None) -> None:
        """Let the price list be entered and changed; ``draft`` is one to go on with."""
        run(RecordsDialog(self, self.desk, price_records(self.desk), draft))

    def _close(self) -> None:
        assert self.reckoned is not None
        account = self.reckoned.account
        shown = Shown(
            books.SUBSIDY, subsidies.TITLE, account.since, account.until, not account.entries,
            self.doubts,
        )  # fmt: skip
        closing_steps.close(self.band, self.desk, shown, self._read_again)

    def _see_changes(self) -> None:
        closing_steps.see_changes(self.band, self.desk, self.case_wanted.emit, self._read_again)

    def _see_slip(self) -> None:
        if self.band.closing:
            closing_steps.show_slip(self.band, self.desk, self.band.closing)

    def _read_again(self, closing: Closing) -> None:
        self.explaining.entered()
        self.period.choose(closing.since, closing.until)
        self.count()


def _reckoned(session: Session, since: date, until: date) -> Reckoned:
    closing = closing_chain.standing(session, subsidies.CODE, since, until)
    account = subsidy_closings.shown(session, since, until)
    changes = len(subsidy_closings.differences(session, closing, account)) if closing else 0
    return Reckoned(account, closing, changes)
