"""清单: the lists that are always current: open and overdue cases, payments due, what was found on rounds."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget
from sqlalchemy.orm import Session

from mediator.domain.masking import masked_phone
from mediator.services import rosters, sheets
from mediator.services.listing import MOST
from mediator.services.printouts import Printout
from mediator.services.roster_list import OVERDUE, ROSTERS
from mediator.services.rosters import Roster, Row
from mediator.ui import later
from mediator.ui.desk import Desk
from mediator.ui.flow import FlowLayout
from mediator.ui.keep_tally import Keepable, KeepPane
from mediator.ui.parts import button, column, label, row
from mediator.ui.period_choice import CHECKED
from mediator.ui.reveal_button import RevealButton
from mediator.ui.sheet_table import SheetTable
from mediator.ui.style import RED

_LATE = "逾期"
_UNCUT = ("卷号", "应履行日期", "调解期限", "剩余天数", "日期", "登记日期")
_AT_WORK = (
    ("卷号", "纠纷类型"), ("申请人", "被申请人"), ("主持调解员", "办理阶段"), ("调解期限", "剩余天数"),
)  # fmt: skip
UNDER = {
    "open": _AT_WORK,
    "overdue": _AT_WORK,
    "payments": (("履行方", "履行方电话"), ("接受方", "事项"), ("应履行日期", "剩余天数")),
    "events": (("日期", "类别"), ("卷号", "地点或范围"), ("排查人或当事人", "办理情况")),
    "disputes": (("登记日期", "办理阶段"), ("卷号", "纠纷类型"), ("当事人", "主持调解员")),
}
"""By list: columns of which the second stands under the first where there is too little room."""
FREE = {
    "open": "申请人", "overdue": "申请人", "payments": "履行方电话", "events": "情况", "disputes": "简要情况",
}  # fmt: skip
"""By list: the column that takes the room that is left."""
_ROOMY = 90
"""Letters from which on there is room for what is not printed."""


class RostersPane(QWidget):
    """One list at a time, as it stands now; a row opens its case."""

    case_wanted = Signal(int)
    screenings_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.roster = ROSTERS[0]
        self.rows: list[Row] = []
        self.buttons = {roster.code: self._button(roster) for roster in ROSTERS}
        self.about = label("", "quiet", wrap=True)
        self.found = label("", "section")
        self.table = SheetTable("清单", "正在读取…")
        self.open_button = button("打开这个案件", self.open, role="main")
        self.keep = KeepPane(desk, "xlsx", more=("pdf", "docx", "csv", "json"), prints=True)
        self.reveal = RevealButton(desk, lambda: f"《{self.roster.title}》里的电话")
        self.reveal.turned.connect(self._list)
        choice = QWidget()
        choice.setLayout(FlowLayout(*self.buttons.values(), gap=8))
        about = row(self.found, self.about)
        about.setStretch(1, 1)
        actions = row(self.keep, self.reveal, self.open_button)
        actions.setStretch(0, 1)
        layout = column(choice, about, self.table, actions, margins=12)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.table.activated.connect(lambda _index: self.open())
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._enable())
        desk.changed.connect(self._changed)
        self._enable()

    def choose(self, code: str) -> None:
        """Show the list with a code."""
        self.reveal.hide_again()
        self.roster = rosters.by_code(ROSTERS, code)
        self.rows = []
        self.refresh()

    def refresh(self) -> None:
        """Read the list again, in the background."""
        roster, today = self.roster, self.desk.today
        for code, made in self.buttons.items():
            made.setChecked(code == roster.code)
        later.run(
            self,
            lambda: self.desk.read(
                lambda s: (
                    roster,
                    rosters.number_of(s, roster, today),
                    rosters.page(s, roster, today, limit=MOST),
                )
            ),
            self._show,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """A list is always that of now."""
        super().showEvent(event)
        self.refresh()

    def open(self) -> None:
        """Open the case of the row chosen; what was found on a round opens among the screenings."""
        chosen = self.table.chosen()
        if 0 <= chosen < len(self.rows):
            case_id = self.rows[chosen].case_id
            self.screenings_wanted.emit() if case_id is None else self.case_wanted.emit(case_id)

    def _button(self, roster: Roster) -> QPushButton:
        made = button(roster.title, partial(self.choose, roster.code), tip=roster.definition)
        made.setCheckable(True)
        made.setStyleSheet(CHECKED)
        return made

    def _show(self, read: tuple[Roster, int, list[Row]]) -> None:
        roster, number, rows = read
        if roster is not self.roster:
            return  # another list was asked for since
        self.rows = rows
        self._list()
        self.found.setText(f"共 {number} 条" + (f"，只列出 {MOST} 条" if number > MOST else ""))
        self.about.setText(roster.definition)
        self.keep.offer(self._keepable(roster))
        self.reveal.offer(bool(self.rows) and any(made.phones for made in roster.columns))
        self._enable()

    def _list(self) -> None:
        """Show the rows read, their telephones masked unless they were asked for."""
        roster, masked = self.roster, self.reveal.masked
        chosen = max(self.table.chosen(), 0)
        shown = [n for n, made in enumerate(roster.columns) if made.printed or self._roomy()]
        rows = [
            tuple(
                masked_phone(str(entry.cells[n])) if masked and roster.columns[n].phones else entry.cells[n]
                for n in shown
            )
            for entry in self.rows
        ]
        heads = [roster.columns[n].label for n in shown]
        late = _colour if roster is not OVERDUE else _plain
        self.table.show_rows(
            heads, rows, free=heads.index(FREE[roster.code]), uncut=_UNCUT, under=UNDER[roster.code],
            colour=late,
        )  # fmt: skip
        self.table.say_when_empty("现在没有要列的。" + roster.definition)
        self.table.choose(min(chosen, len(self.rows) - 1))

    def _roomy(self) -> bool:
        return self.width() > self.fontMetrics().horizontalAdvance("永") * _ROOMY

    def _keepable(self, roster: Roster) -> Keepable:
        """The whole list as it stands when it is written."""
        today = self.desk.today

        def write(suffix: str) -> bytes:
            return self.desk.read(lambda s: sheets.write(rosters.sheet(s, roster, today), suffix))

        def printed(session: Session) -> Printout:
            most = sheets.MOST_ON_PAPER
            return Printout(sheets.as_paper(rosters.sheet(session, roster, today, limit=most)))

        return Keepable(
            lambda suffix: f"{roster.title}-{today}.{suffix}", write, lambda: self.desk.read(printed)
        )

    def _enable(self) -> None:
        chosen = self.table.chosen()
        there = 0 <= chosen < len(self.rows)
        self.open_button.setEnabled(there)
        screened = there and self.rows[chosen].case_id is None
        self.open_button.setText("看排查记录" if screened else "打开这个案件")

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()


def _plain(_words: tuple[str, ...]) -> str:
    return ""


def _colour(words: tuple[str, ...]) -> str:
    return RED if any(cell.startswith(_LATE) for cell in words) else ""
