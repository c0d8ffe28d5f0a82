"""The case page: real widgets over a real encrypted folder."""

from datetime import date
from typing import Any

import pytest
from driving import BY, answer, press, put_up, reload, type_in
from pytestqt.qtbot import QtBot

from mediator.domain.case import Case
from mediator.domain.codes import Kind, Proxy, Side, Stage
from mediator.services import cases, documents
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk

LEAK: dict[str, Any] = {
    "registered_on": "2026-03-01",
    "kind": "neighbour",
    "summary": "楼上水管爆裂。",
    "parties": [{"side": "applicant", "name": "周文谦"}, {"side": "respondent", "name": "王𬎆"}],
}


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CasePage:
    return put_up(qtbot, CasePage(desk), 1176, 700)


def register(desk: Desk, **more: Any) -> Case:
    return desk.do(lambda s: documents.register(s, {**LEAK, **more}, by=BY, today=desk.today))


def test_a_new_case_is_entered_and_goes_on_to_its_parties(page: CasePage, desk: Desk) -> None:
    page.begin()
    page.form.editors["summary"].widget.setPlainText("楼上漏水")  # type: ignore[attr-defined]
    page.form.editors["kind"].widget.choose(Kind.NEIGHBOUR)  # type: ignore[attr-defined]
    press(page, "保存登记内容")
    assert page.case is not None
    assert page.case.number.endswith("第001号")
    assert page.tabs.currentWidget() is page.parties
    page.parties.form.editors["name"].widget.setText("周文谦")  # type: ignore[attr-defined]
    page.parties.form.editors["id_number"].widget.setText("000000196203150013")  # type: ignore[attr-defined]
    assert page.parties.form.editors["birth_on"].raw() == "1962-03-15"
    press(page.parties, "保存当事人")
    stored = reload(desk, page.case)
    assert [(p.name, p.birth_on) for p in stored.parties] == [("周文谦", date(1962, 3, 15))]
    assert stored.kind is Kind.NEIGHBOUR
    assert page.parties.list.count() == 1
    assert "已保存" in page.state.text()


