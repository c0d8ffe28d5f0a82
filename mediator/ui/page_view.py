"""The pages of a PDF on the screen (页面): each is drawn when it is about to be seen, and let go when it is far off."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from mediator.domain.errors import Refusal
from mediator.ui.printing import opened, pages

MARGIN = 24
KEPT = 12
"""The most pages that are kept drawn, unless more are near."""
_INCH = 72
"""Points."""


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points; Refusal if it is no PDF that can be read."""
    from pypdfium2 import PdfiumError

    try:
        with opened(pdf) as document:
            return [document.get_page_size(n) for n in range(len(document))]
    except PdfiumError:
        raise Refusal("这个 PDF 文件打不开，可能已损坏或设了密码；请换一个文件。") from None


class PageView(QScrollArea):
    """Pages under one another, as wide as there is room; empty sheets of their size until they are drawn."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self.pdf = pdf
        self.sizes = sizes(pdf)
        self.sheets = [_sheet(n) for n in range(1, len(self.sizes) + 1)]
        self.drawn: list[int] = []
        """The pages drawn, the one drawn last at the end."""
        self._wide = 0
        self._drawing = QTimer(self, singleShot=True, interval=0)
        self._drawing.timeout.connect(self._draw_next)
        holder = QWidget()
        for sheet in self.sheets:
            sheet.setParent(holder)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(holder)
        self.setAccessibleName("文书页面")
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._drawing.start())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the pages as wide as there is room."""
        super().resizeEvent(event)
        wide = max(self.viewport().width() - 2 * MARGIN, 200)
        if wide != self._wide:
            self._wide = wide
            self._fit()

    def _fit(self) -> None:
        """Put the pages under one another, empty until they are drawn anew."""
        top = MARGIN
        for sheet, (wide, high) in zip(self.sheets, self.sizes, strict=True):
            sheet.clear()
            sheet.setGeometry(MARGIN, top, self._wide, round(self._wide * high / wide))
            top += sheet.height() + MARGIN
        self.widget().resize(self._wide + 2 * MARGIN, top)
        self.drawn.clear()
        self._drawing.start()

    def near(self) -> list[int]:
        """The pages that are seen, then those within a screen of them; counted from 0."""
        high = self.viewport().height()
        top = self.verticalScrollBar().value()

        def between(first: int, last: int) -> list[int]:
            places = enumerate(sheet.geometry() for sheet in self.sheets)
            return [n for n, place in places if place.bottom() > first and place.top() < last]

        seen = between(top, top + high)
        return [*seen, *(n for n in between(top - high, top + 2 * high) if n not in seen)]

    def _draw_next(self) -> None:
        """Draw one page that is still empty, and come back for the next: the window stays free in between."""
        near = self.near()
        lacking = [n for n in near if n not in self.drawn]
        if not lacking:
            return
        self._draw(lacking[0])
        far = [n for n in self.drawn if n not in near]
        for n in far[: max(len(self.drawn) - KEPT, 0)]:
            self.sheets[n].clear()
            self.drawn.remove(n)
        if len(lacking) > 1:
            self._drawing.start()

    def _draw(self, n: int) -> None:
        ratio = self.devicePixelRatioF()
        dpi = _INCH * (self._wide - 2) * ratio / self.sizes[n][0]
        picture = QPixmap.fromImage(next(iter(pages(self.pdf, dpi, n + 1, n + 1))))
        picture.setDevicePixelRatio(ratio)
        self.sheets[n].setPixmap(picture)
        self.drawn.append(n)


def _sheet(number: int) -> QLabel:
    made = QLabel()
    made.setAccessibleName(f"第 {number} 页")
    made.setStyleSheet("border: 1px solid #c3ccd1; background: white;")
    return made
