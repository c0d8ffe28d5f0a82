"""What is typed is never lost and never overwrites what others saved."""

from datetime import date
from typing import Any

import pytest
from driving import BY, answer, colleague, press, put_up, reload, type_in
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.case import Case
from mediator.domain.codes import Duty, Stage
from mediator.services import agreements, cases, documents, parts, staff
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.rows_pane import RowsPane

LEAK: dict[str, Any] = {
    "registered_on": "2026-03-01",
    "kind": "neighbour",
    "summary": "楼上水管爆裂。",
    "parties": [
        {"side": "applicant", "name": "周文谦", "phone": "13000000001"},
        {"side": "respondent", "name": "王𬎆"},
        {"side": "respondent", "name": "𪚥小明"},
    ],
}


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CasePage:
    return put_up(qtbot, CasePage(desk), 1176, 700)


def register(desk: Desk, **more: Any) -> Case:
    return desk.do(lambda s: documents.register(s, {**LEAK, **more}, by=BY, today=desk.today))


def names(desk: Desk, case: Case) -> list[str]:
    return [party.name for party in reload(desk, case).parties]


def shown(pane: RowsPane) -> tuple[int, object]:
    return pane.list.currentRow(), pane.form.editors["name"].raw()


def click_row(pane: RowsPane, number: int) -> None:
    place = pane.list.visualItemRect(pane.list.item(number)).center()
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize(
    ("said", "stored", "row", "typed"),
    [
        ("保存", ["周文谦", "阿依古丽·王", "𪚥小明"], 2, "𪚥小明"),
        ("不保存", ["周文谦", "王𬎆", "𪚥小明"], 2, "𪚥小明"),
        ("接着填", ["周文谦", "王𬎆", "𪚥小明"], 1, "阿依古丽·王"),
    ],
)
def test_another_row_chosen_while_one_is_not_saved(
    page: CasePage, desk: Desk, qtbot: QtBot, said: str, stored: list[str], row: int, typed: str
) -> None:
    case = register(desk)
    page.open(case.id)
    page.tabs.setCurrentWidget(page.parties)
    click_row(page.parties, 1)
    type_in(page.parties.form, name="阿依古丽·王")
    answer(lambda box: press(box, said))
    click_row(page.parties, 2)
    qtbot.waitUntil(lambda: [item.row() for item in page.parties.list.selectedIndexes()] == [row])
    assert shown(page.parties) == (row, typed)
    assert page.parties.dirty is (said == "接着填")
    assert names(desk, case) == stored


def test_a_new_row_not_saved_stays_when_another_is_chosen(page: CasePage, desk: Desk, qtbot: QtBot) -> None:
    case = register(desk)
    page.open(case.id)
    page.tabs.setCurrentWidget(page.parties)
    press(page.parties, "增加当事人")
    type_in(page.parties.form, name="㛃䶮")
    answer(lambda box: press(box, "接着填"))
    click_row(page.parties, 0)
    qtbot.waitUntil(lambda: shown(page.parties) == (-1, "㛃䶮"))
    press(page.parties, "保存当事人")
    assert names(desk, case)[-1] == "㛃䶮"
    assert shown(page.parties) == (3, "㛃䶮")


def test_others_changes_to_other_fields_are_kept(page: CasePage, desk: Desk, engine: Engine) -> None:
    case = register(desk)
    page.open(case.id)
    type_in(page.form, remark="我的")
    page.tabs.setCurrentWidget(page.parties)
    page.parties.list.setCurrentRow(0)
    type_in(page.parties.form, address="滨江路 9 号")
    other = Desk(engine, colleague(engine, "马秀英"))
    other.do(lambda s: cases.amend(s, cases.load(s, case.id), {"summary": "她改的。"}, by="马秀英"))
    first = case.parties[0].id
    change = {"phone": "13900000000"}
    other.do(lambda s: parts.put(s, cases.load(s, case.id), "parties", change, by="马秀英", row=first))
    assert page.save_all()
    stored = reload(desk, case)
    assert (stored.remark, stored.summary) == ("我的", "她改的。")
    assert (stored.parties[0].address, stored.parties[0].phone) == ("滨江路 9 号", "13900000000")


