"""Printing (打印): the pages of a PDF on A4 paper, at full size and one at a time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from mediator.domain.errors import Refusal
from mediator.services.printouts import PDFIUM

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PRINT_DPI = 300
UPRIGHT, LYING = QPageLayout.Orientation.Portrait, QPageLayout.Orientation.Landscape


def number_of_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with opened(pdf) as document:
        return len(document)


def pages(pdf: bytes, dpi: float, first: int = 1, last: int = 0) -> Iterator[QImage]:
    """The pages of a PDF as pictures, each made when it is asked for; ``last`` 0 is the last there is."""
    for n in range(first - 1, last or number_of_pages(pdf)):
        yield _page(pdf, dpi, n)


@contextmanager
def opened(pdf: bytes) -> Iterator["PdfDocument"]:
    """A PDF to be read; nobody else calls pdfium meanwhile. PdfiumError if it cannot be opened."""
    import pypdfium2

    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
        yield document


def _page(pdf: bytes, dpi: float, n: int) -> QImage:
    with opened(pdf) as document:
        bitmap = document[n].render(scale=dpi / 72)
        data = bytes(bitmap.buffer)
        image = QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888)
        return image.copy()


def printer_for(name: str, copies: int) -> QPrinter:
    """A printer set to A4 and so many copies, before the person chooses otherwise."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(PRINT_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setCopyCount(copies)
    printer.setDocName(name)
    return printer


def print_pages(printer: QPrinter, pdf: bytes) -> None:
    """Print the pages the printer was told to, each as it lies or stands; Refusal if the printer does not take them."""
    painter = QPainter()
    printer.setFullPage(True)
    first, last = max(printer.fromPage(), 1), min(printer.toPage(), number_of_pages(pdf))
    for image in pages(pdf, PRINT_DPI, first, last):
        printer.setPageOrientation(LYING if image.width() > image.height() else UPRIGHT)
        if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
            if painter.isActive():
                painter.end()
            raise Refusal("打印机没有接受打印，请检查打印机是否开机、有纸，再试一次。")
        painter.drawImage(placed(image.size(), painter.viewport()), image)
    painter.end()


def placed(size: QSize, sheet: QRect) -> QRect:
    """Where a page goes on a sheet: as large as fits, in its own proportions, in the middle."""
    fitted = size.scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(sheet.topLeft(), fitted)
    place.moveCenter(sheet.center())
    return place
