"""暂存: what is typed into a form is kept within three seconds, so that neither a cut of power nor a lock loses it.

The first key after the last keeping starts two seconds; then all that is typed is kept, in the background of what the
person does: no screen is told. When the form was saved, or what was typed is not wanted, the draft goes.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.safety import Draft
from mediator.services import drafts
from mediator.ui.desk import Desk

WAIT_MS = 2_000
"""From the first key to the keeping; with the keeping itself less than three seconds."""
AGAIN_MS = 10_000
"""After a keeping that failed."""
TYPING = "编辑中"


class Typed(Protocol):
    """What one can type in: a form, or a dialog that is one."""

    @property
    def edited(self) -> Any:
        """Signal: something was typed."""

    @property
    def dirty(self) -> bool:
        """Whether something was typed and is not saved."""

    def typed(self) -> dict[str, object]:
        """What was typed, raw, whether it can be read or not."""

    def seen(self) -> dict[str, object]:
        """What stood there before, of the same things."""

    def put_back(self, typed: Mapping[str, object], seen: Mapping[str, object]) -> None:
        """Put back what was typed and what stood there before."""


class Drafting(QObject):
    """Keeps what is typed into one form; ``place`` says which form it is just now, empty if it is none to be kept."""

    said = Signal(str, str)
    """How far what is typed is kept: the words and their role."""

    def __init__(self, form: Typed, desk: Desk, place: Callable[[], str]) -> None:
        assert isinstance(form, QWidget)
        super().__init__(form)
        self.form: Typed = form
        self.desk = desk
        self.place = ""
        """Where what is typed now belongs; empty while nothing is typed."""
        self._where = place
        self._kept = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.keep)
        self._ending = QTimer(self, singleShot=True, interval=0)
        self._ending.timeout.connect(self._end)
        self.form.edited.connect(self._typed)
        if hasattr(form, "cleaned"):
            form.cleaned.connect(self._ending.start)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        app.commitDataRequest.connect(self._session_ends)

    def keep(self) -> bool:
        """Keep what is typed now; False if that could not be done, which is said at once."""
        self._timer.stop()
        if not self.place or not self.form.dirty:
            return True
        typed, seen, now = self.form.typed(), self.form.seen(), datetime.now()
        try:
            self.desk.alone(
                lambda s: drafts.keep(s, self.place, typed, seen, now, fresh=not self._kept) and None
            )
        except Refusal as refusal:
            self.said.emit(f"没有暂存上：{refusal}", "error")
            self._timer.start(AGAIN_MS)
            return False
        self._kept = True
        self.said.emit(f"已暂存 {now:%H:%M}（还没有保存）", "quiet")
        return True

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed before."""
        self.place, self._kept = draft.place, True
        self.form.put_back(drafts.typed(draft), drafts.shown(draft))
        self._timer.stop()
        self.said.emit(f"已暂存 {draft.saved_at:%H:%M}（还没有保存）", "quiet")

    def leave(self) -> None:
        """Keep what is typed and let it lie: something else is typed from now on."""
        self.keep()
        self.place, self._kept = "", False
        self._timer.stop()

    def forget(self) -> None:
        """What was typed was saved or is not wanted: the draft goes."""
        place, kept = self.place, self._kept
        self.place, self._kept = "", False
        self._timer.stop()
        if kept:
            with suppress(Refusal):  # it stays, and is offered once more
                self.desk.alone(lambda s: drafts.drop(s, place))

    def drop_in(self, session: Session) -> None:
        """Let the draft go in the very transaction that saves what was typed."""
        if self._kept:
            drafts.drop(session, self.place)

    def _typed(self) -> None:
        if self._ending.isActive():
            self._end()
        self.place = self.place or self._where()
        if not self.place:
            return
        self.said.emit(TYPING, "warning")
        if not self._timer.isActive():
            self._timer.start(WAIT_MS)

    def _end(self) -> None:
        self._ending.stop()
        if not self.form.dirty:
            self.forget()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        assert isinstance(self.form, QWidget)
        if self._timer.isActive() and (new is None or not self.form.isAncestorOf(new)):
            self.keep()

    def _session_ends(self, _manager: object) -> None:
        keep_all([self])


def keep_all(several: list[Drafting]) -> None:
    """Keep what is typed now, also what an input method (输入法) still holds."""
    method = QGuiApplication.inputMethod()
    if method is not None:
        method.commit()
    for each in several:
        each.keep()
