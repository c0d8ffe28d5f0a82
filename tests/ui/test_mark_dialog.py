"""The code in the foot of a paper read again: which paper it is, and whether it still counts."""

from typing import Any

import pytest
from driving import BY, TODAY, amend, press, put_up, unnamed, when, words_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.papers import IssuedPaper
from mediator.forms.register import by_code
from mediator.services import cases, papers, particulars, printouts, signing
from mediator.ui.desk import Desk
from mediator.ui.mark_dialog import MarkDialog
from mediator.ui.office_papers_page import OfficePapersPage
from mediator.ui.preview import PreviewDialog

MEETING = by_code("meeting")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> OfficePapersPage:
    return put_up(qtbot, OfficePapersPage(desk), 1084, 700)


def issue(desk: Desk, case: Case, code: str = "application") -> IssuedPaper:
    def verb(session: Session) -> IssuedPaper:
        one = cases.load(session, case.id)
        issued = papers.issue(session, one, by_code(code), None, by=BY, today=TODAY)
        session.flush()
        return issued

    return desk.do(verb)


def mark(desk: Desk, issued: IssuedPaper) -> str:
    return desk.read(lambda s: printouts.of_issued(s, issued).foot.mark)


def read(page: OfficePapersPage, *marks: str) -> list[str]:
    """Read codes one after another as a scanner does; what was said of each."""
    said: list[str] = []

    def scan(dialog: Any) -> None:
        assert unnamed(dialog) == []
        assert not dialog.open_button.isEnabled()
        for words in marks:
            dialog.code.insert(words)
            QTest.keyClick(dialog.code, Qt.Key.Key_Return)
            said.append(f"{dialog.words.text()}\n{dialog.verdict.text()}")
            assert dialog.isVisible()
            assert dialog.code.text() == ""

    when(MarkDialog, scan)
    press(page, "核对二维码…")
    return said


def test_it_is_said_which_paper_it_is_and_whether_it_counts(
    page: OfficePapersPage, desk: Desk, case: Case
) -> None:
    first = issue(desk, case)
    amend(desk, case, "其实是暖气管裂了。")
    second, void = issue(desk, case), issue(desk, case, "acceptance")
    desk.do(lambda s: _void(s, case, void))
    said = read(page, *(mark(desk, paper) for paper in (first, second, void)))
    for words in said:
        assert case.number in words
        assert "王𬎆与滨江物业服务有限公司" in words
        assert f"{first.issued_at:%Y-%m-%d %H:%M} {BY} 出具" in words
    assert "《人民调解申请书》" in said[0]
    assert "不是最新的一份" in said[0]
    assert "这是最新的一份" in said[1]
    assert "《人民调解受理登记表》" in said[2]
    assert "已作废：重复了" in said[2]
    assert "最新" not in said[2]


def _void(session: Session, case: Case, paper: IssuedPaper) -> None:
    one = cases.load(session, case.id)
    wanted = next(issued for issued in one.papers if issued.id == paper.id)
    signing.void(session, one, wanted, by=BY, reason="重复了")


def test_of_the_same_words_issued_again_the_last_counts(
    page: OfficePapersPage, desk: Desk, case: Case
) -> None:
    before = desk.read(lambda s: cases.load(s, case.id).summary)
    first = issue(desk, case)
    amend(desk, case, "其实是暖气管裂了。")
    issue(desk, case)
    amend(desk, case, before)
    third = issue(desk, case)
    assert (first.digest, first.id != third.id) == (third.digest, True)
    [said] = read(page, mark(desk, first))
    assert "这是最新的一份" in said
    desk.do(lambda s: _void(s, case, third))
    [said] = read(page, mark(desk, first))
    assert "作废" not in said


def test_a_paper_of_the_office_belongs_to_no_case(page: OfficePapersPage, desk: Desk) -> None:
    def verb(session: Session) -> IssuedPaper:
        typed = {ask.key: ask.field.sample for ask in MEETING.asks}
        filled = particulars.fill(session, None, MEETING, None, typed, by=BY)
        return papers.issue_of_office(session, MEETING, filled, by=BY, today=TODAY)

    [said] = read(page, mark(desk, desk.do(verb)))
    assert "《会商会议记录》" in said
    assert "不属于哪一个案件" in said
    assert "这是最新的一份" in said


def test_what_is_none_of_ours_is_refused_and_the_next_is_read(
    page: OfficePapersPage, desk: Desk, case: Case
) -> None:
    good = mark(desk, issue(desk, case))
    strange = good[:-4] + "0000"
    said = read(page, "https://example.invalid/x", "", strange, good)
    assert "不是本程序文书上的二维码" in said[0]
    assert "不是本程序文书上的二维码" in said[1]
    assert "本单位没有出具过这份文书" in said[2]
    assert "《人民调解申请书》" in said[3]


def test_the_paper_found_is_opened(page: OfficePapersPage, desk: Desk, case: Case) -> None:
    words, shown = mark(desk, issue(desk, case)), []

    def open_it(dialog: Any) -> None:
        dialog.code.setText(words)
        press(dialog, "核对")
        when(PreviewDialog, lambda box: shown.append(words_of(box.pdf)))
        press(dialog, "打开这份文书")

    when(MarkDialog, open_it)
    press(page, "核对二维码…")
    assert "王𬎆" in shown[0]