def test_what_cannot_be_read_stays_typed_and_is_named(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    page.open(case.id)
    page.form.editors["claimed"].widget.setText("一万多")  # type: ignore[attr-defined]
    seen = answer()
    press(page, "保存登记内容")
    assert "争议金额" in seen[0]
    assert page.form.editors["claimed"].raw() == "一万多"
    assert page.form.dirty
    assert reload(desk, case).claimed is None


def test_a_doubtful_number_warns_and_is_still_saved(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    page.open(case.id)
    page.tabs.setCurrentWidget(page.parties)
    page.parties.list.setCurrentRow(0)
    page.parties.form.editors["id_number"].widget.setText("000000196203150014")  # type: ignore[attr-defined]
    assert "校验位不对" in page.parties.form._complaints["id_number"].text()
    press(page.parties, "保存当事人")
    assert reload(desk, case).parties[0].id_number == "000000196203150014"


def test_the_next_step_says_what_is_missing(page: CasePage, desk: Desk) -> None:
    case = register(desk, parties=[])
    page.open(case.id)
    assert "请填写申请人" in page.next_words.text()
    seen = answer()
    press(page, "受理")
    assert "请填写申请人" in seen[0]
    assert reload(desk, case).stage is Stage.REGISTERED


def test_a_step_is_taken_from_the_dialog(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    page.open(case.id)
    answer(lambda box: press(box, "受理"))
    press(page, "受理")
    stored = reload(desk, case)
    assert (stored.stage, stored.accepted_on) == (Stage.ACCEPTED, desk.today)
    assert "告知" in page.next_words.text()


def test_closing_needs_a_reason_for_later_changes(page: CasePage, desk: Desk) -> None:
    case = register(desk)

    def close(session: Any) -> None:
        one = cases.load(session, case.id)
        for to, more in (
            (Stage.ACCEPTED, {}),
            (Stage.UNSETTLED, {"outcome": "none", "reason": "谈不拢"}),
            (Stage.CLOSED, {}),
        ):
            documents.advance(session, one, to, {"on": "2026-03-02", **more}, by="陈", today=desk.today)

    desk.do(close)
    page.open(case.id)
    page.form.editors["remark"].widget.setPlainText("补一句")  # type: ignore[attr-defined]
    answer(lambda box: (box.setTextValue("漏写"), box.accept()))
    press(page, "保存登记内容")
    stored = reload(desk, case)
    assert stored.remark == "补一句"
    assert (stored.events[-1].detail, stored.events[-1].reason) == ("备注", "漏写")


def test_an_agreement_item_is_added_and_paid(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    page.open(case.id)
    page.tabs.setCurrentWidget(page.agreement)

    def fill(dialog: Any) -> None:
        dialog.form.editors["amount"].widget.setText("1.5万")
        dialog.instalments.add()
        for n, (due, amount) in enumerate((("2026-03-05", "5000"), ("2026-04-04", "10000"))):
            type_in(dialog.instalments.lines[n][1], due_on=due, amount=amount)
        press(dialog, "保存事项")

    answer(fill)
    press(page.agreement, "增加协议事项")
    stored = reload(desk, case)
    assert stored.agreement is not None
    item = stored.agreement.items[0]
    assert (item.amount, len(item.instalments)) == (1_500_000, 2)
    assert item.debtor is not None
    assert item.debtor.side is Side.RESPONDENT
    page.agreement.table.setCurrentCell(0, 0)
    answer(lambda box: press(box, "记下"))
    press(page.agreement, "记一笔履行")
    stored = reload(desk, case)
    assert stored.agreement is not None
    assert stored.agreement.items[0].paid == 500_000
    assert "已付 5,000 元" in page.agreement.total.text()


def test_leaving_with_something_typed_asks_first(page: CasePage, desk: Desk, qtbot: QtBot) -> None:
    case = register(desk)
    page.open(case.id)
    page.form.editors["remark"].widget.setPlainText("没保存")  # type: ignore[attr-defined]
    seen = answer(lambda box: press(box, "接着填"))
    with qtbot.assertNotEmitted(page.left):
        press(page, "返回列表")
    assert "还没有保存" in seen[0]
    answer(lambda box: press(box, "保存"))
    with qtbot.waitSignal(page.left):
        press(page, "返回列表")
    assert reload(desk, case).remark == "没保存"


def test_a_paper_is_issued_previewed_and_printed_the_same_again(page: CasePage, desk: Desk) -> None:
    case = register(desk)
    page.open(case.id)
    answer(lambda box: press(box, "受理"))
    press(page, "受理")
    page.tabs.setCurrentWidget(page.papers)
    seen: list[bytes] = []

    def look(box: Any) -> None:
        seen.append(box.pdf)
        assert len(box.view.sheets) >= 1
        press(box, "关闭")

    answer(look)
    press(page.papers, "出具并打印")
    register_change = {"summary": "完全改了。"}
    desk.do(lambda s: cases.amend(s, cases.load(s, case.id), register_change, by="陈志华"))
    answer(look)
    press(page.papers, "重新打印")
    assert seen[0] == seen[1]
    assert seen[0].startswith(b"%PDF")


def test_what_is_wanting_for_a_minor_is_said_as_it_is_typed(page: CasePage, desk: Desk) -> None:
    child = {"side": "respondent", "name": "钱小龘", "birth_on": "2014-03-02"}
    case = register(desk, parties=[{"side": "applicant", "name": "林淑芬"}, child])
    page.open(case.id)
    page.tabs.setCurrentWidget(page.parties)
    pane = page.parties
    assert (
        "钱小龘未满十四周岁：请补填监护人，请监护人在" in pane.note.text()
        and "第三十一条" in pane.note.text()
    )
    pane.list.setCurrentRow(0)
    assert pane.note.text() == "当事人钱小龘也有要补的，请在左边点开看。"
    pane.form.editors["id_number"].widget.setText("000000201003020014")  # type: ignore[attr-defined]
    assert pane.note.text().startswith("当事人林淑芬未满十八周岁") and "十四周岁" not in pane.note.text()
    pane.form.editors["id_number"].widget.setText("000000196203150013")  # type: ignore[attr-defined]
    assert "林淑芬" not in pane.note.text()
    press(pane, "保存当事人")
    pane.list.setCurrentRow(1)
    meet_guardian = answer(_name_guardian)
    press(pane, "增加")
    assert meet_guardian == [] and "请补填监护人" not in pane.note.text()
    pane.form.editors["consented_on"].widget.setText("2026-03-01")  # type: ignore[attr-defined]
    assert not pane.note.isVisible()
    press(pane, "保存当事人")
    assert [one.name for one in reload(desk, case).parties[1].representatives] == ["林淑芬"]


def _name_guardian(dialog: Any) -> None:
    assert dialog.form.editors["proxy"].raw() == Proxy.GUARDIAN.value
    dialog.form.editors["name"].widget.setText("林淑芬")
    press(dialog, "确定")
