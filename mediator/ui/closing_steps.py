"""What people do with a period (结账、更正): the same steps for every table, each a dialog; what takes long in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from mediator.domain import periods
from mediator.domain.errors import Refusal
from mediator.domain.figures import Closing
from mediator.domain.safety import Draft
from mediator.services import closing_chain
from mediator.tallies.checks import Judgement
from mediator.ui import books, later, tell
from mediator.ui.books import Changed
from mediator.ui.changes_dialog import ChangesDialog
from mediator.ui.close_dialog import CloseDialog
from mediator.ui.closing_band import ClosingBand
from mediator.ui.correction_dialog import CorrectionDialog
from mediator.ui.desk import Desk
from mediator.ui.explain_pane import ExplainPane
from mediator.ui.keep_tally import preview
from mediator.ui.parts import run

Done = Callable[[Closing], object]
"""What is to be done with a closing once it is entered."""


@dataclass(frozen=True)
class Shown:
    """A table as it is shown, for a period that can be closed."""

    code: str
    title: str
    since: date
    until: date
    zero: bool
    """Whether nothing was counted."""
    doubts: ExplainPane
    """What was explained beside the table."""


def close(band: ClosingBand, desk: Desk, shown: Shown, done: Done) -> None:
    """Check a period again and let it be closed."""
    with tell.refusals(band):
        if band.is_stale():
            raise Refusal("统计以后案件有改动，请先重新统计，看过新的数字再结账。")
        closing_chain.check_over(shown.title, shown.until, desk.today)
        band.work(band.close_button, "正在核对……")
        later.run(
            band,
            lambda: desk.read(lambda s: books.checks(s, shown.code, shown.since, shown.until, None)),
            partial(_close, band, desk, shown, done),
            band.rest,
        )


def see_changes(band: ClosingBand, desk: Desk, open_case: Callable[[int], object], done: Done) -> None:
    """Show what has changed since the closing of the band, and let it be corrected."""
    closing = band.closing
    if closing is not None:
        band.work(band.changes_button, "正在比较……")
        later.run(
            band,
            lambda: desk.read(lambda s: books.changes(s, closing)),
            partial(_show_changes, band, desk, closing, open_case, done),
            band.rest,
        )


def correct(band: ClosingBand, desk: Desk, closing: Closing, done: Done, draft: Draft | None = None) -> None:
    """Check a closed period again and let it be corrected; ``draft`` is one to go on with."""
    period = closing.since, closing.until
    band.work(band.changes_button, "正在核对……")
    later.run(
        band,
        lambda: desk.read(lambda s: books.checks(s, closing.table, *period, closing)),
        partial(_correct, band, desk, closing, done, draft),
        band.rest,
    )


def show_slip(band: ClosingBand, desk: Desk, closing: Closing) -> None:
    """Show the slip (更正单) of a correction, to be printed."""
    band.work(band.slip_button, "正在排版……")
    preview(band, desk, partial(desk.read, lambda s: books.slip(s, closing)), slip_name(closing), band.rest)


def slip_name(closing: Closing) -> str:
    """What a file with the slip (更正单) of a correction is called."""
    return f"更正单-{books.title(closing)}-{periods.days(closing.since, closing.until)}"


def _close(band: ClosingBand, desk: Desk, shown: Shown, done: Done, checks: list[Judgement]) -> None:
    period = shown.since, shown.until
    dialog = CloseDialog(band, desk, shown.code, shown.title, period, checks, shown.doubts, zero=shown.zero)
    if run(dialog) and dialog.closing is not None:
        done(dialog.closing)


def _show_changes(
    band: ClosingBand, desk: Desk, closing: Closing, open_case: Callable[[int], object], done: Done,
    changes: list[Changed],
) -> None:  # fmt: skip
    seen = ChangesDialog(band, desk, closing, changes)
    seen.case_wanted.connect(open_case)
    if run(seen):
        correct(band, desk, closing, done)


def _correct(
    band: ClosingBand, desk: Desk, closing: Closing, done: Done, draft: Draft | None, checks: list[Judgement]
) -> None:
    dialog = CorrectionDialog(band, desk, closing, checks)
    if draft is not None:
        dialog.resume(draft)
    if run(dialog) and dialog.closing is not None:
        done(dialog.closing)
        show_slip(band, desk, dialog.closing)
