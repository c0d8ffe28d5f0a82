"""Drafts on the screen: whatever is typed is kept in three seconds and comes back just as it was typed."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from driving import BY, StillDesk, answer, colleague, press, put_up, reload, type_in, when
from PIL import Image
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.case import Case
from mediator.domain.codes import Kind, MaterialKind, Side
from mediator.domain.safety import Draft
from mediator.services import cases, drafts, materials, transaction
from mediator.ui.case_page import CasePage
from mediator.ui.case_panes import RepresentativeDialog
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting
from mediator.ui.drafts_dialog import DraftsDialog
from mediator.ui.fill_dialog import FillDialog
from mediator.ui.forms import FormPane
from mediator.ui.item_dialog import InstalmentGrid, ItemDialog
from mediator.ui.material_dialogs import AmendMaterialDialog
from mediator.ui.merge_dialog import MergeDialog
from mediator.ui.wording_dialog import WordingDialog

OTHER = "马秀英"
ODD = "半个日期 2026-1\n\t  〔王𬎆〕=1+1 "


def kept(desk: Desk) -> dict[str, dict[str, object]]:
    """What is kept for the person at work, by place."""
    return {one.place: drafts.typed(one) for one in desk.read(drafts.all_of)}


def shown(page: CasePage) -> str:
    return page.state.text()


def again(qtbot: QtBot, desk: Desk, case: Case) -> CasePage:
    """The program started anew after a cut of power: a new page, nothing of the old one."""
    page = put_up(qtbot, CasePage(desk), 1176, 700)
    page.drafts_button.offer_soon = lambda: None  # type: ignore[method-assign]  # offered in tests of its own
    page.open(case.id)
    return page


def draft(desk: Desk, place: str) -> Draft:
    found = desk.read(lambda s: drafts.of(s, place))
    assert found is not None, f"nothing kept at {place}: {list(kept(desk))}"
    return found


# keeping


def test_what_is_typed_is_kept_within_three_seconds_also_while_one_goes_on_typing(
    page: CasePage, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    changed: list[int] = []
    desk.changed.connect(lambda: changed.append(1))
    page.tabs.setCurrentIndex(0)
    began = time.monotonic()
    type_in(page.form, remark="一")
    assert shown(page) == "编辑中"
    for n in range(29):
        qtbot.wait(100)
        type_in(page.form, remark="一" * (n + 2))
        if kept(desk):
            break
    assert time.monotonic() - began < 3
    assert set(kept(desk)) == {f"case:{case.id}"}
    assert changed == [], "no other screen is told"
    assert reload(desk, case).remark == "", "what is saved stays as it is"
    page.keep_drafts()
    assert shown(page) == f"已暂存 {datetime.now():%H:%M}（还没有保存）"
    press(page, "保存登记内容")
    assert shown(page).startswith("已保存 ")
    assert kept(desk) == {}


def test_keeping_is_quick(page: CasePage, desk: Desk) -> None:
    page.tabs.setCurrentWidget(page.sessions)
    page.sessions.begin()
    type_in(page.sessions.form, record="调解经过。" * 4_000)
    page.keep_drafts()
    took = []
    for _ in range(9):
        began = time.perf_counter()
        assert page.sessions.drafting.keep()
        took.append(time.perf_counter() - began)
    assert sorted(took)[4] <= 0.020, took


def test_a_keeping_that_fails_is_said_at_once(page: CasePage, desk: Desk, engine: Engine) -> None:
    page.tabs.setCurrentIndex(0)
    type_in(page.form, remark="要紧的话")
    transaction.stop(engine)
    page.keep_drafts()
    assert shown(page) == "没有暂存上"
    assert page.trouble.isVisibleTo(page)
    assert "没有存上" in page.trouble.text()
    assert page.form.editors["remark"].raw() == "要紧的话"


@pytest.mark.parametrize("words", ["不保存", "保存"])
def test_the_draft_goes_when_it_was_saved_or_is_not_wanted(
    page: CasePage, desk: Desk, words: str, qtbot: QtBot
) -> None:
    page.tabs.setCurrentIndex(0)
    type_in(page.form, remark="x")
    type_in(page.agreement.form, facts="y")
    page.keep_drafts()
    assert len(kept(desk)) == 2

    def answer_both(box: QMessageBox) -> None:
        press(box, words)
        when(QMessageBox, lambda box: press(box, words))

    when(QMessageBox, answer_both)
    assert page.settle()
    qtbot.waitUntil(lambda: kept(desk) == {}, timeout=1000)


def test_what_is_not_saved_is_never_called_saved(page: CasePage) -> None:
    page.tabs.setCurrentIndex(0)
    type_in(page.form, remark="x")
    type_in(page.agreement.form, facts="y")
    page.keep_drafts()
    press(page, "保存登记内容")
    assert shown(page) == "“协议与履行”还没有保存"
    page.tabs.setCurrentWidget(page.agreement)
    press(page.agreement, "保存协议")
    assert shown(page).startswith("已保存")


def test_to_go_on_typing_keeps_the_draft(page: CasePage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(0)
    type_in(page.form, remark="x")
    page.keep_drafts()
    when(QMessageBox, lambda box: press(box, "接着填"))
    assert not page.settle()
    qtbot.wait(30)
    assert len(kept(desk)) == 1


def test_what_is_refused_stays_in_the_draft(page: CasePage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(0)
    type_in(page.form, claimed="一万多")
    page.keep_drafts()
    when(QMessageBox)
    press(page, "保存登记内容")
    qtbot.wait(30)
    assert kept(desk)[f"case:{page.case.id if page.case else 0}"] == {"claimed": "一万多"}


def test_closing_a_dialog_for_another_person_keeps_its_draft(page: CasePage, desk: Desk, case: Case) -> None:
    def leave(dialog: Any) -> None:
        type_in(dialog.form, act="修好水管")
        dialog.keep_drafts()
        dialog.done(0)

    page.tabs.setCurrentWidget(page.agreement)
    when(ItemDialog, leave)
    press(page.agreement, "增加协议事项")
    assert set(kept(desk)) == {f"case:{case.id}/agreement/item:new"}


# every form


def test_every_form_of_the_page_keeps_drafts(page: CasePage) -> None:
    forms = page.findChildren(FormPane)
    assert len(forms) >= 7
    assert [form for form in forms if not keeps(form)] == []


def keeps(form: QWidget) -> bool:
    """Whether what is typed into a form is kept, by itself or by the form it belongs to."""
    above: QWidget | None = form
    while above is not None:
        if any(each.parent() is above for each in above.findChildren(Drafting)):
            return True
        if isinstance(above, InstalmentGrid):
            return True  # kept along with the item
        above = above.parentWidget()
    return False


OPENED: dict[type[QDialog], Callable[[CasePage], object]] = {
    ItemDialog: lambda page: press(page.agreement, "增加协议事项"),
    RepresentativeDialog: lambda page: page.parties._edit(None),
    FillDialog: lambda page: on_paper(page, "填写…"),
    WordingDialog: lambda page: on_paper(page, "改措辞…"),
    AmendMaterialDialog: lambda page: page.materials._amend(),
}


def on_paper(page: CasePage, words: str) -> None:
    page.papers.tree.choose(next(row.key for row in page.papers.rows if row.key.form == "accepted"))
    press(page.papers, words)


TABS = {
    ItemDialog: "agreement", RepresentativeDialog: "parties", FillDialog: "papers", WordingDialog: "papers",
    AmendMaterialDialog: "materials",
}  # fmt: skip


def type_odd(dialog: Any) -> None:
    if isinstance(dialog, WordingDialog):
        dialog.words.setPlainText(ODD.strip())
        return
    for made in dialog.form.editors.values():
        if hasattr(made.widget, "setPlainText"):
            made.widget.setPlainText(ODD)
        elif hasattr(made.widget, "setText") and not hasattr(made.widget, "isChecked"):
            made.widget.setText(ODD.replace("\n", ""))


def raw_of(dialog: Any) -> dict[str, object]:
    if isinstance(dialog, WordingDialog):
        return dict(dialog.typed())
    return {key: made.raw() for key, made in dialog.form.editors.items()}


@pytest.mark.parametrize("kind", OPENED)
def test_what_is_typed_into_a_dialog_comes_back_where_it_was(
    page: CasePage, desk: Desk, case: Case, qtbot: QtBot, kind: type[QDialog]
) -> None:
    desk.do(lambda s: lay_photo(s, case.id))
    page.tabs.setCurrentWidget(getattr(page, TABS[kind]))
    typed: list[dict[str, object]] = []

    def crash(dialog: Any) -> None:
        assert all(keeps(form) for form in dialog.findChildren(FormPane))
        type_odd(dialog)
        dialog.keep_drafts()
        typed.append(raw_of(dialog))
        dialog.done(0)

    when(kind, crash)
    OPENED[kind](page)
    (place,) = kept(desk)
    fresh = again(qtbot, desk, case)

    def look(dialog: Any) -> None:
        typed.append(raw_of(dialog))
        assert dialog.dirty
        assert dialog.state.text().startswith("已暂存")
        when(QMessageBox, lambda box: press(box, "不保存"))
        press(dialog, "取消")

    when(kind, look)
    fresh.resume(draft(desk, place))
    assert len(typed) == 2
    assert typed[0] == typed[1]
    assert kept(desk) == {}


def lay_photo(session: Any, case_id: int) -> None:
    file = BytesIO()
    Image.new("RGB", (60, 30), "red").save(file, "JPEG")
    case = cases.load(session, case_id)
    photo = materials.admit(file.getvalue(), "𬎆.jpg")
    materials.add(session, case, photo, MaterialKind.EVIDENCE, by=BY)


LISTS = ("parties", "mediators", "investigations", "sessions", "revisits")


@pytest.mark.parametrize("name", LISTS)
def test_a_new_row_comes_back_just_as_it_was_typed(
    page: CasePage, desk: Desk, case: Case, qtbot: QtBot, name: str
) -> None:
    pane = getattr(page, name)
    page.tabs.setCurrentWidget(pane)
    pane.begin()
    for made in pane.form.editors.values():
        if hasattr(made.widget, "setPlainText"):
            made.widget.setPlainText(ODD)
        elif hasattr(made.widget, "setText") and not hasattr(made.widget, "isChecked"):
            made.widget.setText(ODD.replace("\n", ""))
    if name == "parties":
        pane.representatives.append({"name": "李𬎆", "proxy": None, "relation": "母亲"})
    if name == "mediators":
        pane.staff.setCurrentText("䶮·阿不都")
    before = pane.form.typed()
    page.keep_drafts()
    (place,) = kept(desk)
    fresh = again(qtbot, desk, case)
    fresh.resume(draft(desk, place))
    same: Any = getattr(fresh, name)
    assert fresh.tabs.currentIndex() == fresh.tabs.indexOf(same)
    assert same.dirty
    assert same.form.typed() == before
    assert same._row_id is None


def test_a_row_comes_back_and_a_conflict_is_noticed_when_it_is_saved(
    page: CasePage, desk: Desk, engine: Engine, case: Case, qtbot: QtBot
) -> None:
    party = case.parties[0].id
    page.parties.show_row(party)
    type_in(page.parties.form, phone="000-111", address="滨江路")
    page.keep_drafts()
    from mediator.services import parts

    hers = {"phone": "000-222", "employer": "滨江厂"}
    Desk(engine, colleague(engine, OTHER)).do(
        lambda s: parts.put(s, cases.load(s, case.id), "parties", hers, by=OTHER, row=party)
    )
    fresh = again(qtbot, desk, case)
    fresh.resume(draft(desk, f"case:{case.id}/parties:{party}"))
    assert fresh.parties.form.editors["phone"].raw() == "000-111"
    assert fresh.parties.form.editors["employer"].raw() == "滨江厂", (
        "what nobody typed into shows what stands now"
    )
    seen: list[str] = []

    def merge(dialog: Any) -> None:
        seen.extend(pane.conflict.label for pane in dialog.panes)
        dialog.panes[0].mine.setChecked(True)
        dialog.main.click()

    when(MergeDialog, merge)
    press(fresh.parties, "保存当事人")
    stored = reload(desk, case).parties[0]
    assert (seen, stored.phone, stored.address, stored.employer) == (
        ["联系电话"],
        "000-111",
        "滨江路",
        "滨江厂",
    )
    assert kept(desk) == {}


def test_somebody_who_acts_for_a_new_party_comes_back_with_the_party(
    page: CasePage, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    page.tabs.setCurrentWidget(page.parties)
    page.parties.begin()
    type_in(page.parties.form, name="䶮小明")

    def crash(dialog: Any) -> None:
        type_in(dialog.form, name="李𬎆")
        page.keep_drafts()
        dialog.keep_drafts()
        dialog.done(0)

    when(RepresentativeDialog, crash)
    press(page.parties, "增加")
    fresh = again(qtbot, desk, case)
    when(RepresentativeDialog, lambda dialog: press(dialog, "确定"))
    fresh.resume(draft(desk, f"case:{case.id}/parties:new/representative:new"))
    press(fresh.parties, "保存当事人")
    party = reload(desk, case).parties[-1]
    assert (party.name, [one.name for one in party.representatives]) == ("䶮小明", ["李𬎆"])
    assert kept(desk) == {}


def test_a_new_case_comes_back_and_is_saved_once(page: CasePage, desk: Desk, qtbot: QtBot) -> None:
    page.begin()
    type_in(page.form, kind=Kind.MEDICAL, summary="手术以后", claimed="两万")
    page.keep_drafts()
    assert set(kept(desk)) == {"new-case"}
    fresh = put_up(qtbot, CasePage(desk), 1176, 700)
    answer(lambda box: press(box, "接着填"))
    fresh.begin()
    qtbot.waitUntil(lambda: fresh.form.editors["summary"].raw() == "手术以后", timeout=3000)
    assert fresh.form.editors["claimed"].raw() == "两万"
    type_in(fresh.form, claimed="20000")
    press(fresh, "保存登记内容")
    assert fresh.case is not None
    assert (fresh.case.kind, fresh.case.claimed) == (Kind.MEDICAL, 2_000_000)
    qtbot.wait(30)
    assert kept(desk) == {}


# offering


@pytest.fixture
def left(page: CasePage, desk: Desk, case: Case, qtbot: QtBot) -> Iterator[CasePage]:
    """A page opened anew on a case in which something was typed and not saved."""
    page.tabs.setCurrentIndex(0)
    type_in(page.form, remark="上次填的")
    page.keep_drafts()
    yield put_up(qtbot, CasePage(desk), 1176, 700)


def open_and(page: CasePage, case: Case, qtbot: QtBot, words: str) -> list[str]:
    """Open a case and press a button of what is offered; what was shown there."""
    seen: list[str] = []

    def act(dialog: Any) -> None:
        seen.extend(one.text() for one in dialog.findChildren(type(page.title)) if one.text())
        press(dialog, words)

    when(DraftsDialog, act)
    page.open(case.id)
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    qtbot.wait(30)
    return seen


def test_it_is_offered_with_its_difference_when_the_case_is_opened(
    left: CasePage, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    seen = open_and(left, case, qtbot, "接着填")
    assert {"备注", "上次填的", "现在是：（空）"} <= set(seen)
    assert left.form.editors["remark"].raw() == "上次填的"
    assert left.form.dirty
    assert shown(left).startswith("已暂存")
    assert not left.drafts_button.isVisibleTo(left)


def test_what_is_left_for_later_stays_beside_what_is_typed_then(
    left: CasePage, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    open_and(left, case, qtbot, "以后再说")
    assert left.drafts_button.isVisibleTo(left)
    type_in(left.form, remark="这次填的")
    left.keep_drafts()
    place = f"case:{case.id}"
    assert kept(desk) == {place: {"remark": "这次填的"}, f"{place}/~1": {"remark": "上次填的"}}
    press(left, "保存登记内容")
    qtbot.wait(30)
    assert kept(desk) == {f"{place}/~1": {"remark": "上次填的"}}
    when(DraftsDialog, lambda dialog: press(dialog, "接着填"))
    left.drafts_button.click()
    assert left.form.editors["remark"].raw() == "上次填的"
    when(MergeDialog, lambda box: (box.panes[0].mine.setChecked(True), box.main.click()))
    press(left, "保存登记内容")
    qtbot.wait(30)
    assert (reload(desk, case).remark, kept(desk)) == ("上次填的", {})


@pytest.mark.parametrize(("said", "there"), [("不要了", 0), ("取消", 1)])
def test_it_is_dropped_only_after_a_question(
    left: CasePage, desk: Desk, case: Case, qtbot: QtBot, said: str, there: int
) -> None:
    when(QMessageBox, lambda box: press(box, said))
    open_and(left, case, qtbot, "不要了")
    assert len(kept(desk)) == there


def test_nobody_else_is_offered_it(left: CasePage, engine: Engine, case: Case, qtbot: QtBot) -> None:
    other = put_up(qtbot, CasePage(StillDesk(engine, colleague(engine, OTHER))), 1176, 700)
    other.open(case.id)
    qtbot.wait(50)
    assert not other.drafts_button.isVisibleTo(other)


def test_a_dialog_offers_what_was_left_in_it(page: CasePage, desk: Desk, case: Case) -> None:
    place, typed = f"case:{case.id}/agreement/item:new", {"act": "修好水管", "amount": "一万多"}
    desk.alone(lambda s: drafts.keep(s, place, typed, {"act": "", "amount": ""}, datetime.now()) and None)
    page.tabs.setCurrentWidget(page.agreement)
    seen: list[dict[str, object]] = []

    def look(dialog: Any) -> None:
        seen.append(raw_of(dialog))
        when(QMessageBox, lambda box: press(box, "不保存"))
        press(dialog, "取消")

    def go_on(box: Any) -> None:
        press(box, "接着填")
        when(ItemDialog, look)

    when(DraftsDialog, go_on)
    press(page.agreement, "增加协议事项")
    assert {key: seen[0][key] for key in typed} == typed
    assert kept(desk) == {}


def test_what_was_typed_into_a_party_deleted_meanwhile_becomes_a_new_one(
    page: CasePage, desk: Desk, engine: Engine, case: Case, qtbot: QtBot
) -> None:
    from mediator.services import parts

    raw = {"side": "respondent", "name": "王𬎆"}
    party = desk.do(lambda s: parts.put(s, cases.load(s, case.id), "parties", raw, by=BY)).id
    page.parties.show_row(party)
    type_in(page.parties.form, name="王𬎆的儿子", phone="000")
    page.keep_drafts()
    other = Desk(engine, colleague(engine, OTHER))
    other.do(lambda s: parts.drop(s, cases.load(s, case.id), "parties", party, by=OTHER))
    fresh = again(qtbot, desk, case)
    fresh.resume(draft(desk, f"case:{case.id}/parties:{party}"))
    type_in(fresh.parties.form, side=Side.RESPONDENT)
    press(fresh.parties, "保存当事人")
    stored = reload(desk, case).parties[-1]
    assert (stored.name, stored.phone) == ("王𬎆的儿子", "000")


def test_very_old_ones_say_that_they_go(desk: Desk, case: Case, qtbot: QtBot) -> None:
    long_ago = datetime.now() - timedelta(days=drafts.KEPT_DAYS + 1)
    desk.alone(
        lambda s: drafts.keep(s, f"case:{case.id}", {"remark": "旧"}, {"remark": ""}, long_ago) and None
    )
    page = put_up(qtbot, CasePage(desk), 1176, 700)
    seen = open_and(page, case, qtbot, "以后再说")
    assert any("30 天以前的" in words for words in seen)
