"""One picture on the screen (看图), as large as there is room, or words in its place."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mediator.ui.style import LINE, PAPER, QUIET

_EDGE = 8


class PictureView(QWidget):
    """Shows a picture in its own proportions, never larger than it is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.image = QImage()
        self.words = ""
        self.setAccessibleName(name)
        self.setMinimumHeight(self.fontMetrics().height() * 8)

    def show_picture(self, image: QImage, words: str) -> None:
        """Show a picture; the words are for those who have it read out."""
        self.image, self.words = image, ""
        self.setAccessibleDescription(words)
        self.update()

    def say(self, words: str) -> None:
        """Show words and no picture."""
        self.image, self.words = QImage(), words
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """No larger than it must be: it takes the room that is left."""
        return QSize(self.fontMetrics().horizontalAdvance("永") * 16, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture in the middle, or the words."""
        painter = QPainter(self)
        painter.setPen(QColor(LINE))
        painter.setBrush(QColor(PAPER))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        room = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        if self.image.isNull():
            painter.setPen(QColor(QUIET))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(_placed(self.image.size(), room), self.image)
        painter.end()


def _placed(size: QSize, room: QRect) -> QRect:
    fitted = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(room.topLeft(), fitted if fitted.width() < size.width() else size)
    place.moveCenter(room.center())
    return place
