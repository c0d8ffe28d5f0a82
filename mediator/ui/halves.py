"""Two surfaces side by side; under one another where there is too little room."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mediator.ui.parts import row

_NARROW = 45
"""Letters."""


class Halves(QWidget):
    """Two surfaces that share the room, equally unless told otherwise."""

    def __init__(self, first: QWidget, second: QWidget, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._stacked = False
        self.sides = row(first, second)
        for n, share in enumerate(shares):
            self.sides.setStretch(n, share)
        self.setLayout(self.sides)

    def stack(self, on: bool) -> None:
        """Put the second under the first however wide it is, or beside it again where there is room."""
        self._stacked = on
        self._turn(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the second under the first where it is narrow."""
        self._turn(event.size().width())
        super().resizeEvent(event)

    def _turn(self, width: int) -> None:
        narrow = self._stacked or width < self.fontMetrics().horizontalAdvance("永") * _NARROW
        self.sides.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
