"""A dialog in which something is filled in and then done."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QPlainTextEdit, QPushButton, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from mediator.domain.safety import Draft
from mediator.ui import drafts_dialog, tell
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting, Typed, keep_all
from mediator.ui.parts import button, column, label, row, set_role


class FormDialog(QDialog):
    """Enter presses the button that does it, or whichever button has the focus; in words of several lines it breaks the line.

    It is not left with something typed and not saved before the person was asked. What is typed is kept as a draft where
    ``keep_typed`` says which form it is.
    """

    drafting: Drafting | None = None

    def __init__(self, parent: QWidget | None, title: str, *, wide: int = 32) -> None:
        """``wide`` is the least width, in Chinese letters."""
        super().__init__(parent)
        self.setWindowTitle(title)
        room = self.screen().availableGeometry().width() - 40
        self.setMinimumWidth(min(self.fontMetrics().horizontalAdvance("永") * wide, room))
        self.state = label("", "quiet", wrap=True)
        """How far what is typed is kept."""

    def keep_typed(self, form: Typed, desk: Desk, place: str) -> None:
        """Keep what is typed into a form as a draft (暂存); to be called before the dialog is laid out."""
        self.drafting = Drafting(form, desk, lambda: place)
        self.drafting.said.connect(self._say_kept)
        self._draft_place = place
        self.state.setText("填的内容会自动暂存。")

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed here before."""
        assert self.drafting is not None
        self.drafting.resume(draft)

    def keep_drafts(self) -> None:
        """Keep what is typed now, before the screen is locked."""
        if self.drafting is not None:
            keep_all([self.drafting])

    def _say_kept(self, words: str, role: str) -> None:
        self.state.setText(words)
        set_role(self.state, role)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.drafting is not None:
            QTimer.singleShot(0, self, self._offer_draft)

    def _offer_draft(self) -> None:
        """What was typed here before is offered, unless the person goes on with it already."""
        if self.drafting is None or self.drafting.place or not self.isVisible():
            return
        draft = drafts_dialog.offer(self, self.drafting.desk, self._draft_place)
        if draft is not None:
            self.resume(draft)

    def fill(
        self, *things: QWidget | QLayout | int, does: str, act: Callable[[], object],
        more: Sequence[QPushButton] = (), leave: str = "取消",
    ) -> None:  # fmt: skip
        """Lay the dialog out over its buttons."""
        self.main = button(does, act, role="main")
        buttons = row(*more, 1, button(leave, self.reject), self.main)
        buttons.setContentsMargins(0, 10, 0, 0)
        state = [self.state] if self.drafting is not None else []
        self.setLayout(column(*things, *state, buttons, margins=20, gap=7))
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
    def accept(self) -> None:
        self.drop_draft()
        super().accept()

    def drop_in(self, session: Session) -> None:
        """Let the draft go in the very transaction that saves what was typed."""
        if self.drafting is not None:
            self.drafting.drop_in(session)

    def drop_draft(self) -> None:
        """The draft goes; not where the dialog is only closed because somebody else goes on at the desk."""
        if self.drafting is not None:
            self.drafting.forget()

    @override
    def reject(self) -> None:
        if self.dirty:
            does = "保存" if self.main.text().startswith("保存") else self.main.text()
            answer = tell.ask_save(self, self.windowTitle(), does)
            if answer:
                self.keep()
            if answer is not False:
                return
        self.drop_draft()
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
