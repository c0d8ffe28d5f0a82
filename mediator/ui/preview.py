"""Seeing a paper before it is printed (预览): the very PDF that is printed, page by page."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from mediator.services import carrying
from mediator.ui import tell
from mediator.ui.file_choice import ask_where_to_save
from mediator.ui.fit import fit
from mediator.ui.parts import button, column, label, row, scrolled
from mediator.ui.printing import number_of_pages, pages, print_pages, printer_for

MARGIN = 24


class PreviewDialog(QDialog):
    """A paper on the screen, to be printed, so many copies unless told otherwise, or kept as a file."""

    def __init__(
        self, parent: QWidget, title: str, pdf: bytes, docx: bytes, file_name: str, *,
        copies: int = 1, warning: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(f"预览：{title}")
        self.pdf, self.docx, self.file_name, self.copies = pdf, docx, file_name, copies
        fit(self, 56, 70)
        self.sheet = QVBoxLayout()
        self.sheet.setSpacing(MARGIN)
        holder = QWidget()
        holder.setLayout(self.sheet)
        note = [label(warning, "warning", wrap=True)] if warning else []
        actions = row(
            button("打印", self._print, role="main"),
            button("存为 PDF", partial(self._keep, "pdf", "PDF 文件", pdf), picture="pdf"),
            button("存为 Word", partial(self._keep, "docx", "Word 文件", docx), picture="word"),
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
        printer = printer_for(self.windowTitle(), self.copies)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, number_of_pages(self.pdf))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            with tell.refusals(self):
                print_pages(printer, self.pdf)
        dialog.deleteLater()

    def _keep(self, suffix: str, kind: str, data: bytes) -> None:
        path = ask_where_to_save(self, f"{self.file_name}.{suffix}", kind)
        if path is not None:
            with tell.refusals(self):
                tell.done(self, f"已存到 {carrying.keep(path, data)}。")
