"""What people do with a period (结账、更正): the same steps for every table, each a dialog."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from mediator.domain.errors import Refusal
from mediator.domain.figures import Closing
from mediator.services import closing_chain
from mediator.ui import books, tell
from mediator.ui.changes_dialog import ChangesDialog
from mediator.ui.close_dialog import CloseDialog
from mediator.ui.correction_dialog import CorrectionDialog
from mediator.ui.desk import Desk
from mediator.ui.parts import run
from mediator.ui.preview import show_paper


def close(
    parent: QWidget, desk: Desk, code: str, title: str, period: tuple[date, date], notes: Mapping[str, str], *,
    zero: bool, stale: bool,
) -> Closing | None:  # fmt: skip
    """Close a period; None if it was not done."""
    with tell.refusals(parent):
        if stale:
            raise Refusal("统计以后案件有改动，请先重新统计，看过新的数字再结账。")
        closing_chain.check_over(title, period[1], desk.today)
        checks = desk.read(lambda s: books.checks(s, code, *period, None))
        dialog = CloseDialog(parent, desk, code, title, period, checks, notes, zero=zero)
        if run(dialog):
            return dialog.closing
    return None


def see_changes(parent: QWidget, desk: Desk, closing: Closing, open_case: Callable[[int], object]) -> bool:
    """Show what has changed since a closing, and correct it if the person wants; whether it was corrected."""
    with tell.refusals(parent):
        seen = ChangesDialog(parent, desk, closing, desk.read(lambda s: books.changes(s, closing)))
        seen.case_wanted.connect(open_case)
        if not run(seen):
            return False
        checks = desk.read(lambda s: books.checks(s, closing.table, closing.since, closing.until, closing))
        dialog = CorrectionDialog(parent, desk, closing, checks)
        if run(dialog) and dialog.corrected is not None:
            show_slip(parent, desk, dialog.corrected)
            return True
    return False


def show_slip(parent: QWidget, desk: Desk, closing: Closing) -> None:
    """Show the slip (更正单) of a correction, to be printed."""
    with tell.refusals(parent):
        show_paper(parent, desk.read(lambda s: books.slip(s, closing)))
