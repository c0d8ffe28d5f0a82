"""Driving the tables of the figures: counted, and read off."""

from collections.abc import Callable
from typing import Any

from driving import Modals, press
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediator.ui.subsidy_pane import SubsidyPane
from mediator.ui.tables_pane import TablesPane


def count(qtbot: QtBot, page: TablesPane, code: str = "") -> None:
    """Count the table with this code, or the one that is chosen, and wait for its figures."""
    page.counted = None
    if code:
        page.choice.tables.choose(code)
    press(page, "统计")
    wait_for_figures(qtbot, page)


def wait_for_figures(qtbot: QtBot, page: TablesPane) -> None:
    """Wait until figures are shown and others can be asked for."""
    qtbot.waitUntil(lambda: page.counted is not None and page.count_button.isEnabled(), timeout=20_000)


def answer_all(
    qtbot: QtBot, page: TablesPane | SubsidyPane, modals: Modals, words: str, *acts: Callable[[Any], object]
) -> None:
    """Press the button with these words, answer the dialogs that come up, and wait until nothing is at work any more."""
    modals.acts += acts
    press(page, words)
    qtbot.waitUntil(
        lambda: (
            not modals.acts
            and QApplication.activeModalWidget() is None
            and page.band.doing is None
            and page.count_button.isEnabled()
        ),
        timeout=20_000,
    )


def row_of(page: TablesPane, name: str) -> int:
    """The line of a column of the table, counted from 0."""
    return [row.name for row in page.table.rows].index(name)


def words(page: TablesPane, name: str) -> tuple[str, ...]:
    """All that stands in the line of a column."""
    return page.table.words.lines[row_of(page, name)].words


def number(page: TablesPane, name: str) -> str:
    """The figure of a column as it is shown."""
    return words(page, name)[2]
