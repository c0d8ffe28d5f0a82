"""Two surfaces side by side; under one another where there is too little room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_NARROW = 45
"""Letters."""


class Halves(QSplitter):
    """Two surfaces that share the width as 3 to 2 unless told otherwise; the border between them can be moved."""

    def __init__(self, first: QWidget, second: QWidget, shares: tuple[int, int] = (3, 2)) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(12)
        for n, (surface, share) in enumerate(zip((first, second), shares, strict=True)):
            self.addWidget(surface)
            self.setStretchFactor(n, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the second under the first where it is narrow."""
        narrow = event.size().width() < self.fontMetrics().horizontalAdvance("永") * _NARROW
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        super().resizeEvent(event)
