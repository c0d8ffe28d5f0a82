"""Seeing a paper before it is printed (预览): the very PDF that is printed, page by page."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget
from sqlalchemy.orm import Session

from mediator.domain.office import Office
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.forms.facts import unknown
from mediator.forms.form import blank, lay
from mediator.services import carrying, outgoing, printouts, proofreading
from mediator.services.printouts import Printout
from mediator.ui import tell, work
from mediator.ui.desk import Desk
from mediator.ui.file_choice import ask_where_to_save
from mediator.ui.fit import fit
from mediator.ui.page_view import PageView
from mediator.ui.parts import button, card, column, label, row, run
from mediator.ui.printing import number_of_pages, print_pages, printer_for

DRAFT = "草稿，未出具。只供核对，请不要交给当事人签名。"

_REST_MS = 300
"""Time for the page to come up before anything is got ready."""


class PreviewDialog(QDialog):
    """A PDF on the screen, to be printed, so many copies unless told otherwise, or kept as a file.

    ``docx`` is the same for Word, or makes it once it is asked for; without it none is offered. ``what`` it is, if the
    title may name somebody, and the ``number`` of its case go into the audit; ``desk`` is None before there is one.
    Without ``keeps`` it is printed and not kept as a file.
    """

    def __init__(
        self, parent: QWidget, desk: Desk | None, title: str, pdf: bytes, docx: bytes | Callable[[], bytes] | None,
        file_name: str, *, copies: int = 1, warning: str = "", draft: bool = False, what: str = "", number: str = "",
        keeps: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.desk, self.number = desk, number
        self.what = (what or title) + ("（草稿）" if draft else "")
        self.setWindowTitle(f"预览：{what or title}")  # stands in the task bar and in the printer's list
        self.pdf, self.docx, self.file_name, self.copies = pdf, docx, file_name, copies
        fit(self, 56, 70)
        self.view = PageView(pdf)
        notes: list[QWidget] = (
            [card(column(label(DRAFT, "warning", wrap=True), margins=8), "band")] if draft else []
        )
        notes += [label(warning, "warning", wrap=True)] if warning else []
        word = [button("存为 Word", self._keep_docx, picture="word")] if docx is not None else []
        keep = [button("存为 PDF", self._keep_pdf, picture="pdf")] if keeps else []
        actions = row(
            button("打印", self._print, role="main"), *keep, *word, 1,
            button("关闭", self.accept),
        )  # fmt: skip
        self.setLayout(column(*notes, self.view, actions, margins=14))

    def _print(self) -> None:
        printer = printer_for(self.windowTitle(), self.copies)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, number_of_pages(self.pdf))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            with tell.refusals(self):
                self._note(printer)
                print_pages(printer, self.pdf)
        dialog.deleteLater()

    def _note(self, printer: QPrinter) -> None:
        """Write into the audit what is going to be printed, or put into a file by the printer's dialog."""
        if self.desk is None:
            return
        name, file = printer.printerName(), printer.outputFileName()

        def verb(session: Session) -> None:
            if file:
                outgoing.exported(session, self.what, Path(file), number=self.number)
            else:
                outgoing.printed(session, self.what, name, number=self.number)

        self.desk.alone(verb)

    def _keep_pdf(self) -> None:
        self._keep("pdf", "PDF 文件", lambda: self.pdf)

    def _keep_docx(self) -> None:
        docx = self.docx
        assert docx is not None
        self._keep("docx", "Word 文件", docx if callable(docx) else lambda: docx)

    def _keep(self, suffix: str, kind: str, data: Callable[[], bytes]) -> None:
        path = ask_where_to_save(self, f"{self.file_name}.{suffix}", kind)
        if path is not None:
            do = self.desk.alone if self.desk is not None else None
            with tell.refusals(self):
                kept = carrying.keep(do, path, data(), self.what, number=self.number)
                tell.done(self, f"已存到 {kept}。")


def show_paper(
    parent: QWidget,
    desk: Desk,
    made: Printout,
    number: str = "",
    *,
    copies: int = 1,
    pdf: bytes | None = None,
) -> None:
    """Show a paper before it is printed; ``number`` of its case goes into the name of a file. Refusal without fonts.

    ``pdf`` is the paper as PDF where that was made already.
    """
    lacking = printouts.unprintable(made.paper)
    words = f"这台电脑没有“{'、'.join(lacking)}”的字形，打印时留出空位，请手写补上。" if lacking else ""
    remarks = proofreading.remarks(made.paper) if made.draft else []
    words = "\n".join([*([words] if words else []), *remarks])
    name = printouts.file_name(number, made.paper.title, 0, "").rstrip(".")
    run(
        PreviewDialog(
            parent, desk, made.paper.title, pdf or printouts.as_pdf([made]), lambda: printouts.as_docx(made), name,
            copies=copies, warning=words, draft=made.draft, number=number,
        )
    )  # fmt: skip


@cache
def warm() -> None:
    """Have the fonts of papers ready before the first preview, in the background; once is enough."""
    QTimer.singleShot(_REST_MS, _set_one)


def _set_one() -> None:
    sheet = Printout(lay(AGREEMENT, blank(AGREEMENT, unknown(Office), date.today())))
    work.start(lambda: printouts.as_pdf([sheet]), lambda _pdf: None, lambda _error: None)
