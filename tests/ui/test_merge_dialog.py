"""Two people on one case: the later one sees both and chooses; nothing is overwritten unseen, nothing typed is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from driving import BY, StillDesk, colleague, needed_width, press, put_up, reload, type_in, unnamed, when
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.case import Case
from mediator.domain.codes import Proxy
from mediator.domain.errors import Conflict
from mediator.services import agreements, cases, drafts, parts
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.item_dialog import ItemDialog
from mediator.ui.merge_dialog import ConflictPane, MergeDialog

HER = "䶮·阿不都"


@pytest.fixture
def hers(page: CasePage, engine: Engine, case: Case, qtbot: QtBot) -> Iterator[CasePage]:
    """The same case open on another's desk, both at what was registered."""
    page.tabs.setCurrentIndex(0)
    other = put_up(qtbot, CasePage(StillDesk(engine, colleague(engine, HER))), 1176, 700)
    other.open(case.id)
    yield other


def merge(
    choose: Callable[[list[ConflictPane]], object], seen: list[tuple[str, str, str, str]] | None = None
) -> None:
    """In the next merge choose and save; what was shown there."""

    def act(dialog: Any) -> None:
        assert not dialog.main.isEnabled(), "nothing is chosen beforehand"
        shown = [pane.conflict for pane in dialog.panes]
        if seen is not None:
            seen.extend((one.label, one.seen, one.now, one.typed) for one in shown)
        choose(dialog.panes)
        assert dialog.main.isEnabled()
        dialog.main.click()

    when(MergeDialog, act)


def mine(panes: list[ConflictPane]) -> None:
    for pane in panes:
        pane.mine.setChecked(True)


def theirs(panes: list[ConflictPane]) -> None:
    for pane in panes:
        pane.theirs.setChecked(True)


@pytest.mark.parametrize("she_is_first", [True, False])
def test_the_later_one_chooses_field_by_field(
    page: CasePage, hers: CasePage, desk: Desk, case: Case, she_is_first: bool
) -> None:
    type_in(page.form, claimed="20000", summary="我写的经过。", remark="只有我写")
    type_in(hers.form, claimed="30000", summary="她写的经过。", request="只有她写")
    first, later = (hers, page) if she_is_first else (page, hers)
    theirs_words, own_words = ("她", "我") if she_is_first else ("我", "她")
    press(first, "保存登记内容")
    seen: list[tuple[str, str, str, str]] = []

    def choose(panes: list[ConflictPane]) -> None:
        text, amount = sorted(panes, key=lambda pane: not pane.conflict.long)
        text.mine.setChecked(True)
        amount.theirs.setChecked(True)

    merge(choose, seen)
    press(later, "保存登记内容")
    assert {label: rest for label, *rest in seen}["纠纷简要情况"] == [
        case.summary, f"{theirs_words}写的经过。", f"{own_words}写的经过。",
    ]  # fmt: skip
    stored = reload(desk, case)
    assert stored.summary == f"{own_words}写的经过。"
    assert stored.claimed == (3_000_000 if she_is_first else 2_000_000)
    assert (stored.remark, stored.request) == ("只有我写", "只有她写")
    assert "已保存" in later.state.text()
    assert not later.form.dirty


def test_who_thinks_better_of_it_loses_nothing_of_either(
    page: CasePage, hers: CasePage, desk: Desk, case: Case
) -> None:
    type_in(page.form, remark="我的")
    type_in(hers.form, remark="她的")
    press(hers, "保存登记内容")
    when(MergeDialog, lambda box: press(box, "先不保存"))
    press(page, "保存登记内容")
    assert page.form.editors["remark"].raw() == "我的"
    assert page.form.dirty
    assert reload(desk, case).remark == "她的"
    merge(mine)
    press(page, "保存登记内容")
    assert reload(desk, case).remark == "我的"


def test_it_says_who_changed_it_and_when(page: CasePage, hers: CasePage) -> None:
    type_in(page.form, remark="我的")
    type_in(hers.form, remark="她的")
    press(hers, "保存登记内容")
    words: list[str] = []

    def look(dialog: Any) -> None:
        words.append(dialog.panes[0].theirs.text())
        assert unnamed(dialog) == []
        press(dialog, "先不保存")

    when(MergeDialog, look)
    press(page, "保存登记内容")
    assert words[0].startswith(f"用{HER}的（")
    assert words[0].endswith("改）")


