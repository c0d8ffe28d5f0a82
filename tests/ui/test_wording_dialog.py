"""Passages of a paper worded otherwise, left out and put back: for one paper, for all papers of a form, never with a name."""

from functools import partial
from typing import Any

import pytest
from driving import BY, TODAY, amend, press, reload, settle, when
from papers_driving import choose, issue
from PySide6.QtWidgets import QMessageBox

from mediator.domain.case import Case
from mediator.forms.register import by_code
from mediator.services import cases, form_settings, papers, particulars, parts
from mediator.ui.desk import Desk
from mediator.ui.papers_pane import PapersPane
from mediator.ui.preview import PreviewDialog
from mediator.ui.wording_dialog import WordingDialog

RIGHTS = "人民调解当事人权利义务告知书"
KNOWN, SPOKEN = "均已知悉", "以上内容都讲清楚了。"


def choose_passage(dialog: WordingDialog, words: str) -> None:
    row = next(n for n, passage in enumerate(dialog.passages) if words in passage.words)
    dialog.list.setCurrentRow(row)


def word(pane: PapersPane, passage: str, words: str | None, *, always: bool | None = None) -> None:
    """Word a passage otherwise on the paper chosen; None presses the button that puts back the program's words."""

    def act(dialog: Any) -> None:
        choose_passage(dialog, passage)
        if always is not None:
            (dialog.always if always else dialog.once).setChecked(True)
        if words is None:
            press(dialog, "恢复原文")
        else:
            dialog.words.setPlainText(words)
        press(dialog, "保存措辞")

    when(WordingDialog, act)
    press(pane, "改措辞…")


def drafted(desk: Desk, case: Case, code: str = "rights") -> str:
    """What a paper of a case says now."""
    return str(desk.read(lambda s: papers.draft(s, cases.load(s, case.id), by_code(code), None, today=TODAY)))


@pytest.fixture
def other(desk: Desk) -> Case:
    return settle(desk, "林淑芬", "2026-11-03", None)


def test_words_for_one_paper_are_kept_and_printed(pane: PapersPane, desk: Desk, other: Case) -> None:
    choose(pane, RIGHTS)

    def act(dialog: Any) -> None:
        choose_passage(dialog, "选择或者接受人民调解员")
        dialog.words.setPlainText("（一）选择、接受或者更换人民调解员；")
        assert dialog.list.currentItem().text().startswith("（已改）")
        press(dialog, "保存措辞")

    when(WordingDialog, act)
    press(pane, "改措辞…")
    assert "更换人民调解员" in issue(pane, RIGHTS)
    assert "更换人民调解员" not in drafted(desk, other)


def test_words_for_all_papers_of_a_form_and_back(pane: PapersPane, desk: Desk, other: Case) -> None:
    choose(pane, RIGHTS)
    word(pane, KNOWN, SPOKEN, always=True)
    assert "都讲清楚了" in drafted(desk, other)

    def back(dialog: Any) -> None:
        choose_passage(dialog, KNOWN)
        assert dialog.always.isChecked()
        press(dialog, "恢复原文")
        assert KNOWN in dialog.words.toPlainText()
        press(dialog, "保存措辞")

    when(WordingDialog, back)
    press(pane, "改措辞…")
    assert KNOWN in drafted(desk, other)
    assert desk.read(lambda s: form_settings.wording(s, by_code("rights"))) == {}


def test_emptied_a_passage_is_left_out_and_comes_back(pane: PapersPane, desk: Desk, case: Case) -> None:
    choose(pane, RIGHTS)
    word(pane, KNOWN, "")
    assert KNOWN not in drafted(desk, case)
    assert KNOWN not in issue(pane, RIGHTS)
    choose(pane, RIGHTS)
    seen: list[str] = []

    def look(dialog: Any) -> None:
        choose_passage(dialog, KNOWN)
        seen.append(dialog.list.currentItem().text())
        assert dialog.words.toPlainText() == ""
        press(dialog, "恢复原文")
        press(dialog, "保存措辞")

    when(WordingDialog, look)
    press(pane, "改措辞…")
    assert seen[0].startswith("（已删去）")
    assert KNOWN in seen[0]
    assert KNOWN in drafted(desk, case)


