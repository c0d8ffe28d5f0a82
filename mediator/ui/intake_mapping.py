"""Which column of a ledger tells what (栏目对照), to be put right by hand."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from mediator.services.ledger_files import TARGETS, Outline
from mediator.ui.editors import Choice
from mediator.ui.parts import button, column, label, row, scrolled

_NOT_TAKEN = "（不导入）"
_PAIRS = 2
"""Pairs of caption and list beside one another."""


class MappingPane(QWidget):
    """A list of the ledger's headings for everything that can be taken in."""

    decided = Signal()
    """The person wants the ledger read again by what is chosen here."""

    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline((), (), {})
        self.boxes = {code: self._box(code) for code in TARGETS}
        self.read_button = button("照此重读", self.decided.emit, role="main")
        self.usual_button = button("恢复自动认的", self._back, picture="refresh")
        hint = label(
            "左边是要导入的内容，右边是台账的栏名。认错了的在这里改，再点“照此重读”。", "quiet", wrap=True
        )
        actions = row(1, self.usual_button, self.read_button)
        self.setLayout(column(hint, scrolled(self._lists()), actions, margins=12))

    def show_outline(self, outline: Outline) -> None:
        """Offer the headings of a ledger, those recognised chosen."""
        self.outline = outline
        for box in self.boxes.values():
            box.clear()
            box.addItem(_NOT_TAKEN, "")
            for heading in outline.headings:
                box.addItem(heading, heading)
        self._choose_recognised()

    def columns(self) -> dict[str, str]:
        """The headings chosen otherwise than recognised, by code; an empty one is not taken."""
        chosen = {code: str(box.currentData() or "") for code, box in self.boxes.items()}
        return {
            code: heading for code, heading in chosen.items() if heading != self.outline.mapping.get(code, "")
        }

    def _lists(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(12)
        for n, (code, box) in enumerate(self.boxes.items()):
            caption = label(TARGETS[code])
            caption.setBuddy(box)
            grid.addWidget(caption, n // _PAIRS, n % _PAIRS * 2)
            grid.addWidget(box, n // _PAIRS, n % _PAIRS * 2 + 1)
            grid.setColumnStretch(n % _PAIRS * 2 + 1, 1)
        inside = QWidget()
        inside.setLayout(column(grid, 1))
        return inside

    def _box(self, code: str) -> Choice:
        box = Choice()
        box.setAccessibleName(f"{TARGETS[code]}取自哪一栏")
        box.setMaxVisibleItems(16)
        box.activated.connect(partial(self._take, code))
        return box

    def _take(self, code: str, _index: int) -> None:
        """A heading tells one thing only: what had it before gives it up."""
        heading = self.boxes[code].currentData()
        for other, box in self.boxes.items():
            if heading and other != code and box.currentData() == heading:
                box.setCurrentIndex(0)

    def _choose_recognised(self) -> None:
        for code, box in self.boxes.items():
            box.setCurrentIndex(max(box.findData(self.outline.mapping.get(code, "")), 0))

    def _back(self) -> None:
        self._choose_recognised()
        self.decided.emit()
