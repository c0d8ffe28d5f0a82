"""The cases in question (有关案件) shown: those because of which a check does not hold, and those behind a number."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from mediator.domain import periods
from mediator.services.listing import Row
from mediator.services.questioned import behind_check, behind_number
from mediator.tallies.checks import Judgement
from mediator.tallies.table import Heading
from mediator.tallies.tally import Tally
from mediator.ui import later, tell
from mediator.ui.behind_dialog import BehindDialog
from mediator.ui.desk import Desk
from mediator.ui.parts import run

Open = Callable[[int], object]
"""Opens the case with an id."""


def show_number(
    owner: QWidget, desk: Desk, tally: Tally, figure: Heading, since: date, value: int, open_case: Open
) -> None:
    """Show the cases behind a number of a table."""
    with tell.refusals(owner):
        rows = desk.read(lambda s: behind_number(s, tally, figure.name, since))
        title = f"{figure.label}：{figure.shown(value)} {figure.unit.shown}"
        words = f"{periods.days(since, tally.until)}，{tally.definition(figure)}"
        _show(owner, title, words, rows, "数字背后的案件", open_case)


def show_check(pane: QWidget, desk: Desk, tally: Tally, check: Judgement, open_case: Open) -> None:
    """Show the cases because of which a check does not hold, found in the background; the pane waits."""

    def show(rows: Sequence[Row]) -> None:
        _show(pane, f"{check.verdict.label}：有关案件", f"{check.words}。", rows, "有关案件", open_case)

    pane.setEnabled(False)
    later.run(
        pane, lambda: desk.read(lambda s: behind_check(s, tally, check)), show, lambda: pane.setEnabled(True)
    )


def _show(owner: QWidget, title: str, words: str, rows: Sequence[Row], name: str, open_case: Open) -> None:
    dialog = BehindDialog(owner, title, words, rows, name)
    dialog.case_wanted.connect(open_case)
    run(dialog)