def test_left_out_of_all_papers_of_the_form(pane: PapersPane, desk: Desk, other: Case) -> None:
    choose(pane, RIGHTS)
    word(pane, KNOWN, "", always=True)
    assert KNOWN not in drafted(desk, other)


def test_one_paper_keeps_the_programs_words_where_the_office_has_others(
    pane: PapersPane, desk: Desk, case: Case, other: Case
) -> None:
    choose(pane, RIGHTS)
    word(pane, KNOWN, SPOKEN, always=True)
    word(pane, KNOWN, None, always=False)
    assert KNOWN in drafted(desk, case)
    assert "都讲清楚了" in drafted(desk, other)

    def as_the_office(dialog: Any) -> None:
        choose_passage(dialog, KNOWN)
        assert dialog.once.isChecked()
        press(dialog, "用本单位的写法")
        press(dialog, "保存措辞")

    when(WordingDialog, as_the_office)
    press(pane, "改措辞…")
    assert "都讲清楚了" in drafted(desk, case)
    assert [particulars.wording(kept) for kept in reload(desk, case).particulars] == [{}]


def test_looked_at_and_saved_nothing_is_worded_otherwise(pane: PapersPane, desk: Desk, case: Case) -> None:
    choose(pane, RIGHTS)

    def look(dialog: Any) -> None:
        for n in range(dialog.list.count()):
            dialog.list.setCurrentRow(n)
            before = dialog.passages[n].now
            dialog.words.setPlainText(f"{dialog.words.toPlainText()} ")
            dialog.always.setChecked(True)
            dialog.once.setChecked(True)
            assert dialog.passages[n].now == before
        assert not dialog.dirty
        press(dialog, "保存措辞")

    when(WordingDialog, look)
    press(pane, "改措辞…")
    assert reload(desk, case).particulars == []


def test_words_changed_and_changed_back_are_issued_again_each_time(pane: PapersPane) -> None:
    issue(pane, RIGHTS)
    for words in (SPOKEN, None):
        choose(pane, RIGHTS)
        word(pane, KNOWN, words)
        assert "与案件现状不一致" in pane.issued.list.item(0).text()
        when(PreviewDialog)
        press(pane, "重新出具")
        listed = [pane.issued.list.item(n).text() for n in range(pane.issued.list.count())]
        assert not [text for text in listed if "不一致" in text]
    assert [("先前的一份" in text) for text in listed] == [False, True, True]


def test_a_passage_with_facts_of_the_case_is_worded_for_it_alone(pane: PapersPane) -> None:
    choose(pane, "人民调解申请书")

    def look(dialog: Any) -> None:
        choose_passage(dialog, "楼上漏水。")
        assert not dialog.always.isEnabled()
        assert "本案的内容" in dialog.why.text()
        assert dialog.why.isVisibleTo(dialog)

    when(WordingDialog, look)
    press(pane, "改措辞…")


FACTS = {
    "姓名或名称": "王𬎆也已到场。",
    "证件号码": "证件 000000196203150013 已核对。",
    "联系电话": "有事打１３０ ０００００００1 找她。",
    "住址或住所": "寄到滨江路12号3栋2-1。",
    "代理人": "马兰艳代为签收。",
}


def tell_of_her(desk: Desk, case: Case) -> None:
    """Give the applicant everything by which she may be known, and somebody who acts for her."""
    raw = {
        "id_number": "000000196203150013", "phone": "000-0000000、13000000001", "address": "滨江路 12 号 3 栋 2-1",
        "representatives": [{"proxy": "agent", "name": "马兰艳"}],
    }  # fmt: skip
    wanted = case.parties[0].id
    desk.do(lambda s: parts.put(s, cases.load(s, case.id), "parties", raw, by=BY, row=wanted))


