"""A dialog in which something is filled in and then done."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QLayout, QPlainTextEdit, QPushButton, QWidget
from typing_extensions import override

from mediator.ui import tell
from mediator.ui.parts import button, column, row


class FormDialog(QDialog):
    """Enter presses the button that does it, or whichever button has the focus; in words of several lines it breaks the line.

    It is not left with something typed and not saved before the person was asked.
    """

    def __init__(self, parent: QWidget | None, title: str, *, wide: int = 32) -> None:
        """``wide`` is the least width, in Chinese letters."""
        super().__init__(parent)
        self.setWindowTitle(title)
        room = self.screen().availableGeometry().width() - 40
        self.setMinimumWidth(min(self.fontMetrics().horizontalAdvance("永") * wide, room))

    def fill(
        self, *things: QWidget | QLayout | int, does: str, act: Callable[[], object],
        more: Sequence[QPushButton] = (), leave: str = "取消",
    ) -> None:  # fmt: skip
        """Lay the dialog out over its buttons."""
        self.main = button(does, act, role="main")
        buttons = row(*more, 1, button(leave, self.reject), self.main)
        buttons.setContentsMargins(0, 10, 0, 0)
        self.setLayout(column(*things, buttons, margins=20, gap=7))
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(True)
        self.main.setDefault(True)

    @property
    def dirty(self) -> bool:
        """Whether something was typed and not yet saved: in any form of the dialog, unless the dialog knows better."""
        return any(getattr(each, "dirty", False) for each in self.findChildren(QWidget))

    def keep(self) -> None:
        """Save what was typed; closes the dialog if that could be done."""
        self.main.click()

    @override
    def reject(self) -> None:
        if self.dirty:
            does = "保存" if self.main.text().startswith("保存") else self.main.text()
            answer = tell.ask_save(self, self.windowTitle(), does)
            if answer:
                self.keep()
            if answer is not False:
                return
        super().reject()


class ReasonBox(QPlainTextEdit):
    """A few lines for a reason."""

    @property
    def dirty(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.toPlainText().strip())


def reason_box(name: str = "原因") -> ReasonBox:
    """A few lines for a reason."""
    box = ReasonBox()
    box.setTabChangesFocus(True)
    box.setFixedHeight(box.fontMetrics().lineSpacing() * 4 + 16)
    box.setAccessibleName(name)
    return box
