"""以案定补 on the screen: prices entered, the account reckoned with its doubts, claimed when it is closed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from driving import BY, Modals, needed_width, press, put_up, read_message, settle, type_in, unnamed, words_in
from figures_driving import answer_all
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from mediator.domain.case import Case
from mediator.domain.codes import Level, Outcome
from mediator.domain.figures import Claim, Price
from mediator.services import closing_chain, prices
from mediator.ui.desk import Desk
from mediator.ui.records_dialog import RecordsDialog
from mediator.ui.sheet_table import SheetTable
from mediator.ui.subsidy_pane import SubsidyPane

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
DOUBT = "难易程度为重大、调解成功的 1 件没有补贴标准，按 0 元计"


@pytest.fixture
def cases(desk: Desk) -> list[Case]:
    found = [
        settle(desk, "王𬎆", "2026-10-02", Outcome.WRITTEN),
        settle(desk, "阿依古丽·买买提", "2026-10-31", Outcome.ORAL, "family"),
        settle(desk, "周文谦", "2026-10-05", Outcome.NONE, "property"),
    ]
    desk.do(lambda s: s.execute(update(Case).where(Case.id == found[1].id).values(level=Level.MAJOR)))
    return found


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, modals: Modals) -> SubsidyPane:
    return put_up(qtbot, SubsidyPane(desk), 1130, 640)


def price(pane: SubsidyPane, modals: Modals, **typed: Any) -> None:
    def act(dialog: RecordsDialog) -> None:
        press(dialog, "增加标准")
        type_in(dialog.form, **typed)
        press(dialog, "保存标准")

    modals.acts.append(act)
    press(pane, "补贴标准…")


def count(qtbot: QtBot, pane: SubsidyPane) -> None:
    pane.reckoned = None
    press(pane, "核算")
    shown(qtbot, pane)


def shown(qtbot: QtBot, pane: SubsidyPane) -> None:
    qtbot.waitUntil(lambda: pane.reckoned is not None and pane.count_button.isEnabled(), timeout=20_000)


def close(qtbot: QtBot, pane: SubsidyPane, modals: Modals) -> None:
    answer_all(qtbot, pane, modals, "结账并申报…", lambda dialog: press(dialog, "结账"))


def rows(pane: SubsidyPane) -> list[tuple[str, ...]]:
    shown = pane.stack.currentWidget()
    assert isinstance(shown, SheetTable)
    return list(shown.rows)


def test_prices_are_entered_changed_and_taken_away(
    qtbot: QtBot, pane: SubsidyPane, desk: Desk, modals: Modals
) -> None:
    assert "还没有填补贴标准" in pane.sums.empty
    price(pane, modals, level=Level.GENERAL, valid_from="2026-01-01", settled="100", unsettled="30")
    price(pane, modals, level=Level.HARD, valid_from="2026-01-01", settled="200.5")
    kept = [(p.level, p.valid_from, p.settled, p.unsettled) for p in desk.read(prices.listed)]
    day = date(2026, 1, 1)
    assert kept == [(Level.GENERAL, day, 100_00, 30_00), (Level.HARD, day, 200_50, None)]
    assert "核算" in pane.sums.empty
    seen: list[tuple[str, ...]] = []

    def change(dialog: RecordsDialog) -> None:
        seen.extend(line.words for line in dialog.table.words.lines)
        assert unnamed(dialog) == []
        dialog.table.choose(1)
        type_in(dialog.form, settled="240")
        press(dialog, "保存标准")

    modals.acts.append(change)
    press(pane, "补贴标准…")
    assert seen == [("2026-01-01", "一般", "100", "30"), ("2026-01-01", "疑难复杂", "200.50", "—")]
    assert [p.settled for p in desk.read(prices.listed)] == [100_00, 240_00]


def test_a_level_has_one_price_from_a_day(pane: SubsidyPane, desk: Desk, modals: Modals) -> None:
    price(pane, modals, level=Level.GENERAL, valid_from="2026-01-01", settled="100")
    said: list[list[str]] = []

    def again(dialog: RecordsDialog) -> None:
        press(dialog, "增加标准")
        type_in(dialog.form, level=Level.GENERAL, valid_from="2026-01-01", settled="300")
        said.append(read_message())
        press(dialog, "保存标准")
        dialog.form.dirty = False

    modals.acts.append(again)
    press(pane, "补贴标准…")
    assert said == [["一般从 2026-01-01 起已经有一条标准了，请改那一条。"]]
    assert [p.settled for p in desk.read(prices.listed)] == [100_00]


def test_the_account_is_shown_by_person_and_case_by_case(
    qtbot: QtBot, pane: SubsidyPane, cases: list[Case], modals: Modals
) -> None:
    price(pane, modals, level=Level.GENERAL, valid_from="2026-01-01", settled="100", unsettled="30")
    count(qtbot, pane)
    assert rows(pane) == [
        (BY, "一般", "调解成功", "1", "100.00", "100.00"), (BY, "一般", "未成功", "1", "30.00", "30.00"),
        (BY, "重大", "调解成功", "1", "无标准", "0.00"), (BY, "小计", "", "3", "", "130.00"),
        ("合计", "", "", "3", "", "130.00"),
    ]  # fmt: skip
    assert pane.band.what.text() == "以案定补核算表，2026年10月，3 件，共 130 元"
    assert list(pane.doubts.boxes) == [DOUBT]
    assert unnamed(pane) == []
    assert needed_width(pane) <= 740
    press(pane, "逐件明细")
    assert [words[1] for words in rows(pane)] == [cases[0].number, cases[2].number, cases[1].number]
    pane.cases.choose(2)
    with qtbot.waitSignal(pane.case_wanted) as wanted:
        press(pane, "打开这个案件")
    assert wanted.args == [cases[1].id]


def test_closing_claims_the_cases_and_a_change_is_corrected(
    qtbot: QtBot, pane: SubsidyPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    price(pane, modals, level=Level.GENERAL, valid_from="2026-01-01", settled="100")
    count(qtbot, pane)
    pane.doubts.boxes[DOUBT].setText("上级正在核定标准。")
    close(qtbot, pane, modals)
    (closing,) = desk.read(closing_chain.history)
    assert (closing.table, closing.since, closing.until) == ("subsidy", *OCTOBER)
    assert closing_chain.notes_of(closing) == {DOUBT: "上级正在核定标准。"}
    claims = select(Claim.case_id, Claim.amount)
    assert [tuple(row) for row in desk.read(lambda s: s.execute(claims).all())] == [(cases[0].id, 100_00)]
    assert pane.band.state.text() == "已结账 2026-11-21 陈志华"

    desk.do(lambda s: s.add(Price(level=Level.MAJOR, valid_from=date(2026, 1, 1), settled=400_00)))
    assert not pane.band.stale.isHidden()
    count(qtbot, pane)
    assert rows(pane)[-1][-1] == "100.00"
    assert "结账以后有 1 处变动" in pane.band.state.text()
    seen: dict[str, object] = {}

    def look(dialog: Any) -> None:
        seen["line"] = dialog.table.words.lines[0].words
        press(dialog, "出更正单…")

    def correct(dialog: Any) -> None:
        type_in(dialog.reason, reason="标准核定下来了。")
        press(dialog, "出更正单")

    def slip(dialog: Any) -> None:
        seen["slip"] = words_in(dialog.pdf, "以案定补更正单", "标准核定下来了", "+400.00")

    answer_all(qtbot, pane, modals, "看变动…", look, correct, slip)
    assert seen["line"] == (cases[1].number, f"{BY}，重大，0 元", f"{BY}，重大，400 元", "+400", "增加 1 件")
    assert seen["slip"] is True
    assert rows(pane)[-1][-1] == "500.00"
    assert pane.band.state.text() == "已结账，第一次更正 2026-11-21 陈志华"


def test_the_account_is_kept_as_a_file(
    qtbot: QtBot, pane: SubsidyPane, cases: list[Case], modals: Modals, tmp_path: Path
) -> None:
    price(pane, modals, level=Level.GENERAL, valid_from="2026-01-01", settled="100")
    count(qtbot, pane)
    for view, words in (("按人汇总", "小计"), ("逐件明细", cases[2].number)):
        press(pane, view)
        kept = tmp_path / f"{view}.xlsx"
        modals.choose(kept)
        press(pane, "存为表格")
        qtbot.waitUntil(lambda kept=kept: modals.said == [f"已存到 {kept}。"], timeout=20_000)  # type: ignore[misc]
        modals.said.clear()
        assert words in {cell.value for line in load_workbook(kept).worksheets[0] for cell in line}
