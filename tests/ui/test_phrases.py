"""Phrases: kept by kind of dispute, seeded, changed in the settings, put where the cursor stands."""

from pathlib import Path
from typing import Any

import pytest
from driving import BY, answer, press, put_up, type_in, unnamed
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mediator.domain.codes import Kind
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape
from mediator.domain.slips import slips
from mediator.domain.wording import clean, prose
from mediator.forms.law import ARTICLES
from mediator.services import documents, phrases, setup
from mediator.services.phrase_seeds import SEEDS
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk
from mediator.ui.editors import editor
from mediator.ui.item_dialog import ItemDialog
from mediator.ui.phrase_choice import LAW, PhraseChoice
from mediator.ui.phrases_dialog import PhrasesDialog


def words(rows: list[Any]) -> list[str]:
    return [row.words for row in rows]


def put(session: Session, kind: Kind | None, text: str) -> int:
    return phrases.put(session, {"kind": kind, "words": text}).id


def test_those_of_the_kind_come_first_then_those_for_all(session: Session) -> None:
    for kind, text in ((Kind.TRAFFIC, "车"), (None, "都行"), (Kind.FAMILY, "家"), (Kind.NEIGHBOUR, "邻")):
        put(session, kind, text)
    assert words(phrases.listed(session, Kind.TRAFFIC)) == ["车", "都行", "家", "邻"]
    assert words(phrases.listed(session)) == ["都行", "家", "邻", "车"]


def test_a_phrase_says_something_and_only_once(session: Session) -> None:
    known = put(session, None, "双方和好。")
    for raw in ({"words": "  "}, {"words": "双方和好。"}):
        with pytest.raises(Refusal):
            phrases.put(session, raw)
    put(session, Kind.FAMILY, "双方和好。")
    other = put(session, None, "互不追究。")
    with pytest.raises(Refusal, match="一模一样"):
        phrases.put(session, {"words": "双方和好。"}, other)
    session.rollback()
    known = put(session, None, "双方和好。")
    assert phrases.put(session, {"words": "双方和好如初。"}, known).id == known
    phrases.drop(session, known)
    assert phrases.listed(session) == []
    with pytest.raises(Refusal, match="已经不在了"):
        phrases.drop(session, known)


def test_a_new_folder_begins_with_good_phrases(tmp_path: Path) -> None:
    office = {"name": "滨江社区人民调解委员会", "region": "000000", "case_pattern": "({年})第{号}号"}
    engine = setup.found(tmp_path / "新 文件夹", "陈志华", "滨江 practice 01", office)
    with Session(engine) as session:
        kept = {(row.kind, row.words) for row in phrases.listed(session)}
    engine.dispose()
    assert kept == set(SEEDS)
    assert len(SEEDS) == len(kept) >= 25
    assert {kind for kind, _ in SEEDS} > {None, Kind.FAMILY, Kind.NEIGHBOUR}
    known = {article.name for article in ARTICLES}
    for _kind, text in SEEDS:
        assert text == clean(text) == prose(text)
        assert text.endswith("。")
        assert [slip.found for slip in slips(text) if slip.found.strip("×")] == []
        for cited in text.partition("（人民调解法")[2].partition("）")[0].split("、"):
            assert not cited or cited in known, text


def test_the_articles_are_cited_as_papers_write_them() -> None:
    assert [article.number for article in ARTICLES] == sorted({article.number for article in ARTICLES})
    effect = next(article for article in ARTICLES if article.number == 29)
    assert effect.citation == "（人民调解法第二十九条）"
    assert next(a for a in ARTICLES if a.number == 20).name == "第二十条"


def test_a_phrase_goes_where_the_cursor_stands(qtbot: QtBot, desk: Desk) -> None:
    desk.do(lambda s: put(s, Kind.NEIGHBOUR, "三日内修好。"))
    desk.do(lambda s: put(s, Kind.FAMILY, "由女方抚养。"))
    raw = {"registered_on": "2026-03-01", "kind": "neighbour", "summary": "前后", "parties": []}
    case = desk.do(lambda s: documents.register(s, raw, by=BY, today=desk.today))
    page = put_up(qtbot, CasePage(desk))
    page.open(case.id)
    made = page.form.editors["summary"]
    box: Any = made.widget
    cursor = box.textCursor()
    cursor.setPosition(1)
    box.setTextCursor(cursor)
    shown: list[str] = []

    def choose(dialog: Any) -> None:
        shown.extend(dialog.list.item(n).text() for n in range(dialog.list.count()))
        press(dialog, "插入")

    answer(choose)
    box.phrases.click()
    assert made.raw() == "前三日内修好。后"
    assert page.form.dirty
    assert shown[:4] == ["邻里纠纷", "三日内修好。", "婚姻家庭纠纷", "由女方抚养。"]
    box.undo()
    assert made.raw() == "前后"
    dialog = ItemDialog(page.agreement, page.desk, case, None, lambda *_given: None)
    act: Any = dialog.form.editors["act"].widget
    answer(lambda box: press(box, "插入"))
    act.offer()
    assert act.toPlainText() == "三日内修好。"


