"""Numbers in lists, a lost drive, one person's data: through the screens, and what the audit keeps of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from driving import BY, Modals, needed_width, press, unnamed
from openpyxl import load_workbook
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Role
from mediator.domain.people import Staff
from mediator.services import cases, parts, policy, rosters, sheets
from mediator.services.roster_list import DUE
from mediator.store import history
from mediator.ui.desk import Desk
from mediator.ui.loss_dialog import LossDialog
from mediator.ui.privacy_pane import PrivacyPane
from mediator.ui.removed_list import RemovedList
from mediator.ui.reveal_button import HIDE, SHOW
from mediator.ui.rosters_pane import RostersPane
from mediator.ui.subject_dialog import SubjectDialog

PHONE, STARS = "13000007777", "130****7777"
NUMBER, ID_STARS = "000000199001010016", "000***********0016"
STICK = "龘盘（1A2B-3C4D）"


@pytest.fixture
def modals() -> Iterator[Modals]:
    made = Modals()
    yield made
    made.timer.stop()
    assert not made.acts


@pytest.fixture
def owing(desk: Desk, case: Case) -> Case:
    """The settled case; who has to pay has a telephone, and a third party was removed."""

    debtor, third = case.parties[1].id, {"side": "third", "name": "钱龘", "id_number": NUMBER, "phone": PHONE}
    desk.do(lambda s: parts.put(s, cases.load(s, case.id), "parties", {"phone": PHONE}, by=BY, row=debtor))
    added = desk.do(lambda s: parts.put(s, cases.load(s, case.id), "parties", third, by=BY))
    desk.do(lambda s: parts.drop(s, cases.load(s, case.id), "parties", added.id, by=BY))
    return case


def noted(desk: Desk, action: Action) -> list[Entry]:
    return desk.read(
        lambda s: list(s.scalars(select(Entry).where(Entry.action == action).order_by(Entry.id)))
    )


def words(pane: RostersPane | RemovedList) -> str:
    return "\n".join(" ".join(line.words) for line in pane.table.words.lines)


@pytest.fixture
def roster(qtbot: QtBot, desk: Desk, owing: Case) -> RostersPane:
    pane = RostersPane(desk)
    qtbot.addWidget(pane)
    pane.resize(1150, 640)
    pane.show()
    pane.choose("payments")
    qtbot.waitUntil(lambda: bool(pane.rows), timeout=10_000)
    return pane


def test_telephones_are_masked_until_they_are_asked_for_and_that_is_kept(
    qtbot: QtBot, roster: RostersPane, desk: Desk
) -> None:
    assert STARS in words(roster)
    assert PHONE not in words(roster)
    assert noted(desk, Action.REVEALED) == []
    press(roster, SHOW)
    assert PHONE in words(roster)
    (entry,) = noted(desk, Action.REVEALED)
    assert (entry.by, entry.detail) == (BY, "《履行到期清单》里的电话")
    roster.reveal.timer.setInterval(10)
    roster.reveal.timer.start()
    qtbot.waitUntil(lambda: STARS in words(roster), timeout=5_000)
    press(roster, SHOW)
    press(roster, HIDE)
    assert PHONE not in words(roster)
    assert len(noted(desk, Action.REVEALED)) == 2


def test_another_list_begins_masked_and_offers_nothing_to_show(qtbot: QtBot, roster: RostersPane) -> None:
    press(roster, SHOW)
    roster.choose("disputes")
    qtbot.waitUntil(lambda: bool(roster.rows) and roster.reveal.isHidden(), timeout=10_000)
    roster.choose("payments")
    qtbot.waitUntil(lambda: STARS in words(roster), timeout=10_000)


def test_files_and_printed_lists_have_the_whole_number(roster: RostersPane, desk: Desk) -> None:
    sheet = desk.read(lambda s: rosters.sheet(s, DUE, desk.today))
    assert PHONE in sheets.write(sheet, "csv").decode("utf-8-sig")


def test_without_the_rule_numbers_stand_there_whole(qtbot: QtBot, desk: Desk, owing: Case) -> None:
    desk.do(lambda s: policy.amend(s, {"mask": False}))
    bin_ = RemovedList(desk)
    qtbot.addWidget(bin_)
    bin_.show()
    assert NUMBER in words(bin_)
    assert bin_.reveal.isHidden()


def test_the_recycle_bin_masks_both_numbers(qtbot: QtBot, desk: Desk, owing: Case) -> None:
    bin_ = RemovedList(desk, owing)
    qtbot.addWidget(bin_)
    bin_.show()
    shown = words(bin_)
    assert ID_STARS in shown
    assert STARS in shown
    assert NUMBER not in shown
    press(bin_, SHOW)
    assert NUMBER in words(bin_)
    assert [entry.case_id for entry in noted(desk, Action.REVEALED)] == [owing.id]
    bin_.hide()
    bin_.show()
    assert NUMBER not in words(bin_)


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> PrivacyPane:
    made = PrivacyPane(desk)
    qtbot.addWidget(made)
    made.resize(1100, 620)
    made.show()
    return made


def test_the_tick_is_kept_at_once(pane: PrivacyPane, desk: Desk) -> None:
    assert pane.tick.isChecked()
    pane.tick.click()
    assert desk.read(policy.own).mask is False
    desk.do(lambda s: policy.amend(s, {"mask": True}))
    pane.refresh()
    assert pane.tick.isChecked()
    assert unnamed(pane) == []
    assert needed_width(pane) <= 700


def test_who_may_not_sees_it_grey(qtbot: QtBot, desk: Desk) -> None:
    desk.do(lambda s: s.add(Staff(name="马秀英", roles=Role.MEDIATOR.value)))
    made = PrivacyPane(Desk(desk.engine, "马秀英"))
    qtbot.addWidget(made)
    assert not made.tick.isEnabled()
    assert not made.subject_button.isEnabled()
    assert not made.lost_button.isEnabled()


def test_a_lost_stick_is_recorded_and_its_report_shown(
    qtbot: QtBot, pane: PrivacyPane, desk: Desk, modals: Modals
) -> None:
    desk.alone(lambda s: history.note(s, Action.EXPORTED, "人民调解协议书", medium=STICK))
    dialog = LossDialog(pane, desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert [line.words[1] for line in dialog.table.words.lines] == ["导出：人民调解协议书"]
    assert any("没有加密" in each.text() for each in dialog.findChildren(QLabel))
    assert unnamed(dialog) == []
    press(dialog, "登记丢失")
    assert "经过" in modals.said.pop()
    assert noted(desk, Action.LOST) == []
    dialog.told.setPlainText("在公交车上丢的。")
    titles: list[str] = []
    modals.acts.append(lambda box: titles.append(box.windowTitle()))
    press(dialog, "打印报告")
    qtbot.waitUntil(lambda: titles == ["预览：载体丢失报告"], timeout=20_000)
    before = (datetime.now() - timedelta(days=9)).strftime("%Y-%m-%d %H:%M")
    dialog.since.widget.setText(before)  # type: ignore[attr-defined]
    assert dialog.table.words.lines == []
    dialog.since.widget.setText("昨天")  # type: ignore[attr-defined]
    press(dialog, "登记丢失")
    assert "丢失时间" in modals.said.pop()
    dialog.since.widget.setText(before)  # type: ignore[attr-defined]
    press(dialog, "登记丢失")
    (entry,) = noted(desk, Action.LOST)
    assert (entry.medium, entry.reason) == (STICK, "在公交车上丢的。")
    assert not dialog.isVisible()


def test_one_persons_data_is_shown_and_kept_only_after_the_check(
    qtbot: QtBot, pane: PrivacyPane, desk: Desk, owing: Case, modals: Modals, tmp_path: Path
) -> None:
    me, raw = owing.parties[0].id, {"id_number": NUMBER}
    desk.do(lambda s: parts.put(s, cases.load(s, owing.id), "parties", raw, by=BY, row=me))
    dialog = SubjectDialog(pane, desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert unnamed(dialog) == []
    dialog.name.setText("王𬎆")
    dialog.number.setText(NUMBER)
    dialog.checked.setText("核对居民身份证原件")
    assert not dialog.main.isEnabled()
    dialog.sure.setChecked(True)
    press(dialog, "查询")
    qtbot.waitUntil(lambda: bool(dialog.table.words.lines), timeout=10_000)
    assert NUMBER in [line.words[2] for line in dialog.table.words.lines]
    kept = tmp_path / "给本人.xlsx"
    modals.choose(kept)
    press(dialog, "存为表格")
    qtbot.waitUntil(lambda: modals.said == [f"已存到 {kept}。"], timeout=20_000)
    cells = {str(cell.value) for line in load_workbook(kept).worksheets[0] for cell in line}
    assert NUMBER in cells
    assert not any("滨江物业" in cell for cell in cells)
    assert [entry.case_id for entry in noted(desk, Action.VIEWED)] == [None]
    assert [entry.detail.startswith("个人信息复制件") for entry in noted(desk, Action.EXPORTED)] == [True]
    dialog.number.setText("000000199001010017")
    assert dialog.table.words.lines == []
    assert not dialog.files.buttons["pdf"].isEnabled()
