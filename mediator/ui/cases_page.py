"""案件: find a case, list them, begin a new one."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QStackedWidget, QTableView, QWidget

from mediator.domain.codes import Kind, Stage
from mediator.domain.stages import OPEN
from mediator.services import listing
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.parts import LEFT, button, column, label, row
from mediator.ui.style import RED

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("卷号", "申请人", "被申请人", "纠纷类型", "阶段", "登记日期", "调解期限")
DUE = HEADINGS.index("调解期限")
PAUSE_MS = 250


class CasesModel(QAbstractTableModel):
    """The cases wanted, fetched a page at a time as the list is scrolled."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.wanted = listing.Wanted()
        self.rows: list[listing.Row] = []
        self.whole = False

    def want(self, wanted: listing.Wanted) -> None:
        """Show other cases."""
        self.beginResetModel()
        self.wanted = wanted
        self.rows = self.desk.read(lambda s: listing.find(s, wanted))
        self.whole = len(self.rows) < listing.PAGE
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many are fetched so far."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many headings there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there may be older cases."""
        return not parent.isValid() and not self.whole

    def fetchMore(self, parent: Index) -> None:
        """Fetch the next page."""
        last = self.rows[-1].id
        more = self.desk.read(lambda s: listing.find(s, self.wanted, before=last))
        self.whole = len(more) < listing.PAGE
        if more:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(more) - 1)
            self.rows += more
            self.endInsertRows()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """What stands in a cell; overdue cases are red and say so."""
        entry = self.rows[index.row()]
        overdue = entry.stage in OPEN and entry.due_on is not None and entry.due_on < self.desk.today
        if role == Qt.ItemDataRole.ForegroundRole and overdue and index.column() == DUE:
            return QBrush(QColor(RED))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            due = entry.due_on.isoformat() if entry.due_on else ""
            return (
                entry.number, entry.applicants, entry.respondents, entry.kind.label if entry.kind else "",
                _stage_words(entry), entry.registered_on.isoformat(),
                due + (" 已超期" if overdue else ""),
            )[index.column()]  # fmt: skip
        return None


class CasesPage(QWidget):
    """The register (登记簿) on the screen."""

    case_wanted = Signal(int)
    new_wanted = Signal()
    ledger_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.model = CasesModel(desk)
        self.search = QLineEdit()
        self.search.setPlaceholderText("输入姓名、电话、地址、卷号里的任意几个字")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("查找案件")
        self.search.setMinimumWidth(300)
        self.kind = _choice("全部类型", [(kind.label, kind) for kind in Kind.offered()])
        self.stage = _choice("未办结的", [("全部阶段", "all"), *((s.label, s) for s in Stage.offered())])
        self.found = label("", "quiet")
        self.table = self._table()
        self.empty = label("", "quiet", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = QStackedWidget()
        self.body.addWidget(self.table)
        self.body.addWidget(self.empty)
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
        letter = table.fontMetrics().horizontalAdvance("永")
        for n, letters in enumerate((13, 8, 8, 8, 7, 7, 10)):
            header.resizeSection(n, letter * letters)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        head = row(
            label("案件", "title"),
            self.found,
            1,
            button("收台账", self.ledger_wanted.emit, picture="ledger", tip="把电子表格里的登记台账收进来"),
            button("登记新案件", self.new_wanted.emit, role="main", tip="快捷键 Ctrl+N"),
        )
        filters = row(self.search, self.stage, self.kind)
        filters.setStretch(0, 1)
        self.setLayout(column(head, filters, self.body, margins=18))

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _words: self._pause.start())
        self.search.returnPressed.connect(self._open_only_one)
        self._pause.timeout.connect(self.refresh)
        self.kind.currentIndexChanged.connect(lambda _index: self.refresh())
        self.stage.currentIndexChanged.connect(lambda _index: self.refresh())
        self.table.activated.connect(lambda index: self.case_wanted.emit(self.model.rows[index.row()].id))
        self.desk.changed.connect(self._stale)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)

    def wanted(self) -> listing.Wanted:
        """What the boxes at the head ask for."""
        stage = self.stage.chosen()
        return listing.Wanted(
            words=self.search.text(),
            stage=stage if isinstance(stage, Stage) else None,
            kind=self.kind.chosen(),
            unfinished=stage is None and not self.search.text().strip(),
        )

    def refresh(self) -> None:
        """Read the list again."""
        self._pause.stop()
        wanted = self.wanted()
        self.model.want(wanted)
        number = self.desk.read(lambda s: listing.number_of(s, wanted))
        self.found.setText(f"{number} 件")
        self.body.setCurrentWidget(self.table if number else self.empty)
        self.empty.setText(
            "没有符合条件的案件。\n可以少写几个字，或把阶段改成“全部阶段”再找。"
            if wanted != listing.Wanted(unfinished=True)
            else "这里还没有要办的案件。\n点右上角“登记新案件”开始第一件，或用“收台账”把旧台账收进来。"
        )

    def _stale(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._pause.start()

    def _open_only_one(self) -> None:
        self.refresh()
        if len(self.model.rows) == 1:
            self.case_wanted.emit(self.model.rows[0].id)


def _stage_words(entry: listing.Row) -> str:
    """The stage; once a case is past its result, how mediation ended too."""
    later = entry.stage in (Stage.PERFORMED, Stage.REVISITED, Stage.CLOSED, Stage.ARCHIVED)
    return entry.stage.label + (f"({entry.outcome.label})" if entry.outcome and later else "")


def _choice(first: str, entries: list[tuple[str, Any]]) -> Choice:
    box = Choice()
    box.offer(first, None)
    for words, value in entries:
        box.offer(words, value)
    box.setAccessibleName(first)
    return box
