"""Seeing a paper before it is printed (预览): the very PDF that is printed, page by page."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QVBoxLayout, QWidget

from mediator.domain.errors import Refusal
from mediator.ui import tell
from mediator.ui.parts import button, column, label, row, scrolled

PRINT_DPI = 300
MARGIN = 24


def pages(pdf: bytes, dpi: float) -> list[QImage]:
    """Every page of a PDF as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    images = []
    for page in document:
        bitmap = page.render(scale=dpi / 72)
        data = bytes(bitmap.buffer)
        image = QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888)
        images.append(image.copy())
    document.close()
    return images


class PreviewDialog(QDialog):
    """A paper on the screen, to be printed or kept as a file."""

    def __init__(
        self, parent: QWidget, title: str, pdf: bytes, docx: bytes | None, file_name: str, warning: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"预览：{title}")
        self.pdf, self.docx, self.file_name = pdf, docx, file_name
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(QSize(min(900, screen.width() - 40), min(1100, screen.height() - 60)))
        self.sheet = QVBoxLayout()
        self.sheet.setSpacing(MARGIN)
        holder = QWidget()
        holder.setLayout(self.sheet)
        note = [label(warning, "warning", wrap=True)] if warning else []
        actions = row(
            button("打印", self._print, role="main"),
            button("存为 PDF", lambda: self._keep("pdf", self.pdf), picture="pdf"),
            *([button("存为 Word", lambda: self._keep("docx", docx), picture="word")] if docx else []),
            1,
            button("关闭", self.accept),
        )
        self.area = scrolled(holder)
        self.setLayout(column(*note, self.area, actions, margins=14))
        self._show_pages()

    def _show_pages(self) -> None:
        ratio = self.devicePixelRatioF()
        wide = self.width() - 2 * MARGIN - 40
        for n, image in enumerate(pages(self.pdf, 96 * ratio * wide / 794), 1):
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(ratio)
            shown = QLabel()
            shown.setPixmap(picture)
            shown.setAccessibleName(f"第 {n} 页")
            shown.setStyleSheet("border: 1px solid #c3ccd1; background: white;")
            self.sheet.addWidget(shown, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.sheet.addStretch(1)

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setDocName(self.windowTitle())
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            with tell.refusals(self):
                print_pages(printer, self.pdf)

    def _keep(self, suffix: str, data: bytes | None) -> None:
        name = f"{self.file_name}.{suffix}"
        chosen, _kind = QFileDialog.getSaveFileName(self, "存到哪里", name, f"*.{suffix}")
        if chosen and data is not None:
            with tell.refusals(self):
                keep(Path(chosen), data)
                tell.done(self, f"已存到 {chosen}。")


def print_pages(printer: QPrinter, pdf: bytes) -> None:
    """Print a PDF page by page at full size; Refusal if the printer does not take it."""
    painter = QPainter()
    printer.setFullPage(True)
    if not painter.begin(printer):
        raise Refusal("打印机没有接受打印，请检查打印机是否开机、有纸，再试一次。")
    for n, image in enumerate(pages(pdf, PRINT_DPI)):
        if n:
            printer.newPage()
        painter.drawImage(painter.viewport(), image)
    painter.end()


def keep(path: Path, data: bytes) -> None:
    """Write a file whole; Refusal if it cannot be."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refusal(f"“{path.name}”存不进去（{error.strerror}），请换一个地方再存。") from None
