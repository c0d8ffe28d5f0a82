"""The list of papers a case may have (文书清单): what is owed on top, the rest by kind, found by a word of its name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from mediator.ui.line_edit import LineEdit
from mediator.ui.paper_rows import DUE, Key, Row, grouped
from mediator.ui.parts import beside, column, label

ROW = Qt.ItemDataRole.UserRole
NOTHING_OWED = "没有了"
LEAST = 7
"""Lines of letters the list is high at least."""


class PaperTree(QWidget):
    """Papers under headings; only what is owed lies open at first."""

    chosen = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        self._open: set[str] = {DUE}
        self.search = LineEdit()
        self.search.setPlaceholderText("文书名称里的几个字")
        self.search.setClearButtonEnabled(True)
        self.tree = _tree()
        self.nothing = label("没有这个名称的文书。", "quiet")
        self.nothing.hide()
        self.search.textChanged.connect(lambda _text: self._fill(self.current()))
        self.tree.currentItemChanged.connect(lambda *_items: self.chosen.emit())
        self.tree.itemClicked.connect(self._turn)
        self.tree.itemActivated.connect(lambda item: self.opened.emit() if item.parent() else None)
        self.tree.itemExpanded.connect(lambda item: self._note(item, True))
        self.tree.itemCollapsed.connect(lambda item: self._note(item, False))
        self.setLayout(column(beside("查找文书", self.search), self.nothing, self.tree, gap=6))

    def show_rows(self, rows: Sequence[Row], key: Key | None = None) -> None:
        """Show papers; the one asked for is chosen, else the one chosen before, else the first."""
        before = key or self.current()
        self.rows = rows
        self._fill(before)

    def current(self) -> Key | None:
        """Which paper is chosen."""
        row = self.row()
        return row.key if row else None

    def row(self) -> Row | None:
        """The paper chosen; None while a heading is."""
        item = self.tree.currentItem()
        found: Row | None = item.data(0, ROW) if item is not None else None
        return found

    def choose(self, key: Key) -> None:
        """Choose a paper, its group opened, what was searched for given up where it would hide the paper."""
        if all(item.data(0, ROW).key != key for item in self._items()):
            self.search.clear()
        for item in self._items():
            if item.data(0, ROW).key == key:
                item.parent().setExpanded(True)
                self.tree.setCurrentItem(item)

    def _fill(self, key: Key | None) -> None:
        wanted = "".join(self.search.text().split()).lower()
        shown = [row for row in self.rows if wanted in row.title.lower().replace(" ", "")]
        blocked = self.tree.blockSignals(True)
        self.tree.clear()
        for heading, inside in grouped(shown):
            if inside or not wanted:
                self._group(heading, inside, opened=bool(wanted) or heading in self._open)
        self.tree.blockSignals(blocked)
        self.nothing.setVisible(not shown)
        self._choose_near(key)
        self.chosen.emit()

    def _group(self, heading: str, rows: Sequence[Row], *, opened: bool) -> None:
        count = f"{len(rows)} 份" if rows else NOTHING_OWED
        top = QTreeWidgetItem(self.tree, [heading, count])
        bold = top.font(0)
        bold.setBold(True)
        top.setFont(0, bold)
        for row in rows:
            item = QTreeWidgetItem(top, [row.title, row.state])
            item.setData(0, ROW, row)
            item.setToolTip(0, row.title)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{row.title}，{row.state}")
        top.setExpanded(opened)

    def _choose_near(self, key: Key | None) -> None:
        """Choose the paper chosen before where it is still seen, else the first one seen."""
        seen = [item for item in self._items() if item.parent().isExpanded()]
        same = [item for item in seen if item.data(0, ROW).key == key]
        blocked = self.tree.blockSignals(True)
        if seen:
            self.tree.setCurrentItem((same or seen)[0])
        self.tree.blockSignals(blocked)

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        return [top.child(n) for top in tops if top is not None for n in range(top.childCount())]

    def _turn(self, item: QTreeWidgetItem) -> None:
        if item.parent() is None:
            item.setExpanded(not item.isExpanded())

    def _note(self, item: QTreeWidgetItem, opened: bool) -> None:
        """Remember which groups lie open; what a search opened does not count."""
        if not self.search.text():
            (self._open.add if opened else self._open.discard)(item.text(0))


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setColumnCount(2)
    tree.setHeaderHidden(True)
    tree.setAccessibleName("可以出具的文书")
    tree.setExpandsOnDoubleClick(False)
    tree.setWordWrap(True)
    tree.setIndentation(20)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    tree.setMinimumHeight(tree.fontMetrics().lineSpacing() * LEAST)
    tree.setStyleSheet("QTreeView::item { padding: 6px 2px; }")
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return tree
