"""Small pieces every screen is made of."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mediator.ui.style import GAP, icon, icon_size, repolish

Box = TypeVar("Box", QVBoxLayout, QHBoxLayout)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def label(words: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """Words on the screen; the role sets size and colour."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Change the role of a widget already shown."""
    widget.setProperty("role", role)
    repolish(widget)


def named(words: str, widget: QWidget) -> tuple[QLabel, QWidget]:
    """A caption, and under it what it names for the eye, the keyboard and the screen reader."""
    caption = label(words)
    caption.setBuddy(widget)
    widget.setAccessibleName(words)
    return caption, widget


def beside(words: str, widget: QWidget, name: str = "") -> QWidget:
    """A caption, and beside it what it names; ``name`` is for screen readers where the caption says too little."""
    caption = label(words)
    caption.setBuddy(widget)
    widget.setAccessibleName(name or words)
    holder = QWidget()
    holder.setLayout(row(caption, widget, gap=8))
    return holder


class Button(QPushButton):
    """A button that takes a double click, by habit or with an unsteady hand, for one."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Leave the second press of a double click alone."""
        event.accept()


def button(
    words: str,
    act: Callable[[], object],
    *,
    role: str = "",
    picture: str = "",
    tip: str = "",
    often: bool = False,
) -> QPushButton:
    """A button that does one thing; ``often`` is for one that is pressed many times on end."""
    made = QPushButton(words) if often else Button(words)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if picture:
        made.setIcon(icon(picture))
        made.setIconSize(icon_size())
    if tip:
        made.setToolTip(tip)
    made.clicked.connect(lambda _checked: act())
    return made


def column(*things: QWidget | QLayout | int, margins: int = 0, gap: int = GAP) -> QVBoxLayout:
    """Things under one another; a number is a stretch."""
    return _filled(QVBoxLayout(), things, margins, gap)


def row(*things: QWidget | QLayout | int, margins: int = 0, gap: int = GAP) -> QHBoxLayout:
    """Things beside one another; a number is a stretch."""
    return _filled(QHBoxLayout(), things, margins, gap)


def _filled(layout: Box, things: Iterable[QWidget | QLayout | int], margins: int, gap: int) -> Box:
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(gap)
    for thing in things:
        if isinstance(thing, int):
            layout.addStretch(thing)
        elif isinstance(thing, QWidget):
            layout.addWidget(thing)
        else:
            layout.addLayout(thing)
    return layout


def card(layout: QLayout, role: str = "card") -> QFrame:
    """A framed surface."""
    frame = QFrame()
    frame.setProperty("role", role)
    frame.setLayout(layout)
    return frame


def scrolled(inside: QWidget) -> QScrollArea:
    """A surface that scrolls down when the window is small, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    area.setWidget(inside)
    return area


def bring_up(area: QScrollArea, thing: QWidget) -> None:
    """Scroll a surface until something in it stands at its top, as far as that goes."""
    area.verticalScrollBar().setValue(thing.mapTo(area.widget(), QPoint(0, 0)).y())


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()  # in a dialog it may be long until it is deleted
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def run(dialog: QDialog) -> bool:
    """Show a dialog until it is closed, then let it go; whether it was accepted."""
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted
