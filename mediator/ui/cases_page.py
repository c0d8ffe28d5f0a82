"""案件: find a case, list them, begin a new one."""

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QWidget

from mediator.domain.codes import Kind, Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape
from mediator.services import listing, searching
from mediator.ui.cases_model import HEADINGS, CasesModel
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, Editor, editor
from mediator.ui.flow import FlowLayout
from mediator.ui.line_edit import LineEdit
from mediator.ui.parts import LEFT, beside, button, column, label, row

ALL = "全部阶段"
PAUSE_MS = 250
_WIDEST = (
    "(2026)滨江人调字第001号", "六个字的姓名", "六个字的姓名", "六个字的类型", "达成协议了", "2026-03-05", "2026-03-05",
)  # fmt: skip
"""What the columns have room for; the names also take what is left."""


class CasesPage(QWidget):
    """The register (登记簿) on the screen."""

    case_wanted = Signal(int)
    new_wanted = Signal()
    ledger_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.model = CasesModel(desk)
        self.search = LineEdit()
        self.search.setPlaceholderText("姓名、电话、地址、卷号里的任意几个字")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 10)
        self.stage = Choice()
        for words, stage in (("未办结的", None), (ALL, ALL), *((s.label, s) for s in Stage.offered())):
            self.stage.offer(words, stage)
        self.kind = Choice()
        for words, kind in (("全部类型", None), *((k.label, k) for k in Kind.offered())):
            self.kind.offer(words, kind)
        self.since = editor(Field("登记日期从", Shape.DAY, "这一天和以后登记的。"))
        self.until = editor(Field("登记日期到", Shape.DAY, "这一天和以前登记的。"))
        self.found = label("", "quiet")
        self.table = self._table()
        self.empty = label("", "quiet", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = QStackedWidget()
        self.body.addWidget(self.table)
        self.body.addWidget(self.empty)
        self._widened = False
        """Whether the stages were widened because words are looked for."""
        self._out_of_date = False
        self._told = ""
        """What was looked for last."""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._lay_out()
        self._connect()
        self.refresh()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.setAccessibleName("案件列表")
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 16)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(LEFT)
        for n, words in enumerate(_WIDEST):
            header.resizeSection(n, table.fontMetrics().horizontalAdvance(words) + 24)
        for n in (1, 2):
            header.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        head = row(
            label("案件", "title"),
            self.found,
            beside("查找", self.search),
            button("导入台账", self.ledger_wanted.emit, picture="ledger", tip="把电子表格里的登记台账导进来"),
            button("登记新案件", self.new_wanted.emit, role="main", tip="快捷键 Ctrl+N"),
        )
        head.setStretch(2, 1)
        wide = self.fontMetrics().horizontalAdvance("例如 2026-03-05") + 64
        for made in (self.since, self.until):
            made.widget.setFixedWidth(wide)
        filters = FlowLayout(
            beside("办理阶段", self.stage), beside("纠纷类型", self.kind),
            beside("登记日期从", self.since.widget), beside("到", self.until.widget, "登记日期到"),
        )  # fmt: skip
        layout = column(head, filters, self.body, margins=18)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._open_only_one)
        self._pause.timeout.connect(self.refresh)
        self.kind.currentIndexChanged.connect(lambda _index: self.refresh())
        self.stage.currentIndexChanged.connect(lambda _index: self.refresh())
        self.stage.activated.connect(lambda _index: self._keep_stage())
        for made in (self.since, self.until):
            made.edited.connect(self._pause.start)
        self.table.activated.connect(lambda index: self.case_wanted.emit(self.model.rows[index.row()].id))
        self.desk.changed.connect(self._changed)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)

    def wanted(self) -> listing.Wanted:
        """What the boxes at the head ask for."""
        stage = self.stage.chosen()
        return listing.Wanted(
            words=self.search.text(),
            stage=stage if isinstance(stage, Stage) else None,
            kind=self.kind.chosen(),
            since=_day(self.since),
            until=_day(self.until),
            unfinished=stage is None,
        )

    def refresh(self) -> None:
        """Show what the boxes at the head ask for."""
        self._pause.stop()
        wanted = self.wanted()
        self._tell_search(wanted)
        self.model.want(wanted)
        self._count()

    def _tell_search(self, wanted: listing.Wanted) -> None:
        """A number looked for whole is told to the audit, once until something else is looked for; else nothing is shown."""
        words = wanted.words.strip()
        if words != self._told and searching.is_told(wanted):
            self.desk.alone(lambda s: searching.tell(s, wanted))
        self._told = words

    def read_again(self) -> None:
        """Read the list again where it stands: the same case chosen, the same ones on the screen."""
        at, top = self.table.currentIndex(), self.table.verticalScrollBar().value()
        chosen = self.model.rows[at.row()].id if at.isValid() else None
        self._out_of_date = False
        self.model.read_again()
        self.table.doItemsLayout()
        if chosen is not None and (now := self.model.row_of(chosen)) >= 0:
            self.table.setCurrentIndex(self.model.index(now, at.column()))
        self.table.verticalScrollBar().setValue(top)
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what was changed behind other pages."""
        super().showEvent(event)
        if self._out_of_date:
            self.read_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is too little room for the names, the day of registration gives up its own."""
        super().resizeEvent(event)
        metrics = self.table.fontMetrics()
        wanted = sum(metrics.horizontalAdvance(words) + 24 for words in _WIDEST)
        self.table.setColumnHidden(HEADINGS.index("登记日期"), event.size().width() < wanted + 60)

    def _count(self) -> None:
        wanted = self.model.wanted
        number = self.desk.read(lambda s: listing.number_of(s, wanted))
        self.found.setText(f"{number} 件")
        self.body.setCurrentWidget(self.table if number else self.empty)
        self.empty.setText(
            f"没有符合条件的案件。\n可以少写几个字，或把阶段改成“{ALL}”再找。"
            if wanted != listing.Wanted(unfinished=True)
            else "这里还没有要办的案件。\n点右上角“登记新案件”开始第一件，或用“导入台账”把旧台账收进来。"
        )

    def _changed(self) -> None:
        if self.isVisible():
            self.read_again()
        else:
            self._out_of_date = True

    def _typed(self, words: str) -> None:
        """Words are looked for in all stages, and the box says so; without them it is as it was."""
        looking = bool(words.strip())
        if looking != self._widened and self.stage.chosen() == (None if looking else ALL):
            self._widened = looking
            blocked = self.stage.blockSignals(True)
            self.stage.choose(ALL if looking else None)
            self.stage.blockSignals(blocked)
        self._pause.start()

    def _keep_stage(self) -> None:
        """What was chosen by hand is not taken back."""
        self._widened = False

    def _open_only_one(self) -> None:
        self.refresh()
        if len(self.model.rows) == 1:
            self.case_wanted.emit(self.model.rows[0].id)


def _day(made: Editor) -> date | None:
    """The day typed, or None, with the field marked where it cannot be read."""
    try:
        value = made.field.read(made.raw())
    except Refusal as refusal:
        made.mark(str(refusal))
        return None
    made.mark("")
    return value if isinstance(value, date) else None
