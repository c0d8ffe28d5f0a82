"""经过: the last step taken back, what was removed found again, a case declared void, and what each step changed."""

from collections.abc import Iterator
from datetime import date

import pytest
from driving import press, press_in_box
from pytestqt.qtbot import QtBot

from mediator.domain.case import Case
from mediator.services import cases, documents, parts
from mediator.ui import tell
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.history_pane import HistoryPane
from mediator.ui.recycle_pane import RecyclePane
from mediator.ui.removed_list import RemovedList
from mediator.ui.steps_dialog import StepsDialog

RAW = {
    "registered_on": "2026-03-01",
    "kind": "neighbour",
    "summary": "楼上水管爆裂。",
    "parties": [{"name": "䶮·阿不都热合曼"}, {"side": "respondent", "name": "王𬎆"}],
}


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.do(lambda s: documents.register(s, RAW, by=desk.who, today=date(2026, 11, 21)))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, case: Case) -> Iterator[CasePage]:
    made = CasePage(desk)
    qtbot.addWidget(made)
    made.resize(1176, 700)
    made.show()
    made.open(case.id)
    made.tabs.setCurrentWidget(made.history)
    yield made


@pytest.fixture
def pane(page: CasePage) -> HistoryPane:
    return page.history


def change(desk: Desk, case: Case, words: str) -> None:
    desk.do(lambda s: cases.amend(s, cases.load(s, case.id), {"summary": words}, by=desk.who))


def test_the_last_step_is_taken_back_after_a_question(page: CasePage, desk: Desk, case: Case) -> None:
    assert not page.history.undo_button.isEnabled()
    assert "登记" in page.history.undo_button.toolTip()
    change(desk, case, "写错了")
    assert page.history.undo_button.isEnabled()
    press_in_box("撤销")
    press(page.history, "撤销上一步")
    assert desk.read(lambda s: cases.load(s, case.id)).summary == "楼上水管爆裂。"
    assert page.form.editors["summary"].raw() == "楼上水管爆裂。"


def test_every_step_shows_what_it_changed(pane: HistoryPane, desk: Desk, case: Case) -> None:
    change(desk, case, "楼上漏水三次")
    dialog = StepsDialog(pane, desk, case)
    assert [dialog.steps.words.lines[n].words[3] for n in (0,)] == ["修改案件：纠纷简要情况"]
    assert [line.words for line in dialog.fields.words.lines] == [
        ("纠纷简要情况", "楼上水管爆裂。", "楼上漏水三次")
    ]
    dialog.steps.choose(1)
    assert ("姓名或名称", "", "王𬎆") in [line.words for line in dialog.fields.words.lines]


def test_what_was_removed_is_found_again(qtbot: QtBot, desk: Desk, case: Case) -> None:
    desk.do(lambda s: parts.drop(s, c := cases.load(s, case.id), "parties", c.parties[0].id, by=desk.who))
    shown = RemovedList(desk, case)
    qtbot.addWidget(shown)
    assert "䶮·阿不都热合曼" in shown.table.words.lines[0].words[4]
    press(shown, "找回选中的一条")
    assert [p.name for p in desk.read(lambda s: cases.load(s, case.id)).parties] == [
        "䶮·阿不都热合曼",
        "王𬎆",
    ]
    assert shown.table.words.lines == []


def test_a_case_declared_void_leaves_the_page_and_comes_back_from_the_recycle_bin(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, page: CasePage, desk: Desk, case: Case
) -> None:
    monkeypatch.setattr(tell, "ask_reason", lambda *_: "与另一件重复登记")
    with qtbot.waitSignal(page.left):
        press(page.history, "作废本案…")
    bin = RecyclePane(desk)
    qtbot.addWidget(bin)
    assert [line.words[1] for line in bin.void.table.words.lines] == [case.number]
    press(bin.void, "恢复选中的案件")
    assert desk.read(lambda s: cases.load(s, case.id)).discarded_on is None
    assert bin.void.table.words.lines == []
