"""Nothing typed is lost on the way to a paper, nothing typed elsewhere is left off it, and nothing is issued unseen."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from driving import BY, TODAY, amend, press, put_up, reload, settle, type_in, when, words_of
from papers_driving import choose, double_click, issue, state
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.stages import MOVES
from mediator.services import cases, parts
from mediator.store.folder import Folder
from mediator.ui.advance_dialog import AdvanceDialog
from mediator.ui.bound_file import LackingDialog
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.fill_dialog import FillDialog
from mediator.ui.merge_dialog import MergeDialog
from mediator.ui.paper_rows import Key, now
from mediator.ui.papers_pane import PapersPane
from mediator.ui.preview import PreviewDialog
from mediator.ui.sign_dialog import SignDialog
from mediator.ui.window import Window
from mediator.ui.wording_dialog import WordingDialog

APPLICATION, ACCEPTED, NOTICE = "人民调解申请书", "受理通知书", Key("accepted", None, None)
NEW_SERVICE = "送达回证（新的一份）"


def type_facts(page: CasePage, words: str) -> None:
    """Type into the first tab, and leave it unsaved."""
    type_in(page.form, summary=words)
    assert page.form.dirty


def fill_service(words: str, dialog: FillDialog) -> None:
    type_in(dialog.form, document=words)
    press(dialog, dialog.main.text())


# what is typed on other tabs


@pytest.mark.parametrize("words", ["出具并打印", "先看草稿"])
def test_what_is_typed_elsewhere_is_saved_before_a_paper_is_made(
    page: CasePage, desk: Desk, case: Case, words: str
) -> None:
    choose(page.papers, APPLICATION)
    type_facts(page, "其实是暖气管裂了。")
    seen: list[str] = []
    when(PreviewDialog, lambda box: seen.append(words_of(box.pdf)))
    press(page.papers, words)
    assert "其实是暖气管裂了。" in seen[0]
    assert reload(desk, case).summary == "其实是暖气管裂了。"
    assert not page.form.dirty


def test_what_is_typed_elsewhere_is_saved_before_a_paper_is_issued_again(
    page: CasePage, desk: Desk, case: Case
) -> None:
    issue(page.papers, APPLICATION)
    amend(desk, case, "水管裂了。")
    type_facts(page, "其实是暖气管裂了。")
    seen: list[str] = []
    when(PreviewDialog, lambda box: seen.append(words_of(box.pdf)))
    press(page.papers, "重新出具")
    assert "其实是暖气管裂了。" in seen[0]


def test_what_is_typed_elsewhere_is_saved_before_the_file_is_checked_and_bound(
    page: CasePage, desk: Desk, case: Case
) -> None:
    issue(page.papers, APPLICATION)
    for words, kind in (("检查卷宗", LackingDialog), ("装订整卷", PreviewDialog)):
        type_facts(page, f"暖气管裂了，点了{words}。")
        when(kind)
        press(page.papers, words)
        assert reload(desk, case).summary == f"暖气管裂了，点了{words}。"


@pytest.mark.parametrize("words", ["出具并打印", "先看草稿", "检查卷宗", "装订整卷", "填写…", "改措辞…"])
def test_what_cannot_be_saved_stops_it_and_is_shown(
    page: CasePage, desk: Desk, case: Case, words: str
) -> None:
    issue(page.papers, APPLICATION)
    choose(page.papers, ACCEPTED)
    page.form.editors["claimed"].widget.setText("一万多")  # type: ignore[attr-defined]
    said = when(QMessageBox)
    press(page.papers, words)
    assert "争议金额" in said[0]
    assert page.tabs.currentIndex() == 0
    assert page.form.editors["claimed"].raw() == "一万多"
    assert [paper.form for paper in reload(desk, case).papers] == ["application"]


def test_a_paper_that_is_gone_once_the_rest_is_saved_is_not_issued(
    page: CasePage, desk: Desk, case: Case
) -> None:
    def again(session: Any) -> None:
        raw = {"held_at": "2026-10-02T09:00", "record": "先谈过一次。"}
        parts.put(session, cases.load(session, case.id), "sessions", raw, by=BY)

    desk.do(again)
    choose(page.papers, "人民调解记录（2026-10-02）")
    key = page.papers.tree.current()
    assert key is not None

    def drop(session: Any) -> None:
        parts.drop(session, cases.load(session, case.id), "sessions", key.subject or 0, by=BY)

    def save_and_lose() -> bool:
        desk.do(drop)
        return True

    page.papers.settled = save_and_lose
    said = when(QMessageBox)
    press(page.papers, "出具并打印")
    assert "已经不在案件里了" in said[0]
    assert reload(desk, case).papers == []


# filled in and not yet complete


def test_filled_in_in_part_a_paper_is_gone_on_with_and_not_begun_anew(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    choose(pane, NEW_SERVICE)

    def partly(dialog: Any) -> None:
        type_in(dialog.form, place="三楼 𬎆 室")
        press(dialog, "保存并出具")

    when(FillDialog, partly)
    said = when(QMessageBox)
    press(pane, "出具并打印")
    assert "请填写送达的文书" in said[0]
    seen: list[str] = []

    def whole(dialog: Any) -> None:
        assert dialog.form.editors["place"].raw() == "三楼 𬎆 室"
        fill_service("受理通知书", dialog)

    when(FillDialog, whole)
    when(PreviewDialog, lambda box: seen.append(words_of(box.pdf)))
    press(pane, "出具并打印")
    assert "三楼𬎆室" in seen[0]
    stored = reload(desk, case)
    assert (len(stored.particulars), len(stored.papers)) == (1, 1)


def test_what_was_searched_for_never_hides_the_paper_just_filled_in(pane: PapersPane) -> None:
    pane.tree.search.setText("新的一份")
    choose(pane, NEW_SERVICE)
    when(FillDialog, partial(fill_service, "受理通知书"))
    press(pane, "填写…")
    row = pane.tree.row()
    assert row is not None
    assert row.title == "送达回证（第 1 份，受理通知书）"


def test_to_word_a_paper_otherwise_is_not_to_fill_it_in(pane: PapersPane) -> None:
    choose(pane, ACCEPTED)

    def word(dialog: Any) -> None:
        dialog.words.setPlainText("现已受理，请到场。")
        press(dialog, "保存措辞")

    when(WordingDialog, word)
    press(pane, "改措辞…")
    asked = when(FillDialog, lambda dialog: press(dialog, "保存并出具"))
    when(PreviewDialog)
    press(pane, "出具并打印")
    assert asked
    when(PreviewDialog)
    press(pane, "出具并打印")
    assert state(pane, ACCEPTED) == "已出具"


def test_what_was_left_as_proposed_goes_on_following_the_case(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    choose(pane, ACCEPTED)
    when(FillDialog, lambda dialog: press(dialog, "保存"))
    press(pane, "填写…")
    [kept] = reload(desk, case).particulars
    assert kept.answers == "{}"
    applicant = reload(desk, case).parties[0].id

    def rename(session: Any) -> None:
        parts.put(session, cases.load(session, case.id), "parties", {"name": "王𬎆芳"}, by=BY, row=applicant)

    desk.do(rename)
    seen: list[str] = []
    when(PreviewDialog, lambda box: seen.append(words_of(box.pdf)))
    press(pane, "先看草稿")
    assert "王𬎆芳" in seen[0]


def test_of_two_who_fill_in_the_same_paper_the_later_loses_nothing(
    qtbot: QtBot, pane: PapersPane, desk: Desk, case: Case
) -> None:
    entry = desk.read(lambda s: now(s, case.id, NOTICE, TODAY))
    first, second = (FillDialog(pane, desk, case, entry) for _ in range(2))
    type_in(first.form, addressee="王𬎆的女儿")
    first.main.click()
    second.show()
    type_in(second.form, addressee="王𬎆的儿子")
    when(MergeDialog, lambda box: press(box, "先不保存"))
    second.main.click()
    assert second.isVisible()
    assert second.form.editors["addressee"].raw() == "王𬎆的儿子"
    [kept] = reload(desk, case).particulars
    assert "女儿" in kept.answers
    when(MergeDialog, lambda box: (box.panes[0].mine.setChecked(True), box.main.click()))
    second.main.click()
    assert not second.isVisible()
    [kept] = reload(desk, case).particulars
    assert "儿子" in kept.answers


# leaving with something typed


def type_notice(dialog: Any) -> None:
    type_in(dialog.form, addressee="王𬎆的女儿")


def word_first(dialog: Any) -> None:
    dialog.words.setPlainText("现已受理。")


def tick_first(dialog: Any) -> None:
    dialog.rows[0][0].setChecked(True)


LEFT: dict[type[QDialog], tuple[str, Callable[[Any], None]]] = {
    FillDialog: ("填写…", type_notice),
    WordingDialog: ("改措辞…", word_first),
    SignDialog: ("签署登记…", tick_first),
}


def kept(desk: Desk, case: Case) -> list[str]:
    """What was stored of the notice and the signatures."""
    stored = reload(desk, case)
    signed = [f"签{s.place}" for paper in stored.papers for s in paper.signings]
    return signed + [f"{p.answers}{p.wording}" for p in stored.particulars if p.form == "accepted"]


@pytest.mark.parametrize("kind", LEFT)
@pytest.mark.parametrize("leave", ["取消", "Esc"])
def test_no_dialog_of_papers_is_left_without_a_question(
    pane: PapersPane, desk: Desk, case: Case, kind: type[QDialog], leave: str
) -> None:
    issue(pane, "人民调解受理登记表")
    choose(pane, ACCEPTED)
    opens, change = LEFT[kind]
    said: list[list[str]] = []

    def away(dialog: Any, answer: str) -> None:
        said.append(when(QMessageBox, lambda box: press(box, answer)))
        press(dialog, leave) if leave != "Esc" else QTest.keyClick(dialog, Qt.Key.Key_Escape)

    def act(answer: str, dialog: Any) -> None:
        change(dialog)
        away(dialog, "接着填")
        assert dialog.isVisible()
        assert dialog.dirty
        away(dialog, answer)
        assert not dialog.isVisible()

    before = kept(desk, case)
    when(kind, partial(act, "不保存"))
    press(pane, opens)
    assert kept(desk, case) == before
    when(kind, partial(act, "保存"))
    press(pane, opens)
    assert kept(desk, case) != before
    assert len(said) == 4
    assert all("没有保存" in words[0] for words in said)


@pytest.mark.parametrize("kind", LEFT)
def test_nothing_typed_nothing_asked(pane: PapersPane, kind: type[QDialog]) -> None:
    issue(pane, "人民调解受理登记表")
    choose(pane, ACCEPTED)
    stays: list[bool] = []

    def leave(dialog: Any) -> None:
        dialog.reject()
        stays.append(dialog.isVisible())

    when(kind, leave)
    press(pane, LEFT[kind][0])
    assert stays == [False]


def test_saved_on_leaving_a_paper_is_not_issued(pane: PapersPane, desk: Desk, case: Case) -> None:
    choose(pane, ACCEPTED)

    def leave(dialog: Any) -> None:
        type_notice(dialog)
        when(QMessageBox, lambda box: press(box, "保存"))
        press(dialog, "取消")

    when(FillDialog, leave)
    press(pane, "出具并打印")
    stored = reload(desk, case)
    assert "女儿" in stored.particulars[0].answers
    assert stored.papers == []


def test_a_reason_typed_for_a_step_is_not_thrown_away_either(qtbot: QtBot, desk: Desk, case: Case) -> None:
    early = settle(desk, "阿依古丽·买买提", "2026-11-03", None)
    shown = reload(desk, early)
    stop = next(move for move in MOVES if (move.start, move.to) == (shown.stage, Stage.SUSPENDED))
    dialog = AdvanceDialog(None, desk, shown, stop)
    dialog.show()
    dialog.reason.setPlainText("等鉴定结果。")
    said = when(QMessageBox, lambda box: press(box, "接着填"))
    dialog.reject()
    assert stop.label in said[0]
    assert dialog.isVisible()
    when(QMessageBox, lambda box: press(box, stop.label))
    dialog.reject()
    assert not dialog.isVisible()
    assert reload(desk, early).stage is Stage.SUSPENDED


# not printed, not issued


def test_what_cannot_be_printed_does_not_count_as_issued(
    pane: PapersPane, desk: Desk, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIATOR_FONTS", str(tmp_path / "none"))
    choose(pane, "人民调解协议书")
    said = when(QMessageBox)
    press(pane, "出具并打印")
    assert "字体" in said[0]
    assert reload(desk, case).papers == []
    assert state(pane, "人民调解协议书") == "可以出具"


# unsteady hands


def test_a_double_click_opens_and_issues_once(
    pane: PapersPane, desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def look(dialog: QDialog) -> bool:
        opened.append(dialog.windowTitle())
        dialog.deleteLater()
        return False

    for where in ("preview", "papers_pane", "issued_pane"):
        monkeypatch.setattr(f"mediator.ui.{where}.run", look)
    choose(pane, APPLICATION)
    double_click(pane.issue_button)
    choose(pane, NEW_SERVICE)
    double_click(pane.fill_button)
    double_click(pane.issued.sign_button)
    assert opened == ["预览：人民调解申请书", "填写：送达回证", "签署登记：人民调解申请书"]
    assert len(reload(desk, case).papers) == 1


def test_the_case_cannot_be_changed_under_a_dialog(
    qtbot: QtBot, desk: Desk, folder: Folder, case: Case
) -> None:
    window = put_up(qtbot, Window(desk, folder.path, practice=False))
    window.open_case(case.id)
    window.case.tabs.setCurrentWidget(window.case.papers)
    choose(window.case.papers, ACCEPTED)

    handle, nav = window.windowHandle(), window._nav.buttons()[0].mapTo(window, QPoint(20, 12))
    papers_pane = window.case.papers

    def leave(dialog: Any) -> None:
        assert dialog.isModal()
        assert QApplication.activeModalWidget() is dialog
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=nav)
        QTest.keyClick(handle, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        assert window.pages.currentWidget() is window.case
        assert papers_pane.case is not None
        assert papers_pane.case.id == case.id

    for kind, words in ((FillDialog, "填写…"), (WordingDialog, "改措辞…"), (PreviewDialog, "先看草稿")):
        opened = when(kind, leave)
        press(papers_pane, words)
        assert opened
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=nav)
    assert window.pages.currentWidget() is window.cases
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(handle, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.pages.currentWidget() is window.office_papers
