"""Steps half written, doubts half explained, killed: what was typed is offered, comes back, and goes when it is done."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from drafts_driving import kept, offered, starter
from driving import BY, press, reload, settle, type_in, when
from figures_driving import count, wait_for_figures
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Stage
from mediator.services import (
    cases,
    closing_chain,
    draft_places,
    progress,
)
from mediator.store.folder import Folder
from mediator.ui import books, drafts_resume
from mediator.ui.advance_dialog import AdvanceDialog
from mediator.ui.close_dialog import CloseDialog
from mediator.ui.correction_dialog import CorrectionDialog
from mediator.ui.desk import Desk
from mediator.ui.drafts_dialog import DraftsDialog
from mediator.ui.extend_dialog import ExtendDialog
from mediator.ui.window import Window

ODD = "〔王𬎆〕=1+1 半个词 wang"


@pytest.fixture
def begin(qtbot: QtBot, desk: Desk, folder: Folder) -> Callable[[], Window]:
    return starter(qtbot, desk, folder)


@pytest.fixture
def case(desk: Desk) -> Case:
    return settle(desk, "王𬎆", "2026-10-02", Outcome.WRITTEN)


# steps of a case that is still under way


@pytest.fixture
def open_case(desk: Desk) -> Case:
    return settle(desk, "䶮小明", "2026-11-03", None)


def test_a_step_half_written_is_gone_on_with_and_barred_once_the_case_has_gone_on(
    begin: Callable[[], Window], desk: Desk, open_case: Case
) -> None:
    window = begin()
    window.open_case(open_case.id)

    def write(dialog: Any) -> None:
        dialog.outcome.choose(Outcome.NONE)
        dialog.reason.setPlainText(ODD)
        dialog.keep_drafts()

    when(AdvanceDialog, write)
    press(window.case, "调解终止")
    assert kept(desk) == [f"case:{open_case.id}/step:unsettled"]
    again = begin()
    seen: list[tuple[object, str]] = []

    def look(dialog: Any) -> None:
        seen.append((dialog.outcome.chosen(), dialog.reason.toPlainText()))
        dialog.keep_drafts()
        dialog.done(0)

    def go_on(dialog: Any) -> None:
        when(AdvanceDialog, look)
        press(dialog, "接着填")

    when(DraftsDialog, go_on)
    drafts_resume.after_log_in(again)
    assert seen == [(Outcome.NONE, ODD)]
    desk.do(lambda s: advance(s, open_case.id))
    (told,) = desk.read(lambda s: draft_places.waiting(s, "", desk.today))
    assert "这一步已经不能办了" in told.barred
    assert ("原因", ODD) in {(one.label, one.typed) for one in told.differences}, "to be read all the same"


def advance(session: Any, case_id: int) -> None:
    case = cases.load(session, case_id)
    progress.advance(
        session, case, Stage.UNSETTLED, by=BY, on=date(2026, 11, 4), today=date(2026, 11, 21),
        outcome=Outcome.NONE, reason="一方出国",
    )  # fmt: skip


def test_a_later_time_limit_half_written_comes_back(
    begin: Callable[[], Window], desk: Desk, open_case: Case
) -> None:
    window = begin()
    window.open_case(open_case.id)

    def write(dialog: Any) -> None:
        dialog.until.widget.setText("2027-01-31")
        dialog.reason.setPlainText(ODD)
        dialog.keep_drafts()

    when(ExtendDialog, write)
    press(window.case, "延期")
    again = begin()

    def go_on(dialog: Any) -> None:
        when(ExtendDialog, lambda box: press(box, "延期"))
        press(dialog, "接着填")

    when(DraftsDialog, go_on)
    drafts_resume.after_log_in(again)
    assert str(reload(desk, open_case).due_on) == "2027-01-31"
    assert kept(desk) == []


# what is written about tables


@pytest.fixture
def doubtful(desk: Desk, case: Case) -> Case:
    desk.do(lambda s: s.execute(update(Case).values(headcount=0)) and None)
    return case


def test_what_explains_a_doubt_stands_there_again_and_goes_with_the_closing(
    begin: Callable[[], Window], qtbot: QtBot, desk: Desk, doubtful: Case
) -> None:
    window = begin()
    window.show_page(window.figures)
    tables = window.figures.tables
    count(qtbot, tables)
    (sentence,) = tables.checks.open.boxes
    tables.checks.open.boxes[sentence].setText(ODD)
    tables.explaining.keep_drafts()
    assert kept(desk) == ["closings/close:justice:2026-10-01:2026-10-31"]
    assert tables.checks.open.state is not None
    assert tables.checks.open.state.text().startswith("已暂存")
    again = begin()
    (told,) = offered(again, "接着填")
    assert [(one.label, one.typed) for one in told.differences] == [(sentence, ODD)]
    page = again.figures.tables
    wait_for_figures(qtbot, page)
    assert again.pages.currentWidget() is again.figures
    assert page.checks.open.boxes[sentence].text() == ODD
    closed: list[int] = []

    def close(dialog: Any) -> None:
        assert dialog.doubts.boxes[sentence].text() == ODD
        dialog.doubts.boxes[sentence].setText(f"{ODD}。")
        assert page.checks.open.boxes[sentence].text() == f"{ODD}。", "kept beside the table"
        press(dialog, "结账")
        qtbot.waitUntil(lambda: dialog.closing is not None, timeout=20_000)
        closed.append(1)

    when(CloseDialog, close)
    press(page, "结账…")
    qtbot.waitUntil(lambda: bool(closed) and page.count_button.isEnabled(), timeout=20_000)
    assert list(closing_chain.notes_of(desk.read(closing_chain.history)[0]).values()) == [f"{ODD}。"]
    assert kept(desk) == []


def test_the_reason_of_a_correction_comes_back_with_what_explains_it(
    begin: Callable[[], Window], qtbot: QtBot, desk: Desk, case: Case
) -> None:
    october = date(2026, 10, 1), date(2026, 10, 31)
    closing = desk.do(
        lambda s: books.close(s, "justice", *october, by=BY, now=books.moment(desk.today), notes={})
    )
    desk.do(lambda s: s.execute(update(Case).values(headcount=0)) and None)
    window = begin()
    dialog = CorrectionDialog(
        window, desk, closing, desk.read(lambda s: books.checks(s, "justice", *october, closing))
    )
    type_in(dialog.reason, reason=ODD)
    (sentence,) = dialog.doubts.boxes
    dialog.doubts.boxes[sentence].setText("没有来")
    dialog.keep_drafts()
    dialog.done(0)
    seen: list[tuple[object, str]] = []

    def look(box: Any) -> None:
        seen.append((box.reason.editors["reason"].raw(), box.doubts.boxes[sentence].text()))
        box.drop_draft()
        box.done(0)

    when(CorrectionDialog, look)
    (told,) = offered(window, "接着填")
    assert {("更正原因", ODD), ("核实情况", f"{sentence}：没有来")} == {
        (d.label, d.typed) for d in told.differences
    }
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    assert seen == [(ODD, "没有来")]
    wait_for_figures(qtbot, window.figures.tables)
    qtbot.waitUntil(lambda: kept(desk) == [], timeout=3000)
