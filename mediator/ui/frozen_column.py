"""A column that stays in sight (固定列) while the others of its table are scrolled sideways."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from mediator.ui.style import LINE
from mediator.ui.words_table import WordsTable

_SHEET = f"QTableView {{ border: none; border-right: 2px solid {LINE}; border-radius: 0; }}"


class FrozenColumn(QTableView):
    """The same column over the left edge of the table, from when it would be scrolled out of sight."""

    def __init__(self, table: WordsTable, place: int = 0) -> None:
        super().__init__(table)
        self.table, self.place = table, place
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setSelectionBehavior(table.selectionBehavior())
        self.setSelectionMode(table.selectionMode())
        self.setItemDelegate(table.itemDelegate())
        self.setAccessibleName(table.accessibleName())
        self.setStyleSheet(_SHEET)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlternatingRowColors(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.hide()
        self._connect()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as high as the table."""
        if event.type() == QEvent.Type.Resize:
            self._lay()
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        table, bar = self.table, self.table.verticalScrollBar()
        bar.valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(bar.setValue)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self._lay())
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self._lay())
        table.selectionModel().currentChanged.connect(lambda *_indexes: self._uncover())
        table.words.modelReset.connect(self._lay)
        table.viewport().installEventFilter(self)
        self.activated.connect(table.activated)

    def _lay(self) -> None:
        """Lie over the table where the column is not wholly in sight there."""
        header = self.table.horizontalHeader()
        covered = self.table.horizontalScrollBar().value() > header.sectionPosition(self.place)
        self.setVisible(covered and bool(self.table.words.lines))
        if self.isHidden():
            return
        for n in range(header.count()):
            self.setColumnHidden(n, n != self.place)
        self.verticalHeader().setDefaultSectionSize(self.table.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setFixedHeight(header.height())
        self.horizontalHeader().setMinimumSectionSize(header.minimumSectionSize())
        wide, frame = header.sectionSize(self.place), self.table.frameWidth()
        self.setColumnWidth(self.place, wide)
        self.setGeometry(frame, frame, wide + 2, self.table.viewport().height() + header.height())
        self.verticalScrollBar().setValue(self.table.verticalScrollBar().value())

    def _uncover(self) -> None:
        """Keep the cell chosen from lying under this column."""
        at = self.table.currentIndex()
        under = self.width() - self.table.visualRect(at).left()
        if self.isVisible() and at.column() > self.place and under > 0:
            bar = self.table.horizontalScrollBar()
            bar.setValue(bar.value() - under)
