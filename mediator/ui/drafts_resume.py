"""Going on with what was typed before (接着填): after somebody has logged in, and wherever the window has to go for it."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from mediator.domain.safety import Draft
from mediator.services import draft_office, draft_places, draft_stands, drafts
from mediator.services.draft_stands import Step
from mediator.ui import drafts_dialog, tell
from mediator.ui.case_panes import PartiesPane
from mediator.ui.desk import Desk
from mediator.ui.rows_pane import RowsPane

if TYPE_CHECKING:
    from mediator.ui.agreement_pane import AgreementPane
    from mediator.ui.case_page import CasePage
    from mediator.ui.figures_page import FiguresPage
    from mediator.ui.materials_pane import MaterialsPane
    from mediator.ui.office_papers_page import OfficePapersPage
    from mediator.ui.papers_pane import PapersPane
    from mediator.ui.settings_page import SettingsPage

DIALOGS = ("step", "extend", "redate")
"""What is done with a case as a whole, each in a dialog."""


class Window(Protocol):
    """The window, as far as somebody goes on in it."""

    desk: Desk

    @property
    def case(self) -> "CasePage":
        """The page of a case."""

    @property
    def figures(self) -> "FiguresPage":
        """The page of the tables."""

    @property
    def settings(self) -> "SettingsPage":
        """The page of the settings."""

    @property
    def office_papers(self) -> "OfficePapersPage":
        """The page of the papers of the office."""

    def open_case(self, case_id: int) -> None:
        """Show a case."""

    def new_case(self) -> None:
        """Begin a new case."""

    def show_page(self, page: QWidget) -> None:
        """Show a page."""


def after_log_in(window: Window) -> None:
    """Offer all that the person at work typed before and did not save; what is older than thirty days then goes."""
    assert isinstance(window, QWidget)
    desk = window.desk
    with tell.refusals(window):
        draft = drafts_dialog.offer(window, desk)
        place = draft.place if draft is not None else ""
        desk.alone(lambda s: drafts.clear_old(s, datetime.now(), but=place))
        if draft is not None:
            go_on(window, draft)


def go_on(window: Window, draft: Draft) -> None:
    """Go where a draft was typed and put it back there."""
    case_id = draft_places.case_of(draft.place)
    if case_id is not None:
        window.open_case(case_id)
        if window.case.case is not None and window.case.case.id == case_id:
            window.case.resume(draft)
    elif draft.place.startswith(draft_places.NEW_CASE):
        window.new_case()
        if window.case.case is not None and window.case.case.id is None:
            window.case.resume(draft)
    else:
        page = _page(window, draft)
        window.show_page(page)
        page.resume(draft)


def _page(window: Window, draft: Draft) -> "OfficePapersPage | SettingsPage | FiguresPage":
    """The page where something was typed that belongs to no case."""
    first = draft_stands.steps(draft.place)[0].what
    if first == draft_places.OFFICE:
        return window.office_papers
    return window.figures if first in draft_office.FIGURES else window.settings


def on_page(page: "CasePage", draft: Draft) -> None:
    """Put back what was typed, in the form or dialog of the page where it was typed."""
    place = draft_stands.steps(draft.place)
    if len(place) == 1:
        if page.settle_form():
            page.tabs.setCurrentIndex(0)
            page.drafting.resume(draft)
        return
    step, last = place[1], place[-1]
    if step.what in DIALOGS:
        page.resume_step(draft, step)
        return
    pane = _pane(page, step)
    page.tabs.setCurrentWidget(pane)
    if isinstance(pane, RowsPane):
        _in_row(pane, draft, step, last)
    else:
        pane.resume(draft, last)


def _in_row(pane: RowsPane, draft: Draft, step: Step, last: Step) -> None:
    """Within a row what was typed into the row itself comes back first."""
    if last is step:
        pane.resume(draft, step)
        return
    above = pane.desk.read(lambda s: drafts.of(s, draft.place.rpartition(f"/{last.what}:")[0]))
    if above is not None and not pane.resume(above, step):
        return
    if above is None and not pane.show_row(step.row):
        return
    assert isinstance(pane, PartiesPane)
    pane.resume_other(draft, last)


def _pane(page: "CasePage", step: Step) -> "RowsPane | AgreementPane | PapersPane | MaterialsPane":
    panes: dict[str, AgreementPane | PapersPane | MaterialsPane] = {
        "agreement": page.agreement,
        "material": page.materials,
        "paper": page.papers,
        "wording": page.papers,
        "sign": page.papers,
    }
    lists: dict[str, RowsPane] = {pane.part: pane for pane in page.rows_panes()}
    return lists.get(step.what) or panes[step.what]
