"""After somebody has logged in: what they typed before is offered, and the window goes where it was typed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from driving import StillDesk, colleague, press, put_up, type_in, when
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.case import Case
from mediator.services import drafts
from mediator.store.folder import Folder
from mediator.ui import drafts_resume
from mediator.ui.desk import Desk
from mediator.ui.drafts_dialog import DraftsDialog
from mediator.ui.fill_dialog import FillDialog
from mediator.ui.window import Window

BY = "陈志华"
MEETING = "meeting"


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, folder: Folder) -> Iterator[Window]:
    yield put_up(qtbot, Window(desk, folder.path, practice=False), 1280, 720)


def keep(desk: Desk, place: str, typed: dict[str, object], at: datetime | None = None) -> None:
    blank: dict[str, object] = dict.fromkeys(typed, "")
    desk.alone(lambda s: drafts.keep(s, place, typed, blank, at or datetime.now()) and None)


def kept(desk: Desk) -> list[str]:
    return [one.place for one in desk.read(drafts.all_of)]


def test_with_nothing_typed_before_nothing_is_asked(window: Window) -> None:
    drafts_resume.after_log_in(window)


def test_one_goes_on_in_the_case(window: Window, desk: Desk, case: Case) -> None:
    keep(desk, f"case:{case.id}/agreement", {"terms": "一次付清，"})
    when(DraftsDialog, lambda box: press(box, "接着填"))
    drafts_resume.after_log_in(window)
    page = window.case
    assert window.pages.currentWidget() is page
    assert page.tabs.currentWidget() is page.agreement
    assert page.agreement.form.editors["terms"].raw() == "一次付清，"
    assert page.agreement.dirty
    page.agreement.form.dirty = False


def test_one_goes_on_with_a_new_case(window: Window, desk: Desk) -> None:
    keep(desk, "new-case", {"summary": "楼道里"})
    when(DraftsDialog, lambda box: press(box, "接着填"))
    drafts_resume.after_log_in(window)
    assert window.case.case is not None
    assert window.case.case.id is None
    assert window.case.form.editors["summary"].raw() == "楼道里"
    window.case.form.dirty = False


def test_one_goes_on_with_a_paper_of_the_office(window: Window, desk: Desk) -> None:
    place = f"office/paper:{MEETING}::"
    keep(desk, place, {"host": "王𬎆"})
    seen: list[str] = []

    def look(dialog: Any) -> None:
        seen.append(dialog.form.editors["host"].raw())
        when(QMessageBox, lambda box: press(box, "不保存"))
        press(dialog, "取消")

    def go_on(box: Any) -> None:
        press(box, "接着填")
        when(FillDialog, look)

    when(DraftsDialog, go_on)
    drafts_resume.after_log_in(window)
    assert window.pages.currentWidget() is window.office_papers
    assert seen == ["王𬎆"]
    assert kept(desk) == []


def test_what_nobody_goes_on_with_for_a_month_goes_once_it_was_shown(
    window: Window, desk: Desk, case: Case
) -> None:
    long_ago = datetime.now() - timedelta(days=drafts.KEPT_DAYS + 1)
    keep(desk, f"case:{case.id}", {"remark": "旧"}, long_ago)
    keep(desk, f"case:{case.id}/agreement", {"terms": "新"})
    when(DraftsDialog, lambda box: press(box, "以后再说"))
    drafts_resume.after_log_in(window)
    assert kept(desk) == [f"case:{case.id}/agreement"]


def test_an_old_one_that_is_gone_on_with_stays(window: Window, desk: Desk, case: Case) -> None:
    keep(desk, f"case:{case.id}", {"remark": "旧"}, datetime.now() - timedelta(days=drafts.KEPT_DAYS + 1))
    when(DraftsDialog, lambda box: press(box, "接着填"))
    drafts_resume.after_log_in(window)
    assert kept(desk) == [f"case:{case.id}"]
    window.case.form.dirty = False


def test_to_lock_the_window_keeps_what_is_typed(window: Window, desk: Desk, case: Case) -> None:
    window.open_case(case.id)
    type_in(window.case.form, remark="正说到一半")
    window.guard.lock("手动")
    assert kept(desk) == [f"case:{case.id}"]
    assert window.case.form.editors["remark"].raw() == "正说到一半", "whoever comes back finds it as it was"
    assert window.guard.locked is not None
    window.guard.locked.done(0)
    window.case.form.dirty = False


def test_another_person_is_not_offered_it_and_the_first_one_is_again(
    window: Window, engine: Engine, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    keep(desk, f"case:{case.id}", {"remark": "我的"})
    window.desk = StillDesk(engine, colleague(engine, "马秀英"))
    drafts_resume.after_log_in(window)
    window.go_on_as(BY)
    seen = when(DraftsDialog, lambda box: press(box, "以后再说"))
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
