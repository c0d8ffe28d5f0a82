"""Rows of words under headings, for tables that are only read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

Index = QModelIndex | QPersistentModelIndex
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Heading:
    """What stands above a column: the words, its width in Chinese letters (0: all that is left), numbers or words."""

    words: str
    letters: int
    number: bool = False
    top: bool = False
    """Whether the words stand at the top of a cell that is several rows high."""


@dataclass(frozen=True)
class Line:
    """One row: its words, what is said when the mouse rests on it, and its colour if not the usual."""

    words: tuple[str, ...]
    tip: str = ""
    colour: str = ""


class WordsModel(QAbstractTableModel):
    """The rows shown."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: tuple[Heading, ...] = ()
        self.lines: list[Line] = []

    def show(self, headings: Sequence[Heading], lines: Sequence[Line]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.headings, self.lines = tuple(headings), list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many headings there are."""
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The headings."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.headings[section].words
        return self._side(section) | _MIDDLE if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = 0) -> Any:
        """What stands in a cell."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip or line.words[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and line.colour:
            return QBrush(QColor(line.colour))
        if role != Qt.ItemDataRole.TextAlignmentRole:
            return None
        top = self.headings[index.column()].top
        return self._side(index.column()) | (Qt.AlignmentFlag.AlignTop if top else _MIDDLE)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be chosen but those that are several rows high."""
        whole = self.headings[index.column()].top
        return Qt.ItemFlag.ItemIsEnabled if whole else super().flags(index)

    def _side(self, section: int) -> Qt.AlignmentFlag:
        number = self.headings[section].number
        return Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