def test_it_is_reached_by_keys_and_an_article_is_cited(qtbot: QtBot) -> None:
    made = editor(Field("调解情况", Shape.TEXT, most=2_000))
    box: Any = put_up(qtbot, made.widget)
    box.setFocus()

    def choose(dialog: Any) -> None:
        QTest.keyClicks(dialog.search, "33")
        assert dialog.list.currentItem().text().startswith("第三十三条")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    answer(choose)
    box.offer()
    assert made.raw() == "（人民调解法第三十三条）"


def test_nothing_is_offered_where_nothing_may_be_typed(qtbot: QtBot) -> None:
    made = editor(Field("调解情况", Shape.TEXT, most=2_000))
    box: Any = put_up(qtbot, made.widget)
    made.lock(True)
    assert not box.phrases.isVisible()
    box.offer()
    assert made.raw() == ""
    made.lock(False)
    assert box.phrases.isVisible()


def test_the_button_never_hides_words(qtbot: QtBot) -> None:
    made = editor(Field("调解情况", Shape.TEXT, most=2_000))
    box: Any = made.widget
    qtbot.addWidget(box)
    made.show("永" * 400)
    box.resize(300, 120)
    box.show()
    assert not box.viewport().geometry().intersects(box.phrases.geometry())
    assert box.horizontalScrollBar().maximum() == 0


def test_searching_narrows_the_list(qtbot: QtBot) -> None:
    entries = [
        ("物业纠纷", "补交物业费。"),
        ("各类纠纷都能用", "当面道歉。"),
        ("各类纠纷都能用", "一次付清。"),
    ]
    parent = put_up(qtbot, PhraseChoice(None, entries))
    assert unnamed(parent) == []

    def seen() -> list[str]:
        rows = [parent.list.item(n) for n in range(parent.list.count())]
        return [row.text() for row in rows if not row.isHidden()]

    assert seen()[:5] == ["物业纠纷", "补交物业费。", "各类纠纷都能用", "当面道歉。", "一次付清。"]
    parent.search.setText("道歉")
    assert seen() == ["各类纠纷都能用", "当面道歉。"]
    parent.search.setText("调解法 履行")
    assert set(seen()) >= {LAW}
    assert all("履行" in row for row in seen() if row != LAW)
    parent.search.setText("没有这样的话")
    assert seen() == []
    assert parent.none.isVisible()
    assert not parent.main.isEnabled()
    parent.search.setText("")
    QTest.keyClick(parent.search, Qt.Key.Key_Down)
    assert parent.list.currentItem().text() == "当面道歉。"
    QTest.keyClick(parent.search, Qt.Key.Key_Up)
    assert parent.list.currentItem().text() == "补交物业费。"


def test_phrases_are_added_changed_and_deleted_in_the_settings(qtbot: QtBot, desk: Desk) -> None:
    desk.do(lambda s: put(s, None, "旧话。"))
    dialog = put_up(qtbot, PhrasesDialog(None, desk))
    assert unnamed(dialog) == []
    press(dialog, "增加常用语")
    type_in(dialog.form, kind=Kind.PROPERTY, words="三日内清理楼道。")
    press(dialog, "保存常用语")
    stored = desk.read(phrases.listed)
    assert [(row.kind, row.words) for row in stored] == [
        (None, "旧话。"),
        (Kind.PROPERTY, "三日内清理楼道。"),
    ]
    assert dialog.list.currentRow() == 1
    dialog.list.setCurrentRow(0)
    type_in(dialog.form, words="新话。")
    answer(lambda box: press(box, "保存"))
    dialog.list.setCurrentRow(1)
    assert words(desk.read(phrases.listed)) == ["新话。", "三日内清理楼道。"]
    answer(lambda box: press(box, "删除"))
    press(dialog, "删除")
    assert words(desk.read(phrases.listed)) == ["新话。"]


def test_a_phrase_typed_and_not_saved_is_asked_about(qtbot: QtBot, desk: Desk) -> None:
    dialog = put_up(qtbot, PhrasesDialog(None, desk))
    press(dialog, "增加常用语")
    type_in(dialog.form, words="没保存。")
    answer(lambda box: press(box, "接着填"))
    press(dialog, "关闭")
    assert dialog.isVisible()
    answer(lambda box: press(box, "不保存"))
    press(dialog, "关闭")
    assert not dialog.isVisible()
    assert desk.read(phrases.listed) == []
