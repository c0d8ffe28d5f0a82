"""The page of papers of a case: listed, filled in, worded otherwise, issued, signed, scanned, issued again."""

from functools import partial
from typing import Any

from driving import TODAY, amend, press, reload, settle, type_in, unnamed, when, words_of
from papers_driving import choose, issue, state, titles
from PySide6.QtWidgets import QLabel, QListWidget, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.services import cases, papers
from mediator.ui.bound_file import LackingDialog
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.fill_dialog import FillDialog
from mediator.ui.paper_rows import DUE, Key, now
from mediator.ui.papers_pane import PapersPane
from mediator.ui.preview import PreviewDialog
from mediator.ui.scans_dialog import ScansDialog
from mediator.ui.sign_dialog import SignDialog
from mediator.ui.wording_dialog import WordingDialog

RIGHTS = "人民调解当事人权利义务告知书"
AGREED = "2026-10-02"


def test_what_is_owed_lies_on_top_and_the_rest_is_found_by_its_name(pane: PapersPane) -> None:
    owed = [row.title for row in pane.rows if row.heading == DUE]
    assert titles(pane) == owed
    assert "人民调解记录（2026-10-02）" in owed
    assert not [row.title for row in pane.rows if "封面" in row.title or "卷内目录" in row.title]
    assert "人民调解口头协议登记表" not in [row.title for row in pane.rows]
    pane.tree.search.setText("通知")
    assert titles(pane)
    assert all("通知" in title for title in titles(pane))
    pane.tree.search.setText("没有这种")
    assert titles(pane) == []
    assert pane.tree.nothing.isVisibleTo(pane)
    assert not pane.issue_button.isEnabled()
    pane.tree.search.setText("")
    assert titles(pane) == owed


def test_gaps_are_told_in_words_and_bar_the_paper(page: CasePage, desk: Desk) -> None:
    early = settle(desk, "阿依古丽·买买提", "2026-11-03", None)
    page.open(early.id)
    page.tabs.setCurrentWidget(page.papers)
    choose(page.papers, "人民调解协议书")
    assert state(page.papers, "人民调解协议书") == "还缺 1 项"
    assert "请填写协议事项" in page.papers.gaps.text()
    assert not page.papers.issue_button.isEnabled()
    assert page.papers.draft_button.isEnabled()


def test_an_issued_paper_says_what_it_is_about(pane: PapersPane) -> None:
    issue(pane, "人民调解记录")
    assert pane.issued.list.item(0).text().startswith("人民调解记录（2026-10-02）\n")


def test_a_change_shows_and_the_paper_is_issued_again(pane: PapersPane, desk: Desk, case: Case) -> None:
    issue(pane, "人民调解申请书")
    amend(desk, case, "其实是 2 楼漏水。")
    assert state(pane, "人民调解申请书") == "已出具，有改动"
    assert "与案件现状不一致" in pane.issued.list.item(0).text()
    seen: list[str] = []
    when(PreviewDialog, lambda box: seen.append(words_of(box.pdf)))
    press(pane, "重新出具")
    assert "其实是2楼漏水。" in seen[0]
    listed = [pane.issued.list.item(n).text() for n in range(pane.issued.list.count())]
    assert len(listed) == 2
    assert "不一致" not in listed[0]
    assert "先前的一份" in listed[1]
    assert pane.issued.list.currentRow() == 0
    assert not pane.issued.again_button.isVisibleTo(pane)
    assert state(pane, "人民调解申请书") == "已出具"


