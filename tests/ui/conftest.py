"""A settled case on its page, at the papers: what the tests of papers begin with."""

from collections.abc import Iterator

import pytest
from driving import BY, StillDesk, settle
from PySide6.QtCore import QTimer
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


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return StillDesk(engine, BY)


@pytest.fixture
def case(desk: Desk) -> Case:
    return settle(desk, "王𬎆", AGREED, Outcome.WRITTEN)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, case: Case) -> Iterator[CasePage]:
    made = CasePage(desk)
    qtbot.addWidget(made)
    made.resize(1176, 700)
    made.show()
    made.open(case.id)
    made.tabs.setCurrentWidget(made.papers)
    stuck = QTimer(made, interval=STUCK_MS)
    stuck.timeout.connect(_close_open)
    stuck.start()
    yield made


def _close_open() -> None:
    """Let go a dialog that nobody answers, so that the test fails and does not hang."""
    open_one = QApplication.activeModalWidget()
    if isinstance(open_one, QDialog):
        open_one.done(0)


@pytest.fixture
def pane(page: CasePage) -> PapersPane:
    return page.papers
