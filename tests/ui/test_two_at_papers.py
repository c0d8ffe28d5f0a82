"""Two people at one paper: its words, what is filled in, who signed; the later one is shown what the other made of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from driving import BY, TODAY, press, put_up, reload, when
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine
from two_driving import HER, agreed, choose, her_desk, refused

from mediator.domain.case import Case
from mediator.forms.register import by_code
from mediator.services import (
    cases,
    draft_places,
    drafts,
    form_settings,
    office_papers,
    papers,
    particulars,
    signing,
    wordings,
)
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.fill_dialog import FillDialog
from mediator.ui.office_papers_page import OfficePapersPage
from mediator.ui.sign_dialog import SignDialog
from mediator.ui.wording_dialog import WordingDialog

RIGHTS, KNOWN = "rights", "均已知悉"

Hers = Callable[[Callable[[Any, Case], object]], None]


@pytest.fixture
def her(engine: Engine, desk: Desk) -> Desk:
    return her_desk(engine, desk)


@pytest.fixture
def hers(page: CasePage, her: Desk) -> Callable[[Callable[[Any, Case], object]], None]:
    """What she does on the case."""

    def act(verb: Callable[[Any, Case], object]) -> None:
        assert page.case is not None
        case_id = page.case.id
        her.do(lambda s: verb(s, cases.load(s, case_id)))

    return act


# papers


def on_rights(page: CasePage) -> None:
    page.papers.tree.choose(next(row.key for row in page.papers.rows if row.key.form == RIGHTS))


def reword(session: Any, case: Case, words: str) -> None:
    passage = next(words for words in passages(session, case) if KNOWN in words)
    particulars.reword(session, case, by_code(RIGHTS), None, passage, words, by=HER)


def passages(session: Any, case: Case) -> list[str]:
    entry = papers.one(session, case, by_code(RIGHTS), None, today=TODAY)
    return [one.words for one in wordings.read(session, entry)]


def worded(desk: Desk, case: Case) -> str:
    return str(
        desk.read(lambda s: papers.draft(s, cases.load(s, case.id), by_code(RIGHTS), None, today=TODAY))
    )


def to_passage(dialog: Any) -> None:
    dialog.list.setCurrentRow(next(n for n, one in enumerate(dialog.passages) if KNOWN in one.words))


@pytest.mark.parametrize(
    ("side", "by_hand", "stands"),
    [("mine", "", "我讲过了。"), ("theirs", "", "她讲过了。"), ("mine", "两人都讲过了。", "两人都讲过了。")],
)
def test_one_passage_of_a_paper_worded_by_both(
    page: CasePage, hers: Hers, desk: Desk, case: Case, side: str, by_hand: str, stands: str
) -> None:
    on_rights(page)
    seen: list[tuple[str, str, str]] = []

    def write(dialog: Any) -> None:
        to_passage(dialog)
        dialog.words.setPlainText("我讲过了。")
        hers(lambda s, c: reword(s, c, "她讲过了。"))
        choose(side, seen, by_hand)
        press(dialog, "保存措辞")

    when(WordingDialog, write)
    press(page.papers, "改措辞…")
    assert [(now, typed) for _label, now, typed in seen] == [("她讲过了。", "我讲过了。")]
    assert stands in worded(desk, case)


def test_other_passages_worded_by_her_stay_and_nobody_is_asked(
    page: CasePage, hers: Hers, desk: Desk, case: Case
) -> None:
    on_rights(page)

    def write(dialog: Any) -> None:
        to_passage(dialog)
        dialog.words.setPlainText("我讲过了。")

        def change(session: Any, case: Case) -> None:
            other = next(one for one in passages(session, case) if "接受人民调解员" in one)
            particulars.reword(session, case, by_code(RIGHTS), None, other, "她改的另一段。", by=HER)

        hers(change)
        press(dialog, "保存措辞")

    when(WordingDialog, write)
    press(page.papers, "改措辞…")
    assert "她改的另一段。" in worded(desk, case)
    assert "我讲过了。" in worded(desk, case)


def test_a_passage_worded_by_both_for_all_papers(page: CasePage, hers: Hers, desk: Desk, case: Case) -> None:
    on_rights(page)
    seen: list[tuple[str, str, str]] = []

    def write(dialog: Any) -> None:
        to_passage(dialog)
        dialog.words.setPlainText("我讲过了。")
        dialog.always.setChecked(True)
        passage = dialog.passages[dialog.list.currentRow()].words
        hers(lambda s, _c: form_settings.reword(s, RIGHTS, passage, "以后都这样讲。"))
        choose("theirs", seen)
        press(dialog, "保存措辞")

    when(WordingDialog, write)
    press(page.papers, "改措辞…")
    assert [now for _label, now, _typed in seen] == ["以后都这样讲。\n（以后这种文书都这样写）"]
    assert set(desk.read(lambda s: form_settings.wording(s, by_code(RIGHTS))).values()) == {"以后都这样讲。"}


def test_words_typed_before_the_program_was_killed_meet_what_she_wrote_since(
    page: CasePage, hers: Hers, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    on_rights(page)

    def crash(dialog: Any) -> None:
        to_passage(dialog)
        dialog.words.setPlainText("我讲过了。")
        dialog.keep_drafts()
        dialog.done(0)

    when(WordingDialog, crash)
    press(page.papers, "改措辞…")
    hers(lambda s, c: reword(s, c, "她讲过了。"))
    (told,) = desk.read(lambda s: draft_places.waiting(s, "", desk.today))
    assert [(one.typed, one.now, one.moved) for one in told.differences] == [
        ("我讲过了。", "她讲过了。", True)
    ]
    seen: list[tuple[str, str, str]] = []

    def save(dialog: Any) -> None:
        choose("mine", seen)
        press(dialog, "保存措辞")

    when(WordingDialog, save)
    page.resume(told.draft)
    assert len(seen) == 1
    assert "我讲过了。" in worded(desk, case)
    assert desk.read(drafts.all_of) == []


def test_what_she_filled_in_since_is_not_thrown_away(
    page: CasePage, hers: Hers, desk: Desk, case: Case
) -> None:
    form = by_code("accepted")
    key = form.asks[0].key
    desk.do(
        lambda s: particulars.fill(
            s, cases.load(s, case.id), form, None, {key: form.asks[0].field.sample}, by=BY
        )
    )
    page.papers.tree.choose(next(row.key for row in page.papers.rows if row.key.form == "accepted"))
    told: list[list[str]] = []

    def throw_away(dialog: Any) -> None:
        hers(lambda s, c: particulars.reword(s, c, form, None, "某一段", "她写的", by=HER))
        told.append(agreed("删去"))
        press(dialog, "删去这份填写")

    when(FillDialog, throw_away)
    press(page.papers, "填写…")
    assert f"{HER}在" in told[0][0]
    assert len(reload(desk, case).particulars) == 1


def test_a_paper_of_the_office_she_went_on_with_is_not_thrown_away(
    qtbot: QtBot, desk: Desk, her: Desk
) -> None:
    form = by_code("meeting")
    kept = desk.do(lambda s: particulars.fill(s, None, form, None, {"host": "王𬎆"}, by=BY))
    page = put_up(qtbot, OfficePapersPage(desk))
    page.refresh()
    page.form_list.setCurrentRow([one.code for one in page.forms].index("meeting"))
    her.do(lambda s: particulars.fill(s, None, form, None, {"host": "李乙"}, by=HER, particulars_id=kept.id))
    refused(page, page.remove_button.text(), yes="删除")
    assert [one.id for one in desk.read(office_papers.begun)] == [kept.id]


def issue(session: Any, case: Case) -> None:
    papers.issue(session, case, by_code(RIGHTS), None, by=BY, today=TODAY)


@pytest.mark.parametrize(("side", "day"), [("mine", "2026-10-08"), ("theirs", "2026-10-09")])
def test_who_signed_recorded_by_both(
    page: CasePage, hers: Hers, desk: Desk, case: Case, side: str, day: str
) -> None:
    desk.do(lambda s: issue(s, cases.load(s, case.id)))
    (paper,) = reload(desk, case).papers
    seen: list[tuple[str, str, str]] = []

    def write(dialog: Any) -> None:
        for row in (0, 1):
            dialog.rows[row][0].setChecked(True)
            dialog.rows[row][1].widget.setText("2026-10-08")
        hers(lambda s, c: signing.sign(s, c, c.papers[0], [0], date(2026, 10, 9), by=HER, today=TODAY))
        choose(side, seen)
        press(dialog, "保存签署")

    when(SignDialog, write)
    press(page.papers, "签署登记…")
    places = signing.places(reload(desk, case).papers[0])
    assert [str(one.on) for one in places[:2]] == [day, "2026-10-08"]
    assert seen == [(signing.places(paper)[0].role, "2026年10月9日", "2026年10月8日")]
