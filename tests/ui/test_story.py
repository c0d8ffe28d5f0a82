"""The whole road through the real window: wizard, case, steps, agreement, paper, month, drive, superior, sum."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from driving import answer, press, put_up, type_in, words_in
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mediator.domain.codes import Kind, Outcome, SessionResult, Side, Stage
from mediator.services import cases
from mediator.services.frozen import Frozen
from mediator.ui.desk import Desk
from mediator.ui.window import Window
from mediator.ui.wizard import Wizard

PASSWORD = "滨江调解 2026 年"
WAIT_MS = 10_000


def set_up(qtbot: QtBot, folder: Path, name: str) -> Window:
    wizard = put_up(qtbot, Wizard(folder))
    wizard.name.widget.setText(name)  # type: ignore[attr-defined]
    wizard.region.widget.setText("000000")  # type: ignore[attr-defined]
    press(wizard, "下一步")
    for box, words in ((wizard.user, "陈志华"), (wizard.password, PASSWORD), (wizard.again, PASSWORD)):
        box.setText(words)
    press(wizard, "下一步")
    wizard.paper.typed.setText(wizard.paper.recovery_key)
    press(wizard, "下一步")
    press(wizard, "完成")
    assert wizard.engine is not None
    return put_up(qtbot, Window(Desk(wizard.engine, wizard.who), folder, practice=False))


def step(page: Any, words: str, **chosen: Any) -> None:
    def take(dialog: Any) -> None:
        if "outcome" in chosen:
            dialog.outcome.choose(chosen["outcome"])
        dialog.day.widget.setText(chosen.get("on", "2026-10-09"))
        press(dialog, words)

    answer(take)
    press(page, words)


def enter_case(window: Window) -> None:
    press(window.cases, "登记新案件")
    page = window.case
    type_in(
        page.form,
        registered_on="2026.10.8",
        kind=Kind.NEIGHBOUR,
        summary="楼上水管爆裂,楼下吊顶被泡坏。",
        occurred_place="滨江路 12 号",
    )
    press(page, "保存登记内容")
    for side, name, number in (
        (Side.APPLICANT, "周文谦", "000000196203150013"),
        (Side.RESPONDENT, "阿依古丽•王𬎆", ""),
    ):
        press(page.parties, "增加当事人")
        type_in(page.parties.form, side=side, name=name, id_number=number)
        press(page.parties, "保存当事人")


def settle(window: Window) -> None:
    page = window.case
    step(page, "受理", on="2026-10-08")
    step(page, "已告知")
    page.tabs.setCurrentWidget(page.mediators)
    press(page.mediators, "保存调解员")
    step(page, "确定调解员")
    step(page, "开始调解")
    page.tabs.setCurrentWidget(page.sessions)
    type_in(page.sessions.form, held_at="2026-10-09 14:00", record="谈妥。", result=SessionResult.SETTLED)
    press(page.sessions, "保存调解")
    page.tabs.setCurrentWidget(page.agreement)

    def item(dialog: Any) -> None:
        type_in(dialog.form, amount="1.5万")
        type_in(dialog.instalments.lines[0][1], due_on="2026-10-20")
        press(dialog, "保存事项")

    answer(item)
    press(page.agreement, "增加协议事项")
    step(page, "达成协议", on="2026-10-09", outcome=Outcome.WRITTEN)


def test_from_the_wizard_to_the_superiors_sum(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = set_up(qtbot, tmp_path / "社区", "滨江社区人民调解委员会")
    enter_case(window)
    settle(window)
    case = window.desk.read(lambda s: cases.get(s, "(2026)滨江人调字第001号"))
    assert (case.stage, case.outcome, case.concluded_on) == (
        Stage.SETTLED,
        Outcome.WRITTEN,
        date(2026, 10, 9),
    )
    assert case.names(Side.RESPONDENT) == "阿依古丽·王𬎆"
    assert case.agreement is not None
    assert case.agreement.amount == 1_500_000
    assert window.windowTitle() == "人民调解 - 滨江社区人民调解委员会"
    print_agreement(window)
    carry_out(qtbot, window, tmp_path, monkeypatch)
    superior = set_up(qtbot, tmp_path / "街道", "滨江街道人民调解委员会")
    take_in(qtbot, superior, tmp_path)


def print_agreement(window: Window) -> None:
    page = window.case
    page.tabs.setCurrentWidget(page.papers)
    page.papers.tree.choose(next(row.key for row in page.papers.rows if row.title == "人民调解协议书"))
    seen: list[bytes] = []

    def look(box: Any) -> None:
        seen.append(box.pdf)
        press(box, "关闭")

    answer(look)
    press(page.papers, "出具并打印")
    assert words_in(seen[0], "壹万伍仟元整", "15,000", "王𬎆")


def carry_out(qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drive = tmp_path / "优盘"
    drive.mkdir()
    window._nav.buttons()[1].click()
    window.figures.tables.choice.choose("justice", date(2026, 10, 1), date(2026, 10, 31))
    press(window.figures, "统计")
    wait(qtbot, lambda: window.figures.tables.tally is not None)
    tally = window.figures.tables.tally
    assert tally is not None
    assert (tally.values["total"], tally.values["amount"]) == (1, 1_500_000)
    answer(partial(close, qtbot))
    press(window.figures, "结账…")
    wait(qtbot, lambda: isinstance(window.figures.tables.tally, Frozen))
    press(window.figures, "报送这张表")
    assert window.pages.currentWidget() is window.carry
    monkeypatch.setattr("mediator.ui.place_pane.ask_for_folder", lambda *_: drive)
    sending = window.carry.sending
    press(sending, "另选文件夹")
    wait(qtbot, lambda: sending.place.place == drive)
    press(sending, "开始报送")
    wait(qtbot, lambda: "已核对" in sending.outcome.text())
    assert [path.suffix for path in drive.iterdir()] == [".tjb"]


def close(qtbot: QtBot, box: Any) -> None:
    press(box, "结账")
    wait(qtbot, lambda: not box.isVisible())


def take_in(qtbot: QtBot, superior: Window, tmp_path: Path) -> None:
    press(superior, "报送与汇总")
    receiving, summing = superior.carry.receiving, superior.carry.summing
    superior.carry.tabs.setCurrentWidget(receiving)
    for taken in ("收进 1 份", "没有新的可收"):
        receiving.look([tmp_path / "优盘"])
        wait(qtbot, lambda: bool(receiving.files) and receiving.accept_button.isEnabled())
        receiving.accept()
        wait(qtbot, partial(said, receiving.outcome, taken))
    superior.carry.tabs.setCurrentWidget(summing)
    summing.choice.choose("justice", date(2026, 10, 1), date(2026, 10, 31))
    press(summing, "汇总")
    wait(qtbot, lambda: summing.total is not None)
    assert summing.total is not None
    assert (summing.total.values["total"], summing.total.values["kind_neighbour"]) == (1, 1)
    assert "滨江社区人民调解委员会" in summing.offices.text()


def said(label: QLabel, words: str) -> bool:
    return words in label.text()


def wait(qtbot: QtBot, until: Callable[[], bool]) -> None:
    qtbot.waitUntil(until, timeout=WAIT_MS)
