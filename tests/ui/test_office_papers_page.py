"""Papers of the office on the screen: begun, gone on with, looked at, issued, printed again, thrown away."""

from pathlib import Path
from typing import Any

import pytest
from driving import BY, TODAY, answer, press, put_up, settle, type_in, unnamed
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.codes import Outcome
from mediator.domain.errors import Refusal
from mediator.domain.papers import IssuedPaper, Particulars
from mediator.forms.register import FORMS, by_code
from mediator.services import office_papers, papers, particulars
from mediator.store.folder import Folder
from mediator.ui.desk import Desk
from mediator.ui.fill_dialog import FillDialog
from mediator.ui.office_papers_page import OfficePapersPage
from mediator.ui.paper_rows import Key, now
from mediator.ui.preview import PreviewDialog
from mediator.ui.window import Window

MEETING, BOOK = by_code("meeting"), by_code("register")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> OfficePapersPage:
    made = put_up(qtbot, OfficePapersPage(desk), 1084, 700)
    choose(made, MEETING.code)
    return made


def choose(page: OfficePapersPage, code: str) -> None:
    page.form_list.setCurrentRow([form.code for form in page.forms].index(code))


def fill(dialog: Any, **typed: str) -> None:
    """Answer the questions of a form; those not named with what the form gives for a sample."""
    assert isinstance(dialog, FillDialog)
    for key, made in dialog.form.editors.items():
        words = typed.get(key, made.field.sample)
        if isinstance(made.widget, QPlainTextEdit):
            made.widget.setPlainText(words)
        elif isinstance(made.widget, QLineEdit):
            made.widget.setText(words)
    press(dialog, "保存")


def begun(desk: Desk) -> list[Particulars]:
    return desk.read(office_papers.begun)


def issued(desk: Desk) -> list[IssuedPaper]:
    return desk.read(papers.of_office)


def shown(page: OfficePapersPage) -> list[str]:
    return [page.list.item(n).text() for n in range(page.list.count())]


def test_every_form_of_the_office_is_listed_with_what_it_asks(page: OfficePapersPage) -> None:
    codes = [form.code for form in FORMS if form.of_office]
    assert [form.code for form in page.forms] == codes
    book = page.form_list.item(codes.index(BOOK.code)).text()
    assert book.startswith("纠纷登记簿\n要填：")
    assert book.endswith("案件由程序列出。")
    assert "等 9 项" in page.form_list.item(codes.index(MEETING.code)).text()
    assert "新填一份" in page.hint.text()
    assert page.hint.isVisible()
    assert unnamed(page) == []


def test_one_is_begun_left_and_gone_on_with(page: OfficePapersPage, desk: Desk) -> None:
    answer(lambda box: fill(box, host="", place="三楼 𬎆 室"))
    press(page, "新填一份…")
    [kept] = begun(desk)
    assert issued(desk) == []
    assert "还没出具" in shown(page)[0]
    assert "主持人" in page.gaps.text()
    assert not page.issue_button.isEnabled()
    assert not page.again_button.isVisible()
    answer(lambda box: fill(box, host="王𬎆", place="三楼 𬎆 室"))
    press(page, "接着填…")
    assert [one.id for one in begun(desk)] == [kept.id]
    assert page.gaps.text() == ""
    assert page.issue_button.isEnabled()


def test_one_is_issued_and_printed_the_same_again(page: OfficePapersPage, desk: Desk) -> None:
    answer(fill)
    press(page, "新填一份…")
    pdfs: list[bytes] = []

    def look(box: Any) -> None:
        assert isinstance(box, PreviewDialog)
        pdfs.append(box.pdf)
        press(box, "关闭")

    answer(look)
    press(page, "出具并打印")
    [paper] = issued(desk)
    assert (paper.form, paper.case_id, paper.issued_by) == (MEETING.code, None, BY)
    assert begun(desk) == []
    assert f"{BY}出具" in shown(page)[0]
    assert not any(b.isVisible() for b in (page.issue_button, page.fill_button, page.remove_button))
    answer(look)
    press(page, "重新打印")
    assert pdfs[0] == pdfs[1]
    assert len(issued(desk)) == 1


