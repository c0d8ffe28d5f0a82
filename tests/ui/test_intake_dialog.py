"""导入台账 on the screen: an ugly ledger looked at, put right and taken in, whole or not at all."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from driving import Modals, choose_in, needed_width, press, put_up, unnamed
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, BackupKind, Kind, Outcome, Side
from mediator.domain.errors import Refusal
from mediator.services import backups, cases, ledger_files, ledgers
from mediator.store.folder import Folder
from mediator.ui import backup_first
from mediator.ui.desk import Desk
from mediator.ui.intake_dialog import IntakeDialog
from mediator.ui.waiting import Stopped

HEADINGS = [
    "序号",
    "受理日期",
    "申请人",
    "被申请人",
    "纠纷类型",
    "调解结果",
    "协议日期",
    "涉及金额",
    "领导批示",
]
ROWS = [
    [1, "2026.1.4", "王𬎆、阿依古丽•买买提", "𪚥小明", "邻里", "达成书面协议", "2026年1月9日", "1.5万", "阅"],
    [2, "2026/2/30", "周文谦", "林淑芬", "邻里纠纷", "已化解", "", "", ""],
    [3, "2026-03-01", "马兰艳", "滨江物业服务有限公司", "鸡毛蒜皮", "未达成协议", "", "", ""],
    [4, "20260305", "㛃䶮", "周文谦", "家庭", "已化解", "", "", ""],
    ["合计", "", "", "", "", "", "", 15000, ""],
]


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, folder: Folder, modals: Modals) -> IntakeDialog:
    return put_up(qtbot, IntakeDialog(desk, folder.path))


def book(path: Path, headings: list[str], rows: list[list[Any]], **more: list[list[Any]]) -> Path:
    """A workbook with title rows above its headings; more sheets by name."""
    made = Workbook()
    for name, lines in {"一月": [headings, *rows], **more}.items():
        sheet = made.create_sheet(name)
        for line in [["滨江社区人民调解台账"], ["填报单位：滨江社区", "", "", "单位：元"], *lines]:
            sheet.append(line)
    made.remove(made.worksheets[0])
    made.save(path)
    return path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return book(tmp_path / "2026年 台账.xlsx", HEADINGS, ROWS)


def read(qtbot: QtBot, dialog: IntakeDialog, modals: Modals, path: Path) -> None:
    modals.choose(path)
    press(dialog, "选台账文件")
    settled(qtbot, dialog)


def settled(qtbot: QtBot, dialog: IntakeDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.busy, timeout=20_000)


def decide(qtbot: QtBot, dialog: IntakeDialog, code: str, word: str, meaning: str) -> None:
    dialog.preview.setCurrentWidget(dialog.words)
    dialog.words.column.setCurrentIndex(dialog.words.column.findData(code))
    dialog.words.word.setText(word)
    dialog.words.meaning.setCurrentText(meaning)
    press(dialog, "照这样读")
    settled(qtbot, dialog)


def stored(desk: Desk) -> list[tuple[str, Kind | None, Outcome | None]]:
    cases = select(Case).order_by(Case.id)
    return desk.read(lambda s: [(c.names(Side.APPLICANT), c.kind, c.outcome) for c in s.scalars(cases)])


def test_it_begins_by_saying_what_to_do(dialog: IntakeDialog) -> None:
    assert dialog.body.currentIndex() == 0
    assert not dialog.take_button.isEnabled()


def test_a_ledger_is_looked_at_before_anything_is_taken_in(
    qtbot: QtBot, dialog: IntakeDialog, desk: Desk, modals: Modals, ledger: Path
) -> None:
    read(qtbot, dialog, modals, ledger)
    preview = dialog.preview
    assert [preview.tabText(n) for n in range(4)] == [
        "可以导入 2 行",
        "不能导入 2 行",
        "已在册 0 行",
        "怎样读的",
    ]
    assert [line.words[:6] for line in preview.ready.words.lines] == [
        ("4", "2026-01-04", "王𬎆、阿依古丽·买买提", "𪚥小明", "邻里纠纷", "达成书面协议"),
        ("7", "2026-03-05", "㛃䶮", "周文谦", "婚姻家庭纠纷", "达成口头协议"),
    ]
    refused = [line.words for line in preview.refused.words.lines]
    assert [words[:2] for words in refused] == [("5", "2"), ("6", "3")]
    assert "日历上没有" in refused[0][2]
    assert "鸡毛蒜皮" in refused[1][2]
    said = preview.reading.text()
    assert "已化解" in said
    assert "第 7 行" in said
    assert "没有导入的栏：领导批示" in said
    assert "合计行 1 行" in said
    assert dialog.take_button.text() == "导入 2 件"
    press(dialog, "取消")
    assert stored(desk) == []
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_what_is_ready_is_taken_in_and_a_second_time_adds_nothing(
    qtbot: QtBot, dialog: IntakeDialog, desk: Desk, modals: Modals, ledger: Path
) -> None:
    read(qtbot, dialog, modals, ledger)
    with qtbot.waitSignal(desk.changed, timeout=20_000):
        press(dialog, "导入 2 件")
    qtbot.waitUntil(dialog.isHidden)
    (said,) = modals.said
    assert "已导入 2 行，2 行不能导入" in said
    assert "卷号从 (2026)滨江人调字第001号 到 (2026)滨江人调字第002号" in said
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert stored(desk) == [
        ("王𬎆、阿依古丽·买买提", Kind.NEIGHBOUR, Outcome.WRITTEN), ("㛃䶮", Kind.FAMILY, Outcome.ORAL),
    ]  # fmt: skip

    dialog.show()
    read(qtbot, dialog, modals, ledger)
    assert not dialog.take_button.isEnabled()
    assert dialog.preview.tabText(2) == "已在册 2 行"
    assert dialog.preview.known.words.lines[0].words == ("4", "已在册，卷号 (2026)滨江人调字第001号")
    assert "没有新增" in dialog.verdict.text()
    assert len(stored(desk)) == 2


def test_before_anything_is_taken_in_there_is_a_backup(
    qtbot: QtBot, dialog: IntakeDialog, desk: Desk, folder: Folder, modals: Modals, ledger: Path
) -> None:
    read(qtbot, dialog, modals, ledger)
    assert not desk.read(backups.made), "looking is no reason"
    press(dialog, "导入 2 件")
    qtbot.waitUntil(dialog.isHidden, timeout=20_000)
    (made,) = desk.read(backups.made)
    assert (made.kind, made.cases, made.place) == (BackupKind.BEFORE, 0, str(folder.path / backups.HERE))
    assert len(stored(desk)) == 2


def test_without_room_for_a_backup_people_are_asked(
    qtbot: QtBot,
    dialog: IntakeDialog,
    desk: Desk,
    modals: Modals,
    ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda where: type("Usage", (), {"free": 300_000}))
    read(qtbot, dialog, modals, ledger)
    modals.answers.append("先不做")
    press(dialog, "导入 2 件")
    assert stored(desk) == [] and dialog.isVisible() and dialog.take_button.isEnabled()
    (said,) = modals.said
    assert (
        said.startswith("导入台账以前要先备份，备份没有做成：")
        and "空间不够" in said
        and "不备份就做" in said
    )
    modals.answers += ["不备份，导入台账", "好"]
    press(dialog, "导入 2 件")
    qtbot.waitUntil(dialog.isHidden, timeout=20_000)
    assert len(stored(desk)) == 2 and not desk.read(backups.made)
    noted = desk.read(lambda s: s.scalars(select(Entry.detail).where(Entry.action == Action.BACKED_UP)).all())
    assert noted[-1] == "没有备份，照样导入台账" and sum("没有做成" in words for words in noted) == 2


def test_stopping_the_backup_takes_nothing_in(
    qtbot: QtBot,
    dialog: IntakeDialog,
    desk: Desk,
    modals: Modals,
    ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(*_given: Any, **_more: Any) -> None:
        raise Stopped

    monkeypatch.setattr(backup_first, "_back_up", stopped)
    read(qtbot, dialog, modals, ledger)
    press(dialog, "导入 2 件")
    assert stored(desk) == [] and dialog.isVisible() and not modals.said


def test_an_unknown_heading_is_told_once_and_can_be_chosen(
    qtbot: QtBot, dialog: IntakeDialog, desk: Desk, modals: Modals, tmp_path: Path
) -> None:
    headings = [{"调解结果": "后来怎样", "被申请人": "对面那位"}.get(words, words) for words in HEADINGS]
    read(qtbot, dialog, modals, book(tmp_path / "怪.xlsx", headings, ROWS))
    qtbot.waitUntil(lambda: bool(modals.said))
    assert len(modals.said) == 1
    assert "没有“调解结果”这一栏" in modals.said[0]
    assert dialog.preview.currentWidget() is dialog.mapping
    assert not dialog.take_button.isEnabled()

    for code, heading in (("outcome", "后来怎样"), ("respondent_name", "对面那位"), ("remark", "领导批示")):
        choose_in(dialog.mapping.boxes[code], heading)
    press(dialog, "照此重读")
    settled(qtbot, dialog)
    assert dialog.take_button.text() == "导入 2 件"
    assert "没有导入的栏" not in dialog.preview.reading.text()
    press(dialog, "导入 2 件")
    qtbot.waitUntil(dialog.isHidden, timeout=20_000)
    remarks = desk.read(lambda s: s.scalars(select(Case.remark).order_by(Case.id)).all())
    assert "阅" in remarks[0]


def test_a_heading_tells_one_thing_only(
    qtbot: QtBot, dialog: IntakeDialog, modals: Modals, ledger: Path
) -> None:
    read(qtbot, dialog, modals, ledger)
    boxes = dialog.mapping.boxes
    assert boxes["reached_on"].currentText() == "协议日期"
    dialog.preview.setCurrentWidget(dialog.mapping)
    choose_in(boxes["concluded_on"], "协议日期")
    assert boxes["reached_on"].currentText() == "（不导入）"
    assert dialog.mapping.columns() == {"concluded_on": "协议日期", "reached_on": ""}
    press(dialog, "照此重读")
    settled(qtbot, dialog)
    assert modals.said == []
    press(dialog, "恢复自动认的")
    settled(qtbot, dialog)
    assert dialog.mapping.columns() == {}
    assert boxes["reached_on"].currentText() == "协议日期"


def test_words_can_be_read_otherwise(
    qtbot: QtBot, dialog: IntakeDialog, desk: Desk, modals: Modals, ledger: Path
) -> None:
    read(qtbot, dialog, modals, ledger)
    decide(qtbot, dialog, "kind", "鸡毛蒜皮", "其他纠纷")
    decide(qtbot, dialog, "outcome", "已化解", "达成书面协议")
    assert "纠纷类型“鸡毛蒜皮”按其他纠纷记" in dialog.words.said.text()
    press(dialog, "导入 3 件")
    qtbot.waitUntil(dialog.isHidden, timeout=20_000)
    assert [(kind, outcome) for _, kind, outcome in stored(desk)] == [
        (Kind.NEIGHBOUR, Outcome.WRITTEN), (Kind.OTHER, Outcome.NONE), (Kind.FAMILY, Outcome.WRITTEN),
    ]  # fmt: skip


def test_words_read_otherwise_can_be_dropped(
    qtbot: QtBot, dialog: IntakeDialog, modals: Modals, ledger: Path
) -> None:
    read(qtbot, dialog, modals, ledger)
    decide(qtbot, dialog, "kind", "鸡毛蒜皮", "其他纠纷")
    assert dialog.take_button.text() == "导入 3 件"
    press(dialog, "取消全部用语")
    settled(qtbot, dialog)
    assert dialog.take_button.text() == "导入 2 件"


def test_another_sheet_can_be_read(
    qtbot: QtBot, dialog: IntakeDialog, modals: Modals, tmp_path: Path
) -> None:
    february: list[list[Any]] = [["序号", "受理日期", "申请人", "被申请人", "纠纷类型", "调解结果"],
                [1, "2026-2-3", "苏勇", "杨霞文", "邻里", "口头协议"]]  # fmt: skip
    read(qtbot, dialog, modals, book(tmp_path / "按月.xlsx", HEADINGS, ROWS, 二月=february))
    assert dialog.sheets.isVisible()
    assert dialog.sheets.currentText() == "一月"
    choose_in(dialog.sheets, "二月")
    settled(qtbot, dialog)
    assert [line.words[2] for line in dialog.preview.ready.words.lines] == ["苏勇"]
    assert dialog.take_button.text() == "导入 1 件"


def test_a_csv_of_a_spreadsheet_program_is_read(
    qtbot: QtBot, dialog: IntakeDialog, modals: Modals, tmp_path: Path
) -> None:
    path = tmp_path / "台账.csv"
    lines: list[list[Any]] = [HEADINGS, *ROWS[:1]]
    path.write_bytes("\r\n".join(",".join(map(str, line)) for line in lines).encode("gb18030"))
    read(qtbot, dialog, modals, path)
    assert dialog.take_button.text() == "导入 1 件"
    assert not dialog.sheets.isVisible()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("坏.xlsx", b"PK\x03\x04 torn", "已损坏"),
        ("空.csv", b"", "是空的"),
        ("无表头.csv", "今天天气好\n明天下雨".encode(), "找不到表头"),
    ],
)
def test_a_file_that_is_no_ledger_is_told_once(
    qtbot: QtBot,
    dialog: IntakeDialog,
    desk: Desk,
    modals: Modals,
    ledger: Path,
    name: str,
    data: bytes,
    words: str,
) -> None:
    read(qtbot, dialog, modals, ledger)
    bad = ledger.parent / name
    bad.write_bytes(data)
    read(qtbot, dialog, modals, bad)
    qtbot.waitUntil(lambda: bool(modals.said))
    qtbot.wait(100)
    assert len(modals.said) == 1
    assert words in modals.said[0]
    assert name in modals.said[0]
    assert not dialog.take_button.isEnabled()
    assert stored(desk) == []


def test_a_failure_half_way_leaves_nothing_behind(
    qtbot: QtBot,
    dialog: IntakeDialog,
    desk: Desk,
    modals: Modals,
    ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = cases.enter
    entered: list[Case] = []

    def second_fails(session: Any, case: Case, **more: Any) -> Case:
        if entered:
            raise Refusal("磁盘已满，没有存上。")
        entered.append(real(session, case, **more))
        return entered[0]

    read(qtbot, dialog, modals, ledger)
    monkeypatch.setattr(ledgers, "enter", second_fails)
    press(dialog, "导入 2 件")
    settled(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(modals.said))
    assert modals.said == ["磁盘已满，没有存上。"]
    assert len(entered) == 1
    assert stored(desk) == []
    assert dialog.isVisible()
    assert "没有导入" in dialog.verdict.text()
    assert dialog.take_button.isEnabled()


def test_reading_can_be_left(
    qtbot: QtBot,
    dialog: IntakeDialog,
    desk: Desk,
    modals: Modals,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = Event()

    def slowly(*_given: Any, **_more: Any) -> Any:
        assert go_on.wait(20)
        raise Refusal("文件读不出来。")

    monkeypatch.setattr(ledger_files, "read", slowly)
    dialog.open_file(book(tmp_path / "大.xlsx", HEADINGS, ROWS))
    press(dialog, "取消")
    assert dialog.isHidden()
    go_on.set()
    settled(qtbot, dialog)
    qtbot.wait(100)
    assert modals.said == []
    assert stored(desk) == []


def test_there_is_no_leaving_while_cases_are_taken_in(
    qtbot: QtBot,
    dialog: IntakeDialog,
    desk: Desk,
    modals: Modals,
    ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on, real = Event(), ledgers.take_in

    def slowly(*given: Any, **more: Any) -> Any:
        assert go_on.wait(20)
        return real(*given, **more)

    monkeypatch.setattr(ledgers, "take_in", slowly)
    read(qtbot, dialog, modals, ledger)
    press(dialog, "导入 2 件")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.cancel_button.isEnabled()
    go_on.set()
    qtbot.waitUntil(dialog.isHidden, timeout=20_000)
    assert len(stored(desk)) == 2


def test_every_control_has_a_name_and_the_dialog_fits_a_small_screen(
    qtbot: QtBot, dialog: IntakeDialog, modals: Modals, ledger: Path
) -> None:
    read(qtbot, dialog, modals, ledger)
    assert unnamed(dialog) == []
    assert needed_width(dialog) <= 800
    assert dialog.width() <= dialog.screen().availableGeometry().width()
