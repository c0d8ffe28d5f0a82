"""Large letters in a small window: comparisons and lists are seen whole, without scrolling sideways."""

from collections.abc import Iterator
from datetime import date

import pytest
from driving import Modals, press, put_up, settle
from figures_driving import count, row_of
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediator.domain.case import Case
from mediator.domain.codes import Outcome
from mediator.paper.fonts import ui_faces
from mediator.services.roster_list import ROSTERS
from mediator.tallies.register import TABLES
from mediator.ui import style
from mediator.ui.behind_dialog import BehindDialog
from mediator.ui.desk import Desk
from mediator.ui.figures_page import FiguresPage

LARGE = 18
"""Points: one and a half times the usual size."""
WIDE, HIGH = 1007, 720
"""Pixels: what a screen of 1280 × 720 leaves beside the rail of the window."""


@pytest.fixture(autouse=True)
def large_letters(qtbot: QtBot) -> Iterator[None]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    font, sheet = app.font(), app.styleSheet()
    larger = app.font()
    larger.setPointSize(LARGE)
    app.setFont(larger)
    style.dress(app, style.load_fonts([str(ui_faces()[0])]))
    assert QFontMetrics(app.font()).horizontalAdvance("永") == 24
    yield
    app.setFont(font)
    app.setStyleSheet(sheet)
    QFontDatabase.removeAllApplicationFonts()


@pytest.fixture
def cases(desk: Desk) -> list[Case]:
    return [
        settle(desk, "阿依古丽·买买提", "2026-10-02", Outcome.WRITTEN),
        settle(desk, "王𬎆", "2026-09-30", Outcome.WRITTEN),
        settle(desk, "㛃䶮", "2026-10-20", None),
    ]


@pytest.fixture
def whole(qtbot: QtBot, desk: Desk, cases: list[Case], modals: Modals) -> FiguresPage:
    return put_up(qtbot, FiguresPage(desk), WIDE, HIGH)


@pytest.mark.parametrize("code", [table.code for table in TABLES])
def test_a_comparison_is_seen_whole_with_each_change_under_its_number(
    qtbot: QtBot, whole: FiguresPage, code: str
) -> None:
    page = whole.tables
    page.compare.setChecked(True)
    count(qtbot, page, code)
    qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() == 0, timeout=5_000)
    shown = [heading.words for heading in page.table.words.headings]
    assert shown[1:5] == ["项目", "本期", "上期\n环比", "上年同期\n同比"]
    assert page.table.isColumnHidden(0)
    item = page.table.words.lines[0].words[1]
    assert item.startswith(f"【{page.table.rows[0].group}】\n")


def test_a_number_over_its_change_opens_its_own_cases_and_the_wide_table_comes_back(
    qtbot: QtBot, whole: FiguresPage, cases: list[Case], modals: Modals
) -> None:
    page = whole.tables
    page.compare.setChecked(True)
    count(qtbot, page, "political")
    row = row_of(page, "handled")
    assert page.table.words.lines[row].words[2:] == ("1", "1\n持平", "—\n—", "2")
    assert page.table.words.lines[row_of(page, "found")].words[2:4] == ("2", "1\n+100.0%")
    seen: list[list[str]] = []

    def look(dialog: BehindDialog) -> None:
        seen.append([row[0] for row in dialog.table.rows])
        assert dialog.table.horizontalScrollBar().maximum() == 0

    for place in (3, 5):
        page.table.choose(row, place)
        modals.acts.append(look)
        press(page, "看这个数字的案件")
    assert seen == [[cases[1].number], [cases[1].number, cases[0].number]]
    assert page.item.text() == "口径：调处数（年度累计）"
    page.table.choose(row, 3)
    assert page.item.text() == "口径：调处数（上期）"
    whole.resize(2 * WIDE, HIGH)
    qtbot.waitUntil(lambda: not page.table.stacked, timeout=5_000)
    assert [heading.words for heading in page.table.words.headings] == [
        "组别", "项目", "本期", "上期", "环比", "上年同期", "同比", "年度累计",
    ]  # fmt: skip
    assert not page.table.isColumnHidden(0)
    assert page.table.chosen() == row


@pytest.mark.parametrize("roster", ROSTERS, ids=[roster.code for roster in ROSTERS])
def test_every_list_is_seen_whole(qtbot: QtBot, whole: FiguresPage, roster: object) -> None:
    pane = whole.rosters
    whole.tabs.setCurrentWidget(pane)
    chosen = next(one for one in ROSTERS if one is roster)
    press(pane, chosen.title)
    qtbot.waitUntil(lambda: pane.about.text() == chosen.definition, timeout=10_000)
    qtbot.waitUntil(lambda: pane.table.horizontalScrollBar().maximum() == 0, timeout=5_000)
    printed = [column.label for column in chosen.columns if column.printed]
    assert list(pane.table.heads) == printed
    places = sorted(n for column in pane.table.columns for n in column.places)
    assert places == list(range(len(printed)))


def test_what_was_counted_comes_into_sight(qtbot: QtBot, whole: FiguresPage) -> None:
    page = whole.custom
    whole.tabs.setCurrentWidget(page)
    page.choice.period.choose(date(2026, 10, 1), date(2026, 10, 31))
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().maximum() > 0, timeout=5_000)
    assert page.area.verticalScrollBar().value() == 0
    press(page, "统计")
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().value() > 0, timeout=20_000)
