"""Driving the page of papers: dialogs that follow one another, and what a PDF says."""

from collections.abc import Callable
from typing import Any

import pypdfium2
from driving import LOOK_AGAIN_MS, press
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from mediator.domain.case import Case
from mediator.services import cases
from mediator.ui.desk import Desk
from mediator.ui.papers_pane import PapersPane
from mediator.ui.preview import PreviewDialog

PATIENCE_MS = 10_000


def reload(desk: Desk, case: Case) -> Case:
    """The case as it is stored now."""
    return desk.read(lambda s: cases.load(s, case.id))


def issue(pane: PapersPane, title: str) -> str:
    """Issue a paper that asks for nothing; what was shown of it."""
    seen: list[str] = []
    choose(pane, title)
    when(PreviewDialog, lambda box: seen.append(words_of(box.pdf)))
    press(pane, "出具并打印")
    return seen[0]


def double_click(widget: QWidget) -> None:
    """Click twice in quick succession, as the window system tells of it."""
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(widget, left)
    QTest.mouseDClick(widget, left)
    QTest.mouseRelease(widget, left)


def when(kind: type[QDialog], act: Callable[[Any], object] = lambda box: None) -> list[str]:
    """Act on the next modal box of a kind, whatever else comes up first; what it said is in the list."""
    seen: list[str] = []
    waited = [0]

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, kind):
            waited[0] += LOOK_AGAIN_MS
            if waited[0] < PATIENCE_MS:
                QTimer.singleShot(LOOK_AGAIN_MS, look)
            return
        seen.append(box.text() + box.informativeText() if isinstance(box, QMessageBox) else box.windowTitle())
        try:
            act(box)
        finally:
            if box.isVisible():
                box.done(0)

    QTimer.singleShot(0, look)
    return seen


def words_of(pdf: bytes) -> str:
    """All that a PDF says, without spaces and line ends."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    finally:
        document.close()
    return "".join("".join(pages).split())


def choose(pane: PapersPane, title: str) -> None:
    """Choose a paper by the beginning of its title."""
    pane.tree.choose(next(row.key for row in pane.rows if row.title.startswith(title)))


def titles(pane: PapersPane) -> list[str]:
    """The papers that are seen in the list."""
    tops = [pane.tree.tree.topLevelItem(n) for n in range(pane.tree.tree.topLevelItemCount())]
    return [top.child(n).text(0) for top in tops if top and top.isExpanded() for n in range(top.childCount())]


def state(pane: PapersPane, title: str) -> str:
    """How far a paper has come, by the beginning of its title."""
    return next(row.state for row in pane.rows if row.title.startswith(title))