def test_what_cannot_be_printed_does_not_count_as_issued(
    page: OfficePapersPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(fill)
    press(page, "新填一份…")
    monkeypatch.setenv("MEDIATOR_FONTS", str(tmp_path / "none"))
    seen = answer()
    press(page, "出具并打印")
    assert "字体" in seen[0]
    assert issued(desk) == []
    assert len(begun(desk)) == 1


def test_of_two_who_go_on_with_the_same_one_the_later_loses_nothing(
    page: OfficePapersPage, desk: Desk
) -> None:
    answer(fill)
    press(page, "新填一份…")
    [kept] = begun(desk)
    key = Key(MEETING.code, None, kept.id)
    first, second = (
        FillDialog(page, desk, None, desk.read(lambda s: now(s, None, key, TODAY))) for _ in range(2)
    )
    for dialog, host in ((first, "王𬎆"), (second, "阿依古丽·买买提")):
        dialog.show()
        type_in(dialog.form, host=host)
    first.main.click()
    shown: list[str] = []

    def look(box: Any) -> None:
        shown.append(box.panes[0].conflict.label)
        press(box, "先不保存")

    answer(look)
    second.main.click()
    assert shown == ["主持人"]
    assert second.isVisible()
    assert second.form.editors["host"].raw() == "阿依古丽·买买提"
    assert "王𬎆" in begun(desk)[0].answers
    second.done(0)


def test_a_listing_is_made_of_the_cases(page: OfficePapersPage, desk: Desk) -> None:
    settle(desk, "王𬎆", "2026-10-02", Outcome.WRITTEN)
    choose(page, BOOK.code)
    answer(lambda box: press(box, "保存"))
    press(page, "新填一份…")
    answer(lambda box: press(box, "关闭"))
    press(page, "出具并打印")
    words = issued(desk)[0].blocks
    assert "王𬎆" in words
    assert "2026-01-01，2026-11-21" in shown(page)[0]


def test_drafts_and_blank_papers_keep_nothing(page: OfficePapersPage, desk: Desk) -> None:
    titles: list[str] = []

    def look(box: Any) -> None:
        titles.append(box.windowTitle())
        press(box, "关闭")

    answer(look)
    press(page, "空白表")
    assert begun(desk) == []
    answer(fill)
    press(page, "新填一份…")
    answer(look)
    press(page, "先看草稿")
    assert [MEETING.title in title for title in titles] == [True, True]
    assert issued(desk) == []


def test_one_begun_is_thrown_away_but_never_one_issued(page: OfficePapersPage, desk: Desk) -> None:
    for _ in range(2):
        answer(fill)
        press(page, "新填一份…")
    answer(lambda box: press(box, "关闭"))
    press(page, "出具并打印")
    assert len(shown(page)) == 2
    answer(lambda box: press(box, "删除"))
    page.list.setCurrentRow(0)
    press(page, "删除")
    assert begun(desk) == []
    assert len(shown(page)) == 1
    [paper] = issued(desk)
    with pytest.raises(Refusal, match="已经出具"):
        desk.do(lambda s: office_papers.drop(s, paper.particulars_id or 0))


def test_papers_of_cases_are_none_of_the_office(page: OfficePapersPage, desk: Desk) -> None:
    made = settle(desk, "王𬎆", "2026-10-02", Outcome.WRITTEN)

    def verb(session: Any) -> None:
        from mediator.services import cases

        one = cases.load(session, made.id)
        particulars.fill(session, one, by_code("agreement"), None, {}, by=BY)

    desk.do(verb)
    assert begun(desk) == []


def test_it_stands_in_the_rail(qtbot: QtBot, engine: Engine, folder: Folder, desk: Desk) -> None:
    window = put_up(qtbot, Window(desk, folder.path, practice=False))
    assert [b.text() for b in window._nav.buttons()] == ["案件", "统计", "工作文书", "报送与汇总", "设置"]
    press(window, "工作文书")
    assert window.pages.currentWidget() is window.office_papers
    assert window._nav.buttons()[2].isChecked()
    assert window.office_papers.form_list.count() > 0
