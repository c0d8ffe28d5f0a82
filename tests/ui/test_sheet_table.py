"""Lists on the screen: nothing that matters is out of sight, however narrow the window and however large the letters."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from driving import put_up
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mediator.services.roster_list import ROSTERS
from mediator.ui.behind_dialog import HEADS
from mediator.ui.behind_dialog import UNDER as BEHIND
from mediator.ui.frozen_column import FrozenColumn
from mediator.ui.rosters_pane import FREE, UNDER
from mediator.ui.sheet_layout import Column, Content, arranged
from mediator.ui.sheet_table import Cell, SheetTable
from mediator.ui.words_model import Heading

HEADINGS = ("卷号", "申请人", "被申请人", "补贴金额（元）", "到期日")
LINES: tuple[tuple[Cell, ...], ...] = (
    ("(2026)滨江人调字第001号", "阿依古丽·买买提", "王𬎆、㛃䶮等 12 人", Decimal("1234567.89"), "2026-03-01"),
    ("(2026)滨江人调字第1002号", "周文谦", "滨江社区物业服务有限责任公司", Decimal(50), ""),
)
PAIRS = (("申请人", "被申请人"), ("卷号", "到期日"))


def holds(letters: int) -> Callable[[Sequence[Heading]], bool]:
    return lambda headings: sum((heading.letters or 8) + 1 for heading in headings) <= letters


def content(under: Sequence[tuple[str, str]] = PAIRS) -> Content:
    rows = tuple(tuple(map(str, row)) for row in LINES)
    return Content(HEADINGS, rows, {3}, 1, ("卷号", "到期日"), under)


def shown(columns: list[Column]) -> list[str]:
    return [column.head for column in columns]


def test_with_room_for_all_each_column_is_as_wide_as_its_words() -> None:
    columns = arranged(content(), holds(90))
    assert shown(columns) == list(HEADINGS)
    assert [column.letters for column in columns[:1] + columns[2:]] == [13, 14, 7, 6]
    assert [column.heading.letters for column in columns][1] == 0


def test_names_give_up_room_first_and_numbers_never() -> None:
    columns = arranged(content(), holds(47))
    assert shown(columns) == list(HEADINGS)
    assert [column.letters for column in columns[:1] + columns[2:]] == [13, 8, 7, 6]


def test_then_heads_are_broken_and_then_columns_that_belong_together_become_one() -> None:
    lean = Content(("补贴标准（元）", "件数"), (("50", "1"),), {0, 1}, 1)
    assert shown(arranged(lean, holds(14))) == ["补贴标准\n（元）", "件数"]
    columns = arranged(content(), holds(38))
    assert shown(columns) == ["卷号\n到期日", "申请人\n被申请人", "补贴金额\n（元）"]
    assert [column.places for column in columns] == [(0, 4), (1, 2), (3,)]
    assert columns[1].free
    assert [column.letters for column in columns if not column.free] == [13, 6]


def test_where_all_is_too_little_numbers_and_days_still_stand_whole() -> None:
    columns = arranged(content((("申请人", "被申请人"),)), holds(5))
    found = {column.head: column.letters for column in columns}
    assert found["补贴金额\n（元）"] == 6
    assert found["卷号"] == 8  # in two lines
    assert shown(arranged(content(()), holds(5))) == [
        "卷号",
        "申请人",
        "被申请人",
        "补贴金额\n（元）",
        "到期日",
    ]


@pytest.fixture
def table(qtbot: QtBot) -> SheetTable:
    made = put_up(qtbot, SheetTable("清单", "没有"), 1200, 300)
    made.show_rows(HEADINGS, LINES, free=1, uncut=("卷号", "到期日"), under=PAIRS)
    return made


def test_a_window_made_narrow_and_wide_again(qtbot: QtBot, table: SheetTable) -> None:
    letter = table.fontMetrics().horizontalAdvance("永")
    table.resize(letter * 70, 300)
    table.choose(1, 3)
    assert [heading.words for heading in table.words.headings] == list(HEADINGS)
    one_line = table.rowHeight(0)
    table.resize(letter * 40, 300)
    assert [heading.words for heading in table.words.headings] == [
        "卷号\n到期日", "申请人\n被申请人", "补贴金额\n（元）"
    ]  # fmt: skip
    assert table.words.lines[0].words == (
        "(2026)滨江人调字第001号\n2026-03-01", "阿依古丽·买买提\n王𬎆、㛃䶮等 12 人", "1234567.89"
    )  # fmt: skip
    assert table.rowHeight(0) > one_line + table.fontMetrics().height() // 2
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0, timeout=2000)
    assert table.chosen() == 1
    assert "被申请人：王𬎆、㛃䶮等 12 人" in table.words.lines[0].tip
    assert table.rows[1][2] == "滨江社区物业服务有限责任公司"
    table.resize(letter * 70, 300)
    assert [heading.words for heading in table.words.headings] == list(HEADINGS)
    assert (table.chosen(), table.rowHeight(0)) == (1, one_line)


def test_columns_that_share_one_are_columns_of_that_list() -> None:
    assert set(UNDER) == set(FREE) == {roster.code for roster in ROSTERS}
    for roster in ROSTERS:
        there = {column.label for column in roster.columns if column.printed}
        named = [head for pair in UNDER[roster.code] for head in pair]
        assert {*named, FREE[roster.code]} <= there, roster.title
        assert len(set(named)) == len(named), roster.title
    assert {head for pair in BEHIND for head in pair} <= set(HEADS)


@pytest.fixture
def wide(qtbot: QtBot) -> tuple[SheetTable, FrozenColumn]:
    table = put_up(qtbot, SheetTable("自定义统计", "没有"), 500, 200)
    frozen = FrozenColumn(table)
    heads = ["纠纷类型", *(f"第{n}调解室" for n in range(12)), "合计"]
    rows = [(f"第{n}类纠纷", *range(12), 66) for n in range(30)]
    table.show_rows(heads, rows, free=0)
    return table, frozen


def test_the_first_column_stays_in_sight_when_the_others_are_scrolled(
    wide: tuple[SheetTable, FrozenColumn],
) -> None:
    table, frozen = wide
    assert table.horizontalScrollBar().maximum() > 0
    assert frozen.isHidden()
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert frozen.isVisible()
    assert [n for n in range(14) if not frozen.isColumnHidden(n)] == [0]
    assert frozen.columnWidth(0) == table.columnWidth(0)
    assert frozen.horizontalHeader().height() == table.horizontalHeader().height()
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert frozen.verticalScrollBar().value() == table.verticalScrollBar().value()
    assert (
        frozen.visualRect(table.words.index(29, 0)).top() == table.visualRect(table.words.index(29, 0)).top()
    )
    table.horizontalScrollBar().setValue(0)
    assert frozen.isHidden()


def test_a_cell_reached_with_the_keys_does_not_lie_under_it(wide: tuple[SheetTable, FrozenColumn]) -> None:
    table, frozen = wide
    table.choose(2, 13)
    assert frozen.isVisible()
    for _ in range(9):
        QTest.keyClick(table, Qt.Key.Key_Left)
        left = table.visualRect(table.currentIndex()).left()
        assert frozen.isHidden() or left >= frozen.width(), table.currentIndex().column()
    assert table.currentIndex().column() == 4
