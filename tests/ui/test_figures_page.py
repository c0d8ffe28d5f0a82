"""统计 on the screen: counted, explained, opened case by case, kept as files."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Event, get_ident
from typing import Any

import pytest
from driving import BY, Modals, needed_width, press, put_up, settle, unnamed, words_in
from figures_driving import count, number, row_of, words
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from mediator.domain.case import Case
from mediator.domain.codes import Outcome
from mediator.domain.figures import Screening
from mediator.services import closings, figures
from mediator.services.questioned import behind_check
from mediator.tallies import register
from mediator.ui.behind_dialog import BehindDialog
from mediator.ui.desk import Desk
from mediator.ui.figures_page import FiguresPage
from mediator.ui.preview import PreviewDialog
from mediator.ui.tables_pane import TablesPane

WRITTEN, ORAL, NONE = Outcome.WRITTEN, Outcome.ORAL, Outcome.NONE


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
def whole(qtbot: QtBot, desk: Desk, cases: list[Case], modals: Modals) -> FiguresPage:
    return put_up(qtbot, FiguresPage(desk), 1160, 700)


@pytest.fixture
def page(whole: FiguresPage) -> TablesPane:
    return whole.tables


def heads(page: TablesPane) -> list[str]:
    return [heading.words for heading in page.table.words.headings]


def test_a_table_is_counted_and_checked(qtbot: QtBot, page: TablesPane) -> None:
    assert not page.carry_button.isEnabled()
    assert not page.report_button.isEnabled()
    assert not page.keep.print_button.isEnabled()
    assert page.band.isHidden()
    count(qtbot, page)
    shown = {
        name: number(page, name) for name in ("total", "people", "settled", "amount", "kind_family", "oral")
    }
    assert shown == {
        "total": "4", "people": "8", "settled": "3", "amount": "4.50", "kind_family": "1", "oral": "1",
    }  # fmt: skip
    assert number(page, "kind_tourism") == "0"
    assert page.checks.verdict.text().startswith("✓")
    assert words(page, "total")[0] == "调解情况"
    assert page.band.what.text() == "人民调解案件情况统计表，2026年10月，按调解结果日期统计"
    assert page.band.state.text() == "还没有结账，数字会随案件变动。"


def test_every_registered_table_can_be_counted_in_the_edition_of_its_time(
    qtbot: QtBot, page: TablesPane
) -> None:
    offered = [page.choice.tables.itemText(n) for n in range(page.choice.tables.count())]
    assert offered == [table.title for table in register.TABLES]
    for table in register.TABLES:
        count(qtbot, page, table.code)
        assert page.tally is not None
        assert page.tally.table is table
        listed = {row.name for row in page.table.rows}
        assert listed == {column.name for column in table.columns} | {rate.name for rate in table.rates}
    page.choice.choose("justice", date(2017, 3, 1), date(2017, 3, 31))
    count(qtbot, page)
    assert page.tally is not None
    assert page.tally.table is register.edition("justice", 0)


def test_rates_stand_after_the_figures_and_the_year_so_far_beside_them(
    qtbot: QtBot, page: TablesPane
) -> None:
    count(qtbot, page, "political")
    assert heads(page) == ["组别", "项目", "本期", "单位", "年度累计"]
    names = [row.name for row in page.table.rows]
    assert names.index("handled") < names.index("handled_rate") < names.index("found_faith")
    assert words(page, "handled")[2:] == ("4", "件", "5")
    assert words(page, "settled_rate")[2:] == ("75.0%", "", "80.0%")
    page.table.choose(row_of(page, "settled_rate"), 2)
    assert page.definition.text().startswith("“成功数”占“调处数”的百分比")
    assert not page.behind_button.isEnabled()


def test_the_last_period_and_last_year_stand_beside_the_figures(qtbot: QtBot, page: TablesPane) -> None:
    count(qtbot, page)
    assert heads(page) == ["组别", "项目", "数量", "单位"]
    page.compare.click()
    qtbot.waitUntil(lambda: "环比" in heads(page), timeout=20_000)
    assert heads(page) == ["组别", "项目", "本期", "上期", "环比", "上年同期", "同比"]
    assert words(page, "total")[1:] == ("调解案件总数（件）", "4", "1", "+300.0%", "—", "—")
    assert words(page, "amount")[2:5] == ("4.50", "1.50", "+200.0%")
    assert words(page, "oral")[2:5] == ("1", "0", "—")
    assert words(page, "kind_tourism")[2:5] == ("0", "0", "持平")
    assert page.remark.text() == "上年同期没有数据，不作比较。"
    page.compare.click()
    assert heads(page) == ["组别", "项目", "数量", "单位"]
    page.compare.click()
    count(qtbot, page, "political")
    assert heads(page) == ["组别", "项目", "本期", "上期", "环比", "上年同期", "同比", "年度累计"]
    assert words(page, "settled_rate")[1:] == ("成功率", "75.0%", "100.0%", "-25.0 百分点", "—", "—", "80.0%")


def test_a_number_beside_the_figures_opens_its_own_cases(
    qtbot: QtBot, page: TablesPane, cases: list[Case], modals: Modals
) -> None:
    page.compare.click()
    count(qtbot, page, "political")
    seen: list[tuple[str, list[str]]] = []

    def look(dialog: BehindDialog) -> None:
        title = dialog.findChildren(QLabel)[0].text()
        seen.append((title, sorted(row[0] for row in dialog.table.rows)))

    for place in (3, 7):
        page.table.choose(row_of(page, "handled"), place)
        modals.acts.append(look)
        press(page, "看这个数字的案件")
    done = sorted(cases[n].number for n in (0, 1, 2, 3, 4))
    assert seen == [("调处数：1 件", [cases[4].number]), ("调处数：5 件", done)]
    assert page.item.text() == "口径：调处数（年度累计）"


def test_a_number_of_screenings_leads_to_the_screenings(
    qtbot: QtBot, page: TablesPane, whole: FiguresPage, modals: Modals
) -> None:
    whole.desk.do(lambda s: s.add(Screening(screened_on=date(2026, 10, 3), area="𪚥巷")))
    count(qtbot, page)
    page.table.choose(row_of(page, "screenings"), 2)
    seen: list[str] = []
    modals.acts.append(lambda dialog: seen.append(dialog.table.words.lines[0].words[1]))
    press(page, "看排查记录")
    assert seen == ["𪚥巷"]
    page.table.choose(row_of(page, "total"), 2)
    assert page.behind_button.text() == "看这个数字的案件"


def test_counting_is_off_the_window_s_thread_and_ends_on_it(
    qtbot: QtBot, page: TablesPane, monkeypatch: pytest.MonkeyPatch
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
    page = TablesPane(desk)
    press(page, "统计")
    delete(page)
    go_on.set()
    qtbot.waitUntil(done.is_set)
    qtbot.wait(200)  # an error now would be caught by pytest-qt


def test_the_chosen_number_is_explained(qtbot: QtBot, page: TablesPane) -> None:
    count(qtbot, page)
    page.table.choose(row_of(page, "hard"), 2)
    assert page.item.text() == "口径：疑难复杂案件"
    assert "难易程度为疑难复杂或重大" in page.definition.text()
    assert "难易程度为疑难复杂或重大" in page.table.words.lines[row_of(page, "hard")].tip


def test_a_failing_check_names_both_numbers_and_opens_the_case_in_question(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    desk.do(lambda s: setattr(s.get_one(Case, cases[1].id), "kind", None))
    count(qtbot, page)
    assert page.checks.verdict.text() == "✗ 有 1 项对不上，这张表还不能结账和报送，请先改正有关案件。"
    (told,) = [made.text() for made in page.checks.open.findChildren(QLabel)]
    assert told == "✗ 不符：“调解案件总数”4 件不等于“婚姻家庭纠纷”至“其他纠纷”18 项之和 3 件。"
    seen: list[str] = []

    def look(dialog: BehindDialog) -> None:
        seen.extend(row[0] for row in dialog.table.rows)
        press(dialog, "打开这个案件")

    modals.acts.append(look)
    with qtbot.waitSignal(page.case_wanted) as wanted:
        press(page, "看有关案件")
    assert seen == [cases[1].number]
    assert wanted.args == [cases[1].id]


def test_a_check_across_tables_opens_the_cases_that_only_one_of_them_counts(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case]
) -> None:
    october = date(2026, 10, 1), date(2026, 10, 31)
    now = datetime(2026, 11, 1, 9)
    desk.do(lambda s: closings.close(s, register.by_code("justice"), *october, by=BY, now=now))
    late = settle(desk, "马兰艳", "2026-10-05", WRITTEN)
    count(qtbot, page, "political")
    failed = [check for check in page.counted.figures.troubles if "《人民调解案件情况统计表》" in check.words]  # type: ignore[union-attr]
    assert failed[0].words == "“调处数”5 件不等于《人民调解案件情况统计表》“调解案件总数”4 件"
    assert page.tally is not None
    tally = page.tally
    found = desk.read(lambda s: behind_check(s, tally, failed[0]))
    assert [row.number for row in found] == [late.number]


def test_what_holds_is_listed_where_it_is_asked_for(qtbot: QtBot, page: TablesPane) -> None:
    count(qtbot, page)
    assert page.checks.list.count() == 0
    press(page, "列出相符的各项")
    labels = [page.checks.list.itemAt(n).widget() for n in range(page.checks.list.count())]
    shown = [label.text() for label in labels if isinstance(label, QLabel)]
    assert len(shown) == len(page.counted.figures.checks)  # type: ignore[union-attr]
    assert all(words.startswith("✓ 相符：") for words in shown)


def test_enter_on_a_number_lists_exactly_its_cases(
    qtbot: QtBot, page: TablesPane, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)
    seen: list[tuple[str, ...]] = []
    modals.acts.append(lambda dialog: seen.extend(dialog.table.rows))
    page.table.choose(row_of(page, "settled"), 2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(seen))
    written = [cases[n] for n in (0, 1, 3)]
    assert {words[0] for words in seen} == {case.number for case in written}
    assert {words[1] for words in seen} == {"王𬎆", "阿依古丽·买买提", "周文谦"}
    assert {words[4] for words in seen} == {"达成协议"}


def test_a_double_click_opens_the_case(
    qtbot: QtBot, page: TablesPane, cases: list[Case], modals: Modals
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


def test_an_empty_number_says_there_is_no_case(qtbot: QtBot, page: TablesPane, modals: Modals) -> None:
    count(qtbot, page)
    seen: list[str] = []
    modals.acts.append(lambda dialog: seen.append(dialog.table.empty))
    page.table.choose(row_of(page, "kind_tourism"), 2)
    press(page, "看这个数字的案件")
    assert seen == ["这一项没有案件。"]


def test_a_change_is_told_and_not_counted_by_itself(qtbot: QtBot, page: TablesPane, desk: Desk) -> None:
    count(qtbot, page)
    assert page.band.stale.isHidden()
    settle(desk, "马兰艳", "2026-10-05", WRITTEN)
    assert not page.band.stale.isHidden()
    assert number(page, "total") == "4"
    page.counted = None
    press(page, "重新统计")
    qtbot.waitUntil(lambda: page.counted is not None, timeout=20_000)
    assert number(page, "total") == "5"
    assert page.band.stale.isHidden()


def test_a_table_is_kept_as_files(qtbot: QtBot, page: TablesPane, modals: Modals, tmp_path: Path) -> None:
    count(qtbot, page)
    press_xlsx = partial(press, page, "存为表格")
    others = {suffix: page.keep.actions_of[suffix].trigger for suffix in ("pdf", "docx", "csv", "json")}
    acts: dict[str, Callable[[], object]] = {"xlsx": press_xlsx, **others}
    for suffix, act in acts.items():
        kept = tmp_path / f"十月 报表.{suffix}"
        modals.choose(kept)
        act()
        qtbot.waitUntil(lambda: bool(modals.said), timeout=30_000)
        assert modals.said.pop() == f"已存到 {kept}。"
    values = {
        cell.value for line in load_workbook(tmp_path / "十月 报表.xlsx").worksheets[0] for cell in line
    }
    assert {4, 8, "调解案件总数"} <= values
    assert (tmp_path / "十月 报表.pdf").read_bytes().startswith(b"%PDF")
    assert "调解案件总数" in (tmp_path / "十月 报表.csv").read_text("utf-8-sig")
    document = json.loads((tmp_path / "十月 报表.json").read_text("utf-8"))
    assert next(c["value"] for c in document["columns"] if c["code"] == "amount") == 4_500_000
    assert not list(tmp_path.glob("*.part"))


def test_leaving_the_file_dialog_keeps_nothing(
    qtbot: QtBot, page: TablesPane, modals: Modals, tmp_path: Path
) -> None:
    count(qtbot, page)
    modals.cancel()
    press(page, "存为表格")
    assert modals.said == []
    assert page.keep.buttons["xlsx"].isEnabled()


def test_a_place_that_cannot_be_written_is_told_once(
    qtbot: QtBot, page: TablesPane, modals: Modals, tmp_path: Path
) -> None:
    count(qtbot, page)
    before = set(tmp_path.iterdir())
    modals.choose(tmp_path / f"{'长' * 90}.json")
    page.keep.actions_of["json"].trigger()
    qtbot.waitUntil(page.keep.more_button.isEnabled, timeout=20_000)
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
    page: TablesPane, modals: Modals, since: str, until: str, words: str
) -> None:
    for made, typed in ((page.choice.period.since, since), (page.choice.period.until, until)):
        assert isinstance(made.widget, QLineEdit)
        made.widget.setText(typed)
    press(page, "统计")
    assert len(modals.said) == 1
    assert words in modals.said[0]
    assert (page.choice.period.since.raw(), page.choice.period.until.raw()) == (since, until)
    marks = [made.widget.property("wrong") for made in (page.choice.period.since, page.choice.period.until)]
    assert "true" in marks
    assert page.tally is None


def test_the_table_shown_is_carried_out(qtbot: QtBot, page: TablesPane) -> None:
    count(qtbot, page)
    press(page, "年")
    with qtbot.waitSignal(page.carry_wanted) as wanted:
        press(page, "报送这张表")
    assert wanted.args == ["justice", date(2026, 10, 1), date(2026, 10, 31)]


def test_enter_in_a_day_field_counts(qtbot: QtBot, page: TablesPane) -> None:
    QTest.keyClick(page.choice.period.until.widget, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.counted is not None, timeout=20_000)
    assert page.tally is not None
    assert (page.tally.since, page.tally.until) == (date(2026, 10, 1), date(2026, 10, 31))


def test_the_table_is_seen_as_it_is_printed(qtbot: QtBot, page: TablesPane, modals: Modals) -> None:
    page.compare.click()
    count(qtbot, page)
    seen: list[PreviewDialog] = []
    modals.acts.append(seen.append)
    press(page, "打印预览")
    qtbot.waitUntil(page.keep.print_button.isEnabled, timeout=30_000)
    qtbot.waitUntil(lambda: bool(seen), timeout=5_000)
    assert words_in(seen[0].pdf, "人民调解案件情况统计表", "上期", "4.50")


def test_the_report_of_the_period_is_made_and_shown(qtbot: QtBot, page: TablesPane, modals: Modals) -> None:
    count(qtbot, page)
    seen: list[PreviewDialog] = []
    modals.acts.append(seen.append)
    press(page, "研判报告…")
    qtbot.waitUntil(lambda: bool(seen), timeout=60_000)
    assert words_in(seen[0].pdf, "研判报告", "共调解案件4件")
    docx = seen[0].docx
    assert callable(docx)
    assert docx().startswith(b"PK")
    qtbot.waitUntil(page.report_button.isEnabled)


def test_the_page_has_few_doors_and_every_control_a_name(
    qtbot: QtBot, whole: FiguresPage, page: TablesPane
) -> None:
    count(qtbot, page)
    tabs = whole.tabs
    assert [tabs.tabText(n) for n in range(tabs.count())] == ["报表", "清单", "以案定补", "自定义统计"]
    assert unnamed(whole) == []
    assert needed_width(whole) <= 760


def test_what_is_printed_without_other_periods_has_the_checks_between_tables(
    qtbot: QtBot, page: TablesPane
) -> None:
    count(qtbot, page, "political")
    assert page.keep.what is not None
    kept = json.loads(page.keep.what.write("json"))
    assert any("《人民调解案件情况统计表》" in check["words"] for check in kept["checks"])
    assert "compared" not in kept
    page.compare.setChecked(True)
    qtbot.waitUntil(lambda: page.counted is not None and page.counted.compared, timeout=20_000)
    assert "compared" in json.loads(page.keep.what.write("json"))
    page.compare.setChecked(False)
    assert "compared" not in json.loads(page.keep.what.write("json"))
