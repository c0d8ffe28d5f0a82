"""Driving the page of papers: a paper chosen, issued, and what is said of it."""

from driving import press, when, words_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mediator.ui.papers_pane import PapersPane
from mediator.ui.preview import PreviewDialog


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
