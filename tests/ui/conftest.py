"""What the tests of screens begin with: a desk, dialogs answered, a settled case on its page, at the papers."""

from collections.abc import Iterator

import pytest
from driving import BY, Modals, StillDesk, awaited, put_up, settle
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.case import Case
from mediator.domain.codes import Outcome
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.papers_pane import PapersPane

AGREED = "2026-10-02"
STUCK_MS = 20_000
"""Longer than any test takes: a dialog still open then is one that no test reckons with."""


@pytest.fixture(autouse=True)
def cleared_away() -> Iterator[None]:
    """Every dialog that was looked out for has come up, and what was closed is gone before the next test begins.

    Else all that tests close stays until some event loop ends it, tens of thousands of widgets at once.
    """
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = len(awaited)
    awaited.clear()
    assert left == 0


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return StillDesk(engine, BY)


@pytest.fixture
def modals() -> Iterator[Modals]:
    """Answers dialogs; every answer laid ready must have been asked for."""
    made = Modals()
    yield made
    made.timer.stop()
    assert not made.acts
    assert not made.answers


@pytest.fixture
def case(desk: Desk) -> Case:
    return settle(desk, "王𬎆", AGREED, Outcome.WRITTEN)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, case: Case) -> CasePage:
    made = put_up(qtbot, CasePage(desk), 1176, 700)
    made.open(case.id)
    made.tabs.setCurrentWidget(made.papers)
    stuck = QTimer(made, interval=STUCK_MS)
    stuck.timeout.connect(_close_open)
    stuck.start()
    return made


def _close_open() -> None:
    """Let go a dialog that nobody answers, so that the test fails and does not hang."""
    open_one = QApplication.activeModalWidget()
    if isinstance(open_one, QDialog):
        open_one.done(0)


@pytest.fixture
def pane(page: CasePage) -> PapersPane:
    return page.papers
