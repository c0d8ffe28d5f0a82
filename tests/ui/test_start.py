"""The first start, the log-in, the settings and the crash window."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from driving import answer, choose_in, needed_width, press, put_up, read_message, unnamed, words_in
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator import app, log
from mediator.domain.codes import CommitteeType, Role
from mediator.domain.errors import Refusal
from mediator.services import access, backups, offices, policy, recovery, setup
from mediator.services.transaction import transaction
from mediator.store import one
from mediator.store.folder import Folder
from mediator.ui import one_window
from mediator.ui.desk import Desk
from mediator.ui.login import Login
from mediator.ui.waiting import WaitingDialog
from mediator.ui.wizard import Wizard

WORD = "bin jiang tiao jie 2026"


def fill(wizard: Wizard, **typed: str) -> None:
    for name, words in typed.items():
        box = getattr(wizard, name)
        widget = box if isinstance(box, QLineEdit) else box.widget
        widget.setText(words)


@pytest.fixture
def wizard(qtbot: QtBot, tmp_path: Path) -> Wizard:
    return put_up(qtbot, Wizard(tmp_path / "新 数据"))


def test_the_wizard_sets_up_an_office_that_can_be_entered(wizard: Wizard) -> None:
    fill(wizard, name="滨江社区人民调解委员会", region="000000")
    assert wizard.pattern.raw() == "({年})滨江人调字第{号3}号"
    assert "滨江人调字第001号" in wizard.sample.text()
    assert wizard.type.raw() is CommitteeType.COMMUNITY
    press(wizard, "下一步")
    fill(wizard, user="王𬎆", password=WORD, again=WORD)
    press(wizard, "下一步")
    for typed, words in (("", "恢复密钥应有 8 组"), (recovery.new(), "和纸上的不一样")):
        wizard.paper.typed.setText(typed)
        seen = answer()
        press(wizard, "下一步")
        assert words in seen[0] and wizard.pages.currentIndex() == 2
    wizard.paper.typed.setText(wizard.paper.recovery_key.lower())
    press(wizard, "下一步")
    assert not setup.is_set_up(wizard.folder) and "可以先不选" in wizard.backup.state.text()
    press(wizard, "完成")
    assert wizard.engine is not None
    wizard.engine.dispose()
    engine, who = setup.enter(wizard.folder, "王𬎆", WORD)
    desk = Desk(engine, who)
    assert (who, desk.read(offices.own).name) == ("王𬎆", "滨江社区人民调解委员会")
    first = desk.read(access.at_work)
    assert first is not None and first.held == frozenset(Role)
    assert desk.read(policy.own).backup_folder == ""
    engine.dispose()
    assert recovery.check(wizard.folder, wizard.paper.recovery_key) == "滨江社区人民调解委员会"


def test_the_recovery_key_is_shown_as_a_page_to_print(wizard: Wizard) -> None:
    wizard.paper.office = "滨江社区人民调解委员会"
    shown: list[bool] = []
    answer(
        lambda dialog: shown.append(
            words_in(dialog.pdf, "滨江社区人民调解委员会", *wizard.paper.recovery_key.split("-"))
        )
    )
    wizard.paper.print_button.click()
    assert shown == [True]


def test_the_type_is_proposed_from_the_name_until_one_is_chosen(wizard: Wizard) -> None:
    fill(wizard, name="䶮山镇人民调解委员会", region="000000")
    assert wizard.type.raw() is CommitteeType.TOWNSHIP
    fill(wizard, name="滨江派出所人民调解室")
    assert wizard.type.raw() is None
    seen = answer()
    press(wizard, "下一步")
    assert "请选择调委会类型" in seen[0] and wizard.pages.currentIndex() == 0
    choose_in(wizard.type.widget, "街道调委会")  # type: ignore[arg-type]
    fill(wizard, name="䶮村人民调解委员会")
    assert wizard.type.raw() is CommitteeType.STREET, "what was chosen stays"
    press(wizard, "下一步")
    fill(wizard, user="王𬎆", password=WORD, again=WORD)
    press(wizard, "下一步")
    wizard.paper.typed.setText(wizard.paper.recovery_key)
    press(wizard, "下一步")
    press(wizard, "完成")
    assert wizard.engine is not None
    assert Desk(wizard.engine, "王𬎆").read(offices.own).type is CommitteeType.STREET
    wizard.engine.dispose()


def test_a_place_for_backups_is_chosen_or_left_for_later_but_not_in_the_data(
    qtbot: QtBot, wizard: Wizard, tmp_path: Path
) -> None:
    fill(wizard, name="滨江社区人民调解委员会", region="000000", user="王𬎆", password=WORD, again=WORD)
    wizard.paper.typed.setText(wizard.paper.recovery_key)
    wizard.who = "王𬎆"
    for _ in range(3):
        press(wizard, "下一步")
    pane, inside, good = wizard.backup.pane, wizard.folder / "备份", tmp_path / "另一块硬盘"
    for place in (inside, good):
        place.mkdir(parents=True)
        pane.folder = place
        pane._show([])
        pane.list.setCurrentRow(0)
        assert wizard.backup.state.text() == f"自动备份到：{place}"
        if place is inside:
            seen = answer()
            press(wizard, "完成")
            assert "数据文件夹本身，或在它里面" in seen[0]
            assert wizard.engine is None and not setup.is_set_up(wizard.folder)
    press(wizard, "先不选")
    assert wizard.backup.place is None and "以后在“设置—备份”里选" in wizard.backup.state.text()
    pane.list.setCurrentRow(0)
    assert unnamed(wizard) == [] and needed_width(wizard) <= 800
    press(wizard, "完成")
    assert wizard.engine is not None
    desk = Desk(wizard.engine, "王𬎆")
    assert desk.read(policy.own).backup_folder == str(good)
    assert desk.read(lambda s: backups.due(s, datetime.now(), leaving=True))
    wizard.engine.dispose()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "", "region": "000000"}, "调委会名称"),
        ({"name": "滨江村调委会", "region": "五〇"}, "行政区划代码"),
        ({"name": "滨江村调委会", "region": "000000", "pattern": "第号"}, "编号样式"),
    ],
)
def test_what_cannot_serve_is_said_at_once_and_stays_typed(
    wizard: Wizard, typed: dict[str, str], words: str
) -> None:
    fill(wizard, **typed)
    seen = answer()
    press(wizard, "下一步")
    assert words in seen[0]
    assert wizard.pages.currentIndex() == 0
    assert wizard.name.raw() == typed["name"]
    assert not setup.is_set_up(wizard.folder)


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("短", "短", "密码太短"),
        ("aaaaaaaaaa", "aaaaaaaaaa", "太简单"),
        ("滨江村调委会滨江村调委会", "滨江村调委会滨江村调委会", "姓名或单位名称"),
        (WORD, f"{WORD} ", "不一样"),
    ],
)
def test_a_poor_password_sets_nothing_up(wizard: Wizard, password: str, again: str, words: str) -> None:
    fill(wizard, name="滨江村调委会", region="000000")
    press(wizard, "下一步")
    fill(wizard, user="陈", password=password, again=again)
    seen = answer()
    press(wizard, "下一步")
    assert words in seen[0]
    assert wizard.pages.currentIndex() == 1
    assert wizard.engine is None
    assert not setup.is_set_up(wizard.folder)


def test_log_in_refuses_a_wrong_password_and_takes_the_right_one(
    qtbot: QtBot, folder: Folder, password: str
) -> None:
    login = put_up(qtbot, Login(folder.path))
    assert login.user.currentText() == "chen"
    login.password.setText("不对的密码")
    seen = answer()
    press(login, "登录")
    assert seen == ["用户名或密码不对，请重新输入；密码区分大小写。"]
    login.password.setText(password)
    press(login, "登录")
    assert login.who == "陈志华"
    assert login.engine is not None
    login.engine.dispose()


def test_a_bug_is_logged_without_its_words_and_shown(qtbot: QtBot, tmp_path: Path) -> None:
    file = log.start(tmp_path)
    try:
        raise ValueError("周文谦 000000196203150013")
    except ValueError as error:
        shown: list[str] = []
        answer(lambda box: shown.append(box.detailedText()) if isinstance(box, QMessageBox) else None)
        app._crash(ValueError, error, sys.exc_info()[2])
    written = file.read_text("utf-8")
    assert "ValueError" in written and "test_start.py" in shown[0]
    assert "周文谦" not in written + shown[0]
    assert "0000001962" not in written + shown[0]


def test_practice_cases_are_made_behind_a_window_that_says_so(qtbot: QtBot) -> None:
    let, seen = Event(), []

    def make(told: Callable[[int, int], None]) -> None:
        told(1, 4)
        let.wait(5)

    waiting = put_up(qtbot, WaitingDialog("人民调解", "正在准备练习案件，请稍候……", make))
    qtbot.waitUntil(lambda: (waiting.progress.value(), waiting.progress.maximum()) == (1, 4))
    waiting.reject()
    seen.append(waiting.isVisible())
    let.set()
    qtbot.waitUntil(lambda: not waiting.isVisible())
    assert seen == [True]
    assert waiting.error is None


def test_what_goes_wrong_at_the_start_is_told_in_the_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = sys.excepthook

    def no_office(*_given: object) -> None:
        raise Refusal("这个数据文件夹还没有填写调委会信息，请重新运行首次设置。")

    monkeypatch.setattr(app, "_enter", no_office)
    monkeypatch.setattr(log, "start", lambda: None)
    seen = answer()
    assert app.run(tmp_path, practice=False) == 1
    sys.excepthook = hook
    assert "首次设置" in seen[0]


def test_enter_leads_the_wizard_on(wizard: Wizard) -> None:
    fill(wizard, name="滨江村调委会", region="000000")
    QTest.keyClick(wizard.region.widget, Qt.Key.Key_Return)
    assert wizard.pages.currentIndex() == 1


def test_who_forgot_the_password_comes_back_with_the_paper(
    qtbot: QtBot, folder: Folder, engine: Engine
) -> None:
    first = recovery.new()
    with transaction(engine, "陈志华") as session:
        recovery.adopt(session, folder.path, first)
    login = Login(folder.path)
    qtbot.addWidget(login)
    login.show()

    def come_back(dialog: Any) -> None:
        for typed, words in ((recovery.new(), "打不开这里的数据"), (first[:-1], "恢复密钥应有 8 组")):
            dialog.typed.setText(typed)
            seen = read_message()
            dialog.main.click()
            assert words in seen[0]
        dialog.typed.setText(first)
        for box in (dialog.new, dialog.again):
            box.setText(WORD)
        dialog.main.click()
        assert dialog.pages.currentIndex() == 1
        seen = read_message()
        dialog.main.click()
        assert "恢复密钥应有 8 组" in seen[0]
        fresh.append(dialog.paper.recovery_key)
        dialog.paper.typed.setText(fresh[0])
        dialog.main.click()

    fresh: list[str] = []
    answer(come_back)
    press(login, "用恢复密钥…")
    assert login.who == "陈志华" and login.engine is not None
    login.engine.dispose()
    setup.enter(folder.path, "chen", WORD)[0].dispose()
    assert recovery.check(folder.path, fresh[0])
    with pytest.raises(Refusal, match="打不开这里的数据"):
        recovery.check(folder.path, first)


def test_without_a_paper_it_is_not_offered(qtbot: QtBot, folder: Folder) -> None:
    login = Login(folder.path)
    qtbot.addWidget(login)
    login.show()
    assert not login.recover_button.isVisible()


def test_a_second_start_calls_the_first_and_ends(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook, rung = sys.excepthook, []
    monkeypatch.setattr(log, "start", lambda: None)
    held, bell = one.hold(tmp_path), one_window.Bell(tmp_path, lambda: rung.append(1))
    assert app.run(tmp_path, practice=False) == 0
    qtbot.waitUntil(lambda: rung == [1])
    bell.server.close()
    seen = answer()
    assert app.run(tmp_path, practice=False) == 1
    assert "已经在另一个窗口里打开" in seen[0]
    held.release()
    sys.excepthook = hook


def test_what_a_crash_left_does_not_silence_the_bell(qtbot: QtBot, tmp_path: Path) -> None:
    script = (
        "import sys, os; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from mediator.ui.one_window import Bell; app = QCoreApplication([])\n"
        "bell = Bell(Path(sys.argv[1])); print(bell.server.isListening(), flush=True); os._exit(9)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert ran.stdout == "True\n"
    rung: list[int] = []
    bell = one_window.Bell(tmp_path, lambda: rung.append(1))
    assert one_window.ring(tmp_path)
    qtbot.waitUntil(lambda: rung == [1])
    assert not one_window.ring(tmp_path / "another")
    bell.server.close()
