"""What the screens say of the day of effect, and what they list before a file is archived."""

from typing import Any

import pytest
from driving import BY, TODAY, press, put_up, reload, settle, unnamed
from pytestqt.qtbot import QtBot

from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Stage
from mediator.domain.stages import find
from mediator.forms.register import by_code
from mediator.services import agreements, cases, completeness, documents, papers, signing
from mediator.ui.advance_dialog import AdvanceDialog
from mediator.ui.agreement_pane import AgreementPane
from mediator.ui.desk import Desk


@pytest.fixture
def case(desk: Desk) -> Case:
    return settle(desk, "王𬎆", "2026-11-02", Outcome.WRITTEN)


def hint(pane: AgreementPane) -> str:
    return pane.form._complaints["effective_on"].text()


def test_under_the_day_of_effect_stands_how_long_a_court_may_be_asked(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    pane = AgreementPane(desk)
    qtbot.addWidget(pane)
    pane.show_case(reload(desk, case))
    assert hint(pane) == ""
    desk.do(lambda s: agreements.put(s, cases.load(s, case.id), {"effective_on": "2026-11-03"}, by=BY))
    now = reload(desk, case)
    pane.show_case(now)
    assert hint(pane) == completeness.last_day(now, TODAY) != ""
    assert "2026年12月3日" in hint(pane)
    box: Any = pane.form.editors["effective_on"].widget
    assert not box.isReadOnly()


def test_once_the_agreement_is_issued_the_day_comes_from_the_signatures(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    def issue(session: Any) -> None:
        one = cases.load(session, case.id)
        paper = papers.issue(session, one, by_code("agreement"), None, by=BY, today=TODAY)
        session.flush()
        every = [place.number for place in signing.places(paper)]
        signing.sign(session, one, paper, every, TODAY, by=BY, today=TODAY)

    desk.do(issue)
    pane = AgreementPane(desk)
    qtbot.addWidget(pane)
    pane.show_case(reload(desk, case))
    box: Any = pane.form.editors["effective_on"].widget
    assert (box.isReadOnly(), box.text()) == (True, "2026-11-21")
    assert "签署登记" in hint(pane)
    assert "2026年12月21日" in hint(pane)
    assert not pane.form.editors["way"].widget.isReadOnly()  # type: ignore[attr-defined]


def close(desk: Desk, case: Case) -> Case:
    def verb(session: Any) -> None:
        one = cases.load(session, case.id)
        agreements.put(session, one, {"performance": "full", "performed_on": "2026-11-02"}, by=BY)
        documents.advance(session, one, Stage.CLOSED, {"on": "2026-11-03"}, by=BY, today=TODAY)

    desk.do(verb)
    return reload(desk, case)


def test_before_archiving_it_is_said_what_the_file_lacks(qtbot: QtBot, desk: Desk, case: Case) -> None:
    closed = close(desk, case)
    move = find(closed, Stage.ARCHIVED)
    assert move is not None
    dialog = put_up(qtbot, AdvanceDialog(None, desk, closed, move))
    lacking = desk.read(lambda s: completeness.check(s, cases.load(s, case.id)))
    assert dialog.lacking == lacking != []
    assert any(f"{len(lacking)} 处不齐" in words for words in _labels(dialog))
    assert unnamed(dialog) == []
    assert not dialog.main.isEnabled()
    dialog.known.click()
    press(dialog, "归档")
    assert reload(desk, case).stage is Stage.ARCHIVED


def test_no_other_step_asks_for_that(qtbot: QtBot, desk: Desk, case: Case) -> None:
    now = reload(desk, case)
    move = find(now, Stage.CLOSED)
    assert move is not None
    dialog = put_up(qtbot, AdvanceDialog(None, desk, now, move))
    assert dialog.lacking == []
    assert not dialog.known.isVisible()
    assert dialog.main.isEnabled()


def _labels(dialog: AdvanceDialog) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in dialog.findChildren(QLabel)]
