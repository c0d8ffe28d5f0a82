"""A table to read: rows of words under headings, one row chosen at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from mediator.ui.style import ACCENT, LINE, QUIET
from mediator.ui.words_model import Heading, Index, Line, WordsModel

_PADDING = 8
"""Left and right of the words in a cell, by the style sheet; in pixels."""
_ROOM = 26
"""What a column is wider than the letters in it, in pixels."""
_FRAME = 8
"""Left and right of the cells, in pixels."""
_LEAST = 8
"""Letters that a column which takes what is left has room for in any case."""
_MODES = {True: QHeaderView.ResizeMode.Stretch, False: QHeaderView.ResizeMode.Interactive}
_SHEET = f"""
QTableView {{ border: 2px solid {LINE}; }}
QTableView:focus {{ border: 2px solid {ACCENT}; }}
"""


class _Roomy(QStyledItemDelegate):
    """Reckons with the room left around the words when it breaks them into lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size of a cell as wide as its column; one that may be several rows high makes no row higher."""
        model = index.model()
        if isinstance(model, WordsModel) and model.headings[index.column()].top:
            return QSize(0, 0)
        narrow = QStyleOptionViewItem(option)
        narrow.rect.setWidth(option.rect.width() - 2 * _PADDING)  # type: ignore[attr-defined]
        return super().sizeHint(narrow, index)


class WordsTable(QTableView):
    """The table on the screen; while it is empty it says what to do."""

    def __init__(self, name: str, headings: Sequence[Heading], empty: str, *, least: int = _LEAST) -> None:
        super().__init__()
        self.least = least
        self.words = WordsModel()
        self.empty = empty
        self.setModel(self.words)
        self.setAccessibleName(name)
        self.setStyleSheet(_SHEET)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(self.fontMetrics().height() * 6)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        self.horizontalHeader().setHighlightSections(False)
        self.head(headings)

    def head(self, headings: Sequence[Heading], lines: Sequence[Line] = ()) -> None:
        """Put other headings, and rows under them."""
        self.words.show(headings, lines)
        header, letter = self.horizontalHeader(), self.fontMetrics().horizontalAdvance("永")
        header.setMinimumSectionSize(letter * 3 + 20)
        broken = any("\n" in heading.words for heading in headings)  # Qt would measure the lines as one
        header.setTextElideMode(Qt.TextElideMode.ElideNone if broken else Qt.TextElideMode.ElideRight)
        for n, heading in enumerate(headings):
            header.setSectionResizeMode(n, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(n, letter * (heading.letters or self.least) + _ROOM)
        self._share()
        self._describe()

    def wrap(self) -> None:
        """Make rows as high as their words need; for tables of some hundred rows, not of thousands."""
        self.setItemDelegate(_Roomy(self))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().sectionResized.connect(lambda *_: self.resizeRowsToContents())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other rows under the same headings."""
        self.words.show(self.words.headings, lines)
        self._describe()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out again."""
        super().resizeEvent(event)
        self._share()

    def sizeHint(self) -> QSize:
        """No higher than it must be: it takes the room that is left."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def room(self) -> int:
        """What there is for the columns beside the bar to scroll with; in pixels."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - _FRAME

    def holds(self, headings: Sequence[Heading]) -> bool:
        """Whether there is room for columns, those that take what is left as narrow as they may be."""
        letter = self.fontMetrics().horizontalAdvance("永")
        wanted = sum(letter * (heading.letters or self.least) + _ROOM for heading in headings)
        return wanted <= self.room()

    def say_when_empty(self, words: str) -> None:
        """Change what an empty table says."""
        self.empty = words
        self._describe()
        self.viewport().update()

    def chosen(self) -> int:
        """The row that is chosen, or -1."""
        return self.currentIndex().row()

    def choose(self, row: int, column: int = 0) -> None:
        """Choose a row."""
        self.setCurrentIndex(self.words.index(row, column))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or the words of an empty table."""
        super().paintEvent(event)
        if not self.words.lines:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(QUIET))
            room = self.viewport().rect().adjusted(20, 12, -20, -12)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty)
            painter.end()

    def _share(self) -> None:
        """Give what is left to the columns that take it; where it is too little, they scroll sideways."""
        header, letter = self.horizontalHeader(), self.fontMetrics().horizontalAdvance("永")
        free = [n for n, heading in enumerate(self.words.headings) if not heading.letters]
        taken = sum(header.sectionSize(n) for n, heading in enumerate(self.words.headings) if heading.letters)
        least = letter * self.least + _ROOM
        enough = self.viewport().width() - taken >= least * len(free)
        for n in free:
            header.setSectionResizeMode(n, _MODES[enough])
            if not enough:
                header.resizeSection(n, least)

    def _describe(self) -> None:
        self.setAccessibleDescription("" if self.words.lines else self.empty)
