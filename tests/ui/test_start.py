"""The first start, the log-in, the settings and the crash window."""

import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from driving import answer, choose_in, press, put_up, type_in
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator import app, log
from mediator.domain.codes import CommitteeType
from mediator.domain.errors import Refusal
from mediator.services import offices, setup, staff
from mediator.store.folder import Folder
from mediator.ui.desk import Desk
from mediator.ui.login import Login
from mediator.ui.settings_page import SettingsPage
from mediator.ui.waiting import WaitingDialog
from mediator.ui.wizard import Wizard


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
    fill(wizard, user="王𬎆", password="滨江调解 2026", again="滨江调解 2026")
    press(wizard, "完成")
    assert wizard.engine is not None
    wizard.engine.dispose()
    engine, who = setup.enter(wizard.folder, "王𬎆", "滨江调解 2026")
    desk = Desk(engine, who)
    assert (who, desk.read(offices.own).name) == ("王𬎆", "滨江社区人民调解委员会")
    engine.dispose()


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
    fill(wizard, user="王𬎆", password="滨江调解 2026", again="滨江调解 2026")
    press(wizard, "完成")
    assert wizard.engine is not None
    assert Desk(wizard.engine, "王𬎆").read(offices.own).type is CommitteeType.STREET
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
        ("滨江调解 2026", "滨江调解 2027", "不一样"),
    ],
)
def test_a_poor_password_sets_nothing_up(wizard: Wizard, password: str, again: str, words: str) -> None:
    fill(wizard, name="滨江村调委会", region="000000")
    press(wizard, "下一步")
    fill(wizard, user="陈", password=password, again=again)
    seen = answer()
    press(wizard, "完成")
    assert words in seen[0]
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


@pytest.fixture
def settings(qtbot: QtBot, engine: Engine, folder: Folder) -> SettingsPage:
    return put_up(qtbot, SettingsPage(Desk(engine, "陈志华"), folder.path))


def test_settings_keep_the_office_and_refuse_a_bad_pattern(settings: SettingsPage) -> None:
    settings.office.editors["case_pattern"].widget.setText("没有号")  # type: ignore[attr-defined]
    seen = answer()
    press(settings, "保存调委会信息")
    assert "编号样式" in seen[0]
    settings.office.editors["case_pattern"].widget.setText("{年}-{号4}")  # type: ignore[attr-defined]
    answer()
    press(settings, "保存调委会信息")
    assert settings.desk.read(offices.own).case_pattern == "{年}-{号4}"


def test_a_person_is_added_and_leaves(settings: SettingsPage) -> None:
    press(settings, "增加人员")
    settings.person.editors["name"].widget.setText("马秀英")  # type: ignore[attr-defined]
    press(settings, "保存人员")
    assert "马秀英" in {p.name for p in settings.desk.read(staff.everyone)}


def test_a_second_user_can_log_in_and_a_changed_password_replaces_the_old(
    engine: Engine, folder: Folder, password: str
) -> None:
    setup.add_user(folder.path, engine, "马秀英", "秀英的密码 01", by="chen", by_password=password)
    setup.change_password(folder.path, "马秀英", "秀英的密码 01", "换过的密码 02")
    with pytest.raises(Refusal, match="用户名或密码不对"):
        setup.enter(folder.path, "马秀英", "秀英的密码 01")
    opened, who = setup.enter(folder.path, "马秀英", "换过的密码 02")
    assert who == "马秀英"
    opened.dispose()


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


def test_a_person_who_leaves_can_no_longer_log_in(
    settings: SettingsPage, engine: Engine, folder: Folder, password: str
) -> None:
    setup.add_user(folder.path, engine, "马秀英", "秀英的密码 01", by="chen", by_password=password)
    settings.refresh()
    names = [person.name for person in settings.people]
    settings.list.setCurrentRow(names.index("马秀英"))
    type_in(settings.person, left_on="2026-10-31")
    seen = answer(lambda box: press(box, "保存"))
    press(settings, "保存人员")
    assert "不能再登录" in seen[0]
    assert setup.logins(folder.path) == ["chen"]


def test_a_colleague_from_the_list_is_let_in(settings: SettingsPage, folder: Folder, password: str) -> None:
    settings.desk.do(lambda s: staff.put(s, {"name": "王𬎆"}, None))
    settings.refresh()

    def fill_in(dialog: Any) -> None:
        assert [dialog.name.itemText(n) for n in range(dialog.name.count())] == ["王𬎆"]
        for box, words in (
            (dialog.mine, password),
            (dialog.theirs, "同事的密码 01"),
            (dialog.again, "同事的密码 01"),
        ):
            box.setText(words)
        answer()
        dialog.main.click()

    answer(fill_in)
    press(settings, "让另一位同事也能登录")
    assert "王𬎆" in setup.logins(folder.path)


def test_settings_not_saved_are_asked_about(settings: SettingsPage) -> None:
    type_in(settings.office, phone="000-11111111")
    answer(lambda box: press(box, "接着填"))
    assert not settings.settle()
    press(settings, "增加人员")
    type_in(settings.person, name="马秀英")
    press(settings, "保存人员")
    assert settings.office.editors["phone"].raw() == "000-11111111"


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


def test_one_who_is_renamed_stays_at_work_under_the_new_name(settings: SettingsPage) -> None:
    names = [settings.list.item(n).text() for n in range(settings.list.count())]
    settings.list.setCurrentRow(next(n for n, name in enumerate(names) if name.startswith("陈志华")))
    settings.person.editors["name"].widget.setText("陈志𬎆")  # type: ignore[attr-defined]
    press(settings, "保存人员")
    assert settings.desk.who == "陈志𬎆"
    assert settings.desk.read(lambda s: staff.login_of(s, settings.desk.who)) == "chen"


def test_enter_leads_the_wizard_on(wizard: Wizard) -> None:
    fill(wizard, name="滨江村调委会", region="000000")
    QTest.keyClick(wizard.region.widget, Qt.Key.Key_Return)
    assert wizard.pages.currentIndex() == 1
