"""统计 on the screen: counted, explained, opened case by case, kept as files."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event, get_ident
from typing import Any

import pytest
from driving import BY, Modals, StillDesk, needed_width, press, settle, unnamed
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy import Engine

from mediator.domain.case import Case
from mediator.domain.codes import Outcome
from mediator.services import figures
from mediator.ui.behind_dialog import BehindDialog
from mediator.ui.desk import Desk
from mediator.ui.figures_page import FiguresPage
from mediator.ui.periods import PERIODS

WRITTEN, ORAL, NONE = Outcome.WRITTEN, Outcome.ORAL, Outcome.NONE


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return StillDesk(engine, BY)


@pytest.fixture
def cases(desk: Desk) -> list[Case]:
    """Three settled in October, one not, one settled in September, one still open."""
    return [
        settle(desk, "王𬎆", "2026-10-02", WRITTEN),
        settle(desk, "阿依古丽·买买提", "2026-10-31", ORAL, "family"),
        settle(desk, "𪚥小明", "2026-10-15", NONE),
        settle(desk, "周文谦", "2026-10-01", WRITTEN),
        settle(desk, "林淑芬", "2026-09-30", WRITTEN),
        settle(desk, "㛃䶮", "2026-10-20", None),
    ]


@pytest.fixture
def modals() -> Iterator[Modals]:
    made = Modals()
    yield made
    made.timer.stop()
    assert not made.acts


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, cases: list[Case], modals: Modals) -> FiguresPage:
    made = FiguresPage(desk)
    qtbot.addWidget(made)
    made.resize(1160, 700)
    made.show()
    return made


def count(qtbot: QtBot, page: FiguresPage, period: str = "上月") -> None:
    page.tally = None
    press(page, period)
    press(page, "统计")
    qtbot.waitUntil(lambda: page.tally is not None, timeout=20_000)


def row_of(page: FiguresPage, name: str) -> int:
    return [figure.name for figure in page.table.figures].index(name)


def number(page: FiguresPage, name: str) -> str:
    return page.table.words.lines[row_of(page, name)].words[2]


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("上月", "2026-10-01", "2026-10-31"),
        ("本月", "2026-11-01", "2026-11-21"),
        ("本季度", "2026-10-01", "2026-11-21"),
        ("本年", "2026-01-01", "2026-11-21"),
        ("去年", "2025-01-01", "2025-12-31"),
    ],
)
def test_one_press_chooses_a_period(page: FiguresPage, words: str, since: str, until: str) -> None:
    press(page, words)
    assert (page.choice.since.raw(), page.choice.until.raw()) == (since, until)
    assert [name for name, made in page.choice.quick.items() if made.isChecked()] == [words]


def test_the_month_before_january_is_december() -> None:
    assert PERIODS["上月"](date(2026, 1, 1)) == (date(2025, 12, 1), date(2025, 12, 31))
    assert PERIODS["本季度"](date(2026, 9, 30)) == (date(2026, 7, 1), date(2026, 9, 30))


def test_a_table_is_counted_and_checked(qtbot: QtBot, page: FiguresPage) -> None:
    assert not page.carry_button.isEnabled()
    assert not any(made.isEnabled() for made in page.keep.buttons.values())
    count(qtbot, page)
    shown = {
        name: number(page, name) for name in ("total", "people", "settled", "amount", "kind_family", "oral")
    }
    assert shown == {
        "total": "4", "people": "8", "settled": "3", "amount": "4.50", "kind_family": "1", "oral": "1",
    }  # fmt: skip
    assert page.checks.verdict.text().startswith("✓")
    assert page.table.words.lines[row_of(page, "total")].words[0] == "调解情况"
    assert "2026年10月1日至2026年10月31日" in page.shown.text()


def test_counting_is_off_the_window_s_thread_and_ends_on_it(
    qtbot: QtBot, page: FiguresPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    shown: list[int] = []
    real = figures.count

    def spy(*given: Any) -> Any:
        counted.append(get_ident())
        return real(*given)

    monkeypatch.setattr(figures, "count", spy)
    page.table.words.modelReset.connect(lambda: shown.append(get_ident()))
    count(qtbot, page)
    assert len(counted) == 1
    assert counted[0] != get_ident()
    assert set(shown) == {get_ident()}


def test_a_page_that_is_gone_is_left_alone(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, done, real = Event(), Event(), figures.count

    def slowly(*given: Any) -> Any:
        assert go_on.wait(20)
        done.set()
        return real(*given)

    monkeypatch.setattr(figures, "count", slowly)
    page = FiguresPage(desk)
    press(page, "统计")
    delete(page)
    go_on.set()
    qtbot.waitUntil(done.is_set)
    qtbot.wait(200)  # an error now would be caught by pytest-qt


def test_the_chosen_number_is_explained(qtbot: QtBot, page: FiguresPage) -> None:
    count(qtbot, page)
    page.table.choose(row_of(page, "hard"), 2)
    assert page.item.text() == "口径：疑难复杂案件"
    assert "难易程度为疑难复杂或重大" in page.definition.text()
    assert "难易程度为疑难复杂或重大" in page.table.words.lines[row_of(page, "hard")].tip


def test_failed_checks_are_told_with_a_sign_and_words(qtbot: QtBot, page: FiguresPage) -> None:
    count(qtbot, page)
    assert page.tally is not None
    wrong = type(page.tally)(**{**page.tally.__dict__, "values": {**page.tally.values, "oral": 7}})
    page.checks.show_checks(wrong)
    assert "✗" in page.checks.verdict.text()
    assert "还不能报送" in page.checks.verdict.text()


def test_enter_on_a_number_lists_exactly_its_cases(
    qtbot: QtBot, page: FiguresPage, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)
    seen: list[tuple[str, ...]] = []
    modals.acts.append(lambda dialog: seen.extend(line.words for line in dialog.table.words.lines))
    page.table.choose(row_of(page, "settled"), 2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(seen))
    written = [cases[n] for n in (0, 1, 3)]
    assert {words[0] for words in seen} == {case.number for case in written}
    assert {words[1] for words in seen} == {"王𬎆", "阿依古丽·买买提", "周文谦"}
    assert {words[4] for words in seen} == {"达成协议"}


def test_a_double_click_opens_the_case(
    qtbot: QtBot, page: FiguresPage, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)

    def open_first(dialog: BehindDialog) -> None:
        view = dialog.table
        place = view.visualRect(view.words.index(0, 1)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))

    modals.acts.append(open_first)
    page.table.choose(row_of(page, "kind_family"), 2)
    with qtbot.waitSignal(page.case_wanted) as wanted:
        press(page, "看这个数字的案件")
    assert wanted.args == [cases[1].id]


def test_an_empty_number_says_there_is_no_case(qtbot: QtBot, page: FiguresPage, modals: Modals) -> None:
    count(qtbot, page)
    seen: list[str] = []
    modals.acts.append(lambda dialog: seen.append(dialog.table.empty))
    page.table.choose(row_of(page, "kind_tourism"), 2)
    press(page, "看这个数字的案件")
    assert seen == ["这一项没有案件。"]


def test_a_change_is_told_and_not_counted_by_itself(qtbot: QtBot, page: FiguresPage, desk: Desk) -> None:
    count(qtbot, page)
    assert page.stale.isHidden()
    settle(desk, "马兰艳", "2026-10-05", WRITTEN)
    assert not page.stale.isHidden()
    assert number(page, "total") == "4"
    page.tally = None
    press(page, "重新统计")
    qtbot.waitUntil(lambda: page.tally is not None, timeout=20_000)
    assert number(page, "total") == "5"
    assert page.stale.isHidden()


def test_a_table_is_kept_as_files(qtbot: QtBot, page: FiguresPage, modals: Modals, tmp_path: Path) -> None:
    count(qtbot, page)
    for words, suffix in (("存为表格", "xlsx"), ("存为 PDF", "pdf"), ("存为 JSON", "json")):
        kept = tmp_path / f"十月 报表.{suffix}"
        modals.choose(kept)
        press(page, words)
        qtbot.waitUntil(lambda: bool(modals.said), timeout=30_000)
        assert modals.said.pop() == f"已存到 {kept}。"
    values = {
        cell.value for line in load_workbook(tmp_path / "十月 报表.xlsx").worksheets[0] for cell in line
    }
    assert {4, 8, "调解案件总数"} <= values
    assert (tmp_path / "十月 报表.pdf").read_bytes().startswith(b"%PDF")
    document = json.loads((tmp_path / "十月 报表.json").read_text("utf-8"))
    assert next(c["value"] for c in document["columns"] if c["code"] == "amount") == 4_500_000
    assert not list(tmp_path.glob("*.part"))


def test_leaving_the_file_dialog_keeps_nothing(
    qtbot: QtBot, page: FiguresPage, modals: Modals, tmp_path: Path
) -> None:
    count(qtbot, page)
    modals.cancel()
    press(page, "存为表格")
    assert modals.said == []
    assert page.keep.buttons["xlsx"].isEnabled()


def test_a_place_that_cannot_be_written_is_told_once(
    qtbot: QtBot, page: FiguresPage, modals: Modals, tmp_path: Path
) -> None:
    count(qtbot, page)
    before = set(tmp_path.iterdir())
    modals.choose(tmp_path / f"{'长' * 90}.json")
    press(page, "存为 JSON")
    qtbot.waitUntil(page.keep.buttons["json"].isEnabled, timeout=20_000)
    qtbot.waitUntil(lambda: bool(modals.said))
    qtbot.wait(100)
    assert len(modals.said) == 1
    assert "路径太长" in modals.said[0]
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2026-11-01", "2026-10-01", "晚于结束日期"),
        ("2026-02-30", "2026-10-01", "日历上没有"),
        ("", "2026-10-01", "请填写开始日期"),
        ("2026-10-01", "上个月底", "看不懂"),
    ],
)
def test_a_wrong_period_is_refused_once_and_stays_typed(
    page: FiguresPage, modals: Modals, since: str, until: str, words: str
) -> None:
    for made, typed in ((page.choice.since, since), (page.choice.until, until)):
        assert isinstance(made.widget, QLineEdit)
        made.widget.setText(typed)
    press(page, "统计")
    assert len(modals.said) == 1
    assert words in modals.said[0]
    assert (page.choice.since.raw(), page.choice.until.raw()) == (since, until)
    marks = [made.widget.property("wrong") for made in (page.choice.since, page.choice.until)]
    assert "true" in marks
    assert page.tally is None


def test_the_table_shown_is_carried_out(qtbot: QtBot, page: FiguresPage) -> None:
    count(qtbot, page)
    press(page, "本年")
    with qtbot.waitSignal(page.carry_wanted) as wanted:
        press(page, "报送这张表")
    assert wanted.args == ["justice", date(2026, 10, 1), date(2026, 10, 31)]


def test_enter_in_a_day_field_counts(qtbot: QtBot, page: FiguresPage) -> None:
    QTest.keyClick(page.choice.until.widget, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.tally is not None, timeout=20_000)
    assert page.tally is not None
    assert (page.tally.since, page.tally.until) == (date(2026, 10, 1), date(2026, 10, 31))


def test_every_control_has_a_name_and_the_page_fits_a_small_screen(qtbot: QtBot, page: FiguresPage) -> None:
    count(qtbot, page)
    assert unnamed(page) == []
    assert needed_width(page) <= 700