@pytest.mark.parametrize("what", FACTS)
def test_words_for_all_papers_never_tell_of_one_person(
    pane: PapersPane, desk: Desk, case: Case, other: Case, what: str
) -> None:
    tell_of_her(desk, case)
    choose(pane, RIGHTS)

    def act(dialog: Any) -> None:
        choose_passage(dialog, KNOWN)
        dialog.words.setPlainText(f"以上内容都讲清楚了，{FACTS[what]}")
        dialog.always.setChecked(True)
        said = when(QMessageBox)
        press(dialog, "保存措辞")
        assert what.replace("代理人", "姓名或名称") in said[0]
        assert "只改这一份" in said[0]
        assert dialog.isVisible()
        assert FACTS[what] in dialog.words.toPlainText()
        dialog.once.setChecked(True)
        press(dialog, "保存措辞")

    when(WordingDialog, act)
    press(pane, "改措辞…")
    assert "都讲清楚了" in drafted(desk, case)
    assert "都讲清楚了" not in drafted(desk, other)


def test_boxes_with_names_and_numbers_are_not_offered(pane: PapersPane, desk: Desk, case: Case) -> None:
    tell_of_her(desk, case)
    choose(pane, "人民调解申请书")
    offered: list[str] = []
    when(WordingDialog, lambda dialog: offered.extend(passage.words for passage in dialog.passages))
    press(pane, "改措辞…")
    assert "楼上漏水。" in offered
    assert not {"王𬎆", "000000196203150013", "滨江路 12 号 3 栋 2-1", "滨江物业服务有限公司"} & {*offered}


def test_it_is_said_how_many_places_change_together(pane: PapersPane) -> None:
    choose(pane, "司法确认申请书")
    seen: dict[str, bool] = {}

    def look(dialog: Any) -> None:
        for n, passage in enumerate(dialog.passages):
            dialog.list.setCurrentRow(n)
            seen[passage.words] = dialog.several.isVisibleTo(dialog)
            if seen[passage.words]:
                assert dialog.several.text() == f"这句话在本文书里出现 {passage.times} 处，会一起改。"
                assert passage.times == 2

    when(WordingDialog, look)
    press(pane, "改措辞…")
    assert [words for words, several in seen.items() if several] == ["申请人"]


def test_words_that_fit_nowhere_any_more_are_shown_and_dropped(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    choose(pane, "人民调解申请书")
    word(pane, "楼上漏水。", "楼上常年漏水。")
    amend(desk, case, "其实是水管裂了。")
    assert "手工改写的话对不上了" in pane.gaps.text()
    assert not pane.issue_button.isEnabled()

    def drop(dialog: Any) -> None:
        assert "楼上常年漏水。" in dialog.loose_words.text()
        press(dialog, "这些话不用了")
        assert not dialog.loose.isVisibleTo(dialog)

    when(WordingDialog, drop)
    press(pane, "改措辞…")
    assert pane.issue_button.isEnabled()
    assert "其实是水管裂了。" in issue(pane, "人民调解申请书")


def test_left_out_and_no_longer_there_it_is_told_by_what_it_was(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    choose(pane, "人民调解申请书")
    word(pane, "楼上漏水。", "")
    amend(desk, case, "其实是水管裂了。")
    seen: list[str] = []
    when(WordingDialog, lambda dialog: seen.append(dialog.loose_words.text()))
    press(pane, "改措辞…")
    assert "（删去）楼上漏水。" in seen[0]


def test_several_passages_of_a_new_paper_are_one_paper(pane: PapersPane, desk: Desk, case: Case) -> None:
    choose(pane, "送达回证（新的一份）")

    def act(first: bool, dialog: Any) -> None:
        for n, passage in enumerate(dialog.passages[:2]):
            dialog.list.setCurrentRow(n)
            dialog.words.setPlainText(f"{passage.words}（{n}）王𬎆")
        if first:
            dialog.always.setChecked(True)
            said = when(QMessageBox)
            press(dialog, "保存措辞")
            assert "王𬎆" in said[0]
            dialog.once.setChecked(True)
        press(dialog, "保存措辞")

    when(WordingDialog, partial(act, True))
    press(pane, "改措辞…")
    assert len(reload(desk, case).particulars) == 1
    row = pane.tree.row()
    assert row is not None
    assert "第 1 份" in row.title
