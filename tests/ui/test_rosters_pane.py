"""清单 on the screen: always as things stand now, each row opens its case, each list is kept as a file."""

from datetime import date
from pathlib import Path

import pytest
from driving import TODAY, Modals, needed_width, press, put_up, settle, unnamed
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Source
from mediator.domain.figures import Screening
from mediator.services import rosters
from mediator.services.roster_list import ROSTERS
from mediator.ui.desk import Desk
from mediator.ui.figures_page import FiguresPage
from mediator.ui.rosters_pane import RostersPane
from mediator.ui.style import RED


@pytest.fixture
def cases(desk: Desk) -> list[Case]:
    """One overdue, one open and in time, one settled."""
    return [
        settle(desk, "王𬎆", "2026-10-02", None),
        settle(desk, "阿依古丽·买买提", "2026-11-20", None, "family"),
        settle(desk, "周文谦", "2026-10-01", Outcome.WRITTEN),
    ]


@pytest.fixture
def whole(qtbot: QtBot, desk: Desk, cases: list[Case], modals: Modals) -> FiguresPage:
    made = put_up(qtbot, FiguresPage(desk), 1160, 700)
    made.tabs.setCurrentWidget(made.rosters)
    return made


@pytest.fixture
def pane(qtbot: QtBot, whole: FiguresPage) -> RostersPane:
    qtbot.waitUntil(lambda: bool(whole.rosters.rows), timeout=10_000)
    return whole.rosters


def choose(qtbot: QtBot, pane: RostersPane, title: str, number: int) -> None:
    definition = next(roster.definition for roster in ROSTERS if roster.title == title)
    press(pane, title)
    wanted = f"共 {number} 条", definition
    qtbot.waitUntil(lambda: (pane.found.text(), pane.about.text()) == wanted, timeout=10_000)


def numbers(pane: RostersPane) -> list[str]:
    place = pane.table.heads.index("卷号")
    return [row[place] for row in pane.table.rows]


def test_every_list_is_offered_with_its_definition(qtbot: QtBot, pane: RostersPane) -> None:
    for roster in ROSTERS:
        press(pane, roster.title)
        qtbot.waitUntil(lambda roster=roster: pane.about.text() == roster.definition, timeout=10_000)  # type: ignore[misc]
        assert [code for code, made in pane.buttons.items() if made.isChecked()] == [roster.code]
    assert unnamed(pane) == []
    assert needed_width(pane) <= 700


def test_open_and_overdue_cases_and_payments_due(qtbot: QtBot, pane: RostersPane, cases: list[Case]) -> None:
    choose(qtbot, pane, "在办案件清单", 2)
    assert numbers(pane) == [cases[0].number, cases[1].number]
    assert [line.colour for line in pane.table.words.lines] == [RED, ""]
    assert "逾期 19 天" in pane.table.rows[0]
    choose(qtbot, pane, "逾期案件清单", 1)
    assert numbers(pane) == [cases[0].number]
    choose(qtbot, pane, "履行到期清单", 1)
    assert numbers(pane) == [cases[2].number]
    assert pane.table.rows[0][-1] == "15000.00"


def test_a_row_opens_its_case_and_a_round_the_screenings(
    qtbot: QtBot, pane: RostersPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    choose(qtbot, pane, "矛盾纠纷统计表", 3)
    pane.table.choose(2)
    with qtbot.waitSignal(pane.case_wanted) as wanted:
        press(pane, "打开这个案件")
    assert wanted.args == [pane.rows[2].case_id]
    desk.do(lambda s: s.execute(update(Case).values(source=Source.APPLICATION)))
    desk.do(lambda s: s.add(Screening(screened_on=date(2026, 11, 3), area="𪚥巷")))
    choose(qtbot, pane, "网格事件清单", 1)
    seen: list[str] = []
    modals.acts.append(lambda dialog: seen.append(dialog.windowTitle()))
    press(pane, "看排查记录")
    assert seen == ["排查记录"]


def test_a_list_follows_what_is_saved(qtbot: QtBot, pane: RostersPane, desk: Desk) -> None:
    choose(qtbot, pane, "在办案件清单", 2)
    settle(desk, "㛃䶮", "2026-11-19", None)
    qtbot.waitUntil(lambda: pane.found.text() == "共 3 条", timeout=10_000)


def test_an_empty_list_says_what_would_stand_in_it(qtbot: QtBot, pane: RostersPane, desk: Desk) -> None:
    desk.do(lambda s: s.execute(update(Case).values(due_on=TODAY)))
    choose(qtbot, pane, "逾期案件清单", 0)
    assert pane.table.empty.startswith("现在没有要列的。")
    assert not pane.open_button.isEnabled()


def test_the_whole_list_is_kept_as_a_file(
    qtbot: QtBot, pane: RostersPane, desk: Desk, cases: list[Case], modals: Modals, tmp_path: Path
) -> None:
    choose(qtbot, pane, "在办案件清单", 2)
    kept = tmp_path / "在办.xlsx"
    modals.choose(kept)
    press(pane, "存为表格")
    qtbot.waitUntil(lambda: modals.said == [f"已存到 {kept}。"], timeout=20_000)
    cells = {cell.value for line in load_workbook(kept).worksheets[0] for cell in line}
    assert {cases[0].number, cases[1].number, "受理日期", "在办案件清单"} <= cells
    sheet = desk.read(lambda s: rosters.sheet(s, ROSTERS[0], TODAY))
    assert len(sheet.rows) == 2
