"""What is written to explain the doubts about a table (核实情况) is kept as a draft, by table and period."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from mediator.services import draft_office, drafts
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting, keep_all
from mediator.ui.explain_pane import ExplainPane


class Explaining(QWidget):
    """Not seen itself. What was written about a period stands there again when the period is next shown."""

    def __init__(self, pane: ExplainPane, desk: Desk) -> None:
        super().__init__(pane)
        self.pane, self.place = pane, ""
        self.drafting = Drafting(pane, desk, lambda: self.place)
        self.drafting.said.connect(pane.say)
        self.hide()

    def show_period(
        self, code: str, since: date, until: date, show: Callable[[], object], *, closed: bool
    ) -> None:
        """Have the checks of a period shown (``show``) with what was written about them; of a closed one it is entered."""
        place = "" if closed else draft_office.closing_place(code, since, until)
        if place != self.place:
            self.drafting.leave()
            self.pane.said.clear()
        self.place = place
        show()
        if not self.drafting.place:
            self.pane.say("")
        if place and not self.drafting.place:
            draft = self.drafting.desk.read(lambda s: drafts.of(s, place))
            if draft is not None:
                self.drafting.resume(draft)

    def entered(self) -> None:
        """The period was closed, and with it what was written."""
        self.drafting.forget()
        self.pane.said.clear()
        self.place = ""

    def keep_drafts(self) -> None:
        """Keep what is typed now, before the screen is locked."""
        keep_all([self.drafting])
