"""Pictures as pages of a PDF (照片转为页面), so that photographs and scans are seen and printed as papers are."""

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter

from mediator.domain.errors import Refusal
from mediator.ui.printing import LYING, UPRIGHT, placed

_DPI = 200


def as_pdf(pictures: Iterable[bytes]) -> bytes:
    """Upright pictures, each on an A4 page of its own, lying where it is wider than high; one that is damaged leaves its
    page empty. Refusal if none of them can be drawn.
    """
    kept, painter, drawn = QByteArray(), QPainter(), 0
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    try:
        for picture in pictures:
            image = QImage.fromData(QByteArray(picture))
            writer.setPageOrientation(LYING if image.width() > image.height() else UPRIGHT)
            if painter.isActive():
                writer.newPage()
            else:
                painter.begin(writer)
            if not image.isNull():
                painter.drawImage(placed(image.size(), painter.viewport()), image)
                drawn += 1
    finally:
        if painter.isActive():
            painter.end()
    if not drawn:
        raise Refusal("这张图片显示不出来，可能已损坏；请换一个文件。")
    return bytes(kept.data())