def test_of_a_long_text_something_can_be_taken_over_by_hand(
    page: CasePage, hers: CasePage, desk: Desk, case: Case
) -> None:
    type_in(page.form, summary="我写的。")
    type_in(hers.form, summary="她写的。")
    press(hers, "保存登记内容")

    def both(panes: list[ConflictPane]) -> None:
        panes[0].words.setPlainText("她写的。我写的。")
        assert panes[0].mine.isChecked(), "who writes chooses"

    merge(both)
    press(page, "保存登记内容")
    assert reload(desk, case).summary == "她写的。我写的。"


def test_what_is_put_together_by_hand_is_kept_as_a_draft_where_it_was_typed(
    page: CasePage, hers: CasePage, desk: Desk, case: Case
) -> None:
    type_in(page.form, summary="我写的。")
    type_in(hers.form, summary="她写的。")
    press(hers, "保存登记内容")

    def killed(dialog: Any) -> None:
        dialog.panes[0].words.setPlainText("她写的。我写的。")
        page.keep_drafts()
        dialog.done(0)

    when(MergeDialog, killed)
    press(page, "保存登记内容")
    kept = desk.read(lambda s: drafts.of(s, f"case:{case.id}"))
    assert kept is not None
    assert drafts.typed(kept) == {"summary": "她写的。我写的。"}
    assert drafts.shown(kept) == {"summary": case.summary}, "what she changed since is met again"


def test_a_change_made_while_one_chooses_is_seen_too(
    page: CasePage, hers: CasePage, desk: Desk, case: Case
) -> None:
    type_in(page.form, remark="我的")
    type_in(hers.form, remark="她的")
    press(hers, "保存登记内容")
    seen: list[tuple[str, str, str, str]] = []

    def meanwhile(panes: list[ConflictPane]) -> None:
        raw = {"remark": "她又改了"}
        hers.desk.do(lambda s: cases.amend(s, cases.load(s, case.id), raw, by=HER))
        mine(panes)
        merge(mine, seen)

    merge(meanwhile, seen)
    press(page, "保存登记内容")
    assert [now for _label, _seen, now, _typed in seen] == ["她的", "她又改了"]
    assert reload(desk, case).remark == "我的"


@pytest.mark.parametrize(("choose", "phone"), [(mine, "111"), (theirs, "222")])
def test_a_party_and_who_acts_for_it(
    page: CasePage, hers: CasePage, desk: Desk, case: Case, choose: Any, phone: str
) -> None:
    for one, number, name in ((page, "111", "李甲"), (hers, "222", "李乙")):
        one.parties.show_row(case.parties[0].id)
        type_in(one.parties.form, phone=number)
        one.parties.representatives.append({"name": name, "proxy": Proxy.AGENT, "relation": "同事"})
        one.parties.form.edited.emit()
    hers.tabs.setCurrentWidget(hers.parties)
    press(hers.parties, "保存当事人")
    page.tabs.setCurrentWidget(page.parties)
    seen: list[tuple[str, str, str, str]] = []

    def first(panes: list[ConflictPane]) -> None:
        choose(panes)
        merge(choose, seen)

    merge(first, seen)
    press(page.parties, "保存当事人")
    assert [label for label, *_rest in seen] == ["联系电话", "代理人、监护人、法定代表人"]
    stored = reload(desk, case).parties[0]
    assert (stored.phone, [one.name for one in stored.representatives]) == (
        phone, ["李甲" if phone == "111" else "李乙"],
    )  # fmt: skip


def test_a_party_deleted_while_it_was_typed_in_can_be_saved_as_a_new_one(
    page: CasePage, hers: CasePage, desk: Desk, case: Case
) -> None:
    raw = {"side": "respondent", "name": "王𬎆"}
    party = desk.do(lambda s: parts.put(s, cases.load(s, case.id), "parties", raw, by=BY)).id
    page.tabs.setCurrentWidget(page.parties)
    page.parties.show_row(party)
    type_in(page.parties.form, phone="000")
    hers.desk.do(lambda s: parts.drop(s, cases.load(s, case.id), "parties", party, by=HER))
    said = when(QMessageBox, lambda box: press(box, "先不存"))
    press(page.parties, "保存当事人")
    assert f"{HER}在" in said[0]
    assert page.parties.form.editors["phone"].raw() == "000"
    when(QMessageBox, lambda box: press(box, "另存为新的一条"))
    press(page.parties, "保存当事人")
    stored = reload(desk, case).parties[-1]
    assert (stored.name, stored.phone, stored.id == party) == ("王𬎆", "000", False)
    assert not page.parties.dirty


