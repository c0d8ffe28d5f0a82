"""设置—审计 on the screen, and that what the screens print and keep is noted."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from driving import (
    BY,
    Modals,
    StillDesk,
    choose_in,
    colleague,
    needed_width,
    press,
    settle,
    unnamed,
    words_in,
)
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, select

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Role
from mediator.paper.blocks import Paper, Title
from mediator.services import offices, outgoing, printouts
from mediator.services.printouts import Printout
from mediator.store import history
from mediator.ui.audit_dialog import CheckDialog
from mediator.ui.audit_pane import AuditPane
from mediator.ui.desk import Desk
from mediator.ui.preview import PreviewDialog
from mediator.ui.steps_dialog import StepsDialog
from mediator.ui.waiting import WaitingDialog

OTHER = "李䶮"


def worked(engine: Engine) -> int:
    """A case registered by one, changed and printed by another, and a log-out: four entries."""
    case_id = settle(StillDesk(engine, BY), "𪚥小明·阿不都", "2026-10-02", None).id
    other = StillDesk(engine, colleague(engine, OTHER))
    other.alone(lambda s: setattr(s.get_one(Case, case_id), "summary", "改过"))
    other.alone(lambda s: outgoing.printed(s, "调解协议书", "财务室 HP", number="(2026)滨江人调字第001号"))
    StillDesk(engine, BY).alone(lambda s: history.note(s, Action.LOGGED_OUT))
    return case_id


class Patient(Modals):
    """Lets work in the background come to its end."""

    def _look(self) -> None:
        if not isinstance(QApplication.activeModalWidget(), WaitingDialog):
            super()._look()


@pytest.fixture
def modals(qtbot: QtBot) -> Iterator[Modals]:
    made = Patient()
    yield made
    made.timer.stop()


@pytest.fixture
def pane(qtbot: QtBot, engine: Engine) -> AuditPane:
    worked(engine)
    return opened(qtbot, StillDesk(engine, BY))


def opened(qtbot: QtBot, desk: Desk) -> AuditPane:
    made = AuditPane(desk)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    return made


def ids(pane: AuditPane) -> list[int]:
    return [int(line.words[0]) for line in pane.table.words.lines]


def newest(desk: Desk) -> Entry:
    return desk.read(lambda s: s.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one())


def check(dialog: CheckDialog, modals: Modals) -> str:
    press(dialog, "开始核对")
    return modals.said[-1]


def test_the_entries_are_shown_the_newest_first_and_the_chosen_one_in_full(pane: AuditPane) -> None:
    assert ids(pane) == [4, 3, 2, 1]
    assert pane.table.words.lines[1].words[2:] == (
        OTHER, "打印", "调解协议书 (2026)滨江人调字第001号", "财务室 HP",
    )  # fmt: skip
    pane.table.choose(1)
    assert "调解协议书 (2026)滨江人调字第001号　去向：财务室 HP" in pane.told.text()
    assert not pane.older.isEnabled() and not pane.newer.isEnabled()


def test_what_is_looked_for_is_shown(pane: AuditPane, qtbot: QtBot) -> None:
    choose_in(pane.filters.by, OTHER)
    pane.filters.by.activated.emit(pane.filters.by.currentIndex())
    assert ids(pane) == [3, 2]
    choose_in(pane.filters.action, "打印")
    pane.filters.action.activated.emit(pane.filters.action.currentIndex())
    assert ids(pane) == [3]
    pane.filters.number.setText("第002号")
    qtbot.waitUntil(lambda: ids(pane) == [])
    assert "没有符合条件的记录" in pane.table.accessibleDescription()
    pane.filters.number.clear()
    qtbot.waitUntil(lambda: ids(pane) == [3])
    day = pane.filters.until.widget
    day.setText((date.today() - timedelta(days=1)).isoformat())  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: ids(pane) == [])
    day.setText("哪天")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: day.property("wrong") == "true")


def test_pages_are_turned_there_and_back(pane: AuditPane) -> None:
    for _ in range(150):
        pane.desk.alone(lambda s: history.note(s, Action.LOCKED))
    pane.refresh()
    assert ids(pane)[:1] + ids(pane)[-1:] == [154, 55] and "第 1 页" in pane.where.text()
    press(pane, "较早的")
    assert ids(pane)[:1] + ids(pane)[-1:] == [54, 1] and not pane.older.isEnabled()
    press(pane, "较新的")
    assert ids(pane)[0] == 154 and not pane.newer.isEnabled()


def test_a_check_says_what_it_found_and_gives_a_code_to_write_down(
    pane: AuditPane, qtbot: QtBot, modals: Modals, tmp_path: Path
) -> None:
    dialog = CheckDialog(pane, pane.desk)
    qtbot.addWidget(dialog)
    dialog.show()
    said = check(dialog, modals)
    assert "审计记录完好：第 1 条到第 4 条" in said and "现在的校验码是" in said
    assert newest(pane.desk).action is Action.CHECKED
    code = said.split("现在的校验码是 ")[1][:19]
    again = CheckDialog(pane, pane.desk)
    qtbot.addWidget(again)
    again.show()
    again.code.setText(code)
    assert "这是第 5 条的校验码，现在的记录经过它" in check(again, modals)
    file = tmp_path / "manifest.json"
    office = pane.desk.read(offices.own)
    point = {
        "office_uid": office.uid,
        "entry_id": 2,
        "entry_hash": "0" * 64,
        "made_at": "2026-11-01T08:00:00",
    }
    file.write_text(json.dumps(point), "utf-8")
    again.take(file)
    assert "manifest.json：2026-11-01 08:00，共 2 条" in again.file.text()
    again.show()
    assert "以前的记录被换过" in check(again, modals)


def test_a_check_names_the_first_broken_entry(
    pane: AuditPane, qtbot: QtBot, modals: Modals, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("drop trigger entry_stays")
        connection.exec_driver_sql("update entry set reason = '补记' where id = 3")
    dialog = CheckDialog(pane, pane.desk)
    qtbot.addWidget(dialog)
    dialog.show()
    said = check(dialog, modals)
    assert "第 3 条被改动过" in said and "第 1 条到第 2 条是完好的" in said and "校验码" not in said
    assert dialog.isVisible()


def test_the_chain_is_taken_out_with_its_checker(pane: AuditPane, modals: Modals, tmp_path: Path) -> None:
    modals.choose(tmp_path)
    press(pane, "导出…")
    assert "已导出到" in modals.said[-1] and "没有加密" in modals.said[-1]
    (folder,) = tmp_path.glob("mediator-audit-*")
    assert {path.suffix for path in folder.iterdir()} == {".jsonl", ".json", ".py", ".pdf", ".txt"}
    assert (newest(pane.desk).action, newest(pane.desk).detail) == (Action.EXPORTED, "审计记录（4 条）")


def test_the_list_is_shown_as_it_is_printed(pane: AuditPane, modals: Modals, qtbot: QtBot) -> None:
    shown: list[PreviewDialog] = []
    modals.acts.append(shown.append)
    press(pane, "打印预览")
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert shown[0].pdf.startswith(b"%PDF") and shown[0].what == "审计记录清单"


def test_the_timeline_of_a_case_is_printed_from_its_steps(
    pane: AuditPane, modals: Modals, qtbot: QtBot
) -> None:
    case = pane.desk.read(lambda s: s.scalars(select(Case)).one())
    dialog = StepsDialog(pane, pane.desk, case)
    qtbot.addWidget(dialog)
    dialog.show()
    shown: list[PreviewDialog] = []
    modals.acts.append(shown.append)
    press(dialog, "打印操作记录表")
    assert words_in(shown[0].pdf, "操作记录表", case.number, "调解协议书", "2026年11月21日为止，共 3 条")
    assert (shown[0].what, shown[0].number) == ("操作记录表", case.number)


def test_who_may_not_see_the_audit_is_told_who_may(qtbot: QtBot, engine: Engine) -> None:
    worked(engine)
    desk = StillDesk(engine, BY)
    desk.do(lambda s: setattr(offices.person(s, OTHER), "held", frozenset({Role.MEDIATOR})))
    made = opened(qtbot, StillDesk(engine, OTHER))
    assert ids(made) == [] and "您的账号不能查看审计记录" in made.table.empty
    with pytest.raises(AssertionError, match="is off"):
        press(made, "核对…")


def test_every_control_has_a_name_and_nothing_is_cut_off(pane: AuditPane, qtbot: QtBot) -> None:
    dialog = CheckDialog(pane, pane.desk)
    qtbot.addWidget(dialog)
    assert unnamed(pane) == [] and unnamed(dialog) == []
    assert needed_width(pane) <= 1050


class Printer(QPrinter):
    """One that does not print on anything."""

    def printerName(self) -> str:
        return "财务室 HP"

    def outputFileName(self) -> str:
        return self.file

    file = ""


@pytest.mark.parametrize(
    ("file", "action", "medium"),
    [("", Action.PRINTED, "财务室 HP"), ("/tmp/王𬎆.pdf", Action.EXPORTED, outgoing.HERE)],
)
def test_what_is_printed_is_noted_also_into_a_file(
    qtbot: QtBot, engine: Engine, file: str, action: Action, medium: str
) -> None:
    case_id = worked(engine)
    owner, desk, printer = QWidget(), StillDesk(engine, BY), Printer()
    qtbot.addWidget(owner)
    printer.file = file
    pdf = printouts.as_pdf([Printout(Paper("x", "照片", (Title("照片"),)))])
    number = "(2026)滨江人调字第001号"
    dialog = PreviewDialog(
        owner, desk, "王𬎆的照片", pdf, None, "照片", what="材料（证据材料）", number=number
    )
    qtbot.addWidget(dialog)
    dialog._note(printer)
    entry = newest(desk)
    assert (entry.action, entry.medium, entry.case_id, entry.by) == (action, medium, case_id, BY)
    assert entry.detail == "材料（证据材料） (2026)滨江人调字第001号"
