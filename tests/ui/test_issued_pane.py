"""Papers that were issued: signed, scanned, declared void, issued again, and what is said of each."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from driving import BY, TODAY, amend, press, reload, settle, when
from papers_driving import choose, issue, state
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QInputDialog, QMessageBox
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind, Outcome
from mediator.services import agreements, cases, materials, parts, signing
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.paper_words import effect_words, signed_words
from mediator.ui.papers_pane import PapersPane
from mediator.ui.preview import PreviewDialog
from mediator.ui.scans_dialog import ScansDialog
from mediator.ui.sign_dialog import SignDialog
from mediator.ui.style import QUIET

APPLICATION, AGREEMENT = "人民调解申请书", "人民调解协议书"


def listed(pane: PapersPane) -> list[str]:
    return [pane.issued.list.item(n).text() for n in range(pane.issued.list.count())]


def sign_all(pane: PapersPane) -> None:
    """Have the chosen paper signed by all who must."""

    def act(dialog: Any) -> None:
        press(dialog, "全部在这一天签了")
        press(dialog, "保存签署")

    when(SignDialog, act)
    press(pane, "签署登记…")


def void(pane: PapersPane, reason: str) -> list[str]:
    """Declare the chosen paper void; what was asked."""
    asked: list[str] = []

    def act(box: Any) -> None:
        asked.append(box.labelText())
        box.setTextValue(reason)
        box.accept()

    when(QInputDialog, act)
    press(pane, "作废…")
    return asked


# signed


def test_signed_by_all_an_agreement_takes_effect_and_says_so(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    issue(pane, AGREEMENT)
    assert state(pane, AGREEMENT) == "已出具"
    assert "已打印，未签" in pane.issued.list.item(0).text()

    def one(dialog: Any) -> None:
        dialog.rows[0][0].setChecked(True)
        assert dialog.rows[0][1].raw() == TODAY.isoformat()
        dialog.rows[0][1].widget.setText("2026-10-05")
        press(dialog, "保存签署")

    when(SignDialog, one)
    press(pane, "签署登记…")
    assert "；1/" in pane.issued.list.item(0).text()
    assert not pane.issued.effect.isVisibleTo(pane)

    def all_of_them(dialog: Any) -> None:
        dialog.day.widget.setText("2026-11-20")
        press(dialog, "全部在这一天签了")
        press(dialog, "保存签署")

    when(SignDialog, all_of_them)
    said = when(QMessageBox)
    press(pane, "签署登记…")
    agreement = reload(desk, case).agreement
    assert agreement is not None
    assert agreement.effective_on == date(2026, 11, 20)
    words = "协议书自2026年11月20日起生效；可以在2026年12月20日前（含当日）共同申请司法确认，还有 29 天。"
    assert said == [words]
    assert pane.issued.effect.text() == words
    assert "签署齐全" in pane.issued.list.item(0).text()
    first = reload(desk, case).papers[0].signings[0]
    assert first.on == date(2026, 10, 5)


def test_a_tick_taken_away_takes_the_signature_back(pane: PapersPane, desk: Desk, case: Case) -> None:
    issue(pane, "人民调解受理登记表")

    def every(dialog: Any) -> None:
        for box, _day in dialog.rows:
            box.setChecked(True)
        press(dialog, "保存签署")

    def but_one(dialog: Any) -> None:
        assert all(box.isChecked() for box, _day in dialog.rows)
        dialog.rows[1][0].setChecked(False)
        press(dialog, "保存签署")

    for act in (every, but_one):
        when(SignDialog, act)
        press(pane, "签署登记…")
    signed = reload(desk, case).papers[0].signings
    assert sorted(signing.place for signing in signed) == [n for n in range(len(signed) + 1) if n != 1]


def test_a_ticked_place_without_a_day_is_refused(pane: PapersPane, desk: Desk, case: Case) -> None:
    issue(pane, "人民调解受理登记表")

    def act(dialog: Any) -> None:
        dialog.rows[0][0].setChecked(True)
        dialog.rows[0][1].widget.setText("")
        said = when(QMessageBox)
        press(dialog, "保存签署")
        assert "请填写签署日期" in said[0]
        assert dialog.isVisible()

    when(SignDialog, act)
    press(pane, "签署登记…")
    assert reload(desk, case).papers[0].signings == []


def make_optional(desk: Desk, case: Case, number: int) -> None:
    """Let a place of the only paper be one that may stay unsigned."""

    def verb(session: Session) -> None:
        [paper] = cases.load(session, case.id).papers
        tree = json.loads(paper.blocks)
        signatures = [block for block in tree["paper"]["blocks"] if block["is"] == "Signatures"]
        places = [place for block in signatures for place in block["places"]]
        places[number]["optional"] = True
        paper.blocks = json.dumps(tree, ensure_ascii=False)

    desk.do(verb)


def test_who_may_sign_but_need_not_is_marked_and_not_counted(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    issue(pane, AGREEMENT)
    needed = [place for place in signing.places(reload(desk, case).papers[0]) if not place.optional]
    make_optional(desk, case, 1)
    seen: list[list[str]] = []

    def act(dialog: Any) -> None:
        names = [box.accessibleName() for box, _day in dialog.rows]
        seen.append([name for name in names if "可不签" in name])
        assert "（可不签）" in names[1]
        dialog.rows[0][0].setChecked(True)
        dialog.rows[1][0].setChecked(True)
        press(dialog, "保存签署")

    when(SignDialog, act)
    press(pane, "签署登记…")
    assert len(seen[0]) == len(signing.places(reload(desk, case).papers[0])) - len(needed) + 1
    assert f"；1/{len(needed) - 1} 已签" in listed(pane)[0]

    def the_rest(dialog: Any) -> None:
        dialog.rows[1][0].setChecked(False)
        press(dialog, "全部在这一天签了")
        assert not dialog.rows[1][0].isChecked()
        press(dialog, "保存签署")

    when(SignDialog, the_rest)
    when(QMessageBox)
    press(pane, "签署登记…")
    assert "签署齐全" in listed(pane)[0]


def test_of_an_oral_agreement_it_is_said_that_it_is_oral(page: CasePage, desk: Desk) -> None:
    oral = settle(desk, "林淑芬", "2026-11-03", Outcome.ORAL)
    page.open(oral.id)
    page.tabs.setCurrentWidget(page.papers)
    issue(page.papers, "人民调解口头协议登记表")
    said = when(QMessageBox)
    sign_all(page.papers)
    assert said[0].startswith("口头协议自2026年11月3日起生效")
    assert "协议书" not in said[0]
    assert page.papers.issued.effect.text() == said[0]


@pytest.mark.parametrize("outcome", [None, Outcome.NONE, Outcome.WITHDRAWN, Outcome.ENDED])
def test_without_an_agreement_nothing_is_said_of_its_effect(outcome: Outcome | None) -> None:
    case = Case(outcome=outcome, agreement=Agreement(effective_on=TODAY, items=[]))
    assert effect_words(case, TODAY) == ""


# void, gone and issued again


def test_declared_void_it_is_kept_at_the_end_and_printed_but_counts_no_more(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    issue(pane, APPLICATION)
    issue(pane, "人民调解受理登记表")
    pane.issued.list.setCurrentRow(0)
    asked = void(pane, "写错了当事人")
    assert "《人民调解受理登记表》" in asked[0]
    assert reload(desk, case).papers[1].void_reason == "写错了当事人"
    first, last = listed(pane)
    assert first.startswith(APPLICATION)
    assert "已作废：写错了当事人" in last
    assert pane.issued.list.item(1).foreground().color().name() == QUIET
    assert state(pane, "人民调解受理登记表") == "可以出具"
    pane.issued.list.setCurrentRow(1)
    for each in (pane.issued.sign_button, pane.issued.void_button):
        assert not each.isEnabled()
    shown = when(PreviewDialog)
    press(pane, "重新打印")
    assert shown
    issue(pane, "人民调解受理登记表")
    again = listed(pane)
    assert len(again) == 3
    assert again[0].startswith("人民调解受理登记表")
    assert "作废" in again[2]
    assert pane.issued.list.currentRow() == 0


def test_without_a_reason_nothing_is_declared_void(pane: PapersPane, desk: Desk, case: Case) -> None:
    issue(pane, APPLICATION)
    void(pane, "  ")
    assert reload(desk, case).papers[0].void_reason == ""


def test_with_the_signed_paper_void_the_agreement_has_no_effect(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    issue(pane, AGREEMENT)
    when(QMessageBox)
    sign_all(pane)
    assert "已经有人签过" in void(pane, "金额写错")[0]
    agreement = reload(desk, case).agreement
    assert agreement is not None
    assert agreement.effective_on is None
    assert not pane.issued.effect.isVisibleTo(pane)


def test_a_paper_about_something_deleted_is_to_be_declared_void(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    issue(pane, "人民调解记录")

    def verb(session: Session) -> None:
        one = cases.load(session, case.id)
        parts.put(session, one, "sessions", {"held_at": "2026-10-02T15:00", "record": "又谈。"}, by=BY)
        parts.drop(session, one, "sessions", one.sessions[0].id, by=BY)

    desk.do(verb)
    assert "案件里已没有这项内容，请作废" in listed(pane)[0]
    assert not pane.issued.again_button.isVisibleTo(pane)
    void(pane, "那一次没有谈成，记录已删")
    assert "请作废" not in listed(pane)[0]


@pytest.mark.parametrize("words", ["重新出具", "出具并打印"])
def test_before_a_signed_paper_is_issued_again_it_is_said_what_becomes_of_it(
    pane: PapersPane, desk: Desk, case: Case, words: str
) -> None:
    issue(pane, APPLICATION)
    sign_all(pane)
    amend(desk, case, "其实是暖气管裂了。")
    choose(pane, APPLICATION)
    said = when(QMessageBox, lambda box: press(box, "取消"))
    press(pane, words)
    assert "签齐以前，卷内仍用原来签好的一份" in said[0]
    assert len(reload(desk, case).papers) == 1
    when(QMessageBox, lambda box: press(box, "重新出具"))
    when(PreviewDialog)
    press(pane, words)
    assert len(reload(desk, case).papers) == 2
    assert "新的签齐以前，卷内仍用这一份" in listed(pane)[1]
    pane.issued.list.setCurrentRow(0)
    sign_all(pane)
    assert "卷内仍用" not in listed(pane)[1]
    assert "先前的一份" in listed(pane)[1]


def test_of_one_signed_in_part_it_is_said_that_the_signatures_do_not_go_over(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    issue(pane, AGREEMENT)

    def one(dialog: Any) -> None:
        dialog.rows[0][0].setChecked(True)
        press(dialog, "保存签署")

    when(SignDialog, one)
    press(pane, "签署登记…")
    amend(desk, case, "其实是暖气管裂了。")
    said = when(QMessageBox, lambda box: press(box, "取消"))
    press(pane, "重新出具")
    assert "从头签起" in said[0]


def test_nobody_is_asked_of_a_paper_that_nobody_signed(pane: PapersPane, desk: Desk, case: Case) -> None:
    issue(pane, APPLICATION)
    amend(desk, case, "其实是暖气管裂了。")
    shown = when(PreviewDialog)
    press(pane, "重新出具")
    assert shown
    assert len(reload(desk, case).papers) == 2


def test_a_paper_for_which_there_is_no_room_any_more_is_not_issued(
    pane: PapersPane, desk: Desk, case: Case
) -> None:
    choose(pane, AGREEMENT)
    key = pane.tree.current()
    assert key is not None

    def verb(session: Session) -> None:
        one = cases.load(session, case.id)
        agreements.put(session, one, {"terms": "今后和睦相处。"}, by=BY)
        one.outcome = Outcome.ORAL

    desk.do(verb)
    said = when(QMessageBox)
    pane._issue(key)
    assert "已经不在案件里了" in said[0]
    assert reload(desk, case).papers == []


# scanned


def test_scans_are_laid_to_a_paper_looked_at_and_taken_away(
    pane: PapersPane, desk: Desk, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(pane, AGREEMENT)
    files = [tmp_path / "签好的 协议.png", tmp_path / "不是照片.pdf"]
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill("#336699")
    image.save(str(files[0]))
    files[1].write_text("这不是 PDF")
    offered = [files[1:], files[:1]]
    monkeypatch.setattr("mediator.ui.scans_dialog.ask_for_files", lambda *_args: offered.pop(0))

    def add(dialog: Any) -> None:
        said = when(QMessageBox)
        press(dialog, "加扫描件…")
        assert "不是照片.pdf" in said[0]
        assert dialog.list.count() == 0
        press(dialog, "加扫描件…")
        assert dialog.list.item(0).text().startswith("签好的 协议.png")
        sizes: list[tuple[float, float]] = []
        when(PreviewDialog, lambda box: sizes.extend(box.view.sizes))
        press(dialog, "打开看")
        assert sizes[0][0] > sizes[0][1]

    when(ScansDialog, add)
    press(pane, "加扫描件…")
    assert "有 1 个扫描件" in pane.issued.list.item(0).text()
    assert pane.file.scans.isVisibleTo(pane)

    def remove(dialog: Any) -> None:
        when(QMessageBox, lambda box: press(box, "去掉"))
        press(dialog, "去掉")
        assert dialog.list.count() == 0

    when(ScansDialog, remove)
    press(pane, "加扫描件…")
    assert reload(desk, case).materials == []


def test_of_a_scan_of_several_pages_all_are_shown(pane: PapersPane, desk: Desk, case: Case) -> None:
    issue(pane, AGREEMENT)
    file = BytesIO()
    upright, lying = Image.new("RGB", (40, 70), "white"), Image.new("RGB", (70, 40), "red")
    upright.save(file, "TIFF", save_all=True, append_images=[lying, upright])

    def add(session: Session) -> None:
        one = cases.load(session, case.id)
        scan = materials.admit(file.getvalue(), "扫 描.tif")
        materials.add(session, one, scan, MaterialKind.SCAN, by=BY, paper=one.papers[0])

    desk.do(add)
    sizes: list[tuple[float, float]] = []

    def look(dialog: Any) -> None:
        when(PreviewDialog, lambda box: sizes.extend(box.view.sizes))
        press(dialog, "打开看")

    when(ScansDialog, look)
    press(pane, "加扫描件…")
    assert [wide > high for wide, high in sizes] == [False, True, False]


def test_a_void_paper_is_named_so_wherever_it_is_named(pane: PapersPane, desk: Desk, case: Case) -> None:
    issue(pane, APPLICATION)
    void(pane, "重复了")
    assert signed_words(reload(desk, case).papers[0]) == "已作废：重复了"
