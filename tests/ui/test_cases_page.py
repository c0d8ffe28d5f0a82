"""The list of cases: what is looked for, and that it stays where it is."""

import sqlite3

import pytest
from driving import BY, answer, put_up, settle
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from mediator import app
from mediator.domain.audit import Entry
from mediator.domain.codes import Action, Kind, Outcome, Stage
from mediator.domain.errors import Refusal
from mediator.services import cases, documents, listing, transaction
from mediator.ui.cases_page import CasesPage
from mediator.ui.desk import Desk

MANY = 130


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CasesPage:
    return put_up(qtbot, CasesPage(desk), 1000, 500)


def test_the_stage_box_says_where_words_are_looked_for(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    case = settle(desk, "王𬎆", "2026-10-02", Outcome.NONE)
    desk.do(
        lambda s: documents.advance(
            s, cases.load(s, case.id), Stage.CLOSED, {"on": "2026-10-03"}, by=BY, today=desk.today
        )
    )
    assert (page.stage.currentText(), len(page.model.rows)) == ("未办结的", 0)
    page.search.setText("王𬎆")
    assert page.stage.currentText() == "全部阶段"
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    page.search.setText("")
    assert page.stage.currentText() == "未办结的"
    qtbot.waitUntil(lambda: not page.model.rows)


def test_a_stage_chosen_by_hand_is_not_changed_by_looking(page: CasesPage, desk: Desk) -> None:
    page.stage.choose(Stage.SETTLED)
    page.search.setText("王")
    page.search.setText("")
    assert page.stage.chosen() is Stage.SETTLED


def test_days_of_registration_narrow_the_list(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    for name, day in (("王𬎆", "2026-10-02"), ("周文谦", "2026-10-31"), ("𪚥小明", "2026-11-01")):
        settle(desk, name, day, None)
    page.since.widget.setText("2026.10.3")  # type: ignore[attr-defined]
    page.until.widget.setText("2026-10-31")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: [row.applicants for row in page.model.rows] == ["周文谦"])
    page.until.widget.setText("十月底")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: page.until.widget.property("wrong") == "true")
    assert len(page.model.rows) == 2


def fill(desk: Desk) -> None:
    def verb(session: object) -> None:
        for n in range(MANY):
            raw = {"registered_on": "2026-03-01", "parties": [{"side": "applicant", "name": f"王{n}"}]}
            documents.register(session, raw, by=BY, today=desk.today)  # type: ignore[arg-type]

    desk.do(verb)


def test_the_list_stays_where_it_is_when_something_is_saved(page: CasesPage, desk: Desk) -> None:
    fill(desk)
    page.table.scrollToBottom()
    page.model.fetchMore(page.table.rootIndex())
    page.table.setCurrentIndex(page.model.index(110, 0))
    chosen, top = page.model.rows[110].id, page.table.verticalScrollBar().value()
    assert top > 0
    desk.do(lambda s: cases.amend(s, cases.load(s, chosen), {"summary": "改了。"}, by=BY))
    assert len(page.model.rows) == MANY
    assert page.model.rows[page.table.currentIndex().row()].id == chosen
    assert page.table.verticalScrollBar().value() == top


def test_a_hidden_list_is_read_when_it_is_shown(page: CasesPage, desk: Desk) -> None:
    page.hide()
    settle(desk, "㛃䶮", "2026-10-02", None)
    assert not page.model.rows
    page.show()
    assert [row.applicants for row in page.model.rows] == ["㛃䶮"]
    assert page.found.text() == "1 件"


def test_a_list_that_cannot_be_read_says_why(page: CasesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    trouble = sqlite3.OperationalError("database is locked")
    trouble.sqlite_errorcode = sqlite3.SQLITE_BUSY

    def locked(*_given: object, **_more: object) -> None:
        raise OperationalError("select", {}, trouble)

    monkeypatch.setattr(listing, "find", locked)
    with pytest.raises(Refusal, match="占用") as caught:
        page.refresh()
    seen = answer()
    app._crash(caught.type, caught.value, None)
    assert "占用" in seen[0]


def searches(desk: Desk) -> list[str]:
    asked = select(Entry.detail).where(Entry.action == Action.SEARCHED).order_by(Entry.id)
    return desk.read(lambda s: list(s.scalars(asked)))


def test_looking_for_a_whole_number_is_kept_once(page: CasesPage, desk: Desk, qtbot: QtBot) -> None:
    for typed in ("1300000", "13000000000"):
        page.search.setText(typed)
        page.refresh()
    page.kind.choose(Kind.LAND)
    page.refresh()
    assert searches(desk) == ["按电话号码查找案件，找到 0 件"]
    page.search.setText("王𬎆")
    page.refresh()
    page.search.setText("13000000000")
    qtbot.waitUntil(lambda: len(searches(desk)) == 2)


def test_what_cannot_be_kept_is_not_looked_for(page: CasesPage, desk: Desk) -> None:
    settle(desk, "王𬎆", "2026-10-02", None)
    transaction.stop(desk.engine)
    page.search.setText("13000000000")
    with pytest.raises(Refusal):
        page.refresh()
    assert [row.applicants for row in page.model.rows] == ["王𬎆"]
