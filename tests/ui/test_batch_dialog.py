"""整批装订: a PDF for every case closed in a period, told in the end, and to be stopped in the middle."""

from datetime import date
from pathlib import Path

from driving import BY, TODAY, settle, when
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Stage
from mediator.services import cases, papers
from mediator.ui.batch_dialog import BatchDialog
from mediator.ui.desk import Desk
from mediator.ui.waiting import WaitingDialog


def close(desk: Desk, name: str, *, issued: bool) -> Case:
    case = settle(desk, name, "2026-03-05", Outcome.WRITTEN)

    def verb(session: Session) -> None:
        loaded = cases.load(session, case.id)
        if issued:
            papers.issue_all(session, loaded, papers.chosen(session, []), by=BY, today=TODAY)
        loaded.stage, loaded.closed_on = Stage.CLOSED, date(2026, 4, 1)

    desk.do(verb)
    return case


def test_every_closed_case_becomes_one_file_and_those_without_papers_are_named(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    ready, bare = close(desk, "周文谦", issued=True), close(desk, "䶮小满", issued=False)
    dialog = BatchDialog(None, desk)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    seen = when(QMessageBox)
    dialog._bind([ready.id, bare.id], tmp_path)
    assert [path.name for path in tmp_path.glob("*.pdf")] == [f"{ready.number}-卷宗.pdf"]
    assert "已装订 1 卷" in seen[0] and bare.number in seen[0]


def stop(waiting: WaitingDialog) -> None:
    """Press the button, and stay until the work has ended by itself."""
    waiting.stop()
    while waiting.working:
        QApplication.processEvents()


def test_work_that_is_stopped_keeps_what_was_done(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    ids = [close(desk, f"周文谦{n}", issued=True).id for n in range(4)]
    dialog = BatchDialog(None, desk)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    when(WaitingDialog, stop)
    said = when(QMessageBox)
    dialog._bind(ids, tmp_path)
    assert "已停下" in said[0]
    assert len(list(tmp_path.glob("*.pdf"))) < len(ids)
    assert not list(tmp_path.glob("*.part"))


def test_a_period_without_closed_cases_is_refused(qtbot: QtBot, desk: Desk) -> None:
    dialog = BatchDialog(None, desk)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    seen = when(QMessageBox)
    dialog._start()
    assert "没有结案的案件" in seen[0]
