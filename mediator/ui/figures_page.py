"""统计: the tables an office reports, its current lists, pay per case, and tables of its own, a tab each."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from mediator.domain.errors import Refusal
from mediator.domain.safety import Draft
from mediator.services import closing_chain
from mediator.services.draft_office import period_of
from mediator.services.draft_stands import steps
from mediator.ui import books, tell
from mediator.ui.closings_dialog import ClosingsDialog
from mediator.ui.custom_pane import CustomPane
from mediator.ui.desk import Desk
from mediator.ui.office_records import screening_records
from mediator.ui.parts import button, column, row, run
from mediator.ui.records_dialog import RecordsDialog
from mediator.ui.rosters_pane import RostersPane
from mediator.ui.subsidy_pane import SubsidyPane
from mediator.ui.tables_pane import TablesPane


class FiguresPage(QWidget):
    """The month's work comes first; the rest is a press away."""

    case_wanted = Signal(int)
    carry_wanted = Signal(str, object, object)
    """Carry out the table with this code for the days from … until …."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tables = TablesPane(desk)
        self.rosters = RostersPane(desk)
        self.subsidy = SubsidyPane(desk)
        self.custom = CustomPane(desk)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("报表、清单、以案定补、自定义统计")
        for pane, words in (
            (self.tables, "报表"), (self.rosters, "清单"), (self.subsidy, "以案定补"), (self.custom, "自定义统计"),
        ):  # fmt: skip
            self.tabs.addTab(pane, words)
        self.closings_button = button("结账记录…", self.open_closings, tip="以前的每一次结账和更正")
        self.screenings_button = button(
            "排查记录…", self.open_screenings, tip="记排查，报表里的排查次数从这里统计"
        )
        corner = QWidget()
        beside = row(self.closings_button, self.screenings_button, gap=8)
        beside.setContentsMargins(0, 0, 0, 4)
        corner.setLayout(beside)
        self.tabs.setCornerWidget(corner, Qt.Corner.TopRightCorner)
        self.setLayout(column(self.tabs, margins=12))
        self._connect()

    def open_screenings(self, draft: Draft | None = None) -> None:
        """Let screenings (排查) be entered and changed; ``draft`` is one to go on with."""
        run(RecordsDialog(self, self.desk, screening_records(self.desk), draft))

    def open_closings(self) -> None:
        """Show every closing there is."""
        dialog = ClosingsDialog(self, self.desk)
        dialog.period_wanted.connect(self._go_back_to)
        run(dialog)

    def _connect(self) -> None:
        panes: tuple[TablesPane | RostersPane | SubsidyPane | CustomPane, ...] = (
            self.tables, self.rosters, self.subsidy, self.custom,
        )  # fmt: skip
        for pane in panes:
            pane.case_wanted.connect(self.case_wanted)
        self.tables.carry_wanted.connect(self.carry_wanted)
        self.tables.screenings_wanted.connect(self.open_screenings)
        self.rosters.screenings_wanted.connect(self.open_screenings)

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed here before."""
        last = steps(draft.place)[-1]
        if last.what == "screening":
            self.open_screenings(draft)
        elif last.what == "price":
            self.tabs.setCurrentWidget(self.subsidy)
            self.subsidy.open_prices(draft)
        elif last.what == "close":
            self._go_back_to(*period_of(last))
        else:
            self._correct(draft, last.row or 0)

    def _correct(self, draft: Draft, closing_id: int) -> None:
        with tell.refusals(self):
            history = self.desk.read(closing_chain.history)
            closing = next((one for one in history if one.id == closing_id), None)
            if closing is None:
                raise Refusal("这一次结账已经不在了，不能接着填。")
            self._go_back_to(closing.table, closing.since, closing.until)
            (self.subsidy if closing.table == books.SUBSIDY else self.tables).correct(closing, draft)

    def _go_back_to(self, code: str, since: date, until: date) -> None:
        """Show a period again."""
        if code == books.SUBSIDY:
            self.tabs.setCurrentWidget(self.subsidy)
            self.subsidy.show_period(since, until)
        else:
            self.tabs.setCurrentWidget(self.tables)
            self.tables.show_period(code, since, until)
