"""经过: the last step taken back, what was removed found again, a case declared void, and what each step changed."""

from collections.abc import Iterator
from datetime import date

import pytest
from driving import Modals, answer, press, press_in_box, put_up, unnamed
from pytestqt.qtbot import QtBot

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind, Outcome, Stage
from mediator.services import cases, discards, documents, materials, parts, phrases
from mediator.ui import tell
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.history_pane import HistoryPane
from mediator.ui.recycle_pane import RecyclePane
from mediator.ui.removed_list import RemovedList
from mediator.ui.steps_dialog import StepsDialog

PNG = (
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63f80f000101010018dd8db00000000049454e44ae426082"
)
"""The smallest picture there is."""
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


def test_a_closed_case_asks_why_and_shows_the_line_that_was_added(
    monkeypatch: pytest.MonkeyPatch, page: CasePage, desk: Desk, case: Case
) -> None:
    change(desk, case, "写错了")
    desk.do(lambda s: setattr(cases.load(s, case.id), "outcome", Outcome.ORAL))
    desk.do(lambda s: setattr(cases.load(s, case.id), "stage", Stage.CLOSED))
    raw = {"summary": "又写错了"}
    desk.do(lambda s: cases.amend(s, cases.load(s, case.id), raw, by=desk.who, reason="补写"))
    page.open(case.id)
    page.tabs.setCurrentWidget(page.history)
    asked: list[str] = []

    def think_better_of_it(_parent: object, words: str) -> str:
        asked.append(words)
        return ""

    monkeypatch.setattr(tell, "ask_reason", think_better_of_it)
    press(page.history, "撤销上一步")
    assert desk.read(lambda s: cases.load(s, case.id)).summary == "又写错了"
    assert case.number in asked[0] and "已经结案" in asked[0]
    monkeypatch.setattr(tell, "ask_reason", lambda *_: "不该补的")
    press(page.history, "撤销上一步")
    assert desk.read(lambda s: cases.load(s, case.id)).summary == "写错了"
    last = page.history.table.rowCount() - 1
    cells = [page.history.table.item(last, at).text() for at in range(5)]  # type: ignore[union-attr]
    assert cells[2:] == ["撤销", "", "修改：纠纷简要情况；原因：不该补的"]


def test_who_stays_on_the_staff_is_said_before(page: CasePage, desk: Desk, case: Case) -> None:
    raw = {"staff": "新来的𪚥"}
    desk.do(lambda s: parts.put(s, cases.load(s, case.id), "assignments", raw, by=desk.who))
    said = answer(lambda box: press(box, "撤销"))
    press(page.history, "撤销上一步")
    assert "新来的𪚥仍留在工作人员名单里。" in said[0]
    assert desk.read(lambda s: cases.load(s, case.id)).assignments == []


def test_a_void_case_offers_nothing_to_take_back(pane: HistoryPane, desk: Desk, case: Case) -> None:
    change(desk, case, "写错了")
    desk.do(
        lambda s: discards.discard(s, cases.load(s, case.id), reason="登记重复", today=date(2026, 11, 21))
    )
    pane.show_case(desk.read(lambda s: cases.load(s, case.id)))
    assert not pane.undo_button.isEnabled()
    assert "已经作废" in pane.undo_button.toolTip()


def test_what_the_office_deleted_and_a_material_are_found_again_in_the_settings(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    words = {"words": "龘龘和好。"}
    phrase = desk.do(lambda s: phrases.put(s, words))
    desk.do(lambda s: phrases.drop(s, phrase.id))
    file = materials.admit(bytes.fromhex(PNG), "收条 (1).png")
    kind = MaterialKind.VOUCHER
    made = desk.do(lambda s: materials.add(s, cases.load(s, case.id), file, kind, by=desk.who))
    desk.do(lambda s: materials.drop(s, cases.load(s, case.id), made.id, by=desk.who))
    shown = put_up(qtbot, RecyclePane(desk), 1100, 620).removed
    assert [line.words[2:4] for line in shown.table.words.lines] == [(case.number, "材料"), ("", "常用语")]
    assert "收条 (1).png" in shown.table.words.lines[0].words[4]
    assert unnamed(shown) == []
    press(shown, "找回选中的一条")
    press(shown, "找回选中的一条")
    assert shown.table.words.lines == []
    assert [m.file_name for m in desk.read(lambda s: cases.load(s, case.id)).materials] == ["收条 (1).png"]
    assert "龘龘和好。" in [one.words for one in desk.read(phrases.listed)]
    assert RemovedList(desk, case).table.words.lines == []


def test_what_does_not_fit_any_more_is_said_in_a_sentence(
    qtbot: QtBot, desk: Desk, case: Case, modals: Modals
) -> None:
    raw = {"staff": "马𬎆英"}
    first = desk.do(lambda s: parts.put(s, cases.load(s, case.id), "assignments", raw, by=desk.who))
    desk.do(lambda s: parts.drop(s, cases.load(s, case.id), "assignments", first.id, by=desk.who))
    desk.do(lambda s: parts.put(s, cases.load(s, case.id), "assignments", raw, by=desk.who))
    shown = put_up(qtbot, RemovedList(desk, case))
    assert shown.table.words.lines[0].words[4] == "马𬎆英，主持调解"
    press(shown, "找回选中的一条")
    assert "不用重复增加" in modals.said[0]


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
