"""结账以后的变动: every item of a closed period with both figures, and the cases that went and came."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from mediator.domain import periods
from mediator.domain.figures import Closing
from mediator.services import questioned
from mediator.services.listing import Row
from mediator.ui import books
from mediator.ui.behind_dialog import HEADS, UNCUT, UNDER, cells
from mediator.ui.books import Changed
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.parts import button, column, label, row, scrolled
from mediator.ui.sheet_table import SheetTable
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("项目", 0), Heading("结账时", 6, number=True), Heading("现在", 6, number=True),
    Heading("增减", 5, number=True), Heading("案件", 8),
)  # fmt: skip
_SAME = "这一项没有案件进出，是同样的案件改了内容。"
_NO_CASES = "这一项数的不是案件，没有案件可以列出。"


class ChangesDialog(QDialog):
    """On top what has changed, under it the cases of the item chosen; accepted where a slip is wanted."""

    case_wanted = Signal(int)

    def __init__(self, parent: QWidget, desk: Desk, closing: Closing, changes: Sequence[Changed]) -> None:
        super().__init__(parent)
        self.desk, self.changes = desk, list(changes)
        self.rows: list[tuple[str, Row]] = []
        """The cases of the item chosen, and how each moved."""
        self.setWindowTitle("结账以后的变动")
        self.table = WordsTable("变动", HEADINGS, "没有变动。")
        self.table.wrap()
        self.table.show_lines([_line(change) for change in self.changes])
        self.about = label("", "section", wrap=True)
        self.cases = SheetTable("变动涉及的案件", _SAME)
        for each, lines in ((self.table, 5), (self.cases, 3)):
            each.setMinimumHeight(each.verticalHeader().defaultSectionSize() * lines)
        self.open_button = button("打开这个案件", self._open)
        self.slip_button = button(
            "出更正单…", self.accept, role="main", tip="写明原因，按现在的数字更正这一期"
        )
        inside = QWidget()
        title = f"{books.title(closing)}，{periods.days(closing.since, closing.until)}，{books.told(closing)}"
        layout = column(label(title, "section", wrap=True), self.table, self.about, self.cases)
        layout.setStretch(1, 3)
        layout.setStretch(3, 2)
        inside.setLayout(layout)
        buttons = row(self.open_button, 1, button("关闭", self.reject), self.slip_button)
        self.setLayout(column(scrolled(inside), buttons, margins=18))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_cases())
        self.cases.activated.connect(lambda _index: self._open())
        fit(self, 66, 46)
        self.table.choose(0)

    def _show_cases(self) -> None:
        number = self.table.chosen()
        if not 0 <= number < len(self.changes):
            return
        change = self.changes[number]
        self.rows = [
            (words, found)
            for words, uids in (
                ("不再计入", change.gone),
                ("新计入", change.come),
                ("改过内容", change.altered),
            )
            for found in self.desk.read(partial(questioned.of_uids, uids=uids))
        ]
        self.about.setText(f"{change.item}：结账时 {change.was}，现在 {change.now}。")
        self.cases.say_when_empty(_NO_CASES if any(change.others) else _SAME)
        lines = [(words, *cells(found)[:-1]) for words, found in self.rows]
        self.cases.show_rows(("变动", *HEADS[:-1]), lines, free=2, uncut=("变动", *UNCUT), under=UNDER)
        self.cases.choose(0, 1)
        self.open_button.setEnabled(bool(self.rows))

    def _open(self) -> None:
        chosen = self.cases.chosen()
        if 0 <= chosen < len(self.rows):
            self.reject()
            self.case_wanted.emit(self.rows[chosen][1].id)


def _line(change: Changed) -> Line:
    went, came = change.others
    moved = (
        (f"减少 {len(change.gone)} 件", change.gone), (f"增加 {len(change.come)} 件", change.come),
        (f"{len(change.altered)} 件改过内容", change.altered), (f"减少 {went} 条记录", went), (f"增加 {came} 条记录", came),
    )  # fmt: skip
    cases = "，".join(words for words, any_moved in moved if any_moved) or "内容有改动"
    return Line(
        (change.item, change.was, change.now, change.rise, cases), tip=f"{change.group}：{change.item}"
    )
