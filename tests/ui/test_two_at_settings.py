"""Two people at one setting or list of the office: the later one is shown what the other made of it, and chooses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from driving import BY, TODAY, press, put_up, type_in, when
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, select
from two_driving import HER, choose, her_desk, nothing_awaited, refused

from mediator.domain.codes import Role
from mediator.domain.people import Staff
from mediator.forms.register import by_code
from mediator.services import (
    accounts,
    form_settings,
    offices,
    phrases,
    policy,
    prices,
    screenings,
    staff,
)
from mediator.store.folder import Folder
from mediator.ui.desk import Desk
from mediator.ui.form_settings_dialog import FormSettingsDialog
from mediator.ui.office_pane import OfficePane
from mediator.ui.office_records import price_records, screening_records
from mediator.ui.people_pane import PeoplePane
from mediator.ui.phrases_dialog import PhrasesDialog
from mediator.ui.records_dialog import RecordsDialog
from mediator.ui.safety_pane import SafetyPane

RIGHTS = "rights"
Verb = Callable[[Any], object]


@pytest.fixture
def her(engine: Engine, desk: Desk) -> Desk:
    return her_desk(engine, desk)


# settings and lists of the office


@dataclass(frozen=True)
class Set:
    """A form of the settings: how it is opened, what both type, how it is saved and read."""

    open: Callable[[Desk, Folder], Any]
    key: str
    mine: str
    theirs: Verb
    save: str
    stored: Callable[[Desk], object]
    label: str
    other: tuple[str, str] = ("", "")
    """Another field that only I typed into, and what stands in it then."""


def the_phrase(session: Any) -> Any:
    return next(one for one in phrases.listed(session) if one.words.startswith("甲"))


SETS = {
    "office": Set(
        lambda d, _f: OfficePane(d), "address", "我写的路 1 号", lambda s: offices.amend(s, {"address": "她写的路 2 号"}),
        "保存调委会信息", lambda d: d.read(offices.own).address, "办公地址",
    ),
    "policy": Set(
        lambda d, f: SafetyPane(d, f.path), "short_years", "17", lambda s: policy.amend(s, {"short_years": "23"}),
        "保存安全设置", lambda d: str(d.read(policy.own).short_years), "短期保管年数",
    ),
    "person": Set(
        lambda d, f: PeoplePane(d, f.path), "phone", "000-1", lambda s: staff.put(s, {"phone": "000-2"}, person_id(s)),
        "保存人员", lambda d: d.read(lambda s: s.get_one(Staff, person_id(s)).phone), "工作电话",
    ),
    "phrase": Set(
        lambda d, _f: PhrasesDialog(None, d), "words", "甲方和好。", lambda s: phrases.put(s, {"words": "甲、乙和好。"}, the_phrase(s).id),
        "保存常用语", lambda d: d.read(the_phrase).words, "常用语内容",
    ),
    "price": Set(
        lambda d, _f: RecordsDialog(None, d, price_records(d)), "settled", "200", lambda s: prices.put(s, {"settled": "300"}, prices.listed(s)[0].id),
        "保存标准", lambda d: str((d.read(prices.listed)[0].settled or 0) // 100), "调解成功每件",
    ),
    "screening": Set(
        lambda d, _f: RecordsDialog(None, d, screening_records(d)), "area", "我走的街", lambda s: screenings.put(s, {"area": "她走的街"}, screenings.listed(s)[0].id, today=TODAY),
        "保存排查", lambda d: d.read(screenings.listed)[0].area, "排查范围",
    ),
    "form": Set(
        lambda d, _f: FormSettingsDialog(None, d), "name", "我起的名", lambda s: form_settings.choose(s, first_form(s), {"name": "她起的名"}),
        "保存这份文书", lambda d: d.read(lambda s: form_settings.all_of(s)[first_form(s)].name), "文书名称",
    ),
}  # fmt: skip


def person_id(session: Any) -> int:
    found: int = session.scalars(select(Staff.id).where(Staff.name == BY)).one()
    return found


def first_form(session: Any) -> str:
    own = [form for form in form_settings.forms(session) if not form.of_office]
    return next(form.code for form in own if form.binds)


@pytest.fixture
def listed(desk: Desk) -> None:
    """One of each list."""
    desk.do(lambda s: phrases.put(s, {"words": "甲乙和好。"}))
    desk.do(lambda s: prices.put(s, {"level": "general", "valid_from": "2026-01-01", "settled": "100"}))
    desk.do(lambda s: screenings.put(s, {"screened_on": "2026-10-01", "area": "街"}, today=TODAY))


@pytest.mark.parametrize("side", ["mine", "theirs"])
@pytest.mark.parametrize("name", SETS)
def test_a_setting_both_changed(
    qtbot: QtBot, desk: Desk, her: Desk, folder: Folder, listed: None, name: str, side: str
) -> None:
    one = SETS[name]
    pane = put_up(qtbot, one.open(desk, folder))
    if name == "phrase":
        pane.list.setCurrentRow([row.words for row in pane.rows].index("甲乙和好。"))
    if name == "person":
        pane.list.setCurrentRow([row.person.name for row in pane.people].index(BY))
    type_in(pane.form, **{one.key: one.mine})
    her.do(one.theirs)
    theirs = one.stored(desk)
    seen: list[tuple[str, str, str]] = []
    choose(side, seen)
    when(QMessageBox)
    press(pane, one.save)
    assert [label for label, *_rest in seen] == [one.label]
    assert one.stored(desk) == (one.mine if side == "mine" else theirs)
    assert not pane.form.dirty
    assert pane.kept.state.text().startswith("已保存 ")
    nothing_awaited()


def test_what_only_one_of_them_changed_meets_nothing(
    qtbot: QtBot, desk: Desk, her: Desk, folder: Folder, listed: None
) -> None:
    """Also where the whole record was written before: what stands in the other fields is not put back."""
    dialog = put_up(qtbot, RecordsDialog(None, desk, price_records(desk)))
    type_in(dialog.form, unsettled="30")
    her.do(lambda s: prices.put(s, {"settled": "300"}, prices.listed(s)[0].id))
    press(dialog, "保存标准")
    (price,) = desk.read(prices.listed)
    assert (price.settled, price.unsettled) == (30_000, 3_000)


@pytest.mark.parametrize("name", ["phrase", "price", "screening"])
def test_a_record_deleted_while_it_was_typed_in_may_be_saved_as_a_new_one(
    qtbot: QtBot, desk: Desk, her: Desk, folder: Folder, listed: None, name: str
) -> None:
    one = SETS[name]
    dialog = put_up(qtbot, one.open(desk, folder))
    if name == "phrase":
        dialog.list.setCurrentRow([row.words for row in dialog.rows].index("甲乙和好。"))
    type_in(dialog.form, **{one.key: one.mine})
    drop: dict[str, Verb] = {
        "phrase": lambda s: phrases.drop(s, the_phrase(s).id),
        "price": lambda s: prices.drop(s, prices.listed(s)[0].id),
        "screening": lambda s: screenings.drop(s, screenings.listed(s)[0].id),
    }
    her.do(drop[name])
    said = when(QMessageBox, lambda box: press(box, "另存为新的一条"))
    press(dialog, one.save)
    assert f"{HER}在" in said[0]
    assert one.stored(desk) == one.mine


# deleting what another just changed


@pytest.mark.parametrize("name", ["phrase", "price", "screening"])
def test_a_record_another_has_changed_is_not_deleted_unseen(
    qtbot: QtBot, desk: Desk, her: Desk, folder: Folder, listed: None, name: str
) -> None:
    one = SETS[name]
    dialog = put_up(qtbot, one.open(desk, folder))
    if name == "phrase":
        dialog.list.setCurrentRow([row.words for row in dialog.rows].index("甲乙和好。"))
    her.do(one.theirs)
    refused(dialog, "删除", yes="删除")
    assert one.stored(desk) is not None


# what papers there are, and who may do what


def test_the_order_of_the_file_moved_by_both(qtbot: QtBot, desk: Desk, her: Desk) -> None:
    dialog = put_up(qtbot, FormSettingsDialog(None, desk))
    codes = desk.read(lambda s: [form.code for form in form_settings.forms(s)])
    hers = [codes[0], codes[1], *reversed(codes[2:5]), *codes[5:]]
    her.do(lambda s: form_settings.arrange(s, hers))
    dialog.table.choose(5)
    said = when(QMessageBox)
    press(dialog, "下移")
    assert "顺序刚刚被别人改过" in said[0]
    assert desk.read(lambda s: [form.code for form in form_settings.forms(s)]) == hers


@pytest.mark.parametrize("words", ["恢复默认", "这一处改回原文"])
def test_what_she_worded_since_is_not_put_back_unseen(
    qtbot: QtBot, desk: Desk, her: Desk, words: str
) -> None:
    desk.do(lambda s: form_settings.reword(s, RIGHTS, "甲话", "乙话"))
    dialog = put_up(qtbot, FormSettingsDialog(None, desk))
    dialog.table.choose([form.code for form in dialog.forms].index(RIGHTS))
    her.do(lambda s: form_settings.reword(s, RIGHTS, "甲话", "丙话"))
    refused(dialog, words, yes="恢复默认" if words == "恢复默认" else "")
    assert desk.read(lambda s: form_settings.wording(s, by_code(RIGHTS))) == {"甲话": "丙话"}


def test_roles_given_by_both(qtbot: QtBot, desk: Desk, her: Desk, folder: Folder) -> None:
    desk.do(lambda s: accounts.add(s, folder.path, "林淑芬", "滨江 practice 02"))
    pane = put_up(qtbot, PeoplePane(desk, folder.path))
    pane.list.setCurrentRow([row.person.name for row in pane.people].index("林淑芬"))
    pane.account.ticks[Role.STATISTICIAN].setChecked(True)
    her.do(lambda s: accounts.set_roles(s, folder.path, "林淑芬", frozenset({Role.LEADER})))
    said = when(QMessageBox)
    press(pane.account, "保存角色")
    assert "林淑芬的角色" in said[0]
    held = desk.read(lambda s: accounts.find(s, "林淑芬").held)
    assert held == frozenset({Role.LEADER})