def test_a_paper_never_filled_in_is_filled_in_before_it_is_issued(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    choose(pane, "受理通知书")
    seen: list[str] = []

    def fill(dialog: Any) -> None:
        assert dialog.form.editors["addressee"].raw() == "王𬎆"
        type_in(dialog.form, addressee="王𬎆的女儿、王𬎆")
        press(dialog, "保存并出具")

    when(FillDialog, fill)
    when(PreviewDialog, lambda box: seen.append(words_of(box.pdf)))
    press(pane, "出具并打印")
    assert "王𬎆的女儿、王𬎆" in seen[0]
    kept = reload(desk, case).papers[0]
    assert kept.number == "人调受〔2026〕1号"
    assert "人调受〔2026〕1号" in pane.issued.list.item(0).text()
    when(PreviewDialog, lambda box: seen.append(words_of(box.pdf)))
    press(pane, "出具并打印")
    assert seen[0] == seen[1]
    assert len(reload(desk, case).papers) == 1


def test_leaving_the_questions_issues_nothing(pane: PapersPane, desk: Desk, case: Case) -> None:
    choose(pane, "受理通知书")
    when(FillDialog, lambda dialog: press(dialog, "取消"))
    press(pane, "出具并打印")
    stored = reload(desk, case)
    assert (stored.papers, stored.particulars) == ([], [])


def test_of_a_form_that_repeats_each_one_begun_is_listed_and_a_new_one(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    for what in ("受理通知书", "调解通知书"):
        choose(pane, "送达回证（新的一份）")
        when(FillDialog, partial(_fill_first, what))
        press(pane, "填写…")
    shown = [row.title for row in pane.rows if row.title.startswith("送达回证")]
    assert len(shown) == 3
    assert shown[:2] == ["送达回证（第 1 份，受理通知书）", "送达回证（第 2 份，调解通知书）"]
    row = pane.tree.row()
    assert row is not None
    assert row.title == shown[1]
    assert row.heading == DUE

    def drop(dialog: Any) -> None:
        when(QMessageBox, lambda box: press(box, "删去"))
        press(dialog, "删去这份填写")

    when(FillDialog, drop)
    press(pane, "填写…")
    assert len(reload(desk, case).particulars) == 1


def _fill_first(words: str, dialog: FillDialog) -> None:
    first, *_rest = dialog.form.editors
    type_in(dialog.form, **{first: words})
    press(dialog, "保存")


def test_a_draft_says_that_it_is_one_and_a_blank_form_holds_nothing(pane: PapersPane, case: Case) -> None:
    choose(pane, "人民调解申请书")
    seen: list[str] = []
    drafts: list[bool] = []

    def look(box: Any) -> None:
        seen.append(words_of(box.pdf))
        drafts.append(any("草稿，未出具" in label.text() for label in box.findChildren(QLabel)))

    for words in ("先看草稿", "空白表"):
        when(PreviewDialog, look)
        press(pane, words)
    assert drafts == [True, False]
    assert "王𬎆" in seen[0]
    assert "王𬎆" not in seen[1]
    assert "人民调解申请书" in seen[1]
    assert case.number not in seen[1]


def test_the_file_is_checked_and_bound(pane: PapersPane, case: Case) -> None:
    issue(pane, "人民调解协议书")
    lacking: list[str] = []

    def look(dialog: Any) -> None:
        listed = dialog.findChild(QListWidget)
        lacking.extend(listed.item(n).text() for n in range(listed.count()))

    when(LackingDialog, look)
    press(pane, "检查卷宗")
    assert any("《人民调解当事人权利义务告知书》" in words for words in lacking)
    assert any("处没有登记签名盖章" in words for words in lacking)
    seen: list[str] = []
    when(PreviewDialog, lambda box: seen.append(words_of(box.pdf)))
    press(pane, "装订整卷")
    assert case.number in seen[0]
    assert "人民调解协议书" in seen[0]


def test_a_file_without_papers_is_not_bound(pane: PapersPane) -> None:
    said = when(QMessageBox)
    press(pane, "装订整卷")
    assert "还没有出具过文书" in said[0]


def test_an_archived_case_is_only_looked_at_and_printed(page: CasePage, desk: Desk, case: Case) -> None:
    pane = page.papers
    issue(pane, "人民调解协议书")

    def archive(session: Session) -> None:
        cases.load(session, case.id).stage = Stage.ARCHIVED

    desk.do(archive)
    for each in (pane.issue_button, pane.fill_button, pane.word_button, pane.issued.sign_button):
        assert not each.isEnabled()
    assert pane.issued.print_button.isEnabled()

    def look(dialog: Any) -> None:
        assert not dialog.main.isVisibleTo(dialog)

    when(ScansDialog, look)
    press(pane, "加扫描件…")


def test_a_paper_of_the_office_is_filled_in_without_a_case(
    qtbot: QtBot, pane: PapersPane, desk: Desk
) -> None:
    key = Key("meeting", None, None)
    entry = desk.read(lambda s: now(s, None, key, TODAY))
    dialog = FillDialog(pane, desk, None, entry)
    type_in(dialog.form, place="社区三楼")
    dialog.main.click()
    kept = dialog.particulars_id
    assert kept is not None
    again = desk.read(lambda s: now(s, None, key._replace(particulars=kept), TODAY))
    assert papers.answers_of(again)["place"] == "社区三楼"


def test_the_page_and_its_dialogs_can_be_read_aloud(pane: PapersPane) -> None:
    issue(pane, "人民调解协议书")
    assert unnamed(pane) == []
    wrong: list[str] = []
    for kind, words in ((SignDialog, "签署登记…"), (ScansDialog, "加扫描件…"), (WordingDialog, "改措辞…")):
        when(kind, lambda dialog: wrong.extend(unnamed(dialog)))
        press(pane, words)
    choose(pane, "受理通知书")
    when(FillDialog, lambda dialog: wrong.extend(unnamed(dialog)))
    press(pane, "填写…")
    assert wrong == []
