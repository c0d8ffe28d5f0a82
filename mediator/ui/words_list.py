"""A list of entries that may be several lines long (多行列表); it scrolls down, never sideways."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QListView, QListWidget, QStyledItemDelegate, QStyleOptionViewItem

_PADDING = 10
"""Left and right of the words, by the style sheet; in pixels."""


class _Roomy(QStyledItemDelegate):
    """Reckons with the room left around the words when it breaks them into lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of an entry as wide as the list."""
        narrow = QStyleOptionViewItem(option)
        narrow.rect.setWidth(option.rect.width() - 2 * _PADDING)  # type: ignore[attr-defined]
        return super().sizeHint(narrow, index)


class WordsList(QListWidget):
    """Entries as high as their words need."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setItemDelegate(_Roomy(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
