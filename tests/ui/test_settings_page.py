"""The settings: the office, its people and accounts, what keeps it safe; a tab each."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from driving import BY, Modals, answer, press, read_message, settle, type_in
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.codes import Role
from mediator.services import accounts, cases, offices, policy, recovery, setup, staff
from mediator.store import keyfile
from mediator.store import superior as pair
from mediator.store.engine import key_of
from mediator.store.folder import Folder
from mediator.ui.desk import Desk
from mediator.ui.settings_page import SettingsPage
from mediator.ui.words_table import WordsTable

MA, WORD = "马秀英", "xiu ying de mi ma 1"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@pytest.fixture
def settings(qtbot: QtBot, engine: Engine, folder: Folder) -> SettingsPage:
    return shown(qtbot, Desk(engine, BY), folder)


def shown(qtbot: QtBot, desk: Desk, folder: Folder) -> SettingsPage:
    page = SettingsPage(desk, folder.path)
    qtbot.addWidget(page)
    page.resize(1176, 700)
    page.show()
    return page


@pytest.fixture
def two(settings: SettingsPage, folder: Folder) -> SettingsPage:
    """With a second account, chosen in the list."""
    settings.desk.do(lambda s: accounts.add(s, folder.path, MA, WORD))
    settings.refresh()
    settings.tabs.setCurrentWidget(settings.people)
    choose(settings, MA)
    return settings


def choose(settings: SettingsPage, name: str) -> None:
    names = [one.person.name for one in settings.people.people]
    settings.people.list.setCurrentRow(names.index(name))


def held(settings: SettingsPage, name: str) -> frozenset[Role]:
    return settings.desk.read(lambda s: accounts.find(s, name)).held


def test_the_office_is_kept_and_a_bad_pattern_refused(settings: SettingsPage) -> None:
    type_in(settings.office.form, case_pattern="没有号")
    seen = answer()
    press(settings, "保存调委会信息")
    assert "编号样式" in seen[0]
    type_in(settings.office.form, case_pattern="{年}-{号4}")
    answer()
    press(settings, "保存调委会信息")
    assert settings.desk.read(offices.own).case_pattern == "{年}-{号4}"


def test_a_tab_is_not_left_with_something_typed(settings: SettingsPage) -> None:
    type_in(settings.office.form, phone="000-11111111")
    answer(lambda box: press(box, "接着填"))
    settings.tabs.setCurrentWidget(settings.people)
    assert settings.tabs.currentWidget() is settings.office
    answer(lambda box: press(box, "不保存"))
    settings.tabs.setCurrentWidget(settings.people)
    assert settings.tabs.currentWidget() is settings.people
    assert settings.office.form.editors["phone"].raw() == ""
    press(settings, "增加人员")
    type_in(settings.people.form, name=MA)
    answer(lambda box: press(box, "接着填"))
    assert not settings.settle()
    press(settings, "保存人员")
    assert settings.settle()
    assert MA in {person.name for person in settings.desk.read(staff.everyone)}


def test_one_who_is_renamed_stays_at_work_under_the_new_name(settings: SettingsPage) -> None:
    settings.tabs.setCurrentWidget(settings.people)
    choose(settings, BY)
    type_in(settings.people.form, name="陈志𬎆")
    press(settings, "保存人员")
    assert settings.desk.who == "陈志𬎆"
    assert settings.desk.read(lambda s: staff.login_of(s, settings.desk.who)) == "chen"


# Accounts


def test_a_colleague_from_the_list_is_let_in(settings: SettingsPage, folder: Folder) -> None:
    settings.desk.do(lambda s: staff.put(s, {"name": "王𬎆"}, None))
    settings.refresh()
    settings.tabs.setCurrentWidget(settings.people)

    def fill_in(dialog: Any) -> None:
        assert [dialog.name.itemText(n) for n in range(dialog.name.count())] == ["王𬎆"]
        for box, words in ((dialog.theirs, "short"), (dialog.again, "short")):
            box.setText(words)
        seen = read_message()
        dialog.main.click()
        assert "密码太短" in seen[0]
        for box, words in ((dialog.theirs, WORD), (dialog.again, WORD)):
            box.setText(words)
        read_message()
        dialog.main.click()

    answer(fill_in)
    press(settings, "让另一位同事也能登录")
    assert setup.logins(folder.path) == ["chen", "王𬎆"]
    lines = [settings.people.list.item(n).text() for n in range(settings.people.list.count())]
    assert "王𬎆（工作人员，能登录）" in lines


def test_roles_are_ticked_with_a_plain_notice_where_two_had_better_be_apart(two: SettingsPage) -> None:
    pane = two.people.account
    assert not pane.save_button.isEnabled()
    pane.ticks[Role.ADMINISTRATOR].setChecked(True)
    assert not pane.notice.isVisible()
    pane.ticks[Role.AUDITOR].setChecked(True)
    assert "自己监督自己" in pane.notice.text() and pane.notice.isVisible()
    press(two, "保存角色")
    assert held(two, MA) == {Role.MEDIATOR, Role.ADMINISTRATOR, Role.AUDITOR}
    for tick in pane.ticks.values():
        tick.setChecked(False)
    seen = answer()
    press(two, "保存角色")
    assert "至少给" in seen[0]


def test_a_password_is_reset_and_an_account_shut(two: SettingsPage, folder: Folder) -> None:
    answer(lambda box: press(box, "停用"))
    press(two, "停用账号")
    assert setup.logins(folder.path) == ["chen"]
    assert "已停用" in two.people.account.state.text()

    def fill_in(dialog: Any) -> None:
        for box in (dialog.new, dialog.again):
            box.setText("ling yi ju mi ma 2")
        read_message()
        dialog.main.click()

    answer(fill_in)
    press(two, "重设密码…")
    assert "能登录" in two.people.account.state.text()
    setup.enter(folder.path, MA, "ling yi ju mi ma 2")[0].dispose()


def test_ones_own_password_is_changed(settings: SettingsPage, folder: Folder, password: str) -> None:
    settings.tabs.setCurrentWidget(settings.safety)

    def fill_in(dialog: Any) -> None:
        for old, words in (("wrong", "用户名或密码不对"), (password, "已经改好")):
            dialog.old.setText(old)
            for box in (dialog.new, dialog.again):
                box.setText(WORD)
            seen = read_message()
            dialog.main.click()
            assert words in seen[0]

    answer(fill_in)
    press(settings, "修改我的密码")
    setup.enter(folder.path, "chen", WORD)[0].dispose()


@pytest.mark.parametrize("way", ["button", "date"])
def test_who_leaves_hands_over_the_open_cases(two: SettingsPage, folder: Folder, way: str) -> None:
    case = settle(two.desk, "王𬎆", "2026-10-02", None)
    two.desk.do(lambda s: setattr(cases.load(s, case.id).assignments[0], "staff", accounts.find(s, MA)))
    old = key_of(two.desk.engine)

    def leave(dialog: Any) -> None:
        assert [line.words[0] for line in dialog.findChild(WordsTable).words.lines] == [case.number]
        seen = read_message()
        dialog.main.click()
        assert "请选一位接手的人" in seen[0]
        dialog.heir.choose(BY)
        dialog.main.click()

    answer(leave)
    if way == "button":
        press(two, "办离岗…")
    else:
        type_in(two.people.form, left_on="2026-10-31")
        press(two, "保存人员")
    assert setup.logins(folder.path) == ["chen"]
    left = two.desk.read(lambda s: accounts.find(s, MA)).left_on
    assert left == (date(2026, 10, 31) if way == "date" else date.today())
    assert [a.staff.name for a in two.desk.read(lambda s: cases.load(s, case.id)).assignments] == [BY]
    assert key_of(two.desk.engine) == old


def test_a_mistrusted_leaver_costs_a_new_data_key(
    two: SettingsPage, folder: Folder, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = key_of(two.desk.engine)
    told: list[list[str]] = []

    def ways(dialog: Any) -> None:
        dialog.none.setChecked(True)
        told.append(read_message())
        dialog.main.click()

    def leave(dialog: Any) -> None:
        dialog.new_key.setChecked(True)
        answer(ways)
        dialog.main.click()

    answer(leave)
    press(two, "办离岗…")
    assert "数据密钥换好了" in told[0][0] and "现在没有恢复密钥" in told[0][0]
    assert key_of(two.desk.engine) != old
    assert two.desk.read(offices.own).name == "滨江社区人民调解委员会"
    assert len(list(folder.path.glob("换密钥之前-*"))) == 1
    two.desk.engine.dispose()
    setup.enter(folder.path, "chen", password)[0].dispose()


def test_a_list_that_somebody_changed_is_told_and_confirmed(two: SettingsPage, folder: Folder) -> None:
    assert not two.people.warning.isVisible()
    body = json.loads(folder.keys.read_text())
    body["slots"].pop()
    del body["digest"]
    for copy in keyfile.copies(folder.keys):
        copy.write_text(json.dumps(body | {"digest": keyfile._digest(body)}))
    two.refresh()
    assert two.people.warning.isVisible() and "现在的名单是：chen" in two.people.doubt.text()
    press(two, "名单无误")
    assert not two.people.warning.isVisible()


# Safety


def test_the_rules_are_kept(settings: SettingsPage, qtbot: QtBot) -> None:
    settings.tabs.setCurrentWidget(settings.safety)
    type_in(settings.safety.form, lock_after="12", remind_days="")
    with qtbot.waitSignal(settings.safety.saved):
        press(settings, "保存安全设置")
    assert settings.desk.read(policy.lock_after) == 12
    assert settings.desk.read(policy.own).remind_days is None
    type_in(settings.safety.form, lock_after="0")
    press(settings, "保存安全设置")
    assert settings.desk.read(policy.lock_after) == 1


def test_a_new_paper_takes_the_place_of_the_old(settings: SettingsPage, folder: Folder) -> None:
    settings.tabs.setCurrentWidget(settings.safety)
    assert "还没有恢复密钥" in settings.safety.paper.text()
    made: list[str] = []

    def fill_in(dialog: Any) -> None:
        seen = read_message()
        dialog.main.click()
        assert "恢复密钥应有" in seen[0]
        made.append(dialog.paper.recovery_key)
        dialog.paper.typed.setText(made[-1])
        dialog.main.click()

    for _ in range(2):
        answer(fill_in)
        press(settings, "换一张恢复密钥…")
    assert recovery.check(folder.path, made[1])
    assert "做的恢复密钥" in settings.safety.paper.text()


def test_a_superior_is_set_by_a_file_and_taken_off_again(
    settings: SettingsPage, folder: Folder, tmp_path: Path
) -> None:
    settings.tabs.setCurrentWidget(settings.safety)
    modals = Modals()
    (tmp_path / "别的.pem").write_bytes(b"x")
    (tmp_path / "恢复公钥.pem").write_bytes(pair.new_pair("ju li de mi ma")[1])
    modals.choose(tmp_path / "别的.pem")
    press(settings, "选公钥文件…")
    assert ["不是上级恢复公钥" in said for said in modals.said] == [True]
    modals.choose(tmp_path / "恢复公钥.pem")
    modals.acts.append(lambda dialog: (dialog.name.setText("滨江区司法局"), dialog.main.click()))
    press(settings, "选公钥文件…")
    assert "滨江区司法局" in settings.safety.superior.text()
    modals.timer.stop()
    answer(lambda box: press(box, "取消上级公钥"))
    press(settings.safety, "取消")
    assert recovery.ways_back(folder.path).superior == ""


# Who may


def test_what_somebody_may_not_do_is_grey_and_says_why(qtbot: QtBot, engine: Engine, folder: Folder) -> None:
    boss = Desk(engine, BY)
    boss.do(lambda s: accounts.add(s, folder.path, MA, WORD))
    page = shown(qtbot, Desk(engine, MA), folder)
    grey = (
        page.office.save_button, page.people.add_button, page.people.save_button, page.people.let_in_button,
        page.people.account.reset_button, page.people.account.disable_button, page.people.account.save_button,
        page.safety.save_button, page.safety.paper_button, page.safety.superior_button, page.safety.key_button,
    )  # fmt: skip
    for button in grey:
        assert not button.isEnabled() and button.toolTip().startswith("您的账号不能"), button.text()
    assert not page.people.account.ticks[Role.LEADER].isEnabled()
    boss.do(lambda s: accounts.set_roles(s, folder.path, MA, frozenset({Role.ADMINISTRATOR})))
    page = shown(qtbot, Desk(engine, MA), folder)
    assert page.people.account.reset_button.isEnabled() and page.safety.paper_button.isEnabled()
