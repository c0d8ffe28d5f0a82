"""自定义统计: a table of one's own, chosen, counted, opened case by case, saved under a name."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from mediator.domain import periods
from mediator.services import custom_specs, custom_tables, sheets
from mediator.services.custom_tables import Matrix, Spec
from mediator.services.listing import MOST
from mediator.services.printouts import Printout
from mediator.ui import later, tell
from mediator.ui.behind_dialog import BehindDialog
from mediator.ui.custom_choice import CustomChoice
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.frozen_column import FrozenColumn
from mediator.ui.keep_tally import Keepable, KeepPane
from mediator.ui.parts import beside, bring_up, button, card, column, label, row, run, scrolled
from mediator.ui.save_as_dialog import SaveAsDialog
from mediator.ui.sheet_table import Cell, SheetTable

TITLE = "自定义统计"
_NAME = 16
"""Latin letters there is room for in the list of tables saved."""
_TO_DO = "选好行、列和报告期，点“统计”。例如行选“纠纷类型”，列选“调解结果”。"


@dataclass(frozen=True)
class Made:
    """A table of one's own, counted, with its words."""

    matrix: Matrix
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: str
    keepable: Keepable


class CustomPane(QWidget):
    """The choices, and under them the table; a number opens its cases."""

    case_wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.made: Made | None = None
        self.saved = Choice()
        self.saved.setMinimumContentsLength(_NAME)
        self.count_button = button("统计", self.count, role="main")
        self.save_button = button("保存…", self._save, picture="save", tip="把这些选择存起来，起一个名称")
        self.remove_button = button("删除", self._remove, picture="delete", tip="删掉存过的这张统计表")
        saved = QWidget()
        kept = beside("存过的：", self.saved, "存过的自定义统计")
        saved.setLayout(row(kept, self.save_button, self.remove_button, gap=8))
        self.choice = CustomChoice(desk, saved, self.count_button)
        self.shown = label("", "quiet", wrap=True)
        self.table = SheetTable(TITLE, _TO_DO)
        self.table.setSelectionBehavior(SheetTable.SelectionBehavior.SelectItems)
        self.kept_in_sight = FrozenColumn(self.table)
        self.behind_button = button("看这个数字的案件", self.open_behind, picture="search")
        self.keep = KeepPane(desk, "xlsx", more=("pdf", "docx", "csv", "json"), prints=True)
        self._lay_out()
        self._list_saved("")
        self.saved.activated.connect(lambda _index: self._load())
        self.table.activated.connect(lambda _index: self.open_behind())
        self.choice.period.entered.connect(self.count)
        self.behind_button.setEnabled(False)

    def count(self) -> None:
        """Count what is chosen, in the background."""
        with tell.refusals(self):
            spec, title = self.choice.spec(), self.saved.chosen() or TITLE
            self.count_button.setEnabled(False)
            later.run(
                self,
                lambda: self.desk.read(lambda s: _counted(s, spec, title)),
                self._show,
                lambda: self.count_button.setEnabled(True),
            )

    def open_behind(self) -> None:
        """Open the cases behind the number chosen, or behind a whole row, column or table."""
        made, at = self.made, self.table.currentIndex()
        if made is None or not at.isValid():
            return
        matrix = made.matrix
        row_key = matrix.rows[at.row()] if at.row() < len(matrix.rows) else None
        place = at.column() - 1
        column_key = matrix.columns[place] if 0 <= place < len(matrix.columns) else None
        rows = self.desk.read(lambda s: custom_tables.behind(s, matrix.spec, row_key, column_key, limit=MOST))
        name = f"{self.table.rows[at.row()][0]}，{made.heads[at.column() or -1]}"
        dialog = BehindDialog(self, name, made.about, rows)
        dialog.case_wanted.connect(self.case_wanted)
        run(dialog)

    def _lay_out(self) -> None:
        choice = card(column(self.choice, margins=12))
        actions = row(self.keep, self.behind_button)
        actions.setStretch(0, 1)
        self.table.setMinimumHeight(self.table.fontMetrics().height() * 9)
        layout = column(choice, self.shown, self.table)
        layout.setStretch(2, 1)
        inside = QWidget()
        inside.setLayout(layout)
        self.area = scrolled(inside)
        self.setLayout(column(self.area, actions, margins=12))

    def _show(self, made: Made) -> None:
        self.made = made
        self.shown.setText(made.about)
        self.table.say_when_empty("这一期没有符合条件的案件。")
        self.table.show_rows(made.heads, made.rows if made.matrix.at() else (), free=0)
        self.table.choose(0, 1)
        self.behind_button.setEnabled(bool(made.matrix.at()))
        self.keep.offer(made.keepable)
        QTimer.singleShot(0, self, self._bring_up)

    def _bring_up(self) -> None:
        """Have what was counted in sight where the window is low."""
        bring_up(self.area, self.shown)

    def _list_saved(self, name: str) -> None:
        """List the tables saved, and choose the one of a name."""
        blocked = self.saved.blockSignals(True)
        self.saved.clear_offers()
        self.saved.offer("（没有选）", "")
        for one in self.desk.read(custom_specs.all_of):
            self.saved.offer(one.name, one.name)
        self.saved.choose(name)
        self.saved.blockSignals(blocked)
        self.remove_button.setEnabled(bool(self.saved.chosen()))

    def _load(self) -> None:
        name = self.saved.chosen()
        self.remove_button.setEnabled(bool(name))
        if name:
            with tell.refusals(self):
                self.choice.show_spec(self.desk.read(lambda s: custom_specs.load(s, name)))
                self.count()

    def _save(self) -> None:
        with tell.refusals(self):
            dialog = SaveAsDialog(self, self.desk, self.choice.spec(), self.saved.chosen() or "")
            if run(dialog) and dialog.kept is not None:
                self._list_saved(dialog.kept.name)

    def _remove(self) -> None:
        name = self.saved.chosen()
        if name and tell.ask(self, f"要删除存过的“{name}”吗？案件不受影响。", "删除"):
            with tell.refusals(self):
                self.desk.do(lambda s: custom_specs.remove(s, name))
                self._list_saved("")


def _counted(session: Session, spec: Spec, title: str) -> Made:
    matrix = custom_tables.count(session, spec)
    sheet = custom_tables.sheet(session, matrix, title)
    period = periods.days(spec.since, spec.until)
    about = "，".join((title, period, spec.measure.label, spec.basis.label, *sheet.notes[1:]))
    keepable = Keepable(
        lambda suffix: f"{title}-{period}.{suffix}", partial(sheets.write, sheet),
        lambda: Printout(sheets.as_paper(sheet)),
    )  # fmt: skip
    return Made(matrix, sheet.heads, sheet.rows, f"{about.rstrip('。')}。", keepable)
