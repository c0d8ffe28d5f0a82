"""Which table for which period (统计表和报告期): the same choice wherever figures are counted, carried or by_itself."""

from datetime import date

from PySide6.QtWidgets import QWidget

from mediator.tallies import register
from mediator.tallies.table import Table
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.parts import beside, column
from mediator.ui.period_choice import PeriodPane

Report = tuple[Table, date, date]


class ReportPane(QWidget):
    """A table and a period to choose, the last whole month to begin with; ``after`` stands behind them."""

    def __init__(self, desk: Desk, *after: QWidget) -> None:
        super().__init__()
        self.tables = Choice()
        for table in register.TABLES:
            self.tables.offer(table.title, table.code)
        self.period = PeriodPane(desk, before=[beside("统计表：", self.tables, "统计表")], after=after)
        self.entered = self.period.entered
        self.setLayout(column(self.period))

    def report(self) -> Report:
        """The table, in the edition of that time, and the period; Refusal, with the field marked, if a day is wrong."""
        since, until = self.period.period()
        return register.of(self.tables.chosen(), until), since, until

    def choose(self, code: str, since: date, until: date) -> None:
        """Choose the table with a code, and a period."""
        self.tables.choose(code)
        self.period.choose(since, until)
