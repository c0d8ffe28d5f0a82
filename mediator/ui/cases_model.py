"""The rows of the list of cases, fetched a page at a time."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from mediator.domain.codes import Stage
from mediator.domain.stages import OPEN
from mediator.services import listing
from mediator.ui.desk import Desk
from mediator.ui.style import RED

Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("卷号", "申请人", "被申请人", "纠纷类型", "阶段", "登记日期", "调解期限")
DUE = HEADINGS.index("调解期限")


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
        self._fetch(wanted, listing.PAGE)

    def read_again(self) -> None:
        """Read again as many cases as are shown."""
        self._fetch(self.wanted, max(len(self.rows), listing.PAGE))

    def row_of(self, case_id: int) -> int:
        """Where a case stands, or -1."""
        return next((n for n, entry in enumerate(self.rows) if entry.id == case_id), -1)

    def _fetch(self, wanted: listing.Wanted, limit: int) -> None:
        rows = self.desk.read(lambda s: listing.find(s, wanted, limit=limit))
        self.beginResetModel()
        self.wanted, self.rows, self.whole = wanted, rows, len(rows) < limit
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
        over = (self.desk.today - entry.due_on).days if entry.due_on and entry.stage in OPEN else 0
        if role == Qt.ItemDataRole.ForegroundRole and over > 0 and index.column() == DUE:
            return QBrush(QColor(RED))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            due = entry.due_on.isoformat() if entry.due_on else ""
            return (
                entry.number, entry.applicants, entry.respondents, entry.kind.label if entry.kind else "",
                _stage_words(entry), entry.registered_on.isoformat(),
                f"超期 {over} 天" if over > 0 and role == Qt.ItemDataRole.DisplayRole else due,
            )[index.column()]  # fmt: skip
        return None


def _stage_words(entry: listing.Row) -> str:
    """The stage; once a case is past its result, how mediation ended too."""
    later = entry.stage in (Stage.PERFORMED, Stage.REVISITED, Stage.CLOSED, Stage.ARCHIVED)
    return entry.stage.label + (f"（{entry.outcome.label}）" if entry.outcome and later else "")