def test_a_refresh_leaves_what_is_being_typed_and_what_it_was(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    page.open(case.id)
    type_in(page.form, remark="我的")
    desk.do(lambda s: cases.amend(s, cases.load(s, case.id), {"remark": "她的"}, by="马秀英"))
    assert page.form.editors["remark"].raw() == "我的"
    assert page.form.shown["remark"] == ""
    answer(lambda box: press(box, "先不保存"))
    press(page, "保存登记内容")
    assert reload(desk, case).remark == "她的"
    assert page.form.editors["remark"].raw() == "我的"


def test_an_item_of_the_agreement_saved_by_another_is_kept(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    page.open(case.id)
    page.tabs.setCurrentWidget(page.agreement)
    hers = {"items": [{"kind": "act", "debtor": "王𬎆", "creditor": "周文谦", "act": "修好水管"}]}

    def fill(dialog: Any) -> None:
        desk.do(lambda s: agreements.put(s, cases.load(s, case.id), hers, by="马秀英"))
        dialog.debtor.setCurrentIndex(1)
        type_in(dialog.form, amount="1.5万")
        press(dialog, "保存事项")

    answer(fill)
    press(page.agreement, "增加协议事项")
    agreement = reload(desk, case).agreement
    assert agreement is not None
    assert [(item.act, item.amount) for item in agreement.items] == [("修好水管", None), ("", 1_500_000)]


def test_a_save_loads_the_case_once_for_the_page(
    page: CasePage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = register(desk)
    page.open(case.id)
    page.tabs.setCurrentWidget(page.parties)
    type_in(page.parties.form, phone="13100000000")
    loads: list[int] = []
    load = cases.load

    def counted(session: Any, case_id: int) -> Case:
        loads.append(case_id)
        return load(session, case_id)

    monkeypatch.setattr(cases, "load", counted)
    press(page.parties, "保存当事人")
    assert len(loads) == 2  # in the transaction, and to show it


def close(desk: Desk, case: Case, *more: Stage) -> None:
    def verb(session: Any) -> None:
        one = cases.load(session, case.id)
        ways: dict[Stage, dict[str, str]] = {Stage.UNSETTLED: {"outcome": "none", "reason": "谈不拢"}}
        for to in (Stage.ACCEPTED, Stage.UNSETTLED, Stage.CLOSED, *more):
            day = {"on": "2026-03-02", **ways.get(to, {})}
            documents.advance(session, one, to, day, by=BY, today=desk.today)

    desk.do(verb)


def test_an_archived_case_can_only_be_read(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    close(desk, case, Stage.ARCHIVED)
    page.open(case.id)
    words = ("保存", "增加", "删除", "修改", "记一笔", "去掉", "出具并打印")
    for n in range(page.tabs.count()):
        page.tabs.setCurrentIndex(n)
        tab = page.tabs.currentWidget()
        open_ = [
            b.text()
            for b in tab.findChildren(type(page.save_button))
            if b.isVisibleTo(tab) and b.isEnabled() and b.text().startswith(words)
        ]
        assert open_ in ([], ["出具并打印"]), page.tabs.tabText(n)
    for form in (page.form, page.parties.form, page.agreement.form):
        for made in form.editors.values():
            locked = getattr(made.widget, "isReadOnly", lambda: True)() or not made.widget.isEnabled()
            assert locked, made.field.label
    page.tabs.setCurrentWidget(page.history)
    assert page.history.table.rowCount() > 3
    open_case = register(desk)
    page.open(open_case.id)
    assert not page.form.editors["remark"].widget.isReadOnly()  # type: ignore[attr-defined]
    assert page.save_button.isVisibleTo(page)


def test_a_case_not_accepted_asks_why_it_is_changed(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    desk.do(
        lambda s: documents.advance(
            s, cases.load(s, case.id), Stage.REFUSED, {"on": "2026-03-02", "reason": "已起诉"}, by=BY, today=desk.today
        )
    )  # fmt: skip
    page.open(case.id)
    type_in(page.form, remark="补一句")
    answer(lambda box: (box.setTextValue("漏写"), box.accept()))
    press(page, "保存登记内容")
    stored = reload(desk, case)
    assert (stored.remark, stored.events[-1].reason) == ("补一句", "漏写")


@pytest.mark.parametrize(("said", "there"), [("加进去", True), ("取消", False)])
def test_a_mediator_who_is_not_among_the_staff(page: CasePage, desk: Desk, said: str, there: bool) -> None:
    case = register(desk)
    page.open(case.id)
    page.tabs.setCurrentWidget(page.mediators)
    page.mediators.staff.setCurrentText("赵𫖮")
    seen = answer(lambda box: press(box, said))
    press(page.mediators, "保存调解员")
    assert "赵𫖮”不在工作人员里" in seen[0]
    people = {person.name: person.mediates for person in desk.read(staff.everyone)}
    assert people.get("赵𫖮", False) is there
    assigned = [(a.staff.name, a.duty) for a in reload(desk, case).assignments]
    assert assigned == ([("赵𫖮", Duty.LEAD)] if there else [])
    assert page.mediators.staff.currentText() == "赵𫖮"


def test_payments_add_up_and_are_taken_back_with_a_reason(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    item = {"kind": "money", "debtor": "王𬎆", "creditor": "周文谦", "amount": "5000"}
    desk.do(lambda s: agreements.put(s, cases.load(s, case.id), {"items": [item]}, by=BY))
    page.open(case.id)
    page.tabs.setCurrentWidget(page.agreement)
    page.agreement.table.setCurrentCell(0, 0)
    asked: list[object] = []

    def pay(dialog: Any, amount: str = "") -> None:
        asked.append(dialog.form.editors["paid"].raw())
        if amount:
            type_in(dialog.form, paid=amount)
        press(dialog, "记下")

    answer(lambda dialog: pay(dialog, "2000"))
    press(page.agreement, "记一笔履行")
    page.agreement.table.setCurrentCell(0, 0)
    answer(pay)
    press(page.agreement, "记一笔履行")
    assert asked == ["5000", "3000"]
    agreement = reload(desk, case).agreement
    assert agreement is not None
    assert agreement.items[0].paid == 500_000
    page.agreement.table.setCurrentCell(0, 0)

    def take_back(dialog: Any) -> None:
        answer(lambda box: (box.setTextValue("记错人了"), box.accept()))
        dialog.undo_button.click()

    answer(take_back)
    press(page.agreement, "记一笔履行")
    stored = reload(desk, case)
    assert stored.agreement is not None
    assert stored.agreement.items[0].paid == 0
    assert stored.events[-1].reason == "记错人了"


def test_only_what_was_changed_is_sent(page: CasePage, desk: Desk) -> None:
    case = register(desk, claimed="15000.00")
    page.open(case.id)
    type_in(page.form, claimed="1.5万", remark=" ", occurred_on="2026.3.1")
    assert page.form.changes() == {"occurred_on": "2026.3.1"}
    assert page.form.shown["occurred_on"] is None
    assert desk.today == date(2026, 11, 21)
