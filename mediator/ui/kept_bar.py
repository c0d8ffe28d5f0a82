"""How far what is typed is kept (编辑中、已暂存、已保存), in a line of its own, and the way to what was typed before."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from mediator.domain.safety import Draft
from mediator.ui.drafting import Drafting, keep_all
from mediator.ui.drafts_button import DraftsButton
from mediator.ui.forms import FormPane
from mediator.ui.merge_dialog import Raw, merged
from mediator.ui.parts import label, row, set_role

T = TypeVar("T")


class KeptBar(QWidget):
    """Stands beside the button that saves a form; what was typed before ``within`` a place is offered when it is shown."""

    def __init__(self, drafting: Drafting, within: str, go_on: Callable[[Draft], object]) -> None:
        super().__init__()
        self.drafting = drafting
        self.state = label("", "quiet", wrap=True)
        self.button = DraftsButton(drafting.desk, lambda: within, lambda: [drafting], go_on)
        layout = row(self.state, self.button)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        drafting.said.connect(self.say)

    def beside(self, *buttons: QWidget) -> QHBoxLayout:
        """The line with the buttons at its end."""
        made = row(self, *buttons)
        made.setStretch(0, 1)
        return made

    def say(self, words: str, role: str = "quiet") -> None:
        """Say how far what is typed is kept; nothing where nothing is."""
        self.state.setText(words)
        set_role(self.state, role)

    def say_saved(self) -> None:
        """Say that it was saved just now."""
        self.say(f"已保存 {datetime.now():%H:%M}", "good")

    def drop(self) -> None:
        """What was typed is not wanted."""
        self.drafting.forget()
        self.say("")

    def keep_drafts(self) -> None:
        """Keep what is typed now, before the screen is locked."""
        keep_all([self.drafting])

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        if self.drafting.place:
            self.button.look()
        else:
            self.button.offer_soon()

    def save(
        self, form: FormPane, raw: Raw, was: Mapping[str, object] | None,
        put: Callable[[Session, Raw, Raw | None], T],
    ) -> T:  # fmt: skip
        """Save what was typed into a form, and let its draft go, in one transaction.

        Where others changed the same since it was seen (``was``), the person chooses first; Refusal as from ``put``.
        """
        desk = self.drafting.desk

        def save(raw: Raw, was: Raw | None) -> T:
            def verb(session: Session) -> T:
                self.drafting.drop_in(session)
                return put(session, raw, was)

            with form.saving():
                return desk.do(verb)

        made = merged(form, raw, was, save)
        self.drafting.forget()
        self.say_saved()
        return made