def test_the_agreement(page: CasePage, hers: CasePage, desk: Desk, case: Case) -> None:
    for one, words in ((page, "我写的事实。"), (hers, "她写的事实。")):
        one.tabs.setCurrentWidget(one.agreement)
        type_in(one.agreement.form, facts=words)
    press(hers.agreement, "保存协议")
    merge(mine)
    press(page.agreement, "保存协议")
    agreement = reload(desk, case).agreement
    assert agreement is not None
    assert agreement.facts == "我写的事实。"


def test_an_item_of_the_agreement(page: CasePage, hers: CasePage, desk: Desk, case: Case) -> None:
    page.tabs.setCurrentWidget(page.agreement)
    page.agreement.table.setCurrentCell(0, 0)
    assert case.agreement is not None
    item = case.agreement.items[0].id
    raw = {"way": "转账", "instalments": [{"due_on": "2026-12-01", "amount": "15000"}]}

    def meanwhile(dialog: Any) -> None:
        def change(session: Any) -> None:
            now = cases.load(session, case.id)
            agreements.put(session, now, {"items": agreements.items_with(session, now, item, raw)}, by=HER)

        hers.desk.do(change)
        type_in(dialog.form, way="现金", place="滨江社区")
        type_in(dialog.instalments.lines[0][1], due_on="2026-12-24")

        def second(panes: list[ConflictPane]) -> None:
            mine(panes)
            merge(theirs, seen)

        merge(second, seen)
        press(dialog, "保存事项")

    seen: list[tuple[str, str, str, str]] = []
    when(ItemDialog, meanwhile)
    press(page.agreement, "修改事项")
    assert [label for label, *_rest in seen] == ["给付方式", "分期"]
    agreement = reload(desk, case).agreement
    assert agreement is not None
    stored = agreement.items[0]
    assert (stored.way, stored.place) == ("现金", "滨江社区")
    assert [f"{part.due_on}" for part in stored.instalments] == ["2026-12-01"]


def test_an_item_deleted_while_it_was_typed_in(
    page: CasePage, hers: CasePage, desk: Desk, case: Case
) -> None:
    other = {"kind": "act", "debtor": "respondent", "creditor": "applicant", "act": "赔礼道歉"}
    desk.do(lambda s: put_more(s, case, other))
    page.tabs.setCurrentWidget(page.agreement)
    page.agreement.table.setCurrentCell(1, 0)

    def meanwhile(dialog: Any) -> None:
        hers.desk.do(lambda s: take_away(s, case, dialog.item_id))
        type_in(dialog.form, act="当面赔礼道歉")
        when(QMessageBox, lambda box: press(box, "另外增加一条"))
        press(dialog, "保存事项")

    when(ItemDialog, meanwhile)
    press(page.agreement, "修改事项")
    agreement = reload(desk, case).agreement
    assert agreement is not None
    assert [item.act for item in agreement.items][1:] == ["当面赔礼道歉"]


def put_more(session: Any, case: Case, item: dict[str, Any]) -> None:
    now = cases.load(session, case.id)
    agreements.put(session, now, {"items": agreements.items_with(session, now, None, item)}, by=BY)


def take_away(session: Any, case: Case, item: int) -> None:
    now = cases.load(session, case.id)
    agreements.put(session, now, {"items": agreements.items_without(now, item)}, by=HER)


def test_it_fits_a_small_screen(qtbot: QtBot) -> None:
    long = "因楼上水管爆裂，" * 400
    conflicts = [
        Conflict("a", "纠纷简要情况", long, long, long, long, True, HER),
        Conflict("b", "联系电话", "（空）", "1" * 40, "2" * 40, "1"),
    ]
    dialog = put_up(qtbot, MergeDialog(None, conflicts))
    assert needed_width(dialog) <= 1280
    assert dialog.width() <= 1366
    dialog.done(0)
