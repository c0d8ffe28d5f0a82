"""What the person typed here before and did not save (以前没保存的): offered when a case is opened, and by a button after that."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from mediator.domain.safety import Draft
from mediator.services.draft_places import Told
from mediator.ui import drafts_dialog
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting

WORDS = "还有没保存的内容…"


class DraftsButton(QPushButton):
    """Seen only while there is something; ``place`` says where to look, ``draftings`` what is being typed just now."""

    def __init__(
        self, desk: Desk, place: Callable[[], str], draftings: Callable[[], list[Drafting]],
        go_on: Callable[[Draft], object],
    ) -> None:  # fmt: skip
        super().__init__(WORDS)
        self.desk, self._place, self._draftings, self._go_on = desk, place, draftings, go_on
        self.setAutoDefault(False)
        self.setToolTip("您以前在这里填了没有保存的内容")
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._offer)
        self.clicked.connect(lambda _checked: self._offer())
        self.hide()

    def offer_soon(self) -> None:
        """Offer it once the page is shown."""
        self._soon.start()

    def look(self) -> None:
        """Offer nothing now; show the button if there is something."""
        self._soon.stop()
        self.setVisible(bool(self._found()))

    def _found(self) -> list[Told]:
        place, typing = self._place(), [one.place for one in self._draftings()]
        return drafts_dialog.waiting(self.desk, place, but=typing) if place else []

    def _offer(self) -> None:
        page = self.parentWidget()
        assert isinstance(page, QWidget)
        if not page.isVisible():
            return
        draft = drafts_dialog.choose(page, self.desk, self._found())
        if draft is not None:
            self._go_on(draft)
        self.look()
