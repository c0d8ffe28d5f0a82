"""Backups in the window: made, listed, gone back to; the badge says how old they are and never gets in the way."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from driving import BY, Modals, press, unnamed
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import BackupKind, Role
from mediator.domain.errors import Damaged, Refusal
from mediator.domain.people import Staff
from mediator.services import asides, backups, documents, drills, restores
from mediator.store import manifest, swap, tries
from mediator.store.engine import key_of
from mediator.store.folder import Folder, open_folder
from mediator.ui.backup_badge import BackupBadge
from mediator.ui.backup_dialog import BackupDialog
from mediator.ui.backup_pane import BackupPane
from mediator.ui.damage_dialog import DamageDialog
from mediator.ui.desk import Desk
from mediator.ui.restore_dialog import RestoreDialog
from mediator.ui.waiting import WaitingDialog

TODAY = datetime.now().date()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine, BY)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "备份 盘"
    made.mkdir()
    return made


class Patient(Modals):
    """Lets work that one waits for come to its end."""

    def _look(self) -> None:
        if not isinstance(QApplication.activeModalWidget(), WaitingDialog):
            super()._look()


@pytest.fixture
def modals() -> Iterator[Modals]:
    made = Patient()
    yield made
    made.timer.stop()


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, folder: Folder) -> BackupPane:
    made = BackupPane(desk, folder.path)
    qtbot.addWidget(made)
    made.resize(1060, 640)
    made.show()
    return made


def register(desk: Desk, name: str = "王𬎆") -> None:
    raw = {"registered_on": TODAY.isoformat(), "summary": "漏水。", "parties": [
        {"side": "applicant", "name": name}, {"side": "respondent", "name": "物业"},
    ]}  # fmt: skip
    desk.do(lambda s: documents.register(s, raw, by=BY, today=TODAY).number)


def back_up(desk: Desk, folder: Folder, place: Path, now: datetime | None = None) -> None:
    backups.back_up(desk.engine, folder.path, place, by=BY, now=now)
    desk.backed_up.emit()


def cases(folder: Folder, password: str) -> int:
    engine = open_folder(folder, "chen", password)
    with Session(engine) as session:
        found = len(session.scalars(select(Case)).all())
    engine.dispose()
    return found


def test_a_backup_is_made_where_one_chose_and_listed(
    qtbot: QtBot, pane: BackupPane, desk: Desk, place: Path, modals: Modals
) -> None:
    register(desk)
    assert "还没有备份" in pane.age.text() and "马上备份" in pane.advice.text()

    dialog = BackupDialog(pane, desk, pane.folder)
    dialog.show()
    assert unnamed(dialog) == []
    dialog.place.folder = place
    dialog.place._show([])
    dialog.place.list.setCurrentRow(0)
    dialog.always.setChecked(True)
    press(dialog, "开始备份")
    assert not dialog.isVisible()
    assert len(manifest.listed(place)) == 1
    assert any("备份已验证" in words and "1 件案件" in words for words in modals.said)
    qtbot.waitUntil(lambda: bool(pane.list.words.lines))
    line = pane.list.words.lines[0]
    assert line.words[1] == "已验证" and str(place) in line.words[2] and line.words[3] == "1"
    assert "今天" in pane.age.text() and str(place) in pane.automatic.text()
    assert unnamed(pane) == []


def test_without_a_place_it_is_asked_for(qtbot: QtBot, desk: Desk, folder: Folder, modals: Modals) -> None:
    dialog = BackupDialog(None, desk, folder.path)
    qtbot.addWidget(dialog)
    dialog.back_up()
    assert "请先选好备份到哪个 U 盘或文件夹" in modals.said[-1] and dialog.made is None


def test_what_is_gone_is_said_to_be_gone(
    qtbot: QtBot, pane: BackupPane, desk: Desk, folder: Folder, place: Path
) -> None:
    back_up(desk, folder, place)
    shutil.rmtree(next(place.iterdir()))
    pane.refresh()
    qtbot.waitUntil(lambda: bool(pane.list.words.lines) and pane.list.words.lines[0].words[1] == "找不到了")


def test_going_back_takes_place_at_the_next_start_and_can_be_undone(
    qtbot: QtBot, desk: Desk, folder: Folder, place: Path, password: str, modals: Modals
) -> None:
    register(desk)
    desk.do(lambda s: backups.choose(s, place))
    back_up(desk, folder, place)
    register(desk, "后来的")
    dialog = RestoreDialog(None, folder.path, desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.copies))
    assert unnamed(dialog) == []
    press(dialog, "下一步")
    assert dialog.login.currentText() == "chen"
    dialog.password.setText(password + "x")
    press(dialog, "看看里面")
    assert "密码不对" in modals.said[-1] and not dialog.key
    dialog.password.setText(password)
    press(dialog, "看看里面")
    assert "1 件案件" in dialog.told.text() and "新登记了 1 件，改动过 0 件" in dialog.lost.text()
    assert dialog.lineage.text().startswith("已核对") and dialog.lineage.property("role") == "good"
    modals.answers.append("用它代替")
    press(dialog, "恢复到新的文件夹")
    assert dialog.planned and swap.planned(folder.path)
    before = desk.read(backups.made)[0]
    assert (before.kind, before.cases) == (BackupKind.BEFORE, 2), "what is replaced is backed up first"
    desk.engine.dispose()
    swap.closed(folder.path)
    swap.finish(folder.path)
    assert cases(folder, password) == 1
    again = Desk(open_folder(folder, "chen", password), BY)
    pane = BackupPane(again, folder.path)
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(pane)
    window.show()
    modals.answers += ["换回", "好"]
    press(pane, "换回原来的数据…")
    assert not window.isVisible()
    again.engine.dispose()
    swap.closed(folder.path)
    swap.finish(folder.path)
    assert cases(folder, password) == 2


class Stubborn(QMainWindow):
    """A window that is not closed, and a page on it where something was typed that is not settled."""

    settled = False

    def settle(self) -> bool:
        return self.settled

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()


def test_a_swap_waits_for_what_is_typed_and_is_dropped_where_the_window_stays(
    qtbot: QtBot, desk: Desk, folder: Folder, place: Path, modals: Modals
) -> None:
    back_up(desk, folder, place)
    (copy,) = manifest.listed(place)
    kept = folder.path.with_name(f"{folder.path.name}-被替换-20261122-083012")
    restores.restore(copy, key_of(desk.engine), kept)
    window, pane = Stubborn(), BackupPane(desk, folder.path)
    qtbot.addWidget(window)
    window.setCentralWidget(pane)
    window.show()
    pane.refresh()
    modals.answers += ["换回"]
    press(pane, "换回原来的数据…")
    assert not swap.planned(folder.path) and not modals.said[1:]
    window.settled = True
    modals.answers += ["换回", "好", "好"]
    press(pane, "换回原来的数据…")
    assert "换用已经取消" in modals.said[-1] and not swap.planned(folder.path)


def test_what_was_put_aside_is_listed_and_can_be_taken_away(
    qtbot: QtBot, pane: BackupPane, desk: Desk, folder: Folder, place: Path, modals: Modals
) -> None:
    pane.refresh()
    qtbot.wait(50)
    assert not pane.asides.isVisible()
    inside, beside = folder.path / "换密钥之前-1", folder.path.with_name(f"{folder.path.name}-损坏-1")
    for path in (inside, beside, folder.path.with_name("别的-损坏-1")):
        path.mkdir()
        (path / "mediator.db").write_bytes(b"x" * 2**20)
        os.utime(path / "mediator.db", (path == inside, 0))
    pane.refresh()
    qtbot.waitUntil(pane.asides.isVisible)
    lines = [line.words for line in pane.asides.list.words.lines]
    assert [words[1:] for words in lines] == [
        ("换数据密钥以前的", "换密钥之前-1", "1.0 MB"), ("损坏时留的原样", beside.name, "1.0 MB"),
    ]  # fmt: skip
    pane.asides.list.choose(0)
    modals.answers += ["不删"]
    press(pane.asides, "删除…")
    assert inside.exists()
    modals.answers += ["删除"]
    press(pane.asides, "删除…")
    assert not inside.exists() and beside.exists() and unnamed(pane) == []
    details = desk.read(lambda s: s.scalars(select(Entry.detail)).all())
    assert "删除另存的旧数据“换密钥之前-1”（换数据密钥以前的）" in details
    with pytest.raises(Refusal, match="不是另存的旧数据"):
        asides.remove(desk.engine, folder.path, folder.path, by=BY)


def test_a_backup_whose_checkpoint_is_forged_is_named_and_guesses_are_counted(
    qtbot: QtBot, desk: Desk, folder: Folder, place: Path, password: str, modals: Modals
) -> None:
    back_up(desk, folder, place)
    (copy,) = manifest.listed(place)
    other = replace(copy.manifest, checkpoint={**copy.manifest.checkpoint, "at": "2020-01-01T00:00:00"})
    (copy.path / manifest.NAME).write_bytes(other.write())
    dialog = RestoreDialog(None, folder.path, desk)
    qtbot.addWidget(dialog)
    dialog.look(place)
    qtbot.waitUntil(lambda: bool(dialog.copies))
    dialog.show()
    press(dialog, "下一步")
    dialog.password.setText(password)
    press(dialog, "看看里面")
    assert "签名不对" in dialog.lineage.text() and dialog.lineage.property("role") == "error"
    press(dialog, "上一步")
    assert not dialog.lineage.text()
    press(dialog, "下一步")
    for _ in range(tries.FREE):
        dialog.password.setText("猜的")
        press(dialog, "看看里面")
        assert "密码不对" in modals.said[-1]
    dialog.password.setText(password)
    press(dialog, "看看里面")
    assert "“chen”已经输错 5 次密码" in modals.said[-1] and not dialog.key
    assert list(tries.untold(folder.path)) == ["chen"]


def test_thinking_better_of_it_leaves_the_new_folder_beside(
    qtbot: QtBot, desk: Desk, folder: Folder, place: Path, password: str, modals: Modals
) -> None:
    back_up(desk, folder, place)
    dialog = RestoreDialog(None, folder.path, desk)
    qtbot.addWidget(dialog)
    dialog.look(place)
    qtbot.waitUntil(lambda: bool(dialog.copies))
    dialog.show()
    press(dialog, "下一步")
    dialog.password.setText(password)
    press(dialog, "看看里面")
    modals.answers.append("先不换")
    press(dialog, "恢复到新的文件夹")
    assert not dialog.planned and not swap.planned(folder.path)
    (beside,) = folder.path.parent.glob("*-恢复-*")
    assert Folder(beside).exists


def test_data_are_looked_through(pane: BackupPane, desk: Desk, qtbot: QtBot, modals: Modals) -> None:
    press(pane, "核对数据")
    assert any("数据完好：0 件案件" in words for words in modals.said)


def test_a_drill_by_hand(
    pane: BackupPane, desk: Desk, folder: Folder, place: Path, qtbot: QtBot, modals: Modals
) -> None:
    register(desk)
    back_up(desk, folder, place)
    press(pane, "恢复演练")
    assert any("演练通过：恢复了 1 件案件，抽查 1 件" in words for words in modals.said)
    qtbot.waitUntil(lambda: "演练过" in pane.list.words.lines[0].words[1])


def test_who_may_not_change_settings_may_still_back_up(qtbot: QtBot, desk: Desk, folder: Folder) -> None:
    with Session(desk.engine) as session, session.begin():
        session.add(Staff(name="实习的", roles=Role.MEDIATOR.value))
    pane = BackupPane(Desk(desk.engine, "实习的"), folder.path)
    qtbot.addWidget(pane)
    assert pane.backup_button.isEnabled() and pane.check_button.isEnabled()
    assert not (pane.restore_button.isEnabled() or pane.folder_button.isEnabled())


def test_the_badge_says_how_old_it_is(qtbot: QtBot, desk: Desk, folder: Folder, place: Path) -> None:
    badge = BackupBadge(desk, folder.path)
    qtbot.addWidget(badge)
    assert badge.text() == "还没有备份" and "transparent" in badge.styleSheet()
    register(desk)
    assert "#a62b20" in badge.styleSheet() and "马上备份" in badge.toolTip()
    back_up(desk, folder, place)
    assert badge.text().startswith("上次备份\n今天 ") and "U 盘：没有" in badge.text()
    assert "已验证" in badge.accessibleName() and badge.accessibleDescription()


def test_the_backup_that_is_due_makes_itself(qtbot: QtBot, desk: Desk, folder: Folder, place: Path) -> None:
    badge = BackupBadge(desk, folder.path)
    qtbot.addWidget(badge)
    register(desk)
    badge.look()
    assert not badge.busy, "no folder was chosen"
    desk.do(lambda s: backups.choose(s, place))
    changed: list[None] = []
    desk.changed.connect(lambda: changed.append(None))
    badge.look()
    assert badge.busy
    badge.look()
    qtbot.waitUntil(lambda: not badge.busy)
    assert len(manifest.listed(place)) == 1 and not changed, "what is being typed elsewhere is left alone"
    assert desk.read(backups.made)[0].kind is BackupKind.AUTOMATIC
    assert "今天" in badge.text()
    badge.look()
    assert not badge.busy


def test_one_that_fails_is_shown_in_red_and_tried_again_later(
    qtbot: QtBot, desk: Desk, folder: Folder, tmp_path: Path
) -> None:
    badge = BackupBadge(desk, folder.path)
    qtbot.addWidget(badge)
    register(desk)
    desk.do(lambda s: backups.choose(s, tmp_path / "拔掉了" / "x"))
    badge.look()
    qtbot.waitUntil(lambda: not badge.busy)
    assert badge.text() == "自动备份没有做成" and "找不到这个位置" in badge.toolTip()
    badge.look()
    assert not badge.busy
    (tmp_path / "拔掉了").mkdir()
    badge.again_at = datetime.min
    badge.look()
    qtbot.waitUntil(lambda: not badge.busy)
    assert "今天" in badge.text()


def test_on_leaving_what_changed_is_backed_up(
    qtbot: QtBot, desk: Desk, folder: Folder, place: Path, modals: Modals
) -> None:
    badge = BackupBadge(desk, folder.path)
    qtbot.addWidget(badge)
    badge.before_leaving()
    desk.do(lambda s: backups.choose(s, place))
    back_up(desk, folder, place, now=datetime.now().replace(microsecond=0) - timedelta(minutes=1))
    badge.before_leaving()
    assert len(manifest.listed(place)) == 1
    register(desk)
    badge.before_leaving()
    assert len(manifest.listed(place)) == 2 and not modals.said


def test_when_nobody_is_there_the_data_are_checked_and_the_drill_is_held(
    qtbot: QtBot, desk: Desk, folder: Folder, place: Path
) -> None:
    badge = BackupBadge(desk, folder.path)
    qtbot.addWidget(badge)
    back_up(desk, folder, place)
    for _ in range(3):
        badge.idle()
        qtbot.waitUntil(lambda: not badge.busy)
    now = datetime.now()
    assert not desk.read(lambda s: drills.due(s, folder.path, now)) and desk.read(backups.made)[0].drilled_at
    assert not badge.failed


def test_damaged_data_can_be_left_for_a_backup_or_salvaged(
    qtbot: QtBot, desk: Desk, folder: Folder, password: str, modals: Modals
) -> None:
    register(desk)
    backups.before(desk.engine, folder.path, "导入台账", by=BY)
    desk.engine.dispose()
    data = bytearray(folder.database.read_bytes())
    data[-2000] ^= 1
    folder.database.write_bytes(data)
    dialog = DamageDialog(None, folder.path, "chen", password, Damaged("数据文件打不开。"))
    qtbot.addWidget(dialog)
    dialog.show()
    modals.answers.append("改用")
    press(dialog, "抢救还读得出来的…")
    assert dialog.planned and any("1 件案件" in words for words in modals.said)
    swap.finish(folder.path)
    assert cases(folder, password) == 1
    assert any(folder.path.parent.glob("*-损坏-*"))
    restore = RestoreDialog(None, next(folder.path.parent.glob("*-被替换-*")))
    qtbot.addWidget(restore)
    qtbot.waitUntil(lambda: len(restore.copies) == 1)
    restore.show()
    press(restore, "下一步")
    restore.password.setText(password)
    press(restore, "看看里面")
    assert "现在的数据打不开" in restore.lost.text()
    assert QApplication.activeModalWidget() is None


def test_with_a_damaged_log_one_goes_on_with_what_was_saved_before(
    qtbot: QtBot, desk: Desk, folder: Folder, password: str, modals: Modals
) -> None:
    for _ in range(3):
        register(desk)
    left = {path: path.read_bytes() for path in folder.path.iterdir() if not path.name.endswith("-shm")}
    desk.engine.dispose()
    for path, data in left.items():
        path.write_bytes(data)
    harmed = bytearray(left[folder.database.with_name("mediator.db-wal")])
    harmed[-99] ^= 1
    folder.database.with_name("mediator.db-wal").write_bytes(harmed)
    with pytest.raises(Damaged) as refused:
        open_folder(folder, "chen", password)
    dialog = DamageDialog(None, folder.path, "chen", password, refused.value)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "日志文件 mediator.db-wal 已损坏" in str(refused.value) and not unnamed(dialog)
    modals.answers.append("改用")
    press(dialog, "用较早的状态继续…")
    assert dialog.planned and any("2 件案件" in words for words in modals.said)
    swap.finish(folder.path)
    assert cases(folder, password) == 2
    (kept,) = folder.path.parent.glob("*-损坏-*")
    assert (kept / "mediator.db-wal").read_bytes() == harmed
