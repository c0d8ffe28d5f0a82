"""What the office chooses for its papers: their order, titles, standing, number patterns, and its own wording."""

from typing import Any

import pytest
from driving import answer, press, put_up, type_in, unnamed
from pytestqt.qtbot import QtBot

from mediator.domain.codes import Standing
from mediator.forms.case_file.back import BACK
from mediator.forms.form import Form
from mediator.forms.register import FORMS, by_code
from mediator.services import form_settings
from mediator.store.folder import Folder
from mediator.ui.desk import Desk
from mediator.ui.form_settings_dialog import IDLE, FormSettingsDialog
from mediator.ui.settings_page import SettingsPage

NUMBERED = next(form for form in FORMS if form.pattern and not form.of_office)
PLAIN = next(form for form in FORMS if not form.pattern and not form.of_office)


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> FormSettingsDialog:
    return put_up(qtbot, FormSettingsDialog(None, desk))


def choose(dialog: FormSettingsDialog, code: str) -> None:
    dialog.table.choose([form.code for form in dialog.forms].index(code))


def now(desk: Desk, code: str) -> Form:
    return desk.read(lambda s: form_settings.of(s, code))


def line(dialog: FormSettingsDialog, code: str) -> tuple[str, ...]:
    return dialog.table.words.lines[[form.code for form in dialog.forms].index(code)].words


def test_all_forms_of_cases_are_listed_in_the_order_of_the_file(dialog: FormSettingsDialog) -> None:
    codes = [form.code for form in dialog.forms]
    assert codes[:2] == ["cover", "contents"]
    assert codes[-1] == BACK.code
    assert codes[2:-1] == [form.code for form in FORMS if not form.of_office and not form.binds]
    assert line(dialog, "agreement") == ("人民调解协议书", by_code("agreement").standing.label, "")
    assert unnamed(dialog) == []


def test_a_form_is_moved_and_the_papers_of_the_office_keep_their_place(
    dialog: FormSettingsDialog, desk: Desk
) -> None:
    before = [form.code for form in dialog.forms]
    choose(dialog, before[4])
    press(dialog, "上移")
    press(dialog, "上移")
    assert not dialog.up_button.isEnabled()
    assert dialog.table.chosen() == 2
    after = [form.code for form in desk.read(form_settings.forms)]
    assert after[:5] == [before[0], before[1], before[4], before[2], before[3]]
    assert sorted(after) == sorted(form.code for form in FORMS)
    assert after[len(before) :] == [form.code for form in FORMS if form.of_office]
    press(dialog, "下移")
    assert [form.code for form in dialog.forms][2:5] == [before[2], before[4], before[3]]
    for code in (before[0], before[-1]):
        choose(dialog, code)
        assert not dialog.up_button.isEnabled()
        assert not dialog.down_button.isEnabled()
    choose(dialog, before[-2])
    assert not dialog.down_button.isEnabled()


def test_title_standing_and_number_are_chosen_and_put_back(dialog: FormSettingsDialog, desk: Desk) -> None:
    code = NUMBERED.code
    choose(dialog, code)
    assert NUMBERED.pattern in dialog.default.text()
    type_in(dialog.form, name="新名称", standing=Standing.OUT, pattern="滨调〔{年}〕{号3}号")
    press(dialog, "保存这份文书")
    assert (now(desk, code).title, now(desk, code).standing) == ("新名称", Standing.OUT)
    assert desk.read(lambda s: form_settings.pattern(s, by_code(code))) == "滨调〔{年}〕{号3}号"
    assert line(dialog, code) == ("新名称", "不入卷", "有改动")
    assert dialog.forms[dialog.table.chosen()].code == code
    seen = answer(lambda box: press(box, "恢复默认"))
    press(dialog, "恢复默认")
    assert NUMBERED.title in seen[0]
    assert now(desk, code) == NUMBERED
    assert dialog.form.editors["name"].raw() == ""
    assert not dialog.reset_button.isEnabled()


def test_a_pattern_that_cannot_serve_is_refused_and_stays_typed(
    dialog: FormSettingsDialog, desk: Desk
) -> None:
    choose(dialog, NUMBERED.code)
    type_in(dialog.form, pattern="没有号")
    seen = answer()
    press(dialog, "保存这份文书")
    assert "“没有号”" in seen[0]
    assert dialog.form.editors["pattern"].raw() == "没有号"
    assert desk.read(form_settings.all_of) == {}
    answer(lambda box: press(box, "不保存"))
    press(dialog, "关闭")
    assert not dialog.isVisible()


def test_only_a_form_with_its_own_series_has_a_pattern(dialog: FormSettingsDialog) -> None:
    box: Any = dialog.form.editors["pattern"].widget
    choose(dialog, PLAIN.code)
    assert not box.isEnabled()
    assert "没有自己的文号" in box.placeholderText()
    choose(dialog, NUMBERED.code)
    assert box.isEnabled()


def test_words_of_the_office_are_shown_and_put_back_one_by_one(
    dialog: FormSettingsDialog, desk: Desk
) -> None:
    desk.do(lambda s: form_settings.reword(s, PLAIN.code, "甲话", "乙话"))
    desk.do(lambda s: form_settings.reword(s, PLAIN.code, "丙话", "丁话"))
    dialog._list()
    choose(dialog, PLAIN.code)
    assert [dialog.wordings.item(n).text() for n in range(2)] == [
        f"原文：甲话\n改为：乙话\n{IDLE}",
        f"原文：丙话\n改为：丁话\n{IDLE}",
    ]
    dialog.wordings.setCurrentRow(0)
    press(dialog, "这一处改回原文")
    assert desk.read(lambda s: form_settings.wording(s, PLAIN)) == {"丙话": "丁话"}
    assert dialog.wordings.count() == 1
    press(dialog, "这一处改回原文")
    assert not dialog.wordings.isVisible()
    assert "没有改过" in dialog.wording_words.text()


def test_another_form_chosen_while_one_is_not_saved(
    dialog: FormSettingsDialog, desk: Desk, qtbot: QtBot
) -> None:
    choose(dialog, PLAIN.code)
    type_in(dialog.form, name="没保存")
    answer(lambda box: press(box, "接着填"))
    choose(dialog, NUMBERED.code)
    qtbot.waitUntil(lambda: dialog.forms[dialog.table.chosen()].code == PLAIN.code)
    assert dialog.form.editors["name"].raw() == "没保存"
    answer(lambda box: press(box, "保存"))
    choose(dialog, NUMBERED.code)
    qtbot.waitUntil(lambda: dialog.forms[dialog.table.chosen()].code == NUMBERED.code)
    assert now(desk, PLAIN.code).title == "没保存"
    assert dialog.form.editors["name"].raw() == ""


def test_both_dialogs_open_from_the_settings(qtbot: QtBot, desk: Desk, folder: Folder) -> None:
    page = put_up(qtbot, SettingsPage(desk, folder.path))
    titles = [page.tabs.tabText(n) for n in range(page.tabs.count())]
    page.tabs.setCurrentIndex(titles.index("文书"))
    opened: list[str] = []
    for words in ("文书设置…", "常用语…"):
        answer(lambda box: opened.append(box.windowTitle()))
        press(page, words)
    assert opened == ["文书设置", "常用语"]
