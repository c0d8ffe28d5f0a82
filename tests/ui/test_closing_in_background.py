"""Closing and correcting count every case of a period: the window goes on meanwhile and says what is being done."""

from collections.abc import Iterator
from datetime import date, datetime
from threading import Event, get_ident
from typing import Any

import pytest
from driving import BY, Modals, press, put_up, settle
from figures_driving import count, number, wait_for_figures
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, event

from mediator.domain.case import Case
from mediator.domain.codes import Outcome
from mediator.domain.errors import Refusal
from mediator.domain.figures import Closing
from mediator.services import closing_chain, closings
from mediator.tallies.justice import JUSTICE
from mediator.ui.close_dialog import CloseDialog
from mediator.ui.correction_dialog import CorrectionDialog
from mediator.ui.desk import Desk
from mediator.ui.figures_page import FiguresPage
from mediator.ui.tables_pane import TablesPane

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


class Slow:
    """Holds up every closing that is entered until it may go on, and says in which thread that was."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.began, self.go_on = Event(), Event()
        self.threads: list[int] = []
        self.refusal = ""
        event.listen(engine, "before_cursor_execute", self._wait)

    def stop(self) -> None:
        self.go_on.set()
        event.remove(self.engine, "before_cursor_execute", self._wait)

    def _wait(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("INSERT INTO closing"):
            self.threads.append(get_ident())
            self.began.set()
            assert self.go_on.wait(20)
            if self.refusal:
                raise Refusal(self.refusal)


@pytest.fixture
def slow(engine: Engine) -> Iterator[Slow]:
    made = Slow(engine)
    yield made
    made.stop()


@pytest.fixture
def cases(desk: Desk) -> list[Case]:
    return [settle(desk, "王𬎆", "2026-10-02", Outcome.WRITTEN)]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, cases: list[Case], modals: Modals) -> TablesPane:
    made = put_up(qtbot, FiguresPage(desk), 1160, 700).tables
    count(qtbot, made)
    return made


def kept(desk: Desk) -> list[Closing]:
    return desk.read(closing_chain.history)


def press_and_stay(qtbot: QtBot, dialog: CloseDialog | CorrectionDialog, slow: Slow) -> None:
    """Press the button that enters a closing, and see how the dialog is while it is entered."""
    does = dialog.main.text()
    press(dialog, does)
    qtbot.waitUntil(slow.began.is_set, timeout=20_000)
    assert dialog.main.text() in ("正在结账……", "正在更正……")
    assert not any(each.isEnabled() for each in dialog.findChildren(QPushButton))
    dialog.reject()
    dialog.close()
    assert dialog.isVisible()
    slow.go_on.set()


def test_a_period_is_closed_off_the_windows_thread(
    qtbot: QtBot, page: TablesPane, desk: Desk, modals: Modals, slow: Slow
) -> None:
    modals.acts.append(lambda dialog: press_and_stay(qtbot, dialog, slow))
    page.band.close_button.click()
    assert (page.band.close_button.text(), page.band.close_button.isEnabled()) == ("正在核对……", False)
    qtbot.waitUntil(lambda: page.band.closing is not None, timeout=20_000)
    assert slow.threads
    assert get_ident() not in slow.threads
    assert [closing.serial for closing in kept(desk)] == [1]
    assert page.band.state.text() == "已结账 2026-11-21 陈志华"
    assert page.band.close_button.text() == "结账…"
    assert modals.said == []


def test_a_period_is_corrected_off_the_windows_thread_and_the_slip_shown(
    qtbot: QtBot, page: TablesPane, desk: Desk, modals: Modals, slow: Slow
) -> None:
    now = datetime(2026, 11, 1, 9)
    slow.go_on.set()
    desk.do(lambda s: closings.close(s, JUSTICE, *OCTOBER, by=BY, now=now))
    settle(desk, "㛃䶮", "2026-10-20", Outcome.ORAL)
    count(qtbot, page)
    slow.go_on.clear()
    slow.began.clear()
    slow.threads.clear()
    seen: list[str] = []

    def correct(dialog: CorrectionDialog) -> None:
        dialog.reason.editors["reason"].widget.setPlainText("漏记一件。")  # type: ignore[attr-defined]
        page.counted = None
        press_and_stay(qtbot, dialog, slow)

    modals.acts += [
        lambda dialog: press(dialog, "出更正单…"), correct, lambda dialog: seen.append(dialog.windowTitle()),
    ]  # fmt: skip
    page.band.changes_button.click()
    assert page.band.changes_button.text() == "正在比较……"
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    wait_for_figures(qtbot, page)
    assert slow.threads
    assert get_ident() not in slow.threads
    assert seen == ["预览：统计数据更正单"]
    assert [closing.serial for closing in kept(desk)] == [2, 1]
    assert number(page, "total") == "2"
    assert page.band.changes_button.text() == "看变动…"
    assert page.band.slip_button.isEnabled()
    assert modals.said == []


def test_what_is_refused_is_told_and_what_was_typed_is_still_there(
    qtbot: QtBot, page: TablesPane, desk: Desk, modals: Modals, slow: Slow
) -> None:
    slow.refusal = "磁盘满了，请腾出空间再结账。"
    slow.go_on.set()
    dialogs: list[bool] = []

    def again(dialog: CloseDialog) -> None:
        dialogs.append(dialog.main.isEnabled() and dialog.main.text() == "结账")
        dialog.reject()

    modals.acts += [lambda dialog: press(dialog, "结账"), again]
    press(page, "结账…")
    qtbot.waitUntil(lambda: bool(dialogs), timeout=20_000)
    assert dialogs == [True]
    assert modals.said == ["磁盘满了，请腾出空间再结账。"]
    assert kept(desk) == []
    assert page.band.close_button.isEnabled()
