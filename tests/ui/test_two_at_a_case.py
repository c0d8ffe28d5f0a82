"""Two people at one case: its lists, its steps, what was paid: nothing is overwritten, deleted or counted twice unseen."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from driving import BY, TODAY, press, put_up, reload, settle, type_in, when
from PIL import Image
from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine
from two_driving import HER, agreed, choose, her_desk, refused

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind, Outcome, Sensitivity, Stage
from mediator.services import (
    agreements,
    cases,
    materials,
    parts,
    progress,
)
from mediator.ui.advance_dialog import AdvanceDialog
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.extend_dialog import ExtendDialog
from mediator.ui.material_dialogs import AmendMaterialDialog
from mediator.ui.pay_dialog import PayDialog
from mediator.ui.redate_dialog import RedateDialog

Hers = Callable[[Callable[[Any, Case], object]], None]


@pytest.fixture
def her(engine: Engine, desk: Desk) -> Desk:
    return her_desk(engine, desk)


@pytest.fixture
def hers(page: CasePage, her: Desk) -> Callable[[Callable[[Any, Case], object]], None]:
    """What she does on the case."""

    def act(verb: Callable[[Any, Case], object]) -> None:
        assert page.case is not None
        case_id = page.case.id
        her.do(lambda s: verb(s, cases.load(s, case_id)))

    return act


def test_a_party_she_has_changed_is_not_deleted_unseen(
    page: CasePage, hers: Hers, desk: Desk, case: Case
) -> None:
    party = desk.do(
        lambda s: parts.put(
            s, cases.load(s, case.id), "parties", {"side": "respondent", "name": "王𬎆"}, by=BY
        )
    ).id
    page.tabs.setCurrentWidget(page.parties)
    page.parties.show_row(party)
    hers(lambda s, c: parts.put(s, c, "parties", {"phone": "000"}, by=HER, row=party))
    refused(page.parties, "删除", yes="删除")
    assert party in [one.id for one in reload(desk, case).parties]


def test_somebody_she_added_to_a_party_keeps_it_from_being_deleted(
    page: CasePage, hers: Hers, desk: Desk, case: Case
) -> None:
    raw = {"side": "respondent", "name": "王𬎆"}
    party = desk.do(lambda s: parts.put(s, cases.load(s, case.id), "parties", raw, by=BY)).id
    page.tabs.setCurrentWidget(page.parties)
    page.parties.show_row(party)
    other = {"representatives": [{"proxy": "agent", "name": "李乙"}]}
    hers(lambda s, c: parts.put(s, c, "parties", other, by=HER, row=party))
    said = agreed("删除")
    press(page.parties, "删除")
    assert "没有删除" in said[0]
    assert party in [one.id for one in reload(desk, case).parties]


def test_an_item_she_has_changed_is_not_deleted_unseen(
    page: CasePage, hers: Hers, desk: Desk, case: Case
) -> None:
    assert case.agreement is not None
    item = case.agreement.items[0].id
    page.tabs.setCurrentWidget(page.agreement)
    page.agreement.table.setCurrentCell(0, 0)
    raw = {"way": "转账"}
    hers(lambda s, c: agreements.put(s, c, {"items": agreements.items_with(s, c, item, raw)}, by=HER))
    refused(page.agreement, "删除事项", yes="删除")
    agreement = reload(desk, case).agreement
    assert agreement is not None
    assert [one.way for one in agreement.items] == ["转账"]


def photo(session: Any, case: Case) -> None:
    file = BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    admitted = materials.admit(file.getvalue(), "吊顶.png")
    materials.add(session, case, admitted, MaterialKind.EVIDENCE, by=BY)


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_the_caption_of_a_material(page: CasePage, hers: Hers, desk: Desk, case: Case, side: str) -> None:
    desk.do(lambda s: photo(s, cases.load(s, case.id)))
    page.tabs.setCurrentWidget(page.materials)
    (material,) = reload(desk, case).materials
    seen: list[tuple[str, str, str]] = []

    def write(dialog: Any) -> None:
        type_in(dialog.form, caption="我写的", provider="王𬎆")
        hers(lambda s, c: materials.amend(s, c, material.id, {"caption": "她写的"}, by=HER))
        choose(side, seen)
        press(dialog, "保存说明")

    when(AmendMaterialDialog, write)
    press(page.materials, "修改说明…")
    (stored,) = reload(desk, case).materials
    assert (stored.caption, stored.provider) == ("我写的" if side == "mine" else "她写的", "王𬎆")
    assert seen == [("材料说明", "她写的", "我写的")]


def test_a_material_she_has_described_is_not_deleted_unseen(
    page: CasePage, hers: Hers, desk: Desk, case: Case
) -> None:
    desk.do(lambda s: photo(s, cases.load(s, case.id)))
    page.tabs.setCurrentWidget(page.materials)
    (material,) = reload(desk, case).materials
    hers(lambda s, c: materials.amend(s, c, material.id, {"caption": "她写的"}, by=HER))
    refused(page.materials, "删除", yes="删除")
    assert len(reload(desk, case).materials) == 1


# steps and performance


@pytest.fixture
def underway(desk: Desk, her: Desk) -> Case:
    return settle(desk, "林淑芬", "2026-11-03", None)


@pytest.mark.parametrize(("side", "until"), [("mine", "2027-01-31"), ("theirs", "2026-12-31")])
def test_the_time_limit_put_off_by_both(
    qtbot: QtBot, desk: Desk, her: Desk, underway: Case, side: str, until: str
) -> None:
    page = put_up(qtbot, CasePage(desk), 1176, 700)
    page.open(underway.id)
    seen: list[tuple[str, str, str]] = []

    def write(dialog: Any) -> None:
        dialog.until.widget.setText("2027-01-31")
        dialog.reason.setPlainText("都同意")
        later = date(2026, 12, 31)
        her.do(lambda s: progress.extend(s, cases.load(s, underway.id), later, by=HER, reason="都同意"))
        choose(side, seen)
        press(dialog, "延期")

    when(ExtendDialog, write)
    press(page, "延期")
    assert [(now, typed) for _label, now, typed in seen] == [("2026-12-31", "2027-01-31")]
    assert str(reload(desk, underway).due_on) == until


def test_a_day_put_right_by_both(page: CasePage, hers: Hers, desk: Desk, case: Case) -> None:
    page.tabs.setCurrentWidget(page.history)
    seen: list[tuple[str, str, str]] = []

    def write(dialog: Any) -> None:
        dialog.which.choose(Stage.SETTLED)
        dialog.on.widget.setText("2026-10-05")
        dialog.reason.setPlainText("记错")
        hers(
            lambda s, c: progress.redate(
                s, c, Stage.SETTLED, date(2026, 10, 6), by=HER, reason="记错", today=TODAY
            )
        )
        choose("mine", seen)
        press(dialog, "更正")

    when(RedateDialog, write)
    press(page.history, "更正日期")
    assert [(now, typed) for _label, now, typed in seen] == [("2026-10-06", "2026-10-05")]
    assert str(reload(desk, case).concluded_on) == "2026-10-05"


def test_a_step_taken_by_her_is_not_taken_once_more(
    qtbot: QtBot, desk: Desk, her: Desk, underway: Case
) -> None:
    page = put_up(qtbot, CasePage(desk), 1176, 700)
    page.open(underway.id)
    said: list[list[str]] = []

    def write(dialog: Any) -> None:
        dialog.outcome.choose(Outcome.NONE)
        dialog.reason.setPlainText("谈不拢")

        def halt(session: Any) -> None:
            case = cases.load(session, underway.id)
            progress.advance(
                session, case, Stage.SUSPENDED, by=HER, on=date(2026, 11, 4), today=TODAY, reason="一方出国"
            )

        her.do(halt)
        said.append(when(QMessageBox))
        press(dialog, "调解终止")

    when(AdvanceDialog, write)
    press(page, "调解终止")
    assert f"{HER}在" in said[0][0]
    assert reload(desk, underway).stage is Stage.SUSPENDED


def test_a_step_back_is_not_taken_twice(qtbot: QtBot, desk: Desk, her: Desk, underway: Case) -> None:
    page = put_up(qtbot, CasePage(desk), 1176, 700)
    page.open(underway.id)
    before = underway.stage
    said: list[list[str]] = []

    def why(dialog: Any) -> None:
        dialog.setTextValue("点错了")
        her.do(lambda s: progress.step_back(s, cases.load(s, underway.id), by=HER, reason="点错了"))
        said.append(when(QMessageBox))
        dialog.accept()

    when(QInputDialog, why)
    press(page, "退回上一步")
    assert f"{HER}在" in said[0][0]
    stage = reload(desk, underway).stage
    assert stage is not before
    assert stage is Stage.ASSIGNED


def test_a_payment_put_down_by_both_counts_once(page: CasePage, hers: Hers, desk: Desk, case: Case) -> None:
    assert case.agreement is not None
    part = case.agreement.items[0].instalments[0].id
    page.tabs.setCurrentWidget(page.agreement)
    page.agreement.table.setCurrentCell(0, 0)
    said: list[list[str]] = []
    owed: list[str] = []

    def write(dialog: Any) -> None:
        type_in(dialog.form, paid="5000")
        hers(
            lambda s, c: agreements.pay(s, c, part, on=date(2026, 11, 1), by=HER, today=TODAY, amount=500_000)
        )
        said.append(when(QMessageBox))
        press(dialog, "记下")
        owed.append(dialog.owed.text())
        assert dialog.form.editors["paid"].raw() == "5000", "what was typed is still there"
        press(dialog, "记下")

    when(PayDialog, write)
    press(page.agreement, "记一笔履行")
    assert f"{HER}在" in said[0][0]
    assert "已付 5,000 元" in said[0][0]
    assert "已付 5,000 元，还差 10,000 元" in owed[0]
    agreement = reload(desk, case).agreement
    assert agreement is not None
    assert agreement.items[0].instalments[0].paid == 1_000_000, "once it was seen it may be added"


def test_a_payment_she_added_is_not_taken_back_unseen(
    page: CasePage, hers: Hers, desk: Desk, case: Case
) -> None:
    assert case.agreement is not None
    part = case.agreement.items[0].instalments[0].id
    pay: dict[str, Any] = {"on": date(2026, 11, 1), "today": TODAY}
    desk.do(lambda s: agreements.pay(s, cases.load(s, case.id), part, by=BY, amount=100_000, **pay))
    page.tabs.setCurrentWidget(page.agreement)
    page.agreement.table.setCurrentCell(0, 0)
    said: list[list[str]] = []

    def take_back(dialog: Any) -> None:
        hers(lambda s, c: agreements.pay(s, c, part, by=HER, amount=200_000, **pay))

        def why(box: Any) -> None:
            box.setTextValue("记错了")
            said.append(when(QMessageBox))
            box.accept()

        when(QInputDialog, why)
        press(dialog, "撤销履行记录")

    when(PayDialog, take_back)
    press(page.agreement, "记一笔履行")
    assert f"{HER}在" in said[0][0]
    agreement = reload(desk, case).agreement
    assert agreement is not None
    assert agreement.items[0].instalments[0].paid == 300_000


def test_how_sensitive_a_case_is_she_said_first(page: CasePage, hers: Hers, desk: Desk, case: Case) -> None:
    band = page.sensitive
    band.accept_button.show()
    hers(lambda s, c: cases.amend(s, c, {"sensitivity": "sexual"}, by=HER))
    when(QMessageBox)
    band._accept()
    assert reload(desk, case).sensitivity is Sensitivity.SEXUAL
